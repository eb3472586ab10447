"""What ``clean`` took or would take out of a file, what is left, and the patch between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.report.diff import for_terminal, unified_diff
from spamguard.run.exitcodes import has_findings

if TYPE_CHECKING:
    from spamguard.cli._console import Output
    from spamguard.report.style import Style
    from spamguard.verdicts import FileReport


def removable(report: FileReport, *, unsafe: bool) -> frozenset[str]:
    """The ids of the findings that are taken out unasked."""
    return frozenset(f.id for f in report.findings if f.edits and (unsafe or f.disposition == "safe"))


def remaining(report: FileReport, removed: frozenset[str]) -> bool:
    """Tell whether spam is left; a doorway without named blocks stays what it was."""
    return any(f.id not in removed for f in report.findings) or (not report.findings and has_findings(report))


def show_diff(out: Output, style: Style, report: FileReport, before: bytes, after: bytes) -> None:
    """Write a patch; on a terminal something to look at instead."""
    diff = unified_diff(report.path, before, after)
    if diff and (out.terminal or style.color):
        out.text(for_terminal(diff, report.encoding, style))
    else:
        out.data(diff)
