"""The sample site keeps its promises: labels, originals and charsets agree to the byte."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from spamguard.findings import CATEGORIES, Span

ROOT = Path(__file__).parent.parent / "data" / "sample-site"
HEADER = ["file", "start_byte", "end_byte", "category", "language", "family", "original"]
TITLE_SWAP = "zh-gambling-tdk-swap"


@dataclass(frozen=True, slots=True)
class Label:
    file: str
    span: Span | None
    category: str
    language: str
    family: str
    original: str


def _read_labels() -> list[Label]:
    with (ROOT / "labels.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert next(rows) == HEADER
        return [
            Label(file, Span(int(start), int(end)) if start else None, category, language, family, original)
            for file, start, end, category, language, family, original in rows
        ]


LABELS = _read_labels()
FILES = sorted({label.file for label in LABELS})
INFECTED = sorted({label.file for label in LABELS if label.span})
LOOK_ALIKES = [file for file in FILES if file.startswith("site/clean-")]
PAGES = sorted([*ROOT.glob("site/*"), *ROOT.glob("before/*")])


def _labels_of(file: str) -> list[Label]:
    return [label for label in LABELS if label.file == file]


def _put_back(page: bytes, label: Label, span: Span) -> bytes:
    """Give the bytes that stood where the block is now: the swap script still holds the title it pushed out."""
    if label.family == TITLE_SWAP and page[: span.start].endswith(b"<title>"):
        kept = re.search(rb'document\.title="([^"]*)"', page)
        assert kept is not None
        return kept[1]
    return b""


def test_every_page_is_labelled_and_every_original_is_used() -> None:
    assert sorted(f"site/{path.name}" for path in (ROOT / "site").iterdir()) == FILES
    originals = {label.original for label in LABELS if label.original}
    assert originals == {f"before/{path.name}" for path in (ROOT / "before").iterdir()}


@pytest.mark.parametrize("file", INFECTED)
def test_removing_the_labelled_bytes_restores_the_original(file: str) -> None:
    labels = _labels_of(file)
    infected = (ROOT / file).read_bytes()
    restored = infected
    for label in reversed(labels):
        assert label.span is not None
        restored = restored[: label.span.start] + _put_back(infected, label, label.span) + restored[label.span.end :]
    assert {label.original for label in labels} == {file.replace("site/", "before/")}
    assert restored == (ROOT / labels[0].original).read_bytes()


@pytest.mark.parametrize("file", INFECTED)
def test_spans_are_ordered_and_lie_inside_the_page(file: str) -> None:
    spans = [label.span for label in _labels_of(file) if label.span]
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(0 <= span.start < span.end for span in spans)
    assert spans[-1].end <= (ROOT / file).stat().st_size
    assert {label.category for label in _labels_of(file)} <= set(CATEGORIES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page_decodes_in_its_declared_charset(path: Path) -> None:
    page = path.read_bytes()
    declared = re.search(rb"<meta[^>]*charset=[\"']?([\w-]+)", page)
    assert declared is not None or path.suffix == ".txt"
    text = page.decode(declared[1].decode("ascii") if declared else "utf-8")
    assert "\ufffd" not in text


def test_look_alikes_are_clean() -> None:
    assert len(LOOK_ALIKES) >= 8
    assert sorted(LOOK_ALIKES + INFECTED) == FILES
    for file in LOOK_ALIKES:
        (label,) = _labels_of(file)
        assert (label.span, label.category, label.original) == (None, "", "")
        assert label.language
        assert label.family
