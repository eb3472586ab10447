"""The counts behind a closing summary line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spamguard.verdicts import FileReport


class Tally:
    """Counts over all reports of a run; the reports themselves are not kept."""

    def __init__(self) -> None:
        self.judged = 0
        self.size = 0
        """Bytes of the judged files."""
        self.verdicts: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        """Reason to number of files."""
        self.blocks: Counter[str] = Counter()
        """Disposition to number of findings."""

    def add(self, report: FileReport) -> None:
        """Count one report."""
        if report.verdict == "skipped":
            self.skipped[report.reason or "unknown"] += 1
            return
        self.judged += 1
        self.size += report.size
        self.verdicts[report.verdict] += 1
        self.blocks.update(finding.disposition for finding in report.findings)
