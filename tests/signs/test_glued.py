"""Titles of keywords without spaces, and boxes that scripts write around links; honest titles and writers stay."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL, silent

_MODEL = Guard()._model
OWN = "Công ty TNHH Ví Dụ"


def _titled(title: str) -> list[tuple[str, str, bool]]:
    """The rule, what stays of the title, and whether the cut is sure."""
    data = HEAD.replace("Opening hours", title) + BODY + TAIL
    page = read(data.encode(), path="page.html")
    found = [s for s in signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED) if s.rule == "glued-title"]
    told = []
    for sign in found:
        rest = page.raw[: sign.hull.start] + page.raw[sign.hull.end :]
        told.append((sign.rule, rest.decode().split("<title>")[1].split("</title>")[0], sign.doubt is None))
    return told


@pytest.mark.parametrize(
    ("title", "kept", "sure"),
    [
        (f"soi cầu miền bắctài xỉu đổi thưởngnhà cái uy tíndự đoán xổ số - {OWN}", OWN, True),
        (f"{OWN} | soi cầutài xỉunhà cái uy tín", OWN, True),
        ("online casinopoker bonusonline slots-Opening hours", "Opening hours", True),
        ("soi cầutài xỉunhà cái uy tín", "", False),
    ],
)
def test_what_is_glued_goes_with_its_separator(title: str, kept: str, sure: bool) -> None:
    assert _titled(title) == [("glued-title", kept, sure)]


def test_a_part_of_the_title_that_the_page_says_elsewhere_stays() -> None:
    title = "online casinopoker bonusonline slots Town library | Village of Sampleton"
    assert _titled(title) == [("glued-title", "Town library | Village of Sampleton", True)]


@pytest.mark.parametrize(
    "title",
    [
        "Opening hours - Town library",
        "WebCamPark - HafenCity",
        "Lottogewinner und Spielothekenverbot",
        "YouthBasketball",
    ],
)
def test_words_in_one_are_no_glued_keywords(title: str) -> None:
    assert _titled(title) == []


OPENS = "<script>document.write('<d'+'iv st'+'yle=\"po'+'sition:abso'+'lute;le'+'ft:-10'+'000px\">');</script>\n"
CLOSES = "<script>document.write('<'+'/d'+'iv>');</script>"
HIDES = "<script>document.write('<div style=\"display:none\">');</script>\n"
LINKS = '<div>friend: <a href="https://a.example.net/">{}</a> <a href="https://b.example.com/">{}</a></div>\n'


def _boxes(body: str) -> list[tuple[str, str | None]]:
    page = read((HEAD + BODY + body + TAIL).encode(), path="page.html")
    found = signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)
    spans = [(page.raw[s.hull.start : s.hull.end].decode(), s.hidden_by) for s in found if s.rule == "written-box"]
    assert len(spans) < 2
    return spans


@pytest.mark.parametrize(
    "body",
    [
        OPENS + LINKS.format("discount shoes outlet", "replica watches") + CLOSES,
        OPENS + LINKS.format("garden chairs", "roof tiles") + CLOSES,
        HIDES + LINKS.format("online casino", "slot gacor") + CLOSES,
    ],
)
def test_a_box_written_around_links_goes_with_both_scripts(body: str) -> None:
    assert _boxes(body + "\n") == [(body, "script")]


@pytest.mark.parametrize(
    "body",
    [
        HIDES + '<div><a href="/cakes">Cakes</a> <a href="/bread">Bread</a></div>\n' + CLOSES,
        HIDES + LINKS.format("Garden club", "Parish") + CLOSES,
        OPENS.replace("left:", "") + "<p>Only for screens.</p>\n" + CLOSES,
    ],
)
def test_boxes_around_ones_own_links_and_partners_stay(body: str) -> None:
    assert _boxes(body + "\n") == []
    silent(body=body + "\n")
