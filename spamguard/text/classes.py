"""Coarse classes of folded characters: scripts, digits, separators, sentence marks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE: Final = 0x20000
"""Code points from here on (rare Han and beyond) fold to one and the same unknown character."""
OTHER, SPACE, DIGIT, SEPARATOR, SENTENCE = range(5)
LATIN, CYRILLIC, GREEK, ARABIC, HEBREW, THAI, INDIC, HANGUL, KANA, HAN = range(5, 15)
COUNT: Final = 16
FIRST_SCRIPT: Final = LATIN
SCRIPTS: Final = slice(LATIN, HAN + 1)

_RANGES: Final = (
    (0x61, 0x7B, LATIN),
    (0xAA, 0x250, LATIN),
    (0x1E00, 0x1F00, LATIN),
    (0x370, 0x400, GREEK),
    (0x1F00, 0x2000, GREEK),
    (0x400, 0x530, CYRILLIC),
    (0x590, 0x600, HEBREW),
    (0x600, 0x780, ARABIC),
    (0x8A0, 0x900, ARABIC),
    (0xFB50, 0xFE00, ARABIC),
    (0xFE70, 0xFEFF, ARABIC),
    (0x900, 0xE00, INDIC),
    (0xE00, 0xE80, THAI),
    (0x1100, 0x1200, HANGUL),
    (0x3130, 0x3190, HANGUL),
    (0xAC00, 0xD7B0, HANGUL),
    (0x3040, 0x3100, KANA),
    (0x3400, 0xA000, HAN),
    (0xF900, 0xFB00, HAN),
    (0x1FFFF, 0x20000, HAN),
    (0x30, 0x3A, DIGIT),
)
_SEPARATORS: Final = "|,，、-_/·•‧・;；~+丨｜–—>»«<→*#"
_SENTENCE: Final = ".。!！?？:：…।؟،"


@lru_cache(maxsize=1)
def class_table() -> NDArray[np.uint8]:
    """Class of every folded code point, shape ``(SIZE,)``."""
    table = np.full(SIZE, OTHER, dtype=np.uint8)
    for start, end, kind in _RANGES:
        table[start:end] = kind
    for character in _SEPARATORS:
        table[ord(character)] = SEPARATOR
    for character in _SENTENCE:
        table[ord(character)] = SENTENCE
    table[0x20] = SPACE
    return table
