"""Shares and rates with 95 % intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_Z: Final = 1.959963984540054
_DRAWS: Final = 1000
_SEED: Final = 20_240_101


@dataclass(frozen=True, slots=True)
class Figure:
    """``count`` of ``of`` with the interval around ``value``; None where there is nothing to tell it from."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


def share(count: int, of: int) -> Figure:
    """A share with the Wilson interval (Wilson 1927, without continuity correction)."""
    if not of:
        return Figure(count, of, None, None, None)
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    # At the ends the bound is exact; computed, it would be off by a rounding error.
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == of else middle + half
    return Figure(count, of, p, low, high)


def ratio(pairs: Sequence[tuple[int, int]], scale: float = 1.0) -> Figure:
    """Sum over sum of pages' ``(part, whole)``, times ``scale``; the interval is a percentile bootstrap over pages.

    Bytes of one page are found or missed together, so pages are drawn, not bytes. One page gives no interval.
    """
    counted = [pair for pair in pairs if pair[1]]
    parts = np.asarray([pair[0] for pair in counted], dtype=np.int64)
    wholes = np.asarray([pair[1] for pair in counted], dtype=np.int64)
    count, of = int(parts.sum()), int(wholes.sum())
    if not counted:
        return Figure(count, of, None, None, None)
    value = count / of * scale
    if len(counted) == 1:
        return Figure(count, of, value, None, None)
    rng = np.random.default_rng(_SEED)
    draws = np.empty(_DRAWS)
    for number in range(_DRAWS):
        drawn = rng.integers(len(counted), size=len(counted))
        draws[number] = parts[drawn].sum() / wholes[drawn].sum() * scale
    low, high = np.quantile(draws, (0.025, 0.975))
    return Figure(count, of, value, float(low), float(high))
