"""Fits what decides which pages are looked at closely: the gate, the sieve behind it, and where each cuts.

The cuts come from scores on pages of the other fold: what was learned from is no measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.training import learners
from spamguard.training.dataset import FOLDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from spamguard.model.network import Network
    from spamguard.model.trees import Trees
    from spamguard.training.dataset import Sample
    from spamguard.training.gather import Rows

_LOST_BY_WORDS: Final = 0.004
_LOST_BY_GATE: Final = 0.01
_PASSED: Final = 0.08
"""Share of honest pages that the sieve may let through to the closer look."""
_LOST_BY_SIEVE: Final = 0.02
"""Fewer, when no more infected pages than this are lost by it."""
_LOWEST_GATE: Final = -1.0
"""Set by hand likewise: of the pages that the sieve below lets through, one in five hundred is lost to it."""
_LOWEST_SIEVE: Final = 1.0
"""The word weights of the whole vocabulary score higher than those of a fold: set by hand, on sources never learned
from, where it lets 12 % of honest pages through and 91 % of injected ones."""


def fit(
    samples: Sequence[Sample], rows: Sequence[Rows | None], seed: int, tell: Callable[[str], None]
) -> tuple[Network, Trees, dict[str, float]]:
    """The gate, the sieve, and the thresholds ``words``, ``gate`` and ``sieve``."""
    kept = [(s, r) for s, r in zip(samples, rows, strict=True) if r is not None and len(r.segments)]
    table = np.concatenate([r.segments for _, r in kept])
    spam = np.concatenate([r.segment_spam for _, r in kept])
    fold = np.concatenate([np.full(len(r.segments), s.fold) for s, r in kept])
    owner = np.concatenate([np.full(len(r.segments), number) for number, (_, r) in enumerate(kept)])
    gate_scores, sieve_scores = np.zeros(len(table)), np.zeros(len(table))
    for number in range(FOLDS):
        judge = fold == number
        gate_scores[judge] = learners.network(table[~judge], spam[~judge], width=24, seed=seed).score(table[judge])
        sieve_scores[judge] = _sieve(table[~judge], spam[~judge], seed).score(table[judge])
    infected = np.asarray([bool(r.segment_spam.any()) for _, r in kept])
    real = np.asarray([not s.labels and not s.hard and not r.plain for s, r in kept])
    loud = np.asarray([r.loudest for _, r in kept])
    words = float(np.quantile(loud[infected], _LOST_BY_WORDS))
    best = np.full(len(kept), -99.0)
    np.maximum.at(best, owner, gate_scores)
    gate = max(float(np.quantile(best[infected], _LOST_BY_GATE)), _LOWEST_GATE)
    through = np.full(len(kept), -99.0)
    passing = gate_scores >= gate
    np.maximum.at(through, owner[passing], sieve_scores[passing])
    through[loud < words] = -99.0
    sieve = max(
        float(np.quantile(through[real], 1 - _PASSED)),
        float(np.quantile(through[infected], _LOST_BY_SIEVE)),
        _LOWEST_SIEVE,
    )
    for share in (0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01):
        kept_share = (through[infected] >= float(np.quantile(through[real], 1 - share))).mean()
        tell(f"  letting {share:.0%} of honest pages through keeps {kept_share:.4f} of the infected")
    for name, cut, scores in (("words", words, loud), ("gate", gate, best), ("sieve", sieve, through)):
        honest_share, infected_share = (scores[real] >= cut).mean(), (scores[infected] >= cut).mean()
        tell(f"{name} over {cut:.2f}: {honest_share:.4f} of honest, {infected_share:.4f} of infected pages pass")
    network = learners.network(table, spam, width=24, seed=seed)
    return network, _sieve(table, spam, seed), {"words": words, "gate": gate, "sieve": sieve}


def _sieve(table: NDArray[np.float32], spam: NDArray[np.bool_], seed: int) -> Trees:
    weights = np.ones(len(table), dtype=np.float32)
    return learners.export_trees(learners.boosted(table, spam, weights, trees=60, leaves=20, rate=0.15, seed=seed))
