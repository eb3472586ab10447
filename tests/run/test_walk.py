from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from spamguard.errors import UsageError
from spamguard.run.walk import Entry, Selection, walk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def walked(*arguments: str, selection: Selection | None = None) -> dict[str, str | None]:
    entries = walk(arguments, selection or Selection(), lambda: Entry("-", b"stdin"))
    return {entry.path: entry.skipped for entry in entries}


def test_order_is_that_of_the_bytes_of_whole_paths(tmp_path: Path) -> None:
    names = ["a/z.html", "a-b/a.html", "a.html", "B.html", "ä.html", "a/b/c.html"]
    make(tmp_path, *names)
    assert list(walked(".")) == sorted((f"./{name}" for name in names), key=os.fsencode)


def test_several_arguments_are_one_order_and_no_file_comes_twice(tmp_path: Path) -> None:
    make(tmp_path, "b/1.html", "a/1.html", "a/2.html")
    assert list(walked("b", "a", "a/2.html", "./a", "-", "a")) == ["-", "./a/1.html", "./a/2.html", "b/1.html"]


def test_usual_suffixes_in_any_case(tmp_path: Path) -> None:
    make(tmp_path, "a.html", "b.HTM", "c.xhtml", "d.shtml", "e.txt", "f.md", "g.php", "h", "i.html.bak")
    assert list(walked(".")) == ["./a.html", "./b.HTM", "./c.xhtml", "./d.shtml", "./e.txt", "./f.md"]


def test_named_files_are_always_taken(tmp_path: Path) -> None:
    make(tmp_path, "g.php", ".git/h")
    assert list(walked("g.php", ".git/h", selection=Selection(exclude=("*",)))) == [".git/h", "g.php"]


def test_hidden_folders_are_skipped_but_for_the_one_that_is_served(tmp_path: Path) -> None:
    make(tmp_path, ".git/a.html", ".well-known/b.html", ".c.html")
    assert list(walked(".")) == ["./.c.html", "./.well-known/b.html"]


@pytest.mark.parametrize("pattern", ["old", "sub/old", "./sub/old", "sub/old/", "*/old", "a.html"])
def test_exclude_by_name_or_by_path(tmp_path: Path, pattern: str) -> None:
    make(tmp_path, "sub/old/a.html", "sub/b.html")
    assert list(walked(".", selection=Selection(exclude=(pattern,)))) == ["./sub/b.html"]


def test_links_that_leave_the_tree_are_reported_and_others_lead_to_nothing_new(tmp_path: Path) -> None:
    make(tmp_path, "out/secret.html", "site/a.html", "site/sub/b.html", "site/data.bin", "site/.hidden/c.html")
    links = {
        "outside.html": "../out/secret.html",
        "outside-folder": "../out",
        "inside.html": "a.html",
        "inside-folder": "sub",
        "loop": ".",
        "broken.html": "nowhere.html",
        "unwalked.html": "data.bin",
        "hidden.html": ".hidden/c.html",
        "photo.jpg": "../out/secret.html",
    }
    for name, target in links.items():
        (tmp_path / "site" / name).symlink_to(target)
    assert walked("site") == {
        "site/a.html": None,
        "site/broken.html": "broken-symlink",
        "site/hidden.html": "symlink",
        "site/outside-folder": "symlink-outside",
        "site/outside.html": "symlink-outside",
        "site/sub/b.html": None,
        "site/unwalked.html": "symlink",
    }


def test_a_named_link_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "site/a.html")
    (tmp_path / "link").symlink_to("site")
    (tmp_path / "link.html").symlink_to("site/a.html")
    assert walked("link", "link.html") == {"link.html": None, "link/a.html": None}


def test_special_files_are_skipped_by_kind(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.html")
        assert walked(".") == {"./pipe.html": "fifo", "./socket.html": "socket"}
        assert walked("pipe.html", "/dev/null") == {"/dev/null": "device", "pipe.html": "fifo"}


def test_folders_may_be_deeper_than_python_recurses(tmp_path: Path) -> None:
    depth = 1200
    for _ in range(depth):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")
    make(tmp_path.__class__(), "a.html")
    try:
        os.chdir(tmp_path)
        assert list(walked(".")) == ["./" + "d/" * depth + "a.html"]
    finally:
        # Whoever clears the temporary folders later may recurse.
        (tmp_path / ("d/" * depth) / "a.html").unlink()
        os.removedirs("d/" * depth)


def test_a_missing_argument_is_an_error_before_anything_is_judged() -> None:
    with pytest.raises(UsageError, match=r"missing\.html"):
        walk(["missing.html"], Selection(), lambda: Entry("-"))


def test_an_unreadable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/x.html", "b.html")
    real = os.scandir

    def refuse(path: str) -> object:
        if path == "./a":
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert walked(".") == {"./a": "unreadable", "./b.html": None}
