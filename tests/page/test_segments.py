from __future__ import annotations

import pytest

from spamguard.errors import Unjudgeable
from spamguard.page.segments import read
from spamguard.page.tokens import BREAK, Kind
from tests.page.charsets import ASCII_COMPATIBLE


@pytest.mark.parametrize("label", ASCII_COMPATIBLE)
def test_a_segment_is_the_text_between_two_blocks(label: str) -> None:
    codec, words = ASCII_COMPATIBLE[label]
    raw = f"<html><meta charset={label}><div><p>{words} one</p>\n<p>two <b>{words}</b></p></div>".encode(codec)
    assert read(raw, path="a.html").text.split(BREAK)[:-1] == [f"{words} one", f"two {words}"]


def test_every_segment_has_a_kind_and_a_text() -> None:
    page = read(
        b"<title>Library</title><meta name=keywords content='books, maps'><p>one<p>two"
        b"<!-- a comment with <b>words</b> in it --><img alt='a picture of the old reading room'>",
        path="a.html",
    )
    texts = page.text.split(BREAK)[:-1]
    assert len(texts) == len(page)
    assert [Kind(int(kind)).name for kind in page.kinds] == ["TEXT", "TEXT", "TITLE", "META", "COMMENT", "ATTRIBUTE"]


@pytest.mark.parametrize("data", [b"", b" \r\n\t "])
def test_an_empty_file_cannot_be_judged(data: bytes) -> None:
    with pytest.raises(Unjudgeable) as raised:
        read(data)
    assert raised.value.reason == "empty"


def test_a_plain_text_has_a_segment_a_line() -> None:
    page = read(b"first line\n\n  \nsecond & line\n", path="notes.txt")
    assert page.text.split(BREAK)[:-1] == ["first line", "second & line"]


@pytest.mark.parametrize(
    "raw",
    [
        b"<!-- never closed " * 2000,
        b"<script>never closed " * 2000,
        b"<title>never closed " * 2000,
        b"<p>a\x00b\x00c\x00</p>" + b"text " * 400,
        b"<p>one\r<p>two\r<b>three\r",
        b"</" * 5000 + b"words",
        b"<p>words</p>" + b"&amp;" * 20_000,
        b"<p " + b" ".join(b"a%d=x" % n for n in range(5000)) + b">words",
        b"<p>" + b"|" * 50_000,
        b"<a\xa0b>\xe6\xa1</a>",
    ],
    ids=["comments", "scripts", "titles", "nul", "cr", "soup", "references", "attributes", "separators", "broken"],
)
def test_hostile_pages_are_read(raw: bytes) -> None:
    page = read(raw, path="a.html")
    assert page.text.count(BREAK) == len(page)


@pytest.mark.parametrize(
    ("value", "is_read"),
    [("slot gacor, togel online", True), ('[{"id": "a b", "n": 1}]', False), ('{"a": "slot gacor"}', False)],
)
def test_values_of_hidden_inputs_are_read_unless_they_are_data(value: str, is_read: bool) -> None:
    page = read(f"<p>Boats.</p><input type=hidden name=q value='{value}'>".encode(), path="page.html")
    assert (value in page.text) is is_read


@pytest.mark.parametrize("before", ["", "salt &amp; pepper, " * 3, "&amp;" * 200])
def test_a_reference_that_was_written_twice_is_read(before: str) -> None:
    page = read(f"<p>{before}c&amp;#97;sino and &amp;#x63;af\xe9 &amp;#00;</p>".encode(), path="a.html")
    assert page.text == f"{before.replace('&amp;', '&')}casino and caf\xe9 \ufffd{BREAK}"


@pytest.mark.parametrize("before", ["", "&amp;" * 200])
def test_what_is_no_reference_stays_as_it_is_written(before: str) -> None:
    page = read(f"<p>{before}salt &amp; pepper &amp;# &amp;amp;</p>".encode(), path="a.html")
    assert page.text == f"{before.replace('&amp;', '&')}salt & pepper &# &amp;{BREAK}"


def test_a_zero_byte_ends_no_segment() -> None:
    page = read(b"<p>one\x00two</p><p>three</p><!-- a comment of many\x00words -->", path="a.html")
    assert page.text.count(BREAK) == len(page) == 3
