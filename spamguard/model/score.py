"""Scores from a model: words, segments, categories, probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features.characters import Folded, characters, folded
from spamguard.features.table import feature_table
from spamguard.text.ngrams import BITS, hashed, place_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.model.weights import Model

CATEGORY_BITS: Final = 13
"""Each n has this many bins of its own in the category table."""


def place_scores(text: Folded, model: Model) -> NDArray[np.float32]:
    """The score of every character place of a text: n-gram weights and the bias."""
    return place_weights(text.codes, text.ends, model.words, model.word_scale) + np.float32(model.word_bias)


def loudest(scores: NDArray[np.float32]) -> float:
    """The highest mean score over :data:`LOUD` neighbouring places of a text."""
    if len(scores) <= LOUD:
        return float(scores.sum()) / LOUD
    running = np.cumsum(scores)
    return float((running[LOUD:] - running[:-LOUD]).max()) / LOUD


def segment_table(
    text: Folded, scores: NDArray[np.float32], kinds: NDArray[np.int8], model: Model
) -> NDArray[np.float32]:
    """The feature table of segments from their place scores."""
    return feature_table(characters(text, model.classes), kinds, scores)


def texts_table(texts: Sequence[str], kinds: NDArray[np.int8], model: Model) -> NDArray[np.float32]:
    """The same table for texts that are cut already; control characters count as spaces."""
    text = _joined(texts, model)
    return segment_table(text, place_scores(text, model), kinds, model)


def word_means(texts: Sequence[str], model: Model) -> NDArray[np.float32]:
    """Mean place score of each text; 0 for an empty one."""
    text = _joined(texts, model)
    running = np.concatenate(([0.0], np.cumsum(place_scores(text, model), dtype=np.float64)))
    starts = np.concatenate(([0], text.ends[:-1] + 1))
    means: NDArray[np.float32] = ((running[text.ends] - running[starts]) / np.maximum(text.ends - starts, 1)).astype(
        np.float32
    )
    return means


def _joined(texts: Sequence[str], model: Model) -> Folded:
    return folded("".join(text.translate(_NO_MARKS) + "\x00" for text in texts), model.folds)


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
    codes = folded(joined, model.folds).codes
    scores: NDArray[np.float64] = model.categories[:, category_index(codes)].astype(np.float64).mean(axis=1)
    return scores


def probability(score: float, model: Model) -> float:
    """The calibrated probability of a block's log-odds."""
    slope, offset = model.calibration
    return 1 / (1 + math.exp(-max(min(slope * score + offset, 60.0), -60.0)))


LOUD: Final = 12
"""Places of the window that :func:`loudest` slides over a page."""
_NO_MARKS: Final = dict.fromkeys(range(0x20), " ")
