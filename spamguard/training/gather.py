"""Rows to learn from: what a sample page looks like to the gate, to the items' judge and to the blocks' judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.errors import Unjudgeable
from spamguard.examine.closely import stretches_of, unscored_scene, variants
from spamguard.examine.describe import ITEM_NAMES, NAMES, Scene, describe, rest_of
from spamguard.features.characters import folded, marks_of
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.findings import Span
from spamguard.model.candidate import Suspects, suspects_of
from spamguard.page.segments import Page, read
from spamguard.page.tokens import BREAK
from spamguard.training.dataset import Sample, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from spamguard.model.trees import Trees
    from spamguard.model.weights import Model

    Scorers = Mapping[tuple[int, str], Model]
    """Models that describe, by fold and by the group of languages that they do not know."""

_KEPT_ITEMS: Final = 160
_KEPT_SEGMENTS: Final = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """Feature rows of one sample with their labels: segments for the gate, items for the close look.

    ``chosen`` are the suspects that the gate learns from; all of them are needed to tell how the page looks.
    """

    suspects: Suspects
    suspect_spam: NDArray[np.bool_]
    chosen: NDArray[np.intp]
    items: NDArray[np.float32]
    item_spam: NDArray[np.bool_]
    plain: bool
    infected: bool


def rows_of(sample: Sample, model: Model, seed: int) -> Rows | None:
    """Segment and item rows of a sample; of the honest ones the worst and some others."""
    try:
        page = read(sample.data, path=sample.name)
    except Unjudgeable:
        return None
    rng = np.random.default_rng(seed)
    if not len(page):
        return None
    text = folded(page.text, model.folds)
    suspects = suspects_of(text, marks_of(text), page.kinds, model)
    labels = segment_labels(page, sample)
    spam = labels[suspects.rows]
    chosen = _selection(suspects.table, spam, SEGMENT_NAMES.index("word_mean"), _KEPT_SEGMENTS, rng)
    _, scene = unscored_scene(page, model)
    item_spam = item_labels(scene, sample)
    kept_items = _selection(scene.table, item_spam, ITEM_NAMES.index("word_mean"), _KEPT_ITEMS, rng)
    return Rows(suspects, spam, chosen, scene.table[kept_items], item_spam[kept_items], page.plain, bool(labels.any()))


def segment_labels(page: Page, sample: Sample) -> NDArray[np.bool_]:
    """Which segments of an infected page do not stand in the page before."""
    if not sample.labels:
        return np.zeros(len(page), dtype=bool)
    before = Counter(read(sample.before(), path=sample.name).text.split(BREAK))
    found = []
    for text in page.text.split(BREAK)[:-1]:
        before[text] -= 1
        found.append(before[text] < 0)
    return np.asarray(found, dtype=bool)


def item_labels(scene: Scene, sample: Sample) -> NDArray[np.bool_]:
    """Which items of a scene are mostly labelled."""
    if not sample.labels:
        return np.zeros(len(scene.items), dtype=bool)
    found = []
    for item in scene.items:
        offsets = scene.leaves[item.leaf].readable.offsets
        span = Span(int(offsets[item.start]), int(offsets[item.end]))
        found.append(overlap(span, sample.labels) * 2 > len(span))
    return np.asarray(found, dtype=bool)


def _selection(
    table: NDArray[np.float32], spam: NDArray[np.bool_], column: int, count: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """All spam rows (at most three times ``count``), the worst honest ones, and some others."""
    bad = np.flatnonzero(spam)
    bad = bad if len(bad) <= 3 * count else rng.choice(bad, 3 * count, replace=False)
    good = np.flatnonzero(~spam)
    if len(good) > count:
        worst = good[np.argsort(-table[good, column], kind="stable")[: count // 2]]
        others = rng.choice(np.setdiff1d(good, worst), count - len(worst), replace=False)
        good = np.concatenate((worst, others))
    result: NDArray[np.intp] = np.sort(np.concatenate((bad, good)))
    return result


@dataclass(frozen=True, slots=True)
class BlockRows:
    """Feature rows of the blocks of one sample; ``missed`` tells whether labelled items lie in none of them."""

    table: NDArray[np.float32]
    spam: NDArray[np.bool_]
    missed: bool


def block_rows(sample: Sample, model: Model, items: Trees) -> BlockRows | None:
    """What the blocks' judge would see of a sample if ``items`` scored its items."""
    try:
        page = read(sample.data, path=sample.name)
    except Unjudgeable:
        return None
    _, scene = unscored_scene(page, model)
    if not len(scene.items):
        return None
    scored = Scene(scene.leaves, scene.items, scene.facts, scene.table, items.score(scene.table))
    labelled = item_labels(scored, sample)
    found = stretches_of(scored)
    inside = np.zeros(len(scored.items), dtype=bool)
    for stretch in found:
        inside[stretch.first : stretch.last] = True
    rest = rest_of(scored, inside, model.lexicon)
    rows, spam = [], []
    for stretch in (variant for whole in found for variant in variants(scored, whole)):
        rows.append(describe(scored, stretch, rest, model.lexicon)[0])
        spam.append(_share(scored, labelled, stretch.first, stretch.last) > 0.5)
    table = np.asarray(rows, dtype=np.float32).reshape(len(rows), len(NAMES))
    missed = bool(labelled.any()) and not bool((labelled & inside).any())
    return BlockRows(table, np.asarray(spam, dtype=bool), missed)


def _share(scene: Scene, labelled: NDArray[np.bool_], first: int, last: int) -> float:
    """Share of a stretch's characters that lie in labelled items."""
    lengths = np.asarray([item.end - item.start for item in scene.items[first:last]])
    return float(lengths[labelled[first:last]].sum() / max(lengths.sum(), 1))


def all_rows(samples: Sequence[Sample], models: Scorers, seed: int, jobs: int) -> list[Rows | None]:
    """:func:`rows_of` for many samples, each under the model of its fold and of what it is a stranger to."""
    from joblib import Parallel, delayed

    return list(
        Parallel(n_jobs=jobs, batch_size=16)(
            delayed(rows_of)(sample, models[sample.fold, sample.stranger_to], seed + number)
            for number, sample in enumerate(samples)
        )
    )


def all_block_rows(
    samples: Sequence[Sample], models: Scorers, items: Sequence[Trees], jobs: int
) -> list[BlockRows | None]:
    """:func:`block_rows` for many samples, each under the models of its fold and of what it is a stranger to."""
    from joblib import Parallel, delayed

    return list(
        Parallel(n_jobs=jobs, batch_size=16)(
            delayed(block_rows)(sample, models[sample.fold, sample.stranger_to], items[sample.fold])
            for sample in samples
        )
    )
