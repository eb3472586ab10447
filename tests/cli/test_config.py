from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Invoke

SPAM = b"<spam>slot</spam>"


@pytest.fixture(autouse=True)
def page(site: Path) -> None:
    (site / "web").mkdir()
    (site / "web" / "a.html").write_bytes(SPAM)


def test_the_own_file_beats_pyproject(invoke: Invoke, site: Path) -> None:
    (site / "pyproject.toml").write_text("[tool.spamguard]\nexit-zero = true\n")
    assert invoke("scan", "web").exit_code == 0
    (site / "spamguard.toml").write_text("")
    assert invoke("scan", "web").exit_code == 1


def test_a_pyproject_of_somebody_else_is_no_configuration(invoke: Invoke, site: Path) -> None:
    (site / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert invoke("scan", "web").exit_code == 1


def test_the_command_line_beats_the_file(invoke: Invoke, site: Path) -> None:
    (site / "spamguard.toml").write_text('format = "jsonl"\nexit-zero = true\nmax-bytes = 3\n')
    assert invoke("scan", "web").stdout.startswith('{"schema"')
    assert "judged" in invoke("scan", "web", "--format", "text").stdout
    assert invoke("scan", "web").exit_code == 3
    assert invoke("scan", "web", "--max-bytes", "100").exit_code == 0
    assert invoke("scan", "web", "--max-bytes", "100", "--no-exit-zero").exit_code == 1


def test_lists(invoke: Invoke, site: Path) -> None:
    (site / "spamguard.toml").write_text('exclude = ["a.*", "b.*"]\n')
    assert invoke("scan", "web").exit_code == 3
    assert invoke("scan", "web", "--exclude", "c.*").exit_code == 1


def test_a_format_from_the_file_does_not_stop_a_diff(invoke: Invoke, site: Path) -> None:
    (site / "spamguard.toml").write_text('format = "jsonl"\n')
    assert invoke("clean", "web").stdout.startswith("--- a/web/a.html\n")


def test_another_file(invoke: Invoke, site: Path) -> None:
    (site / "spamguard.toml").write_text("exit-zero = false\n")
    (site / "etc").mkdir()
    (site / "etc" / "other.toml").write_text('exit-zero = true\nmodel = "my-model"\n')
    result = invoke("scan", "web", "--config", "etc/other.toml")
    assert result.exit_code == 2
    assert "etc/my-model" in result.stderr
    (site / "etc" / "my-model").mkdir()
    assert invoke("scan", "web", "--config", "etc/other.toml").exit_code == 0


def test_the_scanned_tree_has_no_say(invoke: Invoke, site: Path) -> None:
    (site / "web" / "spamguard.toml").write_text("exit-zero = true\n")
    (site / "web" / "pyproject.toml").write_text("[tool.spamguard]\nexit-zero = true\n")
    result = invoke("scan", "web")
    assert result.exit_code == 1
    assert "note" not in result.stderr


def test_options_from_inside_a_scanned_folder_are_pointed_out(invoke: Invoke, site: Path) -> None:
    (site / "spamguard.toml").write_text("exit-zero = true\n")
    assert "spamguard.toml, which lies inside a scanned folder" in invoke("scan", ".").stderr
    assert invoke("scan", "web").stderr == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exlude = []", "unknown key 'exlude'; did you mean 'exclude'?"),
        ("max_bytes = 3", "unknown key 'max_bytes'; did you mean 'max-bytes'?"),
        ("write = true", "unknown key 'write'; known are color, exclude,"),
        ('jobs = "all"', "'jobs' has to be: whole number"),
        ("exclude = 'a'", "'exclude' has to be: list of texts"),
        ("exit-zero = 1", "'exit-zero' has to be: true or false"),
        ("jobs =", "spamguard.toml: "),
        ('format = "xml"', "'xml' is not one of 'text', 'jsonl'"),
    ],
)
def test_what_has_no_meaning_is_an_error(invoke: Invoke, site: Path, text: str, message: str) -> None:
    (site / "spamguard.toml").write_text(text)
    result = invoke("scan", "web")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
