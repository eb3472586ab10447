from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import spamguard
from spamguard.cli import _run, cli

from . import fake_guard

Invoke = Callable[..., Result]
Launch = Callable[..., "subprocess.CompletedProcess[bytes]"]

LAUNCHER = Path(__file__).with_name("launch.py")


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of the user that spamguard runs as."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def site(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder which is the working directory, and a guard that needs no model."""
    monkeypatch.setitem(sys.modules, "spamguard.guard", fake_guard)
    monkeypatch.setattr(_run, "load_guard", fake_guard.load_guard)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def invoke(site: Path) -> Invoke:
    """Call a command in this process."""

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="spamguard")

    return call


def environment(**extra: str) -> dict[str, str]:
    return {"PYTHONPATH": str(Path(spamguard.__path__[0]).parent), "PATH": "/usr/bin:/bin", **extra}


@pytest.fixture
def launch(site: Path, state: Path) -> Launch:
    """Call the program in a process of its own."""

    def call(
        *arguments: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, str(LAUNCHER), *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            env=environment(XDG_STATE_HOME=str(state), **(env or {})),
            cwd=site,
            timeout=60,
        )

    return call
