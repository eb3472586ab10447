"""Judges many files on many cores, in the order they came.

Files travel in batches, a window of batches at a time, so that memory is bounded however many files there are. A page
that makes a worker process die costs its own report only. Loaded when more than one process is asked for.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import joblib

from spamguard.run.runner import failed, judge_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.run.runner import Order, Outcome
    from spamguard.run.walk import Entry

_BATCH = 8
_WINDOW = 8
"""Batches for each worker before the slowest of them is waited for."""


def judge_many(entries: Iterable[Entry], order: Order, jobs: int) -> Iterator[Outcome]:
    """One outcome an entry, in the order of ``entries``, from ``jobs`` processes; 0 means all cores."""
    workers = jobs or joblib.cpu_count()
    source = iter(entries)
    while window := list(islice(source, _BATCH * _WINDOW * workers)):
        done = 0
        try:
            for outcomes in _send(window, order, workers):
                done += len(outcomes)
                yield from outcomes
        except BrokenExecutor:
            # Nobody knows which page killed the worker: each of the rest gets a turn of its own.
            yield from (_judge_alone(entry, order) for entry in window[done:])


def _send(window: list[Entry], order: Order, workers: int) -> Iterator[list[Outcome]]:
    parallel = joblib.Parallel(n_jobs=max(workers, 2), batch_size=1, pre_dispatch="all", return_as="generator")
    task = joblib.delayed(_judge_batch)
    starts = range(0, len(window), _BATCH)
    batches: Iterator[list[Outcome] | Exception] = parallel(task(window[s : s + _BATCH], order) for s in starts)
    try:
        for outcomes in batches:
            if isinstance(outcomes, Exception):
                raise outcomes
            yield outcomes
    finally:
        # Leaving work behind makes joblib kill its workers, which is noisy; one window is soon done. Workers that an
        # interrupt has reached have nothing new to say.
        with suppress(BrokenExecutor, KeyboardInterrupt):
            deque(batches, maxlen=0)


def _judge_alone(entry: Entry, order: Order) -> Outcome:
    try:
        [[outcome]] = _send([entry], order, 2)
    except BrokenExecutor:
        return failed(entry, "the worker process died while judging it")
    return outcome


def _judge_batch(entries: list[Entry], order: Order) -> list[Outcome] | Exception:
    """Judge a batch in a worker. What stops the run is returned, for an exception would leave work behind."""
    try:
        return [judge_one(entry, order) for entry in entries]
    except Exception as error:
        return error
