"""A scan without options takes a shorter way: nobody may notice but by the clock."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .conftest import environment

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Launch


@pytest.fixture(autouse=True)
def pages(site: Path) -> None:
    (site / "web").mkdir()
    (site / "web" / "clean.html").write_bytes(b"<p>fine</p>")
    (site / "web" / "spam.html").write_bytes("<p>欢迎</p><spam>博彩 \u202e</spam>".encode())
    (site / "web" / "empty.html").write_bytes(b"")
    (site / "fails.html").write_bytes(b"RAISE")
    (site / "large.html").write_bytes(b"x" * 10_001)


def alike(launch: Launch, *paths: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None) -> int:
    """The exit code of a scan, which is the same in all it says and returns as one that names an option."""
    plain = launch("scan", *paths, stdin=stdin, env=env)
    optioned = launch("scan", "--color", "auto", *paths, stdin=stdin, env=env)
    assert (plain.stdout, plain.stderr) == (optioned.stdout, optioned.stderr)
    assert plain.returncode == optioned.returncode
    return plain.returncode


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (("web/clean.html",), 0),
        (("web/spam.html",), 1),
        ((".",), 2),
        (("web",), 1),
        (("web/empty.html",), 3),
        (("fails.html", "web/clean.html"), 2),
        (("large.html",), 3),
        (("nowhere.html",), 2),
        ((b"no\xffwhere.html",), 2),
        (("",), 2),
        (("web/spam.html", "web", "web/spam.html"), 1),
    ],
)
def test_the_same_is_said_and_returned(launch: Launch, paths: tuple[str | bytes, ...], code: int) -> None:
    assert alike(launch, *paths) == code


@pytest.mark.parametrize(("page", "code"), [(b"<p>fine</p>", 0), (b"<spam>slot</spam>", 1), (b"", 3)])
def test_standard_input_is_read(launch: Launch, page: bytes, code: int) -> None:
    assert alike(launch, "-", stdin=page) == code
    assert alike(launch, "-", "web/clean.html", stdin=page) == code


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("spamguard.toml", "exit-zero = true\n", 0),
        ("spamguard.toml", "", 1),
        ("spamguard.toml", "unknown = 1\n", 2),
        ("spamguard.toml", "model = 'none'\n", 2),
        ("pyproject.toml", "[tool.spamguard]\nformat = 'jsonl'\n", 1),
        ("pyproject.toml", "[tool.spamguard]\n", 1),
        ("pyproject.toml", "[tool.other]\n", 1),
        ("pyproject.toml", "[tool\n", 2),
        ("pyproject.toml", "[tool]\nspamguard = 1\n", 2),
    ],
)
def test_options_in_a_file_are_heeded(launch: Launch, site: Path, name: str, text: str, code: int) -> None:
    (site / name).write_text(text)
    (site / "fails.html").unlink()
    (site / "large.html").unlink()
    assert alike(launch, "web/spam.html") == code
    alike(launch, ".")


def test_a_locale_without_unicode_is_no_difference(launch: Launch) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert alike(launch, "web", "欢迎.html", env=plain) == 2
    assert alike(launch, "web", env=plain) == 1


def test_a_shell_may_ask_how_a_line_goes_on(launch: Launch) -> None:
    asked = {"_SPAMGUARD_COMPLETE": "bash_complete", "COMP_WORDS": "spamguard scan --exit", "COMP_CWORD": "2"}
    assert b"--exit-zero" in launch("scan", "web", env=asked).stdout


def test_what_a_scan_passes_by_is_there_for_whom_needs_it(site: Path) -> None:
    code = (
        "import sys\nfrom importlib import import_module\nfrom spamguard.cli import _unused, main\n"
        "sys.argv[1:] = ['scan', 'web/clean.html']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "assert [import_module(name).__name__ for name in sorted(_unused.NAMES)] == sorted(_unused.NAMES)\n"
        "import ctypes, numpy, platform, textwrap\n"
        "assert ctypes.sizeof(ctypes.c_int8) == 1 and platform.python_version() and textwrap.dedent(' a') == 'a'\n"
        "assert 'array' in numpy.zeros.__doc__\n"
        "assert not any('unused' in str(finder) for finder in sys.meta_path)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment(), cwd=site)
    assert done.stderr == b""
    assert done.returncode == 0
