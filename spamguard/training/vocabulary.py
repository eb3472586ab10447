"""The words spam is made of, by language and category."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spamguard.model.weights import read_lexicon, shipped_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """Find a folder of shipped data: inside an installed package, or at the top of a checkout."""
    shipped = _PACKAGE / "_shipped" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / "data" / name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Keywords by (language, category), each tuple sorted and without repeats."""

    atoms: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, words: Mapping[tuple[str, str], Iterable[str]]) -> Vocabulary:
        """Build a vocabulary from any mapping of words."""
        return cls({pair: tuple(sorted(set(atoms))) for pair, atoms in sorted(words.items()) if atoms})

    @classmethod
    def load(cls, path: Path | None = None) -> Vocabulary:
        """Read the shipped lexicon, or another file of the same columns."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for atom in read_lexicon(path or shipped_lexicon()):
            found[atom.language, atom.category].append(atom.text)
        return cls.of(found)

    def get(self, language: str, category: str) -> tuple[str, ...]:
        """Give the words of one pair, or none."""
        return self.atoms.get((language, category), ())

    def words(self) -> frozenset[str]:
        """Every word, whatever its language."""
        return frozenset(atom for atoms in self.atoms.values() for atom in atoms)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (language, category) that has words."""
        return tuple(sorted(self.atoms))

    def restrict(self, words: Iterable[str]) -> Vocabulary:
        """Keep only the given words."""
        wanted = frozenset(words)
        return Vocabulary.of({pair: [a for a in atoms if a in wanted] for pair, atoms in self.atoms.items()})

    def split(self, fraction: float, seed: int) -> tuple[Vocabulary, Vocabulary]:
        """Part the words in two, ``fraction`` of them first.

        A word that stands in several pairs falls on one side in all of them, so no word is on both sides.
        """
        words = sorted(self.words())
        random.Random(seed).shuffle(words)
        cut = round(len(words) * fraction)
        return self.restrict(words[:cut]), self.restrict(words[cut:])
