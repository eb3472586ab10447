from __future__ import annotations

import pytest

from spamguard.report.sanitize import cut, escaped, excerpt, well_formed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://example.org HTTPS://example.com", "hxxp://example.org HxxPS://example.com"),
        ("a\r\n\t b", "a b"),
        ("a\x1b[31mb\x07\x9bc\x7f", "a[31mbc"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde"),
        ("a\ud83d\u2028b", "a b"),
        ("博彩 slot", "博彩 slot"),
    ],
)
def test_an_excerpt_is_one_harmless_line(text: str, shown: str) -> None:
    assert excerpt(text, 80) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdefgh", 8, "abcdefgh"),
        ("abcdefghi", 8, "abcde..."),
        ("博彩博彩", 8, "博彩博彩"),
        ("博彩博彩博", 8, "博彩..."),
    ],
)
def test_cutting_counts_terminal_columns(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_a_heap_of_combining_marks_is_cut() -> None:
    assert len(cut("a" + "\u0301" * 10_000, 20)) < 50


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a b.html", "a b.html"), ("a\nb", "a\\nb"), ("\x1b[2J", "\\x1b[2J"), ("\u202e", "\\u202e"), ("\udcff", "\\xff")],
)
def test_names_are_escaped_not_shortened(name: str, shown: str) -> None:
    assert escaped(name) == shown


def test_well_formed_text_keeps_all_but_lone_surrogates() -> None:
    assert well_formed("a\n\u202e博\udcff\ud83d") == "a\n\u202e博\\xff\\ud83d"
