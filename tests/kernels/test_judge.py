"""The kernels that undo disguises, judge suspects and hear structured data answer as their twins do."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard import kernels
from spamguard.features.characters import Folded, folded
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.model import candidate
from spamguard.model.trees import Trees
from spamguard.model.weights import Model, load
from spamguard.page.segments import read
from tests.kernels.test_twins import _both as both

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 400
WORDS_SAID = ("Library of the town", "a house of honey", " | ", " ", "casino online", "slot gacor", "judi bola")
DISGUISES = (
    "a", "b", "o", "x", "1", "0", "8", "-", ".", "·", " ", "  ", "\x00", "\x05", "я", "о", "а", "ж", "ο", "α", "λ",
    "字", "あ", "(", ")", "行(hang)", "(abcdef)", "(abcdefg)", "\u200b", "ф1", "слот", "s1ot", "a b c d e", "1.2.3.4.5",
    "é", "\u212a", "XXXXXXXX", "𝓼", "\u202eab",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    kernels.judge is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the shipped model."""
    return load()


@pytest.mark.parametrize("seed", range(8))
def test_disguises_are_undone_alike(seed: int, model: Model) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(ROUNDS):
        parts = chance.sample(DISGUISES, chance.randrange(1, len(DISGUISES)))
        text = "".join(chance.choices(parts, k=chance.randrange(60))) + "\x00"
        compiled, plain = both(partial(folded, text, model.folds))
        for name in Folded._fields:
            assert np.array_equal(getattr(compiled, name), getattr(plain, name)), text


@pytest.mark.parametrize("seed", range(8))
def test_suspects_tell_alike(seed: int, model: Model) -> None:
    numbers = np.random.default_rng(seed)
    told = 0
    for _ in range(ROUNDS):
        suspects, gate = _suspects(numbers)
        compiled, plain = both(partial(candidate.are_telling, suspects, gate, model))
        assert compiled is plain
        told += plain
    assert 0 < told < ROUNDS


def test_a_page_is_described_alike_to_the_bit(model: Model) -> None:
    numbers = np.random.default_rng(0)
    asked = 0
    while asked < ROUNDS:
        suspects, gate = _suspects(numbers)
        loud = np.flatnonzero(gate >= model.thresholds.gate)
        sieve = model.sieve.score(suspects.table[loud])
        if not len(loud) or sieve.max() < model.thresholds.sieve:
            continue
        row = candidate.page_row(suspects, loud, gate[loud], sieve)
        thresholds = model.thresholds._replace(page=0.0)
        assert candidate.are_telling(suspects, gate, model._replace(pages=_none_but(row), thresholds=thresholds))
        asked += 1


def _suspects(numbers: np.random.Generator) -> tuple[candidate.Suspects, NDArray[np.float32]]:
    """Segments of a page that nobody has written, and scores of theirs."""
    size = int(numbers.integers(1, 30))
    segments = size + int(numbers.integers(0, 3 * size))
    table = numbers.normal(0, 3, (size, len(SEGMENT_NAMES))).astype(np.float32)
    table[numbers.random(table.shape) < 0.3] = 0
    rows = np.sort(numbers.choice(segments, size, replace=False))
    gate = numbers.normal(-2, 1, size).astype(np.float32)
    return candidate.Suspects(rows, table, numbers.integers(0, 300, segments), float(numbers.normal())), gate


def _none_but(row: NDArray[np.float32]) -> Trees:
    """Trees that take one row of numbers for a broken-into page, and none that differs in any bit."""
    less = np.nextafter(row, np.float32(-np.inf))
    size = 2 * len(row)
    nodes = np.tile(np.asarray([0, 1, 2], np.int16), (size, 1))
    left, right, feature = nodes.copy(), nodes.copy(), np.zeros((size, 3), np.int16)
    left[:, 0], right[:, 0] = 1, 2
    feature[:, 0] = np.tile(np.arange(len(row)), 2)
    threshold, value = np.zeros((size, 3)), np.zeros((size, 3), np.float32)
    threshold[:, 0] = np.concatenate((row, less))
    value[: len(row), 2] = value[len(row) :, 1] = -1
    return Trees(feature, threshold, left, right, value, 0.5, 1)


@pytest.mark.parametrize("seed", range(8))
def test_structured_data_is_heard_alike(seed: int, model: Model) -> None:
    chance = random.Random(seed)  # noqa: S311
    page = read(b"<p>words</p>", path="page.html")
    told = 0
    for number in range(ROUNDS):
        parts = WORDS_SAID + (tuple(chance.sample(DISGUISES, 3)) if number % 2 else ())
        page.said = tuple(
            (" " * (number % 3 > 0)).join(chance.choices(parts, k=chance.randrange(12)))
            for _ in range(chance.randrange(1, 4))
        )
        compiled, plain = both(partial(candidate.says_spam, page, model))
        assert compiled is plain, page.said
        told += plain
    assert 0 < told < ROUNDS
