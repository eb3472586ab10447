"""Draws an evaluation: precision against recall by category, reliability, and false positives by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.report.sanitize import cut, escaped
from spamguard.report.text import counted
from spamguard.training.curves import precision_recall, reliability
from spamguard.training.svg import BLUE, FAINT, GRID, INK, SKY, Picture

if TYPE_CHECKING:
    from pathlib import Path

    from spamguard.training.curves import Bin, Curve
    from spamguard.training.evaluate import Evaluation
    from spamguard.training.figures import Figure

_MARGIN: Final = 24
_HEAD: Final = 84
_MOST_PANELS: Final = 24
_MOST_BARS: Final = 60
_COLUMNS: Final = 4
_PANEL: Final = 168
_STEP_X: Final = 216
_STEP_Y: Final = 252
_SQUARE: Final = 420
_BAR: Final = 14
_ROW: Final = 26
_SCALES: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def write_plots(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write the three files into a folder, which is made if need be. Needs an evaluation with guesses."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = (
        draw_precision_recall(precision_recall(evaluation)),
        draw_reliability(reliability(evaluation)),
        draw_false_positives(evaluation),
    )
    paths = []
    for picture in pictures:
        path = folder / f"{picture.name}.svg"
        path.write_text(picture.render(), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def draw_precision_recall(curves: list[Curve]) -> Picture:
    """One small panel a category, all with the same axes: lines that cross need not be told apart."""
    told = "; ".join(f"{curve.name}: {_curve_in_words(curve)}" for curve in curves) or "no infected page was judged"
    shown = _largest(curves)
    rows = max(-(-len(shown) // _COLUMNS), 1)
    width, height = _MARGIN * 2 + 30 + _STEP_X * _COLUMNS, _HEAD + _STEP_Y * rows + 24
    title = "Precision and recall of infected pages, by category"
    picture = Picture("precision-recall", title, f"{title}. {told}.", width, height)
    _heading(
        picture,
        "Every page counts with its surest block; precision is against all clean pages. AP: area under the line.",
    )
    picture.dot(width - _MARGIN - 216, 32)
    picture.text(width - _MARGIN, 36, "with the model's own thresholds", anchor="end", colour=FAINT)
    for number, curve in enumerate(shown):
        row, column = divmod(number, _COLUMNS)
        _panel(picture, curve, _MARGIN + 36 + column * _STEP_X, _HEAD + 34 + row * _STEP_Y)
    _left_out(picture, len(curves) - len(shown), "categories")
    return picture


def _panel(picture: Picture, curve: Curve, left: float, top: float) -> None:
    bottom = top + _PANEL
    picture.text(left, top - 22, _label(curve.name, 24), size=14, bold=True)
    known = f"AP {curve.average_precision:.2f}, {counted(curve.pages, 'page')}"
    picture.text(left, top - 7, known, colour=FAINT)
    for part in (0.0, 0.5, 1.0):
        picture.line(left, bottom - part * _PANEL, left + _PANEL, bottom - part * _PANEL)
        picture.line(left + part * _PANEL, top, left + part * _PANEL, bottom)
        picture.text(left - 6, bottom - part * _PANEL + 4, f"{part:g}", anchor="end", colour=FAINT)
        picture.text(left + part * _PANEL, bottom + 15, f"{part:g}", anchor="middle", colour=FAINT)
    picture.text(left + _PANEL / 4, bottom + 15, "recall", anchor="middle", colour=FAINT)
    picture.text(left - 10, bottom - _PANEL / 4, "precision", anchor="middle", colour=FAINT, turned=True)
    if curve.points:
        # Steps, not slopes: between two thresholds there is no model.
        places, before = [(0.0, curve.points[0][1])], 0.0
        for recall, precision in curve.points:
            places += [(before, precision), (recall, precision)]
            before = recall
        picture.path((left + recall * _PANEL, bottom - precision * _PANEL) for recall, precision in places)
    if curve.shipped is not None:
        recall, precision = curve.shipped
        picture.dot(left + recall * _PANEL, bottom - precision * _PANEL)


def _curve_in_words(curve: Curve) -> str:
    words = f"{counted(curve.pages, 'page')}, average precision {curve.average_precision:.2f}"
    if curve.shipped is None:
        return words
    recall, precision = curve.shipped
    return f"{words}, as shipped recall {_per_cent(recall)} at precision {_per_cent(precision)}"


def draw_reliability(bins: list[Bin]) -> Picture:
    """Mean confidence against the share that is right; a model that knows itself lies on the diagonal."""
    told = "; ".join(f"{one.confidence:.2f}: {_figure_in_words(one.true)}" for one in bins) or "no block was found"
    title = "Reliability of the model's confidence"
    width, height = _SQUARE + 2 * _MARGIN + 60, _SQUARE + _HEAD + 78
    picture = Picture(
        "reliability", title, f"{title}. Mean confidence and share that touches a label: {told}.", width, height
    )
    _heading(picture, "Findings and blocks that came close, in ten bins, with 95 % intervals.")
    left, top = _MARGIN + 44, _HEAD + 18
    bottom = top + _SQUARE
    for step in range(6):
        part = step / 5
        picture.line(left, bottom - part * _SQUARE, left + _SQUARE, bottom - part * _SQUARE)
        picture.line(left + part * _SQUARE, top, left + part * _SQUARE, bottom)
        picture.text(left - 8, bottom - part * _SQUARE + 4, f"{part:g}", anchor="end", colour=FAINT)
        picture.text(left + part * _SQUARE, bottom + 18, f"{part:g}", anchor="middle", colour=FAINT)
    picture.line(left, bottom, left + _SQUARE, top, colour=FAINT, dashed=True)
    picture.text(left + _SQUARE / 2, bottom + 40, "confidence", anchor="middle", size=14)
    picture.text(_MARGIN + 4, top + _SQUARE / 2, "share that touches a label", anchor="middle", size=14, turned=True)
    picture.text(left - 8, top - 8, "blocks", anchor="end", colour=FAINT)
    for one in bins:
        x = left + one.confidence * _SQUARE
        _whisker(picture, one.true, x, bottom)
        middle = left + (min(int(one.confidence * 10), 9) + 0.5) * _SQUARE / 10
        picture.text(middle, top - 8, _short(one.true.of), anchor="middle", colour=FAINT)
    return picture


def _whisker(picture: Picture, figure: Figure, x: float, bottom: float) -> None:
    if figure.value is None or figure.low is None or figure.high is None:
        return
    low, high = bottom - figure.low * _SQUARE, bottom - figure.high * _SQUARE
    picture.line(x, low, x, high, colour=BLUE, width=2)
    for y in (low, high):
        picture.line(x - 5, y, x + 5, y, colour=BLUE, width=2)
    picture.dot(x, bottom - figure.value * _SQUARE, colour=BLUE)


def draw_false_positives(evaluation: Evaluation) -> Picture:
    """A bar a language, with its interval: most languages have few clean pages, and the interval says so."""
    rates = [(name, one.false_positive_rate) for name, one in evaluation.groups["language"].items()]
    rates = [("all languages", evaluation.overall.false_positive_rate), *rates]
    known = [(name, rate) for name, rate in rates if rate.of]
    told = "; ".join(f"{name}: {_figure_in_words(rate)}" for name, rate in known) or "no clean page was judged"
    shown = sorted(known, key=lambda pair: -pair[1].of)[:_MOST_BARS]
    rows = [pair for pair in known if pair in shown]
    title = "Clean pages flagged, by language"
    width, height = 760, _HEAD + max(len(rows), 1) * _ROW + 66
    picture = Picture("false-positives", title, f"{title}. {told}.", width, height)
    _heading(picture, "Share of the clean pages of a language that have a finding, with 95 % intervals.")
    left, right, top = _MARGIN + 140, width - _MARGIN - 120, _HEAD + 4
    bottom = top + max(len(rows), 1) * _ROW
    most = max((rate.high or 0.0 for _, rate in rows), default=0.0)
    scale = next((scale for scale in _SCALES if scale >= most), 1.0)
    for step in range(6):
        x = left + (right - left) * step / 5
        picture.line(x, top, x, bottom)
        picture.text(x, bottom + 18, f"{scale * step / 5 * 100:g} %", anchor="middle", colour=FAINT)
    for number, (name, rate) in enumerate(rows):
        y = top + number * _ROW + (_ROW - _BAR) / 2
        picture.text(left - 10, y + _BAR - 3, _label(name, 18), anchor="end", bold=number == 0)
        _bar(picture, rate, y, left, (right - left) / scale)
        picture.text(right + 12, y + _BAR - 3, f"{rate.count:,} of {rate.of:,}", colour=FAINT)
    picture.line(left, top, left, bottom, colour=INK)
    _left_out(picture, len(known) - len(rows), "languages")
    return picture


def _bar(picture: Picture, rate: Figure, y: float, left: float, per_unit: float) -> None:
    if rate.value is None or rate.low is None or rate.high is None:
        return
    middle = y + _BAR / 2
    picture.box(left, y, rate.value * per_unit, _BAR, colour=SKY)
    low, high = left + rate.low * per_unit, left + rate.high * per_unit
    picture.line(low, middle, high, middle, colour=INK, width=1.5)
    for x in (low, high):
        picture.line(x, middle - 4, x, middle + 4, colour=INK, width=1.5)


def _heading(picture: Picture, below: str) -> None:
    picture.text(_MARGIN, 36, picture.title, size=18, bold=True)
    picture.text(_MARGIN, 58, below, size=13, colour=FAINT)
    picture.line(_MARGIN, 70, picture.width - _MARGIN, 70, colour=GRID)


def _left_out(picture: Picture, count: int, what: str) -> None:
    if count:
        told = f"and {count:,} more {what} with fewer pages"
        picture.text(picture.width - _MARGIN, picture.height - 10, told, anchor="end", colour=FAINT)


def _largest(curves: list[Curve]) -> list[Curve]:
    kept = sorted(curves, key=lambda curve: -curve.pages)[:_MOST_PANELS]
    return [curve for curve in curves if curve in kept]


def _label(name: str, width: int) -> str:
    return cut(escaped(name), width)


def _figure_in_words(figure: Figure) -> str:
    low, high = figure.low or 0.0, figure.high or 0.0
    return f"{figure.count:,} of {figure.of:,} [{_per_cent(low)} to {_per_cent(high)}]"


def _per_cent(value: float) -> str:
    return f"{value * 100:.1f} %"


def _short(count: int) -> str:
    return f"{count / 1000:.0f}k" if count >= 10_000 else f"{count:,}"
