"""Run all three benchmarks, each in a process of its own, so that none pays for what another has loaded."""

from __future__ import annotations

import subprocess
import sys

from benchmarks._pages import ROOT

if __name__ == "__main__":
    for name in ("speed", "startup", "memory"):
        subprocess.run((sys.executable, "-m", f"benchmarks.{name}"), cwd=ROOT, check=True)
        print(flush=True)
