"""What ``spamguard scan`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.cli import _settings
from spamguard.cli._console import open_output, style_for
from spamguard.cli._run import Run
from spamguard.report import FORMATS
from spamguard.run.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def scan_paths(
    paths: Sequence[str],
    *,
    format_name: str = "text",
    output: Path | None = None,
    exit_zero: bool = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    jobs: int = 1,
    max_bytes: int | None = None,
    model: Path | None = None,
    config_file: str | Path | None = None,
    quiet: bool = False,
    color: str = "auto",
) -> int:
    """Judge, report and return the exit code. The defaults are those of the options."""
    _settings.warn_of_config(config_file, paths)
    settings = _settings.make_settings(model, max_bytes)
    selection = _settings.make_selection(paths, include, exclude, output)
    entries = walk(paths, selection, lambda: _settings.read_stdin(settings.max_bytes))
    run = Run(settings, jobs=jobs, quiet=quiet)
    with open_output(output) as out:
        reporter = FORMATS[format_name](style_for(out, color, quiet=quiet))
        out.text(reporter.begin())
        for outcome in run.outcomes(entries):
            run.state.add(outcome.report)
            out.text(reporter.file(outcome.report))
        out.text(reporter.end(run.tally))
    return run.state.code(exit_zero=exit_zero)
