"""What tells whose some lines are that stand beside spam: letters, words, links, what hides them, how they are called.

Items are scored by their neighbours too, so that an honest line beside spam looks like spam from there: its score is
asked least.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.grow import HEADINGS
from spamguard.examine.hosts import host_of
from spamguard.examine.labels import is_paid_for
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.examine.describe import Scene
    from spamguard.examine.tongue import Tongue
    from spamguard.page.outline import Node

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_OTHER_WORDS: Final = 1.5
OWN_WORDS: Final = -5.0
HELD_WORDS: Final = -2.0
SPAM_WORDS: Final = 4.5
"""Log-odds of the words of lines: of those that may be the page's own, that surely are if something else tells, that
are if only an unclosed element holds them, and of what tells that a rest is spam."""
_HONEST_LINK: Final = -2.0
"""Log-odds under which a link is surely the page's own."""
_BETWEEN: Final = -0.5
"""Log-odds under which lines between spam may be the page's own: those beside it look worse."""
FEWEST_LETTERS: Final = 8
"""Letters that tell a script."""
_LONGEST_HOST: Final = 253
_LONG_HEADING: Final = 20
_NEAR: Final = 8
_PARTS: Final = frozenset({"header", "footer", "nav", "main", "aside", "section", "article", "form"})
_CALLED: Final = HEADINGS | {"p"}
_SIGNS: Final = frozenset({"CJK", "HANGUL"})
_EVERYDAY: Final = frozenset({"display:none", "visibility:hidden"})
_ENTRIES: Final = frozenset({"td", "th", "li", "dt", "dd", "tr"})


class Traces:
    """Traces of hands on a page: a ``run`` is the items of some lines, ``rest`` the others of its block in order."""

    def __init__(self, scene: Scene, tongue: Tongue) -> None:
        self._scene = scene
        self._tongue = tongue

    def is_other(self, run: range, rest: Sequence[int]) -> bool:
        """Whether lines at an end of a block are of another hand than its rest."""
        words = self.words(run)
        if self._lead_alike(run, rest):
            return False
        if self._leads_home(run, rest):
            return True
        if words >= _OTHER_WORDS:
            return self._leads_where_others_do(run, rest)
        if self._tongue.are_own_letters(run, _around(run, rest)):
            return self.letters(run) >= FEWEST_LETTERS
        if self._is_hidden_elsewhere(run, rest) or self._is_shown_beside(run, rest):
            return True
        if words < HELD_WORDS and self._is_held(run, rest):
            return True
        if self._leads_where_others_do(run, rest) or self._stands_elsewhere(run, rest):
            return True
        return words < OWN_WORDS and self._is_called_as_others(run, rest)

    def is_own_between(self, run: range, rest: Sequence[int]) -> bool:
        """Whether lines between two parts of a block are the page's own, though all around them is spam."""
        if self._lead_alike(run, rest):
            return False
        if self._tongue.are_own_letters(run, _around(run, rest)):
            return self.letters(run) >= FEWEST_LETTERS or self._heads_what_is_told_elsewhere(run)
        if self._is_shown_beside(run, rest):
            return True
        if float(self._scene.scores[run.start : run.stop].mean()) >= _BETWEEN:
            return False
        return self.words(run) < OWN_WORDS and (self._is_called_as_others(run, rest) or self._leads_home(run, rest))

    def tells(self, rest: Sequence[int]) -> bool:
        """Whether what is left is spam by its own words."""
        rows = self._scene.table[list(rest)]
        return bool((rows[:, _NAMED] > 0).any() or (rows[:, _WORD_MEAN] >= SPAM_WORDS).any())

    def may_be_own(self, line: Sequence[int], most: float = _OTHER_WORDS) -> bool:
        """Whether no keyword stands in a line and its words are none of spam."""
        return not self.is_named(line) and self.words(line) < most

    def is_quiet_links(self, line: Sequence[int]) -> bool:
        """Whether a line is of links without a keyword: few words sound like anything."""
        anchored = all(self._scene.facts_of(index).anchor is not None for index in line)
        return anchored and not self.is_named(line)

    def is_shown(self, run: range) -> bool:
        """Whether some lines are texts, and at most values beside them: not a title or a value alone."""
        kinds = {self.kind(index) for index in run}
        return Kind.TEXT in kinds and kinds <= {Kind.TEXT, Kind.ATTRIBUTE}

    def is_sponsored(self, indexes: Sequence[int]) -> bool:
        """Whether all items are links that say that they were paid for."""
        return all(map(self.is_sponsored_item, indexes))

    def is_sponsored_item(self, index: int) -> bool:
        """Whether an item is a link that says that it was paid for, as those who break in do not."""
        facts = self._scene.facts_of(index)
        return facts.anchor is not None and facts.hidden_by is None and is_paid_for(facts.anchor)

    def is_named(self, indexes: Sequence[int]) -> bool:
        """Whether a keyword stands in one of some items."""
        return bool((self._scene.table[list(indexes), _NAMED] > 0).any())

    def is_text(self, indexes: Sequence[int]) -> bool:
        """Whether all of some items are texts, none a title, a value or a comment."""
        return all(self.kind(index) is Kind.TEXT for index in indexes)

    def kind(self, index: int) -> Kind:
        """What an item is written as."""
        return self._scene.leaf_of(index).kind

    def words(self, indexes: Sequence[int]) -> float:
        """How the words of some items sound by themselves."""
        lengths = [self._scene.items[index].end - self._scene.items[index].start for index in indexes]
        means = self._scene.table[list(indexes), _WORD_MEAN]
        return float(means @ lengths) / max(sum(lengths), 1)

    def letters(self, run: Sequence[int]) -> int:
        """How many letters some items have; a sign or a syllable is as good as two."""
        count = sum(sum(map(str.isalpha, self._scene.items[index].text)) for index in run)
        return count * 2 if self._tongue.letters_of(run) in _SIGNS else count

    def are_shown_signs(self, run: range) -> bool:
        """Whether some items are seen words of signs or syllables that lead to no other site.

        Two such sound like anything. Names and words to search for stand in Latin letters on any page.
        """
        facts = [self._scene.facts_of(index) for index in run]
        shown = all(fact.hidden_by is None and fact.domain is None for fact in facts)
        return shown and self._tongue.letters_of(run) in _SIGNS

    def _is_shown_beside(self, run: range, rest: Sequence[int]) -> bool:
        """Whether people see what of some lines is right beside the rest, without a link, and nothing of the rest.

        What one hand hides it does not show in the middle. What stands behind such lines and is hidden by something
        else is none of the rest.
        """
        before, behind = [index for index in rest if index < run.start], [index for index in rest if index >= run.stop]
        nearest = [run[0]] * bool(before) + [run[-1]] * bool(behind)
        facts = [self._scene.facts_of(index) for index in nearest]
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
        block = _around(run, rest)
        exact, below = self._honest_hosts
        return all(
            any(first < block.start or last >= block.stop for first, last in _found(_site_of(host), exact, below))
            for host in hosts
        )

    @cached_property
    def _honest_hosts(self) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
        """Where honest links to each host stand, the first and the last, and those to a host below each name."""
        exact: dict[str, tuple[int, int]] = {}
        below: dict[str, tuple[int, int]] = {}
        facts, scores = self._scene.facts, self._scene.scores
        for index, item in enumerate(self._scene.items):
            if facts[item.leaf].domain is None or scores[index] >= _HONEST_LINK:
                continue
            for host in map(_site_of, self._hosts([index])):
                exact[host] = (exact.get(host, (index, index))[0], index)
                for name in _names_above(host):
                    below[name] = (below.get(name, (index, index))[0], index)
        return exact, below

    def _hosts(self, indexes: Sequence[int]) -> set[str]:
        anchors = (self._scene.facts_of(index).anchor for index in indexes)
        return {host for anchor in anchors if anchor is not None and (host := host_of(anchor.attribute("href") or ""))}

    def _lead_alike(self, run: Sequence[int], rest: Sequence[int]) -> bool:
        """Whether a link in some lines leads to a site that the rest leads to."""
        return not self._hosts(run).isdisjoint(self._hosts(rest))

    def _leads_home(self, run: Sequence[int], rest: Sequence[int]) -> bool:
        """Whether all of some lines are links to the site itself, and none of the rest is one."""
        return all(map(self._is_home, run)) and not any(map(self._is_home, rest))

    def _is_home(self, index: int) -> bool:
        facts = self._scene.facts_of(index)
        return facts.anchor is not None and facts.domain is None

    def _stands_elsewhere(self, run: range, rest: Sequence[int]) -> bool:
        """Whether a part of the page holds some lines and what is honest, and does not reach to the rest."""
        beside = rest[-1] if rest[-1] < run.start else rest[0]
        there = self._scene.leaf_of(beside).node.start
        near = _beside(_around(run, rest), len(self._scene.items))
        for around in self._scene.around(run.start):
            if around.tag in _PARTS and not around.start <= there < around.end:
                return any(self._is_honest_in(around, index) for index in near)
        return False

    def _is_honest_in(self, part: Node, index: int) -> bool:
        """Whether an item stands in a part of the page and surely is no spam."""
        inside = part.start <= self._scene.leaf_of(index).node.start < part.end
        return inside and bool(self._scene.scores[index] < _BETWEEN)

    def _hider(self, index: int) -> Node | None:
        return self._scene.facts_of(index).hider

    def _is_hidden_elsewhere(self, run: range, rest: Sequence[int]) -> bool:
        """Whether something else hides some lines than the rest, in an element that is not written as the other is."""
        ours = self._hider(run.start)
        if ours is None or ours.tag == "a" or any(self._hider(index) is not ours for index in run):
            return False
        if not self._tongue.has_letters_of(run, _around(run, rest)):
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

    def _is_called_as_others(self, run: range, rest: Sequence[int]) -> bool:
        """Whether a heading or paragraph in some lines bears a class as those elsewhere do, or repeats the title."""
        node = self._scene.leaf_of(run.start).node
        if any(around.tag in _ENTRIES or is_comment(around) for around in node.ancestors()):
            return False
        block = _around(run, rest)
        low = self._scene.leaves[self._scene.items[block[0]].leaf].node.start
        high = self._scene.leaves[self._scene.items[block[-1]].leaf].node.end
        for index in run:
            text = self._scene.items[index].text.strip()
            for around in self._scene.around(index):
                if around.tag not in _CALLED:
                    continue
                if around.tag in HEADINGS and len(text) >= _LONG_HEADING and text in self._titles:
                    return True
                if (name := _classes(around)) and self._bear(around.tag, name, low, high):
                    return True
        return False

    def _heads_what_is_told_elsewhere(self, run: range) -> bool:
        """Whether some lines are headings that stand elsewhere on the page as well, word for word: in a menu, say."""
        return all(
            self._texts[self._scene.items[index].text.strip()] > 1
            and any(around.tag in HEADINGS for around in self._scene.around(index))
            for index in run
        )

    @cached_property
    def _texts(self) -> Counter[str]:
        return Counter(item.text.strip() for item in self._scene.items)

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


def _around(run: range, rest: Sequence[int]) -> range:
    """Some lines and the rest of their block, with all between them."""
    return range(min(rest[0], run.start), max(rest[-1] + 1, run.stop))


def _beside(block: range, size: int) -> list[int]:
    """The places right before and behind a block, of ``size``."""
    return [*range(max(0, block.start - _NEAR), block.start), *range(block.stop, min(size, block.stop + _NEAR))]


def _site_of(host: str) -> str:
    return host.removeprefix("www.")


def _names_above(host: str) -> list[str]:
    """The names that a host is below of: all that stand behind one of its dots."""
    if len(host) > _LONGEST_HOST:
        return []
    return [host[at + 1 :] for at, letter in enumerate(host) if letter == "."]


def _found(
    host: str, exact: dict[str, tuple[int, int]], below: dict[str, tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where hosts of one site with a host stand: itself, those above it, those below."""
    names = (exact.get(name) for name in (host, *_names_above(host)))
    return (places for places in (*names, below.get(host)) if places is not None)


def _are_dressed_alike(one: Node, other: Node) -> bool:
    """Whether two elements hide by the same class, or in the same words if these are not what everybody writes."""
    if _classes(one) or _classes(other):
        return _classes(one) == _classes(other)
    styles = ["".join((node.attribute("style") or "").lower().split()).rstrip(";") for node in (one, other)]
    return styles[0] == styles[1] and bool(styles[0]) and styles[0] not in _EVERYDAY


def _classes(node: Node) -> str:
    return (node.attribute("class") or "").strip()
