"""Spam beside honest words that resemble it: cut exactly, the neighbour byte for byte as it was."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import spamguard
from spamguard.examine.blocks import Stretch
from spamguard.examine.closely import scene_of, variants
from spamguard.examine.grow import grown
from spamguard.model.weights import load
from spamguard.page.segments import read

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sampleton Gazette</title>
</head>
<body>
<h1>Sampleton Gazette</h1>
<p class="note">The council mends the bridge in May, says the miller, and the geese may cross it on foot until then.</p>
<p>The library opens on Mondays. Who owes it a book brings a cake.</p>
{before}{spam}{after}<footer>
<p>Printed at Sampleton every Thursday.</p>
</footer>
</body>
</html>
"""
LINKS = "".join(
    f'<a href="https://{host}.example.com/">{word}</a> '
    for host, word in (
        ("a", "казино онлайн"),
        ("b", "вулкан слоты"),
        ("c", "бонус за регистрацию казино"),
        ("d", "ставки на спорт"),
        ("e", "игровые автоматы на деньги"),
    )
).strip()
HIDDEN = f'<div style="position:absolute;left:-9999px">{LINKS}</div>\n'
SEEN = f"<div>{LINKS}</div>\n"
SLOTS = (
    '<div style="position:absolute;left:-9999px">'
    '<a href="https://a.example.com/">situs slot gacor</a> <a href="https://b.example.com/">judi online terpercaya</a> '
    '<a href="https://c.example.com/">slot gacor maxwin</a> <a href="https://d.example.com/">togel hari ini</a></div>\n'
)
NEIGHBOURS = {
    "noscript": '<noscript><p>Pay by post if the shop of the <a href="https://lib.example.org/">library</a> fails.</p>'
    "</noscript>\n",
    "later": '<div style="display:none"><p>The casino licence is voted on at the next meeting.</p></div>\n',
    "sentence": "<p>The council votes on the casino licence on Tuesday, and many want it shut at midnight.</p>\n",
    "sponsors": '<ul><li><a href="https://turf.example.net/" rel="sponsored">Turf House: a free bet</a></li></ul>\n',
    "friends": '<p>Friends: <a href="https://mill.example.org/">Old Mill Players</a></p>\n',
    "own": '<ul><li><a href="/about">About us</a></li><li><a href="/games">Games evening</a></li></ul>\n',
}


@pytest.mark.parametrize("spam", [HIDDEN, SEEN, SLOTS], ids=["hidden", "seen", "slots"])
@pytest.mark.parametrize("kind", NEIGHBOURS)
@pytest.mark.parametrize("side", ["before", "after"])
def test_the_neighbour_stays(spam: str, kind: str, side: str) -> None:
    own = {"before": "", "after": "", side: NEIGHBOURS[kind]}
    cleaned = spamguard.clean(PAGE.format(spam=spam, **own).encode(), path="page.html")
    assert cleaned.data == PAGE.format(spam="", **own).encode()


def test_spam_in_an_honest_comment_leaves_the_comment() -> None:
    said = "Such fine weather it was, and my aunt stands in the third row beside the miller. Is there a print to buy?"
    before = f'<ol><li class="comment" id="comment-1"><cite class="fn">Margaret</cite>\n<p>{said}</p>\n'
    page = PAGE.format(before=before, spam=SEEN, after="</li></ol>\n").encode()
    assert said.encode() in spamguard.clean(page, path="page.html").data


def test_a_picture_of_the_site_stays_where_an_offer_was_put_under_it() -> None:
    offer = "<p>「pos机套现」「无需担保小额贷」「不查征信」加薇 5535106！</p>"
    before = '<div class="tout"><div class="picture"><img src="/bridge.jpg" alt="The bridge"></div>'
    cleaned = spamguard.clean(PAGE.format(before=before, spam=offer, after="</div>\n").encode(), path="page.html").data
    assert b"bridge.jpg" in cleaned
    assert "征信".encode() not in cleaned


def test_an_empty_column_among_others_stays() -> None:
    column = '<div class="column"></div>'
    before = f"<div>{column}{column}" + '<div class="column">'
    block = "<p>" + LINKS + "</p>"
    cleaned = spamguard.clean(PAGE.format(before=before, spam=block, after="</div></div>\n").encode(), path="page.html")
    assert cleaned.data == PAGE.format(before=before, spam="", after="</div></div>\n").encode()


def test_the_heading_of_a_page_stays_though_its_head_was_filled_before_it() -> None:
    """What stands first on the page has a neighbour in the head that it does not have for its readers."""
    data = (
        '<html lang="ko">\n<head>\n<meta property="og:title" content="Baccarat Online Nhà Cái Tặng Tiền">\n'
        "</head>\n<body>\n<header><h1>HTTP 헤더 확인</h1></header>\n<h2>관련 링크</h2>\n"
        "<p>문서의 헤더에서 문자 인코딩을 확인합니다.</p>\n</body>\n</html>\n"
    ).encode()
    _, scene = scene_of(read(data), load())
    scene = dataclasses.replace(scene, scores=np.full(len(scene.items), 5.0))
    assert variants(scene, Stretch(0, len(scene.items)))[-1] == Stretch(0, 1)


@pytest.mark.parametrize(("called", "stays"), [(' class="publish-date"', True), ("", False)])
def test_a_line_stays_in_the_box_that_is_called_after_it(called: str, *, stays: bool) -> None:
    links = " ".join(f'<a href="https://s{n}.example.net/">slot gacor maxwin hari ini {n}</a>' for n in range(9))
    page = PAGE.format(before="", spam=f"<div{called}>{links}\n  Published 10:02 AM EST Nov 19\n</div>\n", after="")
    _, scene = scene_of(read(page.encode()), load())
    scene = dataclasses.replace(scene, scores=np.full(len(scene.items), 0.5))
    first = next(index for index, item in enumerate(scene.items) if "gacor" in item.text)
    last = next(index for index, item in enumerate(scene.items) if "Published" in item.text)
    assert (grown(scene, [Stretch(first, last)], to_cut=True)[0].last == last) is stays


@pytest.mark.parametrize("own", ["Follow FORTUNE", "Free newsletter", "Bonus chapter"])
def test_a_short_line_in_the_letters_of_the_page_stays_beside_others(own: str) -> None:
    line = f'<div class="row"><span class="follow">{own}</span></div>\n'
    spam = (
        "<p>Скачайте приложение казино на андроид и удвой депозит. Я поднял 5000 рублей за вечер, повторяй мою схему. "
        '<a href="https://kico.example.net/">отыгрыш бонуса казино</a></p>\n'
    )
    page = PAGE.format(before=line, spam=spam, after="").encode()
    assert spamguard.clean(page, path="page.html").data == PAGE.format(before=line, spam="", after="").encode()


def test_an_empty_box_of_the_page_stays_behind_what_was_put_before_it() -> None:
    page = PAGE.format(before="<div><b>A map.</b>", spam=HIDDEN.strip(), after="<div></div></div>\n").encode()
    expected = PAGE.format(before="<div><b>A map.</b>", spam="", after="<div></div></div>\n").encode()
    assert spamguard.clean(page, path="page.html").data == expected


def test_what_a_member_wrote_stays_around_the_sentence_that_was_put_into_it() -> None:
    said = (
        "I like the pencil, if they can make it better, props to them. Maybe that could be great for all of us. {}"
        "The port is male, and every time I charge it I have the fear that it breaks."
    )
    comment = (
        '<div class="comment" id="comment-77"><div class="user"><a href="/members/gugy">gugy</a></div>'
        f'<div class="text">{said}</div></div>\n'
    )
    link = '<a href="https://perhe.example.net/">sázkovka za registraci</a>'
    spam = f"Hrajte automaty bez vkladu a získejte bonus 98 %. {link} "
    page = PAGE.format(before="", spam=comment.format(spam), after="")
    cleaned = spamguard.clean(page.encode(), path="page.html").data.decode()
    assert all(own in cleaned for own in ("gugy", "I like the pencil", "props to them.", "the fear that it breaks."))
    assert "automaty" not in cleaned


def test_a_hidden_box_that_a_script_fills_stays_around_a_post() -> None:
    box = '<div id="stats-root" style="display: none">\n<div id="stats-cfg" data-site="example.org"></div>{}\n</div>\n'
    spam = "<p>◆超a货◆原单包包◆香烟一手货源◆精仿手表◆高仿手表◆高仿鞋联系QQ：5535106 同号</p>"
    page = PAGE.format(before="", spam=box, after="")
    assert spamguard.clean(page.format(spam).encode(), path="page.html").data == page.format("").encode()


@pytest.mark.parametrize(
    ("rule", "stays"),
    [(".profile{float:left;margin-right:10px}", True), (".profile{left:-9999px;position:absolute}", False)],
)
def test_a_rule_of_the_sheet_goes_with_a_block_if_it_can_hide_it(rule: str, *, stays: bool) -> None:
    head = f"<style>body{{margin:0}}{rule}</style>\n</head>"
    page = PAGE.replace("</head>", head.replace("{", "{{").replace("}", "}}"))
    spam = f'<div class="profile">{LINKS}</div>\n'
    cleaned = spamguard.clean(page.format(before="", spam=spam, after="").encode(), path="page.html").data.decode()
    assert "казино" not in cleaned
    assert (rule in cleaned) is stays
