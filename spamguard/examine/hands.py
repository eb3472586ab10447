"""Lines of the page's own beside or between what was put in: they leave the block that they were counted to.

Only whole lines without a keyword are let go, when their own words are none of spam and something tells (``traces.py``)
that they are of another hand.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.items import Bound
from spamguard.examine.traces import FEWEST_LETTERS, HELD_WORDS, OWN_WORDS, Traces
from spamguard.page.tokens import Kind
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.examine.tongue import Tongue

_MOST_LINES: Final = 40
_MOST_ITEMS: Final = 12
_MOST_TURNS, _MOST_RUNS = 20, 60
"""How often a block is made shorter, and how many lines between its parts are asked about: each asks all of it."""
_NEAR: Final = 8
_OTHER_LETTERS_WORDS: Final = 6.0
"""Log-odds of words under which they are the page's own if all that is beside them is in other letters than the page:
short ones sound like anything."""
_LONG_LIST: Final = 5


class Hands:
    """Takes out of the blocks of a page what is of another hand than they."""

    def __init__(self, scene: Scene, tongue: Tongue) -> None:
        self._scene = scene
        self._tongue = tongue
        self._traces = Traces(scene, tongue)

    def without_others(self, stretch: Stretch) -> Stretch:
        """A stretch without the lines at its ends that are of another hand than its rest."""
        for _ in range(_MOST_TURNS):
            lines = self._lines(stretch)
            inside = range(stretch.first, stretch.last)
            first = self._others(lines, stretch) or self._in_own_letters(inside, stretch)
            last = self._others(lines[::-1], stretch) or self._in_own_letters(inside[::-1], stretch)
            last = last or self._sentence_behind(stretch)
            if first:
                stretch = Stretch(stretch.first + first, stretch.last)
            elif last:
                stretch = Stretch(stretch.first, stretch.last - last)
            else:
                break
        return stretch

    def parts_of(self, stretch: Stretch) -> list[Stretch]:
        """A stretch in parts, the page's own lines at its ends and between what was put in left out."""
        stretch = self.without_others(stretch)
        if not self._traces.is_text(range(stretch.first, stretch.last)):
            return [stretch]
        runs = self._runs_between(stretch)
        few = len(runs) <= _MOST_RUNS
        cuts = [run for run in runs if self._traces.is_own_between(run, _rest(stretch, run))] if few else []
        parts, first = [], stretch.first
        for run in [*cuts, range(stretch.last, stretch.last)]:
            if run.start > first:
                parts.append(Stretch(first, run.start))
            first = run.stop
        told = [part for part in parts if self._traces.tells(range(part.first, part.last))]
        return told or [stretch]

    def _lines(self, stretch: Stretch) -> list[range]:
        """The whole and cut lines of a stretch."""
        items = self._scene.items
        starts = [i for i in range(stretch.first + 1, stretch.last) if items[i].bound is Bound.BLOCK]
        ends = [stretch.first, *starts, stretch.last]
        return [range(*pair) for pair in pairwise(ends)]

    def _others(self, lines: Sequence[range], stretch: Stretch) -> int:
        """How many items at an end of a stretch are of another hand; ``lines`` begin at that end."""
        taken: list[range] = []
        found = 0
        for line in lines[: min(_MOST_LINES, len(lines) - 1)]:
            sponsored = self._traces.is_sponsored(line)
            if not (sponsored or self._traces.may_be_own(line) or self._traces.is_quiet_links(line)):
                break
            if not (self._is_whole(line) or self._goes_on(line)):
                break
            taken.append(line)
            run = range(min(part.start for part in taken), max(part.stop for part in taken))
            rest = _rest(stretch, run)
            paid_for = self._traces.is_sponsored(run) and not any(map(self._traces.is_sponsored_item, rest))
            if paid_for or (
                self._traces.is_shown(run) and self._traces.tells(rest) and self._traces.is_other(run, rest)
            ):
                found = len(run)
        return found

    def _in_own_letters(self, inside: range, stretch: Stretch) -> int:
        """How many items at an end of a block are in the letters of the page, and none of the rest is.

        ``inside`` begins at that end. A word or two of other letters may stand among them.
        """
        found = 0
        whole = range(stretch.first, stretch.last)
        for size in range(1, min(_MOST_ITEMS, len(inside) - 1) + 1):
            run = inside[:size]
            last = run[-1:]
            if self._traces.is_named(last) or self._traces.kind(run[-1]) not in {Kind.TEXT, Kind.TITLE}:
                break
            signs = self._traces.are_shown_signs(run)
            sounds = signs or self._traces.words(run) < _OTHER_LETTERS_WORDS
            own = sounds and self._tongue.letters_of(last) == self._tongue.letters_of(run)
            rest = inside[size:]
            if own and self._traces.tells(rest) and (signs or self._traces.letters(run) >= FEWEST_LETTERS):
                found = size if self._tongue.are_own_letters(run, whole) else found
        return found

    def _sentence_behind(self, stretch: Stretch) -> int:
        """How many items at the end of a bare list are a sentence, when nothing else in the list is one."""
        items = self._scene.items
        first = stretch.last - 1
        while first > stretch.first and items[first].bound is Bound.SPACE and stretch.last - first < _NEAR:
            first -= 1
        rest, run = range(stretch.first, first), range(first, stretch.last)
        if len(rest) < _LONG_LIST or not self._traces.is_text(range(stretch.first, stretch.last)):
            return 0
        if items[first].bound is not Bound.SEPARATOR or not ends_sentence(items[run[-1]].text):
            return 0
        listed = all(items[index].bound is Bound.SEPARATOR for index in rest[1:])
        sold = any(ends_sentence(items[index].text) for index in rest)
        own = self._traces.may_be_own(run, HELD_WORDS) and self._traces.letters(run) >= FEWEST_LETTERS
        return len(run) if listed and own and not sold else 0

    def _is_whole(self, line: range) -> bool:
        """Whether a line is not cut through by the ends of the block."""
        items = self._scene.items
        ends = line.stop == len(items) or items[line.stop].bound is Bound.BLOCK
        return ends and items[line.start].bound is Bound.BLOCK

    def _goes_on(self, line: range) -> bool:
        """Whether a whole line goes on behind the block, and what stands there surely is the page's own."""
        items = self._scene.items
        behind = line.stop < len(items) and items[line.stop].bound is Bound.INLINE
        return behind and items[line.start].bound is Bound.BLOCK and bool(self._scene.scores[line.stop] < OWN_WORDS)

    def _runs_between(self, stretch: Stretch) -> list[range]:
        """What stands between two parts of a stretch and may be own, in whole lines."""
        runs: list[range] = []
        for line in self._lines(stretch):
            if not self._traces.may_be_own(line):
                continue
            if runs and runs[-1].stop == line.start:
                runs[-1] = range(runs[-1].start, line.stop)
            else:
                runs.append(line)
        return [run for run in runs if stretch.first < run.start and run.stop < stretch.last]


def _rest(stretch: Stretch, run: range) -> list[int]:
    """The items of a stretch that are not of some lines in it."""
    return [index for index in range(stretch.first, stretch.last) if index not in run]
