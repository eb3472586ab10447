"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from spamguard.report import FORMATS
from spamguard.run import config

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _read_config(context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """Let the configuration file supply defaults, which the command line beats."""
    found = config.load("", path)
    names = {flag: parameter.name for parameter in context.command.params for flag in parameter.opts}
    # A key that another command knows is no mistake.
    context.default_map = {names[f"--{k}"]: value for k, value in found.values.items() if names.get(f"--{k}")}
    return None if found.source is None else Path(found.source)


config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    is_eager=True,
    callback=_read_config,
    help="Read options from FILE instead of spamguard.toml or pyproject.toml in the working directory.",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output.",
)
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
journal_option = click.option(
    "--journal",
    metavar="DIR",
    help="Keep originals in DIR, not in the state folder of this user. It must lie outside of what is scanned.",
)
quiet_option = click.option("--quiet/--no-quiet", "-q", help="Say nothing but what was found.")
exit_zero_option = click.option("--exit-zero/--no-exit-zero", help="Exit with 0 instead of 1 when there are findings.")


def model_options(command: _Command) -> _Command:
    """Add what decides how one page is judged."""
    for option in (
        click.option("--max-bytes", type=click.IntRange(min=1), help="Skip larger files."),
        click.option("--model", type=click.Path(path_type=Path), metavar="DIR", help="Use another model."),
    ):
        command = option(command)
    return command


def walk_options(command: _Command) -> _Command:
    """Add what decides which files are judged, and on how many cores."""
    for option in (
        click.option(
            "--jobs", "-j", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 for all cores."
        ),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files and folders. Repeatable."),
        click.option(
            "--include",
            multiple=True,
            metavar="GLOB",
            help="Take these files, not the usual suffixes. Repeatable.",
        ),
    ):
        command = option(command)
    return command
