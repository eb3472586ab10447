"""How much the words of a segment look like spam: weights of hashed character n-grams.

Catches what word lists miss: new combinations, inflections and made-up operator names share their n-grams with known
spam. The weights come from ``training/fit_words.py`` (logistic regression on mean n-gram counts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Characters

NAMES: Final = ("word_mean", "word_mean_long", "word_window", "word_share")
WINDOW: Final = 24
"""Characters in the sliding window: three Chinese phrases, four Latin words."""


def columns(chars: Characters, scores: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Columns :data:`NAMES`, each of shape ``(n_segments,)``, from the place scores of the page.

    ``word_mean``: mean place score. ``word_mean_long``: the same times log(1 + length): long and bad is worse.
    ``word_window``: the worst mean over :data:`WINDOW` characters. ``word_share``: share of places with a score over 0.
    """
    lengths = np.maximum(chars.ends - chars.starts, 1).astype(np.float32)
    running = np.zeros(len(scores) + 1)
    np.cumsum(scores, out=running[1:])
    sums = running[chars.ends] - running[chars.starts]
    mean = (sums / lengths).astype(np.float32)
    share = np.add.reduceat((scores > 0).astype(np.float32), chars.starts) / lengths
    return [mean, mean * np.log1p(lengths), _worst_window(chars, running, sums), share]


def _worst_window(chars: Characters, running: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float32]:
    """Largest mean over a window inside the segment; a shorter segment counts as padded with nothing."""
    worst = sums / WINDOW
    long = np.flatnonzero(chars.ends - chars.starts > WINDOW)
    if len(long):
        windows = running[WINDOW:] - running[:-WINDOW]
        bounds = np.stack((chars.starts[long], chars.ends[long] - WINDOW + 1), axis=1).ravel()
        worst[long] = np.maximum.reduceat(windows, bounds)[::2] / WINDOW
    result: NDArray[np.float32] = worst.astype(np.float32)
    return result
