"""Where a sign and a block of text overlap: which of the two is shown, and what one says for the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.blocks import Stretch
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.openers import Openers
from spamguard.page.tokens import Kind
from spamguard.signs.addressed import TO_MODELS
from spamguard.signs.appended import ARTICLE
from spamguard.signs.structured import MAY_BE_OWN
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.findings import Span
    from spamguard.signs.sign import Sign
    from spamguard.text.lexicon import Lexicon

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_SPAM_WORDS: Final = 4.5
"""Log-odds of the words of a link with a keyword in it that no honest neighbour makes look so."""
_MOST_SPANS: Final = 20
_BACKED: Final = 0.95
"""The least confidence of an article that a block speaks for."""


def is_found(scene: Scene, blocks: Sequence[Block], sign: Sign) -> bool:
    """Whether a block and a sign tell of the same place."""
    parts = sign.parts
    return any(part.overlaps(scene.span_of(block.stretch)) for block in blocks for part in parts)


def is_told(scene: Scene, block: Block, signs: Sequence[Sign], *, certain: bool) -> bool:
    """Whether a sign tells of a block already, and knows better where it ends: one that is cut unasked, or of orders.

    Of most of it, or of all but what speaks of other things. Not if the block is ``certain`` to be cut unasked as well
    and holds links that sell or hide and the sign does not touch, or is an entry of which the sign leaves the name.
    """
    spans = [span for sign in signs if sign.doubt is None or sign.rule == TO_MODELS for span in sign.parts]
    if not spans:
        return False
    within = _covered_by(spans)
    left = [index for index in range(block.stretch.first, block.stretch.last) if not within(scene.begin_of(index))]
    whole = block.stretch.last - block.stretch.first
    if _fills_another_value(scene, block, left):
        return False
    if certain and any(rule(scene, block, left) for rule in (_sells_elsewhere, _only_opens, _hides_links)):
        return False
    return len(left) * 2 < whole or (len(left) < whole and float(scene.table[left, _WORD_MEAN].mean()) < 0)


def _covered_by(spans: Sequence[Span]) -> Callable[[int], bool]:
    """Whether a byte is in one of some spans: a page may have ten thousand of them, and as many items."""
    starts: list[int] = []
    ends: list[int] = []
    for span in sorted(spans):
        if ends and span.start <= ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            starts.append(span.start)
            ends.append(span.end)

    def within(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < ends[at]

    return within


def is_known_better(scene: Scene, blocks: Sequence[Block], sign: Sign) -> bool:
    """Whether a hidden block is of the very items that a sign is about: what hides it goes with the block alone.

    The blocks are those that are cut unasked.
    """
    if sign.edits or not 0 < len(sign.spans) <= _MOST_SPANS:
        return False
    near = (block.stretch for block in blocks if scene.span_of(block.stretch).overlaps(sign.hull))
    return any(_is_in_a_box(scene, stretch, sign.hull) and _is_of(scene, stretch, sign.spans) for stretch in near)


def _is_in_a_box(scene: Scene, stretch: Stretch, hull: Span) -> bool:
    """Whether what hides a stretch is a box around some bytes."""
    hider = scene.facts_of(stretch.first).hider
    return hider is not None and hider.inner_start <= hull.start and hull.end <= hider.inner_end


def _is_of(scene: Scene, stretch: Stretch, spans: Sequence[Span]) -> bool:
    """Whether all items of a stretch begin in some spans, each of which holds one of them, and no others do."""

    def span_at(index: int) -> int | None:
        begin = scene.begin_of(index)
        return next((number for number, span in enumerate(spans) if span.start <= begin < span.end), None)

    held = {span_at(index) for index in range(stretch.first, stretch.last)}
    beside = [index for index in (stretch.first - 1, stretch.last) if 0 <= index < len(scene.items)]
    return held == set(range(len(spans))) and all(span_at(index) is None for index in beside)


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


def _only_opens(scene: Scene, block: Block, left: Sequence[int]) -> bool:
    """Whether all that is left of an element is the name of who said the rest, and the mark behind it."""
    rest = Stretch(block.stretch.first + 1, block.stretch.last)
    if not left or rest.first == rest.last or not set(left) <= {block.stretch.first, rest.first}:
        return False
    fills = any(scene.inside(node) == block.stretch for node in scene.around(rest.first))
    return fills and Openers(scene).speaker(rest) == block.stretch


def _hides_links(scene: Scene, block: Block, left: Sequence[int]) -> bool:
    """Whether all that is left are links to other sites, hidden as all of the block is."""
    hidden = {scene.facts[item.leaf].hidden_by for item in scene.items_in(block.stretch)}
    leads = all(scene.facts_of(index).domain is not None for index in left)
    return bool(left) and leads and len(hidden) == 1 and None not in hidden


def _untouched(scene: Scene, block: Block, left: Sequence[int]) -> set[int]:
    """The leaves of a block of which all items are left."""
    counts = Counter(item.leaf for item in scene.items_in(block.stretch))
    rest = Counter(scene.items[index].leaf for index in left)
    return {leaf for leaf in rest if rest[leaf] == counts[leaf]}


def _only_blocks_name(scene: Scene, blocks: Sequence[Block], category: str, lexicon: Lexicon) -> bool:
    """Whether one of some blocks sells what a category is of, and no keyword of it stands anywhere else on the page."""
    if not any(block.category == category for block in blocks):
        return False
    named = np.flatnonzero(scene.table[:, _NAMED] > 0).tolist()
    inside = {index for block in blocks for index in range(block.stretch.first, block.stretch.last)}
    outside = "\n".join(scene.items[index].text for index in named if index not in inside)
    hits = lexicon.hits(lexicon.folded(outside))
    return not any(hit.atom.category == category and hit.atom.strength >= TELLING for hit in hits)


def backed(scene: Scene, blocks: Sequence[Block], sign: Sign, lexicon: Lexicon) -> Sign | None:
    """A sign for which blocks speak that are cut unasked: an article around one, data that names what they sell.

    All of such an article came with the block. What the data names stands on the page in nothing but the blocks. None
    for a sign that needs such blocks and has none.
    """
    if sign.doubt == MAY_BE_OWN and _only_blocks_name(scene, blocks, sign.category, lexicon):
        return replace(sign, doubt=None, leaning=False)
    if sign.leaning:
        return None
    if sign.rule != ARTICLE or not is_found(scene, blocks, sign):
        return sign
    return replace(sign, spare=False, doubt=None, confidence=max(sign.confidence, _BACKED))
