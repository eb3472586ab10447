"""Judges many files in the order they came: one after the other, or on many cores (``parallel.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.run.runner import judge_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.run.runner import Order, Outcome
    from spamguard.run.walk import Entry


def judge(entries: Iterable[Entry], order: Order, jobs: int = 1) -> Iterator[Outcome]:
    """One outcome an entry, in the order of ``entries``; ``jobs`` of 0 means all cores."""
    if jobs == 1:
        return (judge_one(entry, order) for entry in entries)
    # Loaded when asked for: one process starts faster without what runs many.
    from spamguard.run.parallel import judge_many

    return judge_many(entries, order, jobs)
