"""Whether a segment speaks like the rest of its page, and whether its letters wear a costume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard.features import disguise, strangeness
from spamguard.features.characters import Folded, counted, folded, marks_of
from spamguard.model.weights import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGE = (
    "The parish council meets on the first Tuesday of the month in the village hall.",
    "Minutes of the last meeting of the council can be read in the library and in the hall.",
    "The hall can be hired for meetings, and the library opens on the first Tuesday too.",
)


@pytest.fixture(scope="module")
def folds() -> NDArray[np.uint32]:
    return load(None).folds


def _rows(folds: NDArray[np.uint32], *segments: str) -> tuple[Folded, NDArray[np.intp]]:
    return folded("".join(segment + "\x00" for segment in segments), folds), np.arange(len(segments))


def _strangeness(folds: NDArray[np.uint32], *segments: str) -> list[list[float]]:
    text, rows = _rows(folds, *segments)
    return [column.tolist() for column in strangeness.columns(text, counted(text, rows), rows)]


def test_another_language_shares_little_with_the_page_and_its_own_words_nearly_all(folds: NDArray[np.uint32]) -> None:
    own = "The minutes of the first meeting can be read in the hall of the council."
    other = "Ramai pengunjung membaca pengumuman di kantor kelurahan setiap hari Selasa."
    _, strange = _strangeness(folds, *PAGE, own, other)
    assert strange[3] < 0.25
    assert strange[4] > 0.6


def test_a_run_that_repeats_its_words_is_told_from_a_sentence_and_a_copy_on_the_page_is_no_stranger(
    folds: NDArray[np.uint32],
) -> None:
    run = "lomba balap kuda, balap kuda murah, kuda balap malam, lomba kuda murah, balap malam"
    repeated, strange = _strangeness(folds, *PAGE, run)
    assert repeated[3] > 2 * max(repeated[:3])
    assert strange[3] > 0.8
    assert _strangeness(folds, *PAGE, run, run)[1][3:] == [0, 0]


def test_a_segment_too_short_for_three_letters_is_neither(folds: NDArray[np.uint32]) -> None:
    assert _strangeness(folds, "ab", "", *PAGE)[0][:2] == [0, 0]
    assert _strangeness(folds, "ab", "", *PAGE)[1][:2] == [0, 0]


@pytest.mark.parametrize(
    "name",
    [
        "\U0001d5e0\U0001d5d4\U0001d5eb\U0001d5ea\U0001d5dc\U0001d5e1",
        "\uff2d\uff21\uff38\uff37\uff29\uff2e",
        "m\u200ba\u200bx\u200bw\u200bi\u200bn",
        "m a x w i n",
        "m·a·x·w·i·n",
    ],
)
def test_letters_in_costume_or_standing_apart_are_read_and_counted(folds: NDArray[np.uint32], name: str) -> None:
    text, rows = _rows(folds, "An ordinary line of text: 1 or 2 a day, A or B.", name)
    share = disguise.costume_share(marks_of(text), text.lengths(), rows)
    assert share[0] == 0
    assert share[1] > 0.8
    assert "".join(map(chr, text.codes[text.starts[1] : text.ends[1]])) == "maxwin"


def test_the_marks_of_a_page_are_no_costume(folds: NDArray[np.uint32]) -> None:
    text, _ = _rows(folds, "\x02link\x03\x05other\x03\x04", "plain")
    assert marks_of(text).costumes.tolist() == [0, 0]


def test_letters_are_not_joined_across_the_end_of_a_segment(folds: NDArray[np.uint32]) -> None:
    text, _ = _rows(folds, *"abcdef")
    assert text.ends.tolist() == [1, 3, 5, 7, 9, 11]
