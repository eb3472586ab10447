from __future__ import annotations

import numpy as np

from spamguard.model.trees import Trees


def _random_trees(rng: np.random.Generator, count: int, nodes: int) -> Trees:
    """Trees of all shapes, some of them a single leaf; unused nodes are leaves nobody comes to."""
    left = np.tile(np.arange(nodes, dtype=np.int16), (count, 1))
    right = left.copy()
    depth = 0
    for tree in range(count):
        leaves, used = [(0, 0)], 1
        while used + 2 <= nodes and rng.random() < 0.9:
            node, level = leaves.pop(int(rng.integers(len(leaves))))
            left[tree, node], right[tree, node] = used, used + 1
            leaves += [(used, level + 1), (used + 1, level + 1)]
            depth = max(depth, level + 1)
            used += 2
    shape = (count, nodes)
    return Trees(
        rng.integers(0, 5, shape).astype(np.int16),
        rng.normal(size=shape),
        left,
        right,
        rng.normal(size=shape).astype(np.float32),
        0.25,
        depth,
    )


def _walked(trees: Trees, row: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    leaves = []
    for tree in range(len(trees.feature)):
        node = 0
        while trees.left[tree, node] != node:
            goes_left = float(row[trees.feature[tree, node]]) <= float(trees.threshold[tree, node])
            node = int((trees.left if goes_left else trees.right)[tree, node])
        leaves.append(trees.value[tree, node])
    return float(trees.base + np.asarray(leaves).sum(dtype=np.float64))


def test_a_score_is_the_sum_of_the_leaves_that_a_row_comes_to() -> None:
    rng = np.random.default_rng(5)
    for nodes in (1, 3, 21):
        trees = _random_trees(rng, 40, nodes)
        table = rng.normal(size=(600, 5)).astype(np.float32)
        # Values that stand on a threshold, or as near to it as 32 bits come.
        table[::2] = rng.choice(trees.threshold.ravel(), size=table[::2].shape).astype(np.float32)
        assert trees.score(table).tolist() == [_walked(trees, row) for row in table]


def test_no_rows_have_no_scores() -> None:
    assert len(_random_trees(np.random.default_rng(1), 3, 7).score(np.zeros((0, 5), dtype=np.float32))) == 0
