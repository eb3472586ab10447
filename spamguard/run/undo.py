"""Putting back what a run of ``clean --write`` took out: all of it, one file, or one finding."""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH108, PTH118, PTH208
from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from spamguard.errors import JournalError, Unjudgeable, UsageError
from spamguard.removal.chosen import in_order
from spamguard.removal.splice import splice
from spamguard.run.files import WriteRefused, read_file, sync_folder
from spamguard.run.journal import load, told
from spamguard.run.runlog import details, log_path, look, read_run, run_ids
from spamguard.run.steps import Log, real_name, settle_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.run.journal import Journal
    from spamguard.run.runlog import Kept, Run

_TEMPORARY = ".tmp"


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a run is put back; with neither, all of it."""

    file: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file. ``already``: it had those bytes before."""

    path: str
    outcome: Literal["put back", "already", "left alone"]
    why: str = ""


@dataclass(frozen=True)
class Later:
    """Which runs after a given one wrote which files; read when it is first asked for."""

    journal: Journal
    run: str

    @cached_property
    def writers(self) -> dict[str, str]:
        """Path to the newest such run."""
        runs = (read_run(self.journal, run) for run in run_ids(self.journal) if run > self.run)
        return {kept.path: run.id for run in runs for kept in run.files.values() if kept.put_back is not None}


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: ids of runs, and objects that no other run needs."""

    runs: list[str] = field(default_factory=list)
    objects: int = 0


def tidy(journal: Journal) -> None:
    """Close the steps that dead processes left open, and remove the temporary files they left in the site."""
    with journal.in_use():
        settle_all(journal)


def chosen_run(journal: Journal, run: str | None) -> Run:
    """The run of an id or of its beginning, or else the last one that wrote something.

    Raises :class:`UsageError` if there is none.
    """
    ids = run_ids(journal)
    if run is not None:
        found = [one for one in ids if one.startswith(run)]
        if len(found) != 1:
            raise UsageError(f"{'several runs begin' if found else 'no run begins'} with {run}: see 'undo --list'")
        return looked_at(journal, found[0])
    for one in reversed(ids):
        last = looked_at(journal, one)
        if last.files:
            return last
    raise UsageError(f"nothing to undo: no run is kept in {journal.folder}")


def looked_at(journal: Journal, run: str) -> Run:
    """What a log says, its open step resolved by a look at the file."""
    result = read_run(journal, run)
    look(result)
    return result


def state_now(kept: Kept) -> tuple[str, tuple[str, ...] | None]:
    """What a file holds at this moment, in words, and the findings that are back in it; None is all.

    Where the bytes are none that the run knows, the log has the word on the findings.
    """
    try:
        digest = hashlib.sha256(read_file(kept.path, kept.largest, follow=False)).hexdigest()
    except Unjudgeable as error:
        return "changed since" if error.reason == "too-large" else str(error), kept.put_back
    if digest not in kept.versions:
        return "changed since", kept.put_back
    back = kept.versions[digest]
    return "put back" if back is None else "put back in part" if back else "taken out", back


def put_back(journal: Journal, run: Run, wish: Wish, *, dry: bool = False) -> Iterator[Result]:
    """Put files back, the last one written first; each in one step, which is logged like the cleaning was.

    Raises :class:`UsageError` if the run has no such file or finding.
    """
    with ExitStack() as stack:
        log = None
        if not dry:
            stack.enter_context(journal.in_use())
            log = stack.enter_context(Log(journal, run.id))
            run = log.run  # what was read before the lock was taken may be old
        undoer = _Undoer(journal, run, log, Later(journal, run.id))
        for number, kept in reversed(_wanted(journal, run, wish)):
            yield undoer.one(number, kept, wish.finding)


def prune(journal: Journal, days: int) -> Pruned:
    """Remove runs that began more than ``days`` days ago, then the originals that no other run needs.

    Dying half way leaves originals too many, never too few. Raises :class:`JournalError` if a log that stays cannot
    be read: then nobody knows what it needs.
    """
    limit = datetime.now(UTC) - timedelta(days=days)
    removed: list[str] = []
    needed: set[str] = set()
    with journal.in_use(alone=True), told(journal.folder):
        for run in run_ids(journal):
            kept = read_run(journal, run)
            if kept.started <= limit:
                removed.append(run)
                continue
            if kept.damaged:
                raise JournalError(f"the log of run {run} is damaged: nothing was removed")
            needed.update(file.original.sha256 for file in kept.files.values())
        for run in removed:
            os.unlink(log_path(journal, run))
        sync_folder(journal.runs)
        objects = 0
        for name in os.listdir(journal.objects):
            if name not in needed:
                os.unlink(os.path.join(journal.objects, name))
                objects += not name.endswith(_TEMPORARY)
    return Pruned(removed, objects)


@dataclass(frozen=True, slots=True)
class _Undoer:
    journal: Journal
    run: Run
    log: Log | None
    later: Later

    def one(self, number: int, kept: Kept, finding: str | None) -> Result:
        """Put back one file, or one finding in it."""
        try:
            if real_name(kept.path) != kept.path:
                return Result(kept.path, "left alone", "a folder on the way to it has become a symbolic link")
            current = read_file(kept.path, kept.largest, follow=False)
            digest = hashlib.sha256(current).hexdigest()
            if digest not in kept.versions:
                return self._changed(kept)
            back = kept.versions[digest]
            if back is None or finding in back:
                return Result(kept.path, "already")
            after, findings = self._bytes_after(kept, back, finding)
            if self.log is not None:
                self.log.put_back(number, kept, current, after, findings)
        except Unjudgeable as error:
            return self._changed(kept) if error.reason == "too-large" else Result(kept.path, "left alone", str(error))
        except (WriteRefused, JournalError) as error:
            return Result(kept.path, "left alone", str(error))
        return Result(kept.path, "put back")

    def _changed(self, kept: Kept) -> Result:
        if kept.put_back is None:
            return Result(kept.path, "already", "it was put back, and has changed since")
        writer = self.later.writers.get(kept.path)
        hint = f" by run {writer}: undo that first" if writer is not None else ""
        return Result(kept.path, "left alone", f"the file has changed since{hint}")

    def _bytes_after(
        self, kept: Kept, back: tuple[str, ...], finding: str | None
    ) -> tuple[bytes, tuple[str, ...] | None]:
        original = load(self.journal, kept.original.sha256, kept.original.size)
        if finding is None:
            return original, None
        codec, taken = details(self.journal, self.run.id, kept)
        cleaned = splice(original, in_order(one.edits for one in taken), codec)
        if hashlib.sha256(cleaned).hexdigest() != kept.cleaned.sha256:
            raise JournalError("the journal does not tell how its findings were cut; put the whole file back")
        back = (*back, finding)
        rest = [one.edits for one in taken if one.id not in back]
        if not rest:
            return original, None
        return splice(original, in_order(rest), codec), back


def _wanted(journal: Journal, run: Run, wish: Wish) -> list[tuple[int, Kept]]:
    files = list(run.files.items())
    if wish.file is not None:
        path = real_name(wish.file)
        files = [(number, kept) for number, kept in files if kept.path == path]
        if not files:
            other = _last_writer(journal, path)
            hint = f"; run {other} did" if other is not None else ""
            raise UsageError(f"run {run.id} did not write {wish.file}{hint}")
    if wish.finding is not None:
        files = [(n, kept) for n, kept in files if any(t.id == wish.finding for t in details(journal, run.id, kept)[1])]
        if not files:
            raise UsageError(f"run {run.id} took out no finding {wish.finding}: see 'undo --list {run.id}'")
    return files


def _last_writer(journal: Journal, path: str) -> str | None:
    for run in reversed(run_ids(journal)):
        if any(kept.path == path for kept in read_run(journal, run).files.values()):
            return run
    return None
