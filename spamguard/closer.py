"""The closer look at a candidate, from its items to its findings. Imported only when a page needs it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.closely import Block, blocks_of, scene_of
from spamguard.examine.describe import ITEM_NAMES, letter_groups
from spamguard.examine.describe import NAMES as BLOCK_NAMES
from spamguard.examine.evidence import evidence_of, excerpt_of
from spamguard.examine.tree import FALLBACKS
from spamguard.findings import ORDERS, Edit, Explanation, FileReport, Finding, Near, Span, Verdict
from spamguard.page.outline import outline_of
from spamguard.page.tokens import Kind, view_of
from spamguard.removal.plan import Plan, plans_of, plans_of_signs
from spamguard.signs.find import WORDED, may_tell, signs_of
from spamguard.signs.sign import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.model.weights import Model, Thresholds
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.signs.sign import Sign
    from spamguard.text.lexicon import Lexicon

_ONLY_HIDDEN: Final = "the page is about such things itself: only what it hides is named"
_NEAR: Final = 0.02
_ALL_OF_PAGE: Final = 0.85
_A_PAGE: Final = 1_000
"""Characters of other text that are an honest page worth restoring, however long the run beside it."""
_NATIVE: Final = 0.3
_HIDDEN_LESS: Final = 0.2
_HIDDEN_LIST_LESS: Final = 0.3
_HIDDEN_LIST: Final = 1_000
_OWN_LINKS_MORE: Final = 0.15
_OWN_UNKNOWN_MORE: Final = 0.25
_OWN_SEEN_MORE: Final = 0.5
_QUOTED_MORE: Final = 0.2
_FEW_MORE: Final = 0.15
_UNKNOWN_MORE: Final = 0.45
_TOLD_MORE: Final = 0.3
_UNKNOWN_ORDERS_MORE: Final = 0.3
_MENU_FROM: Final = 0.99
_MENU: Final = 3
_SURE_OF_VALUES: Final = 0.97
_HALF: Final = 0.5
_LOUD_WORDS: Final = 4.0
_SOME: Final = 4
_FEW: Final = 2
_SENTENCE_SHARE: Final = 0.012
_OWN_SUBJECT: Final = 0.6
"""Share of the letter groups of a title or description that the page's text has too. An article that reports on such
things repeats its headline; of 69 injected titles and descriptions none reached 0.4."""
_MOST_TEXT: Final = 300_000
_NEVER: Final = 1.1
_ONLY_TOLD: Final = "orders to language models are only reported: an article about them quotes them"
_TOLD: Final = frozenset({Kind.TITLE, Kind.META})
_KNOWN_STRONG: Final = BLOCK_NAMES.index("known_strong")
_IN_CODE: Final = BLOCK_NAMES.index("in_code")
_BOX_LINKS: Final = BLOCK_NAMES.index("box_links")
_BOX_FOREIGN: Final = BLOCK_NAMES.index("box_foreign")
_BLOCK_WORDS: Final = BLOCK_NAMES.index("word_mean")
_BLOCK_SENTENCES: Final = BLOCK_NAMES.index("sentence_share")
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_SENTENCES: Final = ITEM_NAMES.index("sentence_share")


def look(page: Page, report: FileReport, data: bytes, model: Model, limits: Thresholds, *, worded: bool) -> Explanation:
    """Judge a candidate page. ``report`` holds what is known of the file already.

    A page whose words are no reason to look (not ``worded``) is read for its signs, and further only when it has one.
    """
    shown: list[Sign] = []
    if not worded:
        # What its scripts say is read before the page is: most have nothing to tell.
        if page.signs or may_tell(page.scripts, model):
            shown = _shown_signs(page, outline_of(view_of(page.raw)), model, limits)
        if not shown:
            return Explanation(report, ())
    root, scene = scene_of(page, model)
    if worded and not page.plain:
        shown = _shown_signs(page, root, model, limits)
    blocks = blocks_of(scene, model)
    likely = [block for block in blocks if block.probability >= _shown_from(scene, block, limits, model.lexicon)]
    verdict, reason, likely = _verdict(scene, likely)
    sure = [sign for sign in shown if sign.confidence >= limits.safe]
    likely = [block for block in likely if not _is_told(scene, block, sure)]
    # To plan is to walk the page again: most candidates turn out clean and need no plan.
    planned = list(zip(likely, plans_of(page, root, scene, likely), strict=True)) if likely else []
    if shown and verdict in {"clean", "native"}:
        verdict, reason = "infected", reason and _ONLY_HIDDEN
    findings = [
        _finding(page, scene, block, plan, data, model, verdict == "infected" and _sure(scene, block, limits))
        for block, plan in planned
    ]
    if shown:
        certain = {finding.id for finding in findings if finding.disposition == "safe"}
        taken = [
            edit
            for finding, (_, plan) in zip(findings, planned, strict=True)
            if finding.id in certain
            for edit in plan.edits
        ]
        findings += [
            _finding_of_sign(page, sign, plan, data, verdict == "infected" and sign.confidence >= limits.safe)
            for sign, plan in zip(shown, plans_of_signs(page, root, shown, taken), strict=True)
            if plan.edits
        ]
        findings.sort(key=lambda finding: finding.span)
    near = tuple(
        _near(page, scene, block, data) for block in blocks if block not in likely and block.probability >= _NEAR
    )
    return Explanation(replace(report, verdict=verdict, reason=reason, findings=_numbered(findings)), near)


def _shown_signs(page: Page, root: Node, model: Model, limits: Thresholds) -> list[Sign]:
    """The signs of a page, of one that was not noticed for them only those of pages with spam words."""
    noticed = page.signs or may_tell(page.scripts, model)
    found = signs_of(page, root, model) if noticed else signs_of(page, root, model, WORDED)
    return [sign for sign in found if sign.confidence >= limits.review]


def _is_told(scene: Scene, block: Block, signs: Sequence[Sign]) -> bool:
    """Whether a sign that is cut unasked tells of a block already, and knows better where it ends.

    Of most of it, or of all but what speaks of other things.
    """
    spans = [span for sign in signs if sign.doubt is None for span in sign.parts]
    if not spans:
        return False
    left = []
    for index in range(block.stretch.first, block.stretch.last):
        item = scene.items[index]
        start = int(scene.leaves[item.leaf].readable.offsets[item.start])
        if not any(span.start <= start < span.end for span in spans):
            left.append(index)
    whole = block.stretch.last - block.stretch.first
    return len(left) * 2 < whole or (len(left) < whole and float(scene.table[left, _WORD_MEAN].mean()) < 0)


def _shown_from(scene: Scene, block: Block, limits: Thresholds, lexicon: Lexicon) -> float:
    """The probability from which on a block is a finding.

    Higher for links that all stay on the site: tag clouds and menus, hidden ones too, are made of them, and higher
    still where people see them, for owners joke in tags, unless the title says the same; for what is quoted as code;
    and for one or two items that people see, which a menu, a headline or an advertisement may be: much higher when no
    keyword is known of them, highest in the middle of a menu and for links that say they are paid. Lower for other
    text that is hidden from people: honest text seldom is and looks like spam as well; lowest for a thousand phrases
    without a sentence or a link, whatever their words. A title or description that names what the rest of the page is
    about is its own.
    Orders in which no known phrase stands are what every page gives its readers ("send us yours").
    """
    kinds = {scene.leaves[item.leaf].kind for item in scene.items_in(block.stretch)}
    if kinds <= _TOLD and _is_own_subject(scene, block, lexicon):
        return _NEVER
    facts = scene.facts_in(block.stretch)
    if block.category == ORDERS and not any(hit.atom.category == ORDERS for hit in block.hits):
        return limits.review + _UNKNOWN_ORDERS_MORE if any(fact.hidden_by is not None for fact in facts) else _NEVER
    linked = [fact for fact in facts if fact.anchor is not None]
    known = block.features[_KNOWN_STRONG] > 0
    seen = all(fact.hidden_by is None for fact in facts)
    if block.features[_IN_CODE] > _HALF:
        return limits.review + _QUOTED_MORE
    if len(linked) * 2 > len(facts) and all(fact.domain is None for fact in linked):
        hidden_more = _OWN_LINKS_MORE if known else _OWN_UNKNOWN_MORE
        return limits.review + (_OWN_SEEN_MORE if seen and not kinds & _TOLD else hidden_more)
    if seen and (_is_entry(facts, block) or _is_sponsored(linked)):
        return _MENU_FROM
    more = _TOLD_MORE if kinds <= _TOLD else _UNKNOWN_MORE
    if seen and len(facts) <= _SOME and not known and block.features[_BLOCK_WORDS] < _LOUD_WORDS:
        return limits.review + more
    if seen and len(facts) <= _FEW:
        return limits.review + (_FEW_MORE if known else more)
    if sum(fact.hidden_by is not None and fact.hidden_by not in FALLBACKS for fact in facts) * 2 > len(facts):
        bare = len(facts) >= _HIDDEN_LIST and not linked and block.features[_BLOCK_SENTENCES] < _SENTENCE_SHARE
        return limits.review - (_HIDDEN_LIST_LESS if bare else _HIDDEN_LESS)
    return limits.review


def _is_entry(facts: Sequence[Facts], block: Block) -> bool:
    """Whether a block is one or two entries of a menu: its box holds several links, most of them to the site itself."""
    links, foreign = np.expm1(block.features[[_BOX_LINKS, _BOX_FOREIGN]])
    return len(facts) <= _FEW and bool(links >= _MENU and foreign * 2 <= links)


def _is_sponsored(linked: Sequence[Facts]) -> bool:
    """Whether links say that they are paid for: nobody who breaks in gives away what the links are for."""
    rels = ((fact.anchor.attribute("rel") or "").lower().split() for fact in linked if fact.anchor is not None)
    return bool(linked) and all("sponsored" in rel for rel in rels)


def _is_own_subject(scene: Scene, block: Block, lexicon: Lexicon) -> bool:
    """Whether the text of the page says again what each title and description of a block says."""
    told: dict[int, list[str]] = {}
    for item in scene.items_in(block.stretch):
        told.setdefault(item.leaf, []).append(item.text)
    text = (item.text for item in scene.items if scene.leaves[item.leaf].kind is Kind.TEXT)
    known = letter_groups(lexicon.folded("\n".join(text)[:_MOST_TEXT]))
    return all(
        len(groups & known) >= _OWN_SUBJECT * len(groups)
        for groups in (letter_groups(lexicon.folded("\n".join(texts))) for texts in told.values())
    )


def _sure(scene: Scene, block: Block, limits: Thresholds) -> bool:
    """Whether a block is probable enough to be cut without asking: less will do where nobody would see it go."""
    if any(scene.leaves[item.leaf].kind is Kind.ATTRIBUTE for item in scene.items_in(block.stretch)):
        return block.probability >= _SURE_OF_VALUES
    if _hidden_by(scene, block) is not None:
        return block.probability >= (limits.review + limits.safe) / 2
    return block.probability >= limits.safe and not _is_entry(scene.facts_in(block.stretch), block)


def _finding(page: Page, scene: Scene, block: Block, plan: Plan, data: bytes, model: Model, sure: bool) -> Finding:
    doubt = plan.doubt or (_ONLY_TOLD if block.category == ORDERS else None)
    safe = sure and doubt is None and bool(plan.edits)
    span, edits = _on_disk(page, plan)
    line, column = _place(data, span.start, page)
    return Finding(
        id=_identity(data, span, plan.rule),
        rule=plan.rule,
        category=block.category,
        confidence=round(block.probability, 6),
        disposition="safe" if safe else "review",
        span=span,
        line=line,
        column=column,
        edits=edits,
        hidden_by=_hidden_by(scene, block),
        evidence=evidence_of(scene, block, model, doubt),
        excerpt=excerpt_of(scene, block.stretch),
    )


def _finding_of_sign(page: Page, sign: Sign, plan: Plan, data: bytes, sure: bool) -> Finding:
    span, edits = _on_disk(page, plan)
    line, column = _place(data, span.start, page)
    doubt = (reason("doubt", plan.doubt, f"not removed without asking: {plan.doubt}"),) if plan.doubt else ()
    return Finding(
        id=_identity(data, span, plan.rule),
        rule=plan.rule,
        category=sign.category,
        confidence=sign.confidence,
        disposition="safe" if sure and plan.doubt is None else "review",
        span=span,
        line=line,
        column=column,
        edits=edits,
        hidden_by=sign.hidden_by,
        evidence=(*sign.evidence, *doubt),
        excerpt=sign.excerpt,
    )


def _identity(data: bytes, span: Span, rule: str) -> str:
    return hashlib.sha256(data[span.start : span.end] + rule.encode()).hexdigest()[:16]


def _verdict(scene: Scene, likely: Sequence[Block]) -> tuple[Verdict, str | None, list[Block]]:
    """What the page is, why, and which blocks are findings: on a page about such things only hidden ones are.

    Counted is what people see. A page whose honest text speaks of the same things, or that is all such text in whole
    sentences, is about them (``native``); one that is all of it without sentences, and hardly anything else, is a
    doorway (``spam``). However long a run is, an honest page beside it is worth restoring.
    """
    if not likely:
        return "clean", None, []
    spam = np.zeros(len(scene.items), dtype=bool)
    for block in likely:
        spam[block.stretch.first : block.stretch.last] = True
    seen = np.asarray([scene.facts[item.leaf].hidden_by is None for item in scene.items])
    lengths = np.asarray([item.end - item.start for item in scene.items])
    visible_spam, rest = int(lengths[spam & seen].sum()), int(lengths[~spam & seen].sum())
    hidden = [block for block in likely if _hidden_by(scene, block) is not None]
    hot = int(lengths[~spam & seen & (scene.table[:, _WORD_MEAN] > 0)].sum())
    whole = visible_spam >= _ALL_OF_PAGE * (visible_spam + rest) and rest - hot < _A_PAGE
    weights = lengths * (spam & seen)
    sentences = float(weights @ scene.table[:, _SENTENCES]) / max(int(weights.sum()), 1)
    if (whole and sentences >= _SENTENCE_SHARE) or (visible_spam and hot >= _NATIVE * max(rest, 1)):
        if hidden:
            return "infected", _ONLY_HIDDEN, hidden
        return "native", "the page is about such things itself", []
    if whole and len(hidden) < len(likely):
        return "spam", "nearly all of the page is spam: there is no honest page to restore", list(likely)
    return "infected", None, list(likely)


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with ids of their own: the same block in two places is two findings."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        result.append(finding if count == 1 else replace(finding, id=f"{finding.id}-{count}"))
    return tuple(result)


def _near(page: Page, scene: Scene, block: Block, data: bytes) -> Near:
    first = scene.items[block.stretch.first]
    last = scene.items[block.stretch.last - 1]
    span = Span(
        int(scene.leaves[first.leaf].readable.offsets[first.start]),
        int(scene.leaves[last.leaf].readable.offsets[last.end]),
    )
    span = page.byte_map.span(span) if page.byte_map is not None else span
    return Near(span, _place(data, span.start, page)[0], round(block.probability, 6), excerpt_of(scene, block.stretch))


def _on_disk(page: Page, plan: Plan) -> tuple[Span, tuple[Edit, ...]]:
    if page.byte_map is None:
        return plan.span, plan.edits
    return page.byte_map.span(plan.span), tuple(made for edit in plan.edits for made in page.byte_map.edits(edit))


def _place(data: bytes, offset: int, page: Page) -> tuple[int, int]:
    """Line and column of a byte, both from 1; the column counts bytes."""
    newline = b"\n"
    if page.charset.name == "utf-16le":
        newline = b"\n\x00"
    elif page.charset.name == "utf-16be":
        newline = b"\x00\n"
    line = data.count(newline, 0, offset) + 1
    start = data.rfind(newline, 0, offset)
    return line, offset - (start + len(newline) if start >= 0 else 0) + 1


def _hidden_by(scene: Scene, block: Block) -> str | None:
    """The mechanism that hides most of a block's items, if most are hidden."""
    ways = [facts.hidden_by for facts in scene.facts_in(block.stretch)]
    most = max(sorted({way for way in ways if way}), key=ways.count, default=None)
    return most if most is not None and sum(way is not None for way in ways) * 2 > len(ways) else None
