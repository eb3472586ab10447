"""Numbers or letters that a script turns into markup in a loop, one by one and all by the same key.

No loop is run: what the lists and strings of a script are with each of its keys is tried, and kept when it is markup.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.scripts import undo

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES: Final = frozenset({"fromCharCode", "fromCodePoint"})
"""Without one of these no loop makes letters of numbers."""
_NUMBERS: Final = re.compile(
    r"[\[(]\s{0,9}((?:(?:0[xX][0-9a-fA-F]{1,4}|\d{1,5})\s{0,9},\s{0,9}){15,}(?:0[xX][0-9a-fA-F]{1,4}|\d{1,5}))[\s,]{0,9}[\])]"
)
_STRING: Final = re.compile(r"""(["'])((?:[^"'\\\n]|\\.){24,20000}+)\1""")
_KEY: Final = re.compile(r"[\^+-]=?\s{0,3}(0[xX][0-9a-fA-F]{1,2}|\d{1,3})(?![\w.])")
_NAMED_KEY: Final = re.compile(r"[\])]\s{0,3}\^\s{0,3}([a-zA-Z_$][\w$]{0,40})\s{0,3}\)")
"""The key of a list or of what a function tells of it, where it has a name."""
_GIVEN: Final = re.compile(r"(?<![\w$.])([a-zA-Z_$][\w$]{0,40})\s{0,3}=\s{0,3}(0[xX][0-9a-fA-F]{1,2}|\d{1,3})\b")
"""A name and the number that it is given."""
_MARKUP: Final = re.compile(
    r"<(?:a|div|span|p|ul|iframe|script)\b[^<>]{0,300}>.{0,400}(?:</|href|src)|<(?:iframe|script)\b[^<>]{0,300}src",
    re.IGNORECASE | re.DOTALL,
)
_MOST_KEYS: Final = 6
_MOST_LISTS: Final = 12
_LONGEST: Final = 20_000


def markup_in(script: str) -> Iterator[tuple[str, int, int]]:
    """The markup that a script keeps so, and the characters of the script that it is made of."""
    keys = list(dict.fromkeys([0, *_named_keys(script), *(_number(match[1]) for match in _KEY.finditer(script))]))
    for codes, start, end in islice(_lists(script), _MOST_LISTS):
        tried = (text for key in keys[: _MOST_KEYS + 1] for moved in _moved(codes, key) for text in _spelled(moved))
        text = next(tried, None)
        if text is not None:
            yield text, start, end


def _named_keys(script: str) -> Iterator[int]:
    names = dict.fromkeys(match[1] for match in islice(_NAMED_KEY.finditer(script), _MOST_KEYS))
    if names:
        yield from islice((_number(match[2]) for match in _GIVEN.finditer(script) if match[1] in names), _MOST_KEYS)


def _moved(codes: list[int], key: int) -> Iterator[list[int]]:
    """Some codes as each use of a key would make them."""
    yield [code ^ key for code in codes]
    if key:
        yield [code - key for code in codes]
        yield [code + key for code in codes]


def _lists(script: str) -> Iterator[tuple[list[int], int, int]]:
    for match in _NUMBERS.finditer(script):
        numbers = match[1].split(",")[:_LONGEST]
        yield [_number(number) for number in numbers], match.start(), match.end()
    if "charCodeAt" in script:
        for match in _STRING.finditer(script):
            yield [ord(letter) for letter in undo.escapes(match[2])], match.start(), match.end()


def _number(digits: str) -> int:
    return int(digits, 0 if "x" in digits.lower() else 10)


def _spelled(codes: list[int]) -> Iterator[str]:
    """What some codes spell, forwards or backwards, where it is markup."""
    if all(code in {9, 10, 13} or 32 <= code < 0xD800 for code in codes):
        text = "".join(map(chr, codes))
        yield from (way for way in (text, text[::-1]) if _MARKUP.search(way) is not None)
