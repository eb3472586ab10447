"""Articles that sell, hung below a page of other things: cut as a whole, unless its owner may stand behind them."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

GERMAN = (
    "<h2>Warum Nordaspin Casino?</h2>\n<p>Nordaspin ist ein seriöses Online Casino mit vielen Spielautomaten und Live "
    "Casino Tischen. Neue Spieler erhalten einen Willkommensbonus und 50 Freispiele ohne Einzahlung.</p>\n"
    "<h3>Wie sicher sind Auszahlungen bei Nordaspin?</h3>\n<p>Die Auszahlung dauert wenige Minuten, und auch "
    "Sportwetten sind möglich.</p>\n<h3>Nordaspin Fragen</h3>\n"
    '<p>Gibt es eine App? Ja. <a href="https://n.example.net/">Zu Nordaspin</a></p>\n'
)
INDONESIAN = (
    '<section class="x"><h2>Mengapa KILATBUNGA77?</h2><p>KILATBUNGA77 adalah situs slot gacor terpercaya dengan RTP '
    "tinggi, slot online, togel dan live casino. Bonus new member 100% menanti.</p><h3>Cara daftar KILATBUNGA77</h3>"
    "<p>Buka link alternatif dan lakukan deposit pulsa.</p><h3>FAQ KILATBUNGA77</h3><p>Maxwin setiap hari di "
    '<a href="https://k.example.net/">KILATBUNGA77</a>.</p></section>\n'
)
PILLS = (
    "<h2>What is Rivamed?</h2>\n<p>Rivamed is an online pharmacy where you can buy viagra online without prescription. "
    "Generic cialis and cheap tramadol are shipped overnight.</p>\n<h2>Is Rivamed safe?</h2>\n<p>Yes, Rivamed ships "
    "generic viagra in plain envelopes.</p>\n<h3>Rivamed questions</h3>\n"
    '<p>Order today at <a href="https://r.example.net/">Rivamed</a>.</p>\n'
)
TURKISH = (
    "<h2>Örnekbet neden tercih ediliyor?</h2>\n<p>Örnekbet güvenilir bahis siteleri arasında yer alır; canlı casino, "
    "slot oyunları ve kaçak bahis seçenekleri sunar. Deneme bonusu veren siteler içinde ilk sıradadır.</p>\n"
    "<h3>Örnekbet giriş adresi</h3>\n"
    '<p>Güncel giriş adresi <a href="https://o.example.net/">Örnekbet giriş</a> sayfasındadır.</p>\n'
    "<h3>Örnekbet bonusları</h3>\n<p>Hoşgeldin bonusu ve bedava dönüş verilir.</p>\n"
)
SPANISH = (
    '<div class="extra">\n<h2>¿Por qué elegir Sietelunas?</h2>\n<p>Sietelunas es un casino online fiable con '
    "tragaperras, ruleta en vivo y apuestas deportivas. El bono de bienvenida incluye tiradas gratis sin "
    "depósito.</p>\n<h3>Registro en Sietelunas</h3>\n<p>El primer depósito se duplica.</p>\n"
    "<h3>¿Es legal Sietelunas?</h3>\n"
    '<p>Sí. <a href="https://s.example.net/">Visita el casino Sietelunas</a> y gana dinero real.</p>\n</div>\n'
)


@pytest.mark.parametrize(
    "article", [GERMAN, INDONESIAN, PILLS, TURKISH, SPANISH], ids=["de", "id", "pills", "tr", "es"]
)
def test_an_article_full_of_a_trade_that_the_page_does_not_know_goes_as_a_whole(article: str) -> None:
    restores(body=article, rule="appended-article")


@pytest.mark.parametrize(
    ("article", "before"),
    [
        (SPANISH.replace("<a href", '<a rel="sponsored" href'), ""),
        (GERMAN.replace("<p>Nordaspin", "<p>Anzeige. Nordaspin", 1), ""),
        (PILLS, "<p>The tablets that you buy viagra online for are no cheaper at Generic Cialis House.</p>\n"),
        (GERMAN.replace("Die Auszahlung", "Die Polizei warnt: die Auszahlung"), ""),
    ],
    ids=["paid for", "labelled", "of the page's own trade", "reported"],
)
def test_what_an_owner_may_have_sold_or_written_is_not_cut_unasked(article: str, before: str) -> None:
    page = HEAD + BODY + before + article + TAIL
    _, findings, cleaned = judged(page)
    assert cleaned == page
    assert all(finding.disposition == "review" for finding in findings)


def test_three_headings_about_a_house_by_the_lake_stay() -> None:
    silent(
        body="<h2>Why we stayed at Goldmere</h2>\n<p>Goldmere is a hotel with a casino on the lake. We played roulette "
        "for an hour and lost ten coins.</p>\n<h3>Breakfast at Goldmere</h3>\n<p>Eggs.</p>\n<h3>How to get to Goldmere"
        '</h3>\n<p>By boat: <a href="https://goldmere.example.net/">Goldmere</a>.</p>\n'
    )


DUTCH = (
    "<h2>Waarom zou je voor Zomerlicht kiezen?</h2>\n<p>Zomerlicht is een plek met duizenden spellen en een helder "
    "scherm, ook op de telefoon. Wie zich inschrijft krijgt een bonus bij de eerste storting.</p>\n<h3>Hoe snel kun je "
    "bij Zomerlicht uitbetalen?</h3>\n<p>Meestal binnen een dag. Jackpots worden in delen betaald.</p>\n<h3>Vragen "
    'over Zomerlicht</h3>\n<p>Is er een app? Ja, die is er: <a href="https://z.example.net/">naar Zomerlicht</a>.</p>\n'
)
FILIPINO = (
    "<h2>Bakit piliin ang Mabuhaywin?</h2>\n<p>Ang Mabuhaywin ay may malawak na pagpipilian ng slot games at live "
    "casino. Madali ang pagrehistro at mabilis ang cash-out gamit ang telepono mo.</p>\n<h3>Paano sumali sa "
    'Mabuhaywin?</h3>\n<p>Buksan ang <a href="https://m.example.net/">Mabuhaywin</a> at ilagay ang numero.</p>\n'
    "<h3>Ligtas ba ang Mabuhaywin?</h3>\n<p>Oo, at may welcome bonus sa unang deposito.</p>\n"
)
MORE = "<p>The reading room is on the first floor, and it has a window to the river that you can sit in.</p>\n"


@pytest.mark.parametrize("article", [DUTCH, FILIPINO], ids=["nl", "tl"])
def test_an_article_in_a_language_that_the_page_is_not_in_goes_if_it_sells(article: str) -> None:
    restores(body=MORE + article, rule="appended-article", kept_body=MORE)


def test_a_part_in_another_language_stays() -> None:
    silent(
        body=MORE
        + "<h2>Waarom zou je naar Zomerlicht komen?</h2>\n<p>Zomerlicht is een boekenboot met duizenden boeken "
        "en een helder dek, ook voor kinderen. Wie zich inschrijft krijgt een kaart.</p>\n<h3>Hoe laat gaat Zomerlicht "
        "open?</h3>\n<p>Meestal na de middag, als er geen wind is.</p>\n<h3>Vragen over Zomerlicht</h3>\n<p>Kan ik er "
        'koffie krijgen? Ja: <a href="https://zomerlicht.example.net/">naar Zomerlicht</a>.</p>\n'
    )
