"""Options that several commands share, and what is made of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from spamguard.cli._console import say
from spamguard.errors import UsageError
from spamguard.report import FORMATS
from spamguard.run import config
from spamguard.run.walk import STDIN, Entry, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spamguard.guard import Settings

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _read_config(context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """Let the configuration file supply defaults, which the command line beats."""
    found = config.load(Path(), path)
    names = {flag: parameter.name for parameter in context.command.params for flag in parameter.opts}
    # A key that another command knows is no mistake.
    context.default_map = {names[f"--{k}"]: value for k, value in found.values.items() if names.get(f"--{k}")}
    return found.source


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


def make_settings(model: Path | None, max_bytes: int | None) -> Settings:
    """Make settings; whatever was not asked for has its default."""
    # NumPy starts a thread for every core when it is imported, which takes a fifth of the time of a scan of one page;
    # the matrices of a page are too small for more than one to help.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from spamguard.guard import Settings

    return Settings(model=model, max_bytes=Settings().max_bytes if max_bytes is None else max_bytes)


def make_selection(
    paths: Sequence[str], include: Sequence[str], exclude: Sequence[str], output: Path | None = None
) -> Selection:
    """Which files of the folders among ``paths`` are taken; never the ``output`` of this very run."""
    own = frozenset() if output is None else frozenset({os.path.realpath(output)})
    if any(os.path.realpath(path) in own for path in paths):
        raise UsageError(f"{output} cannot be both read and written")
    return Selection(tuple(include), tuple(exclude), own)


def warn_of_config(config_file: Path | None, paths: Sequence[str]) -> None:
    """Say so if options came from a file that whoever wrote the scanned tree may have written too."""
    if config_file is None:
        return
    folder = os.path.realpath(config_file.parent)
    roots = [os.path.realpath(path) for path in paths if path != STDIN and Path(path).is_dir()]
    if any(os.path.commonpath([root, folder]) == root for root in roots):
        say(f"note: options were read from {config_file}, which lies inside a scanned folder")


def read_stdin(max_bytes: int) -> Entry:
    """Read standard input up to one byte more than ``max_bytes``; what has more is skipped."""
    try:
        data = sys.stdin.buffer.read(max_bytes + 1)
    except (OSError, AttributeError):  # a folder, or closed
        return Entry(STDIN, skipped="unreadable")
    return Entry(STDIN, data, skipped="too-large" if len(data) > max_bytes else None)
