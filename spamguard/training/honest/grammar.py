"""Expands templates.

``[name]`` stands for one alternative of the part ``name``, ``[=name]`` for the same one on the whole page,
``[name*3-9; | ]`` for three to nine of them joined by `` | `` (a lone ``~`` joins sentences in the manner of the
language, no separator joins lines) and ``[#100-999]`` for a number. Alternatives are dealt like cards: none
comes twice before all have come once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spamguard.errors import SpamguardError

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

_SLOT = re.compile(r"\[(?:#(\d+)-(\d+)|(=?)([a-z][a-z_]*)(?:\*(\d+)-(\d+)(?:;([^\]]*))?)?)\]")
_DEEPEST = 12


class Grammar:
    """Deals parts for one page. Earlier layers hide later ones."""

    def __init__(self, rng: random.Random, layers: Sequence[Mapping[str, Sequence[str]]], gap: str) -> None:
        self._rng = rng
        self._layers = layers
        self._gap = gap
        self._decks: dict[tuple[str, int], list[str]] = {}
        self._fixed: dict[str, str] = {}

    def under(self, layers: Sequence[Mapping[str, Sequence[str]]]) -> Grammar:
        """Give a grammar with other layers that shares what is fixed on the page."""
        other = Grammar(self._rng, layers, self._gap)
        other._fixed = self._fixed
        return other

    def fix(self, name: str, text: str) -> None:
        """Say what ``[=name]`` stands for."""
        self._fixed[name] = text

    def expand(self, template: str, depth: int = 0) -> str:
        """Fill all slots of ``template``."""
        if depth > _DEEPEST:
            raise SpamguardError(f"parts that hold each other: {template[:60]}")
        return _SLOT.sub(lambda found: self._fill(found, depth + 1), template)

    def _fill(self, found: re.Match[str], depth: int) -> str:
        low, high, fixed, name, fewest, most, separator = found.groups()
        if low is not None:
            return str(self._rng.randint(int(low), int(high))).zfill(len(low))
        if fixed:
            if name not in self._fixed:
                self._fixed[name] = self.expand(self._deal(name), depth)
            return self._fixed[name]
        count = self._rng.randint(int(fewest), int(most)) if fewest is not None else 1
        joint = "\n" if separator is None else self._gap if separator == "~" else separator
        return joint.join(self.expand(self._deal(name), depth) for _ in range(count))

    def _deal(self, name: str) -> str:
        alternatives = next((layer[name] for layer in self._layers if name in layer), None)
        if alternatives is None:
            raise SpamguardError(f"no part is called {name!r}")
        deck = self._decks.setdefault((name, id(alternatives)), [])
        if not deck:
            deck.extend(alternatives)
            self._rng.shuffle(deck)
        return deck.pop()
