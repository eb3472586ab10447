"""The vocabulary of all rooms: what a judged page consists of.

Every offset is a byte offset into the file as it lies on disk, half open. Nothing here knows how a
page is read, judged, cut or printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Disposition = Literal["safe", "review"]
Verdict = Literal["clean", "infected", "spam", "native", "skipped"]

CATEGORIES: tuple[str, ...] = (
    "adult",
    "gambling",
    "pharmacy",
    "goods",
    "loans",
    "essays",
    "escorts",
    "crypto",
    "keywords",
    "links",
    "prompt-injection",
)
"""Every category a finding or a label may carry. ``keywords`` is a run without one clear topic."""
ORDERS = "prompt-injection"
"""The category that is reported and never cut unasked: an article about such orders quotes them too."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Bytes ``[start, end)`` of a file."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one byte."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace bytes ``[start, end)`` by ``replacement``.

    The replacement is text: it is written in the file's own encoding.
    """

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a finding.

    ``weight`` is what the reason added to the log-odds of spam (negative: it spoke against), ``text``
    says it in a sentence for the operator.
    """

    name: str
    value: float | str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A judged block: what, where, how sure, why, and which edits would take it out."""

    id: str
    rule: str
    category: str
    confidence: float
    disposition: Disposition
    span: Span
    line: int
    column: int
    edits: tuple[Edit, ...]
    hidden_by: str | None
    evidence: tuple[Evidence, ...]
    excerpt: str


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
