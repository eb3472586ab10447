"""Sentences and links that sell in words that no list knows, on pages of another language; honest ones like them."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

CHOIR = "<p>The choir sang twice. {} Tickets are at the door.</p>\n"


@pytest.mark.parametrize(
    "line",
    [
        'Läs också om <a href="https://spel.example.net/">bästa casinon utan svensk licens med snabba uttag</a>.',
        'See the <a href="https://papers.example.com/">service that will write my college essay cheap</a> now.',
        'Guarda i <a href="https://gioco.example.net/">siti scommesse non aams con bonus subito</a> di oggi.',
        'Zobacz <a href="https://gry.example.com/">najlepsze kasyna internetowe bez weryfikacji konta</a> teraz.',
        "Doublez vos bitcoins en 24 heures grâce au robot de trading automatique, dépôt minimum 250 euros.",
        "Jisajili leo kwenye kasino ya mtandaoni na upate bonasi ya kukaribisha bila amana yoyote.",
    ],
)
def test_a_loud_link_or_a_sentence_of_another_language_is_shown(line: str) -> None:
    verdict, findings, cleaned = judged(HEAD + BODY + CHOIR.format(line) + TAIL)
    assert (verdict, findings[0].disposition) == ("infected", "review")
    assert cleaned == HEAD + BODY + CHOIR.format(line) + TAIL


def test_a_sentence_glued_to_the_one_before_it_is_shown_alone() -> None:
    line = "Doublez vos bitcoins en 24 heures grâce au robot de trading automatique, dépôt minimum 250 euros."
    _, findings, _ = judged(HEAD + BODY + f"<p>The choir sang twice.{line}  Tickets are at the door.</p>\n" + TAIL)
    assert "choir" not in findings[0].excerpt
    assert "bitcoins" in findings[0].excerpt


@pytest.mark.parametrize(
    "line",
    [
        'See also <a href="https://paper.example.net/">the article about the new bridge over the river</a>.',
        'Lesen Sie <a href="https://zeitung.example.net/">den Bericht über die Lesung im alten Rathaus</a>.',
        "Le concert aura lieu dans la grande salle, et les billets sont en vente à l'entrée dès dix-neuf heures.",
        "El coro canta también el domingo por la tarde en la plaza, y todos los vecinos están invitados.",
        'Die Polizei warnt vor <a href="https://amt.example.net/">Casino ohne Lizenz mit schneller Auszahlung</a>.',
        'Buy a <a href="https://shop.example.net/">ticket for the summer concert online</a> or at the door.',
    ],
)
def test_a_link_to_an_article_and_a_guest_language_stay(line: str) -> None:
    silent(body=CHOIR.format(line))


@pytest.mark.parametrize(
    "cell",
    ["<table><tr><td><p>The choir sang twice. {}</p></td></tr></table>\n", "<div><p>The choir sang. {}</p></div>\n"],
)
def test_a_paragraph_in_a_page_laid_out_with_tables_is_read(cell: str) -> None:
    link = 'Läs också om <a href="https://spel.example.net/">bästa casinon utan svensk licens med snabba uttag</a>.'
    assert judged(HEAD + BODY + cell.format(link) + TAIL)[0] == "infected"
