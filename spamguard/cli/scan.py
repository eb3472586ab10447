"""``spamguard scan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options
from spamguard.cli._console import open_output, style_for
from spamguard.cli._run import Run
from spamguard.report import FORMATS
from spamguard.run.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@_options.format_option
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE.")
@_options.exit_zero_option
@_options.walk_options
@_options.model_options
@_options.config_option
@_options.quiet_option
@_options.color_option
@click.pass_context
def scan(
    context: click.Context,
    paths: Sequence[str],
    format_name: str,
    output: Path | None,
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
    """Judge files; folders are walked, - is standard input.

    Exits with 0 if nothing was found, 1 if there are findings, 2 on errors, 3 if something could not be judged.
    """
    _options.warn_of_config(config_file, paths)
    settings = _options.make_settings(model, max_bytes)
    selection = _options.make_selection(paths, include, exclude, output)
    entries = walk(paths, selection, lambda: _options.read_stdin(settings.max_bytes))
    run = Run(settings, jobs=jobs, quiet=quiet)
    with open_output(output) as out:
        reporter = FORMATS[format_name](style_for(out, color, quiet=quiet))
        out.text(reporter.begin())
        for outcome in run.outcomes(entries):
            run.state.add(outcome.report)
            out.text(reporter.file(outcome.report))
        out.text(reporter.end(run.tally))
    context.exit(run.state.code(exit_zero=exit_zero))
