"""The folded view of text: what is judged, never what is cut.

Folding is one table look-up a character: case, full-width and mathematical letters, enclosed letters and digits,
traditional to simplified Chinese. Invisible characters fold to :data:`DROP`. The table is data (``fold.npz`` of the
shipped model); how it is made is in ``training/folding.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text.classes import DIGIT, FIRST_SCRIPT, SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

DROP: Final = 1
SPACE: Final = 0x20


def fold_table(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The look-up table of shape ``(SIZE,)`` from the pairs that change."""
    table = np.arange(SIZE, dtype=np.uint32)
    table[source] = target
    table[0x01:0x08] = DROP  # the marks of a page; what of them is told is read from the text itself
    table[0x09:0x0E] = SPACE
    return table


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def fold(codes: NDArray[np.uint32], table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fold code points; the result has the same length."""
    return table.take(codes, mode="clip")


def gaps_in(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """What stands between letters and digits that stand apart one by one, four or more in a row; None if nothing does.

    ``kinds`` are the classes of the folded ``codes``. The end of a segment (0) is no gap.
    """
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
    return gaps
