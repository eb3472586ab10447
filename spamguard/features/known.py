"""How much of a text is made of keywords that say much.

Catches the lone link or phrase that its letters alone leave in doubt: honest pages hardly ever name such a keyword.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text.keynotes import STRONG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Folded
    from spamguard.text.keynotes import Keynotes

NAMES: Final = ("named", "named_strong")


def columns(text: Folded, keynotes: Keynotes) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of all segments: the share of characters in telling keywords, and in strong ones."""
    size = len(text.ends)
    named = np.zeros((2, len(text.codes)), dtype=np.bool_)
    for hit in keynotes.hits(text.codes):
        named[: 2 if hit.atom.strength >= STRONG else 1, hit.start : hit.end] = True
    lengths = np.maximum(text.lengths(), 1)
    places = np.flatnonzero(named[0])
    owner = np.searchsorted(text.ends, places)
    return [
        np.bincount(owner, minlength=size) / lengths,
        np.bincount(owner, weights=named[1, places], minlength=size) / lengths,
    ]
