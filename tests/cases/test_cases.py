"""Every spam family, disguise and hiding place once, as files: what is found, what is cut, and what is left alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.cases.reading import ROOM, Case, cases, faults, report_on

ROOT = Path(__file__).resolve().parents[2]
VOCABULARIES = {"www.w3.org", "schema.org"}
CASES = [pytest.param(case, id=case.name) for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_found_and_restored(case: Case) -> None:
    found = faults(case)
    if case.misses is not None:
        assert found, "this is done now: take the mark `misses` out of expected.toml and the line out of README.md"
    else:
        assert not found


@pytest.mark.parametrize("path", [pytest.param(p, id=f"{c.name}/{p.stem}") for c in cases() for p in c.innocent])
def test_the_honest_page_is_left_alone(path: Path) -> None:
    report = report_on(path)
    assert report.findings == ()
    assert report.verdict in {"clean", "native"}


def test_every_family_has_a_case() -> None:
    numbers = [case.name.removeprefix("spam/")[:3] for case in cases() if case.name.startswith("spam/")]
    assert sorted(set(numbers)) == [f"F{number:02d}" for number in range(1, 77)]


def test_every_look_alike_has_honest_pages() -> None:
    """They stand in data/hard-clean; tests/test_hard_clean.py and tests/test_shipped_model.py read them."""
    with (ROOT / "data" / "hard-clean" / "labels.tsv").open(encoding="utf-8", newline="") as file:
        kinds = {row["family"] for row in csv.DictReader(file, delimiter="\t")}
    assert kinds == {f"C{number:02d}" for number in range(1, 78)}


def test_the_readme_lists_what_is_missed() -> None:
    listed = re.findall(r"^- `([^`]+)`: (.+)$", (ROOM / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [(case.name, case.misses) for case in cases() if case.misses is not None]


@pytest.mark.parametrize("case", CASES)
def test_the_page_was_written_for_this_room(case: Case) -> None:
    """Invented pages only: reserved hosts, and the charset that is told."""
    for path in (case.page, *case.innocent):
        text = path.read_bytes().decode(case.encoding)
        for host in re.findall(r"https?:\\?/\\?/([^/\"'<>\s?&%#\\;)]+)", text):
            assert host in VOCABULARIES or re.search(r"(^|\.)example(\.(org|com|net))?$", host), (path, host)


def test_a_miss_says_why() -> None:
    assert all(case.misses.endswith(".") and len(case.misses) > 20 for case in cases() if case.misses is not None)
