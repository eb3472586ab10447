"""The log of one run of ``clean --write``, and of what ``undo`` put back of it: what was read from it, and the reading.

A line is a checksum and a JSON record. Each change of a file is two records: the step, which is flushed to disk before
the file is touched, and what came of it. So at most the last step is open, and the file itself tells what came of that:
it has the bytes from before or those from after. A torn last line is a step that was never begun.
"""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH118, PTH123, PTH208
from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from spamguard.errors import JournalError, Unjudgeable
from spamguard.findings import Edit
from spamguard.run.files import read_file
from spamguard.run.journal import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.run.journal import Journal

FORMAT = 1
SUFFIX = ".log"
_NAME = re.compile(r"\d{8}-\d{6}-\d{6}\.log")
_LAST_LINE = 200
"""Bytes at the end of a log that surely hold the whole of its last line, if that closes a step."""
_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Version:
    """Bytes that a file had or was given."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What was cut out for one finding: ``edits`` are byte offsets in the original."""

    id: str
    rule: str
    category: str
    line: int
    edits: tuple[Edit, ...]


@dataclass(slots=True)
class Kept:
    """One file that a run wrote. Its findings stay in the log until they are asked for."""

    path: str
    place: int
    """Where its record begins in the log."""
    original: Version
    cleaned: Version
    now: str
    """The digest of what the log says the file has now."""
    versions: dict[str, tuple[str, ...] | None]
    """Every digest the file had to the findings that are put back in it; None is all, the original."""
    largest: int
    sure: bool = True
    """False if nobody knows whether the file was written: it has changed since the step was left open."""

    @property
    def put_back(self) -> tuple[str, ...] | None:
        """The findings that are back in the file; None is all."""
        return self.versions[self.now]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a file that was begun."""

    number: int
    file: int
    """The number of the step that first wrote the file."""
    path: str
    temporary: str
    before: Version
    after: Version


@dataclass(slots=True)
class Run:
    """What a log says, step by step."""

    id: str
    files: dict[int, Kept] = field(default_factory=dict)
    steps: int = 0
    open: Step | None = None
    end: int = 0
    """Where the last whole line ends; what stands behind is a torn one."""
    damaged: int = 0
    """Lines that cannot be read though later ones can."""

    @property
    def started(self) -> datetime:
        """When, by the clock of the machine that it ran on."""
        return datetime.strptime(self.id, _TIME).replace(tzinfo=UTC)

    def take(self, record: dict[str, Any], place: int) -> None:
        """Follow one record."""
        match record["type"]:
            case "write":
                self._write(record, place)
            case "undo":
                self._undo(record)
            case "done":
                self.close(wrote=record["wrote"])

    def close(self, *, wrote: bool | None) -> None:
        """The open step has come to its end; None if nobody knows whether the file was written."""
        if self.open is None:
            return
        kept = self.files[self.open.file]
        kept.sure &= wrote is not None
        if wrote is False and self.open.number == self.open.file:
            del self.files[self.open.number]
        elif wrote is True:
            kept.now = self.open.after.sha256
        self.open = None

    def _write(self, record: dict[str, Any], place: int) -> None:
        before, after = Version(*record["before"]), Version(*record["after"])
        self.steps = number = record["step"]
        versions: dict[str, tuple[str, ...] | None] = {after.sha256: (), before.sha256: None}
        largest = max(before.size, after.size)
        self.files[number] = Kept(record["path"], place, before, after, after.sha256, versions, largest)
        self.open = Step(number, number, record["path"], record["temporary"], before, after)

    def _undo(self, record: dict[str, Any]) -> None:
        before, after = Version(*record["before"]), Version(*record["after"])
        self.steps = record["step"]
        kept = self.files.get(record["file"])
        if kept is None:  # the line that told of it is damaged
            return
        back = record["back"]
        kept.versions[after.sha256] = None if back is None else tuple(back)
        kept.largest = max(kept.largest, after.size)
        self.open = Step(self.steps, record["file"], kept.path, record["temporary"], before, after)


def new_id(newest: str | None) -> str:
    """A name for a run that begins now; later than ``newest`` even if the clock was set back."""
    now = datetime.now(UTC)
    if newest is not None:
        now = max(now, Run(newest).started + timedelta(microseconds=1))
    return now.strftime(_TIME)


def run_ids(journal: Journal) -> list[str]:
    """All runs, the oldest first."""
    with told(journal.folder):
        return sorted(name.removesuffix(SUFFIX) for name in os.listdir(journal.runs) if _NAME.fullmatch(name))


def log_path(journal: Journal, run: str) -> str:
    """Where the log of a run lies."""
    return os.path.join(journal.runs, run + SUFFIX)


def read_run(journal: Journal, run: str) -> Run:
    """What the log says; its last step may be open. Raises :class:`JournalError` on a log of another format."""
    result = Run(run)
    unread = 0
    for place, line in _lines(journal, run):
        record = parse(line)
        if record is None:
            unread += 1
            continue
        if record["type"] == "run" and record["format"] != FORMAT:
            raise JournalError(f"run {run} was written by another version of spamguard")
        result.damaged += unread
        unread = 0
        result.take(record, place)
        result.end = place + len(line)
    return result


def is_closed(journal: Journal, run: str) -> bool:
    """Whether the log ends with a closed step; reads but its end."""
    with told(journal.folder), open(log_path(journal, run), "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST_LINE))
        last = file.read().rsplit(b"\n", 2)
    record = parse(last[-2] + b"\n") if len(last) > 1 and not last[-1] else None
    return record is not None and record["type"] == "done"


def look(run: Run) -> None:
    """Let the file tell what came of an open step."""
    if run.open is not None:
        run.close(wrote=was_written(run.open))


def was_written(step: Step) -> bool | None:
    """Whether the file has the bytes from after the step; None if it has neither those nor the ones from before."""
    try:
        data = read_file(step.path, max(step.before.size, step.after.size), follow=False)
    except Unjudgeable:
        return None
    digest = hashlib.sha256(data).hexdigest()
    return True if digest == step.after.sha256 else False if digest == step.before.sha256 else None


def details(journal: Journal, run: str, kept: Kept) -> tuple[str, tuple[Taken, ...]]:
    """The codec of a file and what was taken out of it."""
    with told(journal.folder), open(log_path(journal, run), "rb") as file:
        file.seek(kept.place)
        record = parse(file.readline())
    if record is None:
        raise JournalError(f"the log of run {run} has changed while it was read")
    taken = tuple(
        Taken(one["id"], one["rule"], one["category"], one["line"], tuple(Edit(*edit) for edit in one["edits"]))
        for one in record["findings"]
    )
    return record["codec"], taken


def line_of(record: dict[str, Any]) -> bytes:
    """Write a record as a line."""
    body = json.dumps(record, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(body), body)


def parse(line: bytes) -> dict[str, Any] | None:
    """The record of a line; None if the line is not whole."""
    checksum, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(body):
        return None
    record: dict[str, Any] = json.loads(body)
    return record


def _lines(journal: Journal, run: str) -> Iterator[tuple[int, bytes]]:
    place = 0
    with told(journal.folder), open(log_path(journal, run), "rb") as file:
        for line in file:
            yield place, line
            place += len(line)
