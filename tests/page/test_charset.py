from __future__ import annotations

import pytest

from spamguard.errors import Unjudgeable
from spamguard.page.charset import sniff
from spamguard.page.segments import read
from tests.page.charsets import ASCII_COMPATIBLE, WIDE, page_in

RUSSIAN = "Городская библиотека открыта ежедневно с девяти часов утра, приходите к нам читать книги."


@pytest.mark.parametrize("label", ASCII_COMPATIBLE)
def test_a_declared_charset_is_read(label: str) -> None:
    codec, words = ASCII_COMPATIBLE[label]
    assert words in read(page_in(label, codec, words), path="a.html").text


@pytest.mark.parametrize("label", WIDE)
def test_wide_and_stateful_charsets_are_read(label: str) -> None:
    codec, mark, words = WIDE[label]
    assert words in read(page_in(label.split(" ")[0], codec, words, mark), path="a.html").text


def test_a_mark_beats_a_declaration() -> None:
    assert sniff(b'\xef\xbb\xbf<meta charset="gbk"><p>\xe6\xa1\xa3</p>').bom == 3


def test_valid_utf8_beats_a_wrong_declaration() -> None:
    page = '<meta charset="windows-1251"><p>档案馆</p>'.encode()
    assert sniff(page).name == "utf-8"


def test_a_page_that_says_utf8_but_is_not_is_guessed() -> None:
    page = f'<meta charset="utf-8"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in read(page, path="a.html").text


def test_few_broken_bytes_do_not_unmake_utf8() -> None:
    page = b'<meta charset="utf-8"><p>\xff' + "档案馆".encode() * 30 + b"</p>"
    assert sniff(page).name == "utf-8"


@pytest.mark.parametrize("codec", ["cp1251", "koi8_r"])
def test_an_undeclared_page_is_guessed(codec: str) -> None:
    assert RUSSIAN in read(f"<html><body><p>{RUSSIAN}</p></body></html>".encode(codec), path="a.html").text


def test_a_declaration_in_a_comment_does_not_count() -> None:
    page = f'<!-- <meta charset="big5"> --><meta charset="windows-1251"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert sniff(page).name == "windows-1251"


def test_an_xml_declaration_counts() -> None:
    page = f'<?xml version="1.0" encoding="koi8-r"?><html><p>{RUSSIAN}</p></html>'.encode("koi8_r")
    assert sniff(page).name == "koi8-r"


def test_a_late_declaration_counts() -> None:
    head = "<html><head>" + "<link rel=x href=y>\n" * 150
    page = f'{head}<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>{RUSSIAN}'.encode("koi8_r")
    assert sniff(page).name == "koi8-r"


def test_an_unknown_charset_is_said_to_be_unknown() -> None:
    with pytest.raises(Unjudgeable) as raised:
        sniff(b'<meta charset="x-no-such-thing"><p>\xd0\xff\xfe\x81\xfa</p>')
    assert raised.value.reason == "unknown-charset"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"MZ\x90" + b"\x00" * 200, b"<p>a</p>" + b"\x00" * 900])
def test_what_is_no_text_is_called_binary(data: bytes) -> None:
    with pytest.raises(Unjudgeable) as raised:
        sniff(data)
    assert raised.value.reason == "binary"


def test_a_page_of_broken_tags_is_guessed_in_one_pass() -> None:
    """Every pattern that meets ``<`` without an end would read the rest once more for each."""
    for piece in (b"\xd0<", b"\xd0<script ", b"<style>\xd0"):
        sniff(piece * 60_000)


def test_a_header_beats_the_declaration_of_a_page() -> None:
    page = f'<meta charset="windows-1252"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in read(page, path="a.html", charset="windows-1251").text


@pytest.mark.parametrize("said", ["utf-8", "x-unheard-of", ""])
def test_a_header_that_cannot_be_true_does_not_count(said: str) -> None:
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in read(page, path="a.html", charset=said).text


def test_neither_a_mark_nor_valid_utf8_gives_way_to_a_header() -> None:
    page = f"<p>{RUSSIAN}</p>"
    assert RUSSIAN in read(page.encode(), path="a.html", charset="windows-1252").text
    assert RUSSIAN in read(page.encode("utf-16"), path="a.html", charset="windows-1251").text


def test_a_header_makes_a_page_readable_that_declares_nonsense() -> None:
    page = f'<meta charset="x-unheard-of"><p>{RUSSIAN}</p>'.encode("koi8_r")
    assert RUSSIAN in read(page, path="a.html", charset="KOI8-R").text
