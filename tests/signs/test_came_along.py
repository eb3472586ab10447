"""What came with a block though a rule that knows less of it saw it first: its name, its box, its data, its refresh."""

from __future__ import annotations

import pytest

from spamguard.examine.blocks import Stretch
from spamguard.examine.closely import scene_of
from spamguard.findings import Span
from spamguard.model.weights import load
from spamguard.page.segments import read
from spamguard.signs.overlap import is_told
from spamguard.signs.sign import Sign
from tests.examine.scenes import block
from tests.signs.cases import BODY, HEAD, TAIL, judged

_LINKS = (
    ("https://a.example.net/", "casino zonder cruks"),
    ("https://b.example.org/", "онлайн казино отзывы"),
    ("https://c.example.net/", "viagra kopen zonder recept"),
    ("https://d.example.org/", "situs slot gacor"),
    ("https://e.example.com/", "escort rotterdam"),
    ("https://f.example.net/", "купить диплом москва"),
    ("https://g.example.org/", "gokkasten echt geld"),
)
_LIST = "".join(f"<li><a href='{address}'>{text}</a></li>\n" for address, text in _LINKS)
_ESCORTS = '<div class="area">{}</div>\n'.format(
    " · ".join(
        f'<a href="https://m{n}.example.net/">{text}</a>'
        for n, text in enumerate(
            ["강남출장안마", "서초출장마사지", "송파건마 후불", "마포출장샵", "은평출장홈타이", "노원 1인샵 추천"]
        )
    )
)
_DATA = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"HealthAndBeautyBusiness",'
    '"name":"%s","areaServed":["강남","수원"],"description":"%s"}</script>\n'
)


def test_an_entry_goes_with_the_name_of_who_wrote_it() -> None:
    said = (
        '<i>azart7</i>: крутить барабаны онлайн <a href="https://v.example.net/1" rel="nofollow">Рулетка Демо</a> '
        'рабочее зеркало , <a href="https://v.example.net/2" rel="nofollow">Фриспины За Депозит</a> , '
        '<a href="https://v.example.net/3" rel="nofollow">Казино Играть</a> лайв дилеры'
    )
    for entry in (f'<div id="comment-71">{said}</div>\n', f'<dd class="guestbook">{said}</dd>\n', f"<p>{said}</p>\n"):
        assert judged(HEAD + BODY + entry + TAIL)[2] == HEAD + BODY + TAIL


def test_an_answer_in_a_list_of_answers_leaves_the_list_whole() -> None:
    said = '<b>azart7</b>: рулетка <a href="https://v.example.net/1">Казино Вулкан Играть</a> рабочее зеркало казино'
    listed = f"<dl><dt>Borrowing</dt><dd>Four weeks.</dd><dt>Opening</dt><dd>{said}</dd></dl>\n"
    cleaned = judged(HEAD + BODY + listed + TAIL)[2]
    assert cleaned.count("<dd") == cleaned.count("<dt") == 2


@pytest.mark.parametrize("box", ["nav", "div", "section"])
def test_a_list_in_many_languages_goes_with_the_box_that_hides_it(box: str) -> None:
    style = "<style>.q9{position:absolute}.w4{left:-9000px}</style>\n"
    hidden = f"<{box} class='q9 w4'><ul>\n{_LIST}</ul></{box}>\n"
    assert judged(HEAD + style + BODY + hidden + TAIL)[2] == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    "data",
    [_DATA % ("달빛출장마사지", "후불제 출장안마"), _DATA % ("달빛홈케어", "출장마사지, 출장안마, 후불 방문")],
    ids=["loud", "two keywords"],
)
def test_data_that_names_what_only_a_block_sells_goes_with_it(data: str) -> None:
    assert judged(HEAD + data + BODY + _ESCORTS + TAIL)[2] == HEAD + BODY + TAIL


def test_data_stays_where_the_page_itself_speaks_of_what_it_names() -> None:
    own = "<h2>출장마사지 단속 안내</h2>\n<p>구청은 출장마사지와 출장안마 광고를 단속한다고 밝혔습니다.</p>\n"
    data = _DATA % ("출장마사지 신고 안내", "출장안마, 출장마사지 불법 광고 신고")
    assert data in judged(HEAD + data + BODY + own + _ESCORTS + TAIL)[2]
    assert judged(HEAD + data + BODY + own + TAIL) == ("clean", (), HEAD + data + BODY + own + TAIL)


def test_a_refresh_to_where_a_frame_that_covers_the_page_leads_goes_too() -> None:
    refresh = '<META HTTP-EQUIV="Refresh" CONTENT="0; URL=https://lucky.example.net/in?c=9">\n'
    frame = '<iframe style="position:fixed;inset:0;width:100%;height:100vh;border:0" src="https://lucky.example.net/x"></iframe>\n'
    assert judged(HEAD + refresh + BODY + frame + TAIL)[2] == HEAD + BODY + TAIL


def test_a_page_that_only_leads_to_where_it_shows_a_player_is_left() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=https://new.example.net/">\n'
    player = '<iframe width="560" height="315" src="https://new.example.net/film" allowfullscreen></iframe>\n'
    page = f"<html><head><title>Moved</title>\n{refresh}</head><body><p>We have moved.</p>{player}</body></html>\n"
    assert judged(page) == ("clean", (), page)


def test_a_script_that_hides_a_block_by_its_query_goes_with_it() -> None:
    links = "<br>".join(f'<a href="https://s{n}.example.net/">{text}</a>' for n, (_, text) in enumerate(_LINKS[:4]))
    script = '<script>document.querySelector("#weather").style.cssText="display:none!important"</script>'
    assert judged(HEAD + BODY + f"<p id=weather>{links}</p>{script}\n" + TAIL)[2] == HEAD + BODY + TAIL


@pytest.mark.parametrize(("hiding", "knows_better"), [(' style="display:none"', False), ("", True)])
def test_a_sign_for_some_of_a_row_of_hidden_links_knows_no_better_than_the_block(
    hiding: str, *, knows_better: bool
) -> None:
    """Every link of a row was hidden by one hand, though only some sell in many languages."""
    texts = (
        "garden sheds",
        "weather maps",
        "old letters",
        "casino online",
        "slot gacor",
        "онлайн казино",
        "roulette",
    )
    links = "".join(f'<a href="https://m{n}.example.net/"{hiding}>{text}</a>' for n, text in enumerate(texts))
    data = (HEAD + BODY + links + TAIL).encode()
    _, scene = scene_of(read(data), load())
    first = next(index for index, item in enumerate(scene.items) if "sheds" in item.text)
    whole = block(Stretch(first, len(scene.items)))
    span = Span(scene.begin_of(first + 3), scene.span_of(whole.stretch).end)
    sign = Sign("polyglot-links", "gambling", 0.99, (span,), "casino online")
    assert is_told(scene, whole, [sign], certain=True) is knows_better


_SOLD = (
    *("腾讯分分彩计划", "北京快乐8", "足球即时比分", "真钱斗地主", "银河湾赌场", "龙虎斗技巧", "老虎机破解"),
    *("澳洲幸运5", "网上轮盘", "二八杠玩法", "滚球盘口", "特码生肖"),
)
_HOSTS = "".join(f'<a href="http://cp{number:02}.example.net/">{said}</a><br>\n' for number, said in enumerate(_SOLD))
_HIDES = "var t=document.getElementById('{}');\nt.style.visibility='hidden';t.style.position='absolute';"


@pytest.mark.parametrize("box", ["tongji", "q7"])
def test_the_script_goes_that_hides_what_a_sign_takes_out(box: str) -> None:
    ours = f"<div id={box}>\n{_HOSTS}</div>\n<script>\n{_HIDES.format(box)}\n</script>\n"
    assert judged(HEAD + BODY + ours + TAIL)[2] == HEAD + BODY + TAIL


def test_a_script_that_hides_something_of_the_page_stays() -> None:
    own = f"<script>\n{_HIDES.format('menu')}\n</script>\n"
    menu = '<div id="menu"><a href="/a">Looms</a></div>\n'
    page = HEAD + BODY + menu + own
    assert judged(page + f"<div id=tongji>\n{_HOSTS}</div>\n" + TAIL)[2] == page + TAIL


_GUEST = (
    '<article class="c-item" id="c{number}"><header><a class="c-name" href="http://{host}/" rel="ugc nofollow">'
    '{name}</a> says:</header>\n<div class="c-text">Superb layout! See <a href="http://{host}/x">{said}</a></div></article>\n'
)


def test_comments_by_other_names_are_known_by_their_links_and_go_side_by_side() -> None:
    ours = _GUEST.format(number=1, host="m.example.com", name="Kamagra Oral Jelly UK", said="next day delivery")
    ours += _GUEST.format(number=2, host="l.example.net", name="bad credit loans", said="instant approval lenders")
    assert judged(HEAD + BODY + ours + TAIL)[2] == HEAD + BODY + TAIL


def test_comments_of_guests_with_a_site_stay() -> None:
    own = _GUEST.format(number=1, host="looms.example.com", name="Weaver of the mill", said="my looms")
    assert judged(HEAD + BODY + own + TAIL) == ("clean", (), HEAD + BODY + own + TAIL)


def test_a_comment_behind_a_sentence_that_looks_bad_goes_with_its_author() -> None:
    own = "<p>We mend pages for the shops here. We buy no backlinks and no hacklinks.</p>\n"
    ours = (
        '<div id="comment-20417" class="comment odd"><div class="author">sloty7 пишет:</div><div class="text">крутить '
        'барабаны <a href="https://azart.example.net/1" rel="nofollow">Эмуляторы Однорукий Бандит</a> выплаты сразу , '
        '<a href="https://azart.example.net/2" rel="nofollow">Онлайн Покер На Рубли</a> лучший клуб , <a '
        'href="https://azart.example.net/7" rel="nofollow">Фриспины За Регистрацию</a> рабочее зеркало , </div></div>\n'
    )
    assert judged(HEAD + BODY + own + ours + TAIL)[2] == HEAD + BODY + own + TAIL
