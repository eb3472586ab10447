"""Whether a text holds one of some dozens of words as they are written, without a search for each.

Each word is noticed by the letters in its middle, hashed as all of the text is, a stretch at a time. Only a word whose
letters are noticed is searched for: hardly any, so what is asked of every page costs little more than to read it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from spamguard import kernels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_FEW, _MANY = 4, 8
"""Letters that a word is noticed by, a longer one by twice as many; what is shorter is searched for."""
_BITS: Final = 16
"""Of the number that letters in a row have: of 8,000 characters four or five are taken for letters of some word. Two
tables of that size fit into the nearest memory beside what else a page needs."""
_SHORT: Final = 1_000
"""Characters of a text that is searched for every word in less time than arrays are made of it."""
_STRETCH: Final = 1 << 14
_STEP: Final = np.uint32(0x01000193)
_MIX: Final = np.uint32(0x9E3779B1)


class Watch:
    """The words of a list, in order to find out whether a text holds any."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._short = tuple(word for word in self._words if len(word) < _FEW)

    @cached_property
    def _noticed(self) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """The words that four letters in a row are noticed for, and those of eight, by the numbers of the letters."""
        fours: dict[int, list[str]] = {}
        eights: dict[int, list[str]] = {}
        for word in self._words:
            if len(word) >= _FEW:
                long = len(word) >= _MANY
                letters = _MANY if long else _FEW
                start = (len(word) - letters + 1) // 2
                number = int(_hashed(word[start : start + letters])[long][0])
                (eights if long else fours).setdefault(number, []).append(word)
        return fours, eights

    @cached_property
    def _tables(self) -> list[NDArray[np.bool_]]:
        tables = [np.zeros(1 << _BITS, dtype=np.bool_) for _ in self._noticed]
        for table, words in zip(tables, self._noticed, strict=True):
            table[list(words)] = True
        return tables

    @cached_property
    def _compiled(self) -> Any:
        assert kernels.phrases is not None  # noqa: S101
        return kernels.phrases.Words(self._words)

    def finds_any(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        if kernels.phrases is not None:
            return bool(self._compiled.found_in(text, True))
        if len(text) < _SHORT:
            return any(word in text for word in self._words)
        return any(word in text for word in self._short) or any(word in text for word in self._likely(text))

    def found_in(self, text: str) -> set[str]:
        """The words that stand in a text."""
        if kernels.phrases is not None:
            found: set[str] = self._compiled.found_in(text)
            return found
        return {word for word in self._words if word in text}

    def _likely(self, text: str) -> Iterator[str]:
        """The words whose middle may stand in a text, each once."""
        asked: set[str] = set()
        for start in range(0, len(text) - _FEW + 1, _STRETCH):
            hashes = _hashed(text[start : start + _STRETCH + _MANY - 1])
            for hashed, table, words in zip(hashes, self._tables, self._noticed, strict=True):
                for number in set(hashed[table.take(hashed, mode="clip")].tolist()):
                    new = [word for word in words[number] if word not in asked]
                    asked.update(new)
                    yield from new


def _hashed(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Numbers of :data:`_BITS` for every four characters in a row of a text, and for every eight."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    fours = codes[:-3] * _STEP
    fours ^= codes[1:-2]
    fours *= _STEP
    fours ^= codes[2:-1]
    fours *= _STEP
    fours ^= codes[3:]
    eights = fours[:-_FEW] * _STEP
    eights ^= fours[_FEW:]
    for state in (fours, eights):
        state *= _MIX
        state >>= np.uint32(32 - _BITS)
    return fours, eights
