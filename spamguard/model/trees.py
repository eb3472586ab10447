"""Boosted trees as plain arrays: scored with NumPy, explained by the path each case takes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from spamguard import kernels

_CHUNK = 256
_FEW = 2
"""Rows that are sooner asked at every node, each by itself, than led down level by level."""

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Flat(NamedTuple):
    """The trees side by side in one table, deepest first, two entries a node: where to go right, and where left.

    A node is the place of its first entry. ``widths`` says for each level how many trees go on below it, ``order``
    where each tree stands. ``nodes``, ``asked`` and ``below`` are the nodes with what they ask for and the threshold,
    one entry a node. Thresholds are rounded down to what features are made of, which no comparison notices.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    child: NDArray[np.intp]
    value: NDArray[np.float32]
    widths: tuple[int, ...]
    order: NDArray[np.intp]
    nodes: NDArray[np.intp]
    asked: NDArray[np.intp]
    below: NDArray[np.float32]


class _Stored(NamedTuple):
    """What is kept of trees; see :class:`Trees`."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    base: float
    depth: int


class Trees(_Stored):
    """``n_trees`` trees padded to the same number of nodes; every array has shape ``(n_trees, n_nodes)``.

    A leaf has ``left`` and ``right`` equal to itself. ``value`` is defined at every node (at an inner node: what the
    tree would answer if it stopped there), which is what explains a score. The score is ``base`` plus the leaf values,
    in log-odds.
    """

    @cached_property
    def _flat(self) -> _Flat:
        # Most trees judge none of the pages that are looked at in passing.
        return _flat(self)

    @cached_property
    def forest(self) -> Any:
        """What the kernels make of the trees."""
        assert kernels.judge is not None  # noqa: S101
        below = _rounded_down(self.threshold)
        return kernels.judge.Forest(self.feature, below, self.left, self.right, self.value, self.base)

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds of each row, shape ``(n_rows,)``."""
        if kernels.judge is not None:
            answered: NDArray[np.float64] = self.forest.score(np.ascontiguousarray(table, dtype=np.float32))
            return answered
        flat = self._flat
        scores = np.full(len(table), self.base)
        if len(table) <= _FEW:
            asked = table.take(flat.asked, axis=1) <= flat.below
            for number, goes_left in enumerate(asked):
                following = flat.child.take(flat.nodes + goes_left)
                node = flat.roots
                for _ in flat.widths:
                    node = following.take(node >> 1)
                scores[number] += flat.value.take(node[flat.order]).sum(dtype=np.float64)
            return scores
        for begin in range(0, len(table), _CHUNK):
            part = table[begin : begin + _CHUNK]
            cells = part.ravel()
            rows = np.arange(len(part)) * part.shape[1]
            node = np.repeat(flat.roots[:, None], len(part), axis=1)
            for width in flat.widths:
                # The shallow trees, which come last, have their answer already.
                deep = node[:width]
                place = flat.feature.take(deep, mode="clip")
                place += rows
                deep += cells.take(place, mode="clip") <= flat.threshold.take(deep, mode="clip")
                node[:width] = flat.child.take(deep, mode="clip")
            scores[begin : begin + _CHUNK] += flat.value.take(node[flat.order].T).sum(axis=1, dtype=np.float64)
        return scores

    def contributions(self, row: NDArray[np.float32]) -> NDArray[np.float64]:
        """How much each feature added to the log-odds of one row, shape ``(n_features,)``; the roots are left out."""
        added = np.zeros(len(row))
        for tree in range(len(self.feature)):
            node = 0
            while self.left[tree, node] != node:
                feature = self.feature[tree, node]
                goes_left = row[feature] <= self.threshold[tree, node]
                following = int((self.left if goes_left else self.right)[tree, node])
                added[feature] += float(self.value[tree, following]) - float(self.value[tree, node])
                node = following
        return added

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """What a weights file holds of these trees, under names that begin with ``prefix``."""
        return {
            f"{prefix}feature": self.feature,
            f"{prefix}threshold": self.threshold,
            f"{prefix}left": self.left,
            f"{prefix}right": self.right,
            f"{prefix}value": self.value,
            f"{prefix}base": np.asarray([self.base, float(self.depth)]),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]], prefix: str) -> Trees:
        """The reverse of :meth:`arrays`."""
        base, depth = (float(number) for number in np.asarray(arrays[f"{prefix}base"], dtype=np.float64))
        return cls(
            np.ascontiguousarray(arrays[f"{prefix}feature"], dtype=np.int16),
            np.ascontiguousarray(arrays[f"{prefix}threshold"], dtype=np.float64),
            np.ascontiguousarray(arrays[f"{prefix}left"], dtype=np.int16),
            np.ascontiguousarray(arrays[f"{prefix}right"], dtype=np.int16),
            np.ascontiguousarray(arrays[f"{prefix}value"], dtype=np.float32),
            base,
            int(depth),
        )


def _flat(trees: Trees) -> _Flat:
    count, nodes = trees.feature.shape
    depths = _depths(trees)
    deepest_first = np.argsort(-depths, kind="stable")
    first = (np.arange(count, dtype=np.intp) * nodes)[:, None]
    left, right = (first + side[deepest_first] for side in (trees.left, trees.right))
    below = _rounded_down(trees.threshold)
    return _Flat(
        roots=2 * first[:, 0],
        feature=np.repeat(trees.feature[deepest_first].ravel().astype(np.intp), 2),
        threshold=np.repeat(below[deepest_first].ravel(), 2),
        child=2 * np.stack((right.ravel(), left.ravel()), axis=1).ravel(),
        value=np.repeat(trees.value[deepest_first].ravel(), 2),
        widths=tuple(int((depths > level).sum()) for level in range(int(depths.max(initial=0)))),
        order=np.argsort(deepest_first),
        nodes=np.arange(0, 2 * count * nodes, 2),
        asked=trees.feature[deepest_first].ravel().astype(np.intp),
        below=below[deepest_first].ravel(),
    )


def _rounded_down(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Thresholds of the kind that features are of, none of them above what it was."""
    below = thresholds.astype(np.float32)
    return np.where(below > thresholds, np.nextafter(below, np.float32(-np.inf)), below)


def _depths(trees: Trees) -> NDArray[np.intp]:
    """How many steps each tree takes at most."""
    rows = np.arange(len(trees.left))[:, None]
    inner = trees.left != np.arange(trees.left.shape[1])
    below = np.zeros(trees.left.shape, dtype=np.intp)
    for _ in range(trees.depth):
        below = np.where(inner, 1 + np.maximum(below[rows, trees.left], below[rows, trees.right]), 0)
    return below[:, 0]
