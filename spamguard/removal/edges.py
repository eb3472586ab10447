"""What stands at the edges of head and body, which a page has once and cannot show by others.

A page of one long line has nothing there, one whose tags stand on lines of their own has a line end, one with empty
lines has more: how the page is written just inside the edge tells which sort it is.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.findings import Span

    Row = tuple[float, float, float, float, float]

LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_CLOSERS: Final = frozenset({b"/body", b"/head"})
_PARTED: Final = re.compile(rb"<[^<>]*>\s")
_GAP: Final = re.compile(rb">(\s{0,400})(?=<)")
_REACH: Final = 6_000
_NEIGHBOURS: Final = 12
_TELLING: Final = 6
"""Of a page with fewer gaps than these nobody can say how it is written."""
_EMPTY_LINES: Final = 0.2
_FEW: Final = 0.25
_MANY: Final = 0.6
_ROWS: Final[dict[tuple[str, bool], tuple[Row, Row, Row, Row]]] = {
    ("head", True): (
        (0.72, 0.18, 0.08, 0.01, 0.01),
        (0.27, 0.01, 0.65, 0.04, 0.03),
        (0.04, 0.01, 0.83, 0.09, 0.03),
        (0.04, 0.01, 0.70, 0.18, 0.07),
    ),
    ("body", True): (
        (0.54, 0.20, 0.19, 0.05, 0.02),
        (0.09, 0.02, 0.60, 0.22, 0.07),
        (0.05, 0.01, 0.66, 0.19, 0.09),
        (0.08, 0.01, 0.43, 0.26, 0.22),
    ),
    ("/head", True): (
        (0.36, 0.37, 0.16, 0.03, 0.08),
        (0.18, 0.04, 0.59, 0.08, 0.11),
        (0.10, 0.02, 0.63, 0.15, 0.10),
        (0.12, 0.01, 0.41, 0.25, 0.21),
    ),
    ("/head", False): (
        (0.80, 0.12, 0.04, 0.03, 0.01),
        (0.66, 0.01, 0.25, 0.07, 0.01),
        (0.62, 0.06, 0.25, 0.06, 0.01),
        (0.52, 0.01, 0.27, 0.07, 0.13),
    ),
    ("/body", True): (
        (0.16, 0.33, 0.31, 0.06, 0.14),
        (0.11, 0.03, 0.58, 0.18, 0.10),
        (0.08, 0.01, 0.63, 0.14, 0.14),
        (0.07, 0.01, 0.34, 0.31, 0.27),
    ),
    ("/body", False): (
        (0.71, 0.15, 0.09, 0.01, 0.04),
        (0.28, 0.02, 0.23, 0.05, 0.42),
        (0.08, 0.01, 0.29, 0.25, 0.37),
        (0.33, 0.01, 0.09, 0.11, 0.46),
    ),
    ("/html", True): ((0.18, 0.03, 0.43, 0.29, 0.07),) * 4,
}
"""How often nothing stands at an edge, blanks, one line end, two, more. The flag is whether a blank or a line end parts
the edge from the tag that follows it. The four rows are for pages that have few line ends between the twelve tags
inside the edge, some, many, and empty lines (1,150 templates). What follows ``</html>`` was not counted by sorts."""


def edge_row(raw: bytes, before: bytes, after: bytes, gap: Span, is_cut: Callable[[int, int], bool]) -> Row | None:
    """How usual gaps are between these two tags, by their lines; None when that is no edge.

    ``is_cut`` tells whether a gap of this place and length goes with a block, and so tells nothing.
    """
    if after in _CLOSERS:
        rows = _ROWS[after.decode(), _PARTED.match(raw, gap.end) is not None]
        return rows[_sort(_gaps_before(raw, gap.start, is_cut))]
    found = _ROWS.get((before.decode("latin-1"), True))
    if found is None:
        return None
    inside = _gaps_before(raw, gap.start, is_cut) if before.startswith(b"/") else _gaps_behind(raw, gap.end, is_cut)
    return found[_sort(inside)]


def _gaps_before(raw: bytes, place: int, is_cut: Callable[[int, int], bool]) -> list[bytes]:
    found = [match for match in _GAP.finditer(raw, max(0, place - _REACH), place) if match.end() < place]
    return [match[1] for match in found[-_NEIGHBOURS:] if not is_cut(match.start(1), len(match[1]))]


def _gaps_behind(raw: bytes, place: int, is_cut: Callable[[int, int], bool]) -> list[bytes]:
    found = islice(_GAP.finditer(raw, place, place + _REACH), _NEIGHBOURS)
    return [match[1] for match in found if not is_cut(match.start(1), len(match[1]))]


def _sort(gaps: list[bytes]) -> int:
    """Which row is for a page that has these gaps inside its edge."""
    if len(gaps) < _TELLING:
        return 1
    lines = [len(LINE_END.findall(gap)) for gap in gaps]
    if sum(count > 1 for count in lines) > _EMPTY_LINES * len(gaps):
        return 3
    ending = sum(count > 0 for count in lines) / len(gaps)
    return 0 if ending < _FEW else 1 if ending < _MANY else 2
