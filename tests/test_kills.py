"""The kill benchmark, small: a real SIGKILL at random instants, and everything can be put back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be split here")
def test_no_file_is_lost_torn_or_not_restored() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "--files", "50", "--kills", "10", "--progress", "0"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    last = done.stdout.splitlines()[-1].split("|")
    assert [cell.strip() for cell in last[1:3]] == ["files lost, torn, not restored or misreported", "0"]
