from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Invoke, Launch

KEYS = ["schema", "path", "sha256", "bytes", "encoding", "verdict", "reason", "findings"]
FINDING_KEYS = [
    "id",
    "rule",
    "category",
    "confidence",
    "disposition",
    "start",
    "end",
    "line",
    "column",
    "edits",
    "hidden_by",
    "evidence",
    "excerpt",
]
CLEAN = b"<p>opening hours</p>\n"
SPAM = b"<p>opening hours</p>\n<spam>slot https://example.org/</spam>\n"
PAGES = {
    "clean": CLEAN,
    "infected": SPAM,
    "review": b"<doubt>maybe</doubt>",
    "doorway": b"<doorway>",
    "native": b"<native>",
    "empty": b"",
    "raises": b"RAISE",
    "too-large": b"x" * 10_001,
}


def paths_of(output: str) -> list[str]:
    return [json.loads(line)["path"] for line in output.splitlines()]


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        (["clean"], 0),
        (["native"], 0),
        (["infected"], 1),
        (["review"], 1),
        (["doorway"], 1),
        (["raises"], 2),
        (["empty"], 3),
        (["too-large"], 3),
        ([], 3),
        (["clean", "infected"], 1),
        (["clean", "empty"], 3),
        (["infected", "empty"], 1),
        (["infected", "raises", "empty"], 2),
    ],
)
@pytest.mark.parametrize("format_name", ["text", "jsonl"])
def test_exit_codes(invoke: Invoke, site: Path, pages: list[str], code: int, format_name: str) -> None:
    for page in pages:
        (site / f"{page}.html").write_bytes(PAGES[page])
    assert invoke("scan", ".", "--format", format_name).exit_code == code


@pytest.mark.parametrize(
    ("pages", "code"),
    [(["infected"], 0), (["infected", "empty"], 0), (["empty"], 3), (["infected", "raises"], 2)],
)
def test_exit_zero_hides_only_findings(invoke: Invoke, site: Path, pages: list[str], code: int) -> None:
    for page in pages:
        (site / f"{page}.html").write_bytes(PAGES[page])
    assert invoke("scan", ".", "--exit-zero").exit_code == code


def test_jsonl_has_the_keys_of_the_contract_in_its_order(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    line = json.loads(invoke("scan", "a.html", "--format", "jsonl").stdout)
    assert list(line) == KEYS
    assert line["schema"] == "spamguard/1"
    assert (line["path"], line["bytes"], line["verdict"], line["reason"]) == ("a.html", len(SPAM), "infected", None)
    [finding] = line["findings"]
    assert list(finding) == FINDING_KEYS
    assert SPAM[finding["start"] : finding["end"]].startswith(b"<spam>")
    assert (finding["line"], finding["column"]) == (2, 1)
    assert list(finding["edits"][0]) == ["start", "end", "replacement"]
    assert list(finding["evidence"][0]) == ["name", "value", "weight", "text"]


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_lines_come_in_path_order_whatever_the_number_of_processes(invoke: Invoke, site: Path, jobs: str) -> None:
    names = [f"{folder}/{number}.html" for folder in ("a", "a-b", "b") for number in range(30)]
    for name in names:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(SPAM if name.endswith("7.html") else CLEAN)
    result = invoke("scan", "b", "a-b", "a", "a/3.html", "--format", "jsonl", "--jobs", jobs)
    assert paths_of(result.stdout) == sorted(names)
    assert result.exit_code == 1


@pytest.mark.parametrize("word", [b"RAISE", b"CRASH"])
def test_a_page_that_breaks_the_judge_costs_only_its_own_report(invoke: Invoke, site: Path, word: bytes) -> None:
    for number in range(10, 30):
        (site / f"{number}.html").write_bytes(SPAM if number == 29 else word if number == 17 else CLEAN)
    result = invoke("scan", ".", "--format", "jsonl", "--jobs", "2")
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["path"] for r in reports] == [f"./{number}.html" for number in range(10, 30)]
    assert [r["path"] for r in reports if r["reason"] == "internal-error"] == ["./17.html"]
    assert reports[-1]["verdict"] == "infected"
    assert result.exit_code == 2
    assert "./17.html" in result.stderr
    assert "\x1b" not in result.stderr


def test_text_for_an_operator(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    (site / "b.html").write_bytes(b"")
    (site / "c.html").write_bytes(CLEAN)
    assert invoke("scan", ".").stdout == (
        "./a.html:2:1: infected gambling 97% safe [model]\n"
        "    slot hxxps://example.org/\n"
        "    +2.5 words of betting stand close together\n"
        "./b.html: skipped: empty\n"
        f"2 files judged; 1 infected; 1 skipped (1 empty); blocks: 1 safe, 0 review; {len(SPAM + CLEAN)} bytes\n"
    )


def test_quiet_says_only_what_was_found(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    (site / "b.html").write_bytes(b"")
    result = invoke("scan", ".", "--quiet")
    assert result.stdout.startswith("./a.html:2:1: infected")
    assert "skipped" not in result.stdout


def test_colour_is_for_terminals_or_on_request(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    assert "\x1b[" not in invoke("scan", ".").stdout
    assert "\x1b[31m" in invoke("scan", ".", "--color", "always").stdout


def test_a_page_cannot_speak_to_the_terminal(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes("<spam>\x1b]0;owned\x07 \u202egnp.exe \x9b31m HTTP://example.org</spam>".encode())
    output = invoke("scan", ".").stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output)
    assert "Hxxp://example.org" in output.replace("HxxP", "Hxxp")


def test_a_file_name_cannot_speak_to_the_terminal(launch: Launch, site: Path) -> None:
    strange = [b"new\nline.html", b"\x1b[2Jclear.html", b"not-utf8-\xff.html", b"-x.html", "\u202egpj.html".encode()]
    for name in strange:
        (site / os.fsdecode(name)).write_bytes(SPAM)
    text = launch("scan", ".")
    assert text.returncode == 1
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f\xff]", text.stdout)
    assert "\u202e".encode() not in text.stdout
    assert all(line.startswith((b"./", b"    ", b"5 files")) for line in text.stdout.splitlines())
    data = launch("scan", ".", "--format", "jsonl")
    paths = paths_of(data.stdout.decode("ascii"))
    assert len(paths) == 5
    assert "./new\nline.html" in paths
    assert "./not-utf8-\\xff.html" in paths
    for path in paths:
        path.encode("utf-8")  # no lone surrogate, which strict readers of JSON refuse


def test_standard_input(invoke: Invoke) -> None:
    result = invoke("scan", "-", "--format", "jsonl", stdin=SPAM)
    assert paths_of(result.stdout) == ["-"]
    assert result.exit_code == 1


def test_too_much_standard_input_is_skipped(invoke: Invoke) -> None:
    result = invoke("scan", "-", "--format", "jsonl", "--max-bytes", "10", stdin=SPAM)
    assert json.loads(result.stdout)["reason"] == "too-large"
    assert result.exit_code == 3


def test_include_and_exclude(invoke: Invoke, site: Path) -> None:
    for name in ("a.html", "b.php", "old/c.html", "keep/d.html", "keep/e.draft.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(CLEAN)
    excluded = invoke("scan", ".", "--format", "jsonl", "--exclude", "old", "--exclude", "*.draft.html")
    assert paths_of(excluded.stdout) == ["./a.html", "./keep/d.html"]
    included = invoke("scan", ".", "--format", "jsonl", "--include", "*.php")
    assert paths_of(included.stdout) == ["./b.php"]
    named = invoke("scan", "b.php", "old/c.html", "--format", "jsonl", "--exclude", "old")
    assert paths_of(named.stdout) == ["b.php", "old/c.html"]


def test_output_goes_to_a_file_that_is_not_judged_itself(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    for _ in range(2):
        result = invoke("scan", ".", "--format", "jsonl", "--output", "report.txt")
        assert (result.exit_code, result.stdout) == (1, "")
        assert paths_of((site / "report.txt").read_text()) == ["./a.html"]
    assert invoke("scan", "a.html", "--output", "a.html").exit_code == 2
    assert (site / "a.html").read_bytes() == SPAM


def test_nothing_to_scan(invoke: Invoke, site: Path) -> None:
    (site / "photo.jpg").write_bytes(b"x")
    result = invoke("scan", ".", "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "nothing to scan" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan",),
        ("scan", "missing.html"),
        ("scan", ".", "--format", "xml"),
        ("scan", ".", "--jobs", "-1"),
        ("scan", ".", "--model", "no-such-model"),
        ("scan", ".", "--output", "no/such/folder.txt"),
        ("scan", ".", "--config", "no-such.toml"),
        ("unknown",),
    ],
)
def test_wrong_calls_exit_with_2_and_say_so_on_stderr(invoke: Invoke, site: Path, arguments: tuple[str, ...]) -> None:
    (site / "a.html").write_bytes(CLEAN)
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.search("error: ", result.stderr, re.IGNORECASE)
    assert "Traceback" not in result.stderr


def test_a_model_error_is_one_line_from_a_worker_too(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(CLEAN)
    result = invoke("scan", ".", "--model", "nowhere", "--jobs", "2")
    assert (result.exit_code, result.stderr) == (2, "spamguard: error: no model in nowhere\n")
