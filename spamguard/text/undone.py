"""Disguises that are undone from the characters alone: what a person reads, whatever was written.

All work on code points in place or tell which to leave out, so that every place in the text stays what it was. Nearly
all pages hold none of this: each begins with a question that costs a comparison or two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text.classes import CYRILLIC, DIGIT, FIRST_SCRIPT, GREEK, HAN, LATIN, SIZE
from spamguard.text.fold import SPACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

OVERRIDE: Final = "\u202e"
"""What follows is shown from right to left, whatever it is."""
_OVERRIDE, _POP = 0x202E, 0x202C
_OVERRIDDEN: Final = re.compile(r"\u202e[^\u202c]*")
_FIRST_TEXT: Final = 8
"""Characters below are marks of the page."""
_FIRST_LETTER: Final = 0x61
_SHORTEST_RULE: Final = 8
_OPENS, _CLOSES = 0x28, 0x29
_LONGEST_ASIDE: Final = 6
"""Letters of the longest syllable in pinyin."""
_LOOKS: Final = dict(zip("асеорхуіјѕԁнһӏԛԝвмткг", "aceopxyijsdhhlqwbmtkr", strict=True))
_GREEK_LOOKS: Final = dict(zip("οαρνικυτχ", "oapvikutx", strict=True))
_LEET: Final = dict(zip("013457", "oieast", strict=True))
_LONGEST_WORD: Final = 16
"""What is longer is a code, not a word."""
_FEWEST_CHANGES: Final = 2
"""Times that a word goes over from letters to digits or back: ``mp3`` and ``slot88`` do once."""


def _table(pairs: dict[str, str]) -> NDArray[np.uint32]:
    table = np.zeros(SIZE, dtype=np.uint32)
    for one, other in pairs.items():
        table[ord(one)] = ord(other)
    return table


_AS_LATIN: Final = _table(_LOOKS | _GREEK_LOOKS)
_AS_CYRILLIC: Final = _table({latin: own for own, latin in reversed(_LOOKS.items())})
_AS_LETTER: Final = _table(_LEET)
LOOK_ALIKES: Final = (_AS_LATIN, _AS_CYRILLIC)
"""What the compiled twin of :func:`one_alphabet` is told."""


def forwards(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The text with what an override of direction shows backwards turned round, stretch by stretch between marks."""
    turned = codes.copy()
    marks = np.flatnonzero((codes < _FIRST_TEXT) | (codes == _POP) | (codes == _OVERRIDE)).tolist()
    overridden = False
    for place, end in zip(marks, [*marks[1:], len(codes)], strict=True):
        code = int(codes[place])
        overridden = code == _OVERRIDE or (overridden and code not in {0, _POP})
        if overridden:
            turned[place + 1 : end] = codes[place + 1 : end][::-1]
    return turned


class Overrides:
    """Where a text is shown backwards; asked for each part that was cut out of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _OVERRIDDEN.finditer(text)] if OVERRIDE in text else []

    def part(self, start: int, end: int) -> str:
        """A part of the text; turned round if it begins after the override that shows it backwards."""
        part = self._text[start:end]
        at = bisect_left(self._spans, (start, 0)) - 1
        return part[::-1] if at >= 0 and start < self._spans[at][1] else part


def without_rules(codes: NDArray[np.uint32]) -> None:
    """Blank lines that are drawn with a letter (``XXXXXXXX``), in place: they are no words."""
    same = (codes[1:] == codes[:-1]) & (codes[1:] >= _FIRST_LETTER)
    two = same[1:] & same[:-1]
    four = two[2:] & two[:-2]
    row = np.flatnonzero(four[3:] & four[:-3])  # eight the same, from here on
    for shift in range(_SHORTEST_RULE):
        codes[row + shift] = SPACE


def one_alphabet(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> None:
    """Write words that mix alphabets in one of them, in place: look-alikes are what they look like."""
    latin = kinds == LATIN
    other = (kinds == CYRILLIC) | (kinds == GREEK)
    if not ((latin[1:] & other[:-1]) | (other[1:] & latin[:-1])).any():
        return
    words = _runs(latin | other)
    at = np.flatnonzero(words >= 0)
    owner = words[at]
    size = int(owner[-1]) + 1
    mixed = _any(owner, latin[at], size) & _any(owner, other[at], size)
    odd = _any(owner, other[at] & (_AS_LATIN.take(codes[at], mode="clip") == 0), size)
    greek = _any(owner, (kinds == GREEK)[at], size)
    for which, table, source in ((mixed & ~odd, _AS_LATIN, other), (mixed & odd & ~greek, _AS_CYRILLIC, latin)):
        places = at[which[owner] & source[at]]
        alike = table.take(codes[places], mode="clip")
        places, alike = places[alike > 0], alike[alike > 0]
        codes[places] = alike
        kinds[places] = LATIN if table is _AS_LATIN else CYRILLIC


def letters_for_digits(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> None:
    """Write the digits of words that digits run through as the letters that they stand for, in place."""
    latin, digit = kinds == LATIN, kinds == DIGIT
    over = (latin[1:] & digit[:-1]) | (digit[1:] & latin[:-1])
    if not (over[1:] & over[:-1]).any():
        return
    words = _runs(latin | digit)
    at = np.flatnonzero(words >= 0)
    owner = words[at]
    size = int(owner[-1]) + 1
    changes = np.bincount(words[1:][over], minlength=size)
    known = _AS_LETTER.take(codes[at], mode="clip")
    strange = _any(owner, digit[at] & (known == 0), size)
    fit = (changes >= _FEWEST_CHANGES) & ~strange & (np.bincount(owner, minlength=size) <= _LONGEST_WORD)
    chosen = fit[owner] & digit[at]
    codes[at[chosen]] = known[chosen]
    kinds[at[chosen]] = LATIN


def _runs(member: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The number of the run that each place belongs to; -1 outside."""
    begins = member.copy()
    begins[1:] &= ~member[:-1]
    return np.where(member, np.cumsum(begins) - 1, -1)


def _any(owner: NDArray[np.intp], true: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    return np.bincount(owner[true], minlength=size) > 0


def left_out(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """What is not read: between letters that stand apart, and readings in brackets; None if there is nothing.

    ``kinds`` are the classes of the folded ``codes``. The end of a segment (0) is always read.
    """
    gaps, asides = _gaps(codes, kinds), _asides(codes, kinds)
    if gaps is None or asides is None:
        return asides if gaps is None else gaps
    return gaps | asides


def _gaps(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """What stands between letters and digits that stand apart one by one, four or more in a row."""
    letter = np.zeros(len(kinds) + 2, dtype=np.bool_)
    letter[1:-1] = (kinds >= FIRST_SCRIPT) | (kinds == DIGIT)
    alone = letter[1:-1] & ~letter[:-2] & ~letter[2:]
    between = alone[:-2] & alone[2:]  # of the place in the middle, one to the right
    row = between[:-4] & between[2:-2] & between[4:]
    if not row.any():
        return None
    gaps = np.zeros(len(kinds), dtype=np.bool_)
    for shift in (1, 3, 5):
        gaps[shift : shift + len(row)] |= row
    gaps &= codes != 0
    # What parts the letters of a word often stands before and behind it as well.
    marks = np.isin(codes, np.unique(codes[gaps & (codes != SPACE)]))
    beside = np.zeros(len(kinds), dtype=np.bool_)
    beside[1:] = gaps[:-1]
    beside[:-1] |= gaps[1:]
    ends = beside & ~gaps
    gaps[1:] |= marks[1:] & ends[:-1]
    gaps[:-1] |= marks[:-1] & ends[1:]
    return gaps


def _asides(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """How a Chinese character is read, in brackets behind it."""
    opens = np.flatnonzero(codes[1:-2] == _OPENS) + 1
    opens = opens[(kinds[opens - 1] == HAN) & (kinds[opens + 1] == LATIN)]
    if not len(opens):
        return None
    asides = np.zeros(len(codes), dtype=np.bool_)
    for length in range(1, _LONGEST_ASIDE + 1):
        opens = opens[opens + length + 1 < len(codes)]
        opens = opens[kinds[opens + length] == LATIN]
        closed = opens[codes[opens + length + 1] == _CLOSES]
        for place in range(length + 2):
            asides[closed + place] = True
    return asides if asides.any() else None
