"""Items in words that nobody has taught the model: what tells of them is the place they stand in, not what they say.

To the items' judge such words sound like nothing, and nothing is what honest text sounds like. So where they stand in a
script that the page hardly uses, or where nobody sees them, they are put before the blocks' judge all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import ITEM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene

LENIENCE: Final = 4.0
"""Added to the log-odds of such items: of 700 honest pages none has a block more for it that is worth showing."""
_SOUNDS: Final = -8.5
"""Mean word score: honest words of a language that was learned lie below, words of no such language about -6."""
_APART: Final = 0.85
_SCRIPT_APART: Final = ITEM_NAMES.index("script_apart")
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_HIDDEN: Final = ITEM_NAMES.index("hidden")
_NAMED: Final = ITEM_NAMES.index("named")
_COVERED: Final = 0.4
_A_ROW: Final = 5


def unread(scene: Scene, *, hidden: bool = False) -> NDArray[np.bool_]:
    """Which items say nothing to the model, and stand in another script than the page or are hidden.

    With ``hidden``, as if all were: whether they are may not be known yet.
    """
    table = scene.table
    odd = (table[:, _SCRIPT_APART] > _APART) | (table[:, _HIDDEN] > 0) | hidden
    found: NDArray[np.bool_] = odd & (table[:, _WORD_MEAN] > _SOUNDS)
    return found


def named_in_a_row(scene: Scene) -> NDArray[np.bool_]:
    """Which items stand in a row of which nearly each is a known keyword and little else."""
    named = scene.table[:, _NAMED] >= _COVERED
    # Gaps of one are bridged; a row is a stretch of named items with at most one other between two.
    places = np.flatnonzero(named)
    rows = np.zeros(len(named), dtype=np.bool_)
    if len(places) < _A_ROW:
        return rows
    for part in np.split(places, np.flatnonzero(np.diff(places) > 2) + 1):
        if len(part) >= _A_ROW:
            rows[part[0] : part[-1] + 1] = True
    return rows


def instead(found: Sequence[Stretch], more: Iterable[Stretch]) -> list[Stretch]:
    """Some stretches, those of ``more`` in place of what they hold, if they share nothing else with any."""
    kept = list(found)
    for stretch in more:
        met = [one for one in kept if one.first < stretch.last and stretch.first < one.last]
        if all(stretch.first <= one.first and one.last <= stretch.last for one in met):
            kept = [one for one in kept if one not in met] + [stretch]
    return sorted(kept, key=lambda stretch: stretch.first)


def beside(found: Sequence[Stretch], more: Iterable[Stretch]) -> list[Stretch]:
    """Some stretches, and those of ``more`` that share no item with any of them, in the order of the page."""
    taken = set[int]()
    for stretch in found:
        taken.update(range(stretch.first, stretch.last))
    new = [stretch for stretch in more if taken.isdisjoint(range(stretch.first, stretch.last))]
    return sorted([*found, *new], key=lambda stretch: stretch.first)
