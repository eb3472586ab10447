"""The command line. One small file a command; nothing heavy is imported before a page is judged."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

import click

from spamguard import __version__
from spamguard.cli._console import say
from spamguard.errors import SpamguardError
from spamguard.run import exitcodes

__all__ = ["cli", "main"]

_COMMANDS: Final = ("clean", "corpus", "evaluate", "explain", "fetch", "scan", "train", "undo")
"""Each is a function of the file that has its name."""


class _Group(click.Group):
    """Gives every way a command can end its exit code; left to itself, click exits with 1, which means findings.

    A command is imported when it is asked for: a scan starts faster without the others.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # For a name that is none of them click suggests one of those that the group holds.
        for name in (cmd_name,) if cmd_name in _COMMANDS else _COMMANDS:
            if name not in self.commands:
                self.add_command(getattr(import_module(f"{__name__}.{name}"), name))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpamguardError as error:
            say(f"error: {error}")
        except click.ClickException as error:
            error.show()
        except KeyboardInterrupt:
            click.echo(err=True)
            ctx.exit(exitcodes.INTERRUPTED)
        except BrokenPipeError:
            _drop_output()
            ctx.exit(exitcodes.BROKEN_PIPE)
        except OSError as error:
            say(f"error: {error}")
            _flush_or_drop_output()
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            import traceback

            for line in traceback.format_exc().splitlines():
                say(line)
            say(f"error: internal error: {type(error).__name__}: {error}")
        return ctx.exit(exitcodes.ERROR)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find search-engine spam injected into honest web pages, say why it is spam, and cut exactly it out."""


def main() -> None:
    """Run the program; ends the process."""
    # All memory is about to be given back: Python need not look through it for garbage once more.
    atexit.register(gc.freeze)
    cli.main(prog_name="spamguard")


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
