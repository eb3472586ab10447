"""Spam in words of a language that no list knows, and the honest pages that look like it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

import spamguard
from spamguard.examine.blocks import Stretch, beside

if TYPE_CHECKING:
    from spamguard.verdicts import FileReport

PAGE = """<!DOCTYPE html>
<html lang="de"><head><title>Jahresbericht - Imkerverein Musterau</title></head>
<body>
<h1>Imkerverein Musterau</h1>
<p>Die Versammlung fand im Mai im Gasthof statt. Der Vorstand wurde entlastet, die Prüfer lobten die Ordnung.</p>
<p>Im Herbst wurden zwölf Völker eingewintert und die Beuten am Waldrand neu gestrichen.</p>
{}
<p>Der Verein dankt allen, die beim Schleudern geholfen haben, und lädt zum Honigmarkt ein.</p>
<footer>Imkerverein Musterau, Am Anger 4</footer>
{}</body></html>
"""
GEORGIAN, ARMENIAN, KHMER = "აბგდევზთიკლმნოპრსტუფქ", "աբգդեզթլխծկհղմնոպջռս", "កខគឃងចឆជឈញដឋណតថទធន"


def _phrases(letters: str, count: int) -> list[str]:
    """Phrases of made-up words: nobody can have learned them."""
    rng = random.Random(letters)  # noqa: S311 - repeatable, not secret
    words = ["".join(rng.choices(letters, k=rng.randint(3, 7))) for _ in range(12)]
    return [" ".join(rng.sample(words, rng.randint(2, 3))) for _ in range(count)]


def _links(letters: str, count: int) -> str:
    return "\n".join(
        f'<a href="https://h{number}.example.net/{number}">{phrase}</a>'
        for number, phrase in enumerate(_phrases(letters, count))
    )


def _scanned(middle: str, end: str) -> FileReport:
    return spamguard.scan(PAGE.format(middle, end).encode(), path="bericht.html")


@pytest.mark.parametrize("letters", [GEORGIAN, ARMENIAN, KHMER])
def test_hidden_links_in_letters_of_no_known_language_are_found(letters: str) -> None:
    report = _scanned("", f'<div style="position:absolute;left:-9999px">\n{_links(letters, 8)}\n</div>\n')
    assert report.verdict == "infected"


@pytest.mark.parametrize("letters", [GEORGIAN, ARMENIAN])
def test_so_are_links_to_many_sites_that_people_see_behind_the_footer(letters: str) -> None:
    assert _scanned("", f"<div>\n{_links(letters, 12)}\n</div>\n").verdict == "infected"


def test_languages_that_are_called_by_their_own_names_are_left_alone() -> None:
    names = ("Deutsch", "English", "ქართული", "հայերեն", "ភាសាខ្មែរ", "中文", "日本語", "العربية", "ไทย", "Ελληνικά")
    listed = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(names))
    assert _scanned(f"<ul>{listed}</ul>", "").verdict == "clean"


def test_a_quotation_in_another_script_is_left_alone() -> None:
    quoted = f"{' '.join(_phrases(GEORGIAN, 9))}. {' '.join(_phrases(GEORGIAN, 7))}."
    assert _scanned(f"<blockquote><p>{quoted}</p></blockquote>", "").verdict == "clean"


@pytest.mark.parametrize("letters", [GEORGIAN, KHMER])
def test_a_page_that_is_all_in_such_a_language_is_no_stranger_to_itself(letters: str) -> None:
    paragraphs = "\n".join(f"<p>{' '.join(_phrases(letters + str(n), 20)[:12])}.</p>" for n in range(6))
    menu = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(_phrases(letters, 6)))
    page = f"<!DOCTYPE html><html><head><title>-</title></head><body><ul>{menu}</ul>{paragraphs}</body></html>"
    assert spamguard.scan(page.encode(), path="page.html").verdict == "clean"


def test_a_long_string_that_a_program_keeps_in_a_hidden_element_is_read_by_nobody() -> None:
    rng = random.Random(1)  # noqa: S311 - repeatable, not secret
    kept = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", k=6_000))
    assert _scanned(f'<div style="display:none">{kept}</div>', "").verdict == "clean"


def test_what_is_proposed_besides_shares_no_item_with_what_was_found() -> None:
    found = [Stretch(3, 6), Stretch(10, 12)]
    assert beside(found, [Stretch(0, 2), Stretch(5, 8), Stretch(7, 9), Stretch(11, 15)]) == [
        Stretch(0, 2),
        Stretch(3, 6),
        Stretch(7, 9),
        Stretch(10, 12),
    ]
