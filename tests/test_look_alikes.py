"""Honest pieces that look like spam are not named, or at least not cut; the spam that they look like still is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from spamguard import Guard

PIECES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").with_stem("look_alikes").read_text("utf-8"))
PAGE = (
    '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
    '<nav><a href="/">1</a> <a href="/2">2</a></nav>\n<main>\n{text}\n{piece}</main>\n</body>\n</html>\n'
)


def _page(language: str, piece: str) -> bytes:
    return PAGE.format(lang=language, piece=piece, **PIECES["texts"][language]).encode()


def _each(sort: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("told", PIECES[sort], ids=[told["kind"] for told in PIECES[sort]])


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@_each("honest")
def test_honest_pieces_are_not_named(guard: Guard, told: dict[str, str]) -> None:
    assert guard.scan(_page(told["language"], told["piece"]), path="page.html").findings == ()


@_each("spam")
def test_the_spam_that_they_look_like_is_cut(guard: Guard, told: dict[str, str]) -> None:
    cleaned = guard.clean(_page(told["language"], told["piece"]), path="page.html")
    assert cleaned.data == _page(told["language"], "")


def test_a_fragment_of_a_sentence_is_never_cut_out_of_it(guard: Guard) -> None:
    piece = "<p>En el mercadillo vendían bolsos, relojes réplica, viagra sin receta y gafas que nadie quiso.</p>\n"
    assert guard.clean(_page("es", piece), path="page.html").data == _page("es", piece)


def test_an_agency_may_sell_links_on_its_own_page(guard: Guard) -> None:
    piece = "<ul><li>Buy backlinks</li><li>SEO services</li><li>Guest posts</li><li>Cheap web design</li></ul>\n"
    assert guard.clean(_page("en", piece), path="page.html").data == _page("en", piece)


def test_a_notice_for_guests_in_their_own_language_is_left(guard: Guard) -> None:
    piece = '<p lang="ru">К услугам гостей: казино, игровые автоматы, покер, массаж, ресторан и аптека.</p>\n'
    assert guard.clean(_page("de", piece), path="page.html").data == _page("de", piece)


def test_links_in_another_script_go_from_among_honest_ones(guard: Guard) -> None:
    honest = '<a href="https://x.example.org/">Nähblog</a>, <a href="https://y.example.com/">Filmklub</a>'
    spam = ', <a href="https://a.example.com/1">真人百家乐开户送彩金</a>, <a href="https://b.example.net/2">滚球盘口平台</a>'
    findings = guard.scan(_page("de", f"<p>{honest}{spam}</p>\n"), path="page.html").findings
    assert [finding.disposition for finding in findings] == ["safe"]
