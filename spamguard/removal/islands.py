"""The part of a block that was put in, when the page keeps something of its own between the block's parts.

What an intruder puts in is one stretch of the file. Where tags of the page stay between two parts of a block, one of
them may be the page's own: the name on the next card of a list, the label of a dialog, a paragraph that a tab hides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.describe import ITEM_NAMES
from spamguard.page.tokens import Kind
from spamguard.text.alphabets import letters_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.examine.extent import Extent

_TAG: Final = re.compile(rb"</?(?!br\b|wbr\b)[a-z]", re.IGNORECASE)
_HEADS: Final = frozenset({Kind.TITLE, Kind.META})
"""What stands apart by its nature."""
_NAMED: Final = ITEM_NAMES.index("named")
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_MOST_LETTERS: Final = 20_000
_FEW, _NEARLY_ALL = 0.05, 0.9
_A_SENTENCE: Final = 24
"""Letters of a sentence, and shares of letters: what a page has hardly any of, and what is in its own."""
_SPAM_WORDS: Final = 9.0
"""Log-odds of words that are those of spam wherever they stand."""


@dataclass(frozen=True, slots=True)
class _Island:
    """The items of a part of a block, and where what is cut of it begins."""

    items: range
    start: int


def mainland(raw: bytes, scene: Scene, stretch: Stretch, extent: Extent) -> Stretch:
    """A block without the islands at its ends on which nothing tells, if something tells on another one."""
    kinds = {scene.leaf_of(index).kind for index in range(stretch.first, stretch.last)}
    islands = _islands(raw, scene, stretch, extent) if kinds.isdisjoint(_HEADS) else []
    if len(islands) <= 1:
        return stretch
    unseen = sum(fact.hidden_by is not None for fact in scene.facts_in(stretch)) * 2 > stretch.last - stretch.first
    away = [_leads_away(scene, island) for island in islands]
    told = [led or _tells(scene, island, unseen=unseen) for led, island in zip(away, islands, strict=True)]
    if not any(away):
        # Where nothing leads away links to the site itself may have been put in as well.
        told = [tells or _brings_what_it_sells(scene, island) for tells, island in zip(told, islands, strict=True)]
    if all(told) or not any(told):
        return stretch
    first, last = told.index(True), len(told) - told[::-1].index(True)
    return Stretch(islands[first].items.start, islands[last - 1].items.stop)


def in_its_letters(scene: Scene, stretch: Stretch) -> Stretch:
    """A block without the sentences at its ends that are in the page's letters, if some of it is in quite other ones.

    Two boxes that are hidden beside each other need not be of one hand.
    """
    items, inside = scene.items, range(stretch.first, stretch.last)
    said = letters_in(" ".join(items[index].text for index in inside))
    others = (item.text for at, item in enumerate(items) if not stretch.first <= at < stretch.last)
    outside = letters_in(" ".join(others)[:_MOST_LETTERS])
    own = max(outside, key=lambda script: outside[script], default=None)
    foreign = sum(count for script, count in said.items() if outside.get(script, 0) <= _FEW * sum(outside.values()))
    if (
        own is None
        or own == max(said, key=lambda script: said[script], default=own)
        or 2 * foreign < sum(said.values())
    ):
        return stretch
    first = stretch.first + _own_at_first(scene, inside, own)
    last = stretch.last - _own_at_first(scene, inside[::-1], own)
    return Stretch(first, last) if first < last else stretch


def _own_at_first(scene: Scene, items: Sequence[int], own: str) -> int:
    """How many items that follow each other are in the page's letters, up to the last of them that is a sentence."""
    count, leaf = 0, -1
    for at, index in enumerate(items, 1):
        letters = letters_in(scene.items[index].text)
        mine = letters.get(own, 0) >= _NEARLY_ALL * sum(letters.values())
        if not mine or scene.table[index, _NAMED] > 0 or scene.leaf_of(index).kind is not Kind.TEXT:
            break
        quiet = scene.table[index, _WORD_MEAN] < 0
        if (letters.get(own, 0) >= _A_SENTENCE and quiet) or scene.items[index].leaf == leaf:
            count, leaf = at, scene.items[index].leaf
    return count


def _islands(raw: bytes, scene: Scene, stretch: Stretch, extent: Extent) -> list[_Island]:
    """The parts of a block between which tags stay; none when it is not cut from its first item to its last."""
    spans = sorted((*extent.spans, *extent.runs))
    starts: list[int] = []
    for at, span in enumerate(spans):
        if not at or _TAG.search(raw, spans[at - 1].end, span.start) is not None:
            starts.append(span.start)
    islands: list[_Island] = []
    for index in range(stretch.first, stretch.last):
        at = bisect_right(starts, scene.begin_of(index)) - 1
        start = starts[max(at, 0)]
        if islands and start < islands[-1].start:
            return []
        if islands and start == islands[-1].start:
            islands[-1] = _Island(range(islands[-1].items.start, index + 1), start)
        else:
            islands.append(_Island(range(index, index + 1), start))
    return islands


def _leads_away(scene: Scene, island: _Island) -> bool:
    """Whether a link to another site goes with a part of a block."""
    facts = [scene.facts_of(index) for index in island.items]
    return any(fact.domain and fact.anchor is not None and fact.anchor.start >= island.start for fact in facts)


def _tells(scene: Scene, island: _Island, *, unseen: bool) -> bool:
    """Whether a keyword or its words tell that a part of a block was put in, which has no links.

    That nobody sees it tells if most of the block is ``unseen``.
    """
    items = island.items
    facts = [scene.facts_of(index) for index in items]
    if all(scene.leaf_of(index).kind is not Kind.TEXT for index in items):
        return False
    hidden = unseen and all(fact.hidden_by is not None for fact in facts)
    linked = any(fact.anchor is not None for fact in facts)
    sold = _sells(scene, items)
    return (sold and not linked) or (hidden and (sold or _loudest(scene, items) >= 0))


def _brings_what_it_sells(scene: Scene, island: _Island) -> bool:
    """Whether the links to the site itself that go with a part of a block say what is sold."""
    anchors = [scene.facts_of(index).anchor for index in island.items]
    brought = all(anchor is None or anchor.start >= island.start for anchor in anchors)
    return brought and _sells(scene, island.items)


def _sells(scene: Scene, items: range) -> bool:
    return _loudest(scene, items) >= _SPAM_WORDS or any(scene.table[index, _NAMED] > 0 for index in items)


def _loudest(scene: Scene, items: range) -> float:
    return max(float(scene.table[index, _WORD_MEAN]) for index in items)
