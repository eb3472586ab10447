"""What only shows in a process of its own: pipes, signals, locales, import cost."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from .conftest import LAUNCHER, Launch, environment

if TYPE_CHECKING:
    from pathlib import Path

SPAM = "<p>欢迎</p><spam>博彩 \u202e</spam>".encode()


def test_a_fifo_does_not_hang_a_scan(launch: Launch, site: Path) -> None:
    os.mkfifo(site / "pipe.html")
    (site / "b.html").write_bytes(b"<p>fine</p>")
    for arguments in ((".",), ("pipe.html", "b.html")):
        done = launch("scan", *arguments)
        assert done.returncode == 3
        assert b"pipe.html: skipped: fifo\n" in done.stdout
        assert b"1 file judged" in done.stdout


def test_output_survives_a_locale_without_unicode(launch: Launch, site: Path) -> None:
    (site / "欢迎.html").write_bytes(SPAM)
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    for arguments in (("scan",), ("scan", "--format", "jsonl"), ("clean",), ("clean", "--write")):
        done = launch(*arguments, ".", env=plain)
        assert done.returncode in {0, 1}
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_ends_the_program_quietly(site: Path, jobs: str) -> None:
    for number in range(2000):
        (site / f"{number}.html").write_bytes(SPAM)
    command = [sys.executable, str(LAUNCHER), "scan", ".", "--format", "jsonl", "--jobs", jobs]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=site
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupting_has_its_own_code(site: Path, jobs: str) -> None:
    (site / "a.html").write_bytes(b"HANG")
    command = [sys.executable, str(LAUNCHER), "scan", ".", "--jobs", jobs]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=site, start_new_session=True
    ) as process:
        assert process.stderr is not None
        while not (site / "hangs").exists():
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert process.wait(60) == 130
        errors = process.stderr.read()
        assert jobs == "2" or errors == b"\n"  # a worker that was just starting may say that it was interrupted


@pytest.mark.parametrize(("redirection", "code"), [(">&-", 2), (">/dev/full", 2), ("2>&-", 1), ("<&-", 1)])
def test_closed_and_full_streams(site: Path, redirection: str, code: int) -> None:
    (site / "a.html").write_bytes(SPAM)
    command = f"{shlex.join([sys.executable, str(LAUNCHER), 'scan', '.'])} {redirection}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, env=environment(), cwd=site)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["--version"]])
def test_asking_for_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom spamguard.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'numpy', 'joblib', 'turbohtml', 'jieba', 'sklearn', 'spamguard.guard'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment())
    assert done.stderr == b""
    assert done.returncode == 0


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "spamguard", "--version"], capture_output=True, check=True, env=environment()
    )
    assert done.stdout.startswith(b"spamguard ")
