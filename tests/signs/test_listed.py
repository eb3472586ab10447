"""Entries of a list that lead elsewhere and are called like what is sold are shown; partners and labels stay."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL, silent

_MODEL = Guard()._model
_OWN = '<li><a href="/news">News</a></li><li><a href="/trips">Trips</a></li>'


def _found(entries: str, behind: str = "") -> list[tuple[str, str]]:
    page = read((HEAD + BODY + f"<div><ul>{_OWN}{entries}</ul>{behind}</div>\n" + TAIL).encode(), path="page.html")
    found = signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)
    return [(sign.rule, page.raw[sign.hull.start : sign.hull.end].decode()) for sign in found]


@pytest.mark.parametrize(
    "entries",
    [
        '<li><a href="https://a.example.net/">cheap viagra online</a></li>',
        (
            '<li><a href="https://a.example.net/">diploma original comprar</a></li>'
            '<li><a href="https://b.example.net/">xanax sin receta españa</a></li>'
        ),
    ],
)
def test_entries_called_like_what_is_sold_are_shown(entries: str) -> None:
    assert _found(entries) == [("pitch", entries)]


@pytest.mark.parametrize(
    ("entries", "behind"),
    [
        ('<li><a href="https://hockey.example.net/">Montreal Canadiens</a></li>', ""),
        ('<li><a href="https://pharmacy.example.net/">Museum of pharmacy</a></li>', ""),
        ('<li><a rel="sponsored" href="https://a.example.net/">cheap viagra online</a></li>', ""),
        ('<li><a href="https://a.example.net/">cheap viagra online</a></li>', "<small>Advertisement</small>"),
        ('<li>Police on <a href="https://a.example.net/">cheap viagra online</a></li>', ""),
        ('<li><a href="/viagra">cheap viagra online</a></li>', ""),
    ],
)
def test_entries_of_the_page_stay(entries: str, behind: str) -> None:
    assert _found(entries, behind) == []


@pytest.mark.parametrize(
    "page",
    [
        '<ul class="main-nav"><li><a href="/sport">Sport</a></li>{}<li><a href="/weather">Weather</a></li></ul>',
        "<nav><ul><li><a href='/sport'>Sport</a></li>{}<li><a href='/weather'>Weather</a></li></ul></nav>",
        "<ul><li><a href='/sport'>Sport</a></li><li><a href='/odds'>Sports betting odds</a></li>{}</ul>",
    ],
)
def test_sections_of_a_newspaper_on_another_host_stay(page: str) -> None:
    silent(body=page.format('<li><a href="https://play.example.net/">Online casino bonus</a></li>') + "\n")
