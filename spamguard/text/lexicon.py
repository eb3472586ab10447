"""Known spam keywords, found in folded text. They explain a finding and measure how much of it is known words."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from spamguard.text.classes import class_table
from spamguard.text.fold import DROP, SPACE, codes_of, fold
from spamguard.text.undone import OVERRIDE, forwards, left_out, letters_for_digits, one_alphabet, without_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_END: Final = "\x00"
_SHORT, _LONG = 2, 6


class Atom(NamedTuple):
    """A keyword with its language, strength (1 weak, 3 strong) and category.

    One that is ``only_known`` was in no spam that a model learned from.
    """

    text: str
    language: str
    strength: int
    category: str
    only_known: bool = False


class Hit(NamedTuple):
    """A keyword at characters ``[start, end)`` of a folded text."""

    start: int
    end: int
    atom: Atom


class Lexicon:
    """Finds atoms by how they begin; the longest wins.

    ``read`` gives the atoms when the first text is searched: a scan of clean pages never asks.
    """

    def __init__(self, read: Callable[[], Sequence[Atom]], folds: NDArray[np.uint32]) -> None:
        self._read = read
        self._folds = folds

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, Atom]]]:
        """Atoms by their first six characters, those that are shorter by two. Each first two are asked for first."""
        found: dict[str, list[tuple[str, Atom]]] = {}
        for folded, atom in self.atoms():
            short = found.setdefault(folded[:_SHORT], [])
            (short if len(folded) < _LONG else found.setdefault(folded[:_LONG], [])).append((folded, atom))
        for candidates in found.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        return found

    def atoms(self) -> list[tuple[str, Atom]]:
        """All atoms of two characters and more, each with its folded text; not to be changed."""
        return self._folded_atoms

    @cached_property
    def _folded_atoms(self) -> list[tuple[str, Atom]]:
        atoms = self._read()
        texts = self.folded(_END.join(atom.text for atom in atoms) + _END).split(_END)
        pairs = zip((text.strip() for text in texts), atoms, strict=False)
        return [(text, atom) for text, atom in pairs if len(text) > 1]

    def folded(self, text: str) -> str:
        """The text as atoms are compared with it: folded, white space single, letters that stand apart joined."""
        raw = codes_of(text)
        codes = fold(forwards(raw) if OVERRIDE in text else raw, self._folds)
        without_rules(codes)
        codes = codes[codes != DROP]
        space = codes == SPACE
        keep = np.ones(len(codes), dtype=bool)
        keep[1:] = ~(space[1:] & space[:-1])
        codes = codes[keep]
        kinds = class_table().take(codes, mode="clip")
        one_alphabet(codes, kinds)
        letters_for_digits(codes, kinds)
        unread = left_out(codes, kinds)
        if unread is not None:
            codes = codes[~unread]
        folded: str = codes.tobytes().decode("utf-32-le", "replace")
        return folded.strip()

    def hits(self, folded: str) -> list[Hit]:
        """Keywords of a text from :meth:`folded`, left to right, without overlap."""
        found = []
        place = 0
        last = len(folded) - 1
        starts = self._by_start
        while place < last:
            short = starts.get(folded[place : place + _SHORT])
            if short is None:
                place += 1
                continue
            long = starts.get(folded[place : place + _LONG], ()) if place + _LONG <= len(folded) else ()
            for text, atom in chain(long, short):
                if folded.startswith(text, place) and is_whole(folded, place, place + len(text)):
                    found.append(Hit(place, place + len(text), atom))
                    place += len(text) - 1
                    break
            place += 1
        return found


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch is not part of a longer word; scripts without spaces have no word ends."""
    return not (_joins(text, start - 1, start) or _joins(text, end - 1, end))


def _joins(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    one, other = text[left], text[right]
    return one.isalpha() and other.isalpha() and max(one, other) < "\u0e00"
