"""Boosted trees as plain arrays: scored with NumPy, explained by the path each case takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

_CHUNK = 256

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """``n_trees`` trees padded to the same number of nodes; every array has shape ``(n_trees, n_nodes)``.

    A leaf has ``left`` and ``right`` equal to itself. ``value`` is defined at every node (at an inner node: what the
    tree would answer if it stopped there), which is what explains a score. The score is ``base`` plus the leaf values,
    in log-odds.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    base: float
    depth: int

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds of each row, shape ``(n_rows,)``."""
        trees, nodes = self.feature.shape
        roots = np.arange(trees, dtype=np.int32) * nodes
        # All trees walk side by side through one flat table of nodes; chunks of rows stay in the processor's cache.
        feature, threshold, value = self.feature.ravel().astype(np.int32), self.threshold.ravel(), self.value.ravel()
        left = (self.left + roots[:, None]).ravel()
        right = (self.right + roots[:, None]).ravel()
        scores = np.full(len(table), self.base)
        for begin in range(0, len(table), _CHUNK):
            part = table[begin : begin + _CHUNK]
            cells = part.ravel()
            rows = (np.arange(len(part), dtype=np.int32) * part.shape[1])[:, None]
            node = np.broadcast_to(roots, (len(part), trees))
            for _ in range(self.depth):
                goes_left = cells.take(rows + feature.take(node)) <= threshold.take(node)
                node = np.where(goes_left, left.take(node), right.take(node))
            scores[begin : begin + _CHUNK] += value.take(node).sum(axis=1, dtype=np.float64)
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
            np.asarray(arrays[f"{prefix}feature"], dtype=np.int16),
            np.asarray(arrays[f"{prefix}threshold"], dtype=np.float64),
            np.asarray(arrays[f"{prefix}left"], dtype=np.int16),
            np.asarray(arrays[f"{prefix}right"], dtype=np.int16),
            np.asarray(arrays[f"{prefix}value"], dtype=np.float32),
            base,
            int(depth),
        )
