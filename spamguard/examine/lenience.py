"""Items that are put before the blocks' judge though their own words say too little to the items' judge.

Words that nobody has taught the model sound like nothing, and nothing is what honest text sounds like: what tells of
them is where they stand, in a script that the page hardly uses or where nobody sees them. A keyword among honest words
tells little, in a row of keywords much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import ITEM_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
"""Share of an item that is a known keyword."""
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
    """Which items stand in a row of known keywords, with one other item at most between two of them."""
    named = scene.table[:, _NAMED] >= _COVERED
    places = np.flatnonzero(named)
    rows = np.zeros(len(named), dtype=np.bool_)
    if len(places) < _A_ROW:
        return rows
    for part in np.split(places, np.flatnonzero(np.diff(places) > 2) + 1):
        if len(part) >= _A_ROW:
            rows[part[0] : part[-1] + 1] = True
    return rows
