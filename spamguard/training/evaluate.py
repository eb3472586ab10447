"""Measures a model against labelled pages: how much it finds, what it accuses wrongly, what its removals cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.training.figures import Figure, ratio, share
from spamguard.training.labels import read_labels
from spamguard.training.pagefacts import DIMENSIONS, OVERALL, Group, PageFacts, facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from spamguard.guard import Guard
    from spamguard.training.labels import LabelledPage

_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Figures:
    """The contract's figures over the pages of one group.

    ``collateral`` is per million bytes of clean text. A page counts for every group that one of its labels names; its
    recall there is that of those labels, everything else is of the whole page.
    """

    false_positive_rate: Figure
    safe_false_positive_rate: Figure
    page_recall: Figure
    byte_recall: Figure
    collateral: Figure
    collateral_pages: Figure
    exact_restore: Figure
    false_discovery_rate: Figure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures, in the order of :data:`DIMENSIONS` and then of their values, and every page that went wrong.

    ``pages`` are those that could be judged.
    """

    overall: Figures
    groups: Mapping[str, Mapping[str, Figures]]
    verdicts_clean: Mapping[str, int]
    verdicts_infected: Mapping[str, int]
    skipped: tuple[PageFacts, ...]
    accused: tuple[str, ...]
    missed: tuple[str, ...]
    damaged: tuple[str, ...]
    not_restored: tuple[str, ...]
    warnings: tuple[str, ...]
    pages: tuple[PageFacts, ...]

    @property
    def judged(self) -> int:
        """How many pages the figures rest on."""
        return sum(self.verdicts_clean.values()) + sum(self.verdicts_infected.values())


def evaluate(labels: Path, folder: Path, guard: Guard, *, jobs: int = 1, guesses: bool = False) -> Evaluation:
    """Judge every labelled page of a folder; ``jobs`` of 0 means all cores. Raises :class:`LabelError`.

    With ``guesses``, which plots need, every page's facts also hold the blocks that came close: it takes longer.
    """
    told = read_labels(labels, folder)
    everything = _judge(told.pages, guard, jobs, guesses)
    facts = [page for page in everything if page.skipped is None]
    found = {group for page in facts for group in page.parts} - {OVERALL}
    return Evaluation(
        overall=_figures(facts, OVERALL),
        groups={
            dimension: {group[1]: _figures(facts, group) for group in sorted(found) if group[0] == dimension}
            for dimension in DIMENSIONS
        },
        verdicts_clean=Counter(page.verdict for page in facts if not page.infected),
        verdicts_infected=Counter(page.verdict for page in facts if page.infected),
        skipped=tuple(page for page in everything if page.skipped is not None),
        accused=tuple(page.file for page in facts if not page.infected and page.flagged),
        missed=tuple(page.file for page in facts if page.infected and not page.parts[OVERALL].found),
        damaged=tuple(page.file for page in facts if page.collateral),
        not_restored=tuple(page.file for page in facts if page.restored is False),
        warnings=told.warnings,
        pages=tuple(facts),
    )


def _judge(pages: Sequence[LabelledPage], guard: Guard, jobs: int, guesses: bool) -> list[PageFacts]:
    if jobs == 1:
        return [facts_of(page, guard, guesses=guesses) for page in pages]
    from joblib import Parallel, delayed

    tasks = (delayed(facts_of)(page, guard, guesses=guesses) for page in pages)
    return list(Parallel(n_jobs=jobs or -1, batch_size=16)(tasks))


def _figures(facts: Sequence[PageFacts], group: Group) -> Figures:
    pages = [page for page in facts if group in page.parts]
    clean = [page for page in pages if not page.infected]
    infected = [page.parts[group] for page in pages if page.infected]
    restorable = [page for page in pages if page.restored is not None]
    return Figures(
        false_positive_rate=share(sum(page.flagged for page in clean), len(clean)),
        safe_false_positive_rate=share(sum(page.flagged_safe for page in clean), len(clean)),
        page_recall=share(sum(part.found for part in infected), len(infected)),
        byte_recall=ratio([(part.covered, part.labelled) for part in infected]),
        collateral=ratio([(page.collateral, page.clean_text) for page in pages], _MILLION),
        collateral_pages=share(sum(page.collateral > 0 for page in pages), len(pages)),
        exact_restore=share(sum(page.restored is True for page in restorable), len(restorable)),
        false_discovery_rate=share(sum(page.false_findings for page in pages), sum(page.findings for page in pages)),
    )
