"""What is said not to be sold is told from what is sold, in whatever language."""

from __future__ import annotations

import pytest

from spamguard.examine.refusals import bans, refuses


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not accept online casino or payday loan adverts.",
        "Posts that name pills will be deleted.",
        "Sildenafil, prescription required.",
        "Backlinks verkaufen wir grundsätzlich keine.",
        "Sildenafil geben wir nur gegen Rezept ab.",
        "Nous ne publions pas d'articles sur les casinos.",
        "No aceptamos enlaces de apuestas.",
        "Não vendemos links para cassinos.",
        "Non pubblichiamo annunci di escort.",
        "Nie przyjmujemy reklam kasyn ani pożyczek.",
        "Odkazy na kasina nepřijímáme.",
        "Bahis ve casino siteleri kabul edilmez.",
        "Hacklink işine girmeyiz.",
        "Chúng tôi không mua bán backlink.",
        "Kami tidak menerima iklan judi online.",
        "Рекламу казино мы не размещаем, ссылки не продаём.",
        "Рекламу казино не розміщуємо.",
        "Δεν δεχόμαστε διαφημίσεις για καζίνο.",
        "本社不承接博彩类广告。",
        "カジノの広告は掲載しておりません。",
        "카지노 광고는 게재하지 않습니다.",
        "เราไม่รับลงโฆษณาพนัน",
        "نحن لا نقبل إعلانات الكازينو",
        "हम जुए के विज्ञापन नहीं छापते।",
    ],
)
def test_a_refusal_is_told(sentence: str) -> None:
    assert refuses(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Buy viagra, no prescription required.",
        "We do not need your papers: payday loans in an hour.",
        "Kein Rezept, keine Fragen: Potenzmittel kaufen.",
        "Viagra sin receta médica, envío gratis.",
        "Kapora almıyoruz, escort bayan.",
        "Casino không giới hạn rút tiền.",
        "Займы без отказа, справки не нужны.",
        "无需处方，在线购买。",
        "処方箋不要、即日発送。",
        "ฝากถอนไม่มีขั้นต่ำ",
    ],
)
def test_what_a_seller_does_without_is_none(sentence: str) -> None:
    assert not refuses(sentence)


@pytest.mark.parametrize(
    "line", ["Words that we block:", "Gesperrte Wörter", "Стоп-слова чата", "论坛屏蔽词：", "Từ cấm"]
)
def test_a_line_over_words_that_are_kept_out_is_told(line: str) -> None:
    assert bans(line)


@pytest.mark.parametrize("line", ["Words of the day", "Casino ban lifted", "Bango bongo", "Wörter des Jahres"])
def test_other_lines_are_none(line: str) -> None:
    assert not bans(line)
