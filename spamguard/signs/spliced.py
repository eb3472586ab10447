"""A sentence in letters that the page has nowhere else, put into one of its paragraphs, that sells.

Where the letters change is where it begins and ends: no honest sentence goes on in another script for ten words and
leads away or calls to act. What is quoted, warned of or marked as of another language stays.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.ordered import commands
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
OTHER_LETTERS: Final = {
    name: re.compile("[" + "".join(letters for other, letters in _SCRIPTS.items() if other != name) + "]")
    for name in _SCRIPTS
}
_LATIN: Final = "Latin"
_PLACES: Final = frozenset("p div td li dd section article blockquote".split())  # noqa: SIM905
_INLINE: Final = frozenset("a b strong i em font span small big u br".split())  # noqa: SIM905
_APART: Final = frozenset("code pre script style textarea q cite blockquote select nav title".split())  # noqa: SIM905
_MARKUP: Final = re.compile(r"<!--.*?-->|<[^<>]*>|&[#\w]{1,12};", re.DOTALL)
_QUOTES: Final = re.compile(r"[“”„«»「」『』\"()（）]")
_TRAILING: Final = re.compile(r"[.!?…。！？)）%:;,\d\s-]*[.!?…。！？)）]")
_STOPS: Final = ".!?…。！？।؟:»”\"'’)）"
_LONGEST: Final = 6_000
_FEWEST, _FEWEST_WIDE = 24, 12
"""Letters of such a sentence, and of one in letters that are syllables or words."""
_LONG: Final = 2
"""How often as many letters it has to have where the sentence before it has no end."""
_WIDE: Final = frozenset({"Chinese or Japanese", "Korean"})
_SYLLABLE: Final = 3
_UNSPACED: Final = frozenset({"Chinese or Japanese"})
_LATIN_WORDS: Final = 6
_OTHERS: Final = 0.4
"""Share of Latin letters in it on a page in such letters."""
_ELSEWHERE: Final = 0.25
"""How many of its letters the page may have elsewhere, for each of them."""
_SEVERAL: Final = 3
_SHOWN: Final = 0.6
_ASIDE: Final = "people see it, and one sentence may be the page's own"


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters ``[start, end)`` of what an element holds, in the letters of one script."""

    place: Node
    written: str
    start: int
    end: int
    text: str
    letters: int


def spliced(sight: Sight) -> list[Sign]:
    """The sentences of other letters inside the paragraphs of a page, three at most: a page of two scripts has more."""
    counts, own = _counted(sight)
    signs: list[Sign] = []
    for name in counts:
        if name == own or counts[name] < _FEWEST_WIDE:
            continue
        runs = [run for place in _places(sight) if (run := _run(sight, place, name, own)) is not None]
        inside = sum(run.letters for run in runs)
        if not runs or len(runs) > _SEVERAL or (name != _LATIN and counts[name] - inside > _ELSEWHERE * inside):
            continue
        signs += [sign for run in runs if (sign := _sign(sight, run, name, own)) is not None]
    return signs


def script_of(sight: Sight) -> str:
    """The script that most of the words of a page are in."""
    return _counted(sight)[1]


def _counted(sight: Sight) -> tuple[dict[str, int], str]:
    row = sight.index.row.decode(sight.page.codec, "replace")
    counts = {name: count for name, letters in LETTERS.items() if (count := len(letters.findall(row)))}
    weights = {name: count * (_SYLLABLE if name in _WIDE else 1) for name, count in counts.items()}
    return counts, max(weights, key=weights.__getitem__, default=_LATIN)


def _places(sight: Sight) -> Iterator[Node]:
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


def _run(sight: Sight, place: Node, name: str, own: str) -> _Run | None:
    """What of an element is written in the letters ``name``, if the rest is in the page's ``own``."""
    raw = sight.page.raw[place.inner_start : place.inner_end]
    written = sight.text_between(place.inner_start, place.inner_end)
    if written.encode(sight.page.codec, "ignore") != raw:
        return None
    plain = _MARKUP.sub(lambda match: " " * len(match[0]), written)
    theirs, ours = LETTERS[name], LETTERS[own]
    marks = [match.start() for match in theirs.finditer(plain)]
    fewest = _FEWEST_WIDE if name in _WIDE else _FEWEST
    if len(marks) < fewest:
        return None
    start, end = _longest(plain, ours) if name == _LATIN else (marks[0], marks[-1] + 1)
    text = plain[start:end]
    letters, others = len(theirs.findall(text)), len(ours.findall(text))
    if letters < fewest or others > (_OTHERS * letters if own == _LATIN else 0):
        return None
    if name == _LATIN and len(text.split()) < _LATIN_WORDS:
        return None
    before, behind = plain[:start].rstrip(), plain[end:]
    match = _TRAILING.match(behind)
    end += match.end() if match is not None else 0
    behind = plain[end:]
    if not (ours.search(before) or ours.search(behind)):
        return None  # all of the element is in these letters
    whole = _with_elements(sight, place, written, start, end)
    if whole is None:
        return None
    start, end = whole
    before = plain[:start].rstrip()
    if before and before[-1] not in _STOPS and letters < _LONG * fewest:
        return None
    return _Run(place, written, start, end, " ".join(plain[start:end].split()), letters)


def _longest(plain: str, ours: re.Pattern[str]) -> tuple[int, int]:
    """The longest stretch without one of the page's own letters, from its first word to its last."""
    ends = [-1, *(match.start() for match in ours.finditer(plain)), len(plain)]
    start, end = max(((a + 1, b) for a, b in itertools.pairwise(ends)), key=lambda pair: pair[1] - pair[0])
    inside = [match.start() for match in LETTERS[_LATIN].finditer(plain, start, end)]
    return (inside[0], inside[-1] + 1) if inside else (start, start)


def _with_elements(sight: Sight, place: Node, written: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch with the elements that hold nothing else; None when an element lies across its end."""
    codec = sight.page.codec
    at = place.inner_start
    first = at + len(written[:start].encode(codec))
    last = at + len(written[:end].encode(codec))
    for _ in range(_SEVERAL):
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


def _sign(sight: Sight, run: _Run, name: str, own: str) -> Sign | None:
    around = " ".join(_MARKUP.sub(" ", run.written).split())
    beside = run.written[: run.start].rstrip()[-1:] + run.written[run.end :].lstrip()[:1]
    if reports(around) or _QUOTES.search(beside) is not None:
        return None
    if run.written[run.end :].lstrip()[:1].islower():
        return None  # the sentence goes on in the page's own letters
    near = (*run.place.walk(), *run.place.ancestors())
    if any(node.attribute("lang") for node in near if node.tag not in {"html", "body"}):
        return None
    sound = sound_of(sight.model, [run.text])
    if not (sound.is_spam or sound.is_named) or commands(run.text):
        return None
    start, end = _fitted(run, own)
    codec = sight.page.codec
    at = run.place.inner_start
    span = Span(at + len(run.written[:start].encode(codec)), at + len(run.written[:end].encode(codec)))
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
            reason("spliced", run.text, f"a sentence in {name} letters stands in a paragraph of others, and sells"),
            *sound.evidence(),
        ),
    )


def _fitted(run: _Run, own: str) -> tuple[int, int]:
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
