"""Scores from a model: words, segments, categories, probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features import known
from spamguard.features.characters import Folded, folded, marks_of
from spamguard.features.keywords import Words, words_of
from spamguard.features.table import feature_table
from spamguard.text.ngrams import BITS, hashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.model.weights import Model

CATEGORY_BITS: Final = 13
"""Each n has this many bins of its own in the category table."""


def words_in(text: Folded, model: Model, known: NDArray[np.bool_] | None = None) -> Words:
    """Word scores of the segments of a text: n-gram weights and the bias; ``known`` as for :func:`words_of`."""
    return words_of(text, model.words, model.word_scale, model.word_bias, known)


def texts_table(texts: Sequence[str], kinds: NDArray[np.int8], model: Model) -> NDArray[np.float32]:
    """The feature table of texts that are cut already, with :data:`known.NAMES`; control characters count as spaces."""
    text, named, words = _heard(texts, model)
    table = feature_table(text, marks_of(text), words, kinds, np.arange(len(texts)))
    return np.column_stack((table, *known.columns(text, named))).astype(np.float32)


def word_means(texts: Sequence[str], model: Model) -> NDArray[np.float64]:
    """Mean place score of each text; the bias alone for an empty one."""
    return words_in(_joined(texts, model), model).mean


def heard_means(texts: Sequence[str], model: Model) -> NDArray[np.float64]:
    """The same, with keywords that are only known sounding like those that the word weights were taught."""
    return _heard(texts, model)[2].mean


def _heard(texts: Sequence[str], model: Model) -> tuple[Folded, NDArray[np.bool_], Words]:
    """Texts in a row, which places of them are named (:func:`known.named_in`), and how their words sound then."""
    text = _joined(texts, model)
    named = known.named_in(text, model.keynotes.hits(text.codes))
    return text, named, words_in(text, model, named[-1])


def _joined(texts: Sequence[str], model: Model) -> Folded:
    return folded(in_a_row(texts), model.folds)


def in_a_row(texts: Sequence[str]) -> str:
    """Texts that are cut already, each ended by the mark of a segment; their own control characters count as spaces."""
    return "".join(_unmarked(text) + "\x00" for text in texts)


def _unmarked(text: str) -> str:
    return text if text.isprintable() else text.translate(_NO_MARKS)


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
    joined = " | ".join(map(_unmarked, texts)) + "\x00"
    codes = folded(joined, model.folds).codes
    scores: NDArray[np.float64] = model.categories[:, category_index(codes)].astype(np.float64).mean(axis=1)
    return scores


def probability(score: float, model: Model) -> float:
    """The calibrated probability of a block's log-odds."""
    slope, offset = model.calibration
    return 1 / (1 + math.exp(-max(min(slope * score + offset, 60.0), -60.0)))


_NO_MARKS: Final = dict.fromkeys(range(0x20), " ")
