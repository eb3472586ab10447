"""What is counted of the characters of a page."""

from __future__ import annotations

import numpy as np
import pytest

from spamguard.features.characters import Folded, counted, folded, marks_of
from spamguard.page.segments import read
from spamguard.text import classes
from spamguard.text.fold import fold_table

NOTHING = np.zeros(0, dtype=np.uint32)
FOLDS = fold_table(NOTHING, NOTHING)


def _text(html: str) -> Folded:
    return folded(read(html.encode()).text, FOLDS)


def test_a_segment_knows_which_share_of_it_is_linked() -> None:
    marks = marks_of(_text("<p>four<a href=/x>four</a></p><p>none</p><p><a href=http://example.org/>all</a></p>"))
    assert marks.linked.tolist() == [0.5, 0, 1]
    assert marks.links.tolist() == [1, 0, 1]
    assert marks.foreign.tolist() == [0, 0, 1]


def test_an_anchor_around_blocks_links_them_all_and_one_that_never_closes_the_rest() -> None:
    assert marks_of(_text("<p>a</p><a href=/x><p>b</p><p>c</p></a><p>d</p>")).linked.tolist() == [0, 1, 1, 0]
    assert marks_of(_text("<p>a</p><a href=/x><p>b</p><p>c</p>")).linked.tolist() == [0, 1, 1]


def test_what_stands_behind_the_end_of_the_page_is_told_apart() -> None:
    marks = marks_of(_text("<body><p>before</p></body></html><div>behind</div><div>and behind</div>"))
    assert marks.after_end.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("style", "hidden", "away"), [("display:none", 1, 0), ("position:absolute;left:-9999px", 0, 1), ("color:red", 0, 0)]
)
def test_hiding_styles_count_for_the_text_behind_them(style: str, hidden: int, away: int) -> None:
    marks = marks_of(_text(f"<p>seen</p><div style='{style}'>text</div><p>seen</p>"))
    assert (marks.hidden.tolist(), marks.away.tolist()) == ([0, hidden, 0], [0, away, 0])


def test_a_link_that_hides_itself_counts_as_hidden() -> None:
    marks = marks_of(_text("<p>a <a href='http://example.org/' style='display: none'>b</a></p><p><a href=/>c</a></p>"))
    assert marks.hidden.tolist() == [1, 0]
    assert marks.foreign.tolist() == [1, 0]


def test_counts_of_chosen_segments_are_those_of_the_segments_alone() -> None:
    parts = ["abc 12", "ещё", "x|y|z", "", "日本語カナ.", "plain"]
    whole = folded("".join(part + "\x00" for part in parts), FOLDS)
    rows = np.asarray([0, 2, 4])
    found = counted(whole, rows)
    for line, row in zip(found.histogram, rows.tolist(), strict=True):
        alone = counted(folded(parts[row] + "\x00", FOLDS), np.asarray([0]))
        assert line.tolist() == alone.histogram[0].tolist()


def test_the_scripts_of_a_long_page_are_told_from_a_sample() -> None:
    found = counted(folded("abc" * 20_000 + "\x00" + "ещё" * 20_000 + "\x00", FOLDS), np.asarray([0]))
    latin, cyrillic = found.page[classes.LATIN], found.page[classes.CYRILLIC]
    assert 0.9 < latin / cyrillic < 1.1


def test_counting_no_segment_gives_no_row() -> None:
    found = counted(folded("text\x00", FOLDS), np.zeros(0, dtype=np.intp))
    assert found.histogram.shape == (0, classes.COUNT)
