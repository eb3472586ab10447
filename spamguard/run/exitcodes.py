"""The contract's exit codes of ``scan`` and ``clean``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spamguard.verdicts import FileReport

CLEAN = 0
FINDINGS = 1
ERROR = 2
UNJUDGED = 3
BROKEN_PIPE = 141
"""What a shell shows for a program ended by SIGPIPE."""
INTERRUPTED = 130


class ExitState:
    """What the exit code of a run depends on, gathered file by file."""

    def __init__(self, *, error: bool = False) -> None:
        self.seen = 0
        self.findings = False
        self.error = error
        self.unjudged = False

    def add(self, report: FileReport, *, remaining: bool | None = None) -> None:
        """Take one report into account; ``remaining`` overrides whether spam is (still) in the file."""
        self.seen += 1
        self.unjudged |= report.verdict == "skipped"
        self.findings |= has_findings(report) if remaining is None else remaining

    def code(self, *, exit_zero: bool = False) -> int:
        """2 beats 1 beats 3 beats 0; ``exit_zero`` turns 1 into 0."""
        if self.error:
            return ERROR
        if self.findings:
            return CLEAN if exit_zero else FINDINGS
        return UNJUDGED if self.unjudged or not self.seen else CLEAN


def has_findings(report: FileReport) -> bool:
    """Tell whether a report speaks of spam: a doorway counts even where no block of it is named."""
    return bool(report.findings) or report.verdict in {"infected", "spam"}
