"""What white space stays where a block was: the gap is left as the page itself writes such gaps.

Whoever puts a block in a page adds a line end before it, after it, on both sides or none, and the bytes around the
block do not tell which. The rest of the page does: it shows how often a line ends between two such tags and how far
the next line is indented.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.tokens import BLOCK_TAGS
from spamguard.removal.edges import LINE_END, edge_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAME: Final = rb"/?[a-zA-Z][a-zA-Z0-9:-]{0,30}|!--|!|\?"
_AFTER_TAG: Final = re.compile(rb"<(" + _NAME + rb")[^<>]*>(\s*)(?:(?=<(" + _NAME + rb"))|)")
_BEFORE_TAG: Final = re.compile(rb"[^\s<>](\s*)<(" + _NAME + rb")")
_TAG: Final = re.compile(rb"<(" + _NAME + rb")")
_BLANK: Final = b" \t\r\n\f"
_TEXT: Final = b"text"
_LINES: Final = b"lines"
_BLOCKS: Final = (BLOCK_TAGS - {"br", "button"}) | {"script", "style", "noscript", "!--", "!", "start", "end", "iframe"}
_SCANNED: Final = 400_000
_ASKED: Final = 120
_LONGEST_GAP: Final = 400
_NEAR: Final = 2_000
_FOLLOWING: Final = frozenset({b".", b",", b";", b":", b")", b"!", b"?"})
_OWN_LINE: Final = re.compile(rb"(?:\r\n|\n|\r)([ \t]*)")
_LAST_LINE: Final = re.compile(rb"(?:\r\n|\n|\r)([ \t]*)\Z")
_WAYS: Final = {"glued": 0.32, "line": 0.33, "before": 0.17, "both": 0.11, "indented": 0.07}
"""How blocks are put in: nothing added, a line end behind, before or on both sides, a line end and the indentation.
Drawn between how the sample injector does it and how strangers did who wrote pieces by hand, who add nothing, or
line ends on both sides, more often."""
_SPACED: Final = 0.05
_SPACED_WORD: Final = 0.2
"""What is put behind the last word of a paragraph is parted from it by a space, which nobody leaves at an end."""
_TRAILING: Final = 0.5
"""A run ends with the separator that stands between its items, and so with a blank at the end of its line."""
_OTHER_WAY: Final = 0.0003
"""Nobody adds several empty lines: a long gap was the page's own."""
_BEHIND: Final = 0.85
_BEFORE: Final = 0.7
"""How many of the blocks that follow the tag that opens a part of the page were put right behind it, and how many of
those that stand at the end of one right before its end tag: the others were put behind what stood there last."""
_OPENERS: Final = frozenset({b"body", b"head", b"html", b"/html", b"start"})
_CLOSERS: Final = frozenset({b"/body", b"/head", b"/html"})
_PAGE_END: Final = re.compile(rb"</body\s*>(\s*)</html\s*>\Z", re.IGNORECASE)
_FILE_ENDS: Final = {True: (0.22, 0.7, 0.08), False: (0.94, 0.04, 0.02)}
"""How files end behind ``</html>``: without a line end, with one, with more. Whoever writes ``</body>`` and ``</html>``
on one line seldom ends it, and whoever writes them on two mostly does (1,700 pages)."""
_STRANGE_INDENT: Final = 0.2
_STRANGE_LINE_END: Final = 0.05
_TRUST: Final = 0.6
"""A page shows few gaps of a kind: what it says of likenesses is drawn together by this power."""


@dataclass(slots=True)
class _Habits:
    """Gaps of a page by the tags around them: ``(place, gap)``; None stands for any tag."""

    by_pair: dict[tuple[bytes | None, bytes | None], list[tuple[int, bytes]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    windows: bool = False

    def add(self, left: bytes, right: bytes, place: int, gap: bytes) -> None:
        if len(gap) <= _LONGEST_GAP:
            anything = _LINES if _parts_lines(left) and _parts_lines(right) else None
            for key in ((left, right), (left, None), (None, right), (anything, anything)):
                self.by_pair[key].append((place, gap))


def _parts_lines(tag: bytes) -> bool:
    """Whether pages are written with line ends around a tag; around a link or a bold word they are not."""
    return tag.lstrip(b"/").decode("latin-1") in _BLOCKS


@lru_cache(maxsize=2)
def _habits(raw: bytes) -> _Habits:
    habits = _Habits(windows=raw.count(b"\r\n") * 2 > raw.count(b"\n"))
    head = raw[:_SCANNED]
    for match in _AFTER_TAG.finditer(head):
        habits.add(match[1].lower(), (match[3] or _TEXT).lower(), match.start(2), match[2])
    for match in _BEFORE_TAG.finditer(head):
        habits.add(_TEXT, match[2].lower(), match.start(1), match[1])
    return habits


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
        self._habits = _habits(raw)
        self._cuts = cuts
        self._starts = [cut.start for cut in cuts]
        self._known: dict[tuple[bytes, bytes], _Custom] = {}

    def fitted(self, span: Span, indent: bytes | None = None) -> Span:
        """``span`` with the white space around it that came along.

        ``indent`` is the indentation that what follows should have, None when nothing tells it.
        """
        raw = self._raw
        left, right = span.start, span.end
        while left > 0 and raw[left - 1] in _BLANK and span.start - left < _LONGEST_GAP:
            left -= 1
        while right < len(raw) and raw[right] in _BLANK and right - span.end < _LONGEST_GAP:
            right += 1
        if left == span.start and right == span.end:
            return span
        before, after = _tag_before(raw, left), _tag_after(raw, right)
        if before == after == _TEXT:
            return _between_words(raw, span, left, right)
        priors: dict[bytes, float] = defaultdict(float)
        places: dict[bytes, Span] = {}
        for cut, likely in _ways(raw, Span(left, right), span, before, after):
            gap = raw[left : cut.start] + raw[cut.end : right]
            priors[gap] += likely
            places.setdefault(gap, cut)
        if (before, after) == (b"/html", b"end"):
            return places[max(priors, key=lambda gap: priors[gap] * self._ends_file(left, gap))]
        custom = self._custom(before, after)
        edge = edge_row(raw, before, after, Span(left, right), self._cut)
        return places[max(priors, key=lambda gap: priors[gap] * custom.plausible(gap, indent, edge))]

    def _ends_file(self, page_end: int, gap: bytes) -> float:
        """How usual a gap is behind the end of such a page."""
        ending = _PAGE_END.search(self._raw, max(0, page_end - _LONGEST_GAP), page_end)
        none, one, more = _FILE_ENDS[ending is None or b"\n" in ending[1] or b"\r" in ending[1]]
        return none if not gap else one if LINE_END.fullmatch(gap) else more

    def _custom(self, before: bytes, after: bytes) -> _Custom:
        known = self._known.get((before, after))
        if known is None:
            anything = _LINES if _parts_lines(before) and _parts_lines(after) else None
            keys = ((anything, anything), (before, None), (None, after), (before, after))
            known = _Custom([self._gaps(key) for key in keys], windows=self._habits.windows)
            self._known[before, after] = known
        return known

    def _gaps(self, key: tuple[bytes | None, bytes | None]) -> list[bytes]:
        """Gaps between such tags, those inside or beside a cut left out."""
        return [gap for place, gap in self._habits.by_pair.get(key, ())[:_ASKED] if not self._cut(place, len(gap))]

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
    if blanks and last[blanks:]:
        wider = Span(block.start, block.end + blanks)
        yield from ((cut, _TRAILING * likely) for cut, likely in _ways(raw, gap, wider, before, after))
    ends_line = _OWN_LINE.fullmatch(first)
    opens_line = _LAST_LINE.search(first)
    closes_line = LINE_END.match(last)
    behind = _BEHIND if before in _OPENERS else 1 - _BEFORE if after in _CLOSERS else 0.5
    if not first or ends_line:
        way = "indented" if ends_line and ends_line[1] else "before" if ends_line else "glued"
        yield Span(gap.start, block.end), behind * _WAYS[way]
        if closes_line and way != "indented":
            both = "both" if ends_line else "line"
            yield Span(gap.start, block.end + closes_line.end()), behind * _WAYS[both]
    if not last or (closes_line and closes_line.end() == len(last)):
        yield Span(block.start, gap.end), (1 - behind) * _WAYS["line" if last else "glued"]
        if opens_line and not (opens_line[1] and last):
            way = "both" if last else "indented" if opens_line[1] else "before"
            yield Span(gap.start + opens_line.start(), gap.end), (1 - behind) * _WAYS[way]
    if opens_line and opens_line[1] and closes_line and last[closes_line.end() :] != opens_line[1]:
        # Lines of another depth than what follows were written as lines.
        yield Span(block.start - len(opens_line[1]), block.end + closes_line.end()), _WAYS["indented"]
    if closes_line and len(first) > 1 and opens_line is None:
        # Blanks inside a line that ends with the block: the block brought its indentation and its line end.
        yield Span(gap.start, block.end + closes_line.end()), _WAYS["line"]
    if b"" in (first, last) and first + last == b" ":
        yield gap, _SPACED_WORD if before == _TEXT and first else _SPACED
    for start in _starts(first):
        for end in _ends(last):
            yield Span(gap.start + start, block.end + end), _OTHER_WAY


def _starts(first: bytes) -> list[int]:
    """Where a cut may begin in the white space before a block."""
    return [len(first)] + ([match.start() for match in LINE_END.finditer(first)][-4:] or [0])


def _ends(last: bytes) -> list[int]:
    """Where a cut may end in the white space behind a block."""
    return [0] + ([match.end() for match in LINE_END.finditer(last)][:4] or [len(last)])


def _tag_before(raw: bytes, place: int) -> bytes:
    if place == 0:
        return b"start"
    if raw[place - 1 : place] != b">":
        return _TEXT
    match = _TAG.match(raw, max(raw.rfind(b"<", max(0, place - _NEAR), place), 0))
    return match[1].lower() if match is not None else _TEXT


def _tag_after(raw: bytes, place: int) -> bytes:
    if place == len(raw):
        return b"end"
    match = _TAG.match(raw, place)
    return match[1].lower() if match is not None else _TEXT


class _Custom:
    """How usual a gap between two tags is on a page."""

    def __init__(self, levels: Sequence[list[bytes]], *, windows: bool) -> None:
        self._windows = windows
        self._shapes = [Counter(map(_shape, gaps)) for gaps in levels]
        self._sizes = [len(gaps) for gaps in levels]
        self._exact = Counter(levels[-1])

    def plausible(self, gap: bytes, indent: bytes | None, edge: tuple[float, ...] | None) -> float:
        """A likeness, from gaps between any tags to gaps between these very two."""
        shape = _shape(gap)
        share = (self._shapes[0][shape] + 0.5) / (self._sizes[0] + 4)
        sides = [(self._shapes[i][shape] + 3 * share) / (self._sizes[i] + 3) for i in (1, 2)]
        share = (self._shapes[3][shape] + sum(sides)) / (self._sizes[3] + 2)
        share = math.pow(share * (edge[_lines(gap)] if edge is not None else 1.0), _TRUST)
        if b"\n" in gap and indent is not None and gap.rpartition(b"\n")[2] != indent:
            share *= _STRANGE_INDENT
        if (b"\n" in gap.replace(b"\r\n", b"")) if self._windows else (b"\r\n" in gap):
            share *= _STRANGE_LINE_END
        return share * (1.0 + self._exact[gap] / (self._sizes[3] + 1))


def _lines(gap: bytes) -> int:
    """The place of a gap in a row of :func:`edge_row`."""
    lines = len(LINE_END.findall(gap))
    return min(lines + 1, 4) if lines else min(len(gap), 1)


@lru_cache(maxsize=4096)
def _shape(gap: bytes) -> bytes:
    """A gap without the width of its indentation."""
    lines = LINE_END.split(gap)
    if len(lines) == 1:
        return b"" if not gap else b"s" if len(gap) == 1 else b"ss"
    shape = b"n".join(b"s" if line else b"" for line in lines[:-1])
    return (shape if len(shape) <= 4 else shape[:1] + b"*" + shape[-3:]) + b"n"


def joined(raw: bytes, spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those with nothing but white space between them made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and (span.start <= result[-1].end or not raw[result[-1].end : span.start].strip()):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result
