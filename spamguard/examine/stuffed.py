"""Where a block ends inside a title, a meta tag or another value that it shares with the site's own words.

There the words alone seldom tell: a phrase that no list knows stands among those that are known. What tells is how
they are written: the same phrases again, the same mark between each two of them, and brackets that open and close.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.brackets import CLOSES, unclosed, unopened
from spamguard.examine.sharing import VALUES, Value, plain, words_in
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.examine.sharing import Values

_HONEST: Final = -1.0
_SPAM: Final = 1.0
_MUCH: Final = 1.5
"""Log-odds of items, as they look beside the block: of one that is none of it, of one that may be, and a difference."""
_SAME: Final = 0.75
"""Share of the marks between the phrases of a block from which on they are its way of writing."""
_SURELY: Final = 3
_BEYOND: Final = 3
_MOST_MORE: Final = 3
_ROUNDS: Final = 3


def within(values: Values, scene: Scene, stretch: Stretch) -> Stretch:
    """A block with all of it that stands in the values it begins and ends in, and no more of them."""
    ends = (scene.items[index].leaf for index in (stretch.first, stretch.last - 1))
    if all(scene.leaves[leaf].kind not in VALUES for leaf in ends):
        return stretch
    value = _Stuffed(scene, stretch, values)
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


class _Stuffed(Value):
    """A block that grows inside the values it begins and ends in."""

    def repeat(self) -> None:
        """Take in phrases of the block that are written again in the value, and what stands between.

        Phrases that only the rest of the value repeats count too: nobody tells twice what a picture shows.
        """
        texts = {index: plain(self._scene.items[index].text) for index in range(self._low, self._high)}
        ours = {texts[index] for index in range(self.first, self.last)} - {""}
        outside = [text for index, text in texts.items() if text and not self.first <= index < self.last]
        twice = {text for text, times in Counter(outside).items() if times > 1 and not self._values.are_own(text)}
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
        words = words_in(" ".join(item.text for item in self._scene.items[self.first : self.last]))
        while self.last < self._high and self._is_ofwords_in(self.last, self.last, words):
            self.last += 1
        while self.first > self._low and self._is_ofwords_in(self.first - 1, self.first, words):
            self.first -= 1

    def _is_ofwords_in(self, index: int, bound: int, words: frozenset[str]) -> bool:
        """Whether an item says only words of the block, or half of it and only white space parts the two."""
        mark = self._mark(bound)
        own = words_in(self._scene.items[index].text)
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
        leaf = self._scene.leaf_of(self.last - 1)
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
