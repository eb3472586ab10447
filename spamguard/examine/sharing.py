"""A block inside a title or another value, and what of that value is the site's own.

Words that stand elsewhere on the page are; so is the text of an element that spam was put behind.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.removable import is_hollow
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene

VALUES: Final = frozenset({Kind.TITLE, Kind.META, Kind.ATTRIBUTE})
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_APART: Final = 1.0
"""How much less log-odds the site's own text has than the spam that was put behind it."""
_SURELY: Final = 3
_SHORTEST: Final = 3
"""Letters of a phrase that says something when it is written again."""
_LONGEST_OWN: Final = 60
_ENDS: Final = 8
_OWN_LETTERS: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_MOST_TEXT: Final = 60_000
_MOST_ASKED: Final = 1_000
_FARTHEST: Final = 120
"""Items of a value that are looked at on either side of a block."""


class Values:
    """The titles, meta tags and other values of a page, and the stretches that were ``found`` on it."""

    def __init__(self, scene: Scene, found: Sequence[Stretch]) -> None:
        self._scene = scene
        self._again: dict[str, set[int]] = {}
        self._touched: set[int] = set()
        self._asked: dict[str, bool] = {}
        for stretch in found:
            spam = float(scene.table[stretch.first : stretch.last, _WORD_MEAN].mean()) > 0
            for item in scene.items_in(stretch):
                self._touched.add(item.leaf)
                if spam and scene.leaves[item.leaf].kind in VALUES and (text := plain(item.text)):
                    self._again.setdefault(text, set()).add(item.leaf)

    def is_again(self, text: str, leaf: int) -> bool:
        """Whether a phrase stands in another value, as part of spam: a kit writes the same in several."""
        return bool(self._again.get(text, set()) - {leaf})

    @cached_property
    def titles(self) -> list[str]:
        """The titles that a stretch reaches into."""
        leaves = (self._scene.leaves[index] for index in self._touched)
        return [leaf.readable.text.strip() for leaf in leaves if leaf.kind is Kind.TITLE]

    @cached_property
    def own(self) -> str:
        """What the page says elsewhere: words of the site's own stand there again."""
        texts = (leaf.readable.text for at, leaf in enumerate(self._scene.leaves) if at not in self._touched)
        return plain("\n".join(texts)[:_MOST_TEXT])

    def are_own(self, text: str) -> bool:
        """Whether a phrase stands elsewhere on the page. A page that has too much asked of it gets its own way."""
        if text not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                return True
            self._asked[text] = bool(text) and text in self.own
        return self._asked[text]


class Value:
    """A block and the values it begins and ends in: items ``[low, high)`` are those of these values."""

    def __init__(self, scene: Scene, stretch: Stretch, values: Values) -> None:
        self._scene = scene
        self._values = values
        self.first, self.last = stretch.first, stretch.last
        self._low, self._high = self.first, self.last
        begins, ends = (scene.items[index].leaf for index in (self.first, self.last - 1))
        if scene.leaves[begins].kind in VALUES:
            while max(0, self.first - _FARTHEST) < self._low and scene.items[self._low - 1].leaf == begins:
                self._low -= 1
        if scene.leaves[ends].kind in VALUES:
            while self._high < min(len(scene.items), self.last + _FARTHEST) and scene.items[self._high].leaf == ends:
                self._high += 1

    def is_mirrored(self) -> bool:
        """Whether the block stands in a meta tag that says just what was put before or behind the true title."""
        leaf = self._scene.leaf_of(self.first)
        said = leaf.readable.text.strip()
        if leaf.kind is not Kind.META or not self._one_value() or len(plain(said)) < _OWN_LETTERS:
            return False
        return any(said != title and title.startswith(said) | title.endswith(said) for title in self._values.titles)

    def leave_the_own(self) -> None:
        """Leave the site's own words at the ends of a block: the page says them elsewhere, or spam was put behind them.

        What is put behind the text of an element that is there for it is parted from that text as no two of its phrases
        are, or does not look like it.
        """
        begins, ends = self._own_at_the_ends()
        self.first, self.last = begins, ends
        leaf = self._scene.leaf_of(self.first)
        if leaf.kind is not Kind.ATTRIBUTE or is_hollow(leaf.node) or leaf.node.tag == "input" or not self._one_value():
            return
        own, *rest = self._scene.items[self.first : self.last]
        if not rest or own.end - own.start > _LONGEST_OWN or sum(item.end - item.start for item in rest) < _LONGEST_OWN:
            return
        marks = [self._mark(index) for index in range(self.first + 1, self.last)]
        odd = len(marks) >= _SURELY and marks[0] not in marks[1:] and len(set(marks[1:])) == 1
        begins = self.first == self._low and not words_in(own.text) & words_in(" ".join(item.text for item in rest))
        if (odd or begins) and self._is_apart(self.first, self.first + 1):
            self.first += 1

    def _own_at_the_ends(self) -> tuple[int, int]:
        """The block without what stands at its ends and elsewhere on the page, in the same words."""
        first, last = self.first, self.last
        for index in range(self.first + 1, min(self.last, self.first + _ENDS)):
            if self._is_own(self.first, index):
                first = index
        for index in range(self.last - 1, max(first, self.last - _ENDS), -1):
            if self._is_own(index, self.last) or (index == self.last - 1 and self._ends_own(index)):
                last = index
        return first, last

    def _is_own(self, first: int, last: int) -> bool:
        """Whether items of one value speak of other things, and stand so on the page."""
        begins, ends = self._scene.items[first], self._scene.items[last - 1]
        if begins.leaf != ends.leaf or self._scene.leaves[begins.leaf].kind not in VALUES:
            return False
        said = plain(self._text(begins.leaf)[begins.start : ends.end])
        return self._values.are_own(said) and self._other(first, last)

    def _other(self, first: int, last: int) -> bool:
        return float(self._scene.table[first:last, _WORD_MEAN].mean()) < 0

    def _ends_own(self, index: int) -> bool:
        """Whether an item of a title ends with the beginning of the site's own words, which go on behind it."""
        item = self._scene.items[index]
        text = self._text(item.leaf)
        if (
            self._scene.leaves[item.leaf].kind is not Kind.TITLE
            or not text[item.end :].strip()
            or not self._other(index, index + 1)
        ):
            return False
        words = text[item.start : item.end].split()
        around = [
            " ".join(words[-2:]),
            " ".join([*words[-1:], *_WORD.findall(text[item.end : item.end + _LONGEST_OWN])[:1]]),
        ]
        around.append("".join([*words[-1:], text[item.end : item.end + _LONGEST_OWN].split(" ")[0]]))
        return len(words) > 2 and any(
            len(said) >= _OWN_LETTERS and self._values.are_own(said) for said in map(plain, around)
        )

    def _is_apart(self, index: int, first: int) -> bool:
        """Whether an item looks less like spam than the rest of the block on average, and its words speak of others."""
        rest = slice(first, self.last)
        less = float(self._scene.scores[rest].mean() - self._scene.scores[index])
        return less > _APART and float(self._scene.table[index, _WORD_MEAN]) < 0

    def _is_told(self, index: int) -> bool:
        """Whether a phrase of a value stands elsewhere on the page, in what is no part of a block."""
        item = self._scene.items[index]
        text = plain(item.text) if self._scene.leaves[item.leaf].kind in VALUES else ""
        return self._values.are_own(text)

    def _is_again(self, index: int) -> bool:
        item = self._scene.items[index]
        return self._values.is_again(plain(item.text), item.leaf)

    def _looks(self, first: int, last: int) -> float | None:
        return float(self._scene.scores[first:last].mean()) if first < last else None

    def _one_value(self) -> bool:
        return self._scene.items[self.first].leaf == self._scene.items[self.last - 1].leaf

    def _is_hollow(self) -> bool:
        """Whether the block stands in one value, of an element that has no other use."""
        leaf = self._scene.leaf_of(self.first)
        return self._one_value() and leaf.kind is Kind.ATTRIBUTE and is_hollow(leaf.node)

    def _mark(self, index: int) -> str | None:
        """What stands before an item in its value; None before the first, and where one long phrase was cut."""
        before, item = self._scene.items[index - 1], self._scene.items[index]
        if before.leaf != item.leaf:
            return None
        text = self._text(item.leaf)
        end = len(text[: before.end].rstrip())
        mark = text[end : item.start + len(item.text) - len(item.text.lstrip())]
        return mark or None

    def _text(self, leaf: int) -> str:
        return self._scene.leaves[leaf].readable.text

    def _part(self, index: int) -> str:
        item = self._scene.items[index]
        return self._text(item.leaf)[item.start : item.end]


def plain(text: str) -> str:
    """A phrase as it is compared; empty when it is too short to say something."""
    plain = " ".join(text.split()).casefold()
    return plain if sum(map(str.isalnum, plain)) >= (_SHORTEST if plain.isascii() else 2) else ""


def words_in(text: str) -> frozenset[str]:
    """The words of a phrase, in small letters."""
    return frozenset(text.casefold().split())
