"""The rest of the sentence around a link that is shown for review, when it says nothing without the link.

"More under X.", "If you are short of time, try this X.", "Site design by X and http://...": nobody wrote such words for
another link that stood there before, and what would be left of them reads oddly.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.readable import decoded
from spamguard.removal.gaps import Gaps
from spamguard.signs.pitched import CALLS, END, GOES, INLINE

if TYPE_CHECKING:
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.removal.plan import Plan

_PLACES: Final = frozenset({"p", "div", "td", "dd", "section", "article", "center", "footer"})
_TAG: Final = re.compile(rb"<!--.*?-->|<[^<>]*>|&(?:nbsp|#160);", re.DOTALL)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(rb"\s*(?:https?://|www\.)[^\s<>]+\s*", re.IGNORECASE)
_LONGEST: Final = 4_000
_LEAD, _LONG_LEAD, _TAIL = 3, 8, 3
"""Words before a link that lead up to it, how many do in a sentence that calls to act, and how many of that follow."""


def with_sentence(page: Page, scene: Scene, block: Block, plan: Plan) -> Plan:
    """A plan that takes nothing but links out of a sentence, widened to the sentence if that is left without sense."""
    facts = scene.facts_in(block.stretch)
    links = [fact.anchor for fact in facts if fact.anchor is not None and fact.domain is not None]
    own = any(fact.anchor is not None and fact.domain is None for fact in facts)
    if page.plain or not links or own or not plan.edits or any(fact.hidden_by is not None for fact in facts):
        return plan
    place = next((around for around in links[0].ancestors() if around.tag not in INLINE), None)
    if place is None or place.tag not in _PLACES or not place.closed or place.end - place.start > _LONGEST:
        return plan
    first, last = place.inner_start, place.inner_end
    if any(edit.replacement or not first <= edit.start < edit.end <= last for edit in plan.edits):
        return plan
    hull = Span(
        min(*(link.start for link in links), *(_text_of(page.raw, edit).start for edit in plan.edits)),
        max(*(link.end for link in links), *(_text_of(page.raw, edit).end for edit in plan.edits)),
    )
    if not first <= hull.start < hull.end <= last:
        return plan
    span = _sentence(page, place, hull)
    if span is None:
        return plan
    edit = _cut(page.raw, place, span)
    return replace(plan, span=Span(edit.start, edit.end), edits=(edit,))


def _text_of(raw: bytes, edit: Edit) -> Span:
    """What an edit takes, without the white space that goes with it."""
    taken = raw[edit.start : edit.end]
    return Span(edit.end - len(taken.lstrip()), edit.start + len(taken.rstrip()))


def _sentence(page: Page, place: Node, hull: Span) -> Span | None:
    """The sentence around some links, if the words beside them only lead up to them."""
    raw, at = page.raw, place.inner_start
    bare = _without_addresses(raw, place)
    plain = _TAG.sub(lambda match: b" " * len(match[0]), bare)
    before = [match.end() for match in END.finditer(plain, 0, hull.start - at)]
    behind = hull.end - at
    # The full stop may have gone with the links: the sentence ends there.
    ended = any(match.end() == behind for match in END.finditer(plain, max(0, behind - 3), behind))
    after = END.search(plain, behind)
    start = before[-1] if before else 0
    end = behind if ended else after.end() if after is not None else len(plain)
    inside = (part for part in place.walk() if part.kind is NodeKind.ELEMENT and part is not place)
    span = Span(at + start, at + end)
    whole = not (plain[:start] + plain[end:]).strip()
    if not whole and any(part.start < cut < part.end for part in inside for cut in (span.start, span.end)):
        return None
    lead = decoded(plain, start, hull.start - at, page.codec)
    tail = decoded(plain, hull.end - at, end, page.codec)
    words, more = len(_WORD.findall(lead)), len(_WORD.findall(tail))
    if not words:
        return None
    calls = CALLS.search(lead) is not None
    most = _TAIL if calls else int(bare != raw[at : place.inner_end])
    return span if words <= (_LONG_LEAD if calls else _LEAD) and more <= most else None


def _without_addresses(raw: bytes, place: Node) -> bytes:
    """What a place holds, with blanks for links that are called by their address and for nothing else."""
    inner = bytearray(raw[place.inner_start : place.inner_end])
    for part in place.walk():
        if part.tag == "a" and part.closed and _ADDRESS.fullmatch(raw, part.inner_start, part.inner_end):
            first, last = part.start - place.inner_start, part.end - place.inner_start
            inner[first:last] = b" " * (last - first)
    return bytes(inner)


def _cut(raw: bytes, place: Node, span: Span) -> Edit:
    """The edit for a sentence, with the space that parts it from the next, or with the place that holds no other."""
    rest = raw[place.inner_start : span.start] + raw[span.end : place.inner_end]
    if place.tag in GOES and not rest.strip():
        whole = Span(place.start, place.end)
        fitted = Gaps(raw, (whole,)).fitted(whole)
        return Edit(fitted.start, fitted.end)
    start, end = span.start, span.end
    if not raw[start:end].startswith((b" ", b"\n")) and raw[end : end + 1] == b" ":
        end += 1
    return Edit(start, end)
