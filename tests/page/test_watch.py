from __future__ import annotations

import random

import pytest

from spamguard.page.watch import Watch

WORDS = ("4ck", "злом", "r00t", "pwned", "acked by ", "previous instructions", "人工智能助手", "指令，", "iraté par")
HONEST = "The library is open on weekdays, Жизнь и судьба — tracked, r0ot, pwn ed. 开放时间 "


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("length", [0, 40, 999, 1_000, 16_380, 16_384, 16_391, 40_000])
def test_a_word_is_found_wherever_it_stands(word: str, length: int) -> None:
    text = (HONEST * (length // len(HONEST) + 1))[:length]
    watch = Watch(WORDS)
    assert not watch.finds_any(text + HONEST * 30)
    assert watch.finds_any(text + word)
    assert watch.finds_any(text + word + HONEST * 30)
    assert not watch.finds_any(text + word[:-1] + "\x00" + word[-1:] + HONEST * 30)


def test_it_says_what_a_search_for_each_word_says() -> None:
    rng = random.Random(0)  # noqa: S311
    for _ in range(300):
        text = "".join(rng.choices("abcd \U0001d400é", k=rng.randrange(900, 2_500)))
        words = ["".join(rng.choices("abcd \U0001d400é", k=rng.randrange(2, 14))) for _ in range(3)]
        assert Watch(words).finds_any(text) == any(word in text for word in words)
