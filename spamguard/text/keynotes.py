"""The keywords that say much, found in folded characters without reading them one by one.

Each keyword is noticed by one n-gram of its own, the one that weighs most as spam and is therefore rarest elsewhere.
Only where such an n-gram stands is the text compared.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from spamguard import kernels
from spamguard.text.fold import codes_of
from spamguard.text.lexicon import Hit, is_whole
from spamguard.text.ngrams import BITS, ORDERS, indexes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from spamguard.text.lexicon import Atom, Lexicon

TELLING: Final = 2
"""The least strength of a keyword that says much: 1 are everyday words that spam uses as well."""
STRONG: Final = 3
_SEVERAL: Final = 3
_GOOD_PART: Final = 0.2
_FEW: Final = 50
"""Places that are compared letter by letter without further ado."""
_BEGINNING: Final = 3
"""Letters of an n-gram that the compiled twin asks for first: hardly any place of a text passes."""
_END: Final = "\x00"
_BASE: Final = 0x9E3779B97F4A7C15


Stretches: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.int64]]"
"""Where stretches of a text start and end, one after the other."""


class Notes(NamedTuple):
    """What each telling keyword is noticed by, in the order of the n-grams.

    ``codes`` are the letters of the folded keywords, joined, ``lengths`` how many each has; ``orders`` tells which n of
    :data:`ORDERS` the n-gram has, ``places`` where it stands in the stretch of that n, ``offsets`` how far into the
    keyword it begins. To choose them takes longer than to read a page, so those of the shipped list are stored.
    """

    codes: NDArray[np.uint32]
    lengths: NDArray[np.int64]
    orders: NDArray[np.int64]
    places: NDArray[np.int64]
    offsets: NDArray[np.int64]


class _Watched(NamedTuple):
    """Keywords in the order of their notes, and where those of each n-gram stand.

    ``tables`` give for each n the number of each n-gram among those that are watched for, 0 for all others, and
    ``filters`` a bit that says whether there is one, and
    ``begins`` where the keywords of each number begin. ``starts`` says of each keyword where it stands in the letters
    of the notes.
    """

    notes: Notes
    tables: list[NDArray[np.uint16]]
    filters: list[NDArray[np.uint8]]
    begins: NDArray[np.intp]
    starts: NDArray[np.int64]


def names_much(lexicon: Lexicon, text: str) -> bool:
    """Whether several telling keywords, one of them strong, make up a good part of a text.

    Of 853 pieces of structured data on honest pages none held more than one; of 200 injected ones all held four.
    """
    folded = lexicon.folded(text)
    hits = [hit for hit in lexicon.hits(folded) if hit.atom.strength >= TELLING]
    share = sum(hit.end - hit.start for hit in hits) / max(len(folded), 1)
    return (
        share >= _GOOD_PART
        and len({hit.atom.text for hit in hits}) >= _SEVERAL
        and any(hit.atom.strength >= STRONG for hit in hits)
    )


def may_name_much(codes: NDArray[np.uint32], hits: Sequence[Hit]) -> bool:
    """Whether :func:`names_much` may say so of a text, by the ``hits`` of :class:`Keynotes` in its folded characters.

    Those are all that it counts, and more: keywords within others, the strongest of those that are written alike.
    """
    return (
        len(hits) >= _SEVERAL
        and any(hit.atom.strength >= STRONG for hit in hits)
        and len({codes[hit.start : hit.end].tobytes() for hit in hits}) >= _SEVERAL
    )


class Keynotes:
    """Finds telling keywords; what it needs is made when the first text is searched, or given by ``stored``."""

    def __init__(
        self, lexicon: Lexicon, weights: NDArray[np.int8], stored: Callable[[], Notes | None] = lambda: None
    ) -> None:
        self._lexicon = lexicon
        self._weights = weights
        self._stored = stored

    def hits(self, codes: NDArray[np.uint32], stretches: Stretches | None = None) -> list[Hit]:
        """The telling keywords in folded characters whose segments are ended by 0, those within others too.

        With ``stretches`` only those in them, which must be segments or parts of some.
        """
        starts, ends = stretches if stretches is not None else (np.zeros(1, np.int64), np.full(1, len(codes), np.int64))
        if kernels.phrases is not None:
            return self.confirmed(codes, self.listed.standing(codes, starts, ends))
        return self.confirmed(codes, self._standing(codes, starts, ends))

    @cached_property
    def listed(self) -> Any:
        """What the kernels need to know of the keywords."""
        watched, notes = self._watched, self._watched.notes
        listed = kernels.phrases.listed(
            *(notes.offsets, notes.lengths, watched.starts, self._codes), *(watched.begins, watched.tables)
        )
        filters = [*watched.filters, self._beginnings()]
        return kernels.phrases.Keywords(watched.tables, filters, watched.begins, listed, self._codes)

    def _beginnings(self) -> NDArray[np.uint8]:
        """A bit for the first three letters of each n-gram that keywords are noticed by."""
        codes, watched = self._codes, self._watched
        begins = watched.starts + watched.notes.offsets
        begins = begins[begins <= len(codes) - _BEGINNING]
        first = codes[begins[:, None] + np.arange(_BEGINNING)].reshape(-1)
        *_, three = islice(indexes(first), ORDERS.index(_BEGINNING) + 1)
        there = np.zeros(1 << BITS[ORDERS.index(_BEGINNING)], dtype=np.bool_)
        there[three[::_BEGINNING]] = True
        return np.packbits(there, bitorder="little")

    def confirmed(self, codes: NDArray[np.uint32], found: Sequence[tuple[int, int]]) -> list[Hit]:
        """The keywords at some places, but for those that are part of a longer word."""
        if not found:
            return []
        # What stands between the first and the last, and a letter on either side.
        begun, ended = max(found[0][0] - 1, 0), max(end for _, end in found) + 1
        text = codes[begun:ended].tobytes().decode("utf-32-le", "replace")
        return [
            Hit(start, end, self._telling[text[start - begun : end - begun]])
            for start, end in found
            if is_whole(text, start - begun, end - begun)
        ]

    def _standing(
        self, codes: NDArray[np.uint32], begun: NDArray[np.int64], ended: NDArray[np.int64]
    ) -> list[tuple[int, int]]:
        """Where keywords stand in the stretches from ``begun`` to ``ended``."""
        if not len(begun):
            return []
        watched = self._watched
        places, numbers = _noticed(codes, watched.tables)
        within = np.searchsorted(ended, places, side="right")
        asked = begun[np.minimum(within, len(begun) - 1)] <= places
        asked &= within < len(ended)
        places, numbers = places[asked], numbers[asked]
        if not len(places):
            return []
        begins = watched.begins[numbers]
        counts = watched.begins[numbers + 1] - begins
        # Every place with every keyword that may stand there: some hundreds a page, and hardly one that does.
        keywords = np.repeat(begins - (np.cumsum(counts) - counts), counts)
        keywords += np.arange(len(keywords))
        starts = np.repeat(places, counts) - watched.notes.offsets[keywords]
        ends = starts + watched.notes.lengths[keywords]
        inside = (starts >= 0) & (ends <= len(codes))
        starts, ends, keywords = starts[inside], ends[inside], keywords[inside]
        if len(keywords) > _FEW:
            running, powers = _running(codes)
            alike = running[ends] - running[starts] == self._sums[keywords] * powers[starts]
            starts, ends, keywords = starts[alike], ends[alike], keywords[alike]
        text = codes.tobytes().decode("utf-32-le", "replace")
        found = []
        for start, end, at in zip(starts.tolist(), ends.tolist(), watched.starts[keywords].tolist(), strict=True):
            if text.startswith(self._texts[at : at + end - start], start):
                found.append((start, end))
        return sorted(found)

    @cached_property
    def _telling(self) -> dict[str, Atom]:
        return telling(self._lexicon)

    @cached_property
    def _watched(self) -> _Watched:
        notes = self._stored()
        if notes is None:
            notes = notes_of(list(self._telling), self._weights)
        tables = [np.zeros(1 << bits, dtype=np.uint16) for bits in BITS]
        fresh = np.ones(len(notes.places), dtype=np.bool_)
        fresh[1:] = (np.diff(notes.places) != 0) | (np.diff(notes.orders) != 0)
        numbers = np.cumsum(fresh)
        for n, table in enumerate(tables):
            of_order = fresh & (notes.orders == n)
            table[notes.places[of_order]] = numbers[of_order]
        begins = np.concatenate(([0], np.flatnonzero(fresh), [len(fresh)]))
        filters = [np.packbits(table > 0, bitorder="little") for table in tables]
        return _Watched(notes, tables, filters, begins, np.cumsum(notes.lengths) - notes.lengths)

    @cached_property
    def _codes(self) -> NDArray[np.uint32]:
        """The letters of all keywords."""
        return self._watched.notes.codes

    @cached_property
    def _texts(self) -> str:
        """The same as text, where no kernel compares them."""
        return self._codes.tobytes().decode("utf-32-le", "replace")

    @cached_property
    def _sums(self) -> NDArray[np.uint64]:
        """What :func:`_running` adds up to over each keyword at the beginning of a text."""
        notes, starts = self._watched.notes, self._watched.starts
        within = np.arange(len(self._codes)) - np.repeat(starts, notes.lengths)
        weighed = self._codes * _powers(_BASE, int(notes.lengths.max())).take(within)
        return np.add.reduceat(weighed, starts)


def _noticed(codes: NDArray[np.uint32], tables: list[NDArray[np.uint16]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where an n-gram stands that is watched for, and its number; by n, then by place."""
    noticed = []
    for table, index in zip(tables, indexes(codes), strict=True):
        numbers = table.take(index, mode="clip")
        places = np.flatnonzero(numbers > 0)
        noticed.append((places, numbers[places].astype(np.intp)))
    return np.concatenate([places for places, _ in noticed]), np.concatenate([numbers for _, numbers in noticed])


def telling(lexicon: Lexicon) -> dict[str, Atom]:
    """The keywords that say much by their folded texts. One of several languages is the same word."""
    strongest = sorted(lexicon.atoms(), key=lambda pair: pair[1].strength)
    return {text: atom for text, atom in strongest if atom.strength >= TELLING}


def notes_of(texts: Sequence[str], weights: NDArray[np.int8]) -> Notes:
    """What keywords are noticed by: of a long one the five letters that weigh most as spam."""
    noticed = sorted(zip(_rarest(texts, weights), texts, strict=True), key=lambda pair: pair[0][:2])
    chosen = np.asarray([note for note, _ in noticed], dtype=np.int64).reshape(len(noticed), 3)
    return Notes(
        codes_of("".join(text for _, text in noticed)),
        np.asarray([len(text) for _, text in noticed], dtype=np.int64),
        *(np.ascontiguousarray(column) for column in chosen.T),
    )


def _rarest(texts: Sequence[str], weights: NDArray[np.int8]) -> Iterator[tuple[int, int, int]]:
    """For each text which n of :data:`ORDERS` it is noticed by, the n-gram's index, and where in it that stands."""
    if not texts:
        return
    codes = codes_of("".join(text + _END for text in texts))
    of_order = [index.tolist() for index in indexes(codes)]
    weighed = weights[-(1 << BITS[-1]) :].take(of_order[-1], mode="clip").tolist()
    start = 0
    for text in texts:
        n, offset = len(text), 0
        if n > ORDERS[-1]:
            of_text = weighed[start : start + n - ORDERS[-1] + 1]
            n, offset = ORDERS[-1], of_text.index(max(of_text))
        yield n - ORDERS[0], of_order[n - ORDERS[0]][start + offset], offset
        start += len(text) + 1


def _running(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """What characters before each place add up to, each times a power of one base, and that base's powers.

    Between two places the sum tells one text from another, once the power of the place where it begins is divided out.
    Who makes two texts add up to the same gains nothing: what adds up is compared letter by letter.
    """
    powers = _powers(_BASE, len(codes) + 1)
    running = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[:-1], out=running[1:])
    return running, powers


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """The first ``count`` powers of a base, from the one that is 1 on; they wrap around."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
