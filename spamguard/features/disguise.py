"""Letters in costume: styled, doubled by invisible characters, or standing apart one by one.

Operators' names are written so that filters do not read them; honest pages rarely write more than a letter that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features.characters import MARKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Folded

NAMES: Final = ("costume_share",)
_STYLED: Final = ((0x1D400, 0x1D800), (0xFF10, 0xFF5B), (0x2460, 0x2500), (0x1F130, 0x1F18A))
"""Mathematical, full-width, circled and squared letters and digits."""


def in_costume(text: Folded) -> NDArray[np.int64]:
    """How many characters of each segment are styled letters, invisible, or gaps between letters that stand apart."""
    odd = text.dropped & (text.raw >= MARKS)
    for first, end in _STYLED:
        odd |= (text.raw - np.uint32(first)) < np.uint32(end - first)
    places = np.flatnonzero(odd)
    if not len(places):
        return np.zeros(len(text.ends), dtype=np.int64)
    breaks = np.flatnonzero(text.raw == 0)
    return np.bincount(np.searchsorted(breaks, places), minlength=len(text.ends))[: len(text.ends)]


def columns(text: Folded, costumes: NDArray[np.int64], rows: NDArray[np.intp]) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of the segments ``rows``: such characters by those that are read."""
    return [costumes[rows] / np.maximum(text.lengths()[rows], 1)]
