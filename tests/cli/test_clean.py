from __future__ import annotations

import json
import os
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from spamguard.run import files, steps

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Invoke, Launch

SPAM = b"<p>one</p>\n<p>two</p><spam>slot\n\ngacor</spam>\n<p>three</p>\n"
GONE = b"<p>one</p>\n<p>two</p>\n<p>three</p>\n"
BOTH = b"<p>a</p><spam>x</spam><doubt>y</doubt>"

PAGES = {
    "utf-8": "<p>欢迎</p>\n<spam>\n博彩\n</spam>\n<p>再见</p>\n".encode(),
    "gbk": "<meta charset=gbk>\n<p>欢迎</p>\n<p>甲</p><spam>博彩</spam>\n<p>再见</p>\n".encode("gbk"),
    "no final newline": b"<p>a</p>\n<p>b</p><spam>c</spam>",
    "spam after the last newline": b"<p>a</p>\n<spam>c</spam>",
    "crlf": b"<p>a</p>\r\n<spam>\r\nb\r\n</spam>\r\n<p>c</p>\r\n",
    "lone carriage returns": b"<p>a</p>\r<spam>b</spam>\r<p>c</p>\n",
    "nothing left": b"<spam>all</spam>",
    "far apart": b"<spam>1</spam>\n" + b"<p>same</p>\n" * 40 + b"<p>x</p><spam>2</spam>\n" + b"<p>same</p>\n" * 40,
    "equal lines": b"<li>\n" * 900 + b"<spam>\n<li>\n<li>\n</spam>" + b"<li>\n" * 900,
}
TOOLS = {
    "git apply": ["git", "apply", "--whitespace=nowarn", "../patch"],
    "patch": ["patch", "-s", "-p1", "-i", "../patch"],
}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["page.html", "a name with blanks.html", "seite-ü.html", 'quote".html'])
def test_the_diff_applies(invoke: Invoke, site: Path, page: str, tool: str, name: str) -> None:
    file = site / "copy" / name
    file.parent.mkdir()
    file.write_bytes(PAGES[page])
    os.chdir(file.parent)
    shown = invoke("clean", ".")
    assert shown.exit_code == 1
    assert file.read_bytes() == PAGES[page]
    (site / "patch").write_bytes(shown.stdout_bytes)
    subprocess.run(TOOLS[tool], check=True, cwd=file.parent)
    patched = file.read_bytes()
    file.write_bytes(PAGES[page])
    assert invoke("clean", "--write", name).exit_code == 0
    assert patched == file.read_bytes() != PAGES[page]


def test_the_diff_is_one_of_lines(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    result = invoke("clean", "a.html")
    assert result.stdout == (
        "--- a/a.html\n+++ b/a.html\n@@ -1,5 +1,3 @@\n"
        " <p>one</p>\n-<p>two</p><spam>slot\n-\n-gacor</spam>\n+<p>two</p>\n <p>three</p>\n"
    )
    assert "1 would go" in result.stderr


def test_a_coloured_diff_shows_no_control_characters_of_the_page(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(b"<p>\x1b[2J\xff</p><spam>x</spam>\n")
    output = invoke("clean", "a.html", "--color", "always").stdout
    assert "\x1b[31m-<p>\\x1b[2J\\xff</p>" in output
    assert "\x1b[2J" not in output


@pytest.mark.parametrize(
    ("page", "arguments", "code", "left"),
    [
        (SPAM, (), 0, GONE),
        (GONE, (), 0, GONE),
        (BOTH, (), 1, b"<p>a</p><doubt>y</doubt>"),
        (BOTH, ("--unsafe",), 0, b"<p>a</p>"),
        (BOTH, ("--exit-zero",), 0, b"<p>a</p><doubt>y</doubt>"),
        (b"<doorway>", (), 1, b"<doorway>"),
        (b"", (), 3, b""),
        (b"RAISE", (), 2, b"RAISE"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_write(
    invoke: Invoke, site: Path, page: bytes, arguments: tuple[str, ...], code: int, left: bytes, jobs: str
) -> None:
    (site / "a.html").write_bytes(page)
    assert invoke("clean", "--write", *arguments, ".", "--jobs", jobs).exit_code == code
    assert (site / "a.html").read_bytes() == left
    assert os.listdir(site) == ["a.html"]  # noqa: PTH208 - no temporary file stays


def test_write_tells_what_went_and_what_stays(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(BOTH)
    lines = invoke("clean", "--write", "a.html").stdout.splitlines()
    assert lines[0] == "a.html:1:9: infected gambling 97% removed [model]"
    assert lines[3] == "a.html:1:23: infected gambling 97% review [model]"


def test_write_can_report_in_jsonl_on_the_bytes_as_they_were(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    line = json.loads(invoke("clean", "--write", "--format", "jsonl", "a.html").stdout)
    page = SPAM
    for finding in reversed(line["findings"]):
        for edit in finding["edits"]:
            page = page[: edit["start"]] + edit["replacement"].encode() + page[edit["end"] :]
    assert page == (site / "a.html").read_bytes() == GONE


@pytest.mark.parametrize("arguments", [(), ("--write",), ("--write", "--unsafe")])
def test_a_refused_plan_leaves_the_file_and_its_findings(
    invoke: Invoke, site: Path, arguments: tuple[str, ...]
) -> None:
    (site / "a.html").write_bytes(b"<spam>REFUSE</spam>")
    result = invoke("clean", "a.html", *arguments)
    assert result.exit_code == 1
    assert "a.html: infected: not cleaned: a table would lose a row\n" in result.output
    assert (site / "a.html").read_bytes() == b"<spam>REFUSE</spam>"


def test_write_keeps_the_mode(invoke: Invoke, site: Path) -> None:
    file = site / "a.html"
    file.write_bytes(SPAM)
    file.chmod(0o664)
    assert invoke("clean", "--write", "a.html").exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_what_may_not_be_replaced_is_refused_and_left_alone(invoke: Invoke, site: Path) -> None:
    for name in ("hard.html", "read-only.html", "target.html"):
        (site / name).write_bytes(SPAM)
    os.link(site / "hard.html", site / "second-name")
    (site / "read-only.html").chmod(0o444)
    (site / "link.html").symlink_to("target.html")
    result = invoke("clean", "--write", "--format", "jsonl", "hard.html", "read-only.html", "link.html")
    reasons = {report["path"]: report["reason"] for report in map(json.loads, result.stdout.splitlines())}
    assert reasons == {"hard.html": "hard-links", "read-only.html": "read-only", "link.html": "symlink"}
    assert result.exit_code == 1
    for name in ("hard.html", "read-only.html", "target.html"):
        assert (site / name).read_bytes() == SPAM
    assert (site / "link.html").is_symlink()
    assert stat.S_IMODE((site / "read-only.html").stat().st_mode) == 0o444


def test_a_file_that_changed_meanwhile_keeps_its_new_bytes(
    invoke: Invoke, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = site / "a.html"
    file.write_bytes(SPAM)
    real = files.replace_file

    def somebody_else_writes_first(path: str, *arguments: Any) -> None:
        file.write_bytes(b"fresh news")
        real(path, *arguments)

    monkeypatch.setattr(steps, "replace_file", somebody_else_writes_first)
    result = invoke("clean", "--write", "a.html")
    assert result.exit_code == 3
    assert "a.html: not written: the file has changed" in result.stderr
    assert file.read_bytes() == b"fresh news"


@pytest.mark.parametrize(
    ("page", "code", "left"),
    [
        (SPAM, 0, GONE),
        (GONE, 0, GONE),
        (BOTH, 1, b"<p>a</p><doubt>y</doubt>"),
        (b"\0binary\r\n\xff", 3, b"\0binary\r\n\xff"),
        (b"RAISE", 2, b"RAISE"),
        (b"x" * 30_000, 3, b"x" * 30_000),
        (b"", 3, b""),
    ],
)
def test_standard_input_comes_out_cleaned_and_nothing_else(launch: Launch, page: bytes, code: int, left: bytes) -> None:
    done = launch("clean", "-", stdin=page)
    assert (done.returncode, done.stdout) == (code, left)


@pytest.mark.parametrize("arguments", [("-", "a.html"), ("a.html", "--format", "jsonl"), ("missing.html", "--write")])
def test_wrong_calls(invoke: Invoke, site: Path, arguments: tuple[str, ...]) -> None:
    (site / "a.html").write_bytes(SPAM)
    assert invoke("clean", *arguments).exit_code == 2
    assert (site / "a.html").read_bytes() == SPAM
