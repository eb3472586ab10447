from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from spamguard.errors import ModelError
from spamguard.run.judging import judge
from spamguard.run.runner import HasMaxBytes, Judge, Order
from spamguard.run.walk import Entry
from spamguard.verdicts import Cleaned, FileReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 100


class Picky:
    """Fails and dies on demand, and takes the word ``spam`` out."""

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        if data == b"die":
            os._exit(3)
        if data == b"fail":
            raise RecursionError("too deep")
        return FileReport(path or "", hashlib.sha256(data).hexdigest(), len(data), "utf-8", "clean")

    def clean(self, data: bytes, *, path: str | None = None, unsafe: bool = False) -> Cleaned:
        return Cleaned(data.replace(b"spam", b"!" if unsafe else b""), self.scan(data, path=path))


def picky(_settings: HasMaxBytes) -> Judge:
    return Picky()


def no_model(_settings: HasMaxBytes) -> Judge:
    raise ModelError("the weights are damaged")


def entries(*pages: bytes) -> list[Entry]:
    return [Entry(f"{number}.html", page) for number, page in enumerate(pages)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order_is_kept(jobs: int) -> None:
    pages = [str(number).encode() for number in range(300)]
    outcomes = list(judge(entries(*pages), Order(Limits(), picky), jobs))
    assert [o.report.sha256 for o in outcomes] == [hashlib.sha256(page).hexdigest() for page in pages]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_one_report(jobs: int) -> None:
    outcomes = list(judge(entries(b"a", b"fail", b"b"), Order(Limits(), picky), jobs))
    assert [o.report.reason for o in outcomes] == [None, "internal-error", None]
    assert [o.error for o in outcomes] == [None, "RecursionError: too deep", None]


def test_dying_workers_are_one_report_each() -> None:
    pages = [b"die" if number in {3, 4, 200} else b"a" for number in range(220)]
    outcomes = list(judge(entries(*pages), Order(Limits(), picky), 2))
    assert [o.report.path for o in outcomes] == [f"{number}.html" for number in range(220)]
    assert [o.report.path for o in outcomes if o.error] == ["3.html", "4.html", "200.html"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_a_model_there_is_nothing_to_go_on_with(jobs: int) -> None:
    with pytest.raises(ModelError, match="damaged"):
        list(judge(entries(b"a"), Order(Limits(), no_model), jobs))


@pytest.mark.parametrize(("unsafe", "after"), [(False, b"a "), (True, b"a !")])
def test_cleaning_brings_the_bytes_along_where_they_differ(unsafe: bool, after: bytes) -> None:
    dirty, clean = judge(entries(b"a spam", b"a"), Order(Limits(), picky, clean=True, unsafe=unsafe))
    assert (dirty.before, dirty.after) == (b"a spam", after)
    assert (clean.before, clean.after) == (None, None)


def test_unreadable_files_are_skipped(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    large.write_bytes(b"x" * 101)
    gone = tmp_path / "gone.html"
    given = [Entry(str(large)), Entry(str(gone)), Entry("pipe", skipped="fifo")]
    reports = [o.report for o in judge(given, Order(Limits(), picky))]
    assert [(r.verdict, r.reason, r.size) for r in reports] == [
        ("skipped", "too-large", 101),
        ("skipped", "vanished", 0),
        ("skipped", "fifo", 0),
    ]


def test_used_workers_read_relative_to_the_folder_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_bytes(name.encode())
        monkeypatch.chdir(tmp_path / name)
        [outcome] = judge([Entry("a.html")], Order(Limits(), picky), 2)
        assert outcome.report.sha256 == hashlib.sha256(name.encode()).hexdigest()


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_are_taken_as_they_are_needed(jobs: int) -> None:
    taken = 0

    def endless() -> Iterator[Entry]:
        nonlocal taken
        while True:
            taken += 1
            yield Entry("a.html", b"a")

    outcomes = judge(endless(), Order(Limits(), picky), jobs)
    for _ in range(5):
        next(outcomes)
    assert taken < 1000
