"""What white space stays where a block was: the gap is left as the page itself writes such gaps.

Whoever puts a block in a page adds a line end before it, after it, on both sides or none, and the bytes around the
block do not tell which. The rest of the page does: it shows how often a line ends between two such tags and how far
the next line is indented.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.removal.customs import (
    END,
    LINE_END,
    LONGEST_GAP,
    PLACES,
    START,
    TEXT,
    answers,
    between,
    habits_of,
    indents,
    place_of,
    shares,
    sort_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NAME: Final = rb"/?[a-zA-Z][a-zA-Z0-9:-]{0,30}|!--|!|\?"
_TAG: Final = re.compile(rb"<(" + _NAME + rb")")
_BLANK: Final = b" \t\r\n\f"
_NEAR: Final = 2_000
_FOLLOWING: Final = frozenset({b".", b",", b";", b":", b")", b"!", b"?"})
_OWN_LINE: Final = re.compile(rb"(?:\r\n|\n|\r)([ \t]*)")
_LAST_LINE: Final = re.compile(rb"(?:\r\n|\n|\r)([ \t]*)\Z")
_WAY_NAMES: Final = ("glued", "line", "before", "both", "indented")
_WAYS: Final = {
    place: dict(zip(_WAY_NAMES, shares, strict=True))
    for place, shares in {
        "between": (0.42, 0.31, 0.13, 0.10, 0.04),
        "/head": (0.33, 0.42, 0.12, 0.06, 0.07),
        "/body": (0.35, 0.30, 0.15, 0.15, 0.05),
        "body": (0.42, 0.21, 0.15, 0.20, 0.02),
        "head": (0.42, 0.21, 0.15, 0.20, 0.02),
        "after": (0.34, 0.21, 0.18, 0.25, 0.02),
    }.items()
}
"""How blocks are put in, by the place: nothing added, a line end behind, before or on both sides, a line end and the
indentation. The mean of how the sample injector does it and of 553 pieces that strangers wrote by hand."""
_SPACED: Final = 0.05
_SPACED_WORD: Final = 0.2
"""What is put behind the last word of a paragraph is parted from it by a space, which nobody leaves at an end."""
_TRAILING: Final = 0.5
"""A run ends with the separator that stands between its items, and so with a blank at the end of its line."""
_PARAGRAPH: Final = 0.02
"""Behind an empty line of its own."""
_OTHER_WAY: Final = 0.001
"""Nobody adds several empty lines: a long gap was the page's own."""
_BEHIND: Final = 0.85
_BEFORE: Final = 0.7
"""How many of the blocks that follow the tag that opens a part of the page were put right behind it, and how many of
those that stand at the end of one right before its end tag: the others were put behind what stood there last."""
_OPENERS: Final = frozenset({b"body", b"head", b"html", b"/html", START})
_CLOSERS: Final = frozenset({b"/body", b"/head", b"/html"})
_PAGE_END: Final = re.compile(rb"</body\s*>(\s*)</html\s*>\Z", re.IGNORECASE)
_FILE_ENDS: Final = {True: (0.22, 0.7, 0.08), False: (0.94, 0.04, 0.02)}
"""How files end behind ``</html>``: without a line end, with one, with more. Whoever writes ``</body>`` and ``</html>``
on one line seldom ends it, and whoever writes them on two mostly does (1,700 pages)."""
_BLANK_END: Final = re.compile(rb"[^\s][ \t]+\r?\n")
_WRITTEN_END: Final = re.compile(rb"[^\s]\r?\n")
_BLANKS_AT_AN_END: Final = re.compile(rb"[ \t]+\r?\n")
_FEW_BLANK_ENDS: Final = 0.1
_UNSEEN: Final = 0.3
_TOLD: Final = 4 * _UNSEEN
"""An indentation that the page has nowhere in such a place is a fifth as likely as one that the tree tells."""
_STRANGE_LINE_END: Final = 0.05


def whole_lines(raw: bytes, span: Span) -> Span:
    """In a plain text, a span that fills its lines goes with their blanks and with one line end."""
    start, end = span.start, span.end
    while start > 0 and raw[start - 1] in b" \t":
        start -= 1
    while end < len(raw) and raw[end] in b" \t":
        end += 1
    if start > 0 and raw[start - 1] not in b"\r\n":
        return span
    line_end = LINE_END.match(raw, end)
    if line_end is not None:
        return Span(start, line_end.end())
    if end < len(raw):
        return span
    # The last line of the file: the line end before it came with it.
    if raw[:start].endswith(b"\r\n"):
        return Span(start - 2, end)
    return Span(max(start - 1, 0), end)


class Gaps:
    """Decides how much white space goes with each of the ``cuts`` (disjoint, in order) of a page."""

    def __init__(self, raw: bytes, cuts: Sequence[Span]) -> None:
        self._raw = raw
        self._habits = habits_of(raw)
        self._cuts = cuts
        self._starts = [cut.start for cut in cuts]
        ends = [0, *(cut.end for cut in cuts)]
        kept = b"".join(raw[end:start] for end, start in zip(ends, [*self._starts, len(raw)], strict=True))
        self._windows = kept.count(b"\r\n") * 2 > kept.count(b"\n")
        blank_ends = len(_BLANK_END.findall(kept))
        self._trailing = (blank_ends + _FEW_BLANK_ENDS) / (blank_ends + len(_WRITTEN_END.findall(kept)) + 1)

    def fitted(self, span: Span, indent: bytes | None = None) -> Span:
        """``span`` with the white space around it that came along.

        ``indent`` is the indentation that what follows should have, None when nothing tells it.
        """
        raw = self._raw
        left, right = span.start, span.end
        while left > 0 and raw[left - 1] in _BLANK and span.start - left < LONGEST_GAP:
            left -= 1
        while right < len(raw) and raw[right] in _BLANK and right - span.end < LONGEST_GAP:
            right += 1
        if left == span.start and right == span.end:
            return span
        before, after = _tag_before(raw, left), _tag_after(raw, right)
        if before == after == TEXT:
            return _between_words(raw, span, left, right)
        priors: dict[bytes, float] = defaultdict(float)
        places: dict[bytes, Span] = {}
        for cut, likely in _ways(raw, Span(left, right), span, before, after):
            gap = raw[left : cut.start] + raw[cut.end : right]
            priors[gap] += likely
            places.setdefault(gap, cut)
        if (before, after) == (b"/html", END):
            return places[max(priors, key=lambda gap: priors[gap] * self._ends_file(left, gap))]
        first, last = bisect_left(self._habits.starts, left), bisect_right(self._habits.starts, right)
        if first >= last:
            return places[max(priors, key=lambda gap: priors[gap])]
        at = range(first, last)
        told = shares(answers(self._habits, before, after, at, self._says))
        known: Mapping[bytes, float] = (
            indents(self._habits, raw, before, after, at, self._says) if indent is None else {indent: _TOLD}
        )
        tails = {gap.rpartition(b"\n")[2] for gap in priors if b"\n" in gap}
        whole = sum(known.get(tail, 0) + _UNSEEN for tail in tails)
        usual = {tail: (known.get(tail, 0) + _UNSEEN) / whole for tail in tails}
        same = between(self._habits, raw, before, after, self._says)
        most = same.total() + 1

        def plausible(gap: bytes) -> float:
            return priors[gap] * told[sort_of(gap)] * self._fits(gap, usual) * (1 + same[gap] / most)

        return places[max(priors, key=plausible)]

    def _ends_file(self, page_end: int, gap: bytes) -> float:
        """How usual a gap is behind the end of such a page."""
        ending = _PAGE_END.search(self._raw, max(0, page_end - LONGEST_GAP), page_end)
        none, one, more = _FILE_ENDS[ending is None or b"\n" in ending[1] or b"\r" in ending[1]]
        return none if not gap else one if LINE_END.fullmatch(gap) else more

    def _fits(self, gap: bytes, usual: Mapping[bytes, float]) -> float:
        """Whether a gap has the indentation of what follows, the line ends of the page, and no blanks before those."""
        _, newline, tail = gap.rpartition(b"\n")
        if not newline:
            return 1.0
        fits = usual[tail]
        if _BLANKS_AT_AN_END.match(gap):
            fits *= self._trailing
        if (b"\n" in gap.replace(b"\r\n", b"")) if self._windows else (b"\r\n" in gap):
            fits *= _STRANGE_LINE_END
        return fits

    def _says(self, number: int) -> bool:
        """Whether a gap of the page goes with no block."""
        gap = self._habits.gaps[number]
        return not self._cut(gap.start, gap.end - gap.start)

    def _cut(self, place: int, length: int) -> bool:
        index = bisect_right(self._starts, place + length) - 1
        return index >= 0 and self._cuts[index].end >= place


def _between_words(raw: bytes, span: Span, left: int, right: int) -> Span:
    """Text on both sides: one gap stays, none before a mark that follows its word."""
    if right == span.end and raw[right : right + 1] in _FOLLOWING and b"\n" not in raw[left : span.start]:
        return Span(left, right)
    if left < span.start and right > span.end:
        return Span(span.start, right) if b"\n" not in raw[span.end : right] else Span(left, span.end)
    return span


def _ways(raw: bytes, gap: Span, block: Span, before: bytes, after: bytes) -> Iterator[tuple[Span, float]]:
    """The cuts that would undo a way to put the block in, each with how likely intruders are to choose that way.

    Tools put a block right behind one tag or right before another. So one side of the gap is all theirs: nothing, a
    line end, or a line end with the indentation; the other side holds what they added and what was there.
    """
    first, last = raw[gap.start : block.start], raw[block.end : gap.end]
    blanks = len(last) - len(last.lstrip(b" \t"))
    if blanks:
        wider = Span(block.start, block.end + blanks)
        yield from ((cut, _TRAILING * likely) for cut, likely in _ways(raw, gap, wider, before, after))
    ends_line = _OWN_LINE.fullmatch(first)
    opens_line = _LAST_LINE.search(first)
    closes_line = LINE_END.match(last)
    usual = _WAYS.get(PLACES[place_of(before, after)], _WAYS["between"])
    behind = _BEHIND if before in _OPENERS else 1 - _BEFORE if after in _CLOSERS else 0.5
    if not first or ends_line:
        way = "indented" if ends_line and ends_line[1] else "before" if ends_line else "glued"
        yield Span(gap.start, block.end), behind * usual[way]
        if closes_line and way != "indented":
            both = "both" if ends_line else "line"
            yield Span(gap.start, block.end + closes_line.end()), behind * usual[both]
            second = LINE_END.match(last, closes_line.end())
            if second and second.end() < len(last) and not first:
                yield Span(gap.start, block.end + second.end()), behind * _PARAGRAPH
        elif closes_line and closes_line.end() < len(last):
            # Indented lines that began and ended with a line end, before the page's own line end.
            yield Span(gap.start, block.end + closes_line.end()), behind * usual["both"]
    if not last or (closes_line and closes_line.end() == len(last)):
        yield Span(block.start, gap.end), (1 - behind) * usual["line" if last else "glued"]
        if opens_line and not (opens_line[1] and last):
            way = "both" if last else "indented" if opens_line[1] else "before"
            yield Span(gap.start + opens_line.start(), gap.end), (1 - behind) * usual[way]
    if opens_line and opens_line[1] and not last:
        # The block began with the blanks before it, where a line begins.
        yield Span(block.start - len(opens_line[1]), gap.end), usual["indented"]
    if opens_line and opens_line[1] and closes_line and closes_line.end() == len(last):
        yield Span(gap.start + opens_line.start(), gap.end), (1 - behind) * usual["indented"]
    if opens_line and opens_line[1] and closes_line and last[closes_line.end() :] != opens_line[1]:
        # Lines of another depth than what follows were written as lines.
        yield Span(block.start - len(opens_line[1]), block.end + closes_line.end()), usual["indented"]
    if closes_line and len(first) > 1 and opens_line is None:
        # Blanks inside a line that ends with the block: the block brought its indentation and its line end.
        yield Span(gap.start, block.end + closes_line.end()), usual["line"]
    if b"" in (first, last) and first + last == b" ":
        yield gap, _SPACED_WORD if before == TEXT and first else _SPACED
    for start in _starts(first):
        for end in _ends(last):
            yield Span(gap.start + start, block.end + end), _OTHER_WAY


def _starts(first: bytes) -> list[int]:
    """Where a cut may begin in the white space before a block."""
    return [len(first)] + ([match.start() for match in LINE_END.finditer(first)][-4:] or [0])


def _ends(last: bytes) -> list[int]:
    """Where a cut may end in the white space behind a block."""
    found = [match.span() for match in LINE_END.finditer(last)][:4]
    return sorted({0, *(place for span in found for place in span)}) if found else [0, len(last)]


def _tag_before(raw: bytes, place: int) -> bytes:
    if place == 0:
        return START
    if raw[place - 1 : place] != b">":
        return TEXT
    match = _TAG.match(raw, max(raw.rfind(b"<", max(0, place - _NEAR), place), 0))
    return match[1].lower() if match is not None else TEXT


def _tag_after(raw: bytes, place: int) -> bytes:
    if place == len(raw):
        return END
    match = _TAG.match(raw, place)
    return match[1].lower() if match is not None else TEXT


def joined(raw: bytes, spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those with nothing but white space between them made one, hard spaces too."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and (span.start <= result[-1].end or _is_blank(raw[result[-1].end : span.start])):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _is_blank(between: bytes) -> bool:
    return not between.strip() or (between.startswith(b"&nbsp;") and not between.replace(b"&nbsp;", b"").strip())
