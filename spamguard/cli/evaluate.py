"""``spamguard evaluate``."""

from __future__ import annotations

from pathlib import Path

import click

from spamguard.cli import _options, _settings
from spamguard.cli._console import open_output, say
from spamguard.run import exitcodes


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--labels",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tab-separated labels: file, start_byte, end_byte, category, language, family, original.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 for all cores."
)
@click.option(
    "--plots",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also draw precision-recall.svg, reliability.svg and false-positives.svg there.",
)
@_options.model_options
@click.pass_context
def evaluate(
    context: click.Context,
    folder: Path,
    labels: Path,
    format_name: str,
    jobs: int,
    plots: Path | None,
    max_bytes: int | None,
    model: Path | None,
) -> None:
    """Measure the model against the labelled pages in DIR.

    Reads no configuration file, so that the figures depend on the command line alone. Exits with 0 when pages were
    measured, 2 on errors, 3 if no page could be judged.
    """
    from spamguard.guard import Guard
    from spamguard.training import tables
    from spamguard.training.evaluate import evaluate as measure
    from spamguard.training.pagefacts import INTERNAL_ERROR
    from spamguard.training.plots import write_plots

    guard = Guard(_settings.make_settings(model, max_bytes))
    evaluation = measure(labels, folder, guard, jobs=jobs, guesses=plots is not None)
    if plots is not None:
        for path in write_plots(evaluation, plots):
            say(f"wrote {path}")
    render = tables.render_json if format_name == "json" else tables.render_text
    with open_output(None) as out:
        out.text(render(evaluation))
    broken = [page for page in evaluation.skipped if (page.skipped or "").startswith(INTERNAL_ERROR)]
    for page in broken:
        say(f"error: {page.file}: {page.skipped}")
    if broken:
        context.exit(exitcodes.ERROR)
    context.exit(exitcodes.CLEAN if evaluation.judged else exitcodes.UNJUDGED)
