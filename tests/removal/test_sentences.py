"""A sentence that only leads up to a link goes with it when the link is cut on request; what says something stays."""

from __future__ import annotations

import pytest

import spamguard
from tests.signs.cases import BODY, HEAD, TAIL, judged

A = "The choir sang twice in the barn, before and after the thunderstorm."
B = "Tickets for the Advent concert are at the door and in the bakery."
LINK = '<a href="https://a.example.net/">{}</a>'


def _on_request(page: str) -> str:
    return spamguard.Guard().clean(page.encode(), path="page.html", unsafe=True).data.decode()


SENTENCES = [
    f"See also {LINK.format('Casino ohne Lizenz')}.",
    f"Read more at {LINK.format('no deposit casino')}.",
    f"If you lack time, try this {LINK.format('essay writing service')}.",
    f"Try {LINK.format('buy viagra online')} today.",
    f"Mehr dazu: <b>{LINK.format('Viagra rezeptfrei kaufen')}</b>.",
    f"Siehe auch {LINK.format('Online Casino ohne Einzahlung')}.",
]


@pytest.mark.parametrize("wrapper", ["<p>{}</p>\n", "<div>{}</div>\n", "<table><tr><td>{}</td></tr></table>\n"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_sentence_goes(sentence: str, wrapper: str) -> None:
    page = HEAD + BODY + wrapper.format(f"{A} {{}}{B}") + TAIL
    spam = page.format(sentence + " ")
    assert {finding.disposition for finding in judged(spam)[1]} == {"review"}
    assert judged(spam)[2] == spam
    assert _on_request(spam) == page.format("")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_paragraph_with_nothing_else_goes(sentence: str) -> None:
    assert _on_request(f"{HEAD}{BODY}<p>{sentence}</p>\n{TAIL}") == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    "credit",
    [
        "Site design 2009 by {} &amp; {}",
        "Theme: {} and {}",
    ],
)
def test_a_credit_line_goes_with_the_bare_address_beside_the_link(credit: str) -> None:
    bare = '<a href="https://b.example.net/fast">https://b.example.net/fast</a>'
    line = credit.format(LINK.format("sportsbook bonus codes"), bare)
    page = f'{HEAD}{BODY}<p align="center"><font size="1">{line}</font></p>\n{TAIL}'
    assert _on_request(page) == HEAD + BODY + TAIL


GERMAN = (
    '<!DOCTYPE html><html lang="de"><head><title>Heimatverein</title></head><body><h1>Heimatverein</h1>'
    "<p>Der Verein traf sich im Mai zur Hauptversammlung im Gasthof. {} Für das Dach der Schmiede sind noch "
    "viertausend Euro nötig.</p><p>Am Sonntag ist Backtag im Dorfbackhaus, alle sind willkommen.</p></body></html>"
)


@pytest.mark.parametrize("words", ["Den Pokal stiftete früher das", "Der Wirt erzählte lange vom"])
def test_words_that_say_something_without_the_link_stay(words: str) -> None:
    page = GERMAN.format(f"{words} {LINK.format('Casino ohne Lizenz')}.")
    assert words in _on_request(page)


def test_an_honest_pointer_is_silent() -> None:
    for name in ("our choir's pictures", "the county's list of concerts", "the essay of our founder"):
        page = f"{HEAD}{BODY}<p>{A} See also {LINK.format(name)}. {B}</p>\n{TAIL}"
        assert judged(page) == ("clean", (), page)
