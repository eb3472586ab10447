"""Comments that advertise, numbered links and far boxes are found; their honest counterparts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL

if TYPE_CHECKING:
    from spamguard.signs.sign import Sign

_MODEL = Guard()._model
FAR = "position:absolute;top:0;left:-9999px"


def _found(body: str) -> list[Sign]:
    page = read((HEAD + BODY + body + TAIL).encode(), path="page.html")
    return signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)


def _comment(name: str, said: str, tag: str = "li", host: str = "a.example.com") -> str:
    author = f'<cite><a href="https://{host}/" rel="nofollow">{name}</a></cite>'
    return f'<{tag} class="comment">{author}<p>{said}</p></{tag}>\n'


CODED = "[url=https://b.example.com/1]payday loans[/url]"
LINK = '<a href="https://a.example.com/x">cheap generic viagra</a>'


@pytest.mark.parametrize(
    "comment",
    [
        _comment("Generic Viagra", f"Great post, thanks for sharing. {LINK}"),
        _comment("online casino bonus", "Nice blog, see https://a.example.com/slots for more.", tag="div"),
        f'<div id="comment-12"><b><a href="//b.example.com/">payday loans online</a></b> Hello. {CODED}</div>\n',
    ],
)
def test_a_comment_goes_whose_author_is_called_like_what_is_sold(comment: str) -> None:
    signs = _found(comment)
    assert [sign.rule for sign in signs] == ["advertising-comment"]
    assert [span.end - span.start for span in signs[0].spans] == [len(comment.rstrip())]


@pytest.mark.parametrize(
    "comment",
    [
        _comment("Hanna", f"I use a yoghurt pot. {LINK}"),
        _comment("Hanna Sample", 'See <a href="https://a.example.com/bread">my own loaf</a>.'),
        _comment("Generic Viagra", "Great post, thanks for sharing."),
        "<p>Casinos and online casino bonus offers are in the news again.</p>\n" * 3
        + _comment("online casino bonus", "Mine is at https://a.example.com/ too."),
    ],
    ids=["name", "own page", "one link", "subject"],
)
def test_comments_of_people_and_on_the_subject_stay(comment: str) -> None:
    assert _found(comment) == []


NUMBERED = " ".join(f'<a href="https://q{n}.example.net/2028{n}/casino-tips">{n}</a>' for n in range(1, 5))


@pytest.mark.parametrize("hiding", ['style="display:none"', "hidden", f'style="{FAR}"'])
def test_hidden_numbers_that_lead_to_several_sites_go(hiding: str) -> None:
    assert [sign.rule for sign in _found(f"<div {hiding}>{NUMBERED}</div>\n")] == ["numbered-links"]


@pytest.mark.parametrize(
    "box",
    [
        f"<div>{NUMBERED}</div>\n",
        '<div style="display:none">' + " ".join(f'<a href="/page/{n}">{n}</a>' for n in range(1, 9)) + "</div>\n",
        '<div hidden><a href="https://a.example.com/">1</a> <a href="https://a.example.com/2">2</a></div>\n',
        f'<div style="display:none">Pages: {NUMBERED}</div>\n',
    ],
    ids=["seen", "own pages", "one site", "words"],
)
def test_pages_of_a_list_stay(box: str) -> None:
    assert _found(box) == []


def test_a_row_of_far_boxes_with_one_link_each_goes() -> None:
    row = "".join(f'<div style="{FAR}"><a href="https://{h}.example.net">free themes</a></div>' for h in "abc")
    signs = _found(row + "\n")
    assert [(sign.rule, len(sign.spans), sign.hidden_by) for sign in signs] == [("far-boxes", 3, "off-screen")]


@pytest.mark.parametrize(
    "box",
    [
        f'<div style="{FAR}"><a href="https://a.example.net">our forum</a></div>\n',
        f'<div style="{FAR}"><a href="#main">Skip</a></div><div style="{FAR}"><a href="#nav">Menu</a></div>\n',
        "".join(f'<div style="{FAR}"><b>Share</b> <a href="https://{h}.example.net">x</a></div>' for h in "abc") + "\n",
    ],
    ids=["one", "skip links", "words"],
)
def test_skip_links_and_share_boxes_stay(box: str) -> None:
    assert _found(box) == []
