"""Lengths and colours of style sheets as they are written: a computed style gives no others."""

from __future__ import annotations

import re
from typing import Final

Colour = tuple[int, int, int]
WHITE: Final[Colour] = (255, 255, 255)

_LENGTH: Final = re.compile(
    r"(-?\d{0,12}\.?\d{1,12})\s{0,4}(px|pt|em|rem|%|vw|vh|cm|mm|in|ex|ch)?\s{0,4}$", re.IGNORECASE
)
_PIXELS: Final = {"pt": 4 / 3, "em": 16.0, "rem": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "ex": 8.0, "ch": 8.0}
_HEX: Final = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")
_FUNCTION: Final = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*\)")
_NAMED: Final = {"white": WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}


def pixels(value: str, otherwise: float) -> float:
    """A length in pixels; ``otherwise`` for what is none."""
    match = _LENGTH.match(value)
    if match is None:
        return otherwise
    unit = (match[2] or "px").lower()
    if unit in {"%", "vw", "vh"}:
        return float(match[1]) * 10 if float(match[1]) < 0 else otherwise
    return float(match[1]) * _PIXELS.get(unit, 1.0)


def rgb(colour: str) -> Colour | None:
    """Red, green and blue of a colour; None for one that is not understood."""
    colour = colour.strip().lower()
    if colour in _NAMED:
        return _NAMED[colour]
    if match := _HEX.fullmatch(colour):
        digits = match[1] if len(match[1]) == 6 else "".join(c * 2 for c in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _FUNCTION.match(colour):
        return int(match[1]), int(match[2]), int(match[3])
    return None


def near(one: Colour, other: Colour) -> bool:
    """Whether text of one colour cannot be read on the other."""
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))
