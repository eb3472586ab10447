"""What came in one box with a block: text of another language than the page, in an element that holds nothing else.

A block is found by what sells. Around it stand a greeting, a date, a heading, a sentence copied from somewhere; they
sound like nothing, but the page has no use for any of their words either, and nothing of its own shares their box.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.grow import STRUCTURAL
from spamguard.examine.hands import Hands
from spamguard.examine.hosts import host_of
from spamguard.examine.items import CODE
from spamguard.examine.tongue import FEWEST, MOST_OF_ONE, Tongue
from spamguard.page.tokens import Kind
from spamguard.text.writing import is_imprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_LONGEST: Final = 1_500
"""Characters that a box may add to a block, and how often it may be as long as the block."""
_TIMES: Final = 4
_SCRAP: Final = 24
"""Characters of what stands in a cell, and is no sentence."""
_HOLDS_OTHERS: Final = STRUCTURAL - {"table", "tbody", "tr", "td", "th"}
"""What no box that came in one piece has in it; a table of what is promised it may have."""
_SHORT: Final = 60
_FEWEST: Final = 5
"""Words that the rest of a box must have to tell its language."""
_LIKELY_OWN: Final = -4.0
_SURELY_OWN: Final = -5.0
"""Log-odds under which an item is the page's own, whatever language it is of."""
_ATTRIBUTE: Final = "hidden-attribute"
_SURELY_NOT_OWN: Final = 2.0
"""Mean log-odds of a block that speaks for the rest of its box."""


def boxed(scene: Scene, blocks: Sequence[Block], doubts: Sequence[str | None]) -> tuple[list[Block], list[str | None]]:
    """Blocks of a page, in order, each with the rest of the box that it came in, and what is doubted of each.

    None reaches into another, unless it is cut unasked and takes all of others that sell the same: these are told then.
    """
    boxes = _Boxes(scene)
    wider: list[Block] = []
    left: list[str | None] = []
    number = 0
    while number < len(blocks):
        block, doubt = blocks[number], doubts[number]
        stretch = boxes.with_class(boxes.with_box(block.stretch))
        number += 1
        if doubt is None:
            for other in (*wider[-1:], *blocks[number : number + 1]):
                if other.category == block.category:
                    stretch = boxes.up_to(stretch, other.stretch)
            while wider and left[-1] is not None and _takes(stretch, wider[-1], block):
                wider.pop()
                left.pop()
            while number < len(blocks) and _takes(stretch, blocks[number], block):
                number += 1
        free = not wider or wider[-1].stretch.last <= stretch.first
        free = free and (number == len(blocks) or stretch.last <= blocks[number].stretch.first)
        wider.append(replace(block, stretch=stretch) if free else block)
        left.append(doubt)
    return wider, left


def _takes(stretch: Stretch, other: Block, block: Block) -> bool:
    """Whether a block that was made wider holds all of another of its category."""
    inside = stretch.first <= other.stretch.first and other.stretch.last <= stretch.last
    return inside and other.category == block.category


class _Boxes:
    """Finds the boxes that blocks of a page came in."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._tongue = Tongue(scene)
        self._hands = Hands(scene, self._tongue)

    def with_box(self, stretch: Stretch) -> Stretch:
        """A stretch with the rest of the largest element around it that came with it."""
        scene = self._scene
        if any(scene.leaves[item.leaf].kind is not Kind.TEXT for item in scene.items_in(stretch)):
            return stretch
        widest = stretch
        for node in scene.around(stretch.first):
            if node.tag in STRUCTURAL or node.tag in CODE or node.parent is None:
                break
            whole = scene.inside(node)
            if whole.last < stretch.last or whole.first > stretch.first:
                continue
            added = [*range(whole.first, stretch.first), *range(stretch.last, whole.last)]
            if not added:
                continue
            if not self._may_all_go(node, stretch, added):
                break
            if not node.closed and self._hands.without_others(whole) != whole:
                continue  # a box that nobody closed holds the rest of the page
            if self._are_strange(added, stretch, range(whole.first, whole.last)) or self._is_rest(node, stretch, added):
                widest = whole
        return widest

    def up_to(self, stretch: Stretch, other: Stretch) -> Stretch:
        """All of an element that begins with one of two stretches and ends with the other, with scraps between them."""
        scene = self._scene
        first, last = min(stretch.first, other.first), max(stretch.last, other.last)
        node = next((node for node in scene.around(first) if scene.inside(node).last >= last), None)
        between = range(min(stretch.last, other.last), max(stretch.first, other.first))
        if node is None or node.tag in STRUCTURAL or scene.inside(node) != Stretch(first, last) or not between:
            return stretch
        size = sum(scene.items[index].end - scene.items[index].start for index in between)
        scraps = all(scene.items[index].end - scene.items[index].start <= _SCRAP for index in between)
        if not scraps or size > scene.size_of(stretch) + scene.size_of(other):
            return stretch
        if float(scene.scores[between.start : between.stop].mean()) <= _LIKELY_OWN:
            return stretch
        linked = any(scene.facts_of(index).anchor is not None for index in between)
        imprint = any(is_imprint(scene.items[index].text) for index in between)
        return stretch if linked or imprint else Stretch(first, last)

    def with_class(self, stretch: Stretch) -> Stretch:
        """A stretch with what is hidden beside it in other elements of its class: one rule was made for all of it.

        What shares its own element is another matter: a page hides menus and dialogs, and a block may be put into one.
        """
        facts = self._scene.facts_in(stretch)
        names = {fact.hider.attribute("class") if fact.hider is not None else None for fact in facts}
        if len(names) != 1 or (name := names.pop()) is None or any(fact.hidden_by == _ATTRIBUTE for fact in facts):
            return stretch
        if float(self._scene.scores[stretch.first : stretch.last].mean()) < _SURELY_NOT_OWN:
            return stretch
        own = {id(fact.hider) for fact in facts}
        first, last = stretch.first, stretch.last
        while first > 0 and self._is_called(first - 1, name, own):
            first -= 1
        while last < len(self._scene.items) and self._is_called(last, name, own):
            last += 1
        return Stretch(first, last)

    def _is_called(self, index: int, name: str, own: set[int]) -> bool:
        """Whether an item is hidden in another element of a class, and not likely to be the page's own."""
        hider = self._scene.facts_of(index).hider
        if hider is None or id(hider) in own:
            return False
        return hider.attribute("class") == name and self._scene.scores[index] > _LIKELY_OWN

    def _are_strange(self, added: list[int], stretch: Stretch, whole: range) -> bool:
        """Whether all of some items is of another language than the page, and so is each that tells its language.

        Links do not tell: a list of them is of words that stand nowhere else, in whatever language.
        """
        said = [index for index in added if self._scene.facts_of(index).anchor is None]
        words = self._tongue.words_in(said)
        if len(words) < _FEWEST:
            return False
        if self._tongue.has_no_letters_of(said, whole):
            return True
        if not self._tongue.is_strange_to(words, whole):
            return False
        if self._tongue.are_own_letters(said, range(stretch.first, stretch.last)):
            return False
        each = (self._tongue.words_in([index]) for index in said)
        return all(self._tongue.is_strange_to(words, whole, MOST_OF_ONE) for words in each if len(words) >= FEWEST)

    def _is_rest(self, box: Node, stretch: Stretch, added: list[int]) -> bool:
        """Whether a block is most of what one element hides, and nothing else in there is likely to be the page's own.

        Whoever hides a box fills all of it: with halves of sentences in the page's language, too. What was found to be
        of another hand stays so.
        """
        scene = self._scene
        if box.attribute("role") or any(fact.hider is not box for fact in scene.facts_in(stretch)):
            return False
        if float(scene.scores[stretch.first : stretch.last].mean()) < _SURELY_NOT_OWN:
            return False
        ours = scene.size_of(stretch)
        size = sum(scene.items[index].end - scene.items[index].start for index in added)
        if size > ours or any(scene.scores[index] <= _LIKELY_OWN for index in added):
            return False
        whole = Stretch(min(*added, stretch.first), max(*added, stretch.last - 1) + 1)
        return self._hands.without_others(whole) == whole

    def _may_all_go(self, box: Node, stretch: Stretch, added: list[int]) -> bool:
        """Whether nothing that a box adds to a block is surely the page's own."""
        scene = self._scene
        ours = scene.size_of(stretch)
        size = sum(scene.items[index].end - scene.items[index].start for index in added)
        if size > min(_LONGEST, _TIMES * max(ours, _SHORT)):
            return False
        facts = scene.facts_in(stretch)
        domains = {fact.domain for fact in facts if fact.domain is not None}
        return all(self._may_go(index, box, facts[0].hider, domains) for index in added)

    def _is_address(self, index: int, box: Node) -> bool:
        """Whether an item is an address and links to it, as nothing outside of its box does."""
        scene = self._scene
        item = scene.items[index]
        anchor = scene.facts[item.leaf].anchor
        host = host_of(anchor.attribute("href") or "") if anchor is not None else None
        if host is None or host not in item.text.lower():
            return False
        links = (facts.anchor for facts in scene.facts if facts.anchor is not None)
        led = (link.start for link in links if host_of(link.attribute("href") or "") == host)
        return all(box.start <= start < box.end for start in led)

    def _may_go(self, index: int, box: Node, hider: Node | None, domains: set[str]) -> bool:
        """Whether an item may have come along: a link only when it leads where the block leads."""
        scene = self._scene
        item = scene.items[index]
        leaf, facts = scene.leaves[item.leaf], scene.facts[item.leaf]
        if leaf.kind is not Kind.TEXT or is_imprint(item.text) or scene.scores[index] < _SURELY_OWN:
            return False
        linked = facts.anchor is not None and facts.anchor.start >= box.start
        shown = hider is not None and hider.tag != "a" and facts.hider is None
        inside = (around for around in leaf.node.ancestors() if around.start > box.start)
        if (linked and facts.domain not in domains and not self._is_address(index, box)) or shown:
            return False
        return not any(around.tag in _HOLDS_OTHERS or around.tag in CODE for around in inside)
