"""The characters of a page as arrays: what all feature families are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from spamguard import kernels
from spamguard.page.tokens import AWAY, END, FOREIGN, HIDDEN, LINK, UNLINK, VEILED
from spamguard.text import classes
from spamguard.text.fold import DROP, SPACE, codes_of, fold
from spamguard.text.undone import (
    LOOK_ALIKES,
    OVERRIDE,
    forwards,
    left_out,
    letters_for_digits,
    one_alphabet,
    without_rules,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BREAK = 0
MARKS: Final = 9
"""Characters below are marks of the page, not its text."""
_STYLED: Final = ((0x1D400, 0x1D800), (0xFF10, 0xFF5B), (0x2460, 0x2500), (0x1F130, 0x1F18A))
"""Mathematical, full-width, circled and squared letters and digits."""
_SAMPLED = 4_096
"""Characters that tell which scripts a page is written in."""
_OPENED, _OPENED_FOREIGN, _CLOSED = ord(LINK), ord(FOREIGN), ord(UNLINK)
_HIDES, _AWAY, _VEILED, _ENDED = ord(HIDDEN), ord(AWAY), ord(VEILED), ord(END)


class Marks(NamedTuple):
    """What the marks of a page say of its segments, each of shape ``(n_segments,)``.

    ``links`` and ``foreign`` count anchors, and anchors with an absolute target; ``linked`` is the share of the
    segment that stands inside anchors; ``hidden`` and ``away`` count elements that hide themselves, ``veiled`` those
    that may; ``after_end`` is 1 behind the end of the page; ``costumes`` counts styled letters, invisible characters,
    and gaps between letters that stand apart.
    """

    links: NDArray[np.int64]
    foreign: NDArray[np.int64]
    linked: NDArray[np.float64]
    hidden: NDArray[np.int64]
    away: NDArray[np.int64]
    veiled: NDArray[np.int64]
    after_end: NDArray[np.bool_]
    costumes: NDArray[np.int64]


class Folded(NamedTuple):
    """The folded characters of a page: no marks but the segment ends (0), no repeated white space.

    ``starts`` and ``ends`` delimit each segment in ``codes`` (its mark is at ``ends``); ``kinds`` are the classes of
    ``codes`` (:mod:`spamguard.text.classes`). ``raw`` are the characters before folding, marks and all; ``dropped``
    tells which of them are not read: marks, what nobody sees, and what :mod:`spamguard.text.undone` leaves out.
    """

    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    raw: NDArray[np.uint32]
    dropped: NDArray[np.bool_]

    def lengths(self) -> NDArray[np.int64]:
        """Characters of each segment."""
        return self.ends - self.starts


class Counted(NamedTuple):
    """The characters of the chosen segments one by one, and how often each class of them stands there.

    ``places`` says where in the page each stands, ``owner`` which of the chosen segments it belongs to. ``histogram``
    has shape ``(n_chosen, classes.COUNT)``; ``page`` is that of a sample of the whole page, ``(classes.COUNT,)``.
    """

    places: NDArray[np.int64]
    owner: NDArray[np.intp]
    histogram: NDArray[np.float32]
    page: NDArray[np.int64]


def folded(text: str, folds: NDArray[np.uint32]) -> Folded:
    """Fold a text of segments, each ended by a mark."""
    raw = codes_of(text)
    forward = forwards(raw) if OVERRIDE in text else raw
    if kernels.letters is not None:
        codes, kinds, dropped, keep, disguised = kernels.letters.folded(forward, folds, classes.class_table())
    else:
        codes = fold(forward, folds)
        without_rules(codes)
        dropped = codes == DROP
        keep = ~dropped
        space = codes == SPACE
        keep[1:] &= ~(space[1:] & space[:-1])
        codes, disguised = codes[keep], True
        kinds = classes.class_table().take(codes, mode="clip")
    if disguised:
        codes, kinds = undone(codes, kinds, keep, dropped)
    ends = np.flatnonzero(codes == _BREAK)
    starts = np.zeros_like(ends)
    np.add(ends[:-1], 1, out=starts[1:])
    return Folded(codes, kinds, starts, ends, raw, dropped)


def undone(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], keep: NDArray[np.bool_], dropped: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Codes and classes with disguises undone; what is left out for that is ``dropped`` as well."""
    if kernels.letters is not None:
        read: tuple[NDArray[np.uint32], NDArray[np.uint8]] = kernels.letters.undone(
            *(codes, kinds, keep.view(np.uint8), dropped.view(np.uint8)), LOOK_ALIKES
        )
        return read
    one_alphabet(codes, kinds)
    letters_for_digits(codes, kinds)
    unread = left_out(codes, kinds)
    if unread is None:
        return codes, kinds
    dropped[np.flatnonzero(keep)[unread]] = True
    return codes[~unread], kinds[~unread]


def counted(text: Folded, rows: NDArray[np.intp]) -> Counted:
    """Count the characters of the segments ``rows``."""
    lengths = text.lengths()[rows]
    owner = np.repeat(np.arange(len(rows)), lengths)
    before = np.cumsum(lengths) - lengths
    places = np.arange(len(owner)) + np.repeat(text.starts[rows] - before, lengths)
    cells = owner * classes.COUNT
    cells += text.kinds[places]
    histogram = np.bincount(cells, minlength=len(rows) * classes.COUNT).astype(np.float32)
    step = len(text.codes) // _SAMPLED + 1
    page = np.bincount(text.kinds[::step], minlength=classes.COUNT)
    return Counted(places, owner, histogram.reshape(len(rows), classes.COUNT), page)


def marks_of(text: Folded) -> Marks:
    """Read the marks of a text."""
    size = len(text.ends)
    if kernels.letters is not None:
        counts, linked, costumes = kernels.letters.marks(text.raw, text.dropped, size)
    else:
        counts, linked, costumes = _read_marks(text)
    foreign = counts[:, _OPENED_FOREIGN]
    ended = np.cumsum(counts[:, _ENDED]) > 0
    hidden, away, veiled = counts[:, _HIDES], counts[:, _AWAY], counts[:, _VEILED]
    return Marks(counts[:, _OPENED] + foreign, foreign, linked, hidden, away, veiled, ended, costumes)


def _read_marks(text: Folded) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """How often each mark stands in each segment, the share of it that is linked, and its costumes."""
    size = len(text.ends)
    places = np.flatnonzero(text.raw < MARKS)
    kinds = text.raw[places].astype(np.intp)
    behind = np.cumsum(kinds == _BREAK)
    segment = np.minimum(behind - (kinds == _BREAK), size - 1)
    counts = np.bincount(segment * MARKS + kinds, minlength=size * MARKS).reshape(size, MARKS)
    return counts, _linked(text, places, kinds, behind), _costumes(text, places[kinds == _BREAK])


def _costumes(text: Folded, breaks: NDArray[np.intp]) -> NDArray[np.int64]:
    odd = text.dropped & (text.raw >= MARKS)
    for first, end in _STYLED:
        odd |= (text.raw - np.uint32(first)) < np.uint32(end - first)
    places = np.flatnonzero(odd)
    if not len(places):
        return np.zeros(len(breaks), dtype=np.int64)
    return np.bincount(np.searchsorted(breaks, places), minlength=len(breaks))[: len(breaks)]


def _linked(
    text: Folded, places: NDArray[np.int64], kinds: NDArray[np.intp], behind: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The share of each segment that stands between an opening and the next closing anchor; anchors do not nest."""
    size = len(text.ends)
    opens = (kinds == _OPENED) | (kinds == _OPENED_FOREIGN)
    switching = opens | (kinds == _CLOSED)
    switches = np.flatnonzero(switching)
    if not len(switches):
        return np.zeros(size)
    latest = np.cumsum(switching) - 1
    inside = opens[switches[latest]] & (latest >= 0)
    gaps = np.empty(len(places), dtype=np.int64)
    np.subtract(places[1:], places[:-1], out=gaps[:-1])
    gaps[-1] = len(text.raw) - places[-1]
    gaps -= 1
    owner = np.minimum(behind, size - 1)
    linked = np.bincount(owner, weights=gaps * inside, minlength=size)
    whole = np.bincount(owner, weights=gaps, minlength=size)
    whole[0] += places[0]
    share: NDArray[np.float64] = linked / np.maximum(whole, 1)
    return share
