"""What keeps company with a block: lines around it that name what it names, or share its letters, as nothing else does.

A profile of an operator is a name, an address, a number, a line that sells and a row of tags. Only the line that sells
sounds like spam; but all of them name the one name, and nothing else on the page does.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.grow import STRUCTURAL
from spamguard.examine.items import Bound
from spamguard.page.tokens import Kind
from spamguard.text.writing import is_imprint, scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_WORD: Final = re.compile(r"[^\W_]{5,40}")
_LETTERS: Final = re.compile(r"[^\W_]+")
_LETTER: Final = re.compile(r"[^\W\d_]{3}")
_DIGIT: Final = re.compile(r"\d")
_SHORTEST_PHRASE: Final = 5
_MOST_READ: Final = 60
_MOST_NAMES: Final = 12
"""Items of a block that are read for names, and names that are looked for."""
_BESIDE: Final = 3
_REACH: Final = 24
"""Items on either side that a block is looked for company in."""
_LONGEST: Final = 1_500
"""Characters that company may add to a block, and how often it may be as long as the block."""
_TIMES: Final = 6
_SENTENCE: Final = 90
_HONEST: Final = -4.0
"""Log-odds from which on a long item is the page's own, whatever name it has in common with a block."""
_MOST_CAPITALS: Final = 0.4
_FEWEST_LETTERS: Final = 60
_FEW_LATIN: Final = 4
_RARE: Final = 0.015


class Company:
    """Finds the company of a page's blocks. What is asked of all items is asked once, however many blocks there are."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @cached_property
    def _texts(self) -> list[str]:
        return [item.text.lower() for item in self._scene.items]

    @cached_property
    def _phrases(self) -> Counter[str]:
        return Counter(map(_phrase, self._texts))

    @cached_property
    def _scripts(self) -> Counter[str]:
        return _letters(self._texts)

    def with_company(self, stretch: Stretch) -> Stretch:
        """A stretch of text with the company that it keeps."""
        scene = self._scene
        if any(scene.leaves[item.leaf].kind is not Kind.TEXT for item in scene.items_in(stretch)):
            return stretch
        return _crumbs(scene, self._of_one_script(self._of_one_phrase(self._of_one_name(stretch))))

    def _of_one_name(self, stretch: Stretch) -> Stretch:
        """The stretch and all places of a name that stands nowhere else: near it, nothing of the page between."""
        low, high = stretch.first - _REACH, stretch.last + _REACH
        for name in _names(self._scene, stretch):
            places = [index for index, text in enumerate(self._texts) if name in text]
            if len(places) == 1 and not self._begins_with(places[0], name):
                continue
            first, last = min(places[0], stretch.first), max(places[-1] + 1, stretch.last)
            wider = (first, last) != (stretch.first, stretch.last) and low <= first and last <= high
            if wider and _is_company(self._scene, stretch, Stretch(first, last)):
                stretch = Stretch(first, last)
        return stretch

    def _begins_with(self, index: int, name: str) -> bool:
        """Whether a line begins with a name: who is named once, and not there, says nothing of what is beside him."""
        begins = self._scene.items[index].bound is Bound.BLOCK
        return begins and self._texts[index].lstrip("\"'([#@ ").startswith(name)

    def _of_one_phrase(self, stretch: Stretch) -> Stretch:
        """The stretch and what is beside it that it says too, word for word, as nothing else on the page does."""
        texts = self._texts
        said = Counter(map(_phrase, texts[stretch.first : stretch.last]))
        first, last = stretch.first, stretch.last
        while first > 0 and len(phrase := _phrase(texts[first - 1])) >= _SHORTEST_PHRASE and phrase in said:
            first -= 1
        while last < len(texts) and len(phrase := _phrase(texts[last])) >= _SHORTEST_PHRASE and phrase in said:
            last += 1
        added = Counter(_phrase(texts[i]) for i in (*range(first, stretch.first), *range(stretch.last, last)))
        if not added or any(self._phrases[phrase] > said[phrase] + count for phrase, count in added.items()):
            return stretch
        whole = Stretch(first, last)
        return whole if _is_company(self._scene, stretch, whole) else stretch

    def _of_one_script(self, stretch: Stretch) -> Stretch:
        """The stretch and what is beside it in letters that hardly stand elsewhere on the page."""
        scene, texts = self._scene, self._texts
        inner = _common(scene, stretch)
        if not any(scripts_of(text) for text in texts[stretch.first : stretch.last]):
            return stretch
        box = inner.parent if inner.parent is not None and inner.parent.parent is not None else inner
        first, last = stretch.first, stretch.last
        while first > 0 and stretch.first - first < _REACH and _is_beside(scene, first - 1, box):
            first -= 1
        while last < len(texts) and last - stretch.last < _REACH and _is_beside(scene, last, box):
            last += 1
        if (first, last) == (stretch.first, stretch.last):
            return stretch
        rest = _usual(self._scripts - _letters(texts[first:last]))
        strange = [bool(scripts := _scripts_in(text)) and not scripts & rest for text in texts[first:last]]
        while first < stretch.first and not strange[0]:
            first, strange = first + 1, strange[1:]
        while last > stretch.last and not strange[-1]:
            last, strange = last - 1, strange[:-1]
        beside = zip(strange, range(first, last), strict=True)
        if any(not odd and _scripts_in(texts[i]) for odd, i in beside if not stretch.first <= i < stretch.last):
            return stretch
        whole = Stretch(first, last)
        return whole if _is_company(scene, stretch, whole) else stretch


def _names(scene: Scene, stretch: Stretch) -> list[str]:
    """Words of a block that no language has: letters with digits, or capitals where the rest is written small."""
    first, last = _to_ends_of_texts(scene, stretch)
    words = [word for item in scene.items[first:last][:_MOST_READ] for word in _WORD.findall(item.text)]
    loud = [word for word in words if word.isupper() and word.isalpha()]
    names = [word for word in words if _LETTER.search(word) and _DIGIT.search(word)]
    if len(loud) <= _MOST_CAPITALS * len(words):
        names += loud
    return list(dict.fromkeys(name.lower() for name in names))[:_MOST_NAMES]


def _to_ends_of_texts(scene: Scene, stretch: Stretch) -> tuple[int, int]:
    """A stretch to the ends of the texts that it cuts through, a few items each: a line begins with who says it."""
    items = scene.items
    first, last = stretch.first, stretch.last
    while stretch.first - first < _BESIDE and first > 0 and items[first - 1].leaf == items[first].leaf:
        first -= 1
    while last - stretch.last < _BESIDE and last < len(items) and items[last].leaf == items[last - 1].leaf:
        last += 1
    return first, last


def _phrase(text: str) -> str:
    return " ".join(_LETTERS.findall(text.lower()))


def _letters(texts: Iterable[str]) -> Counter[str]:
    """How many characters stand in texts of each script."""
    counts: Counter[str] = Counter()
    for text in texts:
        for script in scripts_of(text):
            counts[script] += len(text)
    return counts


def _usual(counts: Counter[str]) -> frozenset[str]:
    """The scripts of a page but those of a word or two: what a language is called stands on many pages.

    Latin too when there is hardly a page.
    """
    if counts.total() < _FEWEST_LETTERS:
        return frozenset({"LATIN", *counts})
    return frozenset(script for script, count in counts.items() if count > _RARE * counts.total())


def _is_beside(scene: Scene, index: int, box: Node) -> bool:
    """Whether an item stands in the box of a block and none of its letters is Latin: names everywhere are."""
    leaf = scene.leaf_of(index)
    inside = leaf.kind is Kind.TEXT and box.start <= leaf.node.start < box.end
    return inside and "LATIN" not in _scripts_in(scene.items[index].text)


def _scripts_in(text: str) -> frozenset[str]:
    """The scripts of a text, but Latin in which only a letter or two are written: they number or disguise."""
    scripts = scripts_of(text)
    if "LATIN" not in scripts:
        return scripts
    latin = sum(scripts_of(letter) == {"LATIN"} for letter in text if letter.isalpha())
    return scripts - {"LATIN"} if latin < _FEW_LATIN else scripts


def _crumbs(scene: Scene, stretch: Stretch) -> Stretch:
    """The stretch and the marks that are left of a text of which it is all that says something."""
    first, last = stretch.first, stretch.last
    while first > 0 and _is_crumb(scene, first - 1, scene.items[stretch.first].leaf):
        first -= 1
    while last < len(scene.items) and _is_crumb(scene, last, scene.items[stretch.last - 1].leaf):
        last += 1
    starts = first == 0 or scene.items[first - 1].leaf != scene.items[first].leaf
    ends = last == len(scene.items) or scene.items[last].leaf != scene.items[last - 1].leaf
    return Stretch(first if starts else stretch.first, last if ends else stretch.last)


def _is_crumb(scene: Scene, index: int, leaf: int) -> bool:
    item = scene.items[index]
    return item.leaf == leaf and not any(map(str.isalnum, item.text))


def _is_company(scene: Scene, stretch: Stretch, whole: Stretch) -> bool:
    """Whether a wider stretch takes in nothing that is the page's own."""
    added = [*range(whole.first, stretch.first), *range(stretch.last, whole.last)]
    size = sum(scene.items[index].end - scene.items[index].start for index in added)
    ours = scene.size_of(stretch)
    if size > min(_LONGEST, _TIMES * max(ours, _FEWEST_LETTERS)):
        return False
    common = _common(scene, whole)
    return all(_may_go(scene, index, stretch, common) for index in added)


def _common(scene: Scene, stretch: Stretch) -> Node:
    """The smallest element around a stretch; the root of the outline counts as one."""
    start = scene.leaf_of(stretch.first).node.start
    node = scene.leaf_of(stretch.last - 1).node
    while node.parent is not None and not (node.start <= start and node.tag):
        node = node.parent
    return node


def _may_go(scene: Scene, index: int, stretch: Stretch, common: Node) -> bool:
    item = scene.items[index]
    leaf, facts = scene.leaves[item.leaf], scene.facts[item.leaf]
    ours = scene.facts_of(stretch.first)
    if leaf.kind is not Kind.TEXT or is_imprint(item.text) or (facts.hidden_by is None) != (ours.hidden_by is None):
        return False
    home = facts.anchor is not None and facts.domain is None and facts.anchor.start >= common.start
    own = item.end - item.start > _SENTENCE and scene.scores[index] < _HONEST
    parts = any(around.tag in STRUCTURAL for around in leaf.node.ancestors() if around.start > common.start)
    return not (home or own or parts)
