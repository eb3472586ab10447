"""Models that can describe a page but not judge it: what the later judges learn from is described by these.

A sample is described with word weights from the other fold, and with a lexicon that lacks some of the words that spam
of its own fold is made of: so it holds unknown words as pages out there do, and known ones too. A stranger
(``strangers.py``) is described with weights and a lexicon that lack a group of languages.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from joblib import Parallel, delayed

from spamguard.model.network import Network
from spamguard.model.trees import Trees
from spamguard.model.weights import Model, from_arrays, shipped_atoms
from spamguard.training import words
from spamguard.training.dataset import FOLDS
from spamguard.training.strangers import GROUPS, NOBODY
from spamguard.training.texts import balanced, honest_texts, spam_texts, word_lists
from spamguard.training.vocabulary import Vocabulary
from spamguard.training.without import Without

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from spamguard.training.dataset import Sample
    from spamguard.training.fit import Plan

    Known = tuple[words.WordWeights, Vocabulary]

_KNOWN: Final = 0.6
"""Share of the words of its own fold's spam that are in the lexicon by which a sample is described. With none of them
the judges would learn that known keywords mean little."""
_OF_STRANGERS: Final = 0.3
"""Share of the texts that word weights without a group of languages are fitted on."""


def known_words(
    samples: Sequence[Sample], lists: Path | None, plan: Plan, folds: NDArray[np.uint32]
) -> tuple[words.WordWeights, dict[tuple[int, str], Known]]:
    """Word weights of all folds, and what is known of words by fold and stranger-hood of the sample described."""
    rng = random.Random(f"{plan.seed}/honest")
    texts = honest_texts((sample for sample in samples if not sample.labels), rng)
    rng.shuffle(texts)
    # All of them: spam is made in every language, and there may be no other honest text of it.
    texts.sort(key=lambda text: not text.everyday)
    everything_known = plan.without.words(Vocabulary.load())
    halves = everything_known.split(0.5, plan.seed)
    lexicons = [
        everything_known.restrict(halves[1 - fold].words() | halves[fold].split(_KNOWN, plan.seed)[0].words())
        for fold in range(FOLDS)
    ]
    keys = [(fold, group) for group in (NOBODY, *sorted(GROUPS)) for fold in range(FOLDS)]

    def job(fold: int | None, group: str) -> Any:
        without = replace(plan.without, languages=plan.without.languages | GROUPS.get(group, frozenset()))
        size = plan.spam_texts, plan.honest_texts
        if group:
            size = round(size[0] * _OF_STRANGERS), round(size[1] * _OF_STRANGERS)
        honest = [t.text for t in texts if fold in {None, t.fold} and t.language not in without.languages]
        return delayed(_words)(honest[: size[1]], size[0], lists, replace(plan, without=without), folds, fold)

    everything, *parts = Parallel(n_jobs=plan.jobs)(job(fold, group) for fold, group in ((None, NOBODY), *keys))
    weights = dict(zip(keys, parts, strict=True))
    known = {}
    for fold, group in keys:
        lexicon = Without(languages=GROUPS.get(group, frozenset())).words(lexicons[fold])
        known[fold, group] = weights[1 - fold, group], lexicon
    return everything, known


def _words(
    honest: Sequence[str], count: int, lists: Path | None, plan: Plan, folds: NDArray[np.uint32], fold: int | None
) -> words.WordWeights:
    """Word weights from one fold, or from all when ``fold`` is None."""
    rng = random.Random(f"{plan.seed}/words/{fold}")
    everything = plan.without.words(Vocabulary.load())
    vocabulary = everything if fold is None else everything.split(0.5, plan.seed)[fold]
    made = spam_texts(count, rng, vocabulary, plan.without.lists(word_lists(lists, fold, FOLDS)))
    texts = [text for text, _ in made] + list(honest)
    spam = np.arange(len(texts)) < len(made)
    return words.fit(texts, spam, balanced(len(made), len(honest)), folds)


def scorer(
    arrays: dict[str, NDArray[Any]], manifest: dict[str, Any], weights: words.WordWeights, vocabulary: Vocabulary
) -> Model:
    """A model that can describe but not judge: word weights in place, empty trees, only some keywords known."""
    empty = Trees(
        np.zeros((0, 1), dtype=np.int16),
        np.zeros((0, 1)),
        np.zeros((0, 1), dtype=np.int16),
        np.zeros((0, 1), dtype=np.int16),
        np.zeros((0, 1), dtype=np.float32),
        0.0,
        0,
    )
    one = np.ones(1, dtype=np.float32)
    nothing = Network(one, one, one[:, None], one, one, 0.0)
    parts = (
        empty.arrays("sieve_")
        | empty.arrays("pages_")
        | empty.arrays("items_")
        | empty.arrays("blocks_")
        | nothing.arrays("gate_")
    )
    whole = arrays | parts | {"calibration": np.asarray([1.0, 0.0])}
    known = vocabulary.words()
    atoms = [atom for atom in shipped_atoms() if atom.text in known]
    model = from_arrays(whole, manifest, atoms.copy)
    return model._replace(words=weights.table, word_scale=weights.scale, word_bias=weights.bias)


def word_arrays(
    source: NDArray[np.uint32], target: NDArray[np.uint32], weights: words.WordWeights
) -> dict[str, NDArray[Any]]:
    """What a model holds of words and of how characters are folded."""
    return {
        "fold_source": source,
        "fold_target": target,
        "words": weights.table,
        "word_scale_bias": np.asarray([weights.scale, weights.bias]),
    }
