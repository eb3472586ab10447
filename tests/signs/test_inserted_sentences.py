"""A camouflaged link goes alone where the sentence was the page's, and with its sentence where that came along."""

from __future__ import annotations

import pytest

from tests.signs.cases import HEAD, TAIL, judged

_LINK = '<a href="https://k.example.net/poker-rooms" style="text-decoration:none;color:inherit;cursor:default">{}</a>'
_HAN = "图书馆每天九点开门，五点关门。"
_GREEK = "Η βιβλιοθήκη ανοίγει στις εννέα το πρωί. "


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        (_HAN, "More is told in the {}. ", ""),
        (_HAN, "More is told in the {}. ", "请带好您的借书证。"),
        (_GREEK, "See also the {} of last year. ", "Φέρτε την κάρτα σας."),
        ("Библиотека открыта с девяти. ", "Weitere Hinweise gibt der {}. ", "Приходите к нам."),
        ("The library opens at nine. ", "Подробности смотрите в {}. ", "Bring your card with you."),
    ],
)
def test_a_sentence_in_other_letters_goes_with_its_link(before: str, sentence: str, after: str) -> None:
    named = "годовом отчёте" if sentence.startswith("П") else "annual overview"
    page = f"{HEAD}</head><body>\n<h1>1</h1>\n<p>{before}{{}}{after}</p>\n{TAIL}"
    assert judged(page.format(sentence.format(_LINK.format(named))))[2] == page.format("")


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        ("The library opens at nine. ", "More is told in the {}.", " Bring your card."),
        (_HAN, "请看 {}。", "请带好您的借书证。"),
        ("", "More is told in the {}.", ""),
    ],
)
def test_a_sentence_of_the_page_keeps_its_words(before: str, sentence: str, after: str) -> None:
    page = f"{HEAD}</head><body>\n<h1>1</h1>\n<p>{before}{{}}{after}</p>\n{TAIL}"
    kept = page.format(sentence.format("overview"))
    assert judged(page.format(sentence.format(_LINK.format("overview"))))[2] == kept


_ENGLISH = (
    "<p>The library opens at nine in the morning and closes at five. Bring your card with you when you come for the "
    "first time, and ask at the desk for the list of the books that we have bought in the spring.{}</p>\n<p>The "
    "reading room on the first floor is warm and bright, and who likes to sew or to sing is welcome on Mondays.</p>\n"
)
_VILLAGES = "<p>Upper Slade, Penfold, Quarrel's Cross, Thimblewick, Oxnead Parva, Hatherop Green, Nether Lane{}</p>\n"


@pytest.mark.parametrize(
    "sentence",
    [
        " Weitere Hinweise dazu gibt der {} des Vereins.",
        " Więcej na ten temat mówi {} naszego zarządu.",
        " Yeni haberler için {} sayfasına da bakabilirsiniz.",
    ],
)
def test_a_sentence_in_another_language_goes_with_its_link(sentence: str) -> None:
    page = f"{HEAD}</head><body>\n<h1>Town library</h1>\n{_ENGLISH}{TAIL}"
    assert judged(page.format(sentence.format(_LINK.format("rapport"))))[2] == page.format("")


@pytest.mark.parametrize("sentence", [" The list is told in the {} of the year.", " Thank you for reading the {}."])
def test_a_sentence_in_the_language_of_the_page_keeps_its_words(sentence: str) -> None:
    page = f"{HEAD}</head><body>\n<h1>Town library</h1>\n{_ENGLISH}{TAIL}"
    kept = page.format(sentence.format("overview"))
    assert judged(page.format(sentence.format(_LINK.format("overview"))))[2] == kept


def test_names_before_such_a_sentence_stay() -> None:
    page = f"{HEAD}</head><body>\n<h1>Town library</h1>\n{_ENGLISH.format('')}{_VILLAGES}{TAIL}"
    sentence = " Weitere Hinweise dazu gibt der {} des Vereins."
    assert _VILLAGES.split("{}")[0] in judged(page.format(sentence.format(_LINK.format("Bericht"))))[2]
