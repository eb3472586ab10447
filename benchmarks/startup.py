"""Time the cold start of ``python -m spamguard scan`` on one page against the bare interpreter, runs interleaved.

Run as ``python -m benchmarks.startup``; ``benchmarks/README.md`` says how to read the table.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from benchmarks._machine import heading, table
from benchmarks._pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGE = b"<!doctype html><html><head><title>Opening hours</title></head><body><p>Open on weekdays.</p></body></html>"
HEAVY = ("click", "jieba", "joblib", "multiprocessing", "numpy", "scipy", "sklearn", "turbohtml")
BARE = (sys.executable, "-c", "pass")
SLOWEST = 8
"""So many modules are listed with the time that their import took."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="spamguard-startup-") as folder:
        page = Path(folder) / "one.html"
        page.write_bytes(PAGE)
        scan = (sys.executable, "-m", "spamguard", "scan", str(page))
        commands = {
            "python -c pass": BARE,
            "python -m spamguard --version": (*scan[:3], "--version"),
            "scan one.html": scan,
        }
        commands |= {f"scan {path.name}": (*scan[:-1], str(path.resolve())) for path in options.also}
        environment = as_installed(Path(folder))
        timings = measure(list(commands.values()), environment, runs=options.runs)
        imports = import_times(scan, environment)

    print(heading("Start-up", ["spamguard", "numpy", "turbohtml", "click"]))
    print(
        f"run:       {options.runs} runs of each command, interleaved, after one that compiles the modules;"
        f" a page of {len(PAGE)} bytes"
    )
    print(f"heavy:     imported {_names(imports, there=True)}; not imported {_names(imports, there=False)}")
    print()
    print(report(list(commands), timings))
    print()
    slowest = sorted(imports.items(), key=lambda item: -item[1])[:SLOWEST]
    print(table(("slowest imports, own time", "ms"), [(name, f"{time / 1000:.1f}") for name, time in slowest]))


def as_installed(folder: Path) -> dict[str, str]:
    """The environment of programs whose modules are compiled once, as pip leaves them, whatever is set around here.

    The warm-up compiles them, into a folder of their own: a checkout is not written to.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def measure(commands: Sequence[Sequence[str]], environment: Mapping[str, str], *, runs: int) -> list[list[float]]:
    """Milliseconds from start to end of each command, one list a command; the first, cold-disk run is not kept."""
    timings: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for command, kept in zip(commands, timings, strict=True):
            start = perf_counter_ns()
            done = subprocess.run(
                command, cwd=ROOT, env=environment, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
            if done.returncode not in {0, 1}:  # 1 are findings, on one of the pages that were asked for
                raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
            if run:
                kept.append((perf_counter_ns() - start) / 1e6)
    return timings


def import_times(command: Sequence[str], environment: Mapping[str, str]) -> dict[str, int]:
    """Map every module that the command imports to the microseconds of its own import."""
    traced = (command[0], "-X", "importtime", *command[1:])
    done = subprocess.run(
        traced, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    times = {}
    for line in done.stderr.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        if line.startswith("import time:") and own.strip().isdigit():
            times[rest.rpartition("|")[2].strip()] = int(own)
    return times


def report(labels: Sequence[str], timings: Sequence[Sequence[float]]) -> str:
    """Lay out the table; the last column is what a command costs above the bare interpreter, which comes first."""
    bare = statistics.median(timings[0])
    rows = []
    for label, times in zip(labels, timings, strict=True):
        median = statistics.median(times)
        numbers = (median, min(times), max(times), median - bare)
        rows.append((label, *(f"{number:.0f}" for number in numbers)))
    return table(("ms from start to end", "median", "min", "max", "above bare"), rows)


def _names(imports: dict[str, int], *, there: bool) -> str:
    return ", ".join(name for name in HEAVY if (name in imports) is there) or "none"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--also", type=Path, nargs="*", default=[], metavar="FILE", help="pages to scan as well")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
