"""Spam that is told by how it is built, and honest pages that are built alike: words, widgets, pictures, places."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent


@pytest.mark.parametrize(
    "line",
    [
        "<p>via<!--1-->gra, ci<!-- -->alis on<!--x-->line, tra<!--y-->madol</p>\n",
        "<p>vi<b></b>agra and ci<i></i>alis with<span></span>out a pre<wbr>scription, cheap le<b></b>vitra</p>\n",
        "<div>on<!--a-->line ca<!--b-->sino, sl<!--c-->ot ga<!--d-->cor, to<!--e-->gel on<!--f-->line</div>\n",
        "<div>вул<!--a-->кан каз<!--b-->ино онл<!--c-->айн, игро<!--d-->вые авто<!--e-->маты</div>\n",
        "<p>时时<!--1-->彩平台，百家<!--2-->乐开户，北京<!--3-->赛车pk10，六合<!--4-->彩</p>\n",
        "<span>es<em></em>cort is<em></em>tanbul, ba<em></em>yan es<em></em>cort</span>\n",
    ],
)
def test_words_that_are_parted_inside_are_read_whole(line: str) -> None:
    verdict, findings, cleaned = judged(HEAD + BODY + line + TAIL)
    assert (verdict, cleaned) == ("infected", HEAD + BODY + TAIL)
    assert all(finding.disposition == "safe" for finding in findings)


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Salt</b>ed butter, <b>salt</b>petre and the <b>salt</b>marsh; washing soda is Na<sub>2</sub>CO.</p>\n",
        "<p>Donau<wbr>dampf<wbr>schiff<wbr>fahrts<wbr>gesell<wbr>schaft is one word.</p>\n",
        "<p>An old edi<!-- page 4 -->tor left com<!-- page 5 -->ments in the mid<!-- page 6 -->dle of words.</p>\n",
        "<p>The reading<b></b>room opens af<i></i>ter the an<i></i>them.</p>\n",
    ],
)
def test_marked_and_hyphenated_words_stay(line: str) -> None:
    silent(body=line)


WIDGET = (
    '<object data="https://w.example.org/chat.swf" width="300">{}<a href="https://w.example.org/">Chat</a></object>\n'
)


@pytest.mark.parametrize(
    "links",
    [
        '<a href="https://a.example.net/">Online Casino</a> <a href="https://b.example.com/">Poker</a> ',
        '<a href="https://a.example.net/x">cheap viagra</a> | <a href="https://a.example.net/y">cialis online</a> ',
        '<a href="https://a.example.net/">slot gacor</a> ',
    ],
)
def test_links_in_the_code_of_a_widget_go_and_its_credit_stays(links: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + WIDGET.format(links) + TAIL)
    assert {finding.rule for finding in findings} == {"widget-links"}
    assert cleaned == HEAD + BODY + WIDGET.format("") + TAIL


@pytest.mark.parametrize(
    "body",
    [
        WIDGET.format(""),
        WIDGET.format('<a href="https://get.example.com/player">Get the player</a> '),
        '<video src="/film.mp4"><a href="https://files.example.com/film.mp4">Download the film</a></video>\n',
        '<object data="/hall.svg"><a href="https://maps.example.com/">A larger map</a></object>\n',
    ],
)
def test_widgets_players_and_their_fallbacks_stay(body: str) -> None:
    silent(body=body)


STUFFED = "slot gacor, togel online, judi bola, situs slot88, casino online"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ('<img src="/gate.jpg" alt="{}">\n', "College gate"),
        ('<img src="/gate.jpg" alt="Gate" title="{}">\n', "The gate, seen from the mill"),
        ('<input type="text" name="q" placeholder="{}">\n', "Search"),
    ],
)
def test_a_list_behind_the_words_of_an_attribute_goes_whole(tag: str, value: str) -> None:
    page = HEAD + BODY + tag.format(f"{value}, {STUFFED}") + TAIL
    _, findings, cleaned = judged(page)
    assert findings
    assert cleaned == HEAD + BODY + tag.format(value) + TAIL


@pytest.mark.parametrize(
    "body",
    [
        '<img src="/a.jpg" alt="Gate, mill, river, bridge, the old pharmacy and the market">\n',
        '<input name="tags" value="library,reading,children,evening,loan,loans,opening hours">\n',
        '<img src="/b.jpg" alt="A slot machine of 1950, a roulette wheel and two packs of cards">\n',
    ],
)
def test_lists_of_what_a_picture_shows_stay(body: str) -> None:
    silent(body=body)


GRID = (
    *("甲寨县", "乙河市", "丙山区", "科技", "丁林旗", "戊水县", "己安市", "庚原自治县", "娱乐"),
    *("辛浦区", "壬城县", "癸江市", "子洲区", "时尚", "寅阳市", "卯岭县", "午林旗"),
)
LINKED = [f'<a href="https://{n}.example.net/">{name}</a>' for n, name in enumerate(GRID)]


@pytest.mark.parametrize(
    "grid",
    [
        "<ul>" + "".join(f"<li>{name}</li>" for name in GRID) + "</ul>\n",
        "<p>" + "".join(f"{name}|" for name in GRID) + "</p>\n",
        "<div>" + "\n".join(f'<a href="https://b.example.net/{place}">{place}</a>' for place in GRID) + "</div>\n",
    ],
)
def test_places_in_no_order_with_topics_among_them_are_told(grid: str) -> None:
    page = HEAD + BODY + grid + TAIL
    _, findings, cleaned = judged(page)
    found = {finding.rule: finding.disposition for finding in findings}
    assert found.pop("scattered-places") == "review"
    assert set(found) <= {"keyword-run", "link-block"}  # the judge of blocks may see it as well
    assert cleaned == page


def test_places_that_lead_to_a_host_each_are_cut() -> None:
    page = HEAD + BODY + TAIL
    _, findings, cleaned = judged(HEAD + BODY + "<div>" + "\n".join(LINKED) + "</div>\n" + TAIL)
    assert "scattered-places" in {finding.rule for finding in findings}
    assert cleaned == page


@pytest.mark.parametrize(
    "grid",
    [
        "<ul>" + "".join(f"<li>{name}</li>" for name in GRID if len(name) > 2) + "</ul>\n",
        "<ul>" + "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(GRID)) + "</ul>\n",
        "<p>我们在甲寨县、乙河市、丙山区、丁林旗、戊水县和己安市设有服务网点，欢迎来访。</p>\n",
    ],
)
def test_branches_and_selectors_stay(grid: str) -> None:
    silent(body=grid)


def test_channels_of_a_portal_are_no_scattered_places() -> None:
    channels = "".join(f"<li>{name}频道</li>" for name in ["科技", "娱乐", "时尚", "县区", "市县"])
    _, findings, cleaned = judged(HEAD + BODY + f"<ul>{channels}</ul>\n" + TAIL)
    assert "scattered-places" not in {finding.rule for finding in findings}
    assert channels in cleaned
