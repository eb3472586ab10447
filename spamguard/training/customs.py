"""What the gaps of honest pages say of each other: the weights and shares of ``removal/customs.json``.

Run as ``python -m spamguard.training.customs --corpus DIR``; with ``--write`` the file of the checkout is written anew.
Without one source at a time the weights are fitted and asked about that source: what is printed is about pages that
they never saw. A gap is taken out of a page as a block would be, and the page says what should be there.
"""

from __future__ import annotations

import argparse
import json
import operator
import random
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize

from spamguard.removal import customs
from spamguard.removal.customs import ANSWERS, EDGES, LONGEST_GAP, PLACES, SINGLES, TEXT, Answers, Tables
from spamguard.training.corpus import load
from spamguard.training.sources import HELD_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Example = tuple[str, "Answers", int]
"""A source, what the page says about a gap, and the sort of the gap."""

_A_PAGE: Final = 14
_FEWEST_GAPS: Final = 40
_A_TEMPLATE: Final = 24
"""Pages whose first tags are the same were written by one program, and say the same."""
_ALWAYS: Final = np.array([0.33, 0.05, 0.5, 0.08, 0.04])
"""What stands for a place or an answer that was never met."""
_UNMET: Final = 4.0
_RIDGE: Final = 1e-4


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, fit, print, and write when asked to."""
    parser = argparse.ArgumentParser(prog="python -m spamguard.training.customs", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    examples = list(examples_of(chosen.corpus, chosen.seed))
    if not examples:
        print("no page to learn from", file=sys.stderr)
        return 3
    sources = sorted({source for source, _, _ in examples})
    for source in sources if len(sources) > 1 else ():
        learned = fitted([one for one in examples if one[0] != source])
        rows = [one for one in examples if one[0] == source]
        right, likely = _asked(rows, learned)
        print(f"{source}: {len(rows)} gaps, {right:.1%} of their sorts guessed, mean log share {likely:.3f}")
    learned = fitted(examples)
    print("weights:", *(f"{weight:.2f}" for weight in learned.weights))
    if chosen.write:
        rounded = {name: np.round(array, 4).tolist() for name, array in learned._asdict().items()}
        customs.TABLES.write_text(json.dumps(rounded) + "\n", encoding="utf-8")
    return 0


def examples_of(corpus: Path, seed: int) -> Iterator[Example]:
    """Gaps of the honest pages of a corpus: some of every page, and all at the ends of head and body."""
    rng = random.Random(seed)
    templates: set[tuple[bytes, ...]] = set()
    for document in load(corpus):
        if document.kind != "html" or document.use != "train" or document.source in HELD_OUT:
            continue
        habits = customs.habits_of(document.data)
        template = tuple(gap.left for gap in habits.gaps[:_A_TEMPLATE])
        if len(habits.gaps) < _FEWEST_GAPS or template in templates:
            continue
        templates.add(template)
        likely = [number for number, gap in enumerate(habits.gaps) if _may_be_cut_at(gap)]
        ends = [n for n in likely if customs.place_of(habits.gaps[n].left, habits.gaps[n].right) in EDGES]
        for number in rng.sample(likely, min(_A_PAGE, len(likely))) + ends:
            gap = habits.gaps[number]
            told = customs.answers(habits, gap.left, gap.right, range(number, number + 1), partial(operator.ne, number))
            yield document.source, told, habits.sorts[number]


def _may_be_cut_at(gap: customs.Gap) -> bool:
    if gap.end - gap.start > LONGEST_GAP or not customs.parts_lines(gap.right):
        return False
    return gap.left == TEXT or customs.parts_lines(gap.left)


def fitted(examples: Sequence[Example]) -> Tables:
    """Shares counted by place and answer, then a weight for each question."""
    places = np.tile(_ALWAYS * _UNMET, (len(PLACES) + 1, 1))
    singles = np.tile(_ALWAYS * _UNMET, (SINGLES, len(PLACES), ANSWERS, 1))
    for _, told, sort in examples:
        places[told.place, sort] += 1
        for question, answer in enumerate(told[-SINGLES:]):
            singles[question, told.place, answer, sort] += 1
    counted = Tables(
        np.empty(0), places / places.sum(axis=-1, keepdims=True), singles / singles.sum(axis=-1, keepdims=True)
    )
    asked = np.asarray([customs.questions(told, counted) for _, told, _ in examples])
    sorts = np.asarray([sort for _, _, sort in examples])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logs = np.einsum("nqs,q->ns", asked, weights)
        logs -= logs.max(axis=1, keepdims=True)
        likely = np.exp(logs)
        likely /= likely.sum(axis=1, keepdims=True)
        rows = np.arange(len(sorts))
        worth = -float(np.log(likely[rows, sorts]).mean()) + _RIDGE * float(weights @ weights)
        likely[rows, sorts] -= 1
        return worth, np.einsum("nqs,ns->q", asked, likely) / len(sorts) + 2 * _RIDGE * weights

    questions = asked.shape[1]
    weights = minimize(loss, np.full(questions, 1 / questions), jac=True, method="L-BFGS-B").x
    return counted._replace(weights=np.asarray(weights))


def _asked(examples: Sequence[Example], learned: Tables) -> tuple[float, float]:
    """How many sorts are guessed right, and the mean logarithm of the share that the right one got."""
    logs = np.asarray([learned.weights @ customs.questions(told, learned) for _, told, _ in examples])
    sorts = np.asarray([sort for _, _, sort in examples])
    logs -= logs.max(axis=1, keepdims=True)
    shares = logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return float((logs.argmax(axis=1) == sorts).mean()), float(shares[np.arange(len(sorts)), sorts].mean())


if __name__ == "__main__":
    sys.exit(main())
