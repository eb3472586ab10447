"""Telling keywords are found wherever they stand, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard.features.characters import folded
from spamguard.features.keywords import words_of
from spamguard.features.known import columns, named_in
from spamguard.model.weights import load
from spamguard.text.fold import codes_of, fold_table
from spamguard.text.keynotes import Keynotes
from spamguard.text.lexicon import Atom, Lexicon
from spamguard.text.ngrams import TABLE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = np.zeros(0, dtype=np.uint32)
FOLDS = fold_table(NOTHING, NOTHING)
SILENT = np.zeros(TABLE_SIZE, dtype=np.int8)
ATOMS = (
    Atom("online casino", "en", 3, "gambling"),
    Atom("casino", "en", 1, "gambling"),
    Atom("slot", "id", 2, "gambling"),
    Atom("百家乐", "zh", 3, "gambling"),
    Atom("无码", "zh", 2, "adult"),
    Atom("casino", "de", 1, "gambling"),
)


def _keynotes(atoms: Sequence[Atom] = ATOMS) -> Keynotes:
    return Keynotes(Lexicon(lambda: atoms, FOLDS), SILENT)


def _named(text: str, atoms: Sequence[Atom] = ATOMS) -> list[str]:
    return [hit.atom.text for hit in _keynotes(atoms).hits(codes_of(text + "\x00"))]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the best online casino of all", ["online casino"]),
        ("online casino", ["online casino"]),
        ("xonline casinos", []),  # no word of its own
        ("a slot, another slot", ["slot", "slot"]),
        ("slots and slotted", []),
        ("玩百家乐吧", ["百家乐"]),  # Chinese words have no ends
        ("百家", []),
        ("无码百家乐", ["无码", "百家乐"]),
        ("a casino", []),  # an everyday word says little
        ("", []),
        ("online\x00casino", []),  # two segments
    ],
)
def test_only_whole_telling_keywords_of_one_segment_are_heard(text: str, named: list[str]) -> None:
    assert sorted(_named(text)) == sorted(named)


def test_where_it_stands_is_told() -> None:
    (hit,) = _keynotes().hits(codes_of("play at an online casino now\x00"))
    assert "play at an online casino now"[hit.start : hit.end] == "online casino"


def test_an_empty_list_hears_nothing() -> None:
    assert _named("online casino", ()) == []


def test_every_telling_keyword_of_the_shipped_list_is_heard_alone_and_in_a_sentence() -> None:
    model = load()
    telling = [(text, atom) for text, atom in model.lexicon.atoms() if atom.strength >= 2]
    assert len(telling) > 1_000
    for text, _ in telling:
        for around in ("{}", "we say {} here."):
            heard = model.keynotes.hits(codes_of(around.format(text) + "\x00"))
            assert text in {model.lexicon.folded(hit.atom.text) for hit in heard}


def test_shares_count_the_characters_of_each_segment_once() -> None:
    text = folded("online casino\x00nothing here\x00slot 12345\x00", FOLDS)
    named, strong = (column.tolist() for column in columns(text, named_in(text, _keynotes().hits(text.codes))))
    assert named == [1.0, 0.0, pytest.approx(0.4)]
    assert strong == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("last", ["x", "x" * 40])
def test_a_keyword_that_is_only_known_sounds_like_one(last: str) -> None:
    atoms = [atom._replace(only_known=True) for atom in ATOMS]
    text = folded(f"online casino\x00nothing here\x00slot 12345 {last}\x00", FOLDS)
    known = named_in(text, _keynotes(atoms).hits(text.codes))[-1]
    silent = words_of(text, SILENT, 0.5, -6.0)
    words = words_of(text, SILENT, 0.5, -6.0, known)
    assert words.mean[0] > words.mean[2] > words.mean[1] == silent.mean[1]
    assert words.window[0] > words.window[2] > words.window[1] == silent.window[1]
    assert words.loud.tolist() == known.tolist()
    loud = words_of(text, SILENT, 0.5, 14.0)
    for before, after in zip(loud, words_of(text, SILENT, 0.5, 14.0, known), strict=True):
        assert before.tolist() == after.tolist()  # nor louder than it is


def test_keywords_that_spam_to_learn_from_is_made_of_sound_as_they_were_learned() -> None:
    text = folded("online casino\x00", FOLDS)
    assert not named_in(text, _keynotes().hits(text.codes))[-1].any()


def test_only_chosen_stretches_are_searched() -> None:
    text = folded("a slot\x00two\x00slot three\x00", FOLDS)
    for chosen, places in (([0, 1, 2], [2, 11]), ([0], [2]), ([1, 2], [11]), ([1], []), ([], [])):
        rows = np.asarray(chosen, dtype=np.intp)
        hits = _keynotes().hits(text.codes, (text.starts[rows], text.ends[rows]))
        assert [hit.start for hit in hits] == places
