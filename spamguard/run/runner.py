"""What is asked of files, and one file judged: a page that makes the judging fail costs its own report only."""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH109, PTH118
from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from spamguard.errors import PlanRefused, Unjudgeable
from spamguard.run.files import file_size, read_file
from spamguard.verdicts import Cleaned, FileReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.run.walk import Entry

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


class Order:
    """What is asked of every file. ``make_guard`` and ``settings`` travel to the workers: both must pickle."""

    def __init__(
        self,
        settings: HasMaxBytes,
        make_guard: Callable[[HasMaxBytes], Judge],
        clean: bool = False,
        unsafe: bool = False,
    ) -> None:
        self.settings = settings
        self.make_guard = make_guard
        self.clean = clean
        self.unsafe = unsafe
        self.folder = os.getcwd()
        """What relative paths are relative to: a worker that is used again stands where its first run stood."""


class Outcome(NamedTuple):
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


def skipped(path: str, reason: str, size: int = 0) -> FileReport:
    """Make the report on a file that was not judged."""
    return FileReport(path, "", size, "", "skipped", reason)


def judge_one(entry: Entry, order: Order) -> Outcome:
    """Read and judge one file; raises only what would make every other file fail too."""
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
        return failed(entry, f"{type(error).__name__}: {error}", len(data))
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


def failed(entry: Entry, message: str, size: int = 0) -> Outcome:
    """What is told of a file over which spamguard itself failed."""
    return Outcome(skipped(entry.path, INTERNAL_ERROR, size), error=message)
