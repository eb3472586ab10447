"""``spamguard undo``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options
from spamguard.cli._console import open_output, say
from spamguard.errors import UsageError
from spamguard.report.sanitize import escaped
from spamguard.report.text import counted
from spamguard.run import exitcodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.run.journal import Journal
    from spamguard.run.runlog import Run
    from spamguard.run.undo import Wish

_WHEN = "%Y-%m-%d %H:%M:%S UTC"
_ROW = "{:<22}  {:<23}  {:>7}  {:>12}  {}"


@click.command()
@click.argument("run", required=False)
@click.option("--file", "file", metavar="PATH", help="Put back this file only.")
@click.option("--finding", metavar="ID", help="Put back this finding only, in every file that the run cut it out of.")
@click.option("--list", "show", is_flag=True, help="Show all runs; with RUN its files and findings.")
@click.option("--dry-run", is_flag=True, help="Say what would be put back; change nothing.")
@click.option("--prune", type=click.IntRange(min=0), metavar="DAYS", help="Forget runs older than DAYS days for good.")
@_options.journal_option
@_options.quiet_option
@click.pass_context
def undo(
    context: click.Context,
    run: str | None,
    file: str | None,
    finding: str | None,
    show: bool,
    dry_run: bool,
    prune: int | None,
    journal: str | None,
    quiet: bool,
) -> None:
    """Put back what a run of 'clean --write' took out: the last run, or RUN (an id, or how it begins).

    A file that has changed since is left alone. Undoing twice, or again after a crash, does no harm.

    Exits with 0 if all is put back, 1 if some file was left alone, 2 on errors and if there is nothing to undo.
    """
    from spamguard.run.journal import default_folder, existing
    from spamguard.run.undo import Wish, chosen_run, tidy
    from spamguard.run.undo import prune as remove_old

    narrowed = file is not None or finding is not None
    if ((show or prune is not None) and (narrowed or dry_run)) or (prune is not None and (show or run is not None)):
        raise UsageError("--list and --prune stand alone; --list may have a RUN")
    kept = existing(default_folder() if journal is None else journal)
    if prune is not None:
        gone = remove_old(kept, prune)
        if not quiet:
            say(f"{counted(len(gone.runs), 'run')} and {counted(gone.objects, 'original')} removed")
    elif show:
        with open_output(None) as out:
            for line in _all_runs(kept) if run is None else _one_run(kept, chosen_run(kept, run)):
                out.text(f"{line}\n")
    else:
        if not dry_run:
            tidy(kept)
        code = _put_back(kept, chosen_run(kept, run), Wish(file, finding), dry=dry_run, quiet=quiet)
        context.exit(code)


def _put_back(journal: Journal, run: Run, wish: Wish, *, dry: bool, quiet: bool) -> int:
    from spamguard.run.undo import put_back

    outcomes: Counter[str] = Counter()
    with open_output(None) as out:
        for result in put_back(journal, run, wish, dry=dry):
            outcomes[result.outcome] += 1
            if result.outcome == "left alone":
                say(f"{result.path}: left alone: {result.why}")
            elif result.outcome == "put back" and not quiet:
                out.text(f"{'would put back' if dry else 'put back'} {escaped(result.path)}\n")
    if run.damaged:
        say(
            f"{counted(run.damaged, 'line')} of the log of run {run.id} cannot be read: what they tell of is left alone"
        )
    if outcomes.keys() <= {"already"} and not run.damaged:
        raise UsageError(f"nothing to undo: run {run.id} is put back already; 'undo --list' shows the others")
    if not quiet:
        shown = ", ".join(f"{counted(count, 'file')} {outcome}" for outcome, count in sorted(outcomes.items()))
        say(f"run {run.id}: {shown}{' (nothing was changed: --dry-run)' if dry else ''}")
    return exitcodes.FINDINGS if outcomes["left alone"] or run.damaged else exitcodes.CLEAN


def _all_runs(journal: Journal) -> Iterator[str]:
    from spamguard.run.runlog import run_ids
    from spamguard.run.undo import looked_at

    yield _ROW.format("run", "begun", "files", "bytes out", "now")
    for one in reversed(run_ids(journal)):
        run = looked_at(journal, one)
        if run.files or run.damaged:
            files = run.files.values()
            size = sum(kept.original.size - kept.cleaned.size for kept in files)
            yield _ROW.format(run.id, run.started.strftime(_WHEN), f"{len(files):,}", f"{size:,}", _state(run))


def _state(run: Run) -> str:
    """What a log says of where its files stand now."""
    files = run.files.values()
    back = sum(kept.put_back is None for kept in files)
    parts = ["taken out" if not back else "put back" if back == len(files) else f"{counted(back, 'file')} put back"]
    if some := sum(bool(kept.put_back) for kept in files):
        parts.append(f"{counted(some, 'file')} in part")
    if unsure := sum(not kept.sure for kept in files):
        parts.append(f"{counted(unsure, 'file')} of which it is not known whether it was written")
    if run.damaged:
        parts.append(f"{counted(run.damaged, 'line')} of its log cannot be read")
    return ", ".join(parts)


def _one_run(journal: Journal, run: Run) -> Iterator[str]:
    from spamguard.run.runlog import details
    from spamguard.run.undo import state_now

    for kept in run.files.values():
        words, back = state_now(kept)
        yield f"{escaped(kept.path)}: {words}"
        for taken in details(journal, run.id, kept)[1]:
            size = sum(edit.end - edit.start for edit in taken.edits)
            where = "put back" if back is None or taken.id in back else "taken out"
            yield f"    {taken.id}  line {taken.line}  {taken.category} [{taken.rule}]  {counted(size, 'byte')} {where}"
