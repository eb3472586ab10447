"""What sentences that were put into a paragraph have in common: where they begin and end, and how they are judged.

Two rules find them, by letters (``spliced.py``) and by words (``strange.py``) that the page has nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.hiding import way_of
from spamguard.signs.orders import commands
from spamguard.signs.outside import outside_of
from spamguard.signs.pitched import CALLS
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_SCRIPTS: Final = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f",
    "Armenian": "\u0530-\u058f",
    "Hebrew": "\u05d0-\u05ea",
    "Arabic": "\u0620-\u06ff",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Tamil": "\u0b80-\u0bff",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Georgian": "\u10a0-\u10ff",
    "Khmer": "\u1780-\u17ff",
    "Chinese or Japanese": "\u3040-\u30ff\u3400-\u9fff",
    "Korean": "\u1100-\u11ff\uac00-\ud7af",
}
LETTERS: Final = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_RUNS: Final = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
_MOST_ROW: Final = 200_000
"""Bytes of a page's text, from its beginning, that tell which scripts it is in."""
OTHER_LETTERS: Final = {
    name: re.compile("[" + "".join(letters for other, letters in _SCRIPTS.items() if other != name) + "]")
    for name in _SCRIPTS
}
LATIN: Final = "Latin"
_PLACES: Final = frozenset("p div td li dd section article blockquote".split())  # noqa: SIM905
_INLINE: Final = frozenset("a b strong i em font span small big u br".split())  # noqa: SIM905
_APART: Final = frozenset("code pre script style textarea q cite blockquote select nav title".split())  # noqa: SIM905
MARKUP: Final = re.compile(r"<!--.*?-->|<[^<>]*>|&[#\w]{1,12};", re.DOTALL)
_QUOTES: Final = re.compile(r"[“”„«»「」『』\"()（）]")
STOPS: Final = ".!?…。！？।؟:»”\"'’)）"
_LONGEST: Final = 6_000
WIDE: Final = frozenset({"Chinese or Japanese", "Korean"})
_SYLLABLE: Final = 3
_UNSPACED: Final = frozenset({"Chinese or Japanese"})
ENDS: Final = re.compile(r"[.!?…][)\"'”»]?(?=\s|$)|[。！？।]|(?<=[^\W\d_A-ZÀ-Þ]{2})[.!?](?=[A-ZÀ-ÞĀ-ž][^\W\d_A-ZÀ-Þ])")
"""Where a sentence ends; the last where another was put in without a space before it."""
SEVERAL: Final = 3
_SHOWN: Final = 0.6
_ASIDE: Final = "people see it, and one sentence may be the page's own"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``[start, end)`` of what an element holds, of another hand; ``letters`` are how many letters."""

    place: Node
    written: str
    start: int
    end: int
    text: str
    letters: int
    said: str = ""
    """What its links are called, where that is what sells."""


def script_of(sight: Sight) -> str:
    """The script that most of the words of a page are in."""
    return counted(sight)[1]


def counted(sight: Sight) -> tuple[dict[str, int], str]:
    """How many letters of each script stand on a page, and the script that most of its words are in."""
    return _counted(sight.index.row[:_MOST_ROW], sight.page.codec)


@lru_cache(maxsize=2)
def _counted(row: bytes, codec: str) -> tuple[dict[str, int], str]:
    text = row.decode(codec, "replace")
    counts = {name: sum(len(run) for run in runs.findall(text)) for name, runs in _RUNS.items()}
    counts = {name: count for name, count in counts.items() if count}
    weights = {name: count * (_SYLLABLE if name in WIDE else 1) for name, count in counts.items()}
    return counts, max(weights, key=weights.__getitem__, default=LATIN)


def places_of(sight: Sight) -> Iterator[Node]:
    """The elements that hold text and nothing but inline elements beside it."""
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


def with_elements(sight: Sight, place: Node, written: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch with the elements that hold nothing else; None when an element lies across its end."""
    codec = sight.page.codec
    at = place.inner_start
    first = at + len(written[:start].encode(codec))
    last = at + len(written[:end].encode(codec))
    for _ in range(SEVERAL):
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


def sign_of(sight: Sight, run: Run, told: str, own: str) -> Sign | None:
    """The sign of a run that sells, on a page whose own letters are ``own``; ``told`` says what is strange about it."""
    around = " ".join(MARKUP.sub(" ", run.written).split())
    beside = run.written[: run.start].rstrip()[-1:] + run.written[run.end :].lstrip()[:1]
    if reports(around) or _QUOTES.search(beside) is not None:
        return None
    if run.written[run.end :].lstrip()[:1].islower():
        return None  # the sentence goes on in the page's own letters
    near = (*run.place.walk(), *run.place.ancestors())
    if any(node.attribute("lang") for node in near if node.tag not in {"html", "body"}):
        return None
    sound = sound_of(sight.model, [run.said or run.text])
    if not (sound.is_spam or sound.is_named) or commands(run.text):
        return None
    span = span_of(sight, run.place, run.written, *fitted(run, own))
    if is_hidden(sight, run.place, span):
        return None  # what people do not see goes with its box, and the box is a block's
    if outside_of(sight).speaks_of([run.text], [span]):
        return None
    leads = any(
        part.tag == "a" and span.start <= part.start < span.end and sight.is_foreign(part.attribute("href") or "")
        for part in run.place.walk()
    )
    sure = (bool(sound.known) or sound.is_spam) and (leads or CALLS.search(run.text) is not None)
    return Sign(
        rule="spliced-sentence",
        category=sight.topic([run.text]) if sound.category == ORDERS else sound.category,
        confidence=SURE if sure else _SHOWN,
        spans=(),
        edits=(Edit(span.start, span.end),),
        excerpt=excerpt_of([run.text]),
        doubt=None if sure else _ASIDE,
        spare=not sure,
        evidence=(
            reason("spliced", run.text, f"a sentence {told} stands in a paragraph of others, and sells"),
            *sound.evidence(),
        ),
    )


def is_hidden(sight: Sight, place: Node, span: Span) -> bool:
    """Whether a part of an element, or all of it, is hidden."""
    inside = (part for part in place.walk() if part.kind is NodeKind.ELEMENT and part.start < span.end)
    return any(way_of(sight, part) is not None for part in inside if part.end > span.start)


def span_of(sight: Sight, place: Node, written: str, start: int, end: int) -> Span:
    """The bytes of characters ``[start, end)`` of what an element holds."""
    codec, at = sight.page.codec, place.inner_start
    return Span(at + len(written[:start].encode(codec)), at + len(written[:end].encode(codec)))


def fitted(run: Run, own: str) -> tuple[int, int]:
    """The stretch with the space that came with it: what is left is parted as the page parts its sentences."""
    before, behind = run.written[: run.start], run.written[run.end :]
    leading = len(before) - len(before.rstrip(" \t"))
    trailing = len(behind) - len(behind.lstrip(" \t"))
    if not behind.strip() or own in _UNSPACED:
        return run.start - leading, run.end + trailing
    if not before.strip():
        return run.start, run.end + trailing
    if trailing or behind[:1].isspace():
        return run.start - leading, run.end + max(trailing - 1, 0)
    return run.start - max(leading - 1, 0), run.end
