"""``--format jsonl``: one line a file, keys and order fixed by the contract (``spamguard/1``).

Lines are pure ASCII, so that they survive every locale and hold no character a terminal obeys.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from spamguard.report.sanitize import well_formed

if TYPE_CHECKING:
    from spamguard.findings import Edit, Evidence, Finding
    from spamguard.report.style import Style
    from spamguard.report.tally import Tally
    from spamguard.verdicts import FileReport

SCHEMA = "spamguard/1"


class JsonlReporter:
    """Data for other programs; the style has no say."""

    def __init__(self, _style: Style) -> None:
        pass

    def begin(self) -> str:
        """Return nothing: every line stands for itself."""
        return ""

    def file(self, report: FileReport, removed: frozenset[str] = frozenset()) -> str:  # noqa: ARG002 - the contract has no key for it
        """Return one line."""
        return json.dumps(as_data(report), allow_nan=False) + "\n"

    def end(self, tally: Tally) -> str:  # noqa: ARG002 - counts are for people
        """Return nothing."""
        return ""


def as_data(report: FileReport) -> dict[str, object]:
    """Make the contract's object for one file."""
    return {
        "schema": SCHEMA,
        "path": well_formed(report.path),
        "sha256": report.sha256,
        "bytes": report.size,
        "encoding": report.encoding,
        "verdict": report.verdict,
        "reason": None if report.reason is None else well_formed(report.reason),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "category": finding.category,
        "confidence": float(finding.confidence),
        "disposition": finding.disposition,
        "start": int(finding.span.start),
        "end": int(finding.span.end),
        "line": int(finding.line),
        "column": int(finding.column),
        "edits": [_edit(edit) for edit in finding.edits],
        "hidden_by": None if finding.hidden_by is None else well_formed(finding.hidden_by),
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "excerpt": well_formed(finding.excerpt),
    }


def _edit(edit: Edit) -> dict[str, object]:
    return {"start": int(edit.start), "end": int(edit.end), "replacement": well_formed(edit.replacement)}


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "name": evidence.name,
        "value": _value(evidence.value),
        "weight": float(evidence.weight),
        "text": well_formed(evidence.text),
    }


def _value(value: float | str) -> float | str:
    if isinstance(value, str):
        return well_formed(value)
    # JSON has no word for infinity; the contract allows a string here.
    return float(value) if math.isfinite(value) else str(value)
