"""Judges many files, on one core or many, in the order they came.

Files travel in batches, a window of batches at a time, so that memory is bounded however many files there are. A page
that makes the judging fail, or a worker process die, costs its own report only.
"""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH118
from __future__ import annotations

import os
from collections import deque
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from spamguard.errors import PlanRefused, Unjudgeable
from spamguard.findings import Cleaned, FileReport
from spamguard.run.files import file_size, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spamguard.run.walk import Entry

_BATCH = 8
_WINDOW = 8
"""Batches for each worker before the slowest of them is waited for."""

INTERNAL_ERROR = "internal-error"


class HasMaxBytes(Protocol):
    """The part of ``spamguard.guard.Settings`` that this room reads."""

    @property
    def max_bytes(self) -> int:
        """Files above this size are skipped."""

    def __hash__(self) -> int:
        """Serve as a key: equal settings share a model."""


class Judge(Protocol):
    """The part of ``spamguard.guard.Guard`` that this room calls."""

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        """Judge one page."""

    def clean(self, data: bytes, *, path: str | None = None, unsafe: bool = False) -> Cleaned:
        """Judge one page and take the spam out."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every file. ``make_guard`` and ``settings`` travel to the workers: both must pickle."""

    settings: HasMaxBytes
    make_guard: Callable[[HasMaxBytes], Judge]
    clean: bool = False
    unsafe: bool = False
    folder: str = field(default_factory=os.getcwd)
    """What relative paths are relative to: a worker that is used again stands where its first run stood."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file's report; with ``Order.clean`` and spam to remove also its bytes ``before`` and ``after``."""

    report: FileReport
    before: bytes | None = None
    after: bytes | None = None
    error: str | None = None
    """What went wrong inside spamguard itself; the report's reason is then ``internal-error``."""


def load_guard(settings: HasMaxBytes) -> Judge:
    """Load the model; the import costs NumPy and the tokeniser, so it waits until here."""
    from spamguard.guard import Guard, Settings

    if not isinstance(settings, Settings):
        raise TypeError(f"not Settings: {settings!r}")
    return Guard(settings)


def judge(entries: Iterable[Entry], order: Order, jobs: int = 1) -> Iterator[Outcome]:
    """One outcome an entry, in the order of ``entries``; ``jobs`` of 0 means all cores."""
    if jobs == 1:
        return (_judge_one(entry, order) for entry in entries)
    return _judge_parallel(entries, order, jobs)


def skipped(path: str, reason: str, size: int = 0) -> FileReport:
    """Make the report on a file that was not judged."""
    return FileReport(path, "", size, "", "skipped", reason)


def _judge_parallel(entries: Iterable[Entry], order: Order, jobs: int) -> Iterator[Outcome]:
    import joblib

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
    import joblib

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
        return _failed(entry, "the worker process died while judging it")
    return outcome


def _judge_batch(entries: list[Entry], order: Order) -> list[Outcome] | Exception:
    """Judge a batch in a worker. What stops the run is returned, for an exception would leave work behind."""
    try:
        return [_judge_one(entry, order) for entry in entries]
    except Exception as error:
        return error


def _judge_one(entry: Entry, order: Order) -> Outcome:
    if entry.skipped is not None:
        return Outcome(skipped(entry.path, entry.skipped))
    path = os.path.join(order.folder, entry.path)
    try:
        data = entry.data
        if data is None:
            data = read_file(path, order.settings.max_bytes, follow=entry.follow)
    except Unjudgeable as error:
        return Outcome(skipped(entry.path, error.reason, file_size(path)))
    # Outside the net below: without a model there is nothing to go on with.
    guard = _guard(order.make_guard, order.settings)
    try:
        if not order.clean:
            return Outcome(guard.scan(data, path=entry.path))
        cleaned = _clean(guard, data, entry.path, unsafe=order.unsafe)
    except Unjudgeable as error:
        return Outcome(skipped(entry.path, error.reason, len(data)))
    except Exception as error:  # one page must not stop the others
        return _failed(entry, f"{type(error).__name__}: {error}", len(data))
    if cleaned.data == data:
        return Outcome(cleaned.report)
    return Outcome(cleaned.report, data, cleaned.data)


def _clean(guard: Judge, data: bytes, path: str, *, unsafe: bool) -> Cleaned:
    try:
        return guard.clean(data, path=path, unsafe=unsafe)
    except PlanRefused as refusal:
        return Cleaned(data, replace(guard.scan(data, path=path), reason=f"not cleaned: {refusal}"))


@lru_cache(maxsize=1)
def _guard(make_guard: Callable[[HasMaxBytes], Judge], settings: HasMaxBytes) -> Judge:
    """Load the model once a process, not once a batch."""
    return make_guard(settings)


def _failed(entry: Entry, message: str, size: int = 0) -> Outcome:
    return Outcome(skipped(entry.path, INTERNAL_ERROR, size), error=message)
