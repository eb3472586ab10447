"""What keeps company with a block: lines around it that name what it names, or share its letters, as nothing else does.

A profile of an operator is a name, an address, a number, a line that sells and a row of tags. Only the line that sells
sounds like spam; but all of them name the one name, and nothing else on the page does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.grow import STRUCTURAL
from spamguard.page.tokens import Kind
from spamguard.text.writing import is_imprint, scripts_of

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_WORD: Final = re.compile(r"[^\W_]{5,40}")
_LETTERS: Final = re.compile(r"[^\W_]+")
_SHORTEST_PHRASE: Final = 5
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
_RARE: Final = 0.015


def with_company(scene: Scene, stretch: Stretch) -> Stretch:
    """A stretch of text with the company that it keeps."""
    if any(scene.leaves[item.leaf].kind is not Kind.TEXT for item in scene.items_in(stretch)):
        return stretch
    for rule in (_of_one_name, _of_one_phrase, _of_one_script, _crumbs):
        stretch = rule(scene, stretch)
    return stretch


def _of_one_name(scene: Scene, stretch: Stretch) -> Stretch:
    """The stretch and all places of a name that stands nowhere else: near it, and with nothing of the page between."""
    texts = [item.text.lower() for item in scene.items]
    low, high = max(0, stretch.first - _REACH), min(len(texts), stretch.last + _REACH)
    for name in _names(scene, stretch):
        places = [index for index, text in enumerate(texts) if name in text]
        first, last = min(places[0], stretch.first), max(places[-1] + 1, stretch.last)
        if (first, last) == (stretch.first, stretch.last) or first < low or last > high:
            continue
        if _is_company(scene, stretch, Stretch(first, last)):
            stretch = Stretch(first, last)
    return stretch


def _names(scene: Scene, stretch: Stretch) -> list[str]:
    """Words of a block that no language has: letters with digits, or capitals where the rest is written small."""
    words = [word for item in scene.items_in(stretch) for word in _WORD.findall(item.text)]
    loud = [word for word in words if word.isupper() and word.isalpha()]
    names = [word for word in words if re.search(r"[^\W\d_]{3}", word) and re.search(r"\d", word)]
    if len(loud) <= _MOST_CAPITALS * len(words):
        names += loud
    return list(dict.fromkeys(name.lower() for name in names))


def _of_one_phrase(scene: Scene, stretch: Stretch) -> Stretch:
    """The stretch and what is beside it that it says too, word for word, as nothing else on the page does."""
    said = {phrase for item in scene.items_in(stretch) if len(phrase := _phrase(item.text)) >= _SHORTEST_PHRASE}
    first, last = stretch.first, stretch.last
    while first > 0 and _phrase(scene.items[first - 1].text) in said:
        first -= 1
    while last < len(scene.items) and _phrase(scene.items[last].text) in said:
        last += 1
    if (first, last) == (stretch.first, stretch.last):
        return stretch
    rest = {_phrase(item.text) for item in (*scene.items[:first], *scene.items[last:])}
    added = (*range(first, stretch.first), *range(stretch.last, last))
    alone = all(_phrase(scene.items[index].text) not in rest for index in added)
    whole = Stretch(first, last)
    return whole if alone and _is_company(scene, stretch, whole) else stretch


def _phrase(text: str) -> str:
    return " ".join(_LETTERS.findall(text)).lower()


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
    ours = sum(item.end - item.start for item in scene.items_in(stretch))
    if size > min(_LONGEST, _TIMES * max(ours, _FEWEST_LETTERS)):
        return False
    common = _common(scene, whole)
    return common is not None and all(_may_go(scene, index, stretch, common) for index in added)


def _common(scene: Scene, stretch: Stretch) -> Node | None:
    """The smallest element around a stretch; the root of the outline counts as one."""
    start = scene.leaves[scene.items[stretch.first].leaf].node.start
    node = scene.leaves[scene.items[stretch.last - 1].leaf].node
    while node.parent is not None and not (node.start <= start and node.tag):
        node = node.parent
    return node


def _may_go(scene: Scene, index: int, stretch: Stretch, common: Node) -> bool:
    item = scene.items[index]
    leaf, facts = scene.leaves[item.leaf], scene.facts[item.leaf]
    ours = scene.facts[scene.items[stretch.first].leaf]
    if leaf.kind is not Kind.TEXT or is_imprint(item.text) or (facts.hidden_by is None) != (ours.hidden_by is None):
        return False
    home = facts.anchor is not None and facts.domain is None and facts.anchor.start >= common.start
    own = item.end - item.start > _SENTENCE and scene.scores[index] < _HONEST
    parts = any(around.tag in STRUCTURAL for around in leaf.node.ancestors() if around.start > common.start)
    return not (home or own or parts)


def _of_one_script(scene: Scene, stretch: Stretch) -> Stretch:
    """The stretch and what is beside it in letters that hardly stand elsewhere on the page."""
    ours = [scripts_of(item.text) for item in scene.items_in(stretch)]
    inner = _common(scene, stretch)
    if inner is None or not any(ours):
        return stretch
    box = inner.parent if inner.parent is not None and inner.parent.parent is not None else inner
    first, last = stretch.first, stretch.last
    while first > 0 and _is_beside(scene, first - 1, stretch, box):
        first -= 1
    while last < len(scene.items) and _is_beside(scene, last, stretch, box):
        last += 1
    if (first, last) == (stretch.first, stretch.last):
        return stretch
    rest = _letters(scene, [*range(first), *range(last, len(scene.items))])
    while first < stretch.first and not _is_strange(scene, first, rest):
        first += 1
    while last > stretch.last and not _is_strange(scene, last - 1, rest):
        last -= 1
    whole = Stretch(first, last)
    strange = all(
        _is_strange(scene, index, rest) or not scripts_of(scene.items[index].text)
        for index in (*range(first, stretch.first), *range(stretch.last, last))
    )
    return whole if strange and _is_company(scene, stretch, whole) else stretch


def _is_beside(scene: Scene, index: int, stretch: Stretch, box: Node) -> bool:
    """Whether an item stands in the box of a block and none of its letters is Latin: names everywhere are."""
    leaf = scene.leaves[scene.items[index].leaf]
    if not (box.start <= leaf.node.start < box.end) or leaf.kind is not Kind.TEXT:
        return False
    return index in range(stretch.first - _REACH, stretch.last + _REACH) and "LATIN" not in scripts_of(
        scene.items[index].text
    )


def _letters(scene: Scene, indices: list[int]) -> frozenset[str]:
    """The scripts of some items but those of a word or two: what a language is called stands on many pages.

    Latin alone when they are too few to be a page.
    """
    counts: Counter[str] = Counter()
    for index in indices:
        text = scene.items[index].text
        for script in scripts_of(text):
            counts[script] += len(text)
    if counts.total() < _FEWEST_LETTERS:
        return frozenset({"LATIN", *counts})
    return frozenset(script for script, count in counts.items() if count > _RARE * counts.total())


def _is_strange(scene: Scene, index: int, rest: frozenset[str]) -> bool:
    scripts = scripts_of(scene.items[index].text)
    return bool(scripts) and not scripts & rest
