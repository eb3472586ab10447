"""``spamguard scan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options
from spamguard.cli._scan import scan_paths

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
    code = scan_paths(
        paths,
        format_name=format_name,
        output=output,
        exit_zero=exit_zero,
        include=include,
        exclude=exclude,
        jobs=jobs,
        max_bytes=max_bytes,
        model=model,
        config_file=config_file,
        quiet=quiet,
        color=color,
    )
    context.exit(code)
