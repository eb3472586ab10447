"""Output formats. A new one is a file with a :class:`Reporter` and a line in ``FORMATS``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from spamguard.report.jsonl import JsonlReporter
from spamguard.report.text import TextReporter

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.report.style import Style
    from spamguard.report.tally import Tally
    from spamguard.verdicts import FileReport

__all__ = ["FORMATS", "Reporter"]


class Reporter(Protocol):
    """Turns reports into text, one after the other; the pieces put together are the whole output."""

    def begin(self) -> str:
        """Return what stands before the first file."""

    def file(self, report: FileReport, removed: frozenset[str] = frozenset()) -> str:
        """Describe one file; ``removed`` are the ids of findings that were just cut out of it."""

    def end(self, tally: Tally) -> str:
        """Return what stands after the last file."""


FORMATS: dict[str, Callable[[Style], Reporter]] = {
    "text": TextReporter,
    "jsonl": JsonlReporter,
}
"""``--format`` names."""
