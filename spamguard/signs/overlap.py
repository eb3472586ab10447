"""Where a sign and a block of text overlap: which of the two is shown, and what one says for the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.page.tokens import Kind
from spamguard.signs.addressed import TO_MODELS
from spamguard.signs.appended import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.signs.sign import Sign

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_SPAM_WORDS: Final = 4.5
"""Log-odds of the words of a link with a keyword in it that no honest neighbour makes look so."""
_BACKED: Final = 0.95
"""The least confidence of an article that a block speaks for."""


def is_found(scene: Scene, blocks: Sequence[Block], sign: Sign) -> bool:
    """Whether a block and a sign tell of the same place."""
    for block in blocks:
        first, last = scene.items[block.stretch.first], scene.items[block.stretch.last - 1]
        start = int(scene.leaves[first.leaf].readable.offsets[first.start])
        end = int(scene.leaves[last.leaf].readable.offsets[last.end])
        if any(span.start < end and start < span.end for span in sign.parts):
            return True
    return False


def is_told(scene: Scene, block: Block, signs: Sequence[Sign], *, certain: bool) -> bool:
    """Whether a sign tells of a block already, and knows better where it ends: one that is cut unasked, or of orders.

    Of most of it, or of all but what speaks of other things. Not if the block is ``certain`` to be cut unasked as well
    and holds links that sell what the sign does not touch.
    """
    spans = [span for sign in signs if sign.doubt is None or sign.rule == TO_MODELS for span in sign.parts]
    if not spans:
        return False
    left = []
    for index in range(block.stretch.first, block.stretch.last):
        item = scene.items[index]
        start = int(scene.leaves[item.leaf].readable.offsets[item.start])
        if not any(span.start <= start < span.end for span in spans):
            left.append(index)
    whole = block.stretch.last - block.stretch.first
    if _fills_another_value(scene, block, left) or (certain and _sells_elsewhere(scene, block, left)):
        return False
    return len(left) * 2 < whole or (len(left) < whole and float(scene.table[left, _WORD_MEAN].mean()) < 0)


def _fills_another_value(scene: Scene, block: Block, left: Sequence[int]) -> bool:
    """Whether some items that are left are all of a value that no sign touches, and sound like spam."""
    others = _untouched(scene, block, left)
    values = {leaf for leaf in others if scene.leaves[leaf].kind is Kind.ATTRIBUTE}
    rows = [index for index in left if scene.items[index].leaf in values]
    return bool(rows) and float(scene.table[rows, _WORD_MEAN].mean()) > 0


def _sells_elsewhere(scene: Scene, block: Block, left: Sequence[int]) -> bool:
    """Whether a link to another site that no sign touches is called by a keyword, and sounds like nothing else."""
    others = _untouched(scene, block, left)
    texts = {leaf for leaf in others if scene.leaves[leaf].kind is Kind.TEXT and scene.facts[leaf].domain is not None}
    rows = scene.table[[index for index in left if scene.items[index].leaf in texts]]
    return bool(((rows[:, _NAMED] > 0) & (rows[:, _WORD_MEAN] >= _SPAM_WORDS)).any())


def _untouched(scene: Scene, block: Block, left: Sequence[int]) -> set[int]:
    """The leaves of a block of which all items are left."""
    counts = Counter(item.leaf for item in scene.items_in(block.stretch))
    rest = Counter(scene.items[index].leaf for index in left)
    return {leaf for leaf in rest if rest[leaf] == counts[leaf]}


def is_for_backing(sign: Sign) -> bool:
    """Whether a block in the same place can make a sign sure."""
    return sign.rule == ARTICLE


def backed(scene: Scene, blocks: Sequence[Block], sign: Sign) -> Sign:
    """An article about one name in which a block stands that is cut unasked: all of it came with that, and goes too."""
    if not is_for_backing(sign) or not is_found(scene, blocks, sign):
        return sign
    return replace(sign, spare=False, doubt=None, confidence=max(sign.confidence, _BACKED))
