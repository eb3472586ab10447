"""The characters of a page as arrays: what all feature families are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spamguard.page.tokens import FOREIGN, LINK, UNLINK
from spamguard.text import classes
from spamguard.text.fold import DROP, SPACE, codes_of, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.page.segments import Page

_BREAK = 0
_OPENED, _OPENED_FOREIGN, _CLOSED = ord(LINK), ord(FOREIGN), ord(UNLINK)


@dataclass(frozen=True, slots=True)
class Characters:
    """Folded characters of a page: no marks but the segment ends (0), no repeated white space.

    ``starts`` and ``ends`` delimit each segment in ``codes`` (the mark is at ``ends``). ``histogram`` counts the
    character classes, shape ``(n_segments, classes.COUNT)``; ``linked``, ``links`` and ``foreign`` count characters
    inside anchors, anchors, and anchors with an absolute target.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    histogram: NDArray[np.float32]
    linked: NDArray[np.float32]
    links: NDArray[np.float32]
    foreign: NDArray[np.float32]


def characters_of(page: Page, folds: NDArray[np.uint32], table: NDArray[np.uint8]) -> Characters:
    """Fold and count the text of a page. ``table`` is :func:`spamguard.text.classes.class_table`."""
    return characters(page.text, len(page), folds, table)


def characters(text: str, size: int, folds: NDArray[np.uint32], table: NDArray[np.uint8]) -> Characters:
    """The same for a text of ``size`` segments, each ended by a mark."""
    raw = codes_of(text)
    marks = raw < 8
    marked = np.flatnonzero(marks)
    mark_kinds = raw[marked]
    segment_of_mark = np.cumsum(mark_kinds == _BREAK) - (mark_kinds == _BREAK)
    links = np.bincount(
        segment_of_mark[(mark_kinds == _OPENED) | (mark_kinds == _OPENED_FOREIGN)], minlength=size
    ).astype(np.float32)[:size]
    foreign = np.bincount(segment_of_mark[mark_kinds == _OPENED_FOREIGN], minlength=size).astype(np.float32)[:size]

    codes = fold(raw, folds)
    codes[marked[mark_kinds != _BREAK]] = DROP
    space = codes == SPACE
    keep = codes != DROP
    keep[1:] &= ~(space[1:] & space[:-1])
    inside_link = _inside_links(len(raw), marked, mark_kinds)[keep]
    codes = codes[keep]

    ends = np.flatnonzero(codes == _BREAK)
    starts = np.concatenate(([0], ends[:-1] + 1)) if size else ends
    kinds = table[np.minimum(codes, len(table) - 1)]
    owner = np.repeat(np.arange(size, dtype=np.int64), ends + 1 - starts)
    histogram = np.bincount(owner * classes.COUNT + kinds, minlength=size * classes.COUNT).astype(np.float32)
    linked = np.bincount(owner[inside_link], minlength=size).astype(np.float32)
    grid = histogram.reshape(size, classes.COUNT)
    grid[:, classes.OTHER] -= 1  # the mark itself
    return Characters(codes, starts, ends, grid, linked, links, foreign)


def _inside_links(size: int, marked: NDArray[np.int64], kinds: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters stand between an opening and the next closing anchor; anchors do not nest."""
    switches = (kinds == _OPENED) | (kinds == _OPENED_FOREIGN) | (kinds == _CLOSED)
    places = marked[switches]
    open_after = kinds[switches] != _CLOSED
    lengths = np.diff(np.concatenate(([0], places, [size])))
    return np.repeat(np.concatenate(([False], open_after)), lengths)
