"""Numbers or letters that a script turns into markup in a loop, one by one and all by the same key.

No loop is run: what the lists and strings of a script are with each of its keys is tried, and kept when it is markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.scripts import undo

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES: Final = frozenset({"fromCharCode", "fromCodePoint"})
"""Without one of these no loop makes letters of numbers."""
_NUMBERS: Final = re.compile(
    r"\[\s{0,9}((?:(?:0[xX][0-9a-fA-F]{1,4}|\d{1,5})\s{0,9},\s{0,9}){15,}(?:0[xX][0-9a-fA-F]{1,4}|\d{1,5}))[\s,]{0,9}\]"
)
_STRING: Final = re.compile(r"""(["'])((?:[^"'\\\n]|\\.){24,20000}+)\1""")
_KEY: Final = re.compile(r"[\^+-]=?\s{0,3}(0[xX][0-9a-fA-F]{1,2}|\d{1,3})(?![\w.])")
_MARKUP: Final = re.compile(
    r"<(?:a|div|span|p|ul|iframe|script)\b[^<>]{0,300}>.{0,400}(?:</|href|src)|<(?:iframe|script)\b[^<>]{0,300}src",
    re.IGNORECASE | re.DOTALL,
)
_MOST_KEYS: Final = 6
_MOST_LISTS: Final = 12
_LONGEST: Final = 20_000


def markup_in(script: str) -> Iterator[tuple[str, int, int]]:
    """The markup that a script keeps so, and the characters of the script that it is made of."""
    keys = list(
        dict.fromkeys([0, *(int(match[1], 0 if "x" in match[1].lower() else 10) for match in _KEY.finditer(script))])
    )
    for codes, start, end in _lists(script):
        for key in keys[: _MOST_KEYS + 1]:
            for text in (_text([code ^ key for code in codes]), *_shifted(codes, key)):
                if text is not None and _MARKUP.search(text) is not None:
                    yield text, start, end
                    break
            else:
                continue
            break


def _shifted(codes: list[int], key: int) -> list[str | None]:
    return [_text([code - key for code in codes]), _text([code + key for code in codes])] if key else []


def _lists(script: str) -> Iterator[tuple[list[int], int, int]]:
    found = 0
    for match in _NUMBERS.finditer(script):
        numbers = match[1].split(",")[:_LONGEST]
        yield [int(number, 0 if "x" in number.lower() else 10) for number in numbers], match.start(), match.end()
        found += 1
        if found == _MOST_LISTS:
            return
    if "charCodeAt" not in script:
        return
    for match in _STRING.finditer(script):
        yield [ord(letter) for letter in undo.escapes(match[2])], match.start(), match.end()
        found += 1
        if found == _MOST_LISTS:
            return


def _text(codes: list[int]) -> str | None:
    """What some codes spell, forwards or backwards; None when one of them is no letter."""
    if not all(code == 10 or code == 9 or code == 13 or 32 <= code < 0xD800 for code in codes):
        return None
    text = "".join(map(chr, codes))
    return text if _MARKUP.search(text) is not None else text[::-1]
