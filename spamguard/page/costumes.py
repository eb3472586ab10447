"""Are the letters of a word dressed up so that no search finds it? Asked of every page, in a few searches.

Nobody sees what stands between the letters of such a word, or that some of them are of another alphabet. Of 1,334
honest pages none parts a plain word so, and none has two letters of another alphabet in one that look like its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""What parts letters and is not seen. A soft hyphen is not among them: it parts long words on many pages."""
JOINED: Final = re.compile(rf"(?<!\w)(?:[A-Za-z0-9]{{1,12}}[{UNSEEN}]{{1,3}}){{1,24}}[A-Za-z0-9]{{1,12}}(?!\w)")
"""A word with something unseen in it. Addresses have that where a line may end: beside a slash or a stop."""
_MIXED: Final = re.compile(r"(?<!\w)[A-Za-z\u0370-\u04ff][A-Za-z0-9\u0370-\u04ff]{5,24}(?!\w)")
_LATIN: Final = re.compile(r"[A-Za-z]")
_OTHER: Final = re.compile(r"[\u0370-\u04ff]")
_ALIKE: Final = frozenset("асеорхуіјѕһԁӏАВСЕНІЈКМОРЅТХУοανΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
"""Letters that look like Latin ones, whatever they are written in."""
_VOWELS: Final = "ОАЕоаеΟΑΕο"
"""Hardly a word is dressed up without one of these."""
_SEVERAL: Final = 2
_MOST_PLACES: Final = 40
"""Places of each that are asked: a page in Cyrillic letters has thousands."""
_REACH: Final = 24


def is_mixed(word: str) -> bool:
    """Whether several letters of a word are of another alphabet, and all look as if they were Latin like its others."""
    others = _OTHER.findall(word)
    return len(others) >= _SEVERAL and len(_LATIN.findall(word)) >= _SEVERAL and _ALIKE.issuperset(others)


def wears_costume(text: str) -> bool:
    """Whether a word of a text is parted by what nobody sees, or mixes alphabets."""
    if text.isascii():
        return False
    joined = any(unseen in text for unseen in UNSEEN) and JOINED.search(text) is not None
    return joined or any(is_mixed(word) for word in _odd_words(text))


def _odd_words(text: str) -> Iterator[str]:
    """The words in which a Latin letter stands beside one that looks like a vowel of another alphabet."""
    for vowel in _VOWELS:
        at = text.find(vowel)
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            if (at and _LATIN.match(text, at - 1)) or _LATIN.match(text, at + 1):
                start = max(0, at - _REACH)
                yield from (word[0] for word in _MIXED.finditer(text, start, at + _REACH) if word.end() > at)
            at = text.find(vowel, at + 1)
