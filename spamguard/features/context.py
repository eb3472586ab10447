"""How a segment stands out from its page: neighbours, the page's own words, its script, the place.

The same words are native on a pharmacy's page and spam after a school's footer; the page decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from spamguard.text import classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Counted
    from spamguard.features.keywords import Words

NAMES: Final = ("near_mean", "near_window", "page_mean", "page_hot", "characters_after", "segments")
_REACH: Final = 2
_MANY_SIGNS: Final = 6


def columns(words: Words, lengths: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of all segments, from their word scores.

    ``near_*``: of the two segments on either side, weighted by length. ``page_mean``, ``page_hot``: mean score, and
    share of characters in segments that score over 0, on the rest of the page. ``characters_after``: log of what
    follows.
    """
    total = int(lengths.sum())
    others = np.maximum(total - lengths, 1)
    weighted = words.mean * lengths
    hot = np.where(words.mean > 0, lengths, 0)
    after = total - np.cumsum(lengths)
    around = np.maximum(_around(lengths), 1)
    return [
        _around(weighted) / around,
        _around(words.window * lengths) / around,
        (weighted.sum() - weighted) / others,
        (hot.sum() - hot) / others,
        np.log1p(after),
        np.full(len(lengths), np.log1p(len(lengths))),
    ]


def _around(values: NDArray[Any]) -> NDArray[np.float64]:
    """The sum over the segments on either side, the segment itself left out."""
    running = np.zeros(len(values) + 2 * _REACH + 1)
    np.cumsum(values, out=running[_REACH + 1 : len(values) + _REACH + 1])
    running[len(values) + _REACH + 1 :] = running[len(values) + _REACH]
    around: NDArray[np.float64] = running[2 * _REACH + 1 :] - running[: -2 * _REACH - 1] - values
    return around


def script_apart(counted: Counted) -> NDArray[np.float64]:
    """1 minus the share that a segment's main script has among the letters of the page.

    Scripts without a class of their own (Georgian, Khmer) are one script here: what is no letter is rare in a row.
    """
    scripts, page = counted.histogram[:, classes.SCRIPTS].copy(), counted.page[classes.SCRIPTS].copy()
    # Kana and Han are one script family here: Japanese mixes them.
    han = classes.HAN - classes.FIRST_SCRIPT
    kana = classes.KANA - classes.FIRST_SCRIPT
    scripts[:, han] += scripts[:, kana]
    scripts[:, kana] = 0
    page[han] += page[kana]
    page[kana] = 0
    share = page / max(int(page.sum()), 1)
    apart = np.where(scripts.any(axis=1), 1 - share[scripts.argmax(axis=1)], 0.0)
    others, page_others = counted.histogram[:, classes.OTHER], int(counted.page[classes.OTHER])
    unknown = others > _MANY_SIGNS + 2 * scripts.sum(axis=1)
    return np.where(unknown, 1 - page_others / max(page_others + int(page.sum()), 1), apart)
