"""A model may come from anybody: the kernels refuse what does not fit and read nothing outside of their arrays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard import kernels
from spamguard.features.characters import folded, marks_of
from spamguard.features.strangeness import unlike_the_page
from spamguard.features.table import feature_table
from spamguard.model import candidate
from spamguard.model.arrays import read_arrays
from spamguard.model.network import Network
from spamguard.model.score import words_in
from spamguard.model.trees import Trees
from spamguard.model.weights import Model, from_arrays, load, read_notes, shipped, shipped_atoms
from spamguard.page.segments import read
from spamguard.text import classes
from spamguard.text.fold import codes_of
from spamguard.text.keynotes import Keynotes

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGE = b"<p>casino online</p><p>slot gacor</p>" * 20

pytestmark = pytest.mark.skipif(
    kernels.letters is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the shipped model."""
    return load()


@pytest.mark.parametrize(
    ("length", "offset"),
    [(2**63 - 101, 0), (2**63 - 101, -100), (0, 0), (-5, 0), (2**32 + 5, 0), (5, -60_000), (5, 2**32 - 60_000)],
)
def test_notes_that_lead_outside_of_their_texts_are_refused(length: int, offset: int, model: Model) -> None:
    notes = read_notes(shipped())
    assert notes is not None
    lengths, offsets = notes.lengths.copy(), notes.offsets.copy()
    lengths[-1], offsets[-1] = length, offset
    odd = notes._replace(lengths=lengths, offsets=offsets)
    with pytest.raises(ValueError, match="outside of the texts"):
        Keynotes(model.lexicon, model.words, lambda: odd).hits(codes_of("casino online\x00"))


@pytest.mark.parametrize("to", [-1, 2, 2**15 - 1, -(2**15)])
def test_trees_that_lead_outside_of_their_nodes_are_refused(to: int) -> None:
    with pytest.raises(IndexError):
        _tree(feature=0, to=to).score(np.zeros((1, 1), np.float32))
    with pytest.raises(IndexError):
        _tree(feature=to, to=1).score(np.zeros((1, 1), np.float32))


def test_trees_that_go_round_come_to_an_end() -> None:
    odd = _tree(feature=0, to=1)._replace(left=np.asarray([[1, 0]], np.int16), right=np.asarray([[1, 0]], np.int16))
    assert odd.score(np.zeros((1, 1), np.float32)).shape == (1,)


def _tree(feature: int, to: int) -> Trees:
    nodes = np.asarray([[to, 1]], np.int16)
    features, value = np.full((1, 2), feature, np.int16), np.zeros((1, 2), np.float32)
    return Trees(features, np.zeros((1, 2)), nodes, nodes, value, 0.0, 1)


def test_trees_that_ask_for_features_that_a_page_does_not_have_are_refused(model: Model) -> None:
    for odd in (model._replace(sieve=_tree(feature=31, to=1)), model._replace(pages=_tree(feature=79, to=1))):
        with pytest.raises(IndexError):
            _ = odd.judge


def test_suspects_that_are_no_segments_are_refused(model: Model) -> None:
    table, gate, lengths = np.zeros((2, 31), np.float32), np.zeros(2, np.float32), np.ones(3, np.int64)
    assert model.judge.is_broken_into(np.asarray([0, 2]), table, lengths, 0.0, gate) in {False, True}
    for rows in ([0, 3], [-1, 2], [0]):
        with pytest.raises(ValueError, match=r"segment|suspects"):
            model.judge.is_broken_into(np.asarray(rows), table, lengths, 0.0, gate)
    with pytest.raises(ValueError, match="suspects"):
        model.judge.is_broken_into(np.asarray([0, 2]), table[:, :30].copy(), lengths, 0.0, gate)


def test_a_gate_of_another_size_is_refused(model: Model) -> None:
    odd = model._replace(gate=model.gate._replace(hidden=model.gate.hidden[:-1]))
    with pytest.raises(ValueError, match="gate of the wrong size"):
        candidate.is_candidate(read(PAGE, path="page.html"), odd)


def test_arrays_may_be_stored_column_by_column(model: Model) -> None:
    gate = Network.from_arrays({name: np.asfortranarray(each) for name, each in model.gate.arrays("").items()}, "")
    pages = Trees.from_arrays({name: np.asfortranarray(each) for name, each in model.pages.arrays("").items()}, "")
    page = read(PAGE, path="page.html")
    odd = model._replace(gate=gate, pages=pages)
    assert candidate.is_candidate(page, odd) is candidate.is_candidate(page, model)


def test_a_table_that_was_refused_leaves_nothing_behind(model: Model) -> None:
    kinds = np.zeros(40, np.int8)
    before = _table(model, kinds, np.arange(40))
    for odd, rows in ((kinds[:-1], np.arange(40)), (kinds, np.asarray([40])), (kinds, np.asarray([-1]))):
        with pytest.raises(ValueError, match="segment"):
            _table(model, odd, rows)
    assert np.array_equal(_table(model, kinds, np.arange(40)), before)


def test_a_class_that_there_is_not_is_refused(model: Model) -> None:
    text = folded(read(PAGE, path="page.html").text, model.folds)
    odd = text._replace(kinds=np.where(np.arange(len(text.kinds)) == 7, classes.COUNT, text.kinds).astype(np.uint8))
    with pytest.raises(ValueError, match="class"):
        unlike_the_page(odd)
    with pytest.raises(ValueError, match="class"):
        feature_table(odd, marks_of(text), words_in(text, model), np.zeros(40, np.int8), np.arange(40))


@pytest.mark.parametrize("scale_and_bias", [(0.0, 0.0), (-1.0, 0.0), (np.nan, 0.0), (np.inf, 0.0), (1.0, np.nan)])
def test_a_model_whose_words_weigh_nothing_is_refused(scale_and_bias: tuple[float, float]) -> None:
    arrays = read_arrays((shipped() / "weights.npz").read_bytes())
    manifest = json.loads((shipped() / "manifest.json").read_text("utf-8"))
    assert from_arrays(arrays, manifest, shipped_atoms).word_scale > 0
    with pytest.raises(ValueError, match="weights"):
        from_arrays(arrays | {"word_scale_bias": np.asarray(scale_and_bias)}, manifest, shipped_atoms)


def _table(model: Model, kinds: NDArray[np.int8], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    text = folded(read(PAGE, path="page.html").text, model.folds)
    return feature_table(text, marks_of(text), words_in(text, model), kinds, rows)
