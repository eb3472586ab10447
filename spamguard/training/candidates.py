"""Fits what decides which pages are looked at closely: the gate, the sieve and the judge of whole pages.

Each learns from what the one before it says of pages of the other fold: what was learned from is no measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.model.candidate import page_row
from spamguard.training import learners
from spamguard.training.dataset import FOLDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from spamguard.model.candidate import Suspects
    from spamguard.model.network import Network
    from spamguard.model.trees import Trees
    from spamguard.training.dataset import Sample
    from spamguard.training.gather import Rows

_GATE: Final = -1.5
_SIEVE: Final = -1.0
_PAGE: Final = 1.0
"""Log-odds from which on gate, sieve and the judge of pages let a page go on. Set by hand on sources never learned from
and not as quantiles of the fold scores: the word weights of the whole vocabulary score higher than those of a fold."""


def fit(
    samples: Sequence[Sample], rows: Sequence[Rows | None], seed: int, tell: Callable[[str], None]
) -> tuple[Network, Trees, Trees, dict[str, float]]:
    """The gate, the sieve, the judge of pages, and the thresholds ``gate``, ``sieve`` and ``page``."""
    kept = [(s, r) for s, r in zip(samples, rows, strict=True) if _counts(s) and r is not None and len(r.suspects.rows)]
    fold = np.asarray([s.fold for s, _ in kept])
    infected = np.asarray([r.infected for _, r in kept])
    missing = sum(1 for r in rows if r is not None and r.infected and not len(r.suspects.rows))
    tell(f"segments: {missing} of {missing + int(infected.sum())} infected pages have none that is suspect")
    judges = [_segment_judges([kept[i][1] for i in np.flatnonzero(fold != number)], seed) for number in range(FOLDS)]
    scored = [_scores(r.suspects, *judges[s.fold]) for s, r in kept]
    loud = [np.flatnonzero(g >= _GATE) for g, _ in scored]
    best = np.asarray([v[at].max() if len(at) else -99.0 for (_, v), at in zip(scored, loud, strict=True)])
    asked = np.flatnonzero(best >= _SIEVE)
    table = np.stack(
        [page_row(kept[i][1].suspects, loud[i], scored[i][0][loud[i]], scored[i][1][loud[i]]) for i in asked]
    )
    through = np.full(len(kept), -99.0)
    for number in range(FOLDS):
        judge = fold[asked] == number
        through[asked[judge]] = _pages(table[~judge], infected[asked][~judge], seed).score(table[judge])
    real = np.asarray([not s.labels and not r.plain for s, r in kept])
    for share in (0.05, 0.03, 0.02, 0.01, 0.005):
        kept_share = (through[infected] >= float(np.quantile(through[real], 1 - share))).mean()
        tell(f"  letting {share:.1%} of honest pages through keeps {kept_share:.4f} of the infected")
    for name, cut, scores in (("sieve", _SIEVE, best), ("page", _PAGE, through)):
        honest_share, infected_share = (scores[real] >= cut).mean(), (scores[infected] >= cut).mean()
        tell(f"{name} over {cut:.2f}: {honest_share:.4f} of honest, {infected_share:.4f} of infected pages pass")
    network, trees = _segment_judges([r for _, r in kept], seed)
    return network, trees, _pages(table, infected[asked], seed), {"gate": _GATE, "sieve": _SIEVE, "page": _PAGE}


def _counts(sample: Sample) -> bool:
    """Whether these judges learn from a sample: an honest page that looks like spam may well be looked at closely."""
    return bool(sample.labels) or not sample.hard


def _segment_judges(rows: Sequence[Rows], seed: int) -> tuple[Network, Trees]:
    """Gate and sieve, from the chosen segments of some pages."""
    table = np.concatenate([r.suspects.table[r.chosen] for r in rows])
    spam = np.concatenate([r.suspect_spam[r.chosen] for r in rows])
    return learners.network(table, spam, width=24, seed=seed), _sieve(table, spam, seed)


def _scores(suspects: Suspects, gate: Network, sieve: Trees) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    return gate.score(suspects.table), sieve.score(suspects.table)


def _pages(table: NDArray[np.float32], infected: NDArray[np.bool_], seed: int) -> Trees:
    weights = np.ones(len(table), dtype=np.float32)
    model = learners.boosted(table, infected, weights, trees=150, leaves=10, rate=0.06, seed=seed)
    return learners.export_trees(model)


def _sieve(table: NDArray[np.float32], spam: NDArray[np.bool_], seed: int) -> Trees:
    weights = np.ones(len(table), dtype=np.float32)
    return learners.export_trees(learners.boosted(table, spam, weights, trees=60, leaves=20, rate=0.15, seed=seed))
