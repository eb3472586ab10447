"""Sentences in which letters of one alphabet stand for those of another inside the words, with a link to another site.

People read them, filters do not. A slip of the keyboard changes the first letter of one word; of 300 honest pages in
Cyrillic letters none had three such words in one paragraph.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import outside_of
from spamguard.signs.pitched import END, said_in
from spamguard.signs.sight import UNSAID
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_MIXED: Final = re.compile(
    r"(?<!\w)(?=\w{0,30}[а-яёіїєґα-ω])(?=\w{1,30}[aceiopxyAEOPCTXBHKMu])[а-яёіїєґА-ЯЁІЇЄҐα-ωΑ-Ωaceiopxyu"
    r"AEOPCTXBHKM]{4,30}(?!\w)"
)
_INLINE: Final = frozenset("a b strong i em u font span small big br mark".split())  # noqa: SIM905
_PLACES: Final = frozenset("p div li dd td section article blockquote".split())  # noqa: SIM905
_LARGEST: Final = 6_000
_SEVERAL: Final = 3
_FAIR: Final = 0.8
_INSIDE: Final = "it stands among other words in one place"


def mixed(sight: Sight) -> list[Sign]:
    """The sentences with such words, three at least, and such a link; a place that is nothing else goes as a whole."""
    signs: list[Sign] = []
    end = 0
    for link in sight.index.tagged.get("a", ()):
        if link.start < end or not sight.is_foreign(link.attribute("href") or ""):
            continue
        place = next((around for around in link.ancestors() if around.tag not in _INLINE), None)
        if place is None or place.tag not in _PLACES or not place.closed or place.end - place.start > _LARGEST:
            continue
        if any(around.tag in UNSAID for around in (place, *place.ancestors())):
            continue
        if (sign := _judged(sight, place, link)) is not None:
            signs.append(sign)
            end = place.end
    return signs


def _judged(sight: Sight, place: Node, link: Node) -> Sign | None:
    if sight.page.raw[place.inner_start : place.inner_end].isascii():
        return None
    sentences = _sentences(sight, place)
    odd = [at for at, span in enumerate(sentences) if _words(sight, span) or span.start <= link.start < span.end]
    words = [word for span in sentences for word in _words(sight, span)]
    if len(set(words)) < _SEVERAL:
        return None
    span = Span(sentences[odd[0]].start, sentences[odd[-1]].end)
    text = said_in(sight, span)
    if outside_of(sight).speaks_of([text], [span]):
        return None
    raw = sight.page.raw
    whole = not (raw[place.inner_start : span.start] + raw[span.end : place.inner_end]).strip()
    sound = sound_of(sight.model, [text])
    category = sound.category if sound.is_spam and sound.category != ORDERS else sight.topic([text])
    said = reason("mixed", ", ".join(words[:6]), f"letters of another alphabet stand in {', '.join(words[:6])}")
    return Sign(
        rule="mixed-letters",
        category=category,
        confidence=SURE if whole else _FAIR,
        spans=(Span(place.start, place.end),) if whole else (),
        edits=() if whole else (Edit(span.start, span.end),),
        excerpt=excerpt_of([text]),
        doubt=None if whole else _INSIDE,
        evidence=(said, *sound.evidence()),
    )


def _sentences(sight: Sight, place: Node) -> Sequence[Span]:
    """The sentences of an element as bytes; none ends within a tag or an element."""
    raw = sight.page.raw
    inner = [child for child in place.children if child.kind is NodeKind.ELEMENT]
    ends = [match.end() for match in END.finditer(raw, place.inner_start, place.inner_end)]
    ends = [end for end in ends if not any(child.start < end < child.end for child in inner)]
    return [
        Span(*pair) for pair in itertools.pairwise([place.inner_start, *ends, place.inner_end]) if pair[0] < pair[1]
    ]


def _words(sight: Sight, span: Span) -> list[str]:
    return _MIXED.findall(said_in(sight, span))
