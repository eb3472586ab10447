"""Changing files so that the journal always knows which bytes they have: log the step, take it, log what came of it."""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH108, PTH118, PTH119, PTH120
from __future__ import annotations

import hashlib
import os
import re
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from spamguard.errors import JournalError
from spamguard.run.files import NEW_FILE, WriteRefused, replace_file, sync_folder, write_all
from spamguard.run.journal import locked, store, told
from spamguard.run.runlog import FORMAT, is_closed, line_of, log_path, new_id, read_run, run_ids, was_written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from spamguard.run.journal import Journal
    from spamguard.run.runlog import Kept, Step, Taken

_TEMPORARY = re.compile(r"\.spamguard-[0-9a-f]{16}\.tmp")


class Log:
    """The log of a run, held by this process alone and closed at the end of a ``with`` block.

    On opening, a torn line is cut off and a step that was left open is closed, its temporary file removed.
    """

    def __init__(self, journal: Journal, run: str) -> None:
        self._journal = journal
        self.wrote = False
        """Whether a file was written here; those files are not kept in ``run``, there may be very many."""
        with told(journal.folder), ExitStack() as stack:
            self._descriptor = stack.enter_context(locked(log_path(journal, run)))
            self.run = read_run(journal, run)
            os.truncate(self._descriptor, self.run.end)
            os.lseek(self._descriptor, 0, os.SEEK_END)
            if self.run.end == 0:
                self._append({"type": "run", "format": FORMAT})
                sync_folder(journal.runs)
            if self.run.open is not None:
                self._settle(self.run.open)
            self._stack = stack.pop_all()

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack, told(self._journal.folder):
            os.fsync(self._descriptor)

    def write(self, path: str, before: bytes, after: bytes, codec: str, taken: Sequence[Taken]) -> None:
        """Keep the original of a file for good, then replace it. Raises as :func:`replace_file`."""
        findings = [
            {
                "id": one.id,
                "rule": one.rule,
                "category": one.category,
                "line": one.line,
                "edits": [(edit.start, edit.end, edit.replacement) for edit in one.edits],
            }
            for one in taken
        ]
        self._change(path, before, after, {"type": "write", "path": path, "codec": codec, "findings": findings})
        self.wrote = True
        self.run.files.clear()

    def put_back(self, file: int, kept: Kept, before: bytes, after: bytes, findings: tuple[str, ...] | None) -> None:
        """Replace a file by bytes in which ``findings`` are back; None for all. Raises as :func:`replace_file`."""
        self._change(kept.path, before, after, {"type": "undo", "file": file, "back": findings})

    def _change(self, path: str, before: bytes, after: bytes, record: dict[str, Any]) -> None:
        announced = False

        def announce(temporary: str) -> None:
            nonlocal announced
            if record["type"] == "write":
                store(self._journal, before)
            versions = {"before": _version(before), "after": _version(after)}
            step = {"step": self.run.steps + 1, "temporary": temporary}
            self._append({**record, **step, **versions}, durable=True)
            announced = True

        try:
            replace_file(path, before, after, announce)
        except WriteRefused:
            if announced:
                self._close(wrote=False)
            raise
        self._close(wrote=True)

    def _settle(self, step: Step) -> None:
        """Close a step that another process began: the file tells what came of it."""
        with suppress(OSError):
            # The log is the operator's own; still nothing is ever removed that has not such a name.
            if _TEMPORARY.fullmatch(os.path.basename(step.temporary)):
                os.unlink(step.temporary)
        # What is seen now may not have reached the disk; the log must not be ahead of it.
        sync_folder(os.path.dirname(step.path))
        self._close(wrote=was_written(step))

    def _close(self, *, wrote: bool | None) -> None:
        self._append({"type": "done", "wrote": wrote})

    def _append(self, record: dict[str, Any], *, durable: bool = False) -> None:
        """Write a line; without ``durable`` it lasts once a later one does, or the log is closed."""
        line = line_of(record)
        with told(self._journal.folder):
            write_all(self._descriptor, line)
            if durable:
                os.fsync(self._descriptor)
        self.run.take(record, self.run.end)
        self.run.end += len(line)


class Writer:
    """Writes the files of one run. Its log begins with the first of them; use in a ``with`` block.

    ``scanned`` are the paths that the operator named: nothing outside of them is written.
    """

    def __init__(self, journal: Journal, scanned: Sequence[str]) -> None:
        self._journal = journal
        self._scanned = [real_name(path) for path in scanned] + [os.path.realpath(path) for path in scanned]
        self._stack = ExitStack()
        self._log: Log | None = None

    def __enter__(self) -> Writer:
        with ExitStack() as stack:
            stack.enter_context(self._journal.in_use())
            settle_all(self._journal)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def run(self) -> str | None:
        """The id of the run; None as long as nothing was written."""
        if self._log is None or not (self._log.wrote or self._log.run.files):
            return None
        return self._log.run.id

    def replace(self, path: str, before: bytes, after: bytes, codec: str, taken: Sequence[Taken]) -> None:
        """Keep the original, then replace the file.

        Raises :class:`WriteRefused` and goes on, or :class:`JournalError`: then nothing more may be written.
        """
        real = real_name(path)
        if not any(real == root or real.startswith(os.path.join(root, "")) for root in self._scanned):
            raise WriteRefused("symlink", "the way to the file leads out of the scanned folder")
        if self._log is None:
            self._log = self._stack.enter_context(_new_log(self._journal))
        self._log.write(real, before, after, codec, taken)


def settle_all(journal: Journal) -> None:
    """Close the steps that dead processes left open, and remove their temporary files."""
    for run in run_ids(journal):
        if not is_closed(journal, run):
            # A run that is still going on holds its log, and closes its steps itself.
            with suppress(JournalError), Log(journal, run):
                pass


def real_name(path: str) -> str:
    """The path with every link in its folders resolved; the file itself may be a link."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def _new_log(journal: Journal) -> Log:
    while True:
        ids = run_ids(journal)
        run = new_id(ids[-1] if ids else None)
        with told(journal.folder), suppress(FileExistsError):  # another run began in the same microsecond
            os.close(os.open(log_path(journal, run), NEW_FILE, 0o600))
            return Log(journal, run)


def _version(data: bytes) -> tuple[str, int]:
    return hashlib.sha256(data).hexdigest(), len(data)
