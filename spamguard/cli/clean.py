"""``spamguard clean``."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options
from spamguard.cli._console import open_output, say, standard_output, style_for
from spamguard.cli._run import Run
from spamguard.errors import UsageError
from spamguard.report import FORMATS
from spamguard.report.diff import for_terminal, unified_diff
from spamguard.report.text import counted
from spamguard.run.exitcodes import has_findings
from spamguard.run.files import WriteRefused, replace_file
from spamguard.run.walk import STDIN, Entry, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from spamguard.findings import FileReport
    from spamguard.run.runner import Outcome

_REPLACED = frozenset({"changed", "vanished"})
_NOTHING: frozenset[str] = frozenset()


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Change the files instead of showing what would go.")
@click.option("--unsafe", is_flag=True, help="Take out blocks that ask for review, too.")
@_options.format_option
@_options.exit_zero_option
@_options.walk_options
@_options.model_options
@_options.config_option
@_options.quiet_option
@_options.color_option
@click.pass_context
def clean(
    context: click.Context,
    paths: Sequence[str],
    write: bool,
    unsafe: bool,
    format_name: str,
    exit_zero: bool,
    include: Sequence[str],
    exclude: Sequence[str],
    jobs: int,
    max_bytes: int | None,
    model: Path | None,
    config_file: Path | None,
    quiet: bool,
    color: str,
) -> None:
    """Show as a unified diff what would go; with --write, take it out.

    With - the page is read from standard input and the cleaned page written to standard output.

    Exits with 0 if nothing was found or all of it was removed, 1 if there are findings (left), 2 on errors, 3 if
    something could not be judged. A file that may not be replaced keeps its findings: that is 1.
    """
    if STDIN in paths and len(paths) > 1:
        raise UsageError("'-' cannot be cleaned together with files")
    if not write and context.get_parameter_source("format_name") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("--format needs --write; without it a diff is shown ('scan' reports what is found)")
    _options.warn_of_config(config_file, paths)
    settings = _options.make_settings(model, max_bytes)
    run = Run(settings, clean=True, unsafe=unsafe, jobs=jobs, quiet=quiet)
    if list(paths) == [STDIN]:
        _filter(run)
    else:
        selection = _options.make_selection(paths, include, exclude)
        entries = walk(paths, selection, lambda: _options.read_stdin(settings.max_bytes))
        if write:
            _write(run, entries, format_name, color)
        else:
            _show(run, entries, color)
    context.exit(run.state.code(exit_zero=exit_zero))


def _filter(run: Run) -> None:
    """Pass standard input through. What cannot be judged passes unchanged: a pipe must not swallow a page."""
    entry = _options.read_stdin(run.settings.max_bytes)
    output = standard_output()
    for outcome in run.outcomes([entry]):
        changed = outcome.after is not None
        removed = _removed(outcome.report, unsafe=run.unsafe) if changed else _NOTHING
        run.state.add(outcome.report, remaining=_remaining(outcome.report, removed))
        output.data(outcome.after if outcome.after is not None else entry.data or b"")
    if entry.skipped == "too-large":
        shutil.copyfileobj(sys.stdin.buffer, output.stream)
    output.stream.flush()


def _show(run: Run, entries: Iterable[Entry], color: str) -> None:
    would_go = 0
    with open_output(None) as out:
        style = style_for(out, color)
        for outcome in run.outcomes(entries):
            report = outcome.report
            run.state.add(report)
            if outcome.before is not None and outcome.after is not None:
                would_go += len(_removed(report, unsafe=run.unsafe))
                diff = unified_diff(report.path, outcome.before, outcome.after)
                if out.terminal or style.color:
                    out.text(for_terminal(diff, report.encoding, style))
                else:
                    out.data(diff)
            elif not run.quiet and report.reason is not None:
                say(f"{report.path}: {report.verdict}: {report.reason}")
    if not run.quiet and run.state.seen:
        found = counted(run.tally.blocks.total(), "block")
        hint = "; --write takes them out" if would_go else ""
        say(f"{counted(run.tally.judged, 'file')} judged; {found} found, {would_go} would go{hint}")


def _write(run: Run, entries: Iterable[Entry], format_name: str, color: str) -> None:
    with open_output(None) as out:
        reporter = FORMATS[format_name](style_for(out, color, quiet=run.quiet))
        out.text(reporter.begin())
        for outcome in run.outcomes(entries):
            report, removed = _write_one(run, outcome)
            out.text(reporter.file(report, removed))
        out.text(reporter.end(run.tally))


def _write_one(run: Run, outcome: Outcome) -> tuple[FileReport, frozenset[str]]:
    """Write one file; returns its report, which says why if it was refused, and the ids of what went."""
    report = outcome.report
    removed = _NOTHING
    if outcome.before is not None and outcome.after is not None:
        try:
            replace_file(report.path, outcome.before, outcome.after)
        except WriteRefused as error:
            say(f"{report.path}: not written: {error}")
            # Bytes that nobody has judged are in the file's place now; any other refusal leaves the findings there.
            replaced = error.reason in _REPLACED
            run.state.unjudged |= replaced
            run.state.add(report, remaining=not replaced)
            return dataclasses.replace(report, reason=error.reason), _NOTHING
        removed = _removed(report, unsafe=run.unsafe)
    run.state.add(report, remaining=_remaining(report, removed))
    return report, removed


def _removed(report: FileReport, *, unsafe: bool) -> frozenset[str]:
    return frozenset(f.id for f in report.findings if f.edits and (unsafe or f.disposition == "safe"))


def _remaining(report: FileReport, removed: frozenset[str]) -> bool:
    """Tell whether spam is left; a doorway without named blocks stays what it was."""
    return any(f.id not in removed for f in report.findings) or (not report.findings and has_findings(report))
