"""What white space stays where the page shows how it writes the element that the block stood in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from spamguard.removal import customs
from spamguard.training import customs as counting
from tests.examine.scenes import cleaned

if TYPE_CHECKING:
    from pathlib import Path

LINKS = b'<a href="http://a.example.com/">casino slots</a> <a href="http://b.example.net/">poker bonus</a>'
BLOCK = b"<div hidden>" + LINKS + b"</div>"
TOP = b"<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n<h1>Village library</h1>\n"
END = b"</body>\n</html>\n"
SHELVES = b"".join(b"<p>Shelf %d holds maps and old letters.</p>" % n for n in range(6))


@pytest.mark.parametrize("tag", [b"div", b"td", b"main", b"section"])
def test_an_element_that_opens_with_a_line_end_keeps_the_one_it_ends_with(tag: bytes) -> None:
    """Its paragraphs are glued to each other, its end tag is not."""
    before = TOP + b"<%s>\n" % tag + SHELVES
    after = b"\n</%s>\n" % tag + END
    assert cleaned(before, BLOCK, after)[0] == before + after


def test_a_run_goes_with_the_blank_behind_its_last_separator() -> None:
    before = TOP + b"\n".join(b"<p>Shelf %d holds maps and old letters.</p>" % n for n in range(6)) + b"\n"
    run = b"casino slots| poker bonus| online roulette| slot machines| blackjack online| "
    assert cleaned(before, run, END)[0] == before + END


def test_a_block_goes_with_the_blanks_that_it_brought_to_the_beginning_of_its_line() -> None:
    before = TOP + b"\n".join(b"<p>Shelf %d holds maps and old letters.</p>" % n for n in range(6)) + b"\n"
    assert cleaned(before, b"  " + BLOCK, END)[0] == before + END


def test_what_a_block_wrote_in_windows_lines_goes_with_its_own_line_ends() -> None:
    before = TOP + b"\n".join(b"<p>Shelf %d holds maps and old letters.</p>" % n for n in range(3)) + b"\n"
    block = b"\r\n".join([BLOCK] * 30)
    assert cleaned(before, block + b"\r\n", END)[0] == before + END


def test_a_feed_keeps_the_line_ends_between_its_entries() -> None:
    """In XML a link is closed like any other element."""
    habits = customs.habits_of(
        b"<?xml version='1.0'?>\n<rss><channel>\n"
        + b"<item><link>https://www.example.org/</link><title>News</title></item>\n" * 4
        + b"</channel></rss>\n"
    )
    inside = {gap.inside for gap in habits.gaps if (gap.left, gap.right) == (b"/item", b"item")}
    assert len(inside) == 1


def test_the_customs_of_a_corpus_are_counted_and_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From pages of lines one learns that pages are written in lines."""
    rows = [b"<ul>\n%s</ul>\n" % (b"<li>Shelf %d</li>\n" % n * (3 + n)) for n in range(40)]
    (tmp_path / "clean-html" / "own").mkdir(parents=True)
    names = [f"clean-html/own/{number}.html" for number in range(len(rows))]
    table = "file\trepository\n" + "".join(f"{name}\texample/own\n" for name in names)
    (tmp_path / "clean-html.tsv").write_text(table, encoding="utf-8")
    for number, row in enumerate(rows):
        page = TOP + b"".join(rows[number:]) + END
        (tmp_path / names[number]).write_bytes(page.replace(b"<h1>", row + b"<h1>"))
    written = tmp_path / "customs.json"
    monkeypatch.setattr(customs, "TABLES", written)
    assert counting.main(["--corpus", str(tmp_path), "--write"]) == 0
    learned = json.loads(written.read_text(encoding="utf-8"))
    between = learned["places"][customs.PLACES.index("between")]
    assert between[2] > 0.8
    assert sum(between) == pytest.approx(1.0, abs=0.01)
