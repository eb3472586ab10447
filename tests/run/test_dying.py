"""The process may end at any instant: every file is the old or the new one, and the journal knows which."""

from __future__ import annotations

import itertools
import os
from functools import partial
from pathlib import Path

import pytest

from spamguard.findings import Edit
from spamguard.run.journal import Journal, prepare
from spamguard.run.runlog import Taken, run_ids
from spamguard.run.steps import Writer
from spamguard.run.undo import Wish, chosen_run, looked_at, prune, put_back

from .dying import WAYS, dies

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be split here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

BEFORE = {name: f"<p>{name}</p><b>one</b><i>two</i>\r\n".encode() for name in ("a.html", "b.html", "ü.html")}
AFTER = {name: page.replace(b"<b>one</b>", b"").replace(b"<i>two</i>", b"") for name, page in BEFORE.items()}
FIRST_BACK = {name: page.replace(b"<i>two</i>", b"") for name, page in BEFORE.items()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def _fill(site: Path, pages: dict[str, bytes]) -> None:
    for stray in site.iterdir():
        stray.unlink()
    for name, page in pages.items():
        (site / name).write_bytes(page)


def _clean(site: Path, folder: Path) -> Journal:
    journal = prepare(str(folder))
    with Writer(journal, [str(site)]) as writer:
        for file, page in BEFORE.items():
            starts = {"f1": page.index(b"<b>"), "f2": page.index(b"<i>")}
            taken = [Taken(name, "r", "links", 1, (Edit(at, at + 10),)) for name, at in starts.items()]
            writer.replace(str(site / file), page, AFTER[file], "utf-8", taken)
    return journal


def _undo(journal: Journal, finding: str | None = None) -> set[str]:
    return {result.outcome for result in put_back(journal, chosen_run(journal, None), Wish(finding=finding))}


def _pages(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in site.iterdir() if not path.name.startswith(".spamguard-")}


def _told(journal: Journal) -> dict[str, tuple[str, ...] | None]:
    """What the journal says of files: the findings that are back in each, None for all."""
    runs = [looked_at(journal, run) for run in run_ids(journal)]
    assert all(kept.sure for run in runs for kept in run.files.values())
    return {Path(kept.path).name: kept.put_back for run in runs for kept in run.files.values()}


@pytest.mark.parametrize("way", WAYS)
def test_cleaning_that_dies_at_any_step_can_be_undone(site: Path, tmp_path: Path, way: str) -> None:
    for step in itertools.count():
        _fill(site, BEFORE)
        folder = tmp_path / f"journal{step}"
        if not dies(partial(_clean, site, folder), step, way):
            break
        pages = _pages(site)
        assert all(pages[name] in {BEFORE[name], AFTER[name]} for name in BEFORE)
        journal = prepare(str(folder))
        told = _told(journal)
        assert {name for name, back in told.items() if back == ()} == {n for n in pages if pages[n] == AFTER[n]}
        assert set(told.values()) <= {()}
        if told:
            assert _undo(journal) == {"put back"}
        else:  # the next run tidies up as well
            with Writer(journal, [str(site)]):
                pass
        assert {path.name: path.read_bytes() for path in site.iterdir()} == BEFORE
        assert set(_told(journal).values()) <= {None}
    assert step > 30


@pytest.mark.parametrize("finding", [None, "f1"])
@pytest.mark.parametrize("way", WAYS)
def test_undoing_that_dies_at_any_step_can_be_done_again(
    site: Path, tmp_path: Path, way: str, finding: str | None
) -> None:
    goal = BEFORE if finding is None else FIRST_BACK
    for step in itertools.count():
        _fill(site, BEFORE)
        journal = _clean(site, tmp_path / f"journal{step}")
        if not dies(partial(_undo, journal, finding), step, way):
            break
        pages = _pages(site)
        assert all(pages[name] in {AFTER[name], goal[name]} for name in BEFORE)
        done = {name for name, back in _told(journal).items() if back != ()}
        assert done == {name for name in pages if pages[name] == goal[name]}
        assert _undo(journal, finding) <= {"put back", "already"}
        assert {path.name: path.read_bytes() for path in site.iterdir()} == goal
        assert _undo(journal) <= {"put back", "already"}
        assert _pages(site) == BEFORE
    assert step > 10


@pytest.mark.parametrize("way", WAYS)
def test_pruning_that_dies_at_any_step_never_harms_what_stays(site: Path, tmp_path: Path, way: str) -> None:
    for step in itertools.count():
        _fill(site, BEFORE)
        journal = _clean(site, tmp_path / f"journal{step}")
        died = dies(partial(prune, journal, 0), step, way)
        if run_ids(journal):
            assert _undo(journal) == {"put back"}
            assert _pages(site) == BEFORE
        prune(journal, 0)
        assert run_ids(journal) == []
        assert list(Path(journal.objects).iterdir()) == []
        if not died:
            break
    assert step > 3
