"""What the plots of an evaluation show, in numbers: precision against recall, and confidence against truth."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Final

from spamguard.training.figures import Figure, share
from spamguard.training.pagefacts import OVERALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.training.evaluate import Evaluation
    from spamguard.training.pagefacts import Group, PageFacts

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """Pages of a category against all clean pages. ``points`` are ``(recall, precision)``, surest first.

    ``average_precision`` is the area under the steps of the curve. ``shipped`` is the point of the model with its own
    thresholds and rules, None when it flags no page.
    """

    name: str
    pages: int
    points: tuple[tuple[float, float], ...]
    average_precision: float
    shipped: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Blocks of about the same confidence: its mean, and the share of them that touches a label."""

    confidence: float
    true: Figure


def precision_recall(evaluation: Evaluation) -> list[Curve]:
    """All infected pages first, then those of each category in the order of their names.

    A page counts with its surest block, a finding or one that came close: on an infected page one that touches a label
    of the category, on a clean one any. A page whose verdict is ``native`` is flagged at no threshold.
    """
    clean = [page for page in evaluation.pages if not page.infected]
    accused = [score for page in clean if (score := _surest(page, None)) is not None]
    flagged = sum(page.flagged for page in clean)
    groups: list[tuple[str, Group]] = [("all categories", OVERALL)]
    groups += [(name, ("category", name)) for name in evaluation.groups["category"]]
    curves = []
    for name, group in groups:
        pages = [page for page in evaluation.pages if page.infected and group in page.parts]
        if pages:
            curves.append(_curve(name, group, pages, accused, flagged))
    return curves


def _curve(name: str, group: Group, pages: Sequence[PageFacts], accused: Sequence[float], flagged: int) -> Curve:
    scores = [score for page in pages if (score := _surest(page, group)) is not None]
    points, area, before = [], 0.0, 0.0
    right = wrong = 0
    hits, misses = sorted(scores, reverse=True), sorted(accused, reverse=True)
    for threshold in sorted({*hits, *misses}, reverse=True):
        while right < len(hits) and hits[right] >= threshold:
            right += 1
        while wrong < len(misses) and misses[wrong] >= threshold:
            wrong += 1
        recall, precision = right / len(pages), right / (right + wrong)
        area += (recall - before) * precision
        before = recall
        points.append((recall, precision))
    found = sum(page.parts[group].found for page in pages)
    shipped = (found / len(pages), found / (found + flagged)) if found + flagged else None
    return Curve(name, len(pages), tuple(points), area, shipped)


def _surest(page: PageFacts, group: Group | None) -> float | None:
    if page.verdict == "native":
        return None
    scores = [
        guess.confidence
        for guess in page.guesses
        if group is None or (guess.touches if group == OVERALL else group[1] in guess.categories)
    ]
    return max(scores, default=None)


def reliability(evaluation: Evaluation) -> list[Bin]:
    """All findings and blocks that came close, in bins of equal width; empty bins are left out."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for page in evaluation.pages:
        for guess in page.guesses:
            held[min(int(guess.confidence * BINS), BINS - 1)].append((guess.confidence, guess.touches))
    return [
        Bin(
            fsum(confidence for confidence, _ in blocks) / len(blocks),
            share(sum(true for _, true in blocks), len(blocks)),
        )
        for blocks in held
        if blocks
    ]
