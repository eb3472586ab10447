"""Hashed character n-grams, and the weight of every place of a text under a table of n-gram weights.

The weight table is one array; each n has its own power-of-two stretch of it. Hashes are multiplicative over 32 bits,
all in NumPy: no Python loop over characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ORDERS: Final = (2, 3, 4, 5)
BITS: Final = (15, 17, 18, 18)
TABLE_SIZE: Final = sum(1 << bits for bits in BITS)

TRIPLE_BITS: Final = 15

_STEP: Final = np.uint32(0x01000193)
_MIX: Final = np.uint32(0x9E3779B1)


def hashed(codes: NDArray[np.uint32]) -> list[NDArray[np.intp]]:
    """For each n of :data:`ORDERS` the table index of the n-gram that starts at each place.

    The arrays have length ``len(codes)``; the last ``n - 1`` places mean nothing. N-grams that cross the end of a
    segment are in there too: :func:`crossing` names them.
    """
    bases = np.cumsum((0, *(1 << bits for bits in BITS)))
    return [index.astype(np.intp) + base for index, base in zip(indexes(codes), bases.tolist(), strict=False)]


def indexes(codes: NDArray[np.uint32]) -> Iterator[NDArray[np.uint32]]:
    """For each n of :data:`ORDERS` the place of the n-gram that starts at each character in the stretch of that n.

    The last ``n - 1`` mean nothing.
    """
    state = codes.copy()
    order = 1
    for n, bits in zip(ORDERS, BITS, strict=True):
        while order < n:
            state *= _STEP
            state[:-order] ^= codes[order:]
            order += 1
        index = state * _MIX
        index >>= np.uint32(32 - bits)
        yield index


def crossing(ends: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Places whose n-gram holds a segment mark, given the places of the marks; some of them twice."""
    places: NDArray[np.int64] = np.maximum(ends[:, None] - np.arange(n), 0).ravel()
    return places


def place_weights(codes: NDArray[np.uint32], ends: NDArray[np.int64], table: NDArray[np.int8]) -> NDArray[np.int16]:
    """The summed weight of the n-grams that start at each place and hold no segment mark; shape of ``codes``.

    ``table`` has :data:`TABLE_SIZE` weights.
    """
    total = np.zeros(len(codes), dtype=np.int16)
    places = crossing(ends, ORDERS[-1]).reshape(-1, ORDERS[-1])
    base = 0
    for n, bits, index in zip(ORDERS, BITS, indexes(codes), strict=True):
        weights = table[base : base + (1 << bits)].take(index, mode="clip")
        weights[places[:, :n]] = 0
        total += weights
        base += 1 << bits
    return total


def triples(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A number of :data:`TRIPLE_BITS` for the three characters that start at each place; the last two mean nothing."""
    state = codes * _STEP
    state[:-1] ^= codes[1:]
    state *= _STEP
    state[:-2] ^= codes[2:]
    state *= _MIX
    state >>= np.uint32(32 - TRIPLE_BITS)
    return state
