"""Disguises that are undone from the characters alone."""

from __future__ import annotations

from random import Random

import pytest

from spamguard.model.weights import load
from spamguard.text.undone import Overrides


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5l07 g4c0r, c451n0 0nl1n3, r7p", "slot gacor, casino online, rtp"),
        ("оnlinе саsinо, роkеr", "online casino, poker"),
        ("кaзинo oнлaйн", "казино онлайн"),
        ("\u202eonisac enilno\u202c, \u202erocag tols\u202c", "online casino, slot gacor"),
        ("\u202eonisac", "casino"),
        ("国(guo)产精品视(shi)频 成人(ren)视频(pin)", "国产精品视频 成人视频"),
        ("o.n.l.i.n.e", "online"),
        ("c a s i n o", "casino"),
        ("XXXXXXXXXXXX generated", "generated"),
        ("zzzzzzz sleep", "zzzzzzz sleep"),
        ("a xxxxxxxx b xxxxxxxxx", "a b"),
    ],
)
def test_disguised_words_are_read_as_people_read_them(written: str, read: str) -> None:
    assert load().lexicon.folded(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "mp3 slot88 1xbet b2b h264 win10 co2 24/7 3d",
        "привет, здесь 5 μm",
        "支付(wechatpay)",
        "f(x) = a(b)",
        "u.s. and e.u.",
        "x2y9z1",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert load().lexicon.folded(text) == text


def test_a_part_of_what_is_shown_backwards_is_turned_by_itself() -> None:
    text = "slots \u202eonisac ,rekop\u202c bonus"
    shown = Overrides(text)
    parts = [shown.part(text.index(part), text.index(part) + len(part)) for part in ("slots", "rekop", "bonus")]
    assert parts == ["slots", "poker", "bonus"]


def test_folding_random_text_never_fails_and_leaves_nothing_to_undo() -> None:
    rng = Random(3)  # noqa: S311
    lexicon = load().lexicon
    letters = "abо01 ()\u202e\u202c国é.еk3-"
    for _ in range(3_000):
        text = "".join(rng.choice(letters) for _ in range(rng.randint(0, 14)))
        folded = lexicon.folded(text)
        assert not {"\u202e", "\u202c"} & set(folded)
        assert len(folded) <= len(text)
