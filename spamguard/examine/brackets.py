"""Brackets that a stretch of text opens or closes without its other half."""

from __future__ import annotations

from typing import Final

CLOSES: Final = {
    "【": "】",
    "〖": "〗",
    "「": "」",
    "『": "』",
    "《": "》",
    "≪": "≫",
    "⟦": "⟧",
    "[": "]",
    "(": ")",
    "（": "）",
}
"""Each opening bracket with the one that closes it."""
_OPENS: Final = {close: opening for opening, close in CLOSES.items()}


def unclosed(text: str) -> list[str]:
    """The brackets that a text opens and does not close."""
    pending: list[str] = []
    for character in text:
        if character in CLOSES:
            pending.append(character)
        elif pending and character == CLOSES[pending[-1]]:
            pending.pop()
    return pending


def unopened(text: str) -> list[str]:
    """The opening brackets of those that a text closes and does not open."""
    pending: list[str] = []
    missing: list[str] = []
    for character in text:
        if character in CLOSES:
            pending.append(character)
        elif character in _OPENS:
            if pending and pending[-1] == _OPENS[character]:
                pending.pop()
            else:
                missing.append(_OPENS[character])
    return missing
