"""The command line. One small file a command; nothing heavy is imported before a page is judged."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING, Any

from spamguard.cli import _plain

if TYPE_CHECKING:
    from spamguard.cli._group import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Run the program; ends the process."""
    # All memory is about to be given back: Python need not look through it for garbage once more.
    atexit.register(gc.freeze)
    code = _plain.scan(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from spamguard.cli._group import cli

    cli.main(prog_name="spamguard")


def __getattr__(name: str) -> Any:
    if name == "cli":
        from spamguard.cli._group import cli

        return cli
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
