"""The paragraphs of a page, as what looks for sentences that were put into one needs them: read, parted, cut out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.hiding import way_of
from spamguard.text.alphabets import UNSPACED, letters_in, script_of_most

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

MARKUP: Final = re.compile(r"<!--.*?-->|<[^<>]*>|&[#\w]{1,12};", re.DOTALL)
SEVERAL: Final = 3
"""Sentences of another hand that may stand on a page: one with more is of two hands itself."""
_PLACES: Final = frozenset("p div td li dd section article blockquote".split())  # noqa: SIM905
_INLINE: Final = frozenset("a b strong i em font span small big u br".split())  # noqa: SIM905
_APART: Final = frozenset("code pre script style textarea q cite blockquote select nav title".split())  # noqa: SIM905
_LONGEST: Final = 6_000
_DEEPEST: Final = 3
_MOST_ROW: Final = 200_000
"""Bytes of a page's text, from its beginning, that tell which scripts it is in."""
ENDS: Final = re.compile(
    r"[.!?…][)\"'”»]?(?=\s|$)|[。！？।]|[.!?](?<=[^\W\d_A-ZÀ-Þ]{2}[.!?])(?=[A-ZÀ-ÞĀ-ž][^\W\d_A-ZÀ-Þ])"
)
"""Where a sentence ends; the last where another was put in without a space before it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What an element holds, as it is ``written`` and ``plain``: each character of markup is a space there."""

    place: Node
    written: str
    plain: str

    def sentences(self) -> list[tuple[int, int]]:
        """Where its sentences begin and end, in characters; each begins with the space before it."""
        ends = [0, *(match.end() for match in ENDS.finditer(self.plain)), len(self.plain)]
        return [(start, end) for start, end in pairwise(ends) if self.plain[start:end].strip()]

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Characters ``[start, end)`` without the space around what is said there."""
        text = self.plain[start:end]
        return end - len(text.lstrip()), start + len(text.rstrip())


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``[start, end)`` of a paragraph that are of another hand than the rest."""

    paragraph: Paragraph
    start: int
    end: int
    told: str
    """What is strange about them, as in "a sentence in Thai letters"."""
    said: str = ""
    """What their links are called, where that is what sells."""

    @property
    def text(self) -> str:
        """Their words."""
        return " ".join(self.paragraph.plain[self.start : self.end].split())


def script_of(sight: Sight) -> str:
    """The script that most of the words of a page are in."""
    return script_of_most(letters_of(sight))


def letters_of(sight: Sight) -> dict[str, int]:
    """How many letters of each script stand on a page."""
    return _letters_of(sight.index.row[:_MOST_ROW], sight.page.codec)


@lru_cache(maxsize=2)
def _letters_of(row: bytes, codec: str) -> dict[str, int]:
    return letters_in(row.decode(codec, "replace"))


def paragraphs_of(sight: Sight) -> Sequence[Node]:
    """The elements that hold text and nothing but inline elements beside it; looked for once."""
    if not sight.paragraphs:
        sight.paragraphs.append(tuple(_paragraphs(sight)))
    return sight.paragraphs[0]


def _paragraphs(sight: Sight) -> Iterator[Node]:
    asked: set[int] = set()
    for text in sight.index.said:
        place = next((around for around in text.ancestors() if around.tag not in _INLINE), None)
        if place is None or id(place) in asked:
            continue
        asked.add(id(place))
        if place.tag not in _PLACES or not place.closed or place.inner_end - place.inner_start > _LONGEST:
            continue
        if any(part.kind is NodeKind.ELEMENT and part.tag not in _INLINE for part in place.walk() if part is not place):
            continue
        if not any(around.tag in _APART for around in (place, *place.ancestors())):
            yield place


def read(sight: Sight, place: Node) -> Paragraph | None:
    """An element's paragraph; None where its bytes are not what its characters are written in."""
    written = sight.text_between(place.inner_start, place.inner_end)
    if written.encode(sight.page.codec, "ignore") != sight.page.raw[place.inner_start : place.inner_end]:
        return None
    return Paragraph(place, written, MARKUP.sub(_blank, written))


def _blank(markup: re.Match[str]) -> str:
    return " " * len(markup[0])


def with_elements(sight: Sight, paragraph: Paragraph, start: int, end: int) -> tuple[int, int] | None:
    """A stretch with the elements that hold nothing else; None when an element lies across its end."""
    place = paragraph.place
    codec, at = sight.page.codec, place.inner_start
    span = span_of(sight, paragraph, start, end)
    first, last = span.start, span.end
    for _ in range(_DEEPEST):
        for part in place.walk():
            if part is place or part.kind is not NodeKind.ELEMENT or part.end <= first or part.start >= last:
                continue
            if part.inner_start <= first and part.inner_end >= last:
                if sight.page.raw[part.inner_start : first].strip() or sight.page.raw[last : part.inner_end].strip():
                    return None
                first, last = part.start, part.end
            elif part.start < first:
                if sight.page.raw[part.inner_start : first].strip():
                    return None
                first = part.start
            elif part.end > last:
                if sight.page.raw[last : part.inner_end].strip():
                    return None
                last = part.end
    raw = sight.page.raw[at : place.inner_end]
    return len(raw[: first - at].decode(codec)), len(raw[: last - at].decode(codec))


def is_hidden(sight: Sight, place: Node, span: Span) -> bool:
    """Whether a part of an element, or all of it, is hidden."""
    inside = (part for part in place.walk() if part.kind is NodeKind.ELEMENT and part.start < span.end)
    return any(way_of(sight, part) is not None for part in inside if part.end > span.start)


def span_of(sight: Sight, paragraph: Paragraph, start: int, end: int) -> Span:
    """The bytes of characters ``[start, end)`` of a paragraph."""
    codec, at, written = sight.page.codec, paragraph.place.inner_start, paragraph.written
    return Span(at + len(written[:start].encode(codec)), at + len(written[:end].encode(codec)))


def fitted(paragraph: Paragraph, start: int, end: int, own: str) -> tuple[int, int]:
    """A stretch with the space that came with it, on a page in the script ``own``.

    What is left is parted as the page parts its sentences.
    """
    before, behind = paragraph.written[:start], paragraph.written[end:]
    leading = len(before) - len(before.rstrip(" \t"))
    trailing = len(behind) - len(behind.lstrip(" \t"))
    if not behind.strip() or own in UNSPACED:
        return start - leading, end + trailing
    if not before.strip():
        return start, end + trailing
    if trailing or behind[:1].isspace():
        return start - leading, end + max(trailing - 1, 0)
    return start - max(leading - 1, 0), end
