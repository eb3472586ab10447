"""``spamguard explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spamguard.cli import _options, _settings
from spamguard.cli._console import open_output, say, style_for
from spamguard.errors import Unjudgeable, UsageError
from spamguard.report.sanitize import escaped, excerpt
from spamguard.report.text import finding_lines
from spamguard.run.exitcodes import ExitState
from spamguard.run.files import read_file
from spamguard.run.walk import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spamguard.guard import Settings
    from spamguard.report.style import Style
    from spamguard.verdicts import Explanation


@click.command()
@click.argument("file", metavar="FILE")
@_options.model_options
@_options.config_option
@_options.color_option
@click.pass_context
def explain(
    context: click.Context,
    file: str,
    max_bytes: int | None,
    model: Path | None,
    config_file: Path | None,  # noqa: ARG001 - its callback has done the work
    color: str,
) -> None:
    """Show every finding of one file with all its evidence, and the segments that came close; - is standard input.

    Exits as scan does.
    """
    from spamguard.guard import Guard

    settings = _settings.make_settings(model, max_bytes)
    state = ExitState()
    data = _read(file, settings)
    if data is None:
        state.unjudged = True
    else:
        explanation = Guard(settings).explain(data, path=file)
        state.add(explanation.report)
        with open_output(None) as out:
            for line in _lines(explanation, style_for(out, color)):
                out.text(f"{line}\n")
    context.exit(state.code())


def _read(file: str, settings: Settings) -> bytes | None:
    """Read the file; says why and returns ``None`` if it cannot be judged."""
    if file == STDIN:
        entry = _settings.read_stdin(settings.max_bytes)
        if entry.skipped is None:
            return entry.data
        say(f"{file}: skipped: {entry.skipped}")
        return None
    try:
        return read_file(file, settings.max_bytes)
    except Unjudgeable as error:
        if error.reason in {"vanished", "folder"}:
            raise UsageError(f"no such file: {file}") from error
        say(f"{file}: skipped: {error.reason}: {error}")
        return None


def _lines(explanation: Explanation, style: Style) -> Iterator[str]:
    report = explanation.report
    reason = "" if report.reason is None else f": {excerpt(report.reason, style.width)}"
    yield f"{escaped(report.path)}: {report.verdict}{reason}"
    yield f"{report.size:,} bytes, {report.encoding or 'unknown encoding'}, sha256 {report.sha256}"
    for finding in report.findings:
        yield ""
        yield from finding_lines(report, finding, style, reasons=len(finding.evidence))
        yield f"    bytes {finding.span.start}-{finding.span.end}, id {escaped(finding.id)}"
    if explanation.near:
        yield ""
        yield "came close:"
    for near in explanation.near:
        yield f"    line {near.line}, {near.score:.2f}: {excerpt(near.excerpt, max(style.width - 24, 20))}"
