"""How a segment is linked and hidden: share of linked characters, anchors, absolute targets, hiding styles near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Marks

NAMES: Final = (
    "linked_share",
    "links",
    "foreign_share",
    "hides_itself",
    "hides_away",
    "hidden_before",
    "away_before",
    "behind_the_end",
)
_REACH: Final = 3


def columns(marks: Marks) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of all segments.

    ``links`` is log(1 + anchors); ``hides_*`` tell whether an element opens in the segment that its own style hides,
    ``*_before`` whether one did in the three segments before.
    """
    return [
        marks.linked,
        np.log1p(marks.links),
        marks.foreign / np.maximum(marks.links, 1),
        marks.hidden > 0,
        marks.away > 0,
        _before(marks.hidden),
        _before(marks.away),
        marks.after_end,
    ]


def _before(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    running = np.zeros(len(counts) + _REACH + 1, dtype=np.int64)
    np.cumsum(counts, out=running[_REACH + 1 :])
    return running[_REACH:-1] > running[: -_REACH - 1]
