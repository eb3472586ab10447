"""Hidden links in everyday words are found where the model takes them for honest; hidden menus and partners stay."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

_MODEL = Guard()._model
FAR = "position:fixed;top:-5296px"
SIZELESS = "position: absolute;overflow: hidden;height: 0;width: 0"
MUSEUM = (
    '<div style="display:none">The museum of games tells how roulette and baccarat came to the spa towns. '
    '<a href="https://museum.example.org/">Casino</a></div>\n'
)


def _found(body: str) -> list[tuple[str, str, str | None]]:
    page = read((HEAD + BODY + body + TAIL).encode(), path="page.html")
    found = signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)
    return [(s.rule, page.raw[s.hull.start : s.hull.end].decode(), s.hidden_by) for s in found]


@pytest.mark.parametrize(
    ("box", "way"),
    [
        (
            f'<font style="{SIZELESS}"><a href="https://a.example.net/">casino</a></font>',
            "zero-size",
        ),
        ('<u style="display:none"><a href="https://a.example.net/">cialis</a></u>', "display"),
        (
            f'<div style="{FAR}"><a href="https://a.example.net/">poker</a> <a href="https://b.example.com/">slots</a></div>',
            "off-screen",
        ),
        (
            '<a href="https://a.example.net/" style="display: none">slot gacor</a>',
            "display",
        ),
    ],
)
def test_hidden_links_called_what_is_sold_are_found(box: str, way: str) -> None:
    assert _found(box + "\n") == [("whispered-links", box, way)]


@pytest.mark.parametrize(
    "box",
    [
        '<div style="display:none"><a href="/casino">Casino</a> <a href="/spa">Spa</a></div>\n',
        '<div style="display:none"><a href="https://news.example.com/">News</a> <a href="https://tv.example.org/">TV</a></div>\n',
        '<a class="skip" style="position:absolute;left:-9999px" href="#main">Skip to content</a>\n',
        '<span style="font-size:0"><a href="https://shop.example.com/">Shop</a></span>\n',
        MUSEUM,
    ],
)
def test_hidden_menus_partners_and_labels_stay(box: str) -> None:
    assert _found(box) == []
    silent(body=box)


def test_hidden_anchors_in_a_row_go_together_with_the_box_that_holds_nothing_else() -> None:
    row = (
        '<a href="https://a.example.net/x/" style="display: none">https://a.example.net/x/</a>'
        '<a href="https://b.example.com/" style="display: none">slot gacor</a>'
    )
    assert _found(f"<div>{row}</div>\n") == [("whispered-links", f"<div>{row}</div>", "display")]
    assert _found(f"<div><p>Fish prices</p>{row}</div>\n") == [("whispered-links", row, "display")]


@pytest.mark.parametrize("tag", ["u", "strong", "em", "font"])
def test_a_hidden_link_in_a_mark_is_shown_whatever_it_is_called(tag: str) -> None:
    _, findings, _ = judged(
        f'{HEAD}{BODY}<{tag} style="display: none;"><a href="https://a.example.net/">lantern movie</a></{tag}>\n{TAIL}'
    )
    assert [finding.disposition for finding in findings] == ["review"]


@pytest.mark.parametrize(
    "link",
    [
        '<strong style="display:none"><a href="/news">all news</a></strong>\n',
        '<em class="more" style="display:none"><a href="https://a.example.net/">more of it</a></em>\n',
        '<span style="display:none"><a href="https://a.example.net/">permanent address</a></span>\n',
    ],
)
def test_hidden_marks_that_lead_home_or_have_a_name_stay(link: str) -> None:
    silent(body=link)


@pytest.mark.parametrize(
    "link",
    [
        (
            '<div><a style="display : none" href="https://a.example.org/fonts/">https://a.example.org/fonts/</a>'
            '<a style="display : none" href="https://b.example.net/">bandar toto</a></div>\n'
        ),
        '<div><a href="https://b.example.net/" style="visibility:hidden" rel="dofollow">slot gacor</a></div>\n',
    ],
)
def test_links_that_hide_themselves_and_have_no_name_are_looked_at(link: str) -> None:
    japanese = "<!doctype html>\n<html><head><title>村だより</title></head>\n<body>\n<p>図書館は九時に開きます。</p>\n"
    _, findings, cleaned = judged(japanese + link + TAIL)
    assert findings
    assert cleaned == japanese + TAIL


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://trap.example.net/" style="display:none">This link is for robots.</a>\n',
        '<a class="login" href="https://id.example.net/" style="display:none">My account</a>\n',
        '<a href="https://m.example.net/" style="display:none">To the mobile site</a>\n',
    ],
)
def test_traps_and_buttons_that_a_script_shows_stay(link: str) -> None:
    silent(body=link)
