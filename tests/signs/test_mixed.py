"""Letters of another alphabet inside the words of an offer, and slips of honest keyboards."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

LINK = '<a href="https://a.example.net/k">{}</a>'


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Нужна пoмощь? Делаем ат тестат или {LINK.format('диплoм гocударственного')} oбразца. Оплата пocле.</p>\n",
        f"<li>Хoтите зaйм? {LINK.format('зaйм без oтказа')} за 5 минyт.</li>\n",
        f"<div>Прoдаю мeдкнижки, {LINK.format('спрaвки недорого')}</div>\n",
        f"<p>Зaмовте диплoм на сaйті {LINK.format('тyт')}</p>\n",
        f"<p>Казинo без вeрификации: {LINK.format('зеркалo')}, бoнус новым.</p>\n",
    ],
)
def test_an_offer_in_mixed_letters_goes(line: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + line + TAIL)
    assert findings
    assert cleaned == HEAD + BODY + TAIL or findings[0].disposition == "review"


def test_of_a_paragraph_only_the_mixed_sentences_go() -> None:
    line = f"<p>Хор пел дважды. Нужен докyмент? {LINK.format('аттecтат или диплoм')} с достaвкой.</p>\n"
    _, findings, cleaned = judged(HEAD + BODY + line + TAIL)
    assert findings
    assert cleaned == HEAD + BODY + "<p>Хор пел дважды.</p>\n" + TAIL


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Cодержание и Aрхитектура, {LINK.format('подробнее')} у нас в зале.</p>\n",
        f"<p>Смотрите {LINK.format('Windows и Linux')} в зале: USB-кабель, Wi-Fi и веб-сайт.</p>\n",
        "<p>Бoльшую часть книг мы выдаём нa дом, о чём пocле скажем.</p>\n",
    ],
)
def test_slips_and_foreign_words_stay(line: str) -> None:
    silent(body=line)
