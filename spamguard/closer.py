"""The closer look at a candidate, from its items to its findings. Imported only when a page needs it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.boxed import boxed
from spamguard.examine.case import SENTENCE_SHARE, hidden_by
from spamguard.examine.describe import ITEM_NAMES, named_share
from spamguard.examine.evidence import evidence_of, excerpt_of, told_of
from spamguard.examine.glance import glance, in_full
from spamguard.examine.patience import shown_from
from spamguard.examine.sketch import sketch_of
from spamguard.examine.sure import NOT_PROBABLE, doubt_about
from spamguard.findings import ORDERS, Edit, Finding, Span
from spamguard.page.linkeddata import may_be_linked
from spamguard.page.outline import outline_of
from spamguard.page.tokens import Kind, view_of
from spamguard.removal.apart import apart
from spamguard.removal.plan import Plan, plans_of, plans_of_signs
from spamguard.removal.sentences import with_sentence
from spamguard.signs.find import FAMILIES, WORDED, may_tell, signs_of
from spamguard.signs.literals import LITERAL
from spamguard.signs.orders import ONLY_TOLD
from spamguard.signs.overlap import backed, is_found, is_known_better, is_told
from spamguard.signs.performed import performed
from spamguard.signs.structured import DATA, structured
from spamguard.text.alphabets import letters_in
from spamguard.verdicts import Explanation, FileReport, Near, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.model.weights import Model, Thresholds
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.signs.performed import Judge
    from spamguard.signs.sign import Sign

_ONLY_HIDDEN: Final = "the page is about such things itself: only what it hides, or says in other letters, is named"
MOST_LESS: Final = 0.35
"""No block that is less probable than the limit for review by so much is ever shown."""
_A_DOORWAY: Final = "nearly all of the page is spam: there is no honest page to restore"
_ALL_OF_PAGE: Final = 0.85
_MOST_OF_PAGE: Final = 0.6
_A_LINE: Final = 30
"""Characters of other text that are no page: "404 Not Found", "nginx"."""
_A_PAGE: Final = 1_000
"""Characters of other text that are an honest page worth restoring, however long the run beside it."""
_NATIVE: Final = 0.3
_SOME_LETTERS: Final = 0.3
_TOLD: Final = frozenset({Kind.TITLE, Kind.META})
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_SENTENCES: Final = ITEM_NAMES.index("sentence_share")


def look(
    page: Page,
    report: FileReport,
    data: bytes,
    model: Model,
    limits: Thresholds,
    *,
    worded: bool,
    judge: Judge | None = None,
) -> Explanation:
    """Judge a candidate page. ``report`` holds what is known of the file already.

    A page whose words are no reason to look (not ``worded``) is read for its signs, and further only when it has one.
    ``judge`` is asked about the page as its scripts make it, if that is to be asked.
    """
    shown: list[Sign] = []
    if not worded:
        # What its scripts say is read before the page is: most have nothing to tell.
        if page.signs or may_tell(page.scripts, model):
            outline = outline_of(view_of(page.raw))
            shown = _performed(page, outline, model, _shown_signs(page, outline, model, limits), limits, judge)
        if all(sign.leaning for sign in shown):
            return Explanation(report, ())
    sketch = sketch_of(page, model)
    root = sketch.root
    if worded and not page.plain:
        shown = _shown_signs(page, root, model, limits, sketch.domains)
        shown = _performed(page, root, model, shown, limits, judge)
    scene, blocks = glance(sketch, model)
    if all(sign.leaning for sign in shown) and all(block.probability < limits.review - MOST_LESS for block in blocks):
        return Explanation(report, _came_close(page, scene, blocks, data))
    scene, blocks = in_full(sketch, scene, blocks, model)
    likely = [block for block in blocks if _is_shown(scene, block, limits, model)]
    verdict, reason, likely = _verdict(scene, likely)
    doubts = [doubt_about(scene, block, limits) for block in likely]
    certain_ones = [block for block, doubt in zip(likely, doubts, strict=True) if doubt is None]
    if certain_ones and not page.plain and may_be_linked(page.raw) and not any(sign.rule == DATA for sign in shown):
        shown = [*shown, *signs_of(page, root, model, (structured,), sketch.domains)]
    if shown:
        told_for = (backed(scene, certain_ones, sign, model.lexicon) for sign in shown)
        shown = [sign for sign in told_for if sign is not None and not is_known_better(scene, certain_ones, sign)]
    shown = [sign for sign in shown if not (sign.spare and is_found(scene, likely, sign))]
    sure = [sign for sign in shown if sign.confidence >= limits.safe]
    if verdict == "spam":
        doubts = [_A_DOORWAY] * len(likely)
    if sure:
        told = [is_told(scene, block, sure, certain=doubt is None) for block, doubt in zip(likely, doubts, strict=True)]
        doubts = [doubt for doubt, is_one in zip(doubts, told, strict=True) if not is_one]
        likely = [block for block, is_one in zip(likely, told, strict=True) if not is_one]
    if likely and not page.plain:
        likely, doubts = boxed(scene, likely, doubts)
    # To plan is to walk the page again: most candidates turn out clean and need no plan.
    others = [block for block in blocks if block not in likely]
    plans = plans_of(page, root, scene, likely) if likely else []
    planned = [
        (block if plan.stretch is None else replace(block, stretch=plan.stretch), plan)
        for block, plan in zip(likely, plans, strict=True)
    ]
    planned = [
        (block, plan if doubt is None and plan.doubt is None else with_sentence(page, scene, block, plan))
        for (block, plan), doubt in zip(planned, doubts, strict=True)
    ]
    if shown and verdict in {"clean", "native"}:
        verdict, reason = "infected", reason and _ONLY_HIDDEN
    findings = [
        _finding(page, scene, block, plan, data, model, doubt)
        for (block, plan), doubt in zip(planned, doubts, strict=True)
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
            _finding_of_sign(page, sign, plan, data, _A_DOORWAY if verdict == "spam" else _doubt_of_sign(sign, limits))
            for sign, plan in zip(shown, plans_of_signs(page, root, scene, shown, taken), strict=True)
            if plan.edits
        ]
        findings.sort(key=lambda finding: finding.span)
    near = _came_close(page, scene, others, data)
    return Explanation(replace(report, verdict=verdict, reason=reason, findings=_numbered(apart(findings))), near)


def _is_shown(scene: Scene, block: Block, limits: Thresholds, model: Model) -> bool:
    """Whether a block is a finding, and was one with the lines that were let go."""
    if block.probability < shown_from(scene, block, limits, model.lexicon):
        return False
    if block.whole is None:
        return True
    named = named_share(scene, block.whole, model.lexicon) if block.named else 0.0
    whole = replace(block, stretch=block.whole, named=named, whole=None)
    return block.probability >= shown_from(scene, whole, limits, model.lexicon)


def _shown_signs(
    page: Page, root: Node, model: Model, limits: Thresholds, own: frozenset[str] | None = None
) -> list[Sign]:
    """The signs of a page, of one that was not noticed for them only those of pages with spam words."""
    noticed = page.signs or may_tell(page.scripts, model)
    found = signs_of(page, root, model, FAMILIES if noticed else WORDED, own)
    return [sign for sign in found if sign.confidence >= limits.review]


def _performed(
    page: Page, root: Node, model: Model, shown: list[Sign], limits: Thresholds, judge: Judge | None
) -> list[Sign]:
    """The signs of a page and the scripts that put into it what is spam there, instead of strings in them."""
    if judge is None or not (page.scripts or page.spoken):
        return shown
    others = [sign for sign in shown if sign.rule != LITERAL]
    found = [sign for sign in performed(page, root, model, others, judge) if sign.confidence >= limits.review]
    if found and len(others) < len(shown):
        scripts = [part for sign in found for part in sign.parts]
        strings = (sign for sign in shown if sign.rule == LITERAL)
        others += [one for one in strings if not any(one.hull.overlaps(script) for script in scripts)]
    return [*others, *found] if found else shown


def _finding(
    page: Page, scene: Scene, block: Block, plan: Plan, data: bytes, model: Model, doubt: str | None
) -> Finding:
    doubt = plan.doubt or (ONLY_TOLD if block.category == ORDERS else doubt)
    doubt = doubt if plan.edits else doubt or "nothing of it can be cut by itself"
    span, edits = _on_disk(page, plan)
    line, column = _place(data, span.start, page)
    return Finding(
        id=_identity(data, span, plan.rule),
        rule=plan.rule,
        category=block.category,
        confidence=round(block.probability, 6),
        disposition="safe" if doubt is None else "review",
        span=span,
        line=line,
        column=column,
        edits=edits,
        hidden_by=hidden_by(scene, block),
        evidence=evidence_of(scene, block, model, doubt),
        excerpt=excerpt_of(scene, block.stretch),
    )


def _doubt_of_sign(sign: Sign, limits: Thresholds) -> str | None:
    return None if sign.confidence >= limits.safe else NOT_PROBABLE


def _finding_of_sign(page: Page, sign: Sign, plan: Plan, data: bytes, doubt: str | None) -> Finding:
    span, edits = _on_disk(page, plan)
    line, column = _place(data, span.start, page)
    doubt = plan.doubt or doubt
    return Finding(
        id=_identity(data, span, plan.rule),
        rule=plan.rule,
        category=sign.category,
        confidence=sign.confidence,
        disposition="safe" if doubt is None else "review",
        span=span,
        line=line,
        column=column,
        edits=edits,
        hidden_by=sign.hidden_by,
        evidence=(*sign.evidence, *told_of(doubt)),
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
    seen = np.asarray([_is_seen(scene, item.leaf) for item in scene.items])
    lengths = np.asarray([item.end - item.start for item in scene.items])
    visible_spam, rest = int(lengths[spam & seen].sum()), int(lengths[~spam & seen].sum())
    hidden = [block for block in likely if hidden_by(scene, block) is not None]
    hot = int(lengths[~spam & seen & (scene.table[:, _WORD_MEAN] > 0)].sum())
    share = visible_spam / max(visible_spam + rest, 1)
    whole = (share >= _ALL_OF_PAGE and rest - hot < _A_PAGE) or (share >= _MOST_OF_PAGE and rest < _A_LINE)
    weights = lengths * (spam & seen)
    sentences = float(weights @ scene.table[:, _SENTENCES]) / max(int(weights.sum()), 1)
    native = (whole and sentences >= SENTENCE_SHARE) or (visible_spam and hot >= _NATIVE * max(rest, 1))
    if native:
        chosen = zip(scene.items, (seen & ~spam).tolist(), strict=True)
        letters = letters_in(" ".join(item.text for item, is_rest in chosen if is_rest))
        named = [block for block in likely if block in hidden or _is_in_other_letters(scene, block, letters)]
        if named:
            return "infected", _ONLY_HIDDEN, named
        return "native", "the page is about such things itself", []
    if whole and len(hidden) < len(likely):
        return "spam", _A_DOORWAY, list(likely)
    return "infected", None, list(likely)


def _is_in_other_letters(scene: Scene, block: Block, other: Mapping[str, int]) -> bool:
    """Whether a block is in letters of which the ``other`` text of the page, if there is enough, has few.

    A page in Chinese that speaks of fine goods is not about what is sold in Korean.
    """
    own = letters_in(" ".join(item.text for item in scene.items_in(block.stretch)))
    if sum(other.values()) < _A_LINE:
        return False
    shared = sum(count for script, count in own.items() if other.get(script, 0) >= _SOME_LETTERS * sum(other.values()))
    return shared < _SOME_LETTERS * sum(own.values())


def _is_seen(scene: Scene, leaf: int) -> bool:
    """Whether people see a leaf as part of the page. A title stands outside of it, and may be part of a break-in."""
    return scene.facts[leaf].hidden_by is None and scene.leaves[leaf].kind not in _TOLD


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with ids of their own: the same block in two places is two findings."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        result.append(finding if count == 1 else replace(finding, id=f"{finding.id}-{count}"))
    return tuple(result)


def _came_close(page: Page, scene: Scene, blocks: Sequence[Block], data: bytes) -> tuple[Near, ...]:
    return tuple(_near(page, scene, block, data) for block in blocks)


def _near(page: Page, scene: Scene, block: Block, data: bytes) -> Near:
    span = scene.span_of(block.stretch)
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
