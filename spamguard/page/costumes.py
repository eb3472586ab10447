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
_PARTED: Final = re.compile(f"[A-Za-z0-9][{UNSEEN}]{{1,3}}[A-Za-z0-9]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_OTHER: Final = re.compile(r"[\u0370-\u04ff]")
_ALIKE: Final = frozenset("асеорхуіјѕһԁӏАВСЕНІЈКМОРЅТХУοανΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
"""Letters that look like Latin ones, whatever they are written in."""
_VOWELS: Final = "ОАЕоае"
"""Hardly a word is dressed up without one of these. Each search costs a microsecond a page: the Greek ones are rare."""
_SEVERAL: Final = 2
_MOST_PLACES: Final = 12
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
    return _is_parted(text) or any(is_mixed(word) for word in _odd_words(text))


def _is_parted(text: str) -> bool:
    """Whether something unseen stands between two plain letters or digits."""
    return any(at and _PARTED.match(text, at - 1) for unseen in UNSEEN for at in _places(text, unseen))


def _places(text: str, letter: str) -> Iterator[int]:
    """Where a letter stands in a text, the first few places."""
    at = text.find(letter)
    for _ in range(_MOST_PLACES):
        if at < 0:
            break
        yield at
        at = text.find(letter, at + 1)


def _odd_words(text: str) -> Iterator[str]:
    """The words in which a Latin letter stands beside one that looks like a vowel of another alphabet."""
    for vowel in _VOWELS:
        for at in _places(text, vowel):
            if (at and _LATIN.match(text, at - 1)) or _LATIN.match(text, at + 1):
                start = max(0, at - _REACH)
                yield from (word[0] for word in _MIXED.finditer(text, start, at + _REACH) if word.end() > at)
