"""Scores from a model: words, segments, categories, probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features.characters import Characters, characters
from spamguard.features.table import feature_table
from spamguard.text.ngrams import BITS, hashed, place_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.model.weights import Model

CATEGORY_BITS: Final = 13
"""Each n has this many bins of its own in the category table."""


def place_scores(chars: Characters, model: Model) -> NDArray[np.float32]:
    """The score of every character place of a page: n-gram weights and the bias."""
    return place_weights(chars.codes, chars.ends, model.words, model.word_scale) + np.float32(model.word_bias)


def segment_table(chars: Characters, kinds: NDArray[np.int8], model: Model) -> NDArray[np.float32]:
    """The feature table of a page's segments."""
    return feature_table(chars, kinds, place_scores(chars, model))


def texts_table(texts: Sequence[str], kinds: NDArray[np.int8], model: Model) -> tuple[Characters, NDArray[np.float32]]:
    """The same table for texts that are cut already; control characters count as spaces."""
    joined = "".join(text.translate(_NO_MARKS) + "\x00" for text in texts)
    chars = characters(joined, len(texts), model.folds, model.classes)
    return chars, segment_table(chars, kinds, model)


def word_means(texts: Sequence[str], model: Model) -> NDArray[np.float32]:
    """Mean place score of each text; 0 for an empty one."""
    joined = "".join(text.translate(_NO_MARKS) + "\x00" for text in texts)
    chars = characters(joined, len(texts), model.folds, model.classes)
    running = np.concatenate(([0.0], np.cumsum(place_scores(chars, model), dtype=np.float64)))
    lengths = chars.ends - chars.starts
    means: NDArray[np.float32] = ((running[chars.ends] - running[chars.starts]) / np.maximum(lengths, 1)).astype(
        np.float32
    )
    return means


def category_index(codes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Bins of the category table that the n-grams of a text fall into."""
    parts = []
    base = 0
    for number, (bits, index) in enumerate(zip(BITS, hashed(codes), strict=True)):
        parts.append(((index - base) >> (bits - CATEGORY_BITS)) + (number << CATEGORY_BITS))
        base += 1 << bits
    return np.concatenate(parts)


def category_scores(texts: Sequence[str], model: Model) -> NDArray[np.float64]:
    """How well each category fits the texts together, shape ``(n_categories,)``; only the order has a meaning."""
    joined = " | ".join(text.translate(_NO_MARKS) for text in texts) + "\x00"
    chars = characters(joined, 1, model.folds, model.classes)
    scores: NDArray[np.float64] = model.categories[:, category_index(chars.codes)].astype(np.float64).mean(axis=1)
    return scores


def probability(score: float, model: Model) -> float:
    """The calibrated probability of a block's log-odds."""
    slope, offset = model.calibration
    return 1 / (1 + math.exp(-max(min(slope * score + offset, 60.0), -60.0)))


_NO_MARKS: Final = dict.fromkeys(range(0x20), " ")
