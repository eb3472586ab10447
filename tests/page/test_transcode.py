from __future__ import annotations

import random

import pytest

from spamguard.findings import Edit, Span
from spamguard.page.charset import Charset
from spamguard.page.segments import read
from spamguard.page.transcode import transcode
from spamguard.removal.splice import splice
from tests.page.charsets import WIDE, page_in

UTF16_LE = Charset("utf-16le", "utf-16-le", 2)
JIS = Charset("iso-2022-jp", "iso2022_jp_2")
HZ = Charset("hz-gb-2312", "hz")
WRAPPER = '<div style="display:none">日本 spam カ</div>'


def _cut(data: bytes, charset: Charset, before: str, block: str) -> bytes:
    utf8, byte_map = transcode(data, charset)
    start = len(before.encode())
    assert utf8[start : start + len(block.encode())] == block.encode()
    return splice(data, byte_map.edits(Edit(start, start + len(block.encode()))), charset.codec)


@pytest.mark.parametrize("label", WIDE)
def test_cutting_a_wrapper_gives_the_page_back(label: str) -> None:
    codec, mark, words = WIDE[label]
    original = page_in(label.split(" ")[0], codec, words, mark)
    text = original[len(mark) :].decode(codec)
    at = text.index("<div class=a>")
    block = f"<div hidden>{words} spam {words}</div>"
    infected = mark + (text[:at] + block + text[at:]).encode(codec)
    page = read(infected, path="a.html")
    assert page.byte_map is not None
    start = page.raw.index(block.encode())
    edits = page.byte_map.edits(Edit(start, start + len(block.encode())))
    assert splice(infected, edits, codec) == original


@pytest.mark.parametrize("charset", [JIS, HZ], ids=["iso-2022-jp", "hz"])
@pytest.mark.parametrize("left", ["", "a", "国", "a国"])
@pytest.mark.parametrize("block", ["x", "中", "x中", "中x", "中x中"])
@pytest.mark.parametrize("right", ["", "a", "人", "人a"])
def test_a_cut_beside_shift_sequences_leaves_neither_more_nor_fewer(
    charset: Charset, left: str, block: str, right: str
) -> None:
    data = (left + block + right).encode(charset.codec)
    cleaned = _cut(data, charset, left, block)
    assert cleaned.decode(charset.codec) == left + right
    assert cleaned == (left + right).encode(charset.codec) or charset is JIS or (left + right == "")


def test_a_cut_beside_surrogate_pairs_takes_whole_characters() -> None:
    data = b"\xff\xfe" + "a😀<b>😀</b>😀z".encode("utf-16-le")
    assert _cut(data, UTF16_LE, "a😀", "<b>😀</b>") == b"\xff\xfe" + "a😀😀z".encode("utf-16-le")


def test_an_odd_last_byte_and_lone_surrogates_keep_their_places() -> None:
    odd = b"\xff\xfe" + b"\x3d\xd8" + "<p>".encode("utf-16-le") + b"\x00\xdc" + "<b>x</b>".encode("utf-16-le") + b"z"
    utf8, byte_map = transcode(odd, UTF16_LE)
    start = utf8.index(b"<b>")
    (edit,) = byte_map.edits(Edit(start, start + len(b"<b>x</b>")))
    assert odd[edit.start : edit.end] == "<b>x</b>".encode("utf-16-le")
    assert int(byte_map.first[-1]) == len(odd)


@pytest.mark.parametrize("charset", [UTF16_LE, Charset("utf-16be", "utf-16-be", 2), JIS, HZ], ids=lambda c: c.name)
def test_broken_bytes_never_break_the_map(charset: Charset) -> None:
    rng = random.Random(7)  # noqa: S311
    whole = "\ufeff<p>ab中国x</p>\n" * 3
    if charset.bom == 0:
        whole = whole.replace("\ufeff", "")
    for _ in range(400):
        data = bytearray(whole.encode(charset.codec))
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(charset.bom, len(data))
            if rng.random() < 0.5:
                data[place] = rng.choice((0x1B, 0x24, 0x28, 0x7E, 0x7B, 0xD8, 0xDC, 0, rng.randrange(256)))
            else:
                del data[place]
        utf8, byte_map = transcode(bytes(data), charset)
        assert len(byte_map.first) == len(byte_map.last) == len(utf8) + 1
        spans = [byte_map.span(Span(k, k)) for k in range(len(utf8) + 1)]
        assert spans == sorted(spans)
        assert all(0 <= span.start <= len(data) for span in spans)


def test_an_endless_escape_sequence_is_one_unknown_character() -> None:
    assert b"</p>" in transcode(b"<p>\x1b$BF|\x1b(\x1f\x1b(\x1fabc</p>", JIS)[0]
