"""Whether some words of a page are of another language than the page: hardly one of them stands elsewhere on it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.text.words import signs_as_written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.examine.describe import Scene

FEWEST: Final = 3
"""Words under which a text tells no language."""
_KNOWN: Final = 0.2
"""Share of the words of a text that may stand elsewhere on the page: names do."""
_PAGE: Final = 60
_LETTERS: Final = 4
"""Words that must be on a page to tell what its language is, and letters that are as good as one in a writing without
spaces."""


class Tongue:
    """The words of a page, looked up once, however many texts are asked for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def words_in(self, indexes: Iterable[int]) -> list[str]:
        """The words of some items."""
        return [word for index in indexes for word in signs_as_written(self._scene.items[index].text)]

    def is_strange_to(self, words: list[str], around: range) -> bool:
        """Whether hardly one of some words stands elsewhere than ``around`` on a page that has words enough."""
        near = Counter(self.words_in(around))
        elsewhere = self._used - near
        if sum(count / _LETTERS if len(word) == 1 else count for word, count in elsewhere.items()) < _PAGE:
            return False
        known = sum(self._used[word] > near[word] for word in words)
        return known <= max(_KNOWN * len(words), len(words) > FEWEST)

    @cached_property
    def _used(self) -> Counter[str]:
        """The words of the page and how often each is used."""
        return Counter(self.words_in(range(len(self._scene.items))))
