"""Whether some words of a page are of another language than the page: hardly one of them stands elsewhere on it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from spamguard.text.words import signs_as_written
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.examine.describe import Scene

FEWEST: Final = 3
"""Words under which a text tells no language."""
_KNOWN: Final = 0.2
"""Share of the words of a text that may stand elsewhere on the page: names do."""
_PAGE: Final = 60
_LONG_PAGE: Final = 80
_LETTERS: Final = 4
"""Words that must be on a page to tell what its language is, words or letters from which on it has its everyday ones,
and letters that are as good as a word in a writing without spaces."""
MOST_BESIDE: Final = 0.4
MOST_OF_ONE: Final = 0.375
"""Share of the groups of three letters of a text that may stand elsewhere on the page. Counted on the sentences of
small pages of 19 languages: the words alone took 28 % of a page's own for another language's, with this it is 18 %
(16 % of each sentence in a box), and of those of other pages 91 % (89 %) instead of 98 %."""
_ONE_OF: Final = 8
"""Words among which one may be the same in two languages."""

_FEW: Final = 0.1
_USUAL: Final = 0.2
"""Share of the letters of a block, and of a page, from which on a script is one that it is written in."""


class Tongue:
    """The words of a page, looked up once, however many texts are asked for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def words_in(self, indexes: Iterable[int]) -> list[str]:
        """The words of some items."""
        return [word for index in indexes for word in signs_as_written(self._scene.items[index].text)]

    def is_strange_to(self, words: list[str], around: range, most: float = MOST_BESIDE) -> bool:
        """Whether hardly one of some words stands elsewhere than ``around`` on a page that has words enough."""
        near = Counter(self.words_in(around))
        if self._size - _size_of(near) < _PAGE:
            return False
        known = sum(self._used[word] > near[word] for word in words)
        return known <= max(_KNOWN * len(words), len(words) > FEWEST) and self._sounds_strange(words, around, most)

    def _sounds_strange(self, words: list[str], around: range, most: float) -> bool:
        """Whether few of the groups of letters of some words stand elsewhere than ``around``.

        On a short page whose words change by their endings hardly a word of its own stands twice, but its endings do.
        """
        near = Counter(_groups_of(self.words_in(around)))
        groups = _groups_of(words)
        return sum(self._groups[group] > near[group] for group in groups) <= most * len(groups)

    @cached_property
    def _groups(self) -> Counter[str]:
        return Counter(_groups_of(self.words_in(range(len(self._scene.items)))))

    def knows_none_of(self, words: list[str], around: range) -> bool:
        """Whether hardly one of some words stands elsewhere than ``around`` on a page on which several would."""
        near = Counter(self.words_in(around))
        if self._size - _size_of(near) < _LONG_PAGE:
            return False
        return sum(self._used[word] > near[word] for word in words) <= len(words) // _ONE_OF

    def has_no_letters_of(self, rest: Sequence[int], around: range) -> bool:
        """Whether what stands elsewhere than ``around`` is hardly ever in the letters of some items."""
        theirs = self.letters_of(rest)
        whole = self._letters - self._letters_in(around)
        return theirs is not None and whole.total() >= _LONG_PAGE and whole[theirs] <= _FEW * whole.total()

    def has_letters_of(self, rest: Sequence[int], around: range) -> bool:
        """Whether a good part of what stands elsewhere than ``around`` is in the letters of some items."""
        theirs = self.letters_of(rest)
        whole = self._letters - self._letters_in(around)
        return theirs is not None and whole.total() > 0 and whole[theirs] >= _USUAL * whole.total()

    def are_own_letters(self, rest: Sequence[int], block: range) -> bool:
        """Whether items are written in the letters of the page, and a block beside them in others.

        ``rest`` and ``block`` may overlap: what is in both is asked about, and no part of the block.
        """
        asked = set(rest)
        ours = self._letters_in(index for index in block if index not in asked)
        theirs = self.letters_of(asked)
        if theirs is None or not ours or ours[theirs] > _FEW * ours.total():
            return False
        whole = self._letters - self._letters_in({*asked, *block})
        return whole[theirs] >= _USUAL * max(whole.total(), 1)

    def letters_of(self, indexes: Iterable[int]) -> str | None:
        """The script that most letters of some items are of."""
        letters = self._letters_in(indexes)
        return max(letters, key=lambda script: letters[script], default=None)

    def _letters_in(self, indexes: Iterable[int]) -> Counter[str]:
        """How many letters of each script stand in some items."""
        # A page has few letters, each many times: which script each is of is asked once.
        used = Counter(chain.from_iterable(self._scene.items[index].text for index in indexes))
        letters: Counter[str] = Counter()
        for letter, count in used.items():
            for script in scripts_of(letter):
                letters[script] += count
        return letters

    @cached_property
    def _letters(self) -> Counter[str]:
        return self._letters_in(range(len(self._scene.items)))

    @cached_property
    def _size(self) -> float:
        return _size_of(self._used)

    @cached_property
    def _used(self) -> Counter[str]:
        """The words of the page and how often each is used."""
        return Counter(self.words_in(range(len(self._scene.items))))


def _groups_of(words: list[str]) -> list[str]:
    """The groups of three letters of some words, the spaces between them letters too."""
    text = " ".join(words)
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _size_of(words: Counter[str]) -> float:
    """How many words some words and letters are as good as."""
    return sum(count / _LETTERS if len(word) == 1 else count for word, count in words.items())
