"""What a keyword that says much is worth, and where it is worth nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import spamguard
from spamguard.model.candidate import is_candidate
from spamguard.model.weights import load
from spamguard.page.segments import read

if TYPE_CHECKING:
    from spamguard.verdicts import FileReport

PAGE = """<!DOCTYPE html>
<html lang="de"><head><title>Jahresbericht - Imkerverein Musterau</title></head>
<body>
<h1>Imkerverein Musterau</h1>
<p>Die Versammlung fand im Mai im Gasthof statt. Der Vorstand wurde entlastet, die Prüfer lobten die Ordnung. {}</p>
<p>Im Herbst wurden zwölf Völker eingewintert und die Beuten am Waldrand neu gestrichen.</p>
<p>Der Verein dankt allen, die beim Schleudern geholfen haben, und lädt zum Honigmarkt ein.</p>
</body></html>
"""


def _scanned(words: str) -> FileReport:
    return spamguard.scan(PAGE.format(words).encode(), path="bericht.html")


def _is_looked_at(words: str) -> bool:
    return is_candidate(read(PAGE.format(words).encode(), path="bericht.html"), load(None))


def test_one_keyword_that_says_much_is_reason_to_look_closer_and_an_everyday_word_is_not() -> None:
    assert _is_looked_at('Mehr unter <a href="https://a.example.net/">Casino ohne Lizenz</a>.')
    assert not _is_looked_at('Mehr unter <a href="https://a.example.net/">Honigmarkt</a>.')


@pytest.mark.parametrize(
    "words", ["Casino ohne Lizenz", "Ｃａｓｉｎｏ ｏｈｎｅ Ｌｉｚｅｎｚ", "Casino&nbsp;ohne&#32;Lizenz"]
)
def test_a_lone_link_that_is_called_by_such_a_keyword_is_shown_and_not_cut_unasked(words: str) -> None:
    report = _scanned(f'Mehr unter <a href="https://a.example.net/">{words}</a>.')
    assert [finding.disposition for finding in report.findings] == ["review"]


def test_several_such_links_at_the_end_of_an_honest_paragraph_are_cut() -> None:
    links = "".join(
        f' <a href="https://{name}.example.net/">{words}</a>'
        for name, words in (
            ("a", "Casino ohne Lizenz"),
            ("b", "beste Online Casinos"),
            ("c", "Freispiele ohne Einzahlung"),
            ("d", "Casino Bonus ohne Einzahlung"),
        )
    )
    cleaned = spamguard.clean(PAGE.format("Der Kassier schweigt." + links).encode(), path="bericht.html")
    assert cleaned.data == PAGE.format("Der Kassier schweigt.").encode()


def test_a_word_that_is_a_keyword_in_another_language_is_nothing_by_itself() -> None:
    assert _scanned("</p><dl><dt>Escorte</dt><dd>Die zwei Bienen neben der Königin.</dd></dl><p>").verdict == "clean"


def test_an_entry_of_a_menu_that_leads_to_the_publishers_own_game_is_its_own() -> None:
    menu = "".join(f'<a href="/{name}">{name}</a> - ' for name in ("Wetter", "Rätsel", "Anzeigen", "Leserbriefe"))
    assert _scanned(f'{menu}<a href="https://casino.bericht.example.net/">Casino online</a>').verdict == "clean"
