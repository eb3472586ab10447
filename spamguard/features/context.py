"""How a segment stands out from its page: neighbours, the page's own words, its script, the place.

The same words are native on a pharmacy's page and spam after a school's footer; the page decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text import classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Characters

NAMES: Final = ("near_mean", "near_window", "page_mean", "page_hot", "script_apart", "characters_after", "segments")
_REACH: Final = 2


def columns(
    chars: Characters,
    mean: NDArray[np.float32],
    window: NDArray[np.float32],
) -> list[NDArray[np.float32]]:
    """Columns :data:`NAMES` from the word scores of all segments.

    ``near_*``: of the two segments on either side, weighted by length. ``page_mean``, ``page_hot``: mean score, and
    share of characters in segments that score over 0, on the rest of the page. ``script_apart``: 1 minus the share
    that the segment's main script has among the letters of the page. ``characters_after``: log of what follows.
    """
    lengths = np.maximum(chars.ends - chars.starts, 1).astype(np.float32)
    total = lengths.sum()
    others = np.maximum(total - lengths, 1)
    weighted = mean * lengths
    hot = np.where(mean > 0, lengths, 0)
    after = total - np.cumsum(lengths)
    size = np.full_like(mean, np.log1p(len(mean)))
    return [
        _near(weighted, lengths),
        _near(window * lengths, lengths),
        (weighted.sum() - weighted) / others,
        (hot.sum() - hot) / others,
        _script_apart(chars),
        np.log1p(np.maximum(after, 0)),
        size,
    ]


def _near(weighted: NDArray[np.float32], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    sums = _window_sum(weighted) - weighted
    return (sums / np.maximum(_window_sum(lengths) - lengths, 1)).astype(np.float32)


def _window_sum(values: NDArray[np.float32]) -> NDArray[np.float64]:
    running = np.concatenate((np.zeros(_REACH + 1), np.cumsum(values, dtype=np.float64)))
    running = np.concatenate((running, np.full(_REACH, running[-1])))
    return running[2 * _REACH + 1 :] - running[: -2 * _REACH - 1]


def _script_apart(chars: Characters) -> NDArray[np.float32]:
    scripts = chars.histogram[:, classes.SCRIPTS].copy()
    # Kana and Han are one script family here: Japanese mixes them.
    han = classes.HAN - classes.FIRST_SCRIPT
    kana = classes.KANA - classes.FIRST_SCRIPT
    scripts[:, han] += scripts[:, kana]
    scripts[:, kana] = 0
    page = scripts.sum(axis=0)
    share = page / max(float(page.sum()), 1.0)
    apart = 1 - share[scripts.argmax(axis=1)]
    return np.where(scripts.sum(axis=1) > 0, apart, 0).astype(np.float32)
