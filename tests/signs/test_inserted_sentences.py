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
