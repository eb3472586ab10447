"""What a reader of a number must know: the machine, the versions, the day."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def heading(title: str, libraries: Sequence[str]) -> str:
    """Lines that say where and with what the numbers below them were measured."""
    return "\n".join(
        (
            f"# {title}",
            f"date:      {datetime.now(UTC):%Y-%m-%d}",
            f"python:    {platform.python_implementation()} {platform.python_version()} on {platform.system()}",
            f"processor: {_processor()}, {len(usable_cpus())} usable",
            f"versions:  {', '.join(f'{name} {version(name)}' for name in libraries)}",
        )
    )


def version(library: str) -> str:
    """Version of an installed distribution, or a word for a checkout that was never installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "(run from source)"


def usable_cpus() -> frozenset[int]:
    """Return the processors this process may run on: in a container fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return frozenset(os.sched_getaffinity(0))
    return frozenset(range(os.cpu_count() or 1))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table that reads well on a screen and is valid Markdown; columns but the first are right-aligned."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in (head, rule, *rows)
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
