"""Letters beside Chinese, Japanese or Korean signs: a sign says as much as several letters."""

from __future__ import annotations

import pytest

from tests.signs.cases import judged

_PAGE = (
    '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>示范区图书馆</title></head>\n<body>\n'
    "<h1>旧计数器还在走</h1>\n<p>二〇〇六年安装的计数器至今未坏，数字每天跳几十下。</p>\n"
    "<p>图书馆每天九点开门，五点关门，请带好您的借书证。</p>\n{}"
    "<div>示范区图书馆主办，值班电话见门口，未经书面授权不得使用。</div>\n</body></html>\n"
)
_SPAM = (
    '<div id="lnks">Надёжный <a href="https://a.example.net/">ремонт крыш</a> за день. | Оформите '
    '<a href="https://b.example.org/">микрозайм без проверки</a> в любое время. | Проверенные '
    '<a href="https://c.example.net/">букмекеры с бонусом</a> для новичков.</div>\n'
)
_HONEST = (
    '<div lang="ru">Наша библиотека открыта каждый день с девяти до пяти. Каталог есть и на '
    '<a href="/ru">русском языке</a>, а в читальном зале лежат газеты из Читы и Хабаровска.</div>\n'
)


def test_an_offer_in_letters_beside_a_few_signs_is_cut() -> None:
    assert judged(_PAGE.format(_SPAM))[2] == _PAGE.format("")


@pytest.mark.parametrize("honest", [_HONEST, _HONEST.replace(' lang="ru"', "")])
def test_what_is_told_to_guests_stays(honest: str) -> None:
    page = _PAGE.format(honest)
    assert judged(page) == ("clean", (), page)
