"""A picture as SVG text: a card with its own background, so that it can be read on a white page and on a dark one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from spamguard.report.sanitize import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

# From the palette of Okabe and Ito, which people with any kind of colour vision can tell apart.
BLUE: Final = "#0072b2"
SKY: Final = "#56b4e9"
ORANGE: Final = "#d55e00"
INK: Final = "#1f2328"
FAINT: Final = "#59636e"
GRID: Final = "#d1d9e0"
_PAPER: Final = "#ffffff"
SMALL: Final = 12


@dataclass(slots=True)
class Picture:
    """Elements in the order in which they are painted. Lengths are pixels, from the upper left corner.

    ``name`` makes the ids unique where several pictures stand in one document.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    _parts: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, *, size: int = SMALL, anchor: str = "start", colour: str = INK,
        bold: bool = False, turned: bool = False,
    ) -> None:  # fmt: skip
        """Write a line of text with its base line at ``y``; ``turned`` reads upwards."""
        weight = ' font-weight="600"' if bold else ""
        turn = f' transform="rotate(-90 {_number(x)} {_number(y)})"' if turned else ""
        self._parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight}{turn}>{_safe(text)}</text>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = GRID, width: float = 1,
             dashed: bool = False) -> None:  # fmt: skip
        """Draw a straight line."""
        dashes = ' stroke-dasharray="4 4"' if dashed else ""
        ends = "".join(f' {key}="{_number(value)}"' for key, value in (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)))
        self._parts.append(f'<line{ends} stroke="{colour}" stroke-width="{_number(width)}"{dashes}/>')

    def path(self, points: Iterable[tuple[float, float]], *, colour: str = BLUE, width: float = 2) -> None:
        """Draw a line through points; those that fall on the one before are left out."""
        joined = " ".join(place for place, _ in groupby(f"{_number(x)},{_number(y)}" for x, y in points))
        self._parts.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="{_number(width)}" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def box(self, x: float, y: float, width: float, height: float, *, colour: str = BLUE) -> None:
        """Fill a rectangle."""
        sizes = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
        self._parts.append(f'<rect {sizes} fill="{colour}"/>')

    def dot(self, x: float, y: float, *, colour: str = ORANGE, radius: float = 4.5) -> None:
        """Draw a filled circle with a light rim, so that it stands out from the lines under it."""
        self._parts.append(
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" fill="{colour}" stroke="{_PAPER}"/>'
        )

    def render(self) -> str:
        """The whole file; the same picture always gives the same text."""
        size = f'width="{_number(self.width)}" height="{_number(self.height)}"'
        told = f"{self.name}-title {self.name}-desc"
        view = f"0 0 {_number(self.width)} {_number(self.height)}"
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}" role="img" aria-labelledby="{told}">',
            f'<title id="{self.name}-title">{_safe(self.title)}</title>',
            f'<desc id="{self.name}-desc">{_safe(self.description)}</desc>',
            f'<rect {size} rx="6" fill="{_PAPER}"/>',
            '<g font-family="sans-serif">',
            *self._parts,
            "</g>",
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    """Names come from a labels file: no markup, and no character that XML forbids or that turns the writing around."""
    return escape(escaped(text))


def _number(value: float) -> str:
    """At most one digit after the point, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
