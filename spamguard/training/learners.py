"""scikit-learn models, and their export to the plain arrays that a scan uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from spamguard.model.network import Network
from spamguard.model.score import CATEGORY_BITS, category_index
from spamguard.model.trees import Trees
from spamguard.text.fold import codes_of, fold
from spamguard.text.ngrams import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def boosted(
    table: NDArray[np.float32],
    spam: NDArray[np.bool_],
    weights: NDArray[np.float32],
    *,
    trees: int,
    leaves: int,
    rate: float,
    seed: int,
    smallest_leaf: int = 20,
    shrink: float = 1.0,
    features: float = 1.0,
) -> HistGradientBoostingClassifier:
    """Fit boosted trees; :func:`export_trees` makes them ours.

    ``shrink`` draws the leaves towards zero, ``features`` is the share of the features that a split chooses from.
    """
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        max_leaf_nodes=leaves,
        learning_rate=rate,
        l2_regularization=shrink,
        max_features=features,
        min_samples_leaf=smallest_leaf,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(table, spam, sample_weight=weights)
    return model


def export_trees(model: HistGradientBoostingClassifier) -> Trees:
    """The same trees as padded arrays: scores agree to the last rounding."""
    grown = [step[0].nodes for step in model._predictors]
    size = max(len(nodes) for nodes in grown)
    shape = (len(grown), size)
    own = np.tile(np.arange(size, dtype=np.int16), (len(grown), 1))
    feature = np.zeros(shape, dtype=np.int16)
    threshold = np.full(shape, np.inf)
    left, right = own.copy(), own.copy()
    value = np.zeros(shape, dtype=np.float32)
    depth = 0
    for tree, nodes in enumerate(grown):
        count = len(nodes)
        inner = np.flatnonzero(nodes["is_leaf"] == 0)
        feature[tree, inner] = nodes["feature_idx"][inner]
        threshold[tree, inner] = nodes["num_threshold"][inner]
        left[tree, inner] = nodes["left"][inner]
        right[tree, inner] = nodes["right"][inner]
        value[tree, :count] = nodes["value"]
        depth = max(depth, int(nodes["depth"].max()))
        _fill_inner_values(value[tree], left[tree], right[tree], nodes["count"], inner)
    base = float(np.asarray(model._baseline_prediction).ravel()[0])
    return Trees(feature, threshold, left, right, value, base, depth)


def mean_of(judges: Sequence[Trees]) -> Trees:
    """Trees that answer the mean of what several judges answer."""
    size = max(judge.feature.shape[1] for judge in judges)

    def together(arrays: Iterable[NDArray[Any]], *, own: bool = False, fill: float = 0) -> NDArray[Any]:
        padded = []
        for array in arrays:
            whole = np.full((len(array), size), fill, dtype=array.dtype)
            if own:
                whole[:] = np.arange(size, dtype=array.dtype)
            whole[:, : array.shape[1]] = array
            padded.append(whole)
        return np.concatenate(padded)

    return Trees(
        together(judge.feature for judge in judges),
        together((judge.threshold for judge in judges), fill=np.inf),
        together((judge.left for judge in judges), own=True),
        together((judge.right for judge in judges), own=True),
        together((judge.value / np.float32(len(judges))) for judge in judges),
        float(np.mean([judge.base for judge in judges])),
        max(judge.depth for judge in judges),
    )


def _fill_inner_values(
    value: NDArray[np.float32],
    left: NDArray[np.int16],
    right: NDArray[np.int16],
    count: NDArray[np.uint32],
    inner: NDArray[np.intp],
) -> None:
    """An inner node answers the mean of its leaves, weighted by how many cases reached them."""
    for node in inner[::-1]:
        one, other = int(left[node]), int(right[node])
        total = float(count[one]) + float(count[other])
        value[node] = (value[one] * float(count[one]) + value[other] * float(count[other])) / max(total, 1.0)


def network(table: NDArray[np.float32], spam: NDArray[np.bool_], *, width: int, seed: int) -> Network:
    """Fit the gate."""
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-3)
    model = MLPClassifier(
        (width,), alpha=1e-3, batch_size=min(512, len(table)), max_iter=25, random_state=seed, early_stopping=False
    )
    model.fit((table - mean) / scale, spam)
    return Network(
        mean.astype(np.float32),
        scale.astype(np.float32),
        model.coefs_[0].astype(np.float32),
        model.intercepts_[0].astype(np.float32),
        model.coefs_[1][:, 0].astype(np.float32),
        float(model.intercepts_[1][0]),
    )


def calibration(scores: NDArray[np.float64], spam: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn log-odds into calibrated log-odds (Platt)."""
    model = LogisticRegression(C=1e6)
    model.fit(scores[:, None], spam)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def categories(
    texts: Sequence[str], labels: Sequence[str], names: Sequence[str], folds: NDArray[np.uint32]
) -> NDArray[np.int8]:
    """Weights of every category for hashed n-grams: complement naive Bayes, shape ``(len(names), bins)``."""
    bins = len(ORDERS) << CATEGORY_BITS
    counts = np.ones((len(names), bins))
    for text, label in zip(texts, labels, strict=True):
        index = category_index(fold(codes_of(" " + text + " "), folds))
        np.add.at(counts[names.index(label)], index, 1 / max(len(index), 1) * 40)
    total = counts.sum(axis=0)
    complement = total[None, :] - counts
    weights = np.log(counts / counts.sum(axis=1, keepdims=True)) - np.log(
        complement / complement.sum(axis=1, keepdims=True)
    )
    quantised: NDArray[np.int8] = np.clip(np.round(weights * 24), -127, 127).astype(np.int8)
    return quantised
