"""The folded view of text: what is judged, never what is cut.

Folding is one table look-up a character: case, full-width and mathematical letters, enclosed letters and digits,
traditional to simplified Chinese. Invisible characters fold to :data:`DROP`. The table is data (``fold.npz`` of the
shipped model); how it is made is in ``training/folding.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard import kernels
from spamguard.text.classes import SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

DROP: Final = 1
SPACE: Final = 0x20


def fold_table(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The look-up table of shape ``(SIZE,)`` from the pairs that change."""
    table = np.arange(SIZE, dtype=np.uint32)
    table[source] = target
    table[0x01:0x09] = DROP  # the marks of a page; what of them is told is read from the text itself
    table[0x09:0x0E] = SPACE
    return table


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    if kernels.letters is not None:
        codes: NDArray[np.uint32] = kernels.letters.codes_of(text)
        return codes
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def fold(codes: NDArray[np.uint32], table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fold code points; the result has the same length."""
    return table.take(codes, mode="clip")
