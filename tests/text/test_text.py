from __future__ import annotations

import numpy as np

from spamguard.text.classes import DIGIT, HAN, KANA, LATIN, SEPARATOR, SIZE, SPACE, class_table
from spamguard.text.fold import DROP, codes_of, fold, fold_table
from spamguard.text.lexicon import Atom, Lexicon
from spamguard.text.ngrams import ORDERS, TABLE_SIZE, crossing, hashed, place_weights
from spamguard.text.words import repeated

SOURCE = np.asarray([ord(c) for c in "ABＣ\u200b"], dtype=np.uint32)
TARGET = np.asarray([ord("a"), ord("b"), ord("c"), DROP], dtype=np.uint32)
FOLDS = fold_table(SOURCE, TARGET)


def _lexicon(*texts: str) -> Lexicon:
    return Lexicon(lambda: [Atom(text, "en", 2, "gambling") for text in texts], FOLDS)


def _hits(lexicon: Lexicon, text: str) -> list[str]:
    return [hit.atom.text for hit in lexicon.hits(lexicon.folded(text))]


def test_folding_keeps_the_length_and_knows_what_it_drops() -> None:
    codes = codes_of("AB\u200bＣ\t😀\U0002a6d6")
    folded = fold(codes, FOLDS)
    assert len(folded) == len(codes)
    assert folded[:5].tolist() == [ord("a"), ord("b"), DROP, ord("c"), 0x20]
    assert folded[6] == SIZE - 1


def test_lone_surrogates_can_be_folded() -> None:
    assert len(fold(codes_of("a\ud800b"), FOLDS)) == 3


def test_invisible_characters_do_not_hide_a_keyword() -> None:
    assert _hits(_lexicon("abc"), "x A\u200bB\u200bＣ y") == ["abc"]


def test_a_keyword_is_not_found_inside_a_word() -> None:
    assert _hits(_lexicon("cab"), "cabinet, a cab. scab") == ["cab"]


def test_scripts_without_spaces_have_no_word_ends() -> None:
    assert _hits(_lexicon("精品"), "国产精品久久精品") == ["精品", "精品"]


def test_the_longest_keyword_wins_and_hits_do_not_overlap() -> None:
    assert _hits(_lexicon("slot", "slot machine", "machine"), "slot machine slot") == ["slot machine", "slot"]


def test_white_space_of_any_length_is_one_space() -> None:
    assert _hits(_lexicon("slot machine"), "slot \t\n  machine") == ["slot machine"]


def test_hits_lie_where_they_say() -> None:
    lexicon = _lexicon("casino", "slot")
    folded = lexicon.folded("a casino, a slot; CASINO")
    assert all(folded[hit.start : hit.end] == hit.atom.text for hit in lexicon.hits(folded))


def test_classes_of_characters() -> None:
    table = class_table()
    kinds = table[codes_of("a1 |档カ")]
    assert kinds.tolist() == [LATIN, DIGIT, SPACE, SEPARATOR, HAN, KANA]


def test_ngrams_of_a_text_do_not_depend_on_what_stands_around_it() -> None:
    alone, inside = codes_of("casino"), codes_of("xx\x00casino\x00yy")
    for one, other, n in zip(hashed(alone), hashed(inside), ORDERS, strict=True):
        places = len(alone) - n + 1
        assert one[:places].tolist() == other[3 : 3 + places].tolist()
        assert int(one.max()) < TABLE_SIZE


def test_ngrams_across_segments_weigh_nothing() -> None:
    codes = codes_of("ab\x00cd\x00")
    weights = place_weights(codes, np.asarray([2, 5]), np.ones(TABLE_SIZE, dtype=np.int8))
    assert weights.tolist() == [1, 0, 0, 1, 0, 0]
    assert crossing(np.asarray([2]), 3).tolist() == [2, 1, 0]
    assert set(crossing(np.asarray([1]), 3).tolist()) == {0, 1}


def test_words_told_equally_often_stand_in_the_order_of_the_text() -> None:
    words = ["zulu", "alpha", "mike", "bravo", "kilo"]
    assert repeated([" ".join(words), " ".join(words[::-1])]) == [(word, 2) for word in words]


def test_a_keyword_is_found_though_its_letters_stand_apart() -> None:
    lexicon = Lexicon(lambda: [Atom("keyword", "en", 3, "goods")], FOLDS)
    for text in ("see k e y w o r d now", "see k.e.y.w.o.r.d now", "k_e_y_w_o_r_d"):
        assert [hit.atom.text for hit in lexicon.hits(lexicon.folded(text))] == ["keyword"]
    assert lexicon.folded("a 1 b, i am") == "a 1 b, i am"
