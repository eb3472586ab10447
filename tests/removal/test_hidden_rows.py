"""Of a hidden box that is nothing but links of one make all go with most of them; other boxes keep what is theirs."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

ENGLISH = HEAD.replace("<html>", '<html lang="en">')
KNOWN = ["nhà cái tặng tiền trải nghiệm", "cầu lô bạch thủ 3 ngày", "tài xỉu online uy tín", "soi cầu miền bắc"]


def _box(style: str, words: list[str], tag: str = "div") -> str:
    links = "".join(f'<a href="/{70312 + at}.html">{said}</a>' for at, said in enumerate(words))
    return f'<{tag} style="{style}">{links}</{tag}>\n'


@pytest.mark.parametrize("style", ["visibility:hidden;height:0", "display:none", "position:absolute;left:-9999px"])
@pytest.mark.parametrize("unknown", ["cach danh lo de luon thang", "kich thuoc ban dat", "hop thu den"])
def test_the_phrase_that_no_list_knows_goes_with_the_row(style: str, unknown: str) -> None:
    page = ENGLISH + BODY + _box(style, [unknown, *KNOWN]) + TAIL
    assert judged(page)[2] == ENGLISH + BODY + TAIL


def test_a_link_of_another_make_stays() -> None:
    own = '<a class="skip" href="#main" tabindex="1">Skip to the opening hours of the library</a>'
    box = _box("display:none", KNOWN).replace("<a ", own + "<a ", 1)
    assert own in judged(ENGLISH + BODY + box + TAIL)[2]


@pytest.mark.parametrize("words", [["Fees", "Rooms", "Staff"], ["Kontakt", "Anfahrt", "Impressum"]])
def test_a_hidden_menu_stays(words: list[str]) -> None:
    page = HEAD + BODY + _box("display:none", words) + TAIL
    assert judged(page) == ("clean", (), page)


def test_a_row_goes_whole_where_the_block_goes_on_in_another_box() -> None:
    more = "".join(f"<option>{said}</option>" for said in ("rút tiền nhanh 1 phút", "lô đề online uy tín", *KNOWN))
    box = _box("display:none", ["cach danh lo de luon thang", *KNOWN]).rstrip()
    page = ENGLISH + BODY + box + f'<select style="display:none">{more}</select>\n' + TAIL
    assert judged(page)[2] == ENGLISH + BODY + TAIL


def test_a_sentence_that_people_see_stays_before_links_that_nobody_sees() -> None:
    own = "<p>We mend old pages for the shops here. We buy no backlinks and no hacklinks.</p>"
    links = "".join(
        f'<a style="display:none" href="https://{host}/">{said}</a>\n'
        for host, said in (("a.example.org", "situs gacor anti rungkat"), ("b.example.net", "slot gacor maxwin"))
    )
    cleaned = judged(ENGLISH + BODY + own + f'\n<div class="row">\n{links}</div>\n' + TAIL)[2]
    assert own in cleaned
    assert "gacor" not in cleaned
