"""How much the words of a segment look like spam: weights of hashed character n-grams.

Catches what word lists miss: new combinations, inflections and made-up operator names share their n-grams with known
spam. The weights come from ``training/words.py`` (logistic regression on mean n-gram counts).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from spamguard import kernels
from spamguard.text.ngrams import place_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Counted, Folded

NAMES: Final = ("word_mean", "word_mean_long", "word_window")
WINDOW: Final = 24
"""Characters in the sliding window: three Chinese phrases, four Latin words."""
_HEARD: Final = 8.0
"""Mean place score of a keyword that is only known: about half of those that the weights were taught have more."""
_MANY: Final = 1 << 16
"""Places whose weights of 16 bits cannot add up to more than 32 bits hold."""


class Words(NamedTuple):
    """Word scores of a page. ``mean`` and ``window`` have shape ``(n_segments,)``, ``loud`` one truth a character.

    ``mean`` is the mean place score, ``window`` the worst mean over :data:`WINDOW` characters (a shorter segment
    counts as padded with nothing), ``loud`` tells which places score over 0.
    """

    mean: NDArray[np.float64]
    window: NDArray[np.float64]
    loud: NDArray[np.bool_]


def words_of(
    text: Folded, table: NDArray[np.int8], scale: float, bias: float, known: NDArray[np.bool_] | None = None
) -> Words:
    """Score every place of a text by a table of n-gram weights, which are scores in steps of ``scale``.

    ``known`` are the places of keywords that the weights were never taught: those sound like most that were taught do.
    """
    lengths = text.lengths()
    quiet = math.floor(-bias / scale)
    if known is not None and known.any():
        weights = place_weights(text.codes, text.ends, table)
        _raise(weights, known, math.ceil((_HEARD - bias) / scale))
        sums, worst, loud = _summed(text, weights, quiet)
    elif kernels.phrases is not None:
        sums, worst, loud = kernels.phrases.words(text.codes, text.starts, text.ends, table, quiet)
    else:
        sums, worst, loud = _summed(text, place_weights(text.codes, text.ends, table), quiet)
    return Words(
        sums / np.maximum(lengths, 1) * scale + bias,
        (worst * scale + np.minimum(lengths, WINDOW) * bias) / WINDOW,
        loud,
    )


def _raise(weights: NDArray[np.int16], known: NDArray[np.bool_], least: int) -> None:
    """Lift the weights of each stretch of ``known`` places to a mean of ``least``, where they have less."""
    places = np.flatnonzero(known)
    firsts = np.flatnonzero(np.diff(places, prepend=-2) > 1)
    lengths = np.diff(firsts, append=len(places))
    lacking = least - np.add.reduceat(weights[places].astype(np.int64), firsts) // lengths
    weights[places] += np.repeat(np.maximum(lacking, 0), lengths).astype(np.int16)


def _summed(
    text: Folded, weights: NDArray[np.int16], quiet: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The sum of each segment, its worst window, and which places weigh more than ``quiet``."""
    starts, ends = text.starts, text.ends
    running: NDArray[np.signedinteger[Any]] = np.zeros(len(weights) + 1, np.int32 if len(weights) < _MANY else np.int64)
    np.cumsum(weights, out=running[1:])
    sums = (running[ends] - running[starts]).astype(np.int64)
    worst = sums.copy()
    long = np.flatnonzero(ends - starts > WINDOW)
    if len(long):
        windows = running[WINDOW:] - running[:-WINDOW]
        bounds = np.empty(2 * len(long), dtype=np.int64)
        bounds[::2] = starts[long]
        bounds[1::2] = ends[long] - WINDOW + 1
        worst[long] = np.maximum.reduceat(windows, bounds)[::2]
    return sums, worst, weights > quiet


def columns(words: Words, lengths: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of all segments. ``word_mean_long``: the mean times log(1 + length)."""
    return [words.mean, words.mean * np.log1p(lengths), words.window]


def word_share(words: Words, counted: Counted) -> NDArray[np.float64]:
    """The share of places with a score over 0, of the counted segments."""
    size = len(counted.histogram)
    loud = np.bincount(counted.owner, weights=words.loud[counted.places], minlength=size)
    share: NDArray[np.float64] = loud / np.maximum(np.bincount(counted.owner, minlength=size), 1)
    return share
