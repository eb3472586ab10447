"""A sentence that people see and that names what is sold: news of it, an offer of one's own, or an advertisement."""

from __future__ import annotations

import pytest

from tests.signs.cases import judged

PAGE = (
    '<!doctype html>\n<html lang="{language}"><head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n'
    "<p>{before}</p>\n<p>{sentence}</p>\n<p>{after}</p>\n</body></html>\n"
)
INDONESIAN = {
    "language": "id",
    "title": "Berita Kecamatan",
    "before": "Rapat warga akan diadakan pada hari Senin di balai desa untuk membahas saluran air.",
    "after": "Pendaftaran lomba menulis bagi pelajar dibuka sampai akhir bulan di kantor kecamatan.",
}
ENGLISH = {
    "language": "en",
    "title": "Parish news",
    "before": "The footbridge over the stream is closed until the carpenter has replaced two planks.",
    "after": "Volunteers who would like to help with the harvest supper should tell the office by Friday.",
}


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        (INDONESIAN, "Polisi menangkap admin situs judi slot online dan memblokir ratusan situs togel."),
        (INDONESIAN, "Waspada penipuan: situs slot gacor dan bandar togel online merugikan banyak warga."),
        (ENGLISH, "Police arrested two men who ran an online casino and sold payday loans to pensioners."),
    ],
)
def test_news_of_it_is_no_advertisement(around: dict[str, str], sentence: str) -> None:
    page = PAGE.format(**around, sentence=sentence)
    assert judged(page) == ("clean", (), page)


def test_an_owners_offer_in_one_sentence_is_left_alone() -> None:
    page = PAGE.format(**ENGLISH, sentence="Our link building service and seo packages start at 300 per month.")
    assert judged(page) == ("clean", (), page)


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        (INDONESIAN, "Daftar situs slot gacor deposit pulsa dan menangkan jackpot togel online hari ini."),
        (ENGLISH, "Play at the best online casino and win real money with a deposit bonus."),
    ],
)
def test_an_advertisement_is_found(around: dict[str, str], sentence: str) -> None:
    verdict, findings, _ = judged(PAGE.format(**around, sentence=sentence))
    assert (verdict, len(findings)) == ("infected", 1)
