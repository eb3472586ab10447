"""From a judged block to the edits that take it out, and whether they may be made without asking."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.errors import PlanRefused
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.extent import Extent, extent_of
from spamguard.examine.removable import Ground
from spamguard.findings import Edit, Span
from spamguard.page.outline import outline_of
from spamguard.page.tokens import Kind, view_of
from spamguard.removal.cluster import said_again, spoken_for, with_cluster, words_of
from spamguard.removal.companions import BesideSigns, Companions, cut_by
from spamguard.removal.cutting import Cut, led_by
from spamguard.removal.emptied import lists_in, with_emptied
from spamguard.removal.gaps import Gaps, joined, whole_lines
from spamguard.removal.halves import second_halves
from spamguard.removal.helpers import (
    Helpers,
    hiders_in,
    hiders_of,
    raws_of,
    scripts_by_text,
    setters_of,
    sheets_of,
    styles_of,
    swap_of,
    twins_of,
)
from spamguard.removal.islands import in_its_letters, mainland
from spamguard.removal.loaders import beside, loaders_of
from spamguard.removal.marks import with_marks, with_signature_line
from spamguard.removal.splice import checked, splice
from spamguard.removal.swallowed import ending_in_tags, mended, torn_in, without
from spamguard.removal.told import told_title
from spamguard.removal.verify import keeps_structure
from spamguard.removal.widgets import attendants
from spamguard.scripts.titles import as_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spamguard.examine.blocks import Stretch
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.signs.sign import Sign

_MANY: Final = 4
_TITLED: Final = frozenset({"headed-title", "glued-title"})
_HEADED: Final = frozenset({Kind.TITLE, Kind.META})
_QUOTES: Final = (b'"', b"'")
_NAMED: Final = re.compile(
    rb"\s+(?:title|data-[a-z-]{1,20}|aria-(?:label|description)|summary|longdesc)\s*=\s*(?P<quote>[\"'])\Z",
    re.IGNORECASE,
)
"""What says something of an element and does nothing. A picture without its other text is read out by its name."""
_LONGEST_NAME: Final = 60
_MOST_TRIALS: Final = 48


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done about a block. ``doubt`` says why the edits are not safe, None when they are.

    ``stretch`` is what of a block was put in, if not all of it.
    """

    rule: str
    span: Span
    edits: tuple[Edit, ...]
    doubt: str | None
    stretch: Stretch | None = None


def plans_of(page: Page, root: Node, scene: Scene, blocks: Sequence[Block]) -> list[Plan]:
    """The edits for each block of a page."""
    planner = _Planner(page, root, scene)
    return _settled(page, root, [planner.draft(block) for block in blocks], ())


def plans_of_signs(page: Page, root: Node, scene: Scene, signs: Sequence[Sign], taken: Sequence[Edit]) -> list[Plan]:
    """The edits for each sign of a page beside those that are ``taken`` already; none when they take all of it."""
    view, raws = view_of(page.raw), raws_of(root)
    # What each sign needs is looked up once: a page may have ten thousand of them, all alike.
    sheets = sheets_of(raws, view)
    told = {span for sign in signs for span in sign.spans}
    scripts = scripts_by_text(raws, view, told)
    hiding = hiders_in(raws, view, told)
    left = BesideSigns(page, root, sold_in(scene))
    own = (
        joined(
            page.raw,
            [
                *sign.spans,
                *_loaders_of(page, root, sign),
                *_echoes_of(page, root, sign),
                *(left.named_in(sign) if sign.rule in _TITLED else ()),
                *styles_of(sheets, view, cut_by(sign)),
                *twins_of(scripts, view, sign.spans),
                *hiders_of(hiding, view, cut_by(sign)),
            ],
        )
        for sign in signs
    )
    lists = lists_in(root)
    own = (left.with_companions(spans, sign) for spans, sign in zip(own, signs, strict=True))
    cuts = [with_marks(page.raw, with_emptied(lists, page.raw, spans)) for spans in own]
    gaps = Gaps(page.raw, joined(page.raw, [cut for spans in cuts for cut in spans]))
    plans: list[Plan] = []
    for sign, spans in zip(signs, cuts, strict=True):
        fitted = (gaps.fitted(span) for span in spans)
        valued = (_with_name(page.raw, _with_line(page.raw, edit)) for edit in sign.edits)
        edits = _disjoint({*valued, *(Edit(span.start, span.end) for span in fitted)})
        # Of two edits that overlap one is not made: the white space between two signs is the first one's.
        last = plans[-1].edits if plans and plans[-1].doubt is None else ()
        before = (edit for edit in last if edit not in edits)
        plans.append(Plan(sign.rule, sign.hull, _beside(edits, (*taken, *before)), sign.doubt))
    return _settled(page, root, plans, taken)


def _loaders_of(page: Page, root: Node, sign: Sign) -> list[Span]:
    """The loaders that came with a script that swaps the title."""
    if sign.rule != "title-swap":
        return []
    return beside(page.raw, loaders_of(root, page.raw, page.codec), sign.spans)


def _echoes_of(page: Page, root: Node, sign: Sign) -> list[Span]:
    """The meta tags that say again what was put into the title, and nothing else."""
    if sign.rule not in _TITLED or page.plain:
        return []
    put = b" ".join(page.raw[edit.start : edit.end] for edit in sign.edits).decode(page.codec, "replace")
    return said_again(root, words_of(unescape(put)), page.codec)


def _beside(edits: Sequence[Edit], taken: Sequence[Edit]) -> tuple[Edit, ...]:
    """What of the edits is left outside those that are taken; one that writes something is left whole or not at all."""
    left = []
    for edit in edits:
        start = edit.start
        for other in sorted(taken):
            if other.end <= start or other.start >= edit.end:
                continue
            if other.start > start and not edit.replacement:
                left.append(Edit(start, other.start))
            start = edit.end if edit.replacement else max(start, other.end)
        if start < edit.end or (start == edit.start and edit.replacement):
            left.append(Edit(start, edit.end, edit.replacement))
    return tuple(left)


def _settled(page: Page, root: Node, plans: list[Plan], taken: Sequence[Edit]) -> list[Plan]:
    """The plans, with a doubt about those that would harm the rest of the page; what torn tags swallow is spared."""
    torn = [] if page.plain else torn_in(root, page.raw, page.codec)
    planned = [edit for plan in plans if plan.doubt is None for edit in plan.edits]
    drawn = {} if page.plain else ending_in_tags(root, page.raw, planned, page.codec)
    plans = [_spared(page.raw, torn, plan, drawn) for plan in plans] if torn else plans
    sure = [number for number, plan in enumerate(plans) if plan.doubt is None and plan.edits]
    if drawn:
        page = replace(page, raw=mended(page.raw, drawn.values()))
        root = outline_of(view_of(page.raw))
    for number in _harmful(page, root, plans, sure, taken):
        plans[number] = replace(plans[number], doubt="the rest of the page would be nested differently without it")
    return plans


def _spared(raw: bytes, torn: Sequence[Span], plan: Plan, drawn: Mapping[Edit, int]) -> Plan:
    if plan.doubt is not None or not plan.edits or any(edit in drawn for edit in plan.edits):
        return plan
    left = without(torn, plan.edits, raw)
    return (
        replace(plan, edits=left)
        if left
        else replace(plan, doubt="a tag before it was cut short, and swallows the page")
    )


class _Planner:
    """Drafts plans. Holds what is looked up on a page once, however many blocks it has."""

    def __init__(self, page: Page, root: Node, scene: Scene) -> None:
        self._page = page
        self._root = root
        self._scene = scene
        self._view = view_of(page.raw)
        self._ground = Ground(root, scene, self._view)
        self._helpers = None if page.plain else Helpers(root, self._view)

    @cached_property
    def _loaders(self) -> list[Span]:
        return loaders_of(self._root, self._page.raw, self._page.codec)

    @cached_property
    def _companions(self) -> Companions:
        return Companions(self._root, self._page.raw, self._page.codec)

    def draft(self, block: Block) -> Plan:
        """What would be done about a block if the rest of the page did not mind."""
        page, scene = self._page, self._scene
        extent = extent_of(page, scene, block.stretch, self._ground)
        stretch = in_its_letters(scene, mainland(page.raw, scene, block.stretch, extent))
        if stretch != block.stretch:
            block = replace(block, stretch=stretch)
            extent = extent_of(page, scene, stretch, self._ground)
        kinds = _kinds(scene, block)
        said = "\n".join(item.text for item in scene.items_in(block.stretch)) if kinds & _HEADED else ""
        doubt = None if extent.closed else "it begins or ends inside a sentence"
        doubt = "the rest of the tag may be the page's own" if extent.mixed else doubt
        helpers = self._helpers.spans(extent.nodes) if self._helpers is not None else []
        if not page.plain:
            helpers += attendants(page.raw, self._view, extent.nodes)
            helpers += second_halves(page.raw, extent.nodes)
        if Kind.META in kinds and not page.plain:
            metas, words = _metas(scene, block), words_of(said)
            helpers += with_cluster(page.raw, metas, words, page.codec)
            helpers += spoken_for(page.raw, metas, [*extent.spans, *helpers], words, page.codec)
        if not page.plain:
            helpers += self._left_beside(block, extent, helpers)
        cuts = with_marks(page.raw, joined(page.raw, [*extent.spans, *helpers]))
        gaps = Gaps(page.raw, cuts)
        ends = sorted(extent.indents)
        if page.plain:
            fitted = [whole_lines(page.raw, cut) for cut in cuts]
        else:
            fitted = [gaps.fitted(cut, _indent(extent, ends, cut)) for cut in cuts]
        edits = {Edit(span.start, span.end) for span in fitted} | {Edit(run.start, run.end) for run in extent.runs}
        if Kind.TITLE in kinds and not page.plain:
            edits = _without_second_titles(page, scene, block, edits)
            edits, doubt = _with_true_title(page, self._root, scene, block, edits, doubt)
            edits |= _cut_with(page.raw, edits, setters_of(self._root, self._view))
            edits |= _cut_with(page.raw, edits, self._companions.led_to(said))
        if kinds & _HEADED and not page.plain:
            edits |= _cut_with(page.raw, edits, beside(page.raw, self._loaders, joined(page.raw, _gone(edits))))
        ordered = _disjoint({_with_name(page.raw, edit) for edit in edits})
        try:
            checked(ordered, len(page.raw))
        except PlanRefused as refused:
            return Plan(_rule(scene, block, kinds), _hull(extent, ordered), (), str(refused), stretch)
        return Plan(_rule(scene, block, kinds), _hull(extent, ordered), ordered, doubt, stretch)

    def _left_beside(self, block: Block, extent: Extent, helpers: Sequence[Span]) -> list[Span]:
        """What is left of the entries that a block stands in, when it is there for the block alone."""
        scene = self._scene
        facts = scene.facts_in(block.stretch)
        leaves = {item.leaf: scene.leaves[item.leaf] for item in scene.items_in(block.stretch)}
        nodes = [leaf.node for leaf in leaves.values() if leaf.kind in {Kind.TEXT, Kind.ATTRIBUTE}]
        cuts = joined(self._page.raw, [*extent.spans, *extent.runs, *helpers])
        led = led_by([fact.anchor for fact in facts if fact.anchor is not None and fact.domain])
        return self._companions.of(Cut(nodes, cuts, led, self._sold))

    @cached_property
    def _sold(self) -> frozenset[int]:
        """Where the texts begin that hold a telling keyword."""
        return sold_in(self._scene)


def sold_in(scene: Scene) -> frozenset[int]:
    """Where the texts of a page begin that hold a telling keyword."""
    sold = scene.table[:, ITEM_NAMES.index("named")] > 0
    return frozenset(start for start, is_one in zip(scene.starts, sold.tolist(), strict=True) if is_one)


def _with_line(raw: bytes, edit: Edit) -> Edit:
    """An edit that takes a signature out of a text, with the line above it."""
    cut = Span(edit.start, edit.end)
    wider = cut if edit.replacement else with_signature_line(raw, cut)
    return edit if wider == cut else Edit(wider.start, wider.end)


def _with_name(raw: bytes, edit: Edit) -> Edit:
    """An edit that takes all of a value, with the name of the attribute where that is there for nothing else."""
    if edit.replacement or raw[edit.start - 1 : edit.start] not in _QUOTES:
        return edit
    before = _NAMED.search(raw, max(0, edit.start - _LONGEST_NAME), edit.start)
    if before is None or raw[edit.end : edit.end + 1] != before["quote"]:
        return edit
    return Edit(before.start(), edit.end + 1)


def _gone(edits: set[Edit]) -> list[Span]:
    """What some edits take out without putting anything there."""
    return [Span(edit.start, edit.end) for edit in edits if not edit.replacement]


def _cut_with(raw: bytes, edits: set[Edit], more: Sequence[Span]) -> set[Edit]:
    """The edits for some more spans beside those that edits take out already."""
    if not more:
        return set()
    gaps = Gaps(raw, joined(raw, [*_gone(edits), *more]))
    return {Edit(fitted.start, fitted.end) for fitted in map(gaps.fitted, joined(raw, more))}


def _harmful(page: Page, root: Node, plans: Sequence[Plan], numbers: Sequence[int], taken: Sequence[Edit]) -> set[int]:
    """Which plans would nest the rest of the page differently, alone or with those beside them and what is taken.

    All are tried at once; a group that fails is tried in halves. A page on which that takes too long is not trusted.
    """
    harmful: set[int] = set()
    groups = [list(numbers)] if numbers else []
    for _ in range(_MOST_TRIALS):
        if not groups:
            return harmful
        group = groups.pop()
        edits = _disjoint({*taken, *(edit for number in group for edit in plans[number].edits)})
        try:
            cleaned = splice(page.raw, edits, page.codec)
        except PlanRefused:
            cleaned = None
        if cleaned is not None and (page.plain or keeps_structure(root, page.raw, edits, cleaned, page.codec)):
            continue
        if len(group) == 1:
            harmful.add(group[0])
        else:
            groups += [group[: len(group) // 2], group[len(group) // 2 :]]
    return harmful.union(*groups)


def _indent(extent: Extent, ends: list[int], cut: Span) -> bytes | None:
    """The indentation after the last span of the block that a cut holds; ``ends`` are the spans' ends in order."""
    index = bisect_right(ends, cut.end) - 1
    return extent.indents[ends[index]] if index >= 0 and ends[index] > cut.start else None


def _metas(scene: Scene, block: Block) -> list[Node]:
    """The meta tags of a block, in order."""
    leaves = [scene.leaves[index] for index in dict.fromkeys(item.leaf for item in scene.items_in(block.stretch))]
    return [leaf.node for leaf in leaves if leaf.kind is Kind.META]


def _kinds(scene: Scene, block: Block) -> set[Kind]:
    return {scene.leaves[item.leaf].kind for item in scene.items_in(block.stretch)}


def _rule(scene: Scene, block: Block, kinds: set[Kind]) -> str:
    """A stable name for the sort of break-in."""
    facts = scene.facts_in(block.stretch)
    if kinds == {Kind.TEXT}:
        if sum(fact.hidden_by is not None for fact in facts) * 2 > len(facts):
            return "hidden-block"
        if sum(fact.anchor is not None for fact in facts) * 2 > len(facts):
            return "link-block"
        return "keyword-run" if len(facts) >= _MANY else "spam-text"
    if Kind.TITLE in kinds:
        return "spam-title"
    if Kind.META in kinds:
        return "spam-meta"
    return "spam-comment" if Kind.COMMENT in kinds else "spam-attribute"


def _without_second_titles(page: Page, scene: Scene, block: Block, edits: set[Edit]) -> set[Edit]:
    """The edits, with the whole of a title in which there is spam where the head has one without."""
    titles = [(at, leaf.node) for at, leaf in enumerate(scene.leaves) if leaf.kind is Kind.TITLE]
    ours = {item.leaf for item in scene.items_in(block.stretch)}
    head = {id(node.parent.parent) for at, node in titles if at not in ours and node.parent is not None}
    gone = [node.parent for at, node in titles if at in ours and node.parent is not None]
    spans = [Span(node.start, node.end) for node in gone if id(node.parent) in head]
    if not spans:
        return edits
    kept = {edit for edit in edits if not any(span.start <= edit.start and edit.end <= span.end for span in spans)}
    return kept | _cut_with(page.raw, kept, spans)


def _with_true_title(
    page: Page, root: Node, scene: Scene, block: Block, edits: set[Edit], doubt: str | None
) -> tuple[set[Edit], str | None]:
    """Put the true title back when a swap script carries it, and take the script out."""
    titles = {item.leaf for item in scene.items_in(block.stretch) if scene.leaves[item.leaf].kind is Kind.TITLE}
    emptied = [
        leaf.node
        for index, leaf in enumerate(scene.leaves)
        if index in titles and any(e.start <= leaf.node.start and leaf.node.end <= e.end for e in edits)
    ]
    if not emptied:
        return edits, doubt
    swap = swap_of(root, page.raw, page.codec)
    if all(any(e.start <= node.parent.start < node.start <= e.end for e in edits) for node in emptied if node.parent):
        # A title beside the page's own went with its tags: there is nothing to put back.
        more = [] if swap is None else [Span(swap.node.start, swap.node.end)]
        return edits | _cut_with(page.raw, edits, more), doubt
    told = told_title(scene, block.stretch) if swap is None else None
    if swap is None and told is None:
        return edits, doubt or "nothing on the page tells the true title"
    node = emptied[0]
    kept = {e for e in edits if not (e.start <= node.start and node.end <= e.end)}
    if swap is None:
        place, text = told or ("", "")
        kept.add(Edit(node.start, node.end, as_title(text, page.raw, page.codec)))
        return kept, doubt or f"only the page's {place} tells what its title may have been"
    kept.add(Edit(node.start, node.end, swap.title))
    cut = Span(swap.node.start, swap.node.end)
    script = Gaps(page.raw, (cut,)).fitted(cut)
    kept.add(Edit(script.start, script.end))
    return kept, doubt


def _disjoint(edits: set[Edit]) -> tuple[Edit, ...]:
    """Edits in order; what lies inside another goes, neighbours and overlaps become one."""
    ordered: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        last = ordered[-1] if ordered else None
        if last is not None and edit.end <= last.end:
            continue
        if last is not None and edit.start <= last.end and not edit.replacement and not last.replacement:
            ordered[-1] = Edit(last.start, edit.end)
        else:
            ordered.append(edit)
    return tuple(ordered)


def _hull(extent: Extent, edits: tuple[Edit, ...]) -> Span:
    """The stretch of the file a finding points at: its own spans, helpers left out."""
    own = sorted((*extent.spans, *extent.runs))
    if own:
        return Span(own[0].start, max(span.end for span in own))
    return Span(edits[0].start, edits[-1].end) if edits else Span(0, 0)
