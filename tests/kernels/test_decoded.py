"""Bytes are decoded by the kernel as Python decodes them, valid or not."""

from __future__ import annotations

import random
import sys

import pytest

from spamguard import kernels

LETTERS = (
    "a", "<p class=x>" * 3, "é", "ÿ", "Ā", "中", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "\x7f",
    "\x80", "\x00",
)  # fmt: skip
ODD = (0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF)
BEGUN = "é".encode()
"""The kernel leaves to Python what does not begin with something like this."""

pytestmark = pytest.mark.skipif(
    kernels.letters is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)


def _is_decoded_alike(raw: bytes) -> bool:
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        plain = None
    compiled = kernels.letters.decoded(raw)
    assert compiled == plain, raw
    # A text must not take more room than it needs: Python compares texts by that.
    assert compiled is None or len(compiled) < 2 or sys.getsizeof(compiled) == sys.getsizeof(plain)
    return plain is not None


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_is_decoded_alike(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    valid = 0
    for _ in range(4_000):
        letters = chance.sample(LETTERS, chance.randrange(1, len(LETTERS)))
        raw = bytearray("".join(chance.choices(letters, k=chance.randrange(1, 40))).encode())
        for _ in range(chance.choice((0, 0, 0, 1, 2))):
            raw[chance.randrange(len(raw))] = chance.choice(ODD)
        cut = len(raw) - chance.choice((0, 0, 1))
        valid += _is_decoded_alike(bytes(raw[:cut]))
        valid += _is_decoded_alike(BEGUN + b"x" * chance.randrange(30) + raw[:cut])
    assert 2_000 < valid < 8_000


def test_every_kind_of_broken_character_is_refused() -> None:
    for first in range(0x80, 0x100):
        for second in ODD:
            for third in ODD:
                for after in (b"", b"\x80", b"\x80\x80", b"A", b"\x80A"):
                    _is_decoded_alike(BEGUN + bytes((first, second, third)) + after)


def test_a_long_page_is_decoded_alike() -> None:
    for letter in LETTERS:
        for head in (0, 100, 40_000):
            text = "x" * head + letter + "<p>words</p>" * 9_000 + letter
            assert _is_decoded_alike(text.encode())
            assert not _is_decoded_alike(text.encode() + b"\xe4\xb8")
