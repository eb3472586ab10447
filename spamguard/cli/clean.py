"""``spamguard clean``."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options, _settings
from spamguard.cli._console import open_output, say, standard_output, style_for
from spamguard.cli._outcome import remaining, removable, show_diff
from spamguard.cli._run import Run
from spamguard.errors import UsageError
from spamguard.report.text import counted
from spamguard.run.walk import STDIN, Entry, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Change the files; 'spamguard undo' puts back what was taken out.")
@click.option("--interactive", "-i", is_flag=True, help="Ask block by block, and change the files accordingly.")
@click.option("--diff", is_flag=True, help="Show a unified diff, which is the default; with --write, of what was done.")
@click.option("--unsafe", is_flag=True, help="Take out blocks that ask for review, too.")
@_options.journal_option
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
    interactive: bool,
    diff: bool,
    unsafe: bool,
    journal: str | None,
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

    The originals of the files that --write changes are kept outside of what is scanned, for 'spamguard undo'.

    Exits with 0 if nothing was found or all of it was removed, 1 if there are findings (left), 2 on errors, 3 if
    something could not be judged. A file that may not be replaced keeps its findings: that is 1.
    """
    writes = write or interactive
    if STDIN in paths and (len(paths) > 1 or interactive or diff):
        raise UsageError("'-' gives the cleaned page: it goes with neither files nor --interactive nor --diff")
    if context.get_parameter_source("format_name") is click.core.ParameterSource.COMMANDLINE and (diff or not writes):
        raise UsageError("--format needs --write without --diff; else a diff is shown ('scan' reports what is found)")
    _settings.warn_of_config(config_file, paths)
    settings = _settings.make_settings(model, max_bytes)
    run = Run(settings, clean=True, unsafe=unsafe or interactive, jobs=jobs, quiet=quiet)
    if list(paths) == [STDIN]:
        _filter(run)
    else:
        selection = _settings.make_selection(paths, include, exclude)
        entries = walk(paths, selection, lambda: _settings.read_stdin(settings.max_bytes))
        if writes:
            # Nothing of the journal is loaded before somebody writes.
            from spamguard.cli._write import Request
            from spamguard.cli._write import write as write_files

            write_files(run, entries, Request(paths, journal, interactive, diff, format_name, color))
        else:
            _show(run, entries, color)
    context.exit(run.state.code(exit_zero=exit_zero))


def _filter(run: Run) -> None:
    """Pass standard input through. What cannot be judged passes unchanged: a pipe must not swallow a page."""
    entry = _settings.read_stdin(run.settings.max_bytes)
    output = standard_output()
    for outcome in run.outcomes([entry]):
        changed = outcome.after is not None
        removed = removable(outcome.report, unsafe=run.unsafe) if changed else frozenset()
        run.state.add(outcome.report, remaining=remaining(outcome.report, removed))
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
                would_go += len(removable(report, unsafe=run.unsafe))
                show_diff(out, style, report, outcome.before, outcome.after)
            elif not run.quiet and report.reason is not None:
                say(f"{report.path}: {report.verdict}: {report.reason}")
    if not run.quiet and run.state.seen:
        found = counted(run.tally.blocks.total(), "block")
        hint = "; --write takes them out" if would_go else ""
        say(f"{counted(run.tally.judged, 'file')} judged; {found} found, {would_go} would go{hint}")
