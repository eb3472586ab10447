"""The compiled reader of UTF-8 answers as ``bytes.decode`` does, and nothing where that raises."""

from __future__ import annotations

import random
import sys
from itertools import product

import pytest

from spamguard import kernels
from spamguard.page.charset import decoded

pytestmark = pytest.mark.skipif(kernels.utf8 is None, reason="the kernels were not compiled")

ODD = (0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xDF, 0xE0, 0xE1, 0xEC, 0xED)
LEADS = (*ODD, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFE, 0xFF)


def _is_read_alike(raw: bytes) -> None:
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        assert kernels.utf8.text_of(raw) is None, raw
        return
    text = kernels.utf8.text_of(raw)
    assert text == plain
    # As narrow as it can be, or it would be unlike others that look the same.
    assert sys.getsizeof(text) <= sys.getsizeof(plain)
    assert text.isascii() is plain.isascii()
    assert hash(text) == hash(plain)


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_bytes_in_a_row_are_read_alike(length: int) -> None:
    for odd in product(LEADS if length > 1 else range(0x100), repeat=length):
        for around in (b"", b"a" * 33):
            _is_read_alike(around + bytes(odd) + around)


@pytest.mark.parametrize("lead", [0xF0, 0xF1, 0xF4, 0xF5])
def test_four_bytes_are_read_alike(lead: int) -> None:
    for odd in product(ODD, repeat=3):
        _is_read_alike(bytes((lead, *odd)))


@pytest.mark.parametrize("letters", ["", "é", "éÿ", "€", "é€", "\uffff", "\U00010000", "é€\U0010ffff", "\ue000\ud7ff"])
def test_letters_are_read_alike_wherever_they_stand(letters: str) -> None:
    raw = letters.encode()
    for before in (*range(40), 127, 128, 129, 255, 256, 4_000):
        for after in (0, 1, 7, 31, 32, 33, 128):
            _is_read_alike(b"a" * before + raw + b"b" * after + raw)
            _is_read_alike(b"a" * before + raw[:-1] + b"b" * after)
            _is_read_alike(b"a" * before + raw + b"\x80" + b"b" * after)


@pytest.mark.parametrize("seed", range(4))
def test_letters_in_any_order_are_read_alike(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(1_000):
        some = (
            chance.randrange(0x80),
            chance.randrange(0x100),
            chance.randrange(0xD800),
            chance.randrange(0x10000, 0x110000),
        )
        letters = [chr(chance.choice(some[: chance.randrange(1, 5)])) * chance.choice((1, 2, 40)) for _ in range(9)]
        raw = bytearray("".join(letters).encode())
        _is_read_alike(bytes(raw))
        raw[chance.randrange(len(raw))] = chance.choice(LEADS)
        _is_read_alike(bytes(raw))


def test_a_page_is_decoded_alike_without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [b"<p>words", "<p>wörds €".encode(), b"<meta charset=windows-1252><p>w\xf6rds"]
    compiled = [decoded(page) for page in pages]
    monkeypatch.setattr(kernels, "utf8", None)
    assert compiled == [decoded(page) for page in pages]
