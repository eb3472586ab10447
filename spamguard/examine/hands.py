"""What stands in a block and is of another hand: lines of the page's own beside or between what was put in.

Items are scored by their neighbours too, so that an honest line beside spam looks like spam from there. Here is asked
what else tells whose it is: its letters, what hides it, how its element is called, what it repeats. Only whole lines
without a keyword are let go, and only when their own words are none of spam.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.comments import is_comment
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.grow import HEADINGS
from spamguard.examine.hosts import host_of
from spamguard.examine.items import Bound
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.examine.tongue import Tongue
    from spamguard.page.outline import Node

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_OTHER_WORDS: Final = 1.5
_OWN_WORDS: Final = -5.0
_HELD_WORDS: Final = -2.0
_SPAM_WORDS: Final = 4.5
"""Log-odds of the words of lines: of those that may be the page's own, that surely are if something else tells, that
are if only an unclosed element holds them, and of what tells that a rest is spam."""
_HONEST_LINK: Final = -2.0
"""Log-odds under which a link is surely the page's own."""
_BETWEEN: Final = -0.5
"""Log-odds under which lines between spam may be the page's own: those beside it look worse."""
_MOST_LINES: Final = 40
_MOST_ITEMS: Final = 12
_FEWEST_LETTERS: Final = 8
_LONG_HEADING: Final = 20
_NEAR: Final = 8
_LONG_LIST: Final = 5
_STOPS: Final = (".", "!", "?", "。", "！", "？", "।", "۔", "؟")
_PARTS: Final = frozenset({"header", "footer", "nav", "main", "aside", "section", "article", "form"})
_CALLED: Final = HEADINGS | {"p"}
_EVERYDAY: Final = frozenset({"display:none", "visibility:hidden"})
_SIGNS: Final = frozenset({"CJK", "HANGUL"})
_ENTRIES: Final = frozenset({"td", "th", "li", "dt", "dd", "tr"})


class Hands:
    """Tells what in the blocks of a page is of another hand than they."""

    def __init__(self, scene: Scene, tongue: Tongue) -> None:
        self._scene = scene
        self._tongue = tongue

    def without_others(self, stretch: Stretch) -> Stretch:
        """A stretch without the lines at its ends that are of another hand than its rest."""
        while True:
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
                return stretch

    def parts_of(self, stretch: Stretch) -> list[Stretch]:
        """A stretch in parts, the page's own lines at its ends and between what was put in left out."""
        stretch = self.without_others(stretch)
        if not self._is_text(range(stretch.first, stretch.last)):
            return [stretch]
        cuts = [run for run in self._runs_between(stretch) if self._is_own_between(run, stretch)]
        parts, first = [], stretch.first
        for run in [*cuts, range(stretch.last, stretch.last)]:
            if run.start > first:
                parts.append(Stretch(first, run.start))
            first = run.stop
        told = [part for part in parts if self._tells(range(part.first, part.last))]
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
            sponsored = self._is_sponsored(line)
            if not (sponsored or self._may_be_own(line) or self._links_beside(line)):
                break
            if not (self._is_whole(line) or self._goes_on(line)):
                break
            taken.append(line)
            run = range(min(part.start for part in taken), max(part.stop for part in taken))
            rest = [i for i in range(stretch.first, stretch.last) if i not in run]
            paid_for = self._is_sponsored(run) and not any(map(self._is_sponsored_item, rest))
            if paid_for or (self._is_shown(run) and self._tells(rest) and self._is_other(run, rest)):
                found = len(run)
        return found

    def _is_shown(self, run: range) -> bool:
        """Whether some lines are texts, and at most values beside them: not a title or a value alone."""
        kinds = {self._kind(index) for index in run}
        return Kind.TEXT in kinds and kinds <= {Kind.TEXT, Kind.ATTRIBUTE}

    def _in_own_letters(self, inside: range, stretch: Stretch) -> int:
        """How many items at an end of a block are in the letters of the page, and none of the rest is.

        ``inside`` begins at that end. A word or two of other letters may stand among them.
        """
        found = 0
        whole = range(stretch.first, stretch.last)
        for size in range(1, min(_MOST_ITEMS, len(inside) - 1) + 1):
            run = inside[:size]
            last = run[-1:]
            if self._is_named(last) or self._kind(run[-1]) not in {Kind.TEXT, Kind.TITLE}:
                break
            sounds = self._words(run) < _SPAM_WORDS or self._are_shown_signs(run)
            own = sounds and self._tongue.letters_of(last) == self._tongue.letters_of(run)
            rest = inside[size:]
            enough = self._letters(run) >= _FEWEST_LETTERS or self._are_shown_signs(run)
            if own and self._tells(rest) and enough:
                found = size if self._tongue.are_own_letters(run, whole) else found
        return found

    def _are_shown_signs(self, run: range) -> bool:
        """Whether some items are seen words of signs or syllables that lead to no other site.

        Two such sound like anything. Names and words to search for stand in Latin letters on any page.
        """
        facts = [self._scene.facts[self._scene.items[index].leaf] for index in run]
        shown = all(fact.hidden_by is None and fact.domain is None for fact in facts)
        return shown and self._tongue.letters_of(run) in _SIGNS

    def _sentence_behind(self, stretch: Stretch) -> int:
        """How many items at the end of a bare list are a sentence, when nothing else in the list is one."""
        items = self._scene.items
        first = stretch.last - 1
        while first > stretch.first and items[first].bound is Bound.SPACE and stretch.last - first < _NEAR:
            first -= 1
        rest, run = range(stretch.first, first), range(first, stretch.last)
        if len(rest) < _LONG_LIST or not self._is_text(range(stretch.first, stretch.last)):
            return 0
        if items[first].bound is not Bound.SEPARATOR or not items[run[-1]].text.rstrip().endswith(_STOPS):
            return 0
        listed = all(items[index].bound is Bound.SEPARATOR for index in rest[1:])
        sold = any(items[index].text.rstrip().endswith(_STOPS) for index in rest)
        own = self._may_be_own(run, _HELD_WORDS) and self._letters(run) >= _FEWEST_LETTERS
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
        return behind and items[line.start].bound is Bound.BLOCK and bool(self._scene.scores[line.stop] < _OWN_WORDS)

    def _is_named(self, indexes: Sequence[int]) -> bool:
        return bool((self._scene.table[list(indexes), _NAMED] > 0).any())

    def _may_be_own(self, line: Sequence[int], most: float = _OTHER_WORDS) -> bool:
        """Whether no keyword stands in a line and its words are none of spam."""
        return not self._is_named(line) and self._words(line) < most

    def _links_beside(self, line: Sequence[int]) -> bool:
        """Whether a line is of links without a keyword: few words sound like anything."""
        anchored = all(self._scene.facts[self._scene.items[index].leaf].anchor is not None for index in line)
        return anchored and not self._is_named(line)

    def _words(self, indexes: Sequence[int]) -> float:
        """How the words of some items sound by themselves."""
        lengths = [self._scene.items[index].end - self._scene.items[index].start for index in indexes]
        means = self._scene.table[list(indexes), _WORD_MEAN]
        return float(means @ lengths) / max(sum(lengths), 1)

    def _tells(self, rest: Sequence[int]) -> bool:
        """Whether what is left is spam by its own words."""
        rows = self._scene.table[list(rest)]
        return bool((rows[:, _NAMED] > 0).any() or (rows[:, _WORD_MEAN] >= _SPAM_WORDS).any())

    def _is_text(self, indexes: Sequence[int]) -> bool:
        return all(self._kind(index) is Kind.TEXT for index in indexes)

    def _kind(self, index: int) -> Kind:
        return self._scene.leaves[self._scene.items[index].leaf].kind

    def _is_other(self, run: range, rest: Sequence[int]) -> bool:
        """Whether lines at an end of a block are of another hand than its rest."""
        words = self._words(run)
        if self._lead_alike(run, rest):
            return False
        if self._leads_home(run, rest):
            return True
        if words >= _OTHER_WORDS:
            return self._leads_where_others_do(run, rest)
        if self._tongue.are_own_letters(run, range(min(*rest, run.start), max(*rest, run.stop - 1) + 1)):
            return self._letters(run) >= _FEWEST_LETTERS
        if self._is_hidden_elsewhere(run, rest) or self._is_shown_beside(run, rest):
            return True
        if words < _HELD_WORDS and self._is_held(run, rest):
            return True
        if self._leads_where_others_do(run, rest) or self._stands_elsewhere(run, rest):
            return True
        return words < _OWN_WORDS and self._is_called_as_others(run, rest)

    def _runs_between(self, stretch: Stretch) -> list[range]:
        """What stands between two parts of a stretch and may be own, in whole lines."""
        runs: list[range] = []
        for line in self._lines(stretch):
            if not self._may_be_own(line):
                continue
            if runs and runs[-1].stop == line.start:
                runs[-1] = range(runs[-1].start, line.stop)
            else:
                runs.append(line)
        return [run for run in runs if stretch.first < run.start and run.stop < stretch.last]

    def _is_own_between(self, run: range, stretch: Stretch) -> bool:
        """Whether lines between two parts of a block are the page's own, though all around them is spam."""
        rest = [i for i in range(stretch.first, stretch.last) if i not in run]
        if self._lead_alike(run, rest):
            return False
        if self._tongue.are_own_letters(run, range(stretch.first, stretch.last)):
            return self._letters(run) >= _FEWEST_LETTERS
        if self._is_shown_beside(run, rest):
            return True
        if float(self._scene.scores[run.start : run.stop].mean()) >= _BETWEEN:
            return False
        return self._words(run) < _OWN_WORDS and (self._is_called_as_others(run, rest) or self._leads_home(run, rest))

    def _is_shown_beside(self, run: range, rest: Sequence[int]) -> bool:
        """Whether people see what of some lines is right beside the rest, without a link, and nothing of the rest.

        What one hand hides it does not show in the middle. What stands behind such lines and is hidden by something
        else is none of the rest.
        """
        before, behind = [index for index in rest if index < run.start], [index for index in rest if index >= run.stop]
        nearest = [run[0]] * bool(before) + [run[-1]] * bool(behind)
        facts = [self._scene.facts[self._scene.items[index].leaf] for index in nearest]
        if any(fact.hidden_by is not None or fact.anchor is not None for fact in facts):
            return False
        sides = [{self._hider(index) for index in side} for side in (before, behind, run)]
        links = [any(hider is not None and hider.tag == "a" for hider in side) for side in sides[:2] if side]
        parted = sides[0].isdisjoint(sides[1]) and sides[2].isdisjoint(sides[0] | sides[1])
        return not all(links) and None not in sides[0] | sides[1] and parted

    def _leads_where_others_do(self, run: range, rest: Sequence[int]) -> bool:
        """Whether all links in some lines lead to sites that the page's own words lead to elsewhere."""
        hosts = self._hosts(run)
        if not hosts or any(map(self._is_home, run)):
            return False
        low, high = min(*rest, run.start), max(*rest, run.stop - 1)
        facts, scores = self._scene.facts, self._scene.scores
        elsewhere: set[str] = set()
        for index, item in enumerate(self._scene.items):
            if facts[item.leaf].domain is not None and not low <= index <= high and scores[index] < _HONEST_LINK:
                elsewhere |= self._hosts([index])
        return all(any(_are_of_one_site(host, other) for other in elsewhere) for host in hosts)

    def _letters(self, run: Sequence[int]) -> int:
        """How many letters some items have; a sign or a syllable is as good as two."""
        count = sum(sum(map(str.isalpha, self._scene.items[index].text)) for index in run)
        return count * 2 if self._tongue.letters_of(run) in _SIGNS else count

    def _hosts(self, indexes: Sequence[int]) -> set[str]:
        anchors = (self._scene.facts[self._scene.items[index].leaf].anchor for index in indexes)
        return {host for anchor in anchors if anchor is not None and (host := host_of(anchor.attribute("href") or ""))}

    def _lead_alike(self, run: Sequence[int], rest: Sequence[int]) -> bool:
        """Whether a link in some lines leads to a site that the rest leads to."""
        return not self._hosts(run).isdisjoint(self._hosts(rest))

    def _leads_home(self, run: Sequence[int], rest: Sequence[int]) -> bool:
        """Whether all of some lines are links to the site itself, and none of the rest is one."""
        return all(map(self._is_home, run)) and not any(map(self._is_home, rest))

    def _is_home(self, index: int) -> bool:
        facts = self._scene.facts[self._scene.items[index].leaf]
        return facts.anchor is not None and facts.domain is None

    def _stands_elsewhere(self, run: range, rest: Sequence[int]) -> bool:
        """Whether a part of the page holds some lines and what is honest, and does not reach to the rest."""
        beside = rest[-1] if rest[-1] < run.start else rest[0]
        there = self._scene.leaves[self._scene.items[beside].leaf].node.start
        low, high = min(*rest, run.start), max(*rest, run.stop - 1)
        for around in self._scene.leaves[self._scene.items[run.start].leaf].node.ancestors():
            if around.tag in _PARTS and not around.start <= there < around.end:
                return any(self._is_honest_in(around, index) for index in _around(low, high, len(self._scene.items)))
        return False

    def _is_honest_in(self, part: Node, index: int) -> bool:
        """Whether an item stands in a part of the page and surely is no spam."""
        inside = part.start <= self._scene.leaves[self._scene.items[index].leaf].node.start < part.end
        return inside and bool(self._scene.scores[index] < _BETWEEN)

    def _hider(self, index: int) -> Node | None:
        return self._scene.facts[self._scene.items[index].leaf].hider

    def _is_hidden_elsewhere(self, run: range, rest: Sequence[int]) -> bool:
        """Whether something else hides some lines than the rest, in an element that is not written as the other is."""
        ours = self._hider(run.start)
        if ours is None or ours.tag == "a" or any(self._hider(index) is not ours for index in run):
            return False
        if not self._tongue.has_letters_of(run, range(min(*rest, run.start), max(*rest, run.stop - 1) + 1)):
            return False
        hiders = [hider for index in rest if (hider := self._hider(index)) is not None]
        return not any(
            other is ours
            or (other.start <= ours.start and ours.end <= other.end)
            or (ours.start <= other.start and other.end <= ours.end)
            or _are_dressed_alike(ours, other)
            for other in hiders
        )

    def _is_held(self, run: range, rest: Sequence[int]) -> bool:
        """Whether some lines are hidden only because the element that hides the rest before them was never closed."""
        hider = self._hider(run.start)
        if not self._tongue.has_letters_of(run, range(rest[0], run.stop)):
            return False
        return hider is not None and not hider.closed and rest[-1] < run.start and self._hider(rest[-1]) is hider

    def _is_sponsored(self, indexes: Sequence[int]) -> bool:
        return all(map(self._is_sponsored_item, indexes))

    def _is_sponsored_item(self, index: int) -> bool:
        """Whether an item is a link that says that it was paid for, as those who break in do not."""
        facts = self._scene.facts[self._scene.items[index].leaf]
        shown = facts.anchor is not None and facts.hidden_by is None
        return shown and facts.anchor is not None and "sponsored" in (facts.anchor.attribute("rel") or "").lower()

    def _is_called_as_others(self, run: range, rest: Sequence[int]) -> bool:
        """Whether a heading or paragraph in some lines bears a class as those elsewhere do, or repeats the title."""
        node = self._scene.leaves[self._scene.items[run.start].leaf].node
        if any(around.tag in _ENTRIES or is_comment(around) for around in node.ancestors()):
            return False
        low = self._scene.leaves[self._scene.items[min(*rest, run.start)].leaf].node.start
        high = self._scene.leaves[self._scene.items[max(*rest, run.stop - 1)].leaf].node.end
        for index in run:
            text = self._scene.items[index].text.strip()
            for around in self._scene.leaves[self._scene.items[index].leaf].node.ancestors():
                if around.tag not in _CALLED:
                    continue
                if around.tag in HEADINGS and len(text) >= _LONG_HEADING and text in self._titles:
                    return True
                if (name := _classes(around)) and self._bear(around.tag, name, low, high):
                    return True
        return False

    def _bear(self, tag: str, name: str, low: int, high: int) -> bool:
        """Whether an element outside of some bytes has a tag and a class."""
        return any(end <= low or start >= high for start, end in self._called[tag, name])

    @cached_property
    def _titles(self) -> str:
        leaves = self._scene.leaves
        return "\n".join(leaf.readable.text for leaf in leaves if leaf.kind is Kind.TITLE)

    @cached_property
    def _called(self) -> dict[tuple[str, str], set[tuple[int, int]]]:
        """Where headings and paragraphs with a class begin and end that hold text."""
        places: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
        for leaf in self._scene.leaves:
            if leaf.kind is Kind.TEXT:
                for node in leaf.node.ancestors():
                    if node.tag in _CALLED and (name := _classes(node)):
                        places[node.tag, name].add((node.start, node.end))
        return places


def _around(low: int, high: int, size: int) -> list[int]:
    """The places right before and behind some."""
    return [*range(max(0, low - _NEAR), low), *range(high + 1, min(size, high + 1 + _NEAR))]


def _are_of_one_site(host: str, other: str) -> bool:
    host, other = host.removeprefix("www."), other.removeprefix("www.")
    return host == other or host.endswith("." + other) or other.endswith("." + host)


def _are_dressed_alike(one: Node, other: Node) -> bool:
    """Whether two elements hide by the same class, or in the same words if these are not what everybody writes."""
    if _classes(one) or _classes(other):
        return _classes(one) == _classes(other)
    styles = ["".join((node.attribute("style") or "").lower().split()).rstrip(";") for node in (one, other)]
    return styles[0] == styles[1] and bool(styles[0]) and styles[0] not in _EVERYDAY


def _classes(node: Node) -> str:
    return (node.attribute("class") or "").strip()
