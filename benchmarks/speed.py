"""Time one scan a page against bare parsers and text extractors: one process, same pages, rounds interleaved.

Run as ``python -m benchmarks.speed``; ``benchmarks/README.md`` says how to read the table.
"""

from __future__ import annotations

import argparse
import gc
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns

from benchmarks._machine import heading, table
from benchmarks._pages import Page, PageSet, load

BASE = "selectolax"
SLOW_PAGES = 40
"""jusText and trafilatura take tens of times as long: they get this many pages, the first of the seeded order."""

Work = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Contender:
    """A program to be timed; ``make`` imports it and returns the function that handles one page."""

    label: str
    library: str
    make: Callable[[], Work]
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """Nanoseconds of one contender: a row a round, a column a page."""

    contender: Contender
    rounds: tuple[tuple[int, ...], ...]

    def per_100_kb(self, pages: Sequence[Page]) -> list[float]:
        """Milliseconds per 100,000 bytes for each round, over the first ``len(pages)`` pages."""
        size = sum(len(page.data) for page in pages)
        return [sum(row[: len(pages)]) / 1e6 / (size / 100_000) for row in self.rounds]

    def per_page(self) -> list[float]:
        """Nanoseconds of each page: the median of the rounds."""
        return [statistics.median(column) for column in zip(*self.rounds, strict=True)]


def _spamguard() -> Work:
    from spamguard.guard import Guard

    guard = Guard()
    return lambda data: guard.scan(data)


def _selectolax() -> Work:
    from selectolax.lexbor import LexborHTMLParser

    return lambda data: LexborHTMLParser(data)


def _turbohtml() -> Work:
    import turbohtml

    return lambda data: turbohtml.parse(data)


def _resiliparse() -> Work:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda data: extract_plain_text(data.decode("utf-8", "replace"))


def _justext() -> Work:
    import justext

    words = justext.get_stoplist("English")
    return lambda data: justext.justext(data, words)


def _trafilatura() -> Work:
    import trafilatura

    return lambda data: trafilatura.extract(data)


CONTENDERS = (
    Contender("spamguard scan", "spamguard", _spamguard),
    Contender("selectolax parse (lexbor)", "selectolax", _selectolax),
    Contender("turbohtml parse", "turbohtml", _turbohtml),
    Contender("resiliparse plain text", "resiliparse", _resiliparse),
    Contender("jusText", "justext", _justext, slow=True),
    Contender("trafilatura extract", "trafilatura", _trafilatura, slow=True),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    works, missing = _ready()
    page_set, refused = _accepted(load(options.pages, seed=options.seed, limit=options.limit), works)
    timings = measure(works, page_set.pages, rounds=options.rounds)

    print(heading("Speed", [one.library for one, _ in works]))
    print(f"pages:     {len(page_set.pages)} pages, {page_set.size() / 1e6:.1f} MB; {page_set.origin}")
    print(f"run:       {options.rounds} rounds in one process, interleaved, after one warm-up; seed {options.seed}")
    slow = ", ".join(one.label for one, _ in works if one.slow)
    if slow:
        print(f"slow set:  {slow} get the first {SLOW_PAGES} pages of the seeded order")
    for label, name in refused:
        print(f"left out:  page {name}, which {label} does not take")
    for reason in missing:
        print(f"left out:  {reason}")
    print(f"verdicts:  {_verdicts(page_set.pages, works)}")
    print()
    print(report(timings, page_set.pages))
    print(f"\nratio page by page (median and quartiles): {page_ratios(timings)}")


def measure(works: Sequence[tuple[Contender, Work]], pages: Sequence[Page], *, rounds: int) -> list[Timing]:
    """Let every contender handle all its pages once a round, A B C ... A B C ..., so that a busy minute hits all."""
    rows: dict[Contender, list[tuple[int, ...]]] = {contender: [] for contender, _ in works}
    for _ in range(rounds):
        for contender, work in works:
            gc.collect()
            rows[contender].append(tuple(_time(work, page.data) for page in _share(contender, pages)))
    return [Timing(contender, tuple(row)) for contender, row in rows.items()]


def report(timings: Sequence[Timing], pages: Sequence[Page]) -> str:
    """Lay out the table; a ratio compares medians over the very same pages."""
    base = next((timing for timing in timings if timing.contender.library == BASE), None)
    rows = []
    for timing in timings:
        share = _share(timing.contender, pages)
        cost = timing.per_100_kb(share)
        median = statistics.median(cost)
        ratio = f"{median / statistics.median(base.per_100_kb(share)):.2f}" if base else "-"
        numbers = (f"{number:.3f}" for number in (median, min(cost), max(cost)))
        page = f"{statistics.median(_page_by_page(timing, base)):.2f}" if base else "-"
        rows.append((timing.contender.label, *numbers, ratio, page, str(len(share))))
    return table(("ms per 100 KB", "median", "min", "max", f"x {BASE}", "median page", "pages"), rows)


def _page_by_page(timing: Timing, base: Timing) -> list[float]:
    """The ratio of each page by itself, over the pages that both had."""
    return [one / other for one, other in zip(timing.per_page(), base.per_page(), strict=False)]


def page_ratios(timings: Sequence[Timing]) -> str:
    """What our scan costs on a typical page: the ratio to the yardstick of each page's median, then quartiles of those.

    The table weighs pages by their bytes, and the few that take the closer look by their cost; this counts pages.
    """
    ours, base = (next((t for t in timings if t.contender.library == name), None) for name in ("spamguard", BASE))
    if ours is None or base is None:
        return "-"
    first, middle, third = statistics.quantiles(_page_by_page(ours, base), n=4)
    return f"{middle:.2f} [{first:.2f}-{third:.2f}] x {BASE}"


def _ready() -> tuple[list[tuple[Contender, Work]], list[str]]:
    """Import all contenders; whoever cannot be imported is named with the reason, never given a number."""
    works, missing = [], []
    for contender in CONTENDERS:
        try:
            works.append((contender, contender.make()))
        except ImportError as error:
            missing.append(f"{contender.label} ({str(error).splitlines()[0]})")
    return works, missing


def _share(contender: Contender, pages: Sequence[Page]) -> Sequence[Page]:
    return pages[:SLOW_PAGES] if contender.slow else pages


def _time(work: Work, data: bytes) -> int:
    start = perf_counter_ns()
    work(data)
    return perf_counter_ns() - start


def _accepted(page_set: PageSet, works: Sequence[tuple[Contender, Work]]) -> tuple[PageSet, list[tuple[str, str]]]:
    """Warm everybody up, and drop for all the pages that one of them refuses: all must do the same work."""
    refused: dict[str, str] = {}
    for contender, work in works:
        for page in _share(contender, page_set.pages):
            try:
                work(page.data)
            except Exception:
                refused[page.name] = contender.label
    pages = tuple(page for page in page_set.pages if page.name not in refused)
    return PageSet(page_set.origin, pages), [(label, name) for name, label in refused.items()]


def _verdicts(pages: Sequence[Page], works: Sequence[tuple[Contender, Work]]) -> str:
    """Count what our scan said: pages that need the closer look cost more, and the reader should know how many."""
    scan = next((work for contender, work in works if contender.library == "spamguard"), None)
    if scan is None:
        return "-"
    counts = Counter(str(getattr(scan(page.data), "verdict", "?")) for page in pages)
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--pages", type=Path, metavar="DIR", help="measure on the pages in this folder")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0, help="decides the order of the pages, and so the slow set")
    parser.add_argument("--limit", type=int, metavar="N", help="take the first N pages of the seeded order")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
