"""How a segment is linked and hidden: share of linked characters, anchors, absolute targets, hiding styles near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Characters

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


def columns(chars: Characters) -> list[NDArray[np.float32]]:
    """Columns :data:`NAMES`.

    ``links`` is log(1 + anchors); ``hides_*`` tell whether an element opens in the segment that its own style hides,
    ``*_before`` whether one did in the three segments before.
    """
    lengths = np.maximum(chars.ends - chars.starts, 1).astype(np.float32)
    marks = chars.marks
    return [
        chars.linked / lengths,
        np.log1p(marks.links),
        marks.foreign / np.maximum(marks.links, 1),
        np.minimum(marks.hidden, 1),
        np.minimum(marks.away, 1),
        _before(marks.hidden),
        _before(marks.away),
        marks.after_end,
    ]


def _before(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    running = np.concatenate((np.zeros(_REACH + 1, dtype=np.float32), np.cumsum(counts)))
    before: NDArray[np.float32] = np.minimum(running[_REACH:-1] - running[: -_REACH - 1], 1)
    return before
