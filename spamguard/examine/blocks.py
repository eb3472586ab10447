"""From scored items to blocks: the most probable stretches of spam, by dynamic programming over the page.

Two states, honest and spam. Being in a state pays the items' log-odds; changing it costs the more, the weaker the
bound is at which it happens: a new block-level element is a natural end, the middle of a sentence is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.items import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_SWITCH: Final = {
    Bound.BLOCK: 1.5,
    Bound.INLINE: 2.5,
    Bound.LINE: 2.0,
    Bound.SEPARATOR: 3.0,
    Bound.SENTENCE: 2.5,
    Bound.SPACE: 5.0,
}
_HIDING_CHANGES: Final = 0.4
_CLIP: Final = 6.0
_LENIENCE: Final = 0.7
"""Added to every item: a doubtful block is for the blocks' judge to refuse."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items ``[first, last)`` of a page that belong together as spam."""

    first: int
    last: int


def stretches(scores: NDArray[np.float64], bounds: Sequence[Bound], hidden: Sequence[object]) -> list[Stretch]:
    """The spam stretches of a page (Viterbi) from the log-odds of the items, the bound before each, and what hides it.

    Where hidden text begins or ends a change costs little: honest text does not share its hiding place.
    """
    if not len(scores):
        return []
    clipped = np.clip(scores + _LENIENCE, -_CLIP, _CLIP).tolist()
    honest, spam = 0.0, clipped[0] - _SWITCH[Bound.BLOCK]
    came_honest: list[bool] = [False]  # the honest state was reached from spam
    came_spam: list[bool] = [True]  # the spam state was reached from honest
    for score, bound, before, here in zip(clipped[1:], bounds[1:], hidden[:-1], hidden[1:], strict=True):
        cost = _SWITCH[bound] * (1.0 if before is here else _HIDING_CHANGES)
        leaves, enters = spam - cost, honest - cost
        from_spam, from_honest = leaves > honest, enters > spam
        honest, spam = max(honest, leaves), max(spam, enters) + score
        came_honest.append(from_spam)
        came_spam.append(from_honest)
    state = spam - _SWITCH[Bound.BLOCK] > honest
    found: list[Stretch] = []
    last = len(clipped)
    for index in range(len(clipped) - 1, -1, -1):
        if state and came_spam[index]:
            found.append(Stretch(index, last))
            state = False
        elif not state and came_honest[index]:
            state = True
            last = index
    return found[::-1]


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
