from __future__ import annotations

import json
import os
import re
import stat
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Invoke, Launch

SPAM = b"<p>one</p>\r\n<p>two</p><spam>slot\n\ngacor</spam>\n<p>\xff</p><spam>x</spam><doubt>y</doubt>"
GONE = b"<p>one</p>\r\n<p>two</p>\n<p>\xff</p><doubt>y</doubt>"
FIRST, SECOND = (f"f{SPAM.index(block)}" for block in (b"<spam>slot", b"<spam>x"))
NAMES = ("a.html", "b.html", "c.html")


@pytest.fixture
def cleaned(site: Path, invoke: Invoke) -> Path:
    for name in NAMES:
        (site / name).write_bytes(SPAM)
    assert invoke("clean", "--write", ".").exit_code == 1  # the doubt is left
    return site


def _pages(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in site.iterdir()}


def _run_of(stderr: str) -> str:
    found = re.search(r"undo with: spamguard undo (\S+)", stderr)
    assert found is not None
    return found[1]


def test_the_last_run_is_put_back(cleaned: Path, invoke: Invoke) -> None:
    assert _pages(cleaned) == dict.fromkeys(NAMES, GONE)
    result = invoke("undo")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"put back {cleaned / name}" for name in reversed(NAMES)]
    assert "3 files put back" in result.stderr
    assert _pages(cleaned) == dict.fromkeys(NAMES, SPAM)


def test_undoing_twice_changes_nothing_and_says_so(cleaned: Path, invoke: Invoke) -> None:
    invoke("undo")
    again = invoke("undo")
    assert again.exit_code == 2
    assert "nothing to undo" in again.stderr
    assert _pages(cleaned) == dict.fromkeys(NAMES, SPAM)


def test_without_a_run_there_is_nothing_to_undo(site: Path, invoke: Invoke) -> None:
    first = invoke("undo")
    assert (first.exit_code, first.stderr.count("there is no journal")) == (2, 1)
    (site / "a.html").write_bytes(b"<p>fine</p>")
    clean = invoke("clean", "--write", "a.html")
    assert "undo with" not in clean.stderr
    second = invoke("undo")
    assert (second.exit_code, second.stderr.count("nothing to undo")) == (2, 1)


def test_a_file_that_has_changed_since_is_left_alone_and_the_others_are_put_back(cleaned: Path, invoke: Invoke) -> None:
    (cleaned / "a.html").write_bytes(b"news of today")
    (cleaned / "b.html").unlink()
    result = invoke("undo")
    assert result.exit_code == 1
    assert f"{cleaned / 'a.html'}: left alone: the file has changed since" in result.stderr
    assert f"{cleaned / 'b.html'}: left alone: the file is no longer there" in result.stderr
    assert _pages(cleaned) == {"a.html": b"news of today", "c.html": SPAM}


def test_a_file_that_another_run_wrote_since_names_that_run(cleaned: Path, invoke: Invoke) -> None:
    newer = _run_of(invoke("clean", "--write", "--unsafe", "a.html").stderr)
    listed = [line.split()[0] for line in invoke("undo", "--list").stdout.splitlines()[1:]]
    assert listed[0] == newer
    result = invoke("undo", listed[1])
    assert result.exit_code == 1
    assert f"by run {newer}: undo that first" in result.stderr
    assert invoke("undo").exit_code == 0
    assert invoke("undo", listed[1]).exit_code == 0
    assert _pages(cleaned) == dict.fromkeys(NAMES, SPAM)


def test_one_file(cleaned: Path, invoke: Invoke) -> None:
    assert invoke("undo", "--file", "./b.html").exit_code == 0
    assert _pages(cleaned) == {"a.html": GONE, "b.html": SPAM, "c.html": GONE}
    assert invoke("undo").exit_code == 0
    assert _pages(cleaned) == dict.fromkeys(NAMES, SPAM)


def test_one_finding_after_the_other_and_then_the_rest(cleaned: Path, invoke: Invoke) -> None:
    without_second = SPAM.replace(b"<spam>x</spam>", b"")
    without_first = SPAM.replace(b"<spam>slot\n\ngacor</spam>", b"")
    assert invoke("undo", "--finding", FIRST, "--file", "a.html").exit_code == 0
    assert invoke("undo", "--finding", SECOND, "--file", "b.html").exit_code == 0
    assert _pages(cleaned) == {"a.html": without_second, "b.html": without_first, "c.html": GONE}
    assert invoke("undo", "--finding", SECOND, "--file", "a.html").exit_code == 0
    assert (cleaned / "a.html").read_bytes() == SPAM
    assert invoke("undo", "--finding", SECOND, "--file", "a.html").exit_code == 2
    assert invoke("undo", "--file", "b.html").exit_code == 0
    assert _pages(cleaned) == {"a.html": SPAM, "b.html": SPAM, "c.html": GONE}


def test_one_finding_in_all_files_of_the_run(cleaned: Path, invoke: Invoke) -> None:
    assert invoke("undo", "--finding", FIRST).exit_code == 0
    assert _pages(cleaned) == dict.fromkeys(NAMES, SPAM.replace(b"<spam>x</spam>", b""))


def test_a_dry_run_says_it_all_and_does_nothing(cleaned: Path, invoke: Invoke, state: Path) -> None:
    (cleaned / "a.html").write_bytes(b"news")
    before = {path: path.read_bytes() for path in [*state.rglob("*"), *cleaned.iterdir()] if path.is_file()}
    result = invoke("undo", "--dry-run")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [f"would put back {cleaned / name}" for name in ("c.html", "b.html")]
    assert "a.html: left alone" in result.stderr
    assert before == {path: path.read_bytes() for path in [*state.rglob("*"), *cleaned.iterdir()] if path.is_file()}


def test_the_list_of_runs(cleaned: Path, invoke: Invoke) -> None:
    (cleaned / "d.html").write_bytes(b"<spam>d</spam>")
    invoke("clean", "--write", "d.html")
    newer, older = invoke("undo", "--list").stdout.splitlines()[1:]
    assert re.fullmatch(r"\d{8}-\d{6}-\d{6}  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +1 +14  taken out", newer)
    assert re.fullmatch(r"\d{8}-\d{6}-\d{6}  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +3 +114  taken out", older)
    invoke("undo", older.split()[0], "--file", "a.html")
    invoke("undo", older.split()[0], "--finding", FIRST, "--file", "b.html")
    invoke("undo")
    newer, older = invoke("undo", "--list").stdout.splitlines()[1:]
    assert newer.endswith("  put back")
    assert older.endswith("  1 file put back, 1 file in part")


def test_the_list_of_one_run_looks_at_the_files(cleaned: Path, invoke: Invoke) -> None:
    (cleaned / "a.html").write_bytes(b"news")
    (cleaned / "c.html").unlink()
    invoke("undo", "--finding", FIRST, "--file", "b.html")
    run = invoke("undo", "--list").stdout.splitlines()[1].split()[0]
    lines = invoke("undo", run[:16], "--list").stdout.splitlines()
    assert lines[0] == f"{cleaned / 'a.html'}: changed since"
    assert lines[3] == f"{cleaned / 'b.html'}: put back in part"
    assert lines[4] == f"    {FIRST}  line 2  gambling [model]  24 bytes put back"
    assert lines[5] == f"    {SECOND}  line 5  gambling [model]  14 bytes taken out"
    assert lines[6] == f"{cleaned / 'c.html'}: the file is no longer there"


def test_old_runs_and_what_only_they_need_are_removed(cleaned: Path, invoke: Invoke, state: Path) -> None:
    objects = state / "spamguard" / "objects"
    (objects / ".0123456789abcdef.tmp").touch()
    assert "0 runs and 0 originals removed" in invoke("undo", "--prune", "1").stderr
    assert len(list(objects.iterdir())) == 1  # all pages were alike
    assert invoke("undo", "--dry-run").exit_code == 0
    assert "1 run and 1 original removed" in invoke("undo", "--prune", "0").stderr
    assert list(objects.iterdir()) == []
    assert invoke("undo").exit_code == 2


def test_a_damaged_original_is_told_and_never_written(cleaned: Path, invoke: Invoke, state: Path) -> None:
    (cleaned / "d.html").write_bytes(b"<spam>d</spam>")
    assert invoke("clean", "--write", ".").exit_code == 1
    for stored in (state / "spamguard" / "objects").iterdir():
        stored.write_bytes(b"defaced")
    result = invoke("undo")
    assert result.exit_code == 1
    assert "in the journal is damaged" in result.stderr
    assert (cleaned / "d.html").read_bytes() == b""
    assert invoke("undo", "--finding", "f0").exit_code == 1


def test_a_damaged_line_of_the_log_is_told(cleaned: Path, invoke: Invoke, state: Path) -> None:
    (log,) = (state / "spamguard" / "runs").iterdir()
    log.write_bytes(log.read_bytes().replace(b"b.html", b"x.html"))
    assert "1 line of its log cannot be read" in invoke("undo", "--list").stdout
    result = invoke("undo")
    assert result.exit_code == 1
    assert "1 line of the log" in result.stderr
    assert _pages(cleaned) == {"a.html": SPAM, "b.html": GONE, "c.html": SPAM}
    (cleaned / "d.html").write_bytes(SPAM)
    invoke("clean", "--write", "d.html")
    os.utime(log)
    assert invoke("undo", "--prune", "1").exit_code == 2  # nobody knows which originals it needs


def test_a_folder_swapped_for_a_link_is_not_followed(site: Path, invoke: Invoke) -> None:
    (site / "public" / "sub").mkdir(parents=True)
    (site / "public" / "sub" / "a.html").write_bytes(SPAM)
    invoke("clean", "--write", "public")
    (site / "public" / "sub").rename(site / "elsewhere")
    (site / "public" / "sub").symlink_to(site / "elsewhere")
    result = invoke("undo")
    assert result.exit_code == 1
    assert "symbolic link" in result.stderr
    assert (site / "elsewhere" / "a.html").read_bytes() == GONE


def test_undo_keeps_the_mode_and_refuses_as_clean_does(cleaned: Path, invoke: Invoke) -> None:
    (cleaned / "a.html").chmod(0o664)
    (cleaned / "b.html").chmod(0o444)
    os.link(cleaned / "c.html", cleaned / "second-name")
    result = invoke("undo")
    assert result.exit_code == 1
    assert "b.html: left alone: the file may not be written" in result.stderr
    assert "c.html: left alone: the file has 2 names" in result.stderr
    assert stat.S_IMODE((cleaned / "a.html").stat().st_mode) == 0o664
    assert (cleaned / "a.html").read_bytes() == SPAM


def test_a_journal_elsewhere(site: Path, invoke: Invoke, tmp_path_factory: pytest.TempPathFactory, state: Path) -> None:
    folder = tmp_path_factory.mktemp("kept") / "a journal"
    (site / "a.html").write_bytes(SPAM)
    result = invoke("clean", "--write", "--format", "jsonl", "--journal", str(folder), "a.html")
    assert json.loads(result.stdout)["path"] == "a.html"
    assert result.stderr.endswith(f" --journal '{folder}'\n")
    assert not (state / "spamguard").exists()
    assert invoke("undo", _run_of(result.stderr), "--journal", str(folder)).exit_code == 0
    assert (site / "a.html").read_bytes() == SPAM


@pytest.mark.parametrize("place", [".", "journal", "sub/journal"])
def test_a_journal_inside_the_scanned_folder_is_refused(site: Path, invoke: Invoke, place: str) -> None:
    (site / "a.html").write_bytes(SPAM)
    result = invoke("clean", "--write", ".", "--journal", place)
    assert result.exit_code == 2
    assert "which is scanned" in result.stderr
    assert _pages(site) == {"a.html": SPAM}


def test_without_a_place_for_the_original_nothing_is_written(site: Path, invoke: Invoke, state: Path) -> None:
    (state / "spamguard").write_bytes(b"a file is in the way")
    (site / "a.html").write_bytes(SPAM)
    assert invoke("clean", "--write", "a.html").exit_code == 2
    assert (site / "a.html").read_bytes() == SPAM


def test_a_full_disk_under_the_journal_stops_the_run_before_the_file(
    site: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        (site / name).write_bytes(SPAM + name.encode())
    real, left = os.fsync, iter(range(7))  # enough for the first file

    def full(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    result = invoke("clean", "--write", ".")
    monkeypatch.undo()
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    pages = _pages(site)
    assert pages["c.html"] == SPAM + b"c.html"
    assert all(pages[name] in {SPAM + name.encode(), GONE + name.encode()} for name in NAMES)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--list", "--prune", "1"),
        ("--prune", "1", "--dry-run"),
        ("--list", "--file", "a.html"),
        ("--prune", "1", "20"),
        ("--prune", "-1"),
        ("19991231",),
        ("20", "--file", "missing.html"),
        ("--finding", "no-such"),
    ],
)
def test_wrong_calls(cleaned: Path, invoke: Invoke, arguments: tuple[str, ...]) -> None:
    assert invoke("undo", *arguments).exit_code == 2
    assert _pages(cleaned) == dict.fromkeys(NAMES, GONE)


def test_strange_names_survive_and_are_shown_escaped(launch: Launch, site: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[2J\n\xe2\x80\xae.html")
    (site / name).write_bytes(SPAM)
    launch("clean", "--write", ".")
    assert (site / name).read_bytes() == GONE
    done = launch("undo")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert (site / name).read_bytes() == SPAM


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_ended_by_the_system_is_put_back(launch: Launch, site: Path, jobs: str) -> None:
    for name in NAMES:
        (site / name).write_bytes(SPAM)
    (site / "d.html").write_bytes(b"RAISE")
    assert launch("clean", "--write", "--jobs", jobs, ".").returncode == 2
    assert launch("undo").returncode == 0
    assert _pages(site) == {**dict.fromkeys(NAMES, SPAM), "d.html": b"RAISE"}
