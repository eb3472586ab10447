"""The vocabulary of all rooms: what is found on a page; ``verdicts.py`` has what is said of the page as a whole.

Every offset is a byte offset into the file as it lies on disk, half open. Nothing here knows how a
page is read, judged, cut or printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Disposition = Literal["safe", "review"]

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
