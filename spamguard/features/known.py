"""How much of a text is made of keywords that say much.

Catches the lone link or phrase that its letters alone leave in doubt: honest pages hardly ever name such a keyword.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text.keynotes import STRONG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from spamguard.features.characters import Folded
    from spamguard.text.lexicon import Hit

NAMES: Final = ("named", "named_strong")


def named_in(text: Folded, hits: Iterable[Hit]) -> NDArray[np.bool_]:
    """Which characters of a text stand in the telling keywords found in it, in strong ones, in only known ones.

    The shape is ``(3, n_characters)``.
    """
    named = np.zeros((3, len(text.codes)), dtype=np.bool_)
    for hit in hits:
        of_kinds = True, hit.atom.strength >= STRONG, hit.atom.only_known
        named[of_kinds, hit.start : hit.end] = True
    return named


def columns(text: Folded, named: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of all segments: the share of characters in telling keywords, and in strong ones."""
    lengths = np.maximum(text.lengths(), 1)
    return [counts / lengths for counts in (_counts(text, row) for row in named[: len(NAMES)])]


def _counts(text: Folded, named: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many characters of each segment are named."""
    owner = np.searchsorted(text.ends, np.flatnonzero(named))
    return np.bincount(owner, minlength=len(text.ends))
