"""How much work a call is, in calls of Python functions: the same on every machine, unlike time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def calls_of(work: Callable[[], object]) -> int:
    """The number of functions, built-in ones included, that are called while ``work`` runs."""
    count = 0

    def on_event(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    before = sys.getprofile()
    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_evenly(work: Callable[[int], Callable[[], object]], size: int, *, most: float = 6.0) -> None:
    """Assert that four times the input is at most ``most`` times the work: squared it would be sixteen times."""
    small, large = calls_of(work(size)), calls_of(work(4 * size))
    assert large <= most * max(small, 500), (small, large)
