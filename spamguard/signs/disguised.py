"""Words of spam that are disguised in several ways at once: people read them, whatever searches for them does not.

One way alone may be honest: soft hyphens part long words, joiners shape letters, a name may be written in circles.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.removable import is_for_words
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import OWN_SUBJECT, outside_of
from spamguard.signs.paragraphs import (
    MARKUP,
    Paragraph,
    fitted,
    is_hidden,
    paragraphs_of,
    read,
    script_of,
    span_of,
    with_elements,
)
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.writing import end_of_letters

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_NOTHING: Final = re.compile(
    r"<!--[^<>]{0,80}-->|<(b|i|u|s|em|strong|span|font|small|big|wbr)(?:\s[^<>]{0,80})?></\1>|<wbr ?/?>"
)
_JOINT: Final = "\x01"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LATIN: Final = "A-Za-z0-9\u00c0-\u024f"
_WAYS: Final = {
    "characters nobody sees": re.compile(f"[{_LATIN}][\u200b\u200c\u200d\u2060\ufeff]+(?=[{_LATIN}])"),
    "hyphens nobody sees": re.compile(f"[{_LATIN}]{{2}}\u00ad(?=[{_LATIN}]{{2}})"),
    "empty elements": re.compile(f"[{_LATIN}]{_JOINT}+(?=[{_LATIN}])"),
    "letters of two alphabets": re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[\u0370-\u052f])\w{3,}"),
    "letters in costume": re.compile(
        "[\uff21-\uff5a]{3,}|[\U0001d400-\U0001d7ff]{3,}|[\u24b6-\u24e9]{3,}|[\U0001f130-\U0001f189]{3,}"
    ),
}
_TELLING: Final = re.compile(
    f"[{_JOINT}{_UNSEEN}\u0370-\u052f\uff21-\uff5a\U0001d400-\U0001d7ff\u24b6-\u24e9\U0001f130-\U0001f189]"
)
"""What a text has that holds a word of one of these ways: most have nothing of it, and are not read word by word."""
_PARTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_][. ]){4,30}[^\W\d_](?![^\W_])")
_WORD: Final = re.compile(r"(?:[^\s<]|<[^<>]{0,300}>)+")
_OWN: Final = 12
"""Letters before what was put in that are the page's own."""
_SEVERAL, _WORDS = 2, 3
"""Ways of disguise, and disguised words, from which on nobody honest writes so."""


def disguised(sight: Sight) -> list[Sign]:
    """The sentences with such words; an element that is nothing else goes whole."""
    text = sight.page.text
    may = sight.named() or (_TELLING.search(text) is not None and any(way.search(text) for way in _WAYS.values()))
    if not may:
        return []
    return [sign for place in paragraphs_of(sight) if (sign := _judged(sight, place)) is not None]


def _judged(sight: Sight, place: Node) -> Sign | None:
    written = sight.text_between(place.inner_start, place.inner_end)
    if not _ways_of(_shown(written)) or (paragraph := read(sight, place)) is None:
        return None
    odd = [span for span in paragraph.sentences() if _ways_of(_shown(written[slice(*span)]))]
    if not odd:
        return None
    start, end = odd[0][0], odd[-1][1]
    start = max(start, _begin_of(sight, paragraph, start, end))
    shown = _shown(written[start:end])
    found = _ways_of(shown)
    text = " ".join(unicodedata.normalize("NFKC", "".join(c for c in shown if c not in _UNSEEN + _JOINT)).split())
    sound = sound_of(sight.model, [text])
    if len(found) < _SEVERAL or sum(found.values()) < _WORDS or not (sound.is_spam or sound.is_named or sound.known):
        return None
    plain = paragraph.plain
    whole = not re.search(r"[^\W_]", plain[:start] + plain[end:])
    span = _wrapper(sight, place) if whole else _inside(sight, paragraph, start, end)
    if span is None or reports(plain) or outside_of(sight).share_of([text], [span]) >= OWN_SUBJECT:
        return None
    told = ", ".join(found)
    return Sign(
        rule="disguised-words",
        category=sight.topic([text]) if sound.category in {ORDERS, "links"} else sound.category,
        confidence=SURE,
        spans=(span,) if whole else (),
        edits=() if whole else (Edit(span.start, span.end),),
        excerpt=excerpt_of([text]),
        evidence=(reason("disguised", told, f"words are disguised by {told}"), *sound.evidence()),
    )


def _begin_of(sight: Sight, paragraph: Paragraph, start: int, end: int) -> int:
    """Where such words begin that were put behind the page's own in one sentence.

    They stand in an element of their own, or are in other letters.
    """
    words = [match for match in _WORD.finditer(paragraph.written, start, end) if _ways_of(_shown(match[0]))]
    if not words:
        return start
    odd = span_of(sight, paragraph, words[0].start(), words[-1].end())
    place, raw = paragraph.place, sight.page.raw
    around = (part for part in place.walk() if part.kind is NodeKind.ELEMENT and part is not place)
    box = next((part for part in around if part.start <= odd.start and part.end >= odd.end), None)
    if box is not None:
        begin = len(raw[place.inner_start : box.start].decode(sight.page.codec))
        return begin if _says_enough(paragraph.plain[start:begin]) else start
    begin = end_of_letters(paragraph.plain, start, words[0].start(), end)
    return begin if _says_enough(paragraph.plain[start:begin]) else start


def _says_enough(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _OWN


def _inside(sight: Sight, paragraph: Paragraph, start: int, end: int) -> Span | None:
    """The bytes of some sentences of a paragraph; None where they are hidden or an element lies across their ends."""
    held = with_elements(sight, paragraph, *paragraph.trimmed(start, end))
    if held is None:
        return None
    span = span_of(sight, paragraph, *fitted(paragraph, *held, script_of(sight)))
    return None if is_hidden(sight, paragraph.place, span) else span


def _wrapper(sight: Sight, place: Node) -> Span:
    """An element with the plain ones around it, and those for words, that hold nothing else."""
    raw, around = sight.page.raw, place.parent
    while around is not None and around.tag in {"div", "center", "section"} and around.closed:
        if around.attributes and not is_for_words(around):
            break
        if (raw[around.inner_start : place.start] + raw[place.end : around.inner_end]).strip():
            break
        place, around = around, around.parent
    return Span(place.start, place.end)


def _shown(written: str) -> str:
    """A text as it is shown, with a mark where nothing parts two letters; other tags part words."""
    return unescape(MARKUP.sub(lambda match: match[0] if match[0][0] == "&" else " ", _NOTHING.sub(_JOINT, written)))


def _ways_of(text: str) -> dict[str, int]:
    """How many words are disguised in each of the ways."""
    words = text.split() if _TELLING.search(text) is not None else []
    counts = {name: sum(way.search(word) is not None for word in words) for name, way in _WAYS.items()}
    counts["letters apart"] = sum(1 for _ in _PARTED.finditer(text))
    return {name: count for name, count in counts.items() if count}
