"""Letters in costume: styled, doubled by invisible characters, or standing apart one by one.

Operators' names are written so that filters do not read them; honest pages rarely write more than a letter that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Marks

NAMES: Final = ("costume_share",)


def costume_share(marks: Marks, lengths: NDArray[np.int64], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Column :data:`NAMES` of the segments ``rows``: such characters by those that are read."""
    share: NDArray[np.float64] = marks.costumes[rows] / np.maximum(lengths[rows], 1)
    return share
