from __future__ import annotations

import pytest

from spamguard.report.diff import for_terminal, unified_diff
from spamguard.report.style import Style


def test_equal_files_have_no_diff() -> None:
    assert unified_diff("a", b"x", b"x") == b""


@pytest.mark.parametrize(
    ("before", "after", "hunks"),
    [
        (b"a\nb\n", b"a\n", b"@@ -1,2 +1 @@\n a\n-b\n"),
        (b"a\nb", b"a\n", b"@@ -1,2 +1 @@\n a\n-b\n\\ No newline at end of file\n"),
        (b"a\nb", b"a", b"@@ -1,2 +1 @@\n-a\n-b\n\\ No newline at end of file\n+a\n\\ No newline at end of file\n"),
        (b"a", b"", b"@@ -1 +0,0 @@\n-a\n\\ No newline at end of file\n"),
        (b"\xff\rx\ny\n", b"\xff\r\ny\n", b"@@ -1,2 +1,2 @@\n-\xff\rx\n+\xff\r\n y\n"),
        (
            b"1\n2\n3\n4\n5\nx\n6\n7\n8\n9\n",
            b"1\n2\n3\n4\n5\n6\n7\n8\n9\n",
            b"@@ -3,7 +3,6 @@\n 3\n 4\n 5\n-x\n 6\n 7\n 8\n",
        ),
    ],
)
def test_hunks(before: bytes, after: bytes, hunks: bytes) -> None:
    assert unified_diff("p.html", before, after) == b"--- a/p.html\n+++ b/p.html\n" + hunks


def test_changes_far_apart_have_hunks_of_their_own() -> None:
    lines = [b"%d\n" % number for number in range(40)]
    diff = unified_diff("p", b"".join(lines), b"".join(lines[:5] + lines[6:30] + lines[31:]))
    assert [line for line in diff.split(b"\n") if line.startswith(b"@@")] == [b"@@ -3,7 +3,6 @@", b"@@ -28,7 +27,6 @@"]


def test_a_page_of_equal_lines_is_no_trap() -> None:
    before = b"<li>\n" * 100_000 + b"spam\n" + b"<li>\n" * 100_000
    diff = unified_diff("p", before, before.replace(b"spam\n", b""))
    assert diff.endswith(b" @@\n <li>\n <li>\n <li>\n-spam\n <li>\n <li>\n <li>\n")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("./a.html", b"a/a.html"),
        ("/srv/a.html", b"a/srv/a.html"),
        ("a b.html", b"a/a b.html\t"),
        ("a\nb", b'"a/a\\nb"'),
        ("ü", b'"a/\\303\\274"'),
        ("\udcff", b'"a/\\377"'),
        ('"\\', b'"a/\\"\\\\"'),
    ],
)
def test_names_are_written_as_git_does(path: str, name: bytes) -> None:
    assert unified_diff(path, b"x", b"y").split(b"\n")[0] == b"--- " + name


@pytest.mark.parametrize(
    ("encoding", "word"), [("gbk", "博彩"), ("utf-8", "\\xb2\\xa9\\xb2\\xca"), ("no-such", "\\xb2")]
)
def test_on_a_terminal_the_page_is_decoded_and_harmless(encoding: str, word: str) -> None:
    diff = unified_diff("p", "博彩\x1b[2J\n".encode("gbk"), b"")
    shown = for_terminal(diff, encoding, Style())
    assert word in shown
    assert "\x1b" not in shown
