"""What the judge made of one labelled page, in numbers that can be added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.errors import PlanRefused, Unjudgeable
from spamguard.findings import Span
from spamguard.page.charset import sniff
from spamguard.training.textbytes import covered, text_bytes
from spamguard.verdicts import Cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from spamguard.guard import Guard
    from spamguard.training.labels import LabelledPage
    from spamguard.verdicts import Explanation, FileReport

Group = tuple[str, str]
"""A dimension and a value in it, as ``("language", "zh")``."""
OVERALL: Final[Group] = ("overall", "")
DIMENSIONS: Final = ("language", "category", "family")
INTERNAL_ERROR: Final = "internal-error"


@dataclass(frozen=True, slots=True)
class Part:
    """The labels of one group on one page: were they found, and how much of their text."""

    found: bool
    labelled: int
    covered: int


@dataclass(frozen=True, slots=True)
class Guess:
    """A block that is a finding, or came close, and the categories of the labels that it touches.

    ``touches`` is true for a touched label without a category too.
    """

    confidence: float
    touches: bool
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Counts of one page; all lengths are bytes of text. ``skipped`` says why there are none.

    ``parts`` has one entry for every group that the page belongs to. ``restored`` is None without an original.
    ``guesses`` is empty unless it was asked for.
    """

    file: str
    infected: bool
    skipped: str | None = None
    verdict: str = "skipped"
    flagged: bool = False
    flagged_safe: bool = False
    findings: int = 0
    false_findings: int = 0
    clean_text: int = 0
    collateral: int = 0
    restored: bool | None = None
    parts: Mapping[Group, Part] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()


def facts_of(page: LabelledPage, guard: Guard, *, guesses: bool = False) -> PageFacts:
    """Judge and clean a page, and compare with its labels. A page that cannot be judged costs only itself."""
    spans = page.spans
    try:
        data = page.path.read_bytes()
        original = page.original.read_bytes() if page.original is not None else None
        text = text_bytes(data, page.file)
        cleaned = _clean(guard, data, page.file)
        guessed = tuple(_guesses(page, guard.explain(data, path=page.file))) if guesses else ()
    except Unjudgeable as unjudgeable:
        return PageFacts(page.file, bool(spans), unjudgeable.reason)
    except OSError as error:
        return PageFacts(page.file, bool(spans), f"unreadable: {error.strerror or error}")
    except Exception as error:
        return PageFacts(page.file, bool(spans), f"{INTERNAL_ERROR}: {type(error).__name__}: {error}")
    report = cleaned.report
    if report.verdict == "skipped":
        return PageFacts(page.file, bool(spans), report.reason or "unknown")
    outside = text & ~covered(spans, len(data))
    gone = covered(_removed(report, data), len(data))
    return PageFacts(
        file=page.file,
        infected=bool(spans),
        verdict=report.verdict,
        flagged=bool(report.findings) or report.verdict in {"infected", "spam"},
        flagged_safe=any(finding.disposition == "safe" for finding in report.findings),
        findings=len(report.findings),
        false_findings=sum(not any(f.span.overlaps(span) for span in spans) for f in report.findings),
        clean_text=int(outside.sum()),
        collateral=int((outside & gone).sum()),
        restored=None if original is None else cleaned.data == original,
        parts=_parts(page, report, text),
        guesses=guessed,
    )


def _guesses(page: LabelledPage, explanation: Explanation) -> Iterator[Guess]:
    blocks = [(finding.span, finding.confidence) for finding in explanation.report.findings]
    blocks += [(near.span, near.score) for near in explanation.near]
    for span, confidence in blocks:
        touched = [row for row in page.rows if row.span is not None and row.span.overlaps(span)]
        yield Guess(confidence, bool(touched), frozenset(row.category for row in touched if row.category))


def _clean(guard: Guard, data: bytes, path: str) -> Cleaned:
    try:
        return guard.clean(data, path=path)
    except PlanRefused:
        return Cleaned(data, guard.scan(data, path=path))


def _removed(report: FileReport, data: bytes) -> Iterator[Span]:
    """The bytes that ``safe`` edits take out; what a replacement writes again at either end is left in."""
    for edit in report.safe_edits():
        start, end = edit.start, edit.end
        if edit.replacement:
            old, new = data[start:end], edit.replacement.encode(sniff(data).codec, "xmlcharrefreplace")
            head = _shared(old, new)
            tail = _shared(old[head:][::-1], new[head:][::-1])
            start, end = start + head, end - tail
        yield Span(start, end)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two strings begin with in common."""
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def _parts(page: LabelledPage, report: FileReport, text: NDArray[np.bool_]) -> dict[Group, Part]:
    inside = covered((finding.span for finding in report.findings), len(text))
    spans: dict[Group, list[Span]] = {OVERALL: []}
    for row in page.rows:
        groups = [(name, value) for name in DIMENSIONS if (value := getattr(row, name))]
        for group in (OVERALL, *groups):
            spans.setdefault(group, []).extend([row.span] if row.span is not None else [])
    parts = {}
    for group, labelled in spans.items():
        mask = text & covered(labelled, len(text))
        found = any(finding.span.overlaps(span) for finding in report.findings for span in labelled)
        parts[group] = Part(found, int(mask.sum()), int((mask & inside).sum()))
    return parts
