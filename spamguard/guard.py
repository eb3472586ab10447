"""The programming interface: judge the bytes of a page, clean them, explain them. No input or output of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.clean.plan import Plan, plans_of
from spamguard.clean.splice import splice
from spamguard.errors import PlanRefused, Unjudgeable
from spamguard.examine.closely import Block, blocks_of, check, scene_of
from spamguard.examine.evidence import evidence_of, excerpt_of
from spamguard.findings import Cleaned, Edit, FileReport, Finding, Span, Verdict
from spamguard.model.candidate import is_candidate
from spamguard.model.weights import load
from spamguard.page.segments import Page, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from spamguard.examine.describe import Scene

_MEBIBYTE: Final = 1 << 20
_NEAR: Final = 0.02
_ALL_OF_PAGE: Final = 0.85


@dataclass(frozen=True, slots=True)
class Settings:
    """How to judge. ``review`` and ``safe`` are probabilities that replace the model's own thresholds."""

    model: Path | None = None
    max_bytes: int = 32 * _MEBIBYTE
    review: float | None = None
    safe: float | None = None


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


class Guard:
    """Holds a loaded model. Safe to share between threads: nothing in it changes after it is made."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings if settings is not None else Settings()
        self._model = load(self.settings.model)
        check(self._model)
        limits = self._model.thresholds
        self._review = self.settings.review if self.settings.review is not None else limits.review
        self._safe = self.settings.safe if self.settings.safe is not None else limits.safe

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        """Judge the bytes of one file. A file that cannot be judged is reported ``skipped`` with a reason."""
        return self.explain(data, path=path).report

    def clean(self, data: bytes, *, path: str | None = None, unsafe: bool = False) -> Cleaned:
        """Take out every ``safe`` finding, with ``unsafe`` those to be reviewed as well."""
        report = self.scan(data, path=path)
        wanted = [f for f in report.findings if unsafe or f.disposition == "safe"]
        edits = _without_overlaps(edit for finding in wanted for edit in finding.edits)
        if not edits:
            return Cleaned(data, report)
        return Cleaned(splice(data, edits, _codec_on_disk(report.encoding)), report)

    def explain(self, data: bytes, *, path: str | None = None) -> Explanation:
        """The report on a file, and what came close."""
        name = path if path is not None else "-"
        report = FileReport(name, hashlib.sha256(data).hexdigest(), len(data), "", "clean")
        if len(data) > self.settings.max_bytes:
            limit = self.settings.max_bytes / _MEBIBYTE
            return Explanation(replace(report, verdict="skipped", reason=f"too-large (over {limit:g} MiB)"), ())
        try:
            page = read(data, path=path)
        except Unjudgeable as unjudgeable:
            return Explanation(replace(report, verdict="skipped", reason=unjudgeable.reason), ())
        report = replace(report, encoding=page.charset.name)
        if not is_candidate(page, self._model):
            return Explanation(report, ())
        return self._closely(page, report, data)

    def _closely(self, page: Page, report: FileReport, data: bytes) -> Explanation:
        root, scene = scene_of(page, self._model)
        blocks = blocks_of(scene, self._model)
        likely = [block for block in blocks if block.probability >= self._review]
        verdict, reason = _verdict(scene, likely)
        planned = list(zip(likely, plans_of(page, root, scene, likely), strict=True))
        findings = _numbered(self._finding(page, scene, block, plan, data, verdict) for block, plan in planned)
        near = tuple(_near(page, scene, block, data) for block in blocks if _NEAR <= block.probability < self._review)
        return Explanation(replace(report, verdict=verdict, reason=reason, findings=findings), near)

    def _finding(self, page: Page, scene: Scene, block: Block, plan: Plan, data: bytes, verdict: Verdict) -> Finding:
        safe = block.probability >= self._safe and plan.doubt is None and verdict == "infected" and bool(plan.edits)
        span, edits = _on_disk(page, plan)
        line, column = _place(data, span.start, page)
        evidence = evidence_of(scene, block, self._model, plan.doubt)
        identity = hashlib.sha256(data[span.start : span.end] + plan.rule.encode()).hexdigest()[:16]
        return Finding(
            id=identity,
            rule=plan.rule,
            category=block.category,
            confidence=round(block.probability, 6),
            disposition="safe" if safe else "review",
            span=span,
            line=line,
            column=column,
            edits=edits,
            hidden_by=_hidden_by(scene, block),
            evidence=evidence,
            excerpt=excerpt_of(scene, block.stretch),
        )


@lru_cache(maxsize=1)
def _default_guard() -> Guard:
    return Guard()


def scan(data: bytes, *, path: str | None = None) -> FileReport:
    """Judge the bytes of one file with the shipped model."""
    return _default_guard().scan(data, path=path)


def clean(data: bytes, *, path: str | None = None) -> Cleaned:
    """Clean the bytes of one file with the shipped model."""
    return _default_guard().clean(data, path=path)


def _verdict(scene: Scene, likely: Sequence[Block]) -> tuple[Verdict, str | None]:
    if not likely:
        return "clean", None
    spam = np.zeros(len(scene.items), dtype=bool)
    for block in likely:
        spam[block.stretch.first : block.stretch.last] = True
    lengths = np.asarray([item.end - item.start for item in scene.items])
    if lengths[spam].sum() >= _ALL_OF_PAGE * lengths.sum():
        return "spam", "nearly all of the page is spam: there is no honest page to restore"
    return "infected", None


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with ids of their own: the same block in two places is two findings."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        result.append(finding if count == 1 else replace(finding, id=f"{finding.id}-{count}"))
    return tuple(result)


def _near(page: Page, scene: Scene, block: Block, data: bytes) -> Near:
    first = scene.items[block.stretch.first]
    last = scene.items[block.stretch.last - 1]
    span = Span(
        int(scene.leaves[first.leaf].readable.offsets[first.start]),
        int(scene.leaves[last.leaf].readable.offsets[last.end]),
    )
    span = page.byte_map.span(span) if page.byte_map is not None else span
    return Near(span, _place(data, span.start, page)[0], round(block.probability, 6), excerpt_of(scene, block.stretch))


def _on_disk(page: Page, plan: Plan) -> tuple[Span, tuple[Edit, ...]]:
    if page.byte_map is None:
        return plan.span, plan.edits
    return page.byte_map.span(plan.span), tuple(made for edit in plan.edits for made in page.byte_map.edits(edit))


def _place(data: bytes, offset: int, page: Page) -> tuple[int, int]:
    """Line and column of a byte, both from 1; the column counts bytes."""
    newline = b"\n"
    if page.charset.name == "utf-16le":
        newline = b"\n\x00"
    elif page.charset.name == "utf-16be":
        newline = b"\x00\n"
    line = data.count(newline, 0, offset) + 1
    start = data.rfind(newline, 0, offset)
    return line, offset - (start + len(newline) if start >= 0 else 0) + 1


def _hidden_by(scene: Scene, block: Block) -> str | None:
    """The mechanism that hides most of a block's items, if most are hidden."""
    ways = [scene.facts[item.leaf].hidden_by for item in scene.items[block.stretch.first : block.stretch.last]]
    most = max(sorted({way for way in ways if way}), key=ways.count, default=None)
    return most if most is not None and sum(way is not None for way in ways) * 2 > len(ways) else None


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order; one that overlaps an earlier one is dropped, the same edit of two findings is made once."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if kept and edit.start < kept[-1].end:
            continue
        kept.append(edit)
    return kept


def _codec_on_disk(encoding: str) -> str:
    from spamguard.page.charset import lookup

    found = lookup(encoding)
    return found.codec if found is not None else {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}[encoding]


__all__ = ["Explanation", "Guard", "Near", "PlanRefused", "Settings", "clean", "scan"]
