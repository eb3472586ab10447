"""What sends a page to the closer look."""

from __future__ import annotations

import numpy as np
import pytest

from spamguard.features.characters import folded
from spamguard.features.strangeness import unlike_the_page
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.model.candidate import PAGE_NAMES, Suspects, page_row
from spamguard.text.fold import fold_table

SEGMENTS = 200


def _row(places: list[int], scores: list[float]) -> dict[str, float]:
    """The page row of a page whose loud segments stand at ``places``."""
    size = len(places)
    suspects = Suspects(
        np.asarray(places),
        np.zeros((size, len(SEGMENT_NAMES)), dtype=np.float32),
        np.full(SEGMENTS, 10),
        -5.0,
    )
    row = page_row(suspects, np.arange(size), np.ones(size, dtype=np.float32), np.asarray(scores))
    return dict(zip(PAGE_NAMES, row.tolist(), strict=True))


def test_a_run_of_loud_segments_counts_more_than_as_many_scattered_ones() -> None:
    together, apart = _row([50, 51, 52, 53], [1.0] * 4), _row([5, 50, 100, 150], [1.0] * 4)
    assert together["run_score"] > 3 * apart["run_score"]
    assert (together["run_rows"], apart["run_rows"]) == (4, 1)
    assert together["hot_characters"] == apart["hot_characters"]


def test_a_run_survives_one_silent_segment_but_not_a_long_silence() -> None:
    assert _row([50, 51, 53, 54], [3.0] * 4)["run_segments"] == 5
    assert _row([50, 51, 70, 71], [3.0] * 4)["run_segments"] == 2


@pytest.mark.parametrize("places", [[0], [SEGMENTS - 1], [0, SEGMENTS - 1]])
def test_a_single_loud_segment_anywhere_is_a_run_of_its_own(places: list[int]) -> None:
    row = _row(places, [2.0] * len(places))
    assert (row["run_rows"], row["run_segments"], row["run_score"]) == (1, 1, 2.5)
    assert row["sieve_1"] == 2
    assert row["sieve_10"] == -3  # there is no tenth


def _unlike(*segments: str) -> list[bool]:
    nothing = np.zeros(0, dtype=np.uint32)
    text = folded("".join(segment + "\x00" for segment in segments), fold_table(nothing, nothing))
    found: list[bool] = unlike_the_page(text).tolist()
    return found


def test_what_is_written_in_a_script_that_the_page_hardly_uses_is_described_whatever_it_says() -> None:
    page = ("the parish council meets on the first tuesday of the month.", "minutes can be read in the library.")
    assert _unlike(*page, "ไม่มีคำใดที่รู้จัก") == [False, False, True]
    assert _unlike(*page, "საბჭო იკრიბება") == [False, False, True]
    assert _unlike(*page, "→ ★ ☆ → ★ ☆ → ★") == [False, False, False]  # signs are no letters
    assert _unlike(*page, "日本") == [False, False, False]  # too short to tell


def test_a_long_list_is_described_and_a_long_paragraph_is_not() -> None:
    listed = ", ".join(f"word{number} thing" for number in range(20))
    spoken = "this is a sentence of some length that ends. " * 6
    assert _unlike(listed, spoken) == [True, False]
