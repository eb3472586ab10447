from __future__ import annotations

import random

import pytest

from spamguard.page.readable import readable
from tests.page.charsets import ASCII_COMPATIBLE


@pytest.mark.parametrize("label", ASCII_COMPATIBLE)
def test_offsets_read_the_same_characters_again(label: str) -> None:
    codec, words = ASCII_COMPATIBLE[label]
    raw = b"<p>" + (words + " ok ").encode(codec) * 3 + b"</p>"
    found = readable(raw, 3, len(raw) - 4, codec)
    assert found.text == (words + " ok ") * 3
    for index, character in enumerate(found.text):
        assert raw[found.offsets[index] : found.offsets[index + 1]].decode(codec) == character
    assert found.offsets[-1] == len(raw) - 4


@pytest.mark.parametrize("label", ASCII_COMPATIBLE)
def test_broken_bytes_keep_the_offsets_in_order(label: str) -> None:
    codec, words = ASCII_COMPATIBLE[label]
    rng = random.Random(label)  # noqa: S311
    for _ in range(100):
        raw = bytearray(words.encode(codec) * 2)
        for _ in range(3):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        found = readable(bytes(raw), 0, len(raw), codec, references=False)
        places = list(found.offsets)
        assert len(places) == len(found.text) + 1
        assert places == sorted(places)
        assert places[-1] == len(raw)


def test_references_are_one_character_each() -> None:
    raw = b"a&amp;&#26723;&#x6863;b&nosuch;&#1;c"
    found = readable(raw, 0, len(raw), "utf-8")
    assert found.text == "a&档档b&nosuch;c"
    assert raw[found.offsets[2] : found.offsets[3]] == b"&#26723;"
    assert raw[found.offsets[found.text.index("b")] :].startswith(b"b&nosuch;")


def test_a_reference_that_means_two_characters_stands_for_both() -> None:
    raw = b"x&NotEqualTilde;y"
    found = readable(raw, 0, len(raw), "utf-8")
    assert len(found.text) == 4
    assert list(found.offsets) == [0, 1, 1, 16, 17]
