"""The keywords that say much, found in folded characters without reading them one by one.

Each keyword is noticed by one n-gram of its own, the one that weighs most as spam and is therefore rarest elsewhere.
Only where such an n-gram stands is the text compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.text.lexicon import Hit, is_whole
from spamguard.text.ngrams import BITS, ORDERS, indexes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from spamguard.text.lexicon import Atom, Lexicon

TELLING: Final = 2
"""The least strength of a keyword that says much: 1 are everyday words that spam uses as well."""
STRONG: Final = 3
_END: Final = "\x00"


@dataclass(frozen=True, slots=True)
class _Watched:
    """For each n whether an n-gram is watched for, and which keywords it may belong to: their numbers.

    ``offsets`` says of each keyword how far into it the n-gram stands that it is noticed by.
    """

    tables: list[NDArray[np.bool_]]
    numbers: dict[tuple[int, int], list[int]]
    texts: list[str]
    atoms: list[Atom]
    offsets: list[int]


class Keynotes:
    """Finds telling keywords; what it needs is made when the first text is searched."""

    def __init__(self, lexicon: Lexicon, weights: NDArray[np.int8]) -> None:
        self._lexicon = lexicon
        self._weights = weights

    def hits(self, codes: NDArray[np.uint32]) -> list[Hit]:
        """The telling keywords in folded characters whose segments are ended by 0, those within others too."""
        watched = self._watched
        text: str | None = None
        found = []
        for number, index in enumerate(indexes(codes)):
            for place in np.flatnonzero(watched.tables[number].take(index, mode="clip")).tolist():
                if text is None:
                    text = codes.tobytes().decode("utf-32-le", "replace")
                for keyword in watched.numbers[number, int(index[place])]:
                    start = place - watched.offsets[keyword]
                    end = start + len(watched.texts[keyword])
                    if start >= 0 and text.startswith(watched.texts[keyword], start) and is_whole(text, start, end):
                        found.append(Hit(start, end, watched.atoms[keyword]))
        return found

    @cached_property
    def _watched(self) -> _Watched:
        # A keyword of several languages is the same word.
        strongest = sorted(self._lexicon.atoms(), key=lambda pair: pair[1].strength)
        atoms = {text: atom for text, atom in strongest if atom.strength >= TELLING}
        tables = [np.zeros(1 << bits, dtype=np.bool_) for bits in BITS]
        numbers: dict[tuple[int, int], list[int]] = {}
        offsets = []
        for keyword, (number, index, offset) in enumerate(self._rarest(list(atoms))):
            tables[number][index] = True
            numbers.setdefault((number, index), []).append(keyword)
            offsets.append(offset)
        return _Watched(tables, numbers, list(atoms), list(atoms.values()), offsets)

    def _rarest(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """For each text which n of :data:`ORDERS` it is noticed by, the n-gram's index, and where in it that stands."""
        if not texts:
            return
        joined = "".join(text + _END for text in texts)
        codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
        of_order = [index.tolist() for index in indexes(codes)]
        weights = self._weights[-(1 << BITS[-1]) :].take(of_order[-1], mode="clip").tolist()
        start = 0
        for text in texts:
            n, offset = len(text), 0
            if n > ORDERS[-1]:
                of_text = weights[start : start + n - ORDERS[-1] + 1]
                n, offset = ORDERS[-1], of_text.index(max(of_text))
            yield n - ORDERS[0], of_order[n - ORDERS[0]][start + offset], offset
            start += len(text) + 1
