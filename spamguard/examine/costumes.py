"""The rest of a line whose words are in disguise: letters of two scripts in one word, or parted by what nobody sees.

Keywords in disguise are no keywords to who counts them, so that a block begins and ends anywhere among them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.items import Bound
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene

_COSTUME: Final = re.compile(
    "[a-z0-9][\u00ad\u200b\u200d\u2060\ufeff][a-z0-9]|[a-z][\u0430-\u045f]|[\u0430-\u045f][a-z]"
    r"|(?<![^\W_])(?:[a-z] ){3,}[a-z](?![^\W_])",
    re.IGNORECASE,
)
_MOST: Final = 12


class Costumes:
    """The words of a page that are in disguise."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def with_rest(self, stretch: Stretch) -> Stretch:
        """A stretch with all of its line that is in disguise, if nothing else on the page is.

        The sentences in plain words beside it are the page's own, whatever they sound like next to it.
        """
        items = self._scene.items
        if not any(map(self._is_worn, range(stretch.first, stretch.last))):
            return stretch
        worn = self._worn
        first, last = stretch.first, stretch.last
        while first > 0 and items[first].bound is not Bound.BLOCK and stretch.first - first < _MOST:
            first -= 1
        while last < len(items) and items[last].bound is not Bound.BLOCK and last - stretch.last < _MOST:
            last += 1
        begin, end = worn[0], worn[-1] + 1
        if begin < first or end > last:
            return stretch
        own_before = begin > first and self._begins_sentence(begin)
        own_after = end < last and self._begins_sentence(end)
        if any(items[index].bound is Bound.BLOCK for index in range(stretch.first + 1, stretch.last)):
            own_before = own_after = False
        return Stretch(
            begin if own_before else min(stretch.first, begin),
            end if own_after else max(stretch.last, end),
        )

    def _begins_sentence(self, index: int) -> bool:
        return ends_sentence(self._scene.items[index - 1].text)

    @cached_property
    def _worn(self) -> list[int]:
        """The items of the page with a word in disguise."""
        return [index for index in range(len(self._scene.items)) if self._is_worn(index)]

    def _is_worn(self, index: int) -> bool:
        return _COSTUME.search(self._scene.items[index].text) is not None
