"""Lengths of style sheets as they are written: a computed style gives no others."""

from __future__ import annotations

import re
from typing import Final

SCREEN: Final = (1280.0, 800.0)
"""The screen that a page is thought to be on, in pixels."""

_LENGTH: Final = re.compile(
    r"([+-]?\d{0,12}\.?\d{1,12}(?:e[+-]?\d{1,2})?)\s{0,4}(px|pt|pc|em|rem|%|vw|vh|cm|mm|in|ex|ch)?\s{0,4}$",
    re.IGNORECASE,
)
_PIXELS: Final = {
    "pt": 4 / 3,
    "pc": 16.0,
    "em": 16.0,
    "rem": 16.0,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
    "ex": 8.0,
    "ch": 8.0,
    "vw": SCREEN[0] / 100,
    "vh": SCREEN[1] / 100,
}


def pixels(value: str, otherwise: float) -> float:
    """A length in pixels; ``otherwise`` for what is none, and for a share of a size that is not known."""
    match = _LENGTH.match(value)
    if match is None:
        return otherwise
    number, unit = float(match[1]), (match[2] or "px").lower()
    if unit in {"%", "vw", "vh"} and number > 0:
        return otherwise
    return number * 10 if unit == "%" else number * _PIXELS.get(unit, 1.0)


def along(value: str, whole: float) -> float:
    """A distance in pixels, where a share is one of ``whole``; 0 for what is none."""
    match = _LENGTH.match(value)
    if match is None:
        return 0.0
    number, unit = float(match[1]), (match[2] or "px").lower()
    return number * whole / 100 if unit == "%" else number * _PIXELS.get(unit, 1.0)


def share(value: str) -> float:
    """A part of one, as ``opacity`` and ``scale`` are written; 1 for what is none."""
    match = _LENGTH.match(value)
    return 1.0 if match is None else float(match[1]) / (100 if match[2] == "%" else 1)
