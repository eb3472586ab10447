"""Where output goes: standard output or a file, and a progress line for those who watch."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from spamguard.errors import UsageError
from spamguard.report.sanitize import escaped
from spamguard.report.style import Style
from spamguard.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_Outcome = TypeVar("_Outcome")
_WIDTH = 120
_REDRAW_SECONDS = 0.1
_CLEAR = "\r\x1b[K"


class Output(NamedTuple):
    """A binary stream that also takes text: no character is too strange for the stream's encoding."""

    stream: IO[bytes]
    encoding: str
    terminal: bool

    def text(self, text: str) -> None:
        """Write text; what the encoding lacks becomes a backslash escape."""
        self.data(text.encode(self.encoding, "backslashreplace"))

    def data(self, data: bytes) -> None:
        """Write bytes as they are."""
        self.stream.write(data)
        if self.terminal:
            self.stream.flush()


@contextmanager
def open_output(path: Path | None) -> Iterator[Output]:
    """Open the file at ``path`` (as UTF-8), or take standard output; it is flushed at the end."""
    if path is None:
        output = standard_output()
        yield output
        output.stream.flush()
        return
    try:
        stream = path.open("wb")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    with stream:
        yield Output(stream, "utf-8", terminal=False)


def standard_output() -> Output:
    """Wrap standard output in its own encoding."""
    if sys.stdout is None:
        raise UsageError("standard output is closed")
    return Output(sys.stdout.buffer, sys.stdout.encoding, terminal=sys.stdout.isatty())


def standard_error() -> Output:
    """Wrap standard error in its own encoding."""
    if sys.stderr is None:
        raise UsageError("standard error is closed")
    return Output(sys.stderr.buffer, sys.stderr.encoding, terminal=sys.stderr.isatty())


def style_for(output: Output, color: str, *, quiet: bool = False) -> Style:
    """Fit a style to where the output goes; ``color`` is ``auto``, ``always`` or ``never``."""
    watched = output.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = _WIDTH
    if output.terminal:
        from shutil import get_terminal_size  # imports what packs archives

        width = get_terminal_size((_WIDTH, 24)).columns
    return Style(width, color == "always" or (color == "auto" and watched), quiet)


def say(message: str) -> None:
    """Print one line on standard error. Names in it may be the attacker's: it is escaped."""
    _tell(f"spamguard: {escaped(message)}\n")


class Progress:
    """One line on standard error, rewritten now and then; silent unless somebody watches."""

    def __init__(self, quiet: bool, noun: str = "file") -> None:
        self._noun = noun
        self._done = 0
        self._drawn = 0.0
        self._watched = not quiet and sys.stderr is not None and sys.stderr.isatty()

    def watch(self, outcomes: Iterable[_Outcome]) -> Iterator[_Outcome]:
        """Pass outcomes on, counting them; the line is wiped before each so that reports do not run into it."""
        for outcome in outcomes:
            if self._watched:
                _tell(_CLEAR)
            yield outcome
            self._done += 1
            self._draw()
        if self._watched:
            _tell(_CLEAR)

    def _draw(self) -> None:
        now = time.monotonic()
        if self._watched and now - self._drawn >= _REDRAW_SECONDS:
            self._drawn = now
            _tell(f"{_CLEAR}{counted(self._done, self._noun)}")


def _tell(text: str) -> None:
    import click  # a scan that has nothing to say starts faster without

    click.echo(text, err=True, nl=False)
