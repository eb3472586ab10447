"""Spam beside honest words that resemble it: cut exactly, the neighbour byte for byte as it was."""

from __future__ import annotations

import pytest

import spamguard

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
