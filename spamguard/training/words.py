"""Fits the weights of hashed character n-grams: logistic regression on mean n-gram counts, spam against clean text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from spamguard.features.characters import folded
from spamguard.text.ngrams import ORDERS, TABLE_SIZE, crossing, hashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


_GAIN = 20.0
"""Mean counts are small numbers: scaled up, the optimiser does not stop before it has begun."""


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Weights in steps of ``scale``, shape ``(TABLE_SIZE,)``, and the bias that every place gets."""

    table: NDArray[np.int8]
    scale: float
    bias: float


def matrix(texts: Sequence[str], folds: NDArray[np.uint32]) -> csr_matrix:
    """Mean n-gram counts, shape ``(len(texts), TABLE_SIZE)``: a row times the weights is the mean place score."""
    columns, values, row_ends = [], [], [0]
    batch = 20_000
    for begin in range(0, len(texts), batch):
        part = texts[begin : begin + batch]
        text = folded("".join(text.replace("\0", " ") + "\0" for text in part), folds)
        codes, starts, ends = text.codes, text.starts, text.ends
        owner = np.repeat(np.arange(len(part)), ends + 1 - starts)
        share = (1 / np.maximum(ends - starts, 1)).astype(np.float32)[owner]
        parts = []
        for n, index in zip(ORDERS, hashed(codes), strict=True):
            valid = np.ones(len(codes), dtype=bool)
            valid[crossing(ends, n)] = False
            parts.append((owner[valid], index[valid], share[valid]))
        rows = np.concatenate([p[0] for p in parts])
        order = np.argsort(rows, kind="stable")
        columns.append(np.concatenate([p[1] for p in parts])[order].astype(np.int32))
        values.append(np.concatenate([p[2] for p in parts])[order])
        counts = np.bincount(rows, minlength=len(part))
        row_ends.extend((row_ends[-1] + np.cumsum(counts)).tolist())
    result = csr_matrix(
        (np.concatenate(values), np.concatenate(columns), np.asarray(row_ends)), shape=(len(texts), TABLE_SIZE)
    )
    result.sum_duplicates()
    return result


def fit(
    texts: Sequence[str],
    spam: NDArray[np.bool_],
    weights: NDArray[np.float32],
    folds: NDArray[np.uint32],
    *,
    inverse_penalty: float = 30.0,
) -> WordWeights:
    """Fit and quantise. ``weights`` balance the samples."""
    model = LogisticRegression(C=inverse_penalty, max_iter=300, tol=1e-6)
    model.fit(matrix(texts, folds) * _GAIN, spam, sample_weight=weights)
    raw = model.coef_[0] * _GAIN
    scale = float(np.quantile(np.abs(raw[raw != 0]), 0.9995)) / 127
    table = np.clip(np.round(raw / scale), -127, 127).astype(np.int8)
    return WordWeights(table, scale, float(model.intercept_[0]))
