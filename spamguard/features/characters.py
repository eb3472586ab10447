"""The characters of a page as arrays: what all feature families are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spamguard.page.tokens import AWAY, END, FOREIGN, HIDDEN, LINK, UNLINK
from spamguard.text import classes
from spamguard.text.fold import DROP, SPACE, codes_of, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BREAK = 0
_MARKS = 8
_OPENED, _OPENED_FOREIGN, _CLOSED = ord(LINK), ord(FOREIGN), ord(UNLINK)
_HIDES, _AWAY, _ENDED = ord(HIDDEN), ord(AWAY), ord(END)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a page say of its segments, each of shape ``(n_segments,)``.

    ``links`` and ``foreign`` count anchors, and anchors with an absolute target; ``hidden`` and ``away`` count
    elements that hide themselves; ``after_end`` is 1 behind the end of the page.
    """

    links: NDArray[np.float32]
    foreign: NDArray[np.float32]
    hidden: NDArray[np.float32]
    away: NDArray[np.float32]
    after_end: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Characters:
    """Folded characters of a page: no marks but the segment ends (0), no repeated white space.

    ``starts`` and ``ends`` delimit each segment in ``codes`` (the mark is at ``ends``). ``histogram`` counts the
    character classes, shape ``(n_segments, classes.COUNT)``; ``linked`` counts characters inside anchors.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    histogram: NDArray[np.float32]
    linked: NDArray[np.float32]
    marks: Marks


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded characters of a text alone: enough to weigh its words, before anything is counted.

    ``codes`` and ``ends`` are those of :class:`Characters`; ``raw`` and ``keep`` say which characters of the text
    they came from.
    """

    codes: NDArray[np.uint32]
    ends: NDArray[np.int64]
    raw: NDArray[np.uint32]
    keep: NDArray[np.bool_]


def folded(text: str, folds: NDArray[np.uint32]) -> Folded:
    """Fold a text of segments, each ended by a mark."""
    raw = codes_of(text)
    codes = fold(raw, folds)
    codes[(raw < _MARKS) & (raw != _BREAK)] = DROP
    space = codes == SPACE
    keep = codes != DROP
    keep[1:] &= ~(space[1:] & space[:-1])
    codes = codes[keep]
    return Folded(codes, np.flatnonzero(codes == _BREAK), raw, keep)


def characters(text: Folded, table: NDArray[np.uint8]) -> Characters:
    """Count the characters of folded segments. ``table`` is :func:`spamguard.text.classes.class_table`."""
    codes, ends, raw = text.codes, text.ends, text.raw
    size = len(ends)
    marked = np.flatnonzero(raw < _MARKS)
    mark_kinds = raw[marked]
    inside_link = _inside_links(len(raw), marked, mark_kinds)[text.keep]
    starts = np.concatenate(([0], ends[:-1] + 1)) if size else ends
    kinds = table[np.minimum(codes, len(table) - 1)]
    owner = np.repeat(np.arange(size, dtype=np.int64), ends + 1 - starts)
    histogram = np.bincount(owner * classes.COUNT + kinds, minlength=size * classes.COUNT).astype(np.float32)
    linked = np.bincount(owner[inside_link], minlength=size).astype(np.float32)
    grid = histogram.reshape(size, classes.COUNT)
    grid[:, classes.OTHER] -= 1  # the mark itself
    return Characters(codes, starts, ends, grid, linked, marks_of(text))


def marks_of(text: Folded) -> Marks:
    """Read the marks of a text alone."""
    size = len(text.ends)
    marked = text.raw[text.raw < _MARKS]
    broken = marked == _BREAK
    segment = np.minimum(np.cumsum(broken) - broken, size - 1)

    def count(*kinds: int) -> NDArray[np.float32]:
        chosen = segment[np.isin(marked, kinds)] if len(kinds) > 1 else segment[marked == kinds[0]]
        return np.bincount(chosen, minlength=size).astype(np.float32)

    ended = count(_ENDED)
    after = (np.cumsum(ended) - ended > 0) | (ended > 0)
    foreign = count(_OPENED_FOREIGN)
    return Marks(count(_OPENED) + foreign, foreign, count(_HIDES), count(_AWAY), after.astype(np.float32))


def _inside_links(size: int, marked: NDArray[np.int64], kinds: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters stand between an opening and the next closing anchor; anchors do not nest."""
    switches = (kinds == _OPENED) | (kinds == _OPENED_FOREIGN) | (kinds == _CLOSED)
    places = marked[switches]
    open_after = kinds[switches] != _CLOSED
    lengths = np.diff(np.concatenate(([0], places, [size])))
    return np.repeat(np.concatenate(([False], open_after)), lengths)
