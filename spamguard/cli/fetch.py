"""``spamguard fetch``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spamguard.cli import _options, _settings
from spamguard.cli._console import Progress, open_output, say, style_for
from spamguard.cli._pages import PAGE_FORMATS
from spamguard.errors import UsageError
from spamguard.report.tally import Tally
from spamguard.report.text import counted
from spamguard.run.exitcodes import ExitState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.fetch.state import State
    from spamguard.fetch.verdict import PageReport
    from spamguard.fetch.walk import Walk
    from spamguard.guard import Settings

_CRAWLERS = ("googlebot", "bingbot", "baiduspider", "yandexbot")
_NEEDED = ("httpx", "httpcore")


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1)
@click.option("--sitemap", metavar="URL", help="Look at the pages that this sitemap lists.")
@click.option(
    "--state",
    "state_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Note here which pages of the sitemap are judged, and go on behind them.",
)
@click.option(
    "--max-pages",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Pages of the sitemap to look at in one run.",
)
@click.option(
    "--crawler",
    "crawlers",
    type=click.Choice(_CRAWLERS),
    multiple=True,
    help="Ask as this crawler, not as all four. Repeatable.",
)
@click.option(
    "--delay",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Wait between two visits to a host.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="Give one visit this long, redirects and all.",
)
@click.option("--allow-private", is_flag=True, help="Also ask hosts that are not on the open internet.")
@_options.format_option
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE.")
@_options.exit_zero_option
@_options.model_options
@_options.config_option
@_options.quiet_option
@_options.color_option
@click.pass_context
def fetch(
    context: click.Context,
    urls: Sequence[str],
    sitemap: str | None,
    state_file: Path | None,
    max_pages: int,
    crawlers: Sequence[str],
    delay: float,
    timeout: float,
    allow_private: bool,
    format_name: str,
    output: Path | None,
    exit_zero: bool,
    max_bytes: int | None,
    model: Path | None,
    config_file: Path | None,  # noqa: ARG001 - its callback has done the work
    quiet: bool,
    color: str,
) -> None:
    """Ask for pages of YOUR OWN site as a browser, as crawlers and as visitors from a search; tell what only some get.

    Needs the extra spamguard[fetch]. robots.txt is honoured, under the name spamguard.

    Exits as scan does: 0 nothing, 1 spam or cloaking, 2 an error, 3 something could not be judged.
    """
    _require_libraries()
    from spamguard.fetch.addresses import checked
    from spamguard.fetch.state import open_state

    if bool(urls) == (sitemap is not None):
        raise UsageError("name pages, or a sitemap with --sitemap")
    if state_file is not None and sitemap is None:
        raise UsageError("--state is for a --sitemap")
    for url in [*urls, *([sitemap] if sitemap is not None else [])]:
        checked(url)
    state, tally = ExitState(), Tally()
    walk = _walk(state, _settings.make_settings(model, max_bytes), crawlers, delay, timeout, private=allow_private)
    with open_state(state_file, sitemap or "") as done, open_output(output) as out:
        _take_over(done, state, quiet=quiet)
        reporter = PAGE_FORMATS[format_name](style_for(out, color, quiet=quiet))
        for page in Progress(quiet, "page").watch(_pages(walk, urls, sitemap, done, max_pages)):
            state.add(page.report)
            tally.add(page.report)
            out.text(reporter.page(page))
        out.text(reporter.end(tally))
    if walk.stopped is not None:
        say(walk.stopped)
    context.exit(state.code(exit_zero=exit_zero))


def _pages(walk: Walk, urls: Sequence[str], sitemap: str | None, done: State, most: int) -> Iterator[PageReport]:
    return walk.pages(urls) if sitemap is None else walk.sitemap(sitemap, done, most)


def _walk(
    state: ExitState, settings: Settings, crawlers: Sequence[str], delay: float, seconds: float, *, private: bool
) -> Walk:
    from spamguard.fetch.addresses import is_public
    from spamguard.fetch.client import Client, Limits
    from spamguard.fetch.pace import Pace
    from spamguard.fetch.visitors import CRAWLERS, SEARCHES
    from spamguard.fetch.walk import Walk
    from spamguard.guard import Guard

    def failed(url: str, error: Exception) -> None:
        state.error = True
        say(f"error: internal error at {url}: {type(error).__name__}: {error}")

    client = Client(
        Limits(settings.max_bytes, seconds), Pace(delay), permits=(lambda _: True) if private else is_public
    )
    visitors = [*(CRAWLERS[name] for name in dict.fromkeys(crawlers or _CRAWLERS)), *SEARCHES]
    return Walk(client, Guard(settings), visitors, failed)


def _take_over(done: State, state: ExitState, *, quiet: bool) -> None:
    """Count what earlier runs of the same walk have found: its end is the end of all of them."""
    if not done.done:
        return
    found = sum(verdict in {"infected", "spam"} for verdict in done.done.values())
    state.seen += len(done.done)
    state.findings |= found > 0
    if not quiet:
        say(f"{counted(len(done.done), 'page')} judged before, {found:,} of them with findings")


def _require_libraries() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"fetching needs {' and '.join(missing)}: pip install 'spamguard[fetch]'")
