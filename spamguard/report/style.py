"""How a report may look on the device it goes to."""

from __future__ import annotations

from typing import NamedTuple

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Style(NamedTuple):
    """``width`` is in terminal columns; ``quiet`` leaves out everything but findings."""

    width: int = 120
    color: bool = False
    quiet: bool = False

    def paint(self, text: str, color: str) -> str:
        """Colour ``text`` if the device shows colours."""
        return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if self.color else text
