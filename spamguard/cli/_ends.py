"""How a command ends that something went wrong in: what is said, and the exit code."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress

import click

from spamguard.cli._console import say
from spamguard.errors import SpamguardError
from spamguard.run import exitcodes


def told(error: Exception | KeyboardInterrupt) -> int:
    """Say what went wrong; returns the exit code. Left to itself, click exits with 1, which means findings."""
    match error:
        case SpamguardError():
            say(f"error: {error}")
        case click.ClickException():
            error.show()
        case KeyboardInterrupt():
            click.echo(err=True)
            return exitcodes.INTERRUPTED
        case BrokenPipeError():
            _drop_output()
            return exitcodes.BROKEN_PIPE
        case OSError():
            say(f"error: {error}")
            _flush_or_drop_output()
        case _:
            for line in "".join(traceback.format_exception(error)).splitlines():
                say(line)
            say(f"error: internal error: {type(error).__name__}: {error}")
    return exitcodes.ERROR


def _flush_or_drop_output() -> None:
    """Write what is still buffered; on a full disk drop it, or Python would fail once more and exit with 120."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python would complain about the broken pipe once more at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
