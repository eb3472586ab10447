from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from spamguard.errors import Unjudgeable
from spamguard.run.files import WriteRefused, read_file, replace_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "a.html"
    file.write_bytes(b"before")
    return file


def test_reading_up_to_the_limit(page: Path) -> None:
    assert read_file(str(page), 6) == b"before"
    with pytest.raises(Unjudgeable) as caught:
        read_file(str(page), 5)
    assert caught.value.reason == "too-large"


def test_a_file_that_hides_its_size_is_bounded_too() -> None:
    with pytest.raises(Unjudgeable) as caught:
        read_file("/proc/self/status", 10)
    assert caught.value.reason == "too-large"


def test_what_cannot_be_read_has_a_reason(page: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "link").symlink_to("a.html")
    reasons = {}
    for name in ("nothing", "a.html/below", "fifo", "loop", "."):
        with pytest.raises(Unjudgeable) as caught:
            read_file(str(tmp_path / name), 100)
        reasons[name] = caught.value.reason
    assert reasons == {
        "nothing": "vanished",
        "a.html/below": "vanished",
        "fifo": "fifo",
        "loop": "symlink",
        ".": "folder",
    }
    assert read_file(str(tmp_path / "link"), 100) == b"before"
    with pytest.raises(Unjudgeable, match="symlink"):
        read_file(str(tmp_path / "link"), 100, follow=False)


def test_no_permission(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Unjudgeable, match="Permission denied") as caught:
        read_file(str(page), 100)
    assert caught.value.reason == "unreadable"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_replacing_keeps_the_mode_and_leaves_nothing_behind(page: Path, mode: int) -> None:
    page.chmod(mode)
    replace_file(str(page), b"before", b"after")
    assert page.read_bytes() == b"after"
    assert stat.S_IMODE(page.stat().st_mode) == mode
    assert list(page.parent.iterdir()) == [page]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_replacing_keeps_the_owner(page: Path) -> None:
    os.chown(page, 1234, 5678)
    replace_file(str(page), b"before", b"after")
    assert (page.stat().st_uid, page.stat().st_gid) == (1234, 5678)


@pytest.mark.parametrize(("now", "before"), [(b"now other", b"before"), (b"now", b"before"), (b"beforf", b"before")])
def test_a_changed_file_is_left_alone(page: Path, now: bytes, before: bytes) -> None:
    page.write_bytes(now)
    with pytest.raises(WriteRefused) as caught:
        replace_file(str(page), before, b"after")
    assert caught.value.reason == "changed"
    assert page.read_bytes() == now


def test_a_vanished_file_stays_away(page: Path) -> None:
    page.unlink()
    with pytest.raises(WriteRefused) as caught:
        replace_file(str(page), b"before", b"after")
    assert caught.value.reason == "vanished"
    assert not page.exists()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_half_way_loses_nothing(page: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(WriteRefused, match="No space left") as caught:
        replace_file(str(page), b"before", b"after")
    assert caught.value.reason == "unwritable"
    assert page.read_bytes() == b"before"
    assert list(page.parent.iterdir()) == [page]


def test_a_write_while_the_new_file_is_prepared_is_noticed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def write_meanwhile(descriptor: int) -> None:
        page.write_bytes(b"newer")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", write_meanwhile)
    with pytest.raises(WriteRefused) as caught:
        replace_file(str(page), b"before", b"after")
    assert caught.value.reason == "changed"
    assert page.read_bytes() == b"newer"
