"""Fits a model from clean documents and made spam, and writes it to a folder.

The order: word weights for each fold and for all, then gate and items on rows that those of the other fold scored,
then blocks on items that were scored the same way. See ``dataset.py`` for why.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.describe import NAMES as BLOCK_NAMES
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.findings import CATEGORIES
from spamguard.model.candidate import PAGE_NAMES
from spamguard.model.weights import FORMAT, NOTES, shipped_atoms
from spamguard.text.fold import fold_table
from spamguard.text.lexicon import Lexicon
from spamguard.training import candidates, learners
from spamguard.training.dataset import FOLDS, Sample, host_pages, samples_of
from spamguard.training.folding import fold_pairs
from spamguard.training.gather import BlockRows, Rows, all_block_rows, all_rows
from spamguard.training.notes import notes_file
from spamguard.training.packing import packed
from spamguard.training.scorers import known_words, scorer, word_arrays
from spamguard.training.strangers import estranged
from spamguard.training.texts import spam_texts, word_lists
from spamguard.training.vocabulary import Vocabulary
from spamguard.training.without import NOTHING, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from spamguard.model.trees import Trees
    from spamguard.training.corpus import Document

    Keep = Callable[[Sequence[Sample], Sequence[Rows | None], Sequence[BlockRows | None]], None]

REVIEW: Final = 0.45
SAFE: Final = 0.9
"""Calibrated probabilities from which on a block is shown, and cut without asking. Set by hand, not fitted: what they
cost is told for pages of the other fold, whose words and sites were unknown, and some of the keywords."""
_JUDGES: Final = 4
_SHOWN: Final = 25


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to learn from, and what not."""

    spam_texts: int = 90_000
    honest_texts: int = 300_000
    injected: int = 9_000
    honest_pages: int = 4_000
    seed: int = 0
    jobs: int = 2
    without: Without = NOTHING


def fit(
    documents: Sequence[Document],
    lists_folder: Path | None,
    plan: Plan,
    say: Callable[[str], None],
    keep: Keep | None = None,
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and the manifest of a new model; ``keep`` is shown the rows that its judges learned from."""
    began = time.monotonic()

    def tell(text: str) -> None:
        say(f"[{time.monotonic() - began:6.0f} s] {text}")

    rng = random.Random(plan.seed)
    source, target = fold_pairs()
    folds = fold_table(source, target)
    documents = plan.without.documents(documents)
    hosts = host_pages(documents, rng)
    samples = estranged(
        samples_of(hosts, injected=plan.injected, honest_pages=plan.honest_pages, seed=plan.seed, without=plan.without),
        plan.seed,
    )
    tell(f"{len(documents)} documents, {len(samples)} samples, {sum(bool(s.labels) for s in samples)} infected")

    everything, known = known_words(samples, lists_folder, plan, folds)
    tell("word weights fitted")
    categories = _categories(lists_folder, plan, folds)
    arrays = word_arrays(source, target, everything) | {"categories": categories}
    manifest = _manifest()
    scorers = {key: scorer(arrays, manifest, *parts) for key, parts in known.items()}

    rows = all_rows(samples, scorers, plan.seed, plan.jobs)
    tell("segments and items described")
    gate, sieve, pages, passes = candidates.fit(samples, rows, plan.seed, tell)
    per_fold = [_items(samples, rows, fold, plan.seed) for fold in range(FOLDS)]
    items = _items(samples, rows, None, plan.seed)
    tell("gate and items fitted")
    blocks = all_block_rows(samples, scorers, [per_fold[1 - fold] for fold in range(FOLDS)], plan.jobs)
    tell("blocks described")
    if keep is not None:
        keep(samples, rows, blocks)
    judge, slope, thresholds = _blocks(samples, blocks, plan.seed, tell)
    arrays |= (
        gate.arrays("gate_")
        | sieve.arrays("sieve_")
        | pages.arrays("pages_")
        | items.arrays("items_")
        | judge.arrays("blocks_")
    )
    arrays["calibration"] = np.asarray(slope)
    manifest["thresholds"] = passes | thresholds
    tell("done")
    return arrays, manifest


def _categories(lists: Path | None, plan: Plan, folds: NDArray[np.uint32]) -> NDArray[np.int8]:
    rng = random.Random(f"{plan.seed}/categories")
    vocabulary = plan.without.words(Vocabulary.load())
    made = spam_texts(30_000, rng, vocabulary, plan.without.lists(word_lists(lists, None, FOLDS)))
    return learners.categories([m[0] for m in made], [m[1] for m in made], CATEGORIES, folds)


def _manifest() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "segment_features": list(SEGMENT_NAMES),
        "page_features": list(PAGE_NAMES),
        "item_features": list(ITEM_NAMES),
        "block_features": list(BLOCK_NAMES),
        "categories": list(CATEGORIES),
        "thresholds": {"gate": 0.0, "sieve": 0.0, "page": 0.0, "review": 0.5, "safe": 0.5},
    }


def _items(samples: Sequence[Sample], rows: Sequence[Rows | None], fold: int | None, seed: int) -> Trees:
    """The items' judge, from the rows of one fold or of all."""
    kept = [(s, r) for s, r in zip(samples, rows, strict=True) if r is not None and fold in (None, s.fold)]
    table = np.concatenate([r.items for _, r in kept])
    spam = np.concatenate([r.item_spam for _, r in kept])
    # A page with a thousand spam items must not outweigh one with three.
    weights = np.concatenate(
        [np.where(r.item_spam, 8.0 / max(8.0, float(r.item_spam.sum())) ** 0.5, 1.0) for _, r in kept]
    ).astype(np.float32)
    model = learners.boosted(table, spam, weights, trees=120, leaves=24, rate=0.1, seed=seed)
    return learners.export_trees(model)


def _blocks(
    samples: Sequence[Sample],
    blocks: Sequence[BlockRows | None],
    seed: int,
    tell: Callable[[str], None],
) -> tuple[Trees, tuple[float, float], dict[str, float]]:
    """The blocks' judge, its calibration and the thresholds, from scores on pages of the other fold."""
    kept = [(s, b) for s, b in zip(samples, blocks, strict=True) if b is not None and len(b.table)]
    table = np.concatenate([b.table for _, b in kept])
    spam = np.concatenate([b.spam for _, b in kept])
    fold = np.concatenate([np.full(len(b.table), s.fold) for s, b in kept])
    owner = np.concatenate([np.full(len(b.table), number) for number, (_, b) in enumerate(kept)])
    weights = np.where(spam, 1.0, 2.0).astype(np.float32)
    held_out = np.zeros(len(table))

    def fitted(chosen: NDArray[np.bool_]) -> Trees:
        # The honest blocks are few, and one set of deep trees learns them by heart: the next training would judge
        # otherwise. Several, each from other pages, shrunk and with few cases a rule, agree from one to the next.
        judges = []
        for member in range(seed, seed + _JUDGES):
            drawn = np.random.default_rng(member).poisson(1, len(kept))[owner]
            taken = chosen & (drawn > 0)
            model = learners.boosted(
                table[taken],
                spam[taken],
                (weights * drawn)[taken],
                trees=80,
                leaves=12,
                rate=0.07,
                seed=member,
                smallest_leaf=40,
                shrink=10.0,
                features=0.5,
            )
            judges.append(learners.export_trees(model))
        return learners.mean_of(judges)

    for number in range(FOLDS):
        judge = fold == number
        held_out[judge] = fitted(~judge).score(table[judge])
    slope = learners.calibration(held_out, spam)
    final = fitted(np.ones(len(table), dtype=bool))
    chances = 1 / (1 + np.exp(-(slope[0] * held_out + slope[1])))
    worst = np.zeros(len(kept))
    np.maximum.at(worst, owner[~spam], chances[~spam])
    real = np.asarray([not s.labels and not s.hard for s, _ in kept])
    best = np.zeros(len(kept))
    np.maximum.at(best, owner[spam], chances[spam])
    total_honest = sum(1 for s in samples if not s.labels and not s.hard)
    infected = np.asarray([bool(s.labels) for s, _ in kept])
    total_infected = sum(1 for s in samples if s.labels)
    tell(f"blocks: {int(spam.sum())} spam, {int((~spam).sum())} honest")
    for cut in (REVIEW, SAFE):
        found = (best[infected] >= cut).sum() / total_infected
        wrong = (worst[real] >= cut).sum() / max(total_honest, 1)
        tell(f"  over {cut}: {found:.3f} of {total_infected} infected pages, {wrong:.4f} of {total_honest} honest ones")
    for number in np.argsort(-np.where(real, worst, -1.0))[:_SHOWN]:
        tell(f"  worst honest page {worst[number]:.4f} {kept[number][0].name}")
    return final, slope, {"review": REVIEW, "safe": SAFE}


def save(arrays: dict[str, NDArray[Any]], manifest: dict[str, Any], folder: Path) -> None:
    """Write ``weights.npz``, ``manifest.json`` and ``notes.npz``: the same arrays give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = packed(arrays)
    (folder / "weights.npz").write_bytes(weights)
    whole = manifest | {"weights_sha256": hashlib.sha256(weights).hexdigest(), "weights_bytes": len(weights)}
    (folder / "manifest.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lexicon = Lexicon(shipped_atoms, fold_table(arrays["fold_source"], arrays["fold_target"]))
    (folder / NOTES).write_bytes(notes_file(lexicon, arrays["words"]))
