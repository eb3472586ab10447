from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from spamguard.cli import _interactive

from .conftest import LAUNCHER, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from .conftest import Invoke

PAGE = b"<p>a</p><spam>one</spam><p>b</p><doubt>two\r\n</doubt><p>c</p><spam>three</spam>"


@pytest.fixture
def answer(site: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(_interactive, "require_terminal", lambda: None)
    for name in ("a.html", "b.html"):
        (site / name).write_bytes(PAGE)

    def call(keys: str, *arguments: str) -> Result:
        return invoke("clean", "--interactive", ".", *arguments, stdin="".join(f"{key}\n" for key in keys).encode())

    return call


def _left(site: Path) -> list[str]:
    return [
        "".join(str(number) for number, word in enumerate((b"one", b"two", b"three"), 1) if word in page)
        for page in ((site / name).read_bytes() for name in ("a.html", "b.html"))
    ]


@pytest.mark.parametrize(
    ("keys", "left", "code"),
    [
        ("yyyyyy", ["", ""], 0),
        ("nnnnnn", ["123", "123"], 1),
        ("ynynyn", ["2", "13"], 1),
        ("aa", ["", ""], 0),
        ("naa", ["1", ""], 1),
        ("ysa", ["23", ""], 1),
        ("ss", ["123", "123"], 1),
        ("yq", ["23", "123"], 1),
        ("q", ["123", "123"], 1),
        ("yy", ["3", "123"], 1),  # end of input is q
        ("?Y zaa", ["", ""], 0),
    ],
)
def test_what_is_taken_out(answer: Callable[..., Result], site: Path, keys: str, left: list[str], code: int) -> None:
    result = answer(keys)
    assert (_left(site), result.exit_code) == (left, code)
    assert ("undo with" in result.stderr) == (left != ["123", "123"])


def test_what_was_accepted_can_be_undone(answer: Callable[..., Result], invoke: Invoke, site: Path) -> None:
    answer("ynyq")
    assert _left(site) == ["2", "123"]
    assert invoke("undo", "--finding", f"f{PAGE.index(b'<spam>three')}").exit_code == 0
    assert _left(site) == ["23", "123"]
    assert invoke("undo").exit_code == 0
    assert (site / "a.html").read_bytes() == PAGE


def test_the_evidence_and_the_diff_are_in_view(answer: Callable[..., Result]) -> None:
    shown = answer("nyq").stderr
    assert "a.html:1:9: infected gambling 97% safe [model]" in shown
    assert "+2.5 words of betting stand close together" in shown
    assert " <p>a</p>\n-<spam>one</spam>\n <p>b</p><doubt>two\n" in shown
    assert "-<doubt>two\n-</doubt>\n" in shown
    assert "block 2 of 3: take it out" in shown


def test_help_says_what_each_key_does(answer: Callable[..., Result]) -> None:
    shown = answer("?q").stderr
    assert [f"{key} - " in shown for key in "ynasq?"] == [True] * 6


def test_the_page_cannot_speak_to_the_terminal(answer: Callable[..., Result], site: Path) -> None:
    (site / "a.html").write_bytes(b"<p>\x1b[2J</p><spam>\x1b]0;x\x07 https://example.org \xe2\x80\xae</spam>")
    shown = answer("q", "--color", "always").stderr
    assert "\x1b[31m-<spam>\\x1b]0;x\\x07 hxxps://example.org \\u202e</spam>\x1b[0m" in shown
    assert "\x1b[2J" not in shown


def test_a_huge_block_does_not_flood_the_screen(answer: Callable[..., Result], site: Path) -> None:
    (site / "a.html").write_bytes(b"<p>a</p>" * 100 + b"<spam>" + b"line\n" * 1000 + b"</spam>" + b"x" * 2000)
    shown = answer("q").stderr
    assert "961 lines more" in shown
    assert len(shown) < 4000


def test_a_report_for_programs_goes_to_standard_output(answer: Callable[..., Result]) -> None:
    assert answer("q").stdout == ""
    lines = [json.loads(line) for line in answer("aa", "--format", "jsonl").stdout.splitlines()]
    assert [(line["path"], len(line["findings"])) for line in lines] == [("./a.html", 3), ("./b.html", 3)]


def test_the_patch_of_what_was_accepted(answer: Callable[..., Result], site: Path) -> None:
    patch = answer("ynsq", "--diff").stdout_bytes
    assert patch.count(b"+++ b/a.html") == 1
    (site / "patch").write_bytes(patch)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-R", "patch"], check=True, cwd=site)
    assert (site / "a.html").read_bytes() == PAGE


def test_without_a_terminal_nobody_is_asked(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(PAGE)
    result = invoke("clean", "--interactive", "a.html", stdin=b"y\n")
    assert result.exit_code == 2
    assert "needs a terminal" in result.stderr
    assert (site / "a.html").read_bytes() == PAGE


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_on_a_real_terminal(site: Path, state: Path, jobs: str) -> None:
    (site / "a.html").write_bytes(PAGE)
    operator, terminal = pty.openpty()
    command = [sys.executable, str(LAUNCHER), "clean", "-i", ".", "--jobs", jobs]
    with subprocess.Popen(
        command,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=site,
        env=environment(XDG_STATE_HOME=str(state)),
    ) as process:
        os.write(operator, b"n\na\n")
        out, errors = process.communicate(timeout=60)
    os.close(operator)
    os.close(terminal)
    assert process.returncode == 1
    assert out == b""
    assert b"2 taken out" in errors
    assert (site / "a.html").read_bytes() == b"<p>a</p><spam>one</spam><p>b</p><p>c</p>"
