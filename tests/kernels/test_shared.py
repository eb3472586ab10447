"""Threads share a guard: the kernels keep nothing of a page where another thread could see it."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spamguard.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parent.parent.parent / "data"
SOME = 60
DISGUISED = "<p>а1b2с XXXXXXXXXX a.b.c.d \u202eabc 行(hang) s1ot g4c0r</p>".encode()


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_threads_that_share_a_guard_get_the_answers_of_one() -> None:
    chance = random.Random(0)  # noqa: S311
    paths = chance.sample(sorted(path for path in DATA.rglob("*.html") if path.stat().st_size < 60_000), SOME)
    pages = [path.read_bytes() + DISGUISED * (number % 2) for number, path in enumerate(paths)]
    one, shared = Guard(), Guard()
    alone = [one.scan(page, path="page.html") for page in pages]

    def ask(seed: int) -> bool:
        order = random.Random(seed).sample(range(SOME), SOME)  # noqa: S311
        return all(shared.scan(pages[number], path="page.html") == alone[number] for number in order)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [True] * 4
