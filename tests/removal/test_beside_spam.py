"""Honest lines of several kinds beside spam: not a byte of them is cut, and what is in doubt is only shown."""

from __future__ import annotations

import pytest

import spamguard
from tests.removal.test_honest_neighbours import PAGE

KOREAN = """<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>보기 마을 소식</title>
</head>
<body>
<h1>보기 마을 소식</h1>
<p>다리를 오월에 고친다고 방앗간 주인이 말하며, 그때까지 거위들은 걸어서 건널 수 있습니다.</p>
<p>도서관은 월요일마다 문을 엽니다. 책을 늦게 돌려주는 사람은 떡을 가져옵니다.</p>
{before}{spam}{after}<p>소식지는 매주 목요일에 인쇄합니다.</p>
</body>
</html>
"""
SLOTS = (
    '<div{style}><a href="https://a.example.com/">situs slot gacor</a> '
    '<a href="https://b.example.com/">judi online</a> '
    '<a href="https://c.example.com/">slot gacor maxwin</a> <a href="https://d.example.com/">togel hari ini</a></div>\n'
)
HIDDEN = SLOTS.format(style=' style="display:none"')


@pytest.mark.parametrize("own", ["<h3>건강 상담</h3>\n", "<h3>대출 안내</h3>\n", '<p><a href="/old">지난 호</a></p>\n'])
@pytest.mark.parametrize("style", ["", ' style="display:none"'], ids=["seen", "hidden"])
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_short_heading_of_signs_stays(own: str, style: str, side: str) -> None:
    own_lines = {"before": "", "after": "", side: own}
    cleaned = spamguard.clean(KOREAN.format(spam=SLOTS.format(style=style), **own_lines).encode(), path="page.html")
    assert cleaned.data == KOREAN.format(spam="", **own_lines).encode()


def test_what_is_seen_between_two_hidden_blocks_stays() -> None:
    own = "<p>There will be soup at the vicarage, and it lasts as long as the pot does.</p>\n"
    page = PAGE.format(before=HIDDEN, spam=own, after=HIDDEN.replace("display:none", "position:absolute;left:-9999px"))
    assert spamguard.clean(page.encode(), path="page.html").data == PAGE.format(before="", spam=own, after="").encode()


UNCLOSED = HIDDEN.replace("</div>", "").replace(" <a", "\n<a")
SWALLOWED = {
    "comment": '<li class="comment"><cite class="fn"><a href="https://marge.example.org/">Margaret</a></cite>'
    "<p>Lovely pictures, my aunt is in the third row. Is there a print to buy?</p></li>\n",
    "friends": '<p>Friends of ours: <a href="https://mill.example.org/">Old Mill Players</a></p>\n',
    "sentence": "<p>If you owe money, the free debt advice at the library is open on Mondays.</p>\n",
    "noscript": '<noscript><p>Who owes money asks at the <a href="https://lib.example.org/">library</a>.</p>'
    "</noscript>\n",
}


@pytest.mark.parametrize("kind", SWALLOWED)
def test_what_an_unclosed_box_swallows_is_not_cut_unasked(kind: str) -> None:
    cleaned = spamguard.clean(PAGE.format(before=UNCLOSED, spam=SWALLOWED[kind], after="").encode(), path="page.html")
    assert cleaned.report.findings
    assert SWALLOWED[kind].encode() in cleaned.data


def test_an_unclosed_box_of_spam_is_cut() -> None:
    head, end = PAGE.split("<footer>", 1)[0], "</body>\n</html>\n"
    head = head.format(before="", spam="", after="")
    cleaned = spamguard.clean((head + UNCLOSED + end).encode(), path="page.html")
    assert cleaned.data == (head + end).encode()
    assert end.startswith("</body>")


def test_what_stands_behind_the_end_of_the_page_stays() -> None:
    head = PAGE.split("<footer>", 1)[0].format(before="", spam="", after="")
    end = "</body>\n</html>\n<!-- Kept by the cache of the Gazette, 14 minutes ago -->\n"
    cleaned = spamguard.clean((head + UNCLOSED + end).encode(), path="page.html")
    assert cleaned.data == (head + end).encode()


def test_a_row_of_a_table_that_stays_is_left_empty() -> None:
    row = "<tr>\n<td>{}</td>\n</tr>\n"
    table = "<table><tbody>\n" + row.format("Trains leave at nine.") + "{}</tbody></table>\n"
    put, left = (PAGE.format(before=table.format(row.format(held)), spam="", after="") for held in (HIDDEN, ""))
    cleaned = spamguard.clean(put.encode(), path="page.html").data
    assert "".join(cleaned.decode().split()) == "".join(left.split())


def test_a_comment_keeps_its_text_when_a_name_was_put_behind_it() -> None:
    own = (
        '<li class="comment" id="comment-7"><article class="comment-body"><cite class="fn">Margaret</cite>\n'
        "<p>Lovely pictures, my aunt is in the third row.</p></article>{}</li>\n"
    )
    put, left = (PAGE.format(before=f"<ol>{own.format(held)}</ol>\n", spam="", after="") for held in (POST, ""))
    assert spamguard.clean(put.encode(), path="page.html").data == left.encode()


POST = "<p>modal receh di K O R V A T O T O 7 7 bisa wd gede</p>\n"
