from __future__ import annotations

import json

import pytest

from spamguard.findings import Edit, Evidence, Finding, Span
from spamguard.report import FORMATS
from spamguard.report.style import Style
from spamguard.report.tally import Tally
from spamguard.verdicts import FileReport

FINDING = Finding(
    id="9f1c",
    rule="model",
    category="gambling",
    confidence=0.9712,
    disposition="safe",
    span=Span(10, 40),
    line=3,
    column=5,
    edits=(Edit(10, 40, "\ud83d"),),
    hidden_by="display:none",
    evidence=(
        Evidence("place", 2.0, -0.4, "it stands inside the main text"),
        Evidence("density", float("inf"), 3.1, "two of three words are about betting"),
    ),
    excerpt="slot \x1b[31m http://example.org/ \ud83d",
)
INFECTED = FileReport("a\n.html", "ab12", 99, "gbk", "infected", None, (FINDING,))
SKIPPED = FileReport("b.html", "", 0, "", "skipped", "fifo")
NATIVE = FileReport("c.html", "cd", 7, "utf-8", "native", "the whole site is about it")
CLEAN = FileReport("d.html", "ef", 1000, "utf-8", "clean")
ALL = (INFECTED, SKIPPED, NATIVE, CLEAN)


def printed(name: str, style: Style, *, removed: frozenset[str] = frozenset()) -> str:
    reporter = FORMATS[name](style)
    tally = Tally()
    parts = [reporter.begin()]
    for report in ALL:
        tally.add(report)
        parts.append(reporter.file(report, removed))
    return "".join([*parts, reporter.end(tally)])


def test_text() -> None:
    assert printed("text", Style()) == (
        "a\\n.html:3:5: infected gambling 97% safe [model], hidden by display:none\n"
        "    slot [31m hxxp://example.org/ \n"
        "    +3.1 two of three words are about betting\n"
        "    -0.4 it stands inside the main text\n"
        "b.html: skipped: fifo\n"
        "c.html: native: the whole site is about it\n"
        "3 files judged; 1 infected; 1 native; 1 skipped (1 fifo); blocks: 1 safe, 0 review; 1,106 bytes\n"
    )


def test_text_names_what_was_removed_and_why_a_page_was_left() -> None:
    assert " 97% removed [model]" in printed("text", Style(), removed=frozenset({"9f1c"}))
    refused = FileReport("a.html", "", 9, "", "infected", "read-only", (FINDING,))
    assert FORMATS["text"](Style()).file(refused).endswith("\na.html: infected: read-only\n")


def test_text_fits_the_terminal() -> None:
    for line in printed("text", Style(width=40)).splitlines():
        if line.startswith("    "):
            assert len(line) <= 40


def test_jsonl() -> None:
    lines = printed("jsonl", Style()).split("\n")
    assert lines[0] == (
        '{"schema": "spamguard/1", "path": "a\\n.html", "sha256": "ab12", "bytes": 99, "encoding": "gbk", '
        '"verdict": "infected", "reason": null, "findings": [{"id": "9f1c", "rule": "model", "category": "gambling", '
        '"confidence": 0.9712, "disposition": "safe", "start": 10, "end": 40, "line": 3, "column": 5, '
        '"edits": [{"start": 10, "end": 40, "replacement": "\\\\ud83d"}], "hidden_by": "display:none", "evidence": ['
        '{"name": "place", "value": 2.0, "weight": -0.4, "text": "it stands inside the main text"}, '
        '{"name": "density", "value": "inf", "weight": 3.1, "text": "two of three words are about betting"}], '
        '"excerpt": "slot \\u001b[31m http://example.org/ \\\\ud83d"}]}'
    )
    assert [json.loads(line)["reason"] for line in lines[1:4]] == ["fifo", "the whole site is about it", None]
    assert lines[4:] == [""]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_page_speak_to_the_terminal(name: str) -> None:
    output = printed(name, Style())
    assert output.replace("\n", "").isprintable()
