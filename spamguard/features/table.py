"""The feature table of a page: one row a segment, one column a feature, families side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features import context, keywords, layout, links

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Characters

NAMES: Final = (*keywords.NAMES, *layout.NAMES, *links.NAMES, *context.NAMES)


def feature_table(chars: Characters, kinds: NDArray[np.int8], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features of shape ``(n_segments, len(NAMES))`` from place scores (:func:`keywords.place_scores`)."""
    words = keywords.columns(chars, scores)
    columns = [
        *words,
        *layout.columns(chars, kinds),
        *links.columns(chars),
        *context.columns(chars, words[0], words[2]),
    ]
    return np.stack(columns, axis=1).astype(np.float32, copy=False)
