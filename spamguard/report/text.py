"""``--format text``: what an operator reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.report.sanitize import cut, escaped, excerpt

if TYPE_CHECKING:
    from collections import Counter

    from spamguard.findings import Finding
    from spamguard.report.style import Style
    from spamguard.report.tally import Tally
    from spamguard.verdicts import FileReport

_INDENT = "    "
_REASONS_SHOWN = 3


class TextReporter:
    """``path:line:column: verdict category confidence disposition``, an excerpt, and the strongest reasons."""

    def __init__(self, style: Style, noun: str = "file") -> None:
        self._style = style
        self._noun = noun

    def begin(self) -> str:
        """Return nothing."""
        return ""

    def file(self, report: FileReport, removed: frozenset[str] = frozenset()) -> str:
        """Describe all findings of a file; a clean file is only counted."""
        lines = [
            line
            for finding in report.findings
            for line in finding_lines(report, finding, self._style, removed=finding.id in removed)
        ]
        # A reason is said once: on its own line when the findings do not show it.
        if report.verdict in {"spam", "native", "skipped"} or (report.reason is not None and report.findings):
            lines.extend(self._page_line(report))
        return "".join(f"{line}\n" for line in lines)

    def end(self, tally: Tally) -> str:
        """Return the closing summary line."""
        if self._style.quiet:
            return ""
        parts = [f"{counted(tally.judged, self._noun)} judged", f"{tally.verdicts['infected']} infected"]
        parts.extend(f"{tally.verdicts[v]} {v}" for v in ("spam", "native") if tally.verdicts[v])
        parts.append(_skipped(tally.skipped))
        parts.append(f"blocks: {tally.blocks['safe']} safe, {tally.blocks['review']} review")
        parts.append(counted(tally.size, "byte"))
        return "; ".join(parts) + "\n"

    def _page_line(self, report: FileReport) -> list[str]:
        if self._style.quiet and report.verdict in {"skipped", "native"}:
            return []
        color = {"spam": "red", "infected": "red"}.get(report.verdict, "yellow")
        reason = "" if report.reason is None else f": {excerpt(report.reason, self._style.width)}"
        return [f"{escaped(report.path)}: {self._style.paint(report.verdict, color)}{reason}"]


def finding_lines(
    report: FileReport, finding: Finding, style: Style, *, removed: bool = False, reasons: int = _REASONS_SHOWN
) -> list[str]:
    """Describe a finding in lines: where and what, the defanged excerpt, the ``reasons`` that weigh most."""
    where = style.paint(f"{escaped(report.path)}:{finding.line}:{finding.column}", "bold")
    verdict = style.paint(report.verdict, "yellow" if report.verdict == "native" else "red")
    outcome = "removed" if removed else finding.disposition
    hidden = f", hidden by {excerpt(finding.hidden_by, style.width)}" if finding.hidden_by else ""
    room = max(style.width - len(_INDENT), 20)
    judged = f"{verdict} {finding.category} {finding.confidence:.0%} {style.paint(outcome, _outcome_color(outcome))}"
    lines = [
        f"{where}: {judged} [{excerpt(finding.rule, style.width)}]{hidden}",
        f"{_INDENT}{style.paint(excerpt(finding.excerpt, room), 'cyan')}",
    ]
    strongest = sorted(finding.evidence, key=lambda evidence: (evidence.weight != 0, -evidence.weight))[:reasons]
    lines.extend(
        cut(f"{_INDENT}{_weight(evidence.weight)} {excerpt(evidence.text, style.width)}", style.width)
        for evidence in strongest
    )
    return lines


def _outcome_color(outcome: str) -> str:
    return "yellow" if outcome == "review" else "green"


def _skipped(reasons: Counter[str]) -> str:
    total = sum(reasons.values())
    if not total:
        return "0 skipped"
    listed = ", ".join(f"{count} {excerpt(reason, 40)}" for reason, count in sorted(reasons.items()))
    return f"{total} skipped ({listed})"


def counted(count: int, noun: str) -> str:
    """Write a number with its noun, in the plural where that is due."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _weight(weight: float) -> str:
    """What a reason counted; words and doubts explain, and count nothing of their own."""
    return f"{weight:+.1f}" if weight else "   -"
