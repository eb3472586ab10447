from __future__ import annotations

import hashlib
import os
import stat
import zlib
from pathlib import Path

import pytest

from spamguard.errors import JournalError, UsageError
from spamguard.run.files import WriteRefused
from spamguard.run.journal import Journal, default_folder, existing, load, prepare, refuse_scanned, store
from spamguard.run.runlog import new_id, read_run, run_ids
from spamguard.run.steps import Log, Writer

PAGE = b"<p>one</p>" * 100


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return prepare(str(tmp_path / "journal"))


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"XDG_STATE_HOME": "/state"}, "/state/spamguard"),
        ("linux", {}, "/home/o/.local/state/spamguard"),
        ("linux", {"XDG_STATE_HOME": "state"}, "/home/o/.local/state/spamguard"),
        ("darwin", {"XDG_STATE_HOME": "/state"}, "/home/o/Library/Application Support/spamguard"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/spamguard"),
    ],
)
def test_the_state_folder_of_a_user(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], folder: str
) -> None:
    monkeypatch.setenv("HOME", "/home/o")
    assert default_folder(platform, environment) == folder


def test_only_the_operator_may_look_into_a_journal(journal: Journal) -> None:
    store(journal, PAGE)
    with Writer(journal, ["/"]) as writer:
        file = Path(journal.folder).parent / "a.html"
        file.write_bytes(PAGE)
        writer.replace(str(file), PAGE, b"", "utf-8", [])
    found = {
        path: stat.S_IMODE(path.stat().st_mode) for path in [Path(journal.folder), *Path(journal.folder).rglob("*")]
    }
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in found.items() if path.is_file()} == {0o600}
    assert len(found) == 6  # itself, the lock, two folders, an original, a log


def test_a_journal_that_stands_open_is_closed(journal: Journal) -> None:
    Path(journal.folder).chmod(0o755)
    existing(journal.folder)
    assert stat.S_IMODE(Path(journal.folder).stat().st_mode) == 0o700


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_a_journal_of_somebody_else_is_not_believed(journal: Journal) -> None:
    os.chown(journal.folder, 1234, 5678)
    with pytest.raises(JournalError, match="another user"):
        prepare(journal.folder)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    with pytest.raises(UsageError, match="something else"):
        prepare(str(tmp_path))
    assert os.listdir(tmp_path) == ["letters"]  # noqa: PTH208


def test_a_journal_inside_the_scanned_tree_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "deep").mkdir(parents=True)
    (tmp_path / "other-name").symlink_to(site)
    outside = str(tmp_path / "journal")
    for folder in (site, site / "deep" / "journal", tmp_path / "other-name" / "journal"):
        for scanned in (site, tmp_path / "other-name", tmp_path):
            with pytest.raises(UsageError, match="lies inside"):
                refuse_scanned(str(folder), [outside, str(scanned)])
    refuse_scanned(outside, [str(site), str(tmp_path / "other-name"), "missing"])


def test_scanning_inside_the_journal_is_refused(journal: Journal) -> None:
    page = Path(journal.objects) / "a.html"
    page.touch()
    for scanned in (page, page.parent, Path(journal.folder)):
        with pytest.raises(UsageError, match="lies inside"):
            refuse_scanned(journal.folder, [str(scanned)])


@pytest.mark.parametrize("data", [b"", PAGE, os.urandom(100_000)])
def test_what_is_stored_is_read_back(journal: Journal, data: bytes) -> None:
    assert store(journal, data) == store(journal, data) == hashlib.sha256(data).hexdigest()
    assert load(journal, hashlib.sha256(data).hexdigest(), len(data)) == data
    assert len(list(Path(journal.objects).iterdir())) == 1


PACKED = zlib.compress(PAGE)
DAMAGE = {
    "flipped": PACKED[:-1] + bytes([PACKED[-1] ^ 1]),
    "cut": PACKED[: len(PACKED) // 2],
    "empty": b"",
    "another": zlib.compress(b"other" * 200),
    "a bomb": zlib.compress(bytes(100_000_000)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_original_is_never_given_out_and_replaced_by_the_next_whole_one(
    journal: Journal, damage: str
) -> None:
    digest = store(journal, PAGE)
    stored = Path(journal.objects) / digest
    stored.write_bytes(DAMAGE[damage])
    with pytest.raises(JournalError, match=r"damaged|missing"):
        load(journal, digest, len(PAGE))
    store(journal, PAGE)
    assert load(journal, digest, len(PAGE)) == PAGE


def _written(journal: Journal, tmp_path: Path, names: str) -> str:
    with Writer(journal, [str(tmp_path)]) as writer:
        for name in names:
            (tmp_path / name).write_bytes(PAGE)
            writer.replace(str(tmp_path / name), PAGE, b"clean " + name.encode(), "utf-8", [])
        assert writer.run is not None
        return writer.run


def test_a_run_begins_with_its_first_file(journal: Journal, tmp_path: Path) -> None:
    with Writer(journal, [str(tmp_path)]) as writer:
        assert writer.run is None
    assert run_ids(journal) == []


def test_a_refused_file_is_no_part_of_a_run(journal: Journal, tmp_path: Path) -> None:
    with Writer(journal, [str(tmp_path)]) as writer:
        with pytest.raises(WriteRefused, match="no longer there"):
            writer.replace(str(tmp_path / "gone"), PAGE, b"", "utf-8", [])
        assert writer.run is None


def test_nothing_is_written_outside_of_what_was_scanned(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    page = tmp_path / "elsewhere" / "a.html"
    page.write_bytes(PAGE)
    (tmp_path / "site" / "swapped").symlink_to(tmp_path / "elsewhere")
    with (
        Writer(journal, [str(tmp_path / "site")]) as writer,
        pytest.raises(WriteRefused, match="out of the scanned folder"),
    ):
        writer.replace(str(tmp_path / "site" / "swapped" / "a.html"), PAGE, b"", "utf-8", [])
    assert page.read_bytes() == PAGE


@pytest.mark.parametrize("torn", [b"", b"0", b'1234abcd {"type":', b"\0" * 500, b"not a record\n", b"\xff\n\xfe\n"])
def test_a_torn_last_line_is_survived(journal: Journal, tmp_path: Path, torn: bytes) -> None:
    run = _written(journal, tmp_path, "ab")
    log = Path(journal.runs) / f"{run}.log"
    with log.open("ab") as file:
        file.write(torn)
    assert (len(read_run(journal, run).files), read_run(journal, run).damaged) == (2, 0)
    with Log(journal, run) as opened:
        opened.put_back(1, opened.run.files[1], b"clean a", PAGE, None)
    assert [kept.put_back for kept in read_run(journal, run).files.values()] == [None, ()]
    assert read_run(journal, run).damaged == 0


def test_a_damaged_line_is_counted_and_costs_one_file_only(journal: Journal, tmp_path: Path) -> None:
    run = _written(journal, tmp_path, "abc")
    log = Path(journal.runs) / f"{run}.log"
    log.write_bytes(log.read_bytes().replace(b"/b", b"/x"))
    read = read_run(journal, run)
    assert [Path(kept.path).name for kept in read.files.values()] == ["a", "c"]
    assert read.damaged == 1


def test_a_log_of_another_version_is_not_touched(journal: Journal, tmp_path: Path) -> None:
    run = _written(journal, tmp_path, "a")
    log = Path(journal.runs) / f"{run}.log"
    body = b'{"type":"run","format":99}'
    log.write_bytes(b"%08x %s\n" % (zlib.crc32(body), body))
    with pytest.raises(JournalError, match="another version"):
        Log(journal, run)
    assert log.read_bytes().endswith(body + b"\n")


def test_a_run_that_is_going_on_keeps_others_away(journal: Journal, tmp_path: Path) -> None:
    run = _written(journal, tmp_path, "a")
    with Log(journal, run), pytest.raises(JournalError, match="another spamguard"):
        Log(journal, run)
    with (
        journal.in_use(),
        pytest.raises(JournalError, match="another spamguard"),
        journal.in_use(alone=True),
    ):
        pass


def test_ids_rise_even_if_the_clock_is_set_back() -> None:
    assert new_id("29991231-235959-999999") == "30000101-000000-000000"
    assert new_id(None) < new_id("29991231-235959-999999")
