"""A sentence in other letters that sells is cut out of a paragraph where the letters change; others stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

BEFORE, AFTER = "The choir sang twice in May.", "Tickets are at the door."
CHINESE = (
    '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>乡村图书馆</title></head>'
    "\n<body>\n<h1>乡村图书馆</h1>\n"
    "<p>图书馆每天上午九点开门，下午五点关门。书可以借四个星期，杂志可以借一个星期。</p>\n"
    "<p>合唱团五月唱了两次，门票在门口领取。{}</p>\n"
    "<p>老人讲的故事由学生记下来，存放在二楼的柜子里。</p>\n</body></html>\n"
)
KOREAN = "실시간 라이브카지노에서 첫입금 보너스 받고 지금 바로 가입하세요."
RUSSIAN = 'Лучшее онлайн казино с бонусом за регистрацию: <a href="https://a.example.net/">играть на деньги онлайн</a>.'
DIPLOMAS = 'Срочно? <a href="https://bumaga.example.net/">Ку пить аттecтат или дипломы с проводкой</a>, доставим.'
THAI = 'สมัครเล่น<a href="https://a.example.net/"><b>สล็อตเว็บตรง</b></a> บาคาร่าออนไลน์ ฝากถอนไม่มีขั้นต่ำ'


@pytest.mark.parametrize("pitch", [KOREAN, RUSSIAN, DIPLOMAS, THAI, "立即注册澳门赌场，真人百家乐在线投注平台送彩金。"])
@pytest.mark.parametrize(
    ("put", "honest"),
    [
        ("{before} {pitch} {after}", "{before} {after}"),
        ("{before}{pitch}  {after}", "{before} {after}"),
        ("{before}{pitch} {after}", "{before} {after}"),
        ("{before} {pitch}  {after}", "{before} {after}"),
        ("{pitch} {before}", "{before}"),
        ("{before} {pitch}", "{before}"),
        ("{before}{pitch} ", "{before}"),
    ],
)
def test_it_is_cut_where_the_letters_change(pitch: str, put: str, honest: str) -> None:
    page = HEAD + BODY + f"<p>{put.format(before=BEFORE, pitch=pitch, after=AFTER)}</p>\n" + TAIL
    _, findings, cleaned = judged(page)
    assert [finding.disposition for finding in findings] == ["safe"]
    assert cleaned == HEAD + BODY + f"<p>{honest.format(before=BEFORE, after=AFTER)}</p>\n" + TAIL


@pytest.mark.parametrize(
    "pitch",
    [
        ' Play at <a href="https://a.example.net/">the best online casino with a no deposit bonus</a> today.',
        ' Hrajte ještě dnes, <a href="https://a.example.net/">online casino bez registrace</a> je tu pro každého.',
    ],
)
def test_latin_words_are_cut_out_of_chinese(pitch: str) -> None:
    assert judged(CHINESE.format(pitch))[2] == CHINESE.format("")


@pytest.mark.parametrize(
    "said",
    [
        "Our guests from Busan wrote 도서관은 평일에 문을 열고 주말에는 문을 닫습니다.",
        f"A reader was sent “{KOREAN}” by an unknown number.",
        f"The police warned of messages like this one. {KOREAN}",
        f'<span lang="ko">{KOREAN}</span> is what the lesson on advertising translates.',
        "Пушкин писал об игре и о картах, и в библиотеке есть его повесть о пиковой даме.",
    ],
)
def test_other_letters_that_sell_nothing_stay(said: str) -> None:
    page = HEAD + BODY + f"<p>{BEFORE} {said}</p>\n" + TAIL
    assert not [finding for finding in judged(page)[1] if finding.disposition == "safe"]


@pytest.mark.parametrize("said", ["", " See our page in English: opening hours, the catalogue and news for guests."])
def test_a_line_for_guests_stays(said: str) -> None:
    page = CHINESE.format(said)
    assert judged(page) == ("clean", (), page)


@pytest.mark.parametrize("style", ["display:none", "font-size:0", "position:absolute;left:-9999px"])
def test_what_is_hidden_goes_with_its_box(style: str) -> None:
    box = f' <span style="{style}">Лучшее онлайн казино. Казино с бонусом: {RUSSIAN}</span>'
    assert judged(HEAD + BODY + f"<p>{BEFORE}{box}</p>\n" + TAIL)[2] == HEAD + BODY + f"<p>{BEFORE}</p>\n" + TAIL


@pytest.mark.parametrize(
    "name",
    ["<b>Tolmi</b>: ", "<b>Tolmi:</b> ", '<strong class="who">Tolmi Ra</strong> - ', "<b>Tolmi</b>: Kora7"],
)
@pytest.mark.parametrize("pitch", [KOREAN, RUSSIAN])
def test_who_says_nothing_else_goes_with_what_he_says(name: str, pitch: str) -> None:
    assert judged(HEAD + BODY + f"<p>{name}{pitch}</p>\n" + TAIL)[2] == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    "own", ["<b>Tolmi</b>: The choir was lovely.", "<b>The choir sang twice in May, in the old hall by the weir</b>:"]
)
def test_what_else_somebody_says_stays(own: str) -> None:
    assert own in judged(HEAD + BODY + f"<p>{own} {KOREAN}</p>\n" + TAIL)[2]
