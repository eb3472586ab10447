"""``clean --write`` and ``--interactive``: originals into the journal, pages into place, and what to say of it."""

from __future__ import annotations

import dataclasses
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from spamguard.cli._console import open_output, say, style_for
from spamguard.cli._outcome import remaining, removable, show_diff
from spamguard.removal.chosen import codec_on_disk, edits_made, in_order
from spamguard.removal.splice import splice
from spamguard.report import FORMATS
from spamguard.report.text import counted
from spamguard.run.files import WriteRefused
from spamguard.run.journal import default_folder, prepare, refuse_scanned
from spamguard.run.runlog import Taken
from spamguard.run.steps import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.cli._run import Run
    from spamguard.report import Reporter
    from spamguard.report.style import Style
    from spamguard.run.runner import Outcome
    from spamguard.run.walk import Entry
    from spamguard.verdicts import FileReport

_REPLACED = frozenset({"changed", "vanished"})
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Done:
    """One file after its turn: ``report`` says why if it was refused, ``removed`` are the ids of what went."""

    report: FileReport
    removed: frozenset[str] = _NOTHING
    before: bytes = b""
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Request:
    """How ``clean`` was asked to write. With ``diff`` the output is a patch of what was done, not a report."""

    paths: Sequence[str]
    journal: str | None
    interactive: bool
    diff: bool
    format_name: str
    color: str


def write(run: Run, entries: Iterable[Entry], request: Request) -> None:
    """Judge, ask if that is wanted, write, report. Whatever ends it, the operator learns how to undo it."""
    folder = default_folder() if request.journal is None else request.journal
    refuse_scanned(folder, request.paths)
    chooser = _chooser(run, request)
    went = 0
    with open_output(None) as out, Writer(prepare(folder), request.paths) as writer:
        style = style_for(out, request.color, quiet=run.quiet)
        reporter = _reporter(request, style)
        try:
            out.text(reporter.begin() if reporter is not None else "")
            for outcome in run.outcomes(entries):
                done = _write_one(run, outcome, writer, chooser)
                went += len(done.removed)
                if reporter is not None:
                    out.text(reporter.file(done.report, done.removed))
                elif request.diff:
                    show_diff(out, style, done.report, done.before, done.after)
                if chooser.stopped:
                    break
            out.text(reporter.end(run.tally) if reporter is not None else "")
        finally:
            _say_what_went(run, went, request, writer.run, counts=reporter is None)


class _Chooser(Protocol):
    """Says which findings of a file are taken out, by their ids."""

    @property
    def stopped(self) -> bool:
        """Whether no further file is wanted."""

    def choose(self, report: FileReport, data: bytes) -> frozenset[str]:
        """Choose for one file that has something to take out."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Chooses what is safe, or everything."""

    unsafe: bool
    stopped: bool = False

    def choose(self, report: FileReport, data: bytes) -> frozenset[str]:  # noqa: ARG002 - a rule needs no look
        return removable(report, unsafe=self.unsafe)


def _chooser(run: Run, request: Request) -> _Chooser:
    if not request.interactive:
        return _Rule(run.unsafe)
    from spamguard.cli._interactive import make_asker, require_terminal

    require_terminal()
    return make_asker(request.color)


def _reporter(request: Request, style: Style) -> Reporter | None:
    # Whoever was asked about every block has seen them: a report for people would say it all again.
    if request.diff or (request.interactive and request.format_name == "text"):
        return None
    return FORMATS[request.format_name](style)


def _write_one(run: Run, outcome: Outcome, writer: Writer, chooser: _Chooser) -> _Done:
    report, before = outcome.report, outcome.before
    wanted = chooser.choose(report, before) if before is not None else _NOTHING
    if before is None or not wanted:
        run.state.add(report, remaining=remaining(report, _NOTHING))
        return _Done(report)
    chosen = [finding for finding in report.findings if finding.id in wanted]
    made = edits_made(chosen)
    codec = codec_on_disk(report.encoding)
    after = splice(before, in_order(made.values()), codec)
    taken = [Taken(one.id, one.rule, one.category, one.line, made[one.id]) for one in chosen]
    try:
        writer.replace(report.path, before, after, codec, taken)
    except WriteRefused as error:
        say(f"{report.path}: not written: {error}")
        # Bytes that nobody has judged are in the file's place now; any other refusal leaves the findings there.
        replaced = error.reason in _REPLACED
        run.state.unjudged |= replaced
        run.state.add(report, remaining=not replaced)
        return _Done(dataclasses.replace(report, reason=error.reason))
    run.state.add(report, remaining=remaining(report, wanted))
    return _Done(report, wanted, before, after)


def _say_what_went(run: Run, went: int, request: Request, written: str | None, *, counts: bool) -> None:
    if run.quiet:
        return
    if counts:
        found = counted(run.tally.blocks.total(), "block")
        say(f"{counted(run.tally.judged, 'file')} judged; {found} found, {went} taken out")
    if written is not None:
        place = "" if request.journal is None else f" --journal {shlex.quote(request.journal)}"
        say(f"undo with: spamguard undo {written}{place}")
