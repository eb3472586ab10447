"""Letters in costume: styled or doubled by invisible characters, or standing apart one by one.

Operators' names are written so that filters do not read them; honest pages rarely write more than a letter that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features.characters import MARKS
from spamguard.text.classes import CYRILLIC, LATIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Counted, Folded

NAMES: Final = ("styled_share", "spaced_share")
_STYLED: Final = ((0x1D400, 0x1D800), (0xFF10, 0xFF5B), (0x2460, 0x2500), (0x1F130, 0x1F18A))
"""Mathematical, full-width, circled and squared letters and digits."""


def styled_in(text: Folded) -> NDArray[np.int64]:
    """How many characters of each segment are letters in costume or invisible."""
    odd = text.dropped & (text.raw >= MARKS)
    for first, end in _STYLED:
        odd |= (text.raw - np.uint32(first)) < np.uint32(end - first)
    places = np.flatnonzero(odd)
    if not len(places):
        return np.zeros(len(text.ends), dtype=np.int64)
    breaks = np.flatnonzero(text.raw == 0)
    return np.bincount(np.searchsorted(breaks, places), minlength=len(text.ends))[: len(text.ends)]


def columns(
    text: Folded, counted: Counted, styled: NDArray[np.int64], rows: NDArray[np.intp], classes: NDArray[np.uint8]
) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of the counted segments ``rows``.

    ``spaced_share``: the share of Latin and Cyrillic letters that have no letter on either side.
    """
    kinds = classes.take(text.codes, mode="clip")
    letters = np.zeros(len(kinds) + 2, dtype=np.bool_)
    letters[1:-1] = (kinds == LATIN) | (kinds == CYRILLIC)
    alone = letters[1:-1] & ~letters[:-2] & ~letters[2:]
    size = len(rows)
    letter = letters[1:-1][counted.places]
    whole = np.bincount(counted.owner, weights=letter, minlength=size)
    apart = np.bincount(counted.owner, weights=alone[counted.places], minlength=size)
    return [styled[rows] / np.maximum(text.lengths()[rows], 1), apart / np.maximum(whole, 1)]
