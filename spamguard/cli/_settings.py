"""What the options of several commands are made into."""

# Paths are strings here, as in run/walk.py.
# ruff: noqa: PTH112, PTH120
from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from spamguard.cli._console import say
from spamguard.errors import UsageError
from spamguard.run.walk import STDIN, Entry, Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spamguard.guard import Settings


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


def warn_of_config(config_file: str | Path | None, paths: Sequence[str]) -> None:
    """Say so if options came from a file that whoever wrote the scanned tree may have written too."""
    if config_file is None:
        return
    folder = os.path.realpath(os.path.dirname(config_file))
    roots = [os.path.realpath(path) for path in paths if path != STDIN and os.path.isdir(path)]
    if any(os.path.commonpath([root, folder]) == root for root in roots):
        say(f"note: options were read from {config_file}, which lies inside a scanned folder")


def read_stdin(max_bytes: int) -> Entry:
    """Read standard input up to one byte more than ``max_bytes``; what has more is skipped."""
    try:
        data = sys.stdin.buffer.read(max_bytes + 1)
    except (OSError, AttributeError):  # a folder, or closed
        return Entry(STDIN, skipped="unreadable")
    return Entry(STDIN, data, skipped="too-large" if len(data) > max_bytes else None)
