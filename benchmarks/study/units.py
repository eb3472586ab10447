"""A labelled page as simple baselines see it: units of text with a score each, and the labelled bytes in them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from spamguard.errors import Unjudgeable
from spamguard.examine.closely import unscored_scene
from spamguard.examine.items import Bound
from spamguard.findings import Span
from spamguard.page.segments import read
from spamguard.training.textbytes import covered, text_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from spamguard.model.weights import Model

    Score = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Told:
    """The labels of one file."""

    file: str
    spans: tuple[Span, ...]
    category: str


@dataclass(frozen=True, slots=True)
class Units:
    """One page cut into units: their score, their weight (characters), the labelled text bytes that lie in each.

    ``labelled`` are all labelled text bytes of the page, in a unit or not.
    """

    score: NDArray[np.float64]
    weight: NDArray[np.float64]
    inside: NDArray[np.int64]
    labelled: int
    infected: bool
    category: str


def told_of(labels: Path) -> list[Told]:
    """Every file of a labels file, once."""
    found: dict[str, Told] = {}
    with labels.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            known = found.get(row["file"], Told(row["file"], (), row["category"]))
            span = (Span(int(row["start_byte"]), int(row["end_byte"])),) if row["start_byte"] else ()
            found[row["file"]] = Told(row["file"], known.spans + span, known.category)
    return list(found.values())


def units_of(folder: Path, told: Told, model: Model, of_items: Score, of_segments: Score) -> tuple[Units, Units]:
    """A page cut into items, and into segments (what stands between block-level tags), both scored."""
    data = (folder / told.file).read_bytes()
    try:
        page = read(data, path=told.file)
    except Unjudgeable:
        return _scored(told, 0, [], [], of_items), _scored(told, 0, [], [], of_segments)
    _, scene = unscored_scene(page, model)
    mask = text_bytes(data, told.file) & covered(told.spans, len(data))
    before = np.concatenate(([0], np.cumsum(mask)))
    texts: list[str] = []
    inside: list[int] = []
    starts: list[int] = []
    for number, item in enumerate(scene.items):
        offsets = scene.leaves[item.leaf].readable.offsets
        span = Span(int(offsets[item.start]), int(offsets[item.end]))
        span = page.byte_map.span(span) if page.byte_map is not None else span
        texts.append(item.text)
        inside.append(int(before[span.end] - before[span.start]))
        if not number or item.bound is Bound.BLOCK:
            starts.append(number)
    parts = [slice(*ends) for ends in pairwise((*starts, len(texts)))]
    segments = [" ".join(texts[part]) for part in parts]
    inside_segments = [sum(inside[part]) for part in parts]
    labelled = int(mask.sum())
    return _scored(told, labelled, texts, inside, of_items), _scored(
        told, labelled, segments, inside_segments, of_segments
    )


def _scored(told: Told, labelled: int, texts: Sequence[str], inside: Sequence[int], score: Score) -> Units:
    scores = np.asarray(score(texts) if texts else (), dtype=np.float64)
    weights = np.asarray([len(text) for text in texts], dtype=np.float64)
    counts = np.asarray(inside, dtype=np.int64)
    return Units(scores, weights, counts, labelled, bool(told.spans), told.category)


def pooled(units: Units, run: int) -> NDArray[np.float64]:
    """For every unit the highest mean score, weighted by characters, of a run of so many units that it is part of."""
    count = len(units.score)
    if not count:
        return units.score
    run = min(run, count)
    total = np.concatenate(([0.0], np.cumsum(units.score * units.weight)))
    weight = np.concatenate(([0.0], np.cumsum(units.weight)))
    means = (total[run:] - total[:-run]) / np.maximum(weight[run:] - weight[:-run], 1.0)
    best = np.full(count, -np.inf)
    for place in range(run):
        end = place + len(means)
        best[place:end] = np.maximum(best[place:end], means)
    return best
