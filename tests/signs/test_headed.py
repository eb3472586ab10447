"""Keywords before or behind the true title go without a mark between the two; titles of the site's own words stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

OWN = "Opening hours - Town library"
CHINESE = (
    '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">\n'
    "<title>{}乡村图书馆开放时间{}</title></head>\n<body>\n"
    "<h1>开放时间</h1>\n<p>图书馆每天上午九点开门，下午五点关门。书可以借四个星期，杂志可以借一个星期。</p>\n"
    "<p>老人讲的故事由学生记下来，存放在二楼的柜子里。</p>\n</body></html>\n"
)


@pytest.mark.parametrize(
    "put",
    [
        "tài xỉu đổi thưởng uy tínnhà cái tặng tiền cược miễn phí",
        "รวมสล็อตเว็บตรงแตกง่าย บาคาร่าออนไลน์ ",
        "온라인카지노 추천 먹튀없는 토토사이트 - ",
        "澳门赌场真人百家乐在线投注平台_",
        "situs judi slot gacor maxwin deposit pulsa",
    ],
)
def test_what_stands_before_the_true_title_goes(put: str) -> None:
    body = BODY.replace("Town library</h1>", f"{OWN}</h1>")
    _, findings, cleaned = judged(HEAD.replace("Opening hours", put + OWN) + body + TAIL)
    assert [finding.disposition for finding in findings] == ["safe"]
    assert cleaned == HEAD.replace("Opening hours", OWN) + body + TAIL


@pytest.mark.parametrize("opening", ["‘", "«", "“", "「"])
def test_what_opens_the_true_title_stays(opening: str) -> None:
    own = f"{opening}Lantern’s Tale: an evening in the village hall"
    body = BODY.replace("Town library</h1>", "Lantern’s Tale</h1>")
    cleaned = judged(HEAD.replace("Opening hours", "สล็อตแตกดีเว็บหวย ทรูวอเล็ต 1 บาทสล็อตแตกบ่อย | " + own) + body + TAIL)[2]
    assert f"<title>{own}</title>" in cleaned


@pytest.mark.parametrize(
    "put",
    [" - best online casino no deposit bonus", "|казино онлайн играть на деньги", " situs judi slot gacor maxwin"],
)
def test_what_stands_behind_it_in_other_letters_goes(put: str) -> None:
    assert judged(CHINESE.format("", put))[2] == CHINESE.format("", "")


@pytest.mark.parametrize("put", ["situs judi slot gacor maxwin deposit pulsa | "])
def test_a_headline_that_only_the_title_has_stays_before_the_name_of_the_site(put: str) -> None:
    own = "How the weir was mended - Town library"
    page = HEAD.replace("Opening hours", put + own) + BODY + TAIL
    assert judged(page)[2] == HEAD.replace("Opening hours", own) + BODY + TAIL


@pytest.mark.parametrize(
    "title",
    [
        "Why the parish page sold roulette | Town library",
        "Town library | Poker evening for the choir",
        "Town library - Bibliothek des Ortes - 图书馆",
        "Köstliche Kekse: Rezepte aus der Town library",
    ],
)
def test_titles_of_the_sites_own_words_stay(title: str) -> None:
    page = HEAD.replace("Opening hours", title) + BODY + TAIL
    assert judged(page) == ("clean", (), page)


RUSSIAN = "казино онлайн играть на деньги"


@pytest.mark.parametrize(
    ("title", "own"),
    [
        (f"{RUSSIAN} | 13-inch looms of the valley", "13-inch looms of the valley"),
        (f"{RUSSIAN} - 13 looms of the valley", "13 looms of the valley"),
        (f"{RUSSIAN} 3D looms of the valley", "3D looms of the valley"),
        (f"Looms of the valley 80/90-{RUSSIAN}", "Looms of the valley 80/90"),
        (f"Looms of 1980 | {RUSSIAN}", "Looms of 1980"),
        (f"Looms of the B52 {RUSSIAN}", "Looms of the B52"),
    ],
)
def test_figures_stay_with_the_part_that_they_are_written_to(title: str, own: str) -> None:
    body = BODY.replace("Town library</h1>", f"{own}</h1>")
    assert (
        judged(HEAD.replace("Opening hours", title) + body + TAIL)[2]
        == HEAD.replace("Opening hours", own) + body + TAIL
    )


@pytest.mark.parametrize("name", ["keywords", "description"])
@pytest.mark.parametrize("mark", ["-", ", ", "_"])
def test_a_tag_that_says_what_was_put_there_and_nothing_else_goes_too(name: str, mark: str) -> None:
    words = "situs judi slot gacor maxwin deposit pulsa"
    said = mark.join(words.split()).replace("j", "&#106;")
    meta = f'<meta name="{name}" content="{{}}">\n'
    page = (
        HEAD.replace("Opening hours", f"{words} | {OWN}")
        + "{}"
        + BODY.replace("Town library</h1>", f"{OWN}</h1>")
        + TAIL
    )
    honest = page.replace(f"{words} | ", "")
    assert judged(page.format(meta.format(said)))[2] == honest.format("")
    kept = meta.format("deposit of books")
    assert judged(page.format(kept))[2] == honest.format(kept)


@pytest.mark.parametrize(
    "put", ["国产激情视频在线,成人午夜剧场,亚洲a片免费 ", "真人百家乐平台,澳门赌场在线,注册送vip彩金 "]
)
def test_keywords_that_the_kit_wrote_elsewhere_too_go_from_the_title(put: str) -> None:
    body = BODY.replace("Town library</h1>", f"{OWN}</h1>")
    kit = "".join(f"<li>{said}</li>" for said in put.strip().split(","))
    page = HEAD.replace("Opening hours", put + OWN) + body + f'<ul style="font-size:1px">{kit}</ul>' + TAIL
    assert judged(page)[2] == HEAD.replace("Opening hours", OWN) + body + TAIL


def test_a_title_in_two_scripts_of_a_page_in_two_scripts_stays() -> None:
    put = "乡村图书馆开放时间与借书规则 "
    body = BODY.replace("Town library</h1>", f"{OWN}</h1>")
    page = HEAD.replace("Opening hours", put + OWN) + body + "<h2>乡村图书馆开放时间与借书规则</h2>\n" + TAIL
    assert judged(page)[2] == page
