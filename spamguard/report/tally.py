"""The counts behind a closing summary line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spamguard.verdicts import FileReport


@dataclass(slots=True)
class Tally:
    """Counts over all reports of a run; the reports themselves are not kept."""

    judged: int = 0
    size: int = 0
    """Bytes of the judged files."""
    verdicts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """Reason to number of files."""
    blocks: Counter[str] = field(default_factory=Counter)
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
