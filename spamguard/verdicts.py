"""The vocabulary of all rooms: what is said of a judged page.

Apart from ``findings.py``, which no clean page needs: a scan of one starts faster without.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spamguard.findings import Edit, Finding, Span

Verdict = Literal["clean", "infected", "spam", "native", "skipped"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is said of one file.

    ``reason`` is set when the verdict alone does not explain itself: why a file was skipped, why a page
    counts as ``native`` or as ``spam``, or why a plan was refused.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    verdict: Verdict
    reason: str | None = None
    findings: tuple[Finding, ...] = field(default=())

    def safe_edits(self) -> tuple[Edit, ...]:
        """All edits of ``safe`` findings, in file order."""
        return tuple(sorted(e for f in self.findings if f.disposition == "safe" for e in f.edits))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned file: its new bytes, and the report on the old ones that led to them."""

    data: bytes
    report: FileReport


@dataclass(frozen=True, slots=True)
class Near:
    """A segment that came close to being a finding."""

    span: Span
    line: int
    score: float
    excerpt: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report with what it does not show: the candidates that were let go."""

    report: FileReport
    near: tuple[Near, ...]
