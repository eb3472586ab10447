"""The shipped model stays over the floors in ``data/floors.json``, on pages that the repository ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.study import floors
from spamguard.training.figures import Figure, share

ROOT = Path(__file__).resolve().parent.parent
STORED: dict[str, Any] = json.loads((ROOT / "data" / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, Figure]]:
    return floors.measure()[0]


def test_no_figure_is_under_its_floor_or_over_its_ceiling(measured: dict[str, dict[str, Figure]]) -> None:
    assert floors.broken(measured, STORED) == []


def test_every_figure_that_is_measured_has_a_bound(measured: dict[str, dict[str, Figure]]) -> None:
    bounds = {
        (name, figure)
        for which in ("floors", "ceilings")
        for name, figures in STORED[which].items()
        for figure in figures
    }
    assert bounds == {(name, figure) for name, figures in measured.items() for figure in figures}


def test_a_model_that_finds_less_is_told_apart(measured: dict[str, dict[str, Figure]]) -> None:
    found = measured["injected"]["found"]
    worse = share(found.of // 2, found.of)
    accused = share(20, measured["hard-clean"]["flagged"].of)
    bad = {
        "sample-site": measured["sample-site"],
        "hard-clean": measured["hard-clean"] | {"flagged": accused},
        "injected": measured["injected"] | {"found": worse},
    }
    wrong = floors.broken(bad, STORED)
    assert len(wrong) == 2
    assert wrong[0].startswith("injected: found is")
    assert wrong[1].startswith("hard-clean: flagged is")


def test_the_bounds_are_no_stricter_than_what_was_measured() -> None:
    for name, figures in STORED["measured"].items():
        for figure, (count, of) in figures.items():
            if figure in STORED["floors"].get(name, {}):
                assert STORED["floors"][name][figure] <= count / of
            else:
                assert STORED["ceilings"][name][figure] >= count / of
