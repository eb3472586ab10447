"""Honest text of languages that no corpus of ours holds is made of their own words, the same again and again."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("wordfreq")

from spamguard.training import everyday

CYRILLIC, ARABIC = "Ѐ-ӿ", "؀-ۿ"
LETTERS = {"el": "Ͱ-Ͽ", "he": "֐-׿", "bn": "ঀ-৿", "hi": "ऀ-ॿ", "fa": ARABIC, "ar": ARABIC}
LETTERS |= dict.fromkeys(("bg", "uk", "ru"), CYRILLIC)


def test_every_language_is_written_in_its_own_letters() -> None:
    texts: dict[str, str] = {}
    for document in everyday.documents(0, share=0.02):
        texts[document.language] = texts.get(document.language, "") + document.data.decode()
    assert set(texts) == set(everyday.LANGUAGES)
    for language, text in texts.items():
        letters = re.findall(r"[^\W\d_]", text)
        own = re.findall(f"[{LETTERS.get(language, 'a-zA-ZÀ-ɏḀ-ỿ')}]", text)
        assert len(own) > 0.9 * len(letters), language


def test_the_same_seed_gives_the_same_texts() -> None:
    one, same, other = (everyday.documents(seed, share=0.02) for seed in (1, 1, 2))
    assert one == same
    assert [document.data for document in one] != [document.data for document in other]
