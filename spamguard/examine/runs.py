"""The rest of a run of entries that are written alike: whoever puts in a list of links writes all of them the same way.

The words of one entry among twenty may be harmless, above all of the first and the last: they have honest text beside
them. What tells is how they are written. A run has one shape, nothing else on the page has it or nothing else shares
its hiding place, and most of it is spam.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.items import Bound
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import Kind
from spamguard.text.writing import is_imprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

Shape = tuple[object, ...]

_TOLD: Final = frozenset({"href", "title", "id", "alt", "src", "name"})
"""Attributes of which every entry has its own value."""
_NAMING: Final = frozenset({"style", "rel", "target"})
_DIGITS: Final = re.compile(r"\d+")
_KINDS: Final = frozenset({Kind.TEXT, Kind.ATTRIBUTE})
_BETWEEN: Final = frozenset({"br", "wbr", "hr"})
_SCHEME: Final = 8
_ROWS: Final = ({"tr"}, {"ul"}, {"ol"})
_LISTS: Final = frozenset({"ul", "ol"})
_FEWEST: Final = 2
_SEVERAL: Final = 5
"""Entries of which a run has some, and those from which on their addresses tell that they are of one hand."""
_SPARE: Final = 2
_STEPS: Final = 12
"""How many more entries than a block has may be the rest of its run, and how many nodes are looked at for each."""
_MOST_SIBLINGS: Final = 500
_SOUNDS: Final = 0.5
"""Log-odds from which on the end of a row of links is no honest neighbour of it."""
_SEVERAL_PHRASES, _TIMES = 3, 2
_HONEST_PHRASE: Final = -2.5
"""Phrases of a text, how many times as many may be the rest of it, and log-odds under which one is the page's own."""
_HONEST: Final = -1.0
_HONEST_KIN: Final = -2.5
"""Log-odds under which an entry is the page's own however it is written, and one that leads to a site that the block
leads to, or shares its hiding place."""


class Runs:
    """Finds the runs that the blocks of a page are parts of."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def with_run(self, stretch: Stretch) -> Stretch:
        """A stretch with the entries on either side that are written as its own are.

        A side is taken in to the end of its run or not at all: a run that goes on with honest entries is the site's.
        """
        entries = self._entries(stretch)
        shape, count = Counter(map(_shape, entries)).most_common(1)[0] if entries else ((), 0)
        if count * 2 <= len(entries):
            return stretch
        sides = [self._beyond(entries[0], shape, -1, count), self._beyond(entries[-1], shape, 1, count)]
        added = len(sides[0]) + len(sides[1])
        if not added or not shape:
            return stretch
        here, hider = self._domains(entries), self._hider(entries[0])
        only = self._shapes[shape] == count + added or self._differs(entries[0], shape, count + added)
        only = only or self._lead_alike([*entries, *sides[0], *sides[1]])
        if not only and (hider is None or added * 2 > count):
            return self._widened(stretch, self._ends_of_a_row(entries, sides) if count > _FEWEST else [])
        kept = []
        for side in sides:
            same = bool(here) and all(self._domains([entry]) & here for entry in side)
            same = same or self._lead_alike([*entries, *side])
            if (count < _FEWEST and not same) or (added > count and not same):
                continue
            sure = same or hider is not None or self._fill_a_list(entries, sides)
            least = _HONEST_KIN if only and sure else _HONEST
            if all(self._may_go(entry, hider, least) for entry in side):
                kept += side
        return self._widened(stretch, kept)

    def with_phrases(self, stretch: Stretch) -> Stretch:
        """A stretch with the rest of a text in which all phrases are parted by one and the same mark.

        Of a language that nobody taught only some words are loud: the others are of the run by their marks alone. What
        stands before may be a line of the site's own that the run was put behind: there more is asked for.
        """
        scene = self._scene
        leaf = scene.leaf_of(stretch.last - 1)
        whole = scene.inside(leaf.node)
        first, last = max(whole.first, stretch.first), min(whole.last, stretch.last)
        if leaf.kind is not Kind.TEXT or last - first < _SEVERAL_PHRASES or not self._is_run(whole):
            return stretch
        before, behind = range(whole.first, first), range(last, whole.last)
        if self._are_alike(before, 0.0, last - first):
            first = whole.first
        if first == whole.first and self._are_alike(behind, _HONEST_PHRASE, _TIMES * (last - first)):
            last = whole.last
        return Stretch(min(first, stretch.first), max(last, stretch.last))

    def _is_run(self, whole: Stretch) -> bool:
        """Whether one mark parts all items of a text."""
        items = self._scene.items_in(whole)
        if any(item.bound is not Bound.SEPARATOR for item in items[1:]):
            return False
        text = self._scene.leaf_of(whole.first).readable.text
        return len({text[one.end : other.start] for one, other in pairwise(items)}) == 1

    def _are_alike(self, rest: range, least: float, most: int) -> bool:
        """Whether what is left of a run may be of it: not much, and none of it surely the page's own."""
        scene = self._scene
        return 0 < len(rest) <= most and all(
            scene.scores[index] >= least and not is_imprint(scene.items[index].text) for index in rest
        )

    def _widened(self, stretch: Stretch, entries: Sequence[Node]) -> Stretch:
        """A stretch with some entries beside it."""
        places = [index for entry in entries for index in self._items(entry)]
        return Stretch(min([stretch.first, *places]), max([stretch.last, *(index + 1 for index in places)]))

    def _ends_of_a_row(self, entries: Sequence[Node], sides: Sequence[Sequence[Node]]) -> list[Node]:
        """The ends of a row of links to other sites that are parted alike, where they sound like the others.

        Links of the page's own may be written as they are, but they do not stand in the row.
        """
        gaps = {other.start - one.end for one, other in pairwise(entries)}
        if len(gaps) != 1:
            return []
        found: list[Node] = []
        for side, last in zip(sides, (entries[0], entries[-1]), strict=True):
            if not 0 < len(side) <= len(entries) or not all(self._domains([entry]) for entry in side):
                continue
            row = sorted([last, *side], key=lambda entry: entry.start)
            apart = {other.start - one.end for one, other in pairwise(row)}
            if apart == gaps and all(self._may_go(entry, self._hider(last), _SOUNDS) for entry in side):
                found += side
        return found

    def _may_go(self, entry: Node, hider: Node | None, least: float) -> bool:
        """Whether an entry may be spam as well: it is hidden as the rest is, and does not look honest."""
        items = self._items(entry)
        return self._hider(entry) is hider and float(self._scene.scores[items.start : items.stop].mean()) >= least

    def _hider(self, entry: Node) -> Node | None:
        """What hides an entry together with others: entries that are written alike hide themselves alike."""
        hider = self._scene.facts_of(self._items(entry).start).hider
        return hider if hider is not None and hider.start < entry.start else None

    def _differs(self, entry: Node, shape: Shape, count: int) -> bool:
        """Whether the run stands in a list whose other entries, the site's own, are written otherwise."""
        siblings = entry.parent.children if entry.parent is not None else []
        if len(siblings) > _MOST_SIBLINGS:
            return False
        others = [child for child in siblings if child.tag == entry.tag]
        alike = sum(_shape(child) == shape for child in others)
        return alike == count <= len(others) - _FEWEST

    def _fill_a_list(self, entries: Sequence[Node], sides: Sequence[list[Node]]) -> bool:
        """Whether entries and those beside them are all that a list holds, and each leads to another site."""
        every = [*entries, *sides[0], *sides[1]]
        box = entries[0].parent
        if box is None or box.tag not in _LISTS or len(every) > 2 * len(entries):
            return False
        return len(self._items(box)) == sum(len(self._items(entry)) for entry in every) and all(
            self._domains([entry]) for entry in every
        )

    def _lead_alike(self, entries: Sequence[Node]) -> bool:
        """Whether most of some entries lead to addresses that differ in their numbers, and nothing else on the page."""
        (address, count), *_ = Counter(map(_address_of, entries)).most_common(1)
        others = count + _SPARE >= len(entries) and self._addresses[address] == count
        return bool(address) and count >= _SEVERAL and others

    @cached_property
    def _addresses(self) -> Counter[str]:
        """How many links of the page lead to each address, whatever the numbers in it."""
        anchors = {id(facts.anchor): facts.anchor for facts in self._scene.facts if facts.anchor is not None}
        return Counter(map(_address_of, anchors.values()))

    def _domains(self, entries: Sequence[Node]) -> set[str]:
        """The other sites that entries lead to."""
        facts = (self._scene.facts_of(i) for entry in entries for i in self._items(entry))
        return {fact.domain for fact in facts if fact.domain is not None}

    @cached_property
    def _shapes(self) -> Counter[Shape]:
        """How many entries of the page are of each shape."""
        found: dict[int, Node] = {}
        for index, item in enumerate(self._scene.items):
            if self._scene.leaves[item.leaf].kind in _KINDS:
                entry = self._entry(index)
                found[id(entry)] = entry
        return Counter(map(_shape, found.values()))

    def _items(self, node: Node) -> range:
        inside = self._scene.inside(node)
        return range(inside.first, inside.last)

    def _entry(self, index: int) -> Node:
        """The largest element that holds no text but that of one item's leaf; the leaf itself when it stands bare."""
        leaf = self._scene.items[index].leaf
        node = self._scene.facts[leaf].anchor or self._scene.leaves[leaf].node
        own = self._items(node)
        while node.parent is not None and node.parent.parent is not None and self._items(node.parent) == own:
            node = node.parent
        return node

    def _entries(self, stretch: Stretch) -> list[Node]:
        """The entries of a stretch in order, if all of them are elements of one parent, or of rows of one table."""
        entries: list[Node] = []
        for index in range(stretch.first, stretch.last):
            if self._scene.leaf_of(index).kind not in _KINDS:
                return []
            entry = self._entry(index)
            if not entries or entries[-1] is not entry:
                entries.append(entry)
        parents = {id(entry.parent): entry.parent for entry in entries}
        return entries if len(parents) == 1 or _are_rows([*parents.values()]) else []

    def _beyond(self, entry: Node, shape: Shape, step: int, count: int) -> list[Node]:
        """The entries of a shape that follow one in its parent, the nearest first; none where there are too many."""
        siblings = entry.parent.children if entry.parent is not None else []
        at = bisect_left(siblings, entry.start, key=lambda child: child.start) + step
        found: list[Node] = []
        for place in range(at, len(siblings) if step > 0 else -1, step)[: _STEPS * (count + 1)]:
            node = siblings[place]
            if self._items(node):
                if node.kind is not NodeKind.ELEMENT or _shape(node) != shape:
                    break
                found.append(node)
                if len(found) > count + _SPARE:
                    return []
            elif node.kind is NodeKind.ELEMENT and node.tag not in _BETWEEN:
                break
        return found


def _address_of(entry: Node) -> str:
    """The address of the site that an entry leads to, whatever the numbers in it; nothing when there is no number."""
    link = next((part for part in entry.walk() if part.tag == "a"), None)
    address = link.attribute("href") or "" if link is not None else ""
    return _DIGITS.sub("0", address) if _DIGITS.search(address) is not None else ""


def _shown(value: str) -> str:
    """What of a value of its own tells how an entry is written: whether it is the address of some site."""
    return "//" if "//" in value[:_SCHEME] else ""


def _are_rows(parents: Sequence[Node | None]) -> bool:
    """Whether elements are rows or lists that stand beside each other."""
    tags = {parent.tag for parent in parents if parent is not None}
    return tags in _ROWS and len({id(parent.parent) for parent in parents if parent is not None}) == 1


def _shape(node: Node) -> Shape:
    """How an element is written: its tag and attributes, and the only element in it if it has none that say much.

    What has a class is known by it: some who hide a text change the tags from phrase to phrase, and not the class.
    """
    if node.kind is not NodeKind.ELEMENT:
        return ()
    own = tuple(
        (name, _shown(value) if name in _TOLD else _DIGITS.sub("0", value)) for name, value in node.attributes.items()
    )
    if node.attributes.get("class"):
        return ("", own)
    inner = [child for child in node.children if child.kind is NodeKind.ELEMENT]
    if _NAMING & node.attributes.keys() or len(inner) != 1:
        return (node.tag, own)
    return (node.tag, own, *_shape(inner[0]))
