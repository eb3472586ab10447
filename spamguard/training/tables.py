"""An evaluation as tables for people, 100 columns wide at most, and as data for programs."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Final

from spamguard import __version__
from spamguard.report.sanitize import cut, escaped, well_formed
from spamguard.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spamguard.training.evaluate import Evaluation, Figures
    from spamguard.training.figures import Figure

SCHEMA: Final = "spamguard-evaluation/1"
_WIDTH: Final = 100
_SHOWN: Final = 10
_NOTHING: Final = "-"
_ROWS: Final = (
    ("clean pages flagged", "false_positive_rate"),
    ("clean pages flagged as safe to cut", "safe_false_positive_rate"),
    ("infected pages found (page recall)", "page_recall"),
    ("labelled text bytes found", "byte_recall"),
    ("collateral, per million clean bytes", "collateral"),
    ("pages with any collateral", "collateral_pages"),
    ("pages restored exactly", "exact_restore"),
    ("findings that touch no label", "false_discovery_rate"),
)
_COLUMNS: Final = (
    ("clean", "flagged %", "false_positive_rate"),
    ("infected", "found %", "page_recall"),
    (None, "bytes %", "byte_recall"),
    (None, "collateral", "collateral"),
    (None, "restored %", "exact_restore"),
)
_CLEAN_COLUMNS: Final = (
    ("clean", "flagged %", "false_positive_rate"),
    (None, "safe to cut %", "safe_false_positive_rate"),
    (None, "collateral", "collateral"),
)


def render_json(evaluation: Evaluation) -> str:
    """The evaluation as one JSON object, ASCII only, keys in a fixed order."""
    data = {
        "schema": SCHEMA,
        "version": __version__,
        "judged": evaluation.judged,
        "overall": _as_data(evaluation.overall),
        **{
            dimension: {well_formed(name): _as_data(figures) for name, figures in groups.items()}
            for dimension, groups in evaluation.groups.items()
        },
        "verdicts": {
            "clean": dict(sorted(evaluation.verdicts_clean.items())),
            "infected": dict(sorted(evaluation.verdicts_infected.items())),
        },
        "skipped": [
            {"file": page.file, "infected": page.infected, "reason": page.skipped} for page in evaluation.skipped
        ],
        "mistakes": {name: list(files) for name, _, files in _mistakes(evaluation)},
        "warnings": list(evaluation.warnings),
    }
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def _as_data(figures: Figures) -> dict[str, Any]:
    return dataclasses.asdict(figures)


def render_text(evaluation: Evaluation) -> str:
    """The evaluation as tables; every figure stands with its 95 % interval."""
    lines = [
        f"{counted(evaluation.judged, 'page')} judged: {_verdicts(evaluation)}",
        "",
        *_overall(evaluation.overall),
    ]
    for dimension, groups in evaluation.groups.items():
        lines += _tables(dimension, groups)
    for _, title, files in _mistakes(evaluation):
        lines += _listed(title, files)
    lines += _listed("skipped", [f"{page.file}: {page.skipped}" for page in evaluation.skipped])
    lines += _listed("warnings", evaluation.warnings)
    lines += [
        "",
        "Brackets hold 95 % intervals: Wilson for shares of pages and findings, bootstrap over pages for",
        "bytes of text (no width when all pages agree, none from a single page). Collateral is per million.",
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _verdicts(evaluation: Evaluation) -> str:
    parts = []
    for name, counts in (("clean", evaluation.verdicts_clean), ("infected", evaluation.verdicts_infected)):
        told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
        if told:
            parts.append(f"{name} ones as {told}")
    return "; ".join(parts) or "none"


def _mistakes(evaluation: Evaluation) -> tuple[tuple[str, str, Sequence[str]], ...]:
    return (
        ("accused", "clean pages flagged", evaluation.accused),
        ("missed", "infected pages missed", evaluation.missed),
        ("damaged", "pages with collateral", evaluation.damaged),
        ("not_restored", "pages not restored", evaluation.not_restored),
    )


def _overall(figures: Figures) -> Iterator[str]:
    for title, name in _ROWS:
        figure: Figure = getattr(figures, name)
        per_cent = name != "collateral"
        value = _NOTHING if figure.value is None else _long(figure.value, per_cent)
        sign = " %" if per_cent and figure.value is not None else ""
        interval = _interval(figure, per_cent, _long)
        yield f"{title:<37}{value:>9}{sign:<2} {interval:<22}{figure.count:>11,} of {figure.of:,}"


def _tables(dimension: str, groups: Mapping[str, Figures]) -> Iterator[str]:
    """Groups that have infected pages first; those of clean pages only make a narrower table of their own."""
    infected = {name: figures for name, figures in groups.items() if figures.page_recall.of}
    clean = {name: figures for name, figures in groups.items() if not figures.page_recall.of}
    for part, columns in ((infected, _COLUMNS), (clean, _CLEAN_COLUMNS)):
        if part:
            yield ""
            yield from _table(dimension, part, columns)


def _table(
    dimension: str, groups: Mapping[str, Figures], wanted: Sequence[tuple[str | None, str, str]]
) -> Iterator[str]:
    """One line a group; a column without any figure is left out."""
    names = [dimension, *(escaped(name) for name in groups)]
    columns = []
    for total, title, field in wanted:
        figures: list[Figure] = [getattr(group, field) for group in groups.values()]
        if all(figure.value is None for figure in figures):
            continue
        if total is not None:
            columns.append([total, *(f"{figure.of:,}" for figure in figures)])
        columns.append([title, *(_cell(figure, per_cent=field != "collateral") for figure in figures)])
    widths = [max(map(len, column)) for column in columns]
    room = max(_WIDTH - sum(widths) - 2 * len(widths), len(dimension))
    names = [cut(name, room) for name in names]
    first = max(map(len, names))
    for name, *cells in zip(names, *columns, strict=True):
        yield "  ".join([f"{name:<{first}}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))])


def _cell(figure: Figure, *, per_cent: bool) -> str:
    """A figure in few signs: whole numbers but for small shares, thousands as ``k``; JSON has every digit."""
    if figure.value is None:
        return _NOTHING
    return f"{_short(figure.value, per_cent)} {_interval(figure, per_cent, _short)}".rstrip()


def _interval(figure: Figure, per_cent: bool, write: Callable[[float, bool], str]) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"[{write(figure.low, per_cent)}-{write(figure.high, per_cent)}]"


def _short(value: float, per_cent: bool) -> str:
    if per_cent:
        return f"{value * 100:.1f}" if value < 0.0995 else f"{value * 100:.0f}"
    return f"{value / 1000:.0f}k" if value >= 10_000 else f"{value:.0f}"


def _long(value: float, per_cent: bool) -> str:
    return f"{value * 100:.2f}" if per_cent else f"{value:.1f}"


def _listed(title: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    lines = ["", f"{title} ({len(entries):,}):"]
    lines += [f"  {cut(escaped(entry), _WIDTH - 2)}" for entry in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append(f"  and {len(entries) - _SHOWN:,} more (all of them: --format json)")
    return lines
