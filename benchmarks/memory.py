"""Measure the peak memory of one scanning process over 100, 1,000 and 10,000 files, to see whether it grows.

Run as ``python -m benchmarks.memory``; ``benchmarks/README.md`` says how to read the table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks._machine import heading, table
from benchmarks._pages import ROOT, Page, sample_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTS = (100, 1_000, 10_000)
FLAGS = ("--jobs", "1", "--format", "jsonl")
FOLDER_FILES = 500
PARAGRAPH = b"\n<p>Notice %d: the reading room opens at nine, and the minutes of the last meeting are on display.</p>"
PARAGRAPHS = (0, 10, 40, 160, 3, 80)
"""So many paragraphs are added in turn, 0 to 16 KB: sizes vary in the same way at every count."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used: seconds from start to end, and its largest resident set in MiB."""

    seconds: float
    peak: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pages, measure and print."""
    counts = sorted(_options(arguments).counts)
    samples = sample_pages()
    if not samples:
        raise SystemExit("no sample page to copy in data/")
    bare = run((sys.executable, "-c", "pass"))
    rows = [("bare interpreter", "-", f"{bare.seconds:.1f}", f"{bare.peak:.0f}", "-")]
    first = 0.0
    with tempfile.TemporaryDirectory(prefix="spamguard-memory-") as folder:
        made, size = 0, 0
        for count in counts:
            size += write_pages(Path(folder), samples, made, count)
            made = count
            usage = run((sys.executable, "-m", "spamguard", "scan", *FLAGS, folder), lines=count)
            first = first or usage.peak
            growth = f"{usage.peak - first:+.1f}"
            rows.append((f"{count:,} files", f"{size / 1e6:.0f}", f"{usage.seconds:.1f}", f"{usage.peak:.0f}", growth))

    print(heading("Memory", ["spamguard", "numpy", "turbohtml"]))
    print(f"pages:     {len(samples)} sample pages copied in turn, with up to {max(PARAGRAPHS)} paragraphs added")
    print(f"run:       one `spamguard scan {' '.join(FLAGS)}` a row, its reports counted and thrown away")
    print()
    print(table(("peak memory", "MB of pages", "seconds", "peak MiB", "growth MiB"), rows))


def write_pages(folder: Path, samples: Sequence[Page], start: int, stop: int) -> int:
    """Write pages number ``start`` to ``stop``, no two alike, and return their bytes."""
    size = 0
    for number in range(start, stop):
        paragraphs = range(number, number + PARAGRAPHS[number % len(PARAGRAPHS)] + 1)
        added = b"".join(PARAGRAPH % paragraph for paragraph in paragraphs)
        head, body, rest = samples[number % len(samples)].data.rpartition(b"</body>")
        path = folder / f"{number // FOLDER_FILES:03}" / f"{number:05}.html"
        path.parent.mkdir(exist_ok=True)
        size += path.write_bytes(head + added + body + rest)
    return size


def run(command: Sequence[str], *, lines: int = 0) -> Usage:
    """Run a command to its end and ask the kernel for the peak of that very process.

    :raises SystemExit: when it did not print one line a file. The exit code would not tell: a crash of Python gives 1,
        as findings do.
    """
    start = perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert process.stdout is not None  # noqa: S101 - it is a pipe, as asked for above
    with process.stdout as output:
        printed = sum(1 for _ in output)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1, 3} or printed != lines:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode} after {printed} of {lines} reports")
    # The kernel counts in KiB, but in bytes on macOS.
    return Usage(seconds, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, metavar="N")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
