"""``spamguard scan PATH ...`` without an option: what is run most often, for one page after the other.

click takes a tenth of the time of such a run. Whatever it is needed for is left to it: options on the command line or
in a file, completion in a shell, and Windows, where it expands patterns.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from spamguard.cli._unused import left_alone
from spamguard.run.walk import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPLETION = "_SPAMGUARD_COMPLETE"
"""Set by a shell that asks how a line may go on."""


def scan(arguments: Sequence[str]) -> int | None:
    """Scan and report as :func:`spamguard.cli.scan.scan` does; the exit code, or None where click has to be asked."""
    if not _is_plain(arguments):
        return None
    # Of what a start makes nothing is garbage, and Python would look for some fifty times: a twentieth of the time that
    # the scan of one page takes. ``_run.py`` lets it look again once the first page is judged.
    gc.disable()
    try:
        with left_alone():
            from spamguard.cli._scan import scan_paths
            from spamguard.run import config

            found = config.load("")
            return None if found.values else scan_paths(arguments[1:], config_file=found.source)
    except (Exception, KeyboardInterrupt) as error:
        from spamguard.cli._ends import told

        return told(error)
    finally:
        gc.enable()


def _is_plain(arguments: Sequence[str]) -> bool:
    if len(arguments) < 2 or arguments[0] != "scan" or os.name == "nt" or _COMPLETION in os.environ:
        return False
    return all(path == STDIN or not path.startswith("-") for path in arguments[1:])
