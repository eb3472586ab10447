"""The group of all commands."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import click

from spamguard import __version__
from spamguard.cli._ends import told

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
                self.add_command(getattr(import_module(f"{__package__}.{name}"), name))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort):
            raise
        except (Exception, KeyboardInterrupt) as error:
            return ctx.exit(told(error))


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find search-engine spam injected into honest web pages, say why it is spam, and cut exactly it out."""
