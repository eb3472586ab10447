"""Where a block ends inside a title, a meta tag or another value that it shares with the site's own words.

There the words alone seldom tell: a phrase that no list knows stands among those that are known. What tells is how
they are written: the same phrases again, the same mark between each two of them, and brackets that open and close.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.brackets import CLOSES, unclosed, unopened
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.removable import is_hollow
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene

_VALUES: Final = frozenset({Kind.TITLE, Kind.META, Kind.ATTRIBUTE})
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_HONEST: Final = -1.0
_SPAM: Final = 1.0
_MUCH: Final = 1.5
_APART: Final = 1.0
"""Log-odds of items, as they look beside the block: of one that is none of it, of one that may be, and differences."""
_SHORTEST: Final = 3
"""Letters of a phrase that says something when it is written again."""
_SAME: Final = 0.75
"""Share of the marks between the phrases of a block from which on they are its way of writing."""
_SURELY: Final = 3
_LONGEST_OWN: Final = 60
_BEYOND: Final = 3
_MOST_MORE: Final = 3
_ENDS: Final = 8
_OWN_LETTERS: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_MOST_TEXT: Final = 300_000
_ROUNDS: Final = 3


class Values:
    """The titles, meta tags and other values of a page, and the stretches that were ``found`` on it."""

    def __init__(self, scene: Scene, found: Sequence[Stretch]) -> None:
        self._scene = scene
        self._again: dict[str, set[int]] = {}
        self._touched: set[int] = set()
        for stretch in found:
            spam = float(scene.table[stretch.first : stretch.last, _WORD_MEAN].mean()) > 0
            for item in scene.items_in(stretch):
                self._touched.add(item.leaf)
                if spam and scene.leaves[item.leaf].kind in _VALUES and (text := plain(item.text)):
                    self._again.setdefault(text, set()).add(item.leaf)

    def within(self, stretch: Stretch) -> Stretch:
        """A block with all of it that stands in the values it begins and ends in, and no more of them."""
        ends = (self._scene.items[index].leaf for index in (stretch.first, stretch.last - 1))
        if all(self._scene.leaves[leaf].kind not in _VALUES for leaf in ends):
            return stretch
        value = _Value(self._scene, stretch, self)
        if value.is_mirrored():
            value.fill(whole=True)
            return Stretch(value.first, value.last)
        value.leave_the_own()
        for _ in range(_ROUNDS):
            before = value.first, value.last
            value.repeat()
            value.end_the_phrase()
            value.go_on()
            value.close_brackets()
            if (value.first, value.last) == before:
                break
        value.fill()
        return Stretch(value.first, value.last)

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


class _Value:
    """A block that grows inside the values it begins and ends in: items ``[low, high)`` are those of these values."""

    def __init__(self, scene: Scene, stretch: Stretch, values: Values) -> None:
        self._scene = scene
        self._values = values
        self.first, self.last = stretch.first, stretch.last
        self._low, self._high = self.first, self.last
        begins, ends = (scene.items[index].leaf for index in (self.first, self.last - 1))
        if scene.leaves[begins].kind in _VALUES:
            while self._low > 0 and scene.items[self._low - 1].leaf == begins:
                self._low -= 1
        if scene.leaves[ends].kind in _VALUES:
            while self._high < len(scene.items) and scene.items[self._high].leaf == ends:
                self._high += 1

    def is_mirrored(self) -> bool:
        """Whether the block stands in a meta tag that says just what was put before or behind the true title."""
        leaf = self._scene.leaves[self._scene.items[self.first].leaf]
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
        leaf = self._scene.leaves[self._scene.items[self.first].leaf]
        if leaf.kind is not Kind.ATTRIBUTE or is_hollow(leaf.node) or leaf.node.tag == "input" or not self._one_value():
            return
        own, *rest = self._scene.items[self.first : self.last]
        if not rest or own.end - own.start > _LONGEST_OWN or sum(item.end - item.start for item in rest) < _LONGEST_OWN:
            return
        marks = [self._mark(index) for index in range(self.first + 1, self.last)]
        odd = len(marks) >= _SURELY and marks[0] not in marks[1:] and len(set(marks[1:])) == 1
        begins = self.first == self._low and not _words(own.text) & _words(" ".join(item.text for item in rest))
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
        if begins.leaf != ends.leaf or self._scene.leaves[begins.leaf].kind not in _VALUES:
            return False
        said = plain(self._text(begins.leaf)[begins.start : ends.end])
        return bool(said) and said in self._values.own and self._other(first, last)

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
            len(said) >= _OWN_LETTERS and said in self._values.own for said in map(plain, around)
        )

    def _is_apart(self, index: int, first: int) -> bool:
        """Whether an item looks less like spam than the rest of the block on average, and its words speak of others."""
        rest = slice(first, self.last)
        less = float(self._scene.scores[rest].mean() - self._scene.scores[index])
        return less > _APART and float(self._scene.table[index, _WORD_MEAN]) < 0

    def repeat(self) -> None:
        """Take in phrases of the block that are written again in the value, and what stands between.

        Phrases that only the rest of the value repeats count too: nobody tells twice what a picture shows.
        """
        texts = {index: plain(self._scene.items[index].text) for index in range(self._low, self._high)}
        ours = {texts[index] for index in range(self.first, self.last)} - {""}
        outside = [text for index, text in texts.items() if text and not self.first <= index < self.last]
        twice = {text for text in outside if outside.count(text) > 1 and text not in self._values.own}
        for index in range(self._high - 1, self.last - 1, -1):
            if texts[index] in ours or texts[index] in twice or (index == self.last and self._is_again(index)):
                self.last = index + 1
                break
        for index in range(self._low, self.first):
            if texts[index] in ours or texts[index] in twice or (index == self.first - 1 and self._is_again(index)):
                self.first = index
                break

    def end_the_phrase(self) -> None:
        """Take in the rest of a phrase that was cut at a space, and other phrases, when their words are the block's."""
        words = _words(" ".join(item.text for item in self._scene.items[self.first : self.last]))
        while self.last < self._high and self._is_of_words(self.last, self.last, words):
            self.last += 1
        while self.first > self._low and self._is_of_words(self.first - 1, self.first, words):
            self.first -= 1

    def _is_of_words(self, index: int, bound: int, words: frozenset[str]) -> bool:
        """Whether an item says only words of the block, or half of it and only white space parts the two."""
        mark = self._mark(bound)
        own = _words(self._scene.items[index].text)
        if mark is None or self._is_told(index):
            return False
        return (bool(own) and own <= words) or (mark.isspace() and len(own & words) * 2 >= max(len(own), 1))

    def go_on(self) -> None:
        """Take in what is parted from the block by the very mark that parts its phrases.

        Where such marks stand on to both ends of the value they do not tell where the site's own words begin; then the
        end goes that looks more like the block.
        """
        size = self.last - self.first
        marks = Counter(mark for index in range(self.first + 1, self.last) if (mark := self._mark(index)) is not None)
        mark, times = max(marks.items(), key=lambda pair: pair[1], default=(None, 0))
        if mark is None or times < _SAME * marks.total():
            return
        first, last = self._reach(mark, _HONEST)
        if (first, last) != (self._low, self._high):
            # Spam was put at one end: at the other stand the site's own words, which look a little like it from there.
            strict = self._reach(mark, _SPAM)
            first, last = first if first == self._low else strict[0], last if last == self._high else strict[1]
        # Only where the mark changes, or the value ends, does the list end.
        before = first < self.first and (first == self._low or not self._goes_on(first, mark))
        behind = last > self.last and (last == self._high or not self._goes_on(last, mark))
        if (first, last) == (self._low, self._high) and not self._is_hollow():
            if self._put_behind(size):
                return
            before, behind = self._likelier(size)
        if behind and last - self.last <= _MOST_MORE * size:
            self.last = last
        if before and self.first - first <= _MOST_MORE * size:
            self.first = first

    def _reach(self, mark: str, least: float) -> tuple[int, int]:
        """How far such marks stand between what may be part of the block."""
        first, last = self.first, self.last
        while last < self._high and self._goes_on(last, mark) and self._may_be_ours(last, least):
            last += 1
        while first > self._low and self._goes_on(first, mark) and self._may_be_ours(first - 1, least):
            first -= 1
        return first, last

    def _goes_on(self, index: int, mark: str) -> bool:
        """Whether what stands before an item is the mark of a list, or a space inside one of its phrases."""
        own = self._mark(index)
        return own == mark or (own is not None and own.isspace() and not mark.isspace())

    def _put_behind(self, size: int) -> bool:
        """Take in all but the beginning of the value of an element that is there for it, if the rest looks so."""
        leaf = self._scene.leaves[self._scene.items[self.last - 1].leaf]
        left = [*range(self._low, self.first), *range(self.last, self._high)]
        rest = [index for index in left if index != self._low]
        looks = size >= _SURELY and all(self._scene.scores[index] > _SPAM for index in rest)
        if not looks or not rest or leaf.kind is not Kind.ATTRIBUTE or not self._one_value():
            return False
        said = leaf.readable.text[: self._scene.items[self._low].start].strip()
        self.first, self.last = min(self.first, self._low + (not said)), self._high
        return True

    def _likelier(self, size: int) -> tuple[bool, bool]:
        """Whether what is left before a block, and behind it, looks so much more like it than what is beyond."""
        before, behind = self._looks(self._low, self.first), self._looks(self.last, self._high)
        if size < _SURELY or before is None or behind is None:
            return False, False
        return before > max(behind + _MUCH, _SPAM), behind > max(before + _MUCH, _SPAM)

    def close_brackets(self) -> None:
        """Take in what stands in a bracket that the block opens or closes."""
        ends = self._scene.items[self.last - 1]
        begins = self._scene.items[self.first]
        if self._high > self.last:
            start = begins.start if begins.leaf == ends.leaf else 0
            pending = unclosed(self._text(ends.leaf)[start : ends.end])
            for index in range(self.last, min(self._high, self.last + _BEYOND)) if pending else ():
                if any(CLOSES[mark] in self._part(index) for mark in pending):
                    self.last = index + 1
                    break
        if self.first > self._low:
            end = ends.end if begins.leaf == ends.leaf else len(self._text(begins.leaf))
            pending = unopened(self._text(begins.leaf)[begins.start : end])
            for index in range(self.first - 1, max(self._low, self.first - _BEYOND) - 1, -1) if pending else ():
                if any(mark in self._part(index) for mark in pending):
                    self.first = index
                    break

    def fill(self, *, whole: bool = False) -> None:
        """Take in the rest of a value whose element is there for nothing else, when most of it is the block's."""
        if whole:
            self.first, self.last = self._low, self._high
        left = [*range(self._low, self.first), *range(self.last, self._high)]
        if not left or not self._is_hollow():
            return
        rest = sum(len(self._scene.items[index].text) for index in left)
        ours = sum(len(item.text) for item in self._scene.items[self.first : self.last])
        if rest <= ours and all(self._scene.scores[index] > _HONEST for index in left):
            self.first, self.last = self._low, self._high

    def _may_be_ours(self, index: int, least: float) -> bool:
        return bool(self._scene.scores[index] > least) and not self._is_told(index) and not self._ends_own(index)

    def _is_told(self, index: int) -> bool:
        """Whether a phrase of a value stands elsewhere on the page, in what is no part of a block."""
        item = self._scene.items[index]
        text = plain(item.text) if self._scene.leaves[item.leaf].kind in _VALUES else ""
        return bool(text) and text in self._values.own

    def _is_again(self, index: int) -> bool:
        item = self._scene.items[index]
        return self._values.is_again(plain(item.text), item.leaf)

    def _looks(self, first: int, last: int) -> float | None:
        return float(self._scene.scores[first:last].mean()) if first < last else None

    def _one_value(self) -> bool:
        return self._scene.items[self.first].leaf == self._scene.items[self.last - 1].leaf

    def _is_hollow(self) -> bool:
        """Whether the block stands in one value, of an element that has no other use."""
        leaf = self._scene.leaves[self._scene.items[self.first].leaf]
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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())
