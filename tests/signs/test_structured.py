from __future__ import annotations

import json

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

SPAM = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Slot Gacor Hari Ini",
    "description": "Situs slot gacor gampang maxwin dengan deposit pulsa tanpa potongan.",
    "brand": {"@type": "Brand", "name": "Situs Judi Slot Online"},
    "keywords": "slot gacor, situs slot, judi online, rtp slot",
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.9", "reviewCount": "9911"},
}
OWN = {
    "@context": "https://schema.org",
    "@type": "Library",
    "name": "Town library",
    "description": "Books are lent for four weeks.",
    "url": "https://www.example.org/",
}


def block(data: object, *, ascii_only: bool = False) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=ascii_only)}</script>\n'


def test_structured_data_of_something_else_goes() -> None:
    restores(head=block(SPAM), rule="spam-data")


def test_it_goes_from_beside_the_sites_own() -> None:
    head = f"<!doctype html>\n<html><head><title>Town library</title>\n{block(OWN)}"
    page = f"{head}{block(SPAM)}</head>\n<body>\n<h1>Town library</h1>\n</body>\n</html>\n"
    assert judged(page)[2] == page.replace(block(SPAM), "")


@pytest.mark.parametrize("name", ["온라인카지노 추천 사이트", "बेस्ट ऑनलाइन कैसीनो", "deneme bonusu veren siteler"])
def test_escapes_are_read(name: str) -> None:
    restores(head=block(SPAM | {"name": name}, ascii_only=True), rule="spam-data")


def test_data_that_is_no_valid_json_is_read() -> None:
    restores(head=block(SPAM).replace('"brand"', ',{{tags}},"brand"'), rule="spam-data")


@pytest.mark.parametrize(
    "data",
    [
        OWN,
        OWN | {"@type": "NewsArticle", "headline": "Council discusses new rules for gambling halls"},
        {"@context": "https://schema.org", "@graph": [OWN, {"@type": "BreadcrumbList", "name": "News"}]},
        [],
    ],
)
def test_the_sites_own_data_stays(data: object) -> None:
    silent(head=block(data))


def test_the_data_of_a_page_about_such_things_stays() -> None:
    data = {"@context": "https://schema.org", "@type": "Casino", "name": "Grand Casino Slots and Poker"}
    text = (
        "<p>" + "The Grand Casino has slots and a poker room; the casino opens at noon, dinner is served at eight. " * 6
    )
    page = f"<!doctype html><title>Grand Casino</title>{block(data)}<h1>Grand Casino Slots and Poker</h1>{text}</p>"
    assert "spam-data" not in {finding.rule for finding in judged(page)[1]}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("비아그라 구매", "레비트라구입, 여성흥분제구매, 시알리스판매, 비아그라퀵배송"),
        ("pinjaman segera lulus", "pinjaman tanpa dokumen, pinjaman segera lulus, pinjaman wang segera tanpa cagaran"),
    ],
)
def test_data_that_names_several_keywords_goes_whatever_its_words_weigh(name: str, words: str) -> None:
    data = {"@context": "https://schema.org", "@type": "Organization", "name": name, "keywords": words}
    restores(head=block(data), rule="spam-data")


def test_the_data_of_an_article_that_names_one_medicine_stays() -> None:
    data = OWN | {
        "@type": "Article",
        "headline": "Sildenafil recall",
        "description": "A batch of sildenafil is recalled.",
    }
    silent(head=block(data))


def _answers(*answers: str, name: str) -> str:
    asked = [
        {"@type": "Question", "name": "?", "acceptedAnswer": {"@type": "Answer", "text": answer}} for answer in answers
    ]
    data = {"@context": "https://schema.org", "@type": "FAQPage", "name": name, "mainEntity": asked}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)[:-1]},}}</script>\n'


@pytest.mark.parametrize(
    "answers",
    [
        ("Üye olun, 500 TL deneme bonusu hesabınıza tanımlansın.", "Güncel giriş adresi casino siteleri arasında."),
        ("Daftar slot gacor dengan bonus new member 100%.", "Situs judi online gampang maxwin."),
        ("Online casino with a no deposit bonus and free spins.", "Yes, slots online for real money."),
    ],
)
def test_what_answers_in_data_promise_is_read(answers: tuple[str, ...]) -> None:
    restores(head=_answers(*answers, name="Marvelton 44"), rule="spam-data")


def test_the_answers_of_a_library_stay() -> None:
    silent(head=_answers("Bring a letter and a card.", "Books are lent for four weeks.", name="Town library"))


def test_data_without_a_context_is_read() -> None:
    data = (
        '{"@type":"Product","name":"Situs Slot Gacor Hari Ini","brand":"x","alternateName":"Bandar Togel Terpercaya"}'
    )
    restores(body=f'<script type="application/ld+json">{data}</script>', rule="spam-data")


SPAM_TOLD = "situs slot gacor hari ini, judi online terpercaya, bandar togel resmi, agen casino online"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
@pytest.mark.parametrize(
    "told", [SPAM_TOLD, "澳门威尼斯人网上赌场,皇冠体育投注,百家乐真人娱乐,博彩平台开户", f"{SPAM_TOLD} — " * 20]
)
def test_a_description_swapped_in_the_sites_own_data_is_emptied(told: str, codec: str) -> None:
    page = HEAD + "{}" + BODY + TAIL
    verdict, findings, cleaned = judged(page.format(block(OWN | {"description": told})), codec=codec)
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["spam-data"])
    assert cleaned == page.format(block(OWN | {"description": ""}))


@pytest.mark.parametrize(
    "told",
    [
        "The library lends books, films and games; casino night for members is on the first of May.",
        "A talk on gambling: how online casinos find their players, and where to get help.",
        "A lecture about Viagra, Cialis and forged medicine on the internet.",
    ],
)
def test_a_description_that_names_such_things_stays(told: str) -> None:
    silent(head=block(OWN | {"description": told}))


TOLD = {"@context": "https://schema.org", "@type": "Game", "url": "https://perya.example.net/"}


def test_three_keywords_tell_though_the_rest_sounds_like_nothing() -> None:
    said = TOLD | {
        "name": "PERYAPISTA Online Casino at Sabong, libreng pera sa pagrehistro",
        "description": "Maglaro ng color game. Mabilis ang cash-out sa e-wallet, walang minimum na deposito.",
        "keywords": ["online sugal legit", "free credit no deposit", "live sabong"],
    }
    restores(head=block(said), rule="spam-data")


def test_data_of_a_hotel_with_a_casino_stays() -> None:
    said = TOLD | {
        "@type": "Hotel",
        "name": "Grand hotel by the lake",
        "description": "Rooms with a view, a pool, and a casino next door with an online casino of its own.",
    }
    silent(head=block(said))
