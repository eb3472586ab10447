"""A sentence of another language around a link that sells is cut out of a paragraph; links of the page's own stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import HEAD, TAIL, judged

TEXT = (
    "<h1>Town library</h1>\n<p>The library is open on weekdays from nine to five. Books are lent for four weeks, and "
    "new ones are on the table by the door. The reading room is on the first floor, where the heating is.</p>\n"
    "<p>There is a box for books that are given back when the library is closed. Ask the people at the desk if you do "
    "not find what you are looking for.</p>\n"
)
BEFORE, AFTER = "The choir sang twice in the yard in May.", "Tickets for the next evening are at the desk."
PITCHES = [
    'Läs också om <a href="https://a.example.net/">bästa casinon utan svensk licens</a> innan du spelar.',
    'Aki külföldi oldalt keres, itt van: <a href="https://a.example.net/">kaszinó befizetés nélküli bónusszal</a>.',
    'Si no tiene tiempo puede <a href="https://a.example.net/">comprar seguidores y casino sin licencia</a> hoy.',
    'Zanim zagrasz, zobacz proszę <a href="https://a.example.net/">kasyno online bez depozytu i weryfikacji</a> teraz.',
]

UNLINKED = [
    "Pelaa heti: nettikasino ilman rekisteröitymistä odottaa sinua ja antaa bonuksen.",
    "Jetzt im Online Casino ohne Lizenz spielen und hundert Freispiele ohne Einzahlung sichern.",
]


@pytest.mark.parametrize("pitch", [*PITCHES, *UNLINKED])
@pytest.mark.parametrize(
    ("put", "honest"),
    [
        ("{before} {pitch} {after}", "{before} {after}"),
        ("{before}{pitch}  {after}", "{before} {after}"),
        ("{before} {pitch}", "{before}"),
    ],
)
def test_it_goes_with_its_sentence(pitch: str, put: str, honest: str) -> None:
    page = HEAD + "</head>\n<body>\n" + TEXT + "<p>{}</p>\n" + TAIL
    _, findings, cleaned = judged(page.replace("{}", put.format(before=BEFORE, pitch=pitch, after=AFTER)))
    assert [finding.disposition for finding in findings] == ["safe"]
    assert cleaned == page.replace("{}", honest.format(before=BEFORE, after=AFTER))


@pytest.mark.parametrize(
    "said",
    [
        'Läs också om <a href="https://a.example.net/">bibliotekets öppettider och lån av böcker</a> innan du kommer.',
        'See also <a href="https://a.example.net/">the casino that the town closed in the year of the flood</a>.',
        '<span lang="sv">Läs om <a href="https://a.example.net/">casinon utan svensk licens</a> och varför.</span>',
        'The police warn of it: läs om <a href="https://a.example.net/">bästa casinon utan svensk licens</a> här.',
    ],
)
def test_what_does_not_sell_or_is_marked_stays(said: str) -> None:
    page = HEAD + "</head>\n<body>\n" + TEXT + f"<p>{BEFORE} {said} {AFTER}</p>\n" + TAIL
    assert not [finding for finding in judged(page)[1] if finding.disposition == "safe"]
