"""The closer look at a page with a candidate: items, their scores, the blocks they form, the judgement on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.errors import ModelError
from spamguard.examine.blocks import Stretch, beside, instead, stretches
from spamguard.examine.describe import ITEM_NAMES, NAMES, Scene, describe, named_share, rest_of
from spamguard.examine.grow import grown, heads_the_rest
from spamguard.examine.hands import Hands
from spamguard.examine.items import Bound
from spamguard.examine.kin import Kin
from spamguard.examine.lenience import LENIENCE, named_in_a_row, unread
from spamguard.examine.lines import Lines
from spamguard.examine.sharing import Values
from spamguard.examine.sketch import drawn, hidden_in, sketch_of
from spamguard.examine.stuffed import within
from spamguard.examine.tongue import Tongue
from spamguard.examine.topic import topic_of
from spamguard.model.score import probability
from spamguard.page.tokens import Kind
from spamguard.text.alphabets import letters_in
from spamguard.text.keynotes import TELLING
from spamguard.text.writing import is_imprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.text.lexicon import Hit

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_NAMED_PART: Final = 1 / 3
_DOUBTFUL_WORDS: Final = 4.5
_OTHER_WORDS: Final = 1.5
_QUITE_OTHER_WORDS: Final = 0.5
_BOXES: Final = frozenset(
    {"div", "p", "ul", "ol", "table", "section", "aside", "span", "font", "center", "li", "marquee"}
)
_SURELY: Final = 4.5
_SURELY_NOT: Final = -3.0
"""Log-odds that words of other things only reach as part of a block, and that no part of a block sinks to."""
_DOUBTFUL: Final = -0.5
_HARDLY_ANY: Final = 0.1
_NEAR_ITEMS: Final = 40
"""Items of a block that are looked at, and the share of their letters in which the text beside them may be written."""
_SPAM_WORDS: Final = 9.0
"""What words beside a block need to be part of it when they are seen and it is not, or lead home and it does not."""
_OWN_WORDS: Final = 6.0
_OWN_WEIGHT: Final = 0.6
_NEAR: Final = 12
"""Items of one text that are read with the one that is asked of."""
HARDLY: Final = 0.02
"""Probability under which nobody asks what a stretch is, or where it ends."""
_HARDLY_ONE: Final = 0.45
"""Probability under which a block gives way to a more probable one that takes in some of it."""
_MOST_IN_A_LIST: Final = 40
_SURELY_ONE: Final = 0.95
"""Blocks that may be all of one list, and the probability of each from which on they are cut as one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of items to cut, with the features :data:`describe.NAMES` it was judged by and what was judged.

    ``named`` is the share of its items that hold a telling keyword. ``whole`` is what it was before lines of another
    hand were let go: what excuses that excuses it.
    """

    stretch: Stretch
    features: NDArray[np.float32]
    score: float
    probability: float
    category: str
    hits: tuple[Hit, ...]
    named: float
    whole: Stretch | None = None


def check(model: Model) -> None:
    """Raise :class:`ModelError` when a model was made for other features than these."""
    if model.item_features != ITEM_NAMES or model.block_features != NAMES:
        raise ModelError("the model was made for other features of items or blocks: train it anew")


def scored(scene: Scene, model: Model) -> Scene:
    """A scene with the item model's say."""
    scores = model.items.score(scene.table) if len(scene.items) else np.zeros(0)
    return Scene(scene.leaves, scene.items, scene.facts, scene.table, scores)


def scene_of(page: Page, model: Model) -> tuple[Node, Scene]:
    """The outline of a page and its items, described and scored."""
    root, scene = unscored_scene(page, model)
    return root, scored(scene, model)


def unscored_scene(page: Page, model: Model) -> tuple[Node, Scene]:
    """The same before the item model has spoken: what it is trained on."""
    sketch = sketch_of(page, model)
    return sketch.root, drawn(sketch, hidden_in(sketch))


def stretches_of(scene: Scene) -> list[Stretch]:
    """The stretches of a scored scene, grown to their wrappers.

    In a title or a meta tag spam and the site's own words share one line, and a comma parts them: there an item is
    taken by its own words more than by its neighbours'.
    """
    kinds = [scene.leaves[item.leaf].kind for item in scene.items]
    carried = np.asarray([kind is not Kind.TEXT for kind in kinds], dtype=bool)
    scores = scene.scores.copy()
    if carried.any():
        own = np.clip(scene.table[carried, _WORD_MEAN], -_OWN_WORDS, _OWN_WORDS)
        scores[carried] += _OWN_WEIGHT * own
    bounds = [
        Bound.BLOCK if kind is not Kind.TEXT and item.bound is not Bound.SENTENCE else item.bound
        for item, kind in zip(scene.items, kinds, strict=True)
    ]
    hiders = [scene.facts[item.leaf].hider for item in scene.items]
    found = grown(scene, stretches(scores, bounds, hiders))
    named = named_in_a_row(scene)
    if named.any():
        found = instead(found, grown(scene, stretches(scores + LENIENCE * named, bounds, hiders)))
    doubtful = unread(scene)
    if not doubtful.any():
        return found
    return beside(found, grown(scene, stretches(scores + LENIENCE * doubtful, bounds, hiders)))


def _trimmed(scene: Scene, stretch: Stretch) -> Stretch:
    """What of a judged stretch is cut: not what people see at its ends and what speaks of other things.

    Items are scored by their neighbours too, and the honest neighbour of a bad block looks bad from there, though
    seldom as bad as what came with the block. What shares a wrapper with the block comes back when the rest grows.
    """
    first, last = stretch.first, stretch.last
    hider = scene.facts_of((first + last) // 2).hider
    written = sum(scene.leaves[item.leaf].kind is Kind.TEXT for item in scene.items_in(stretch))
    # Of a block in the head that goes on where the page begins, that says what is sold, or is the page's own.
    headed = scene.leaf_of(first).kind in {Kind.META, Kind.TITLE}
    carried = written * 2 < last - first or (headed and not _names_in_text(scene, stretch))
    named = _named_leaves(scene, stretch)
    linked = [facts for facts in scene.facts_in(stretch) if facts.anchor is not None]
    own_links = sum(facts.domain is None for facts in linked) * 3 > len(linked)

    def goes(index: int, rest: Stretch) -> bool:
        if rest.first < rest.last and is_imprint(scene.items[index].text) and not scene.table[index, _NAMED] > 0:
            return True
        if carried and scene.leaf_of(index).kind is Kind.TEXT:
            return float(scene.table[index, _WORD_MEAN]) < _SPAM_WORDS
        if named and scene.items[index].leaf not in named and _is_beside(scene, index, hider):
            return True
        home = _leads_home(scene, index, own_links) or _is_of_a_seen_text(scene, index, rest)
        return home or _stands_apart(scene, index, hider, stretch) or _stands_outside(scene, index, rest)

    while first < last:
        if goes(first, Stretch(first + 1, last)):
            first += 1
        elif goes(last - 1, Stretch(first, last - 1)):
            last -= 1
        else:
            break
    return grown(scene, [Stretch(first, last)], to_cut=True)[0] if first < last else stretch


def _names_in_text(scene: Scene, stretch: Stretch) -> bool:
    """Whether a keyword stands in the texts of a stretch, apart from the values that it has."""
    named = scene.table[stretch.first : stretch.last, _NAMED] > 0
    return any(
        scene.leaves[item.leaf].kind is Kind.TEXT
        for item, known in zip(scene.items_in(stretch), named, strict=True)
        if known
    )


def _named_leaves(scene: Scene, stretch: Stretch) -> set[int]:
    """The leaves in which telling keywords stand, if they stand in a good part of a stretch."""
    rows = scene.table[stretch.first : stretch.last, _NAMED] > 0
    if rows.sum() < max(2, _NAMED_PART * len(rows)):
        return set()
    return {item.leaf for item, named in zip(scene.items_in(stretch), rows, strict=True) if named}


def _is_beside(scene: Scene, index: int, hider: Node | None) -> bool:
    """Whether an item beside named ones is none of them: by its words, or because people see it and not the others."""
    facts = scene.facts_of(index)
    if facts.domain is not None:
        return False
    return _words_of_leaf(scene, index) < (
        _SPAM_WORDS if hider is not None and facts.hider is None else _DOUBTFUL_WORDS
    )


def _words_of_leaf(scene: Scene, index: int) -> float:
    """How the text sounds that an item is a part of: half a sentence sounds like anything."""
    leaf = scene.items[index].leaf
    first = last = index
    while first > max(0, index - _NEAR) and scene.items[first - 1].leaf == leaf:
        first -= 1
    while last + 1 < min(len(scene.items), index + _NEAR) and scene.items[last + 1].leaf == leaf:
        last += 1
    lengths = np.asarray([item.end - item.start for item in scene.items[first : last + 1]])
    return float(lengths @ scene.table[first : last + 1, _WORD_MEAN]) / max(int(lengths.sum()), 1)


def _stands_apart(scene: Scene, index: int, hider: Node | None, stretch: Stretch) -> bool:
    """Whether an item speaks of other things than spam, and does not share the block's hiding place.

    The site's own words share titles and values with spam: there company counts for nothing. A text that is taken as a
    whole speaks as a whole.
    """
    leaf = scene.items[index].leaf
    facts, score = scene.facts[leaf], scene.scores[index]
    own_words = float(scene.table[index, _WORD_MEAN])
    edges = [i for i in (stretch.first - 1, stretch.last) if 0 <= i < len(scene.items)]
    middle = scene.items[(stretch.first + stretch.last) // 2].leaf
    if leaf != middle and all(scene.items[i].leaf != leaf for i in edges):
        own_words = min(own_words, _words_of_leaf(scene, index))
    if hider is not None and facts.hider is None and hider.tag != "a":
        return own_words < _SPAM_WORDS
    if hider is not None and facts.hider is not None and not _holds(facts.hider, hider):
        return bool(score < _DOUBTFUL) and own_words < _OTHER_WORDS
    if scene.leaves[leaf].kind is Kind.TEXT and score >= _SURELY:
        return False
    return own_words < _OTHER_WORDS or bool(score < _SURELY_NOT)


def _stands_outside(scene: Scene, index: int, rest: Stretch) -> bool:
    """Whether an item that speaks of other things stands outside an element in which all the rest of a block is.

    Not when the two fill a box together: its label came with it. A heading behind the block needs not to speak of other
    things to be the heading of what follows.
    """
    leaf = scene.leaf_of(index)
    other = float(scene.table[index, _WORD_MEAN]) < _QUITE_OTHER_WORDS
    heading = index >= rest.last and heads_the_rest(scene, index, _SPAM_WORDS)
    if leaf.kind is not Kind.TEXT or rest.first >= rest.last or not (other or heading):
        return False
    ends = [scene.leaf_of(at) for at in (rest.first, rest.last - 1)]
    if any(end.kind is not Kind.TEXT for end in ends):
        return False
    start, stop = ends[0].node.start, ends[1].node.end
    common = next((node for node in ends[0].node.ancestors() if node.start <= start and node.end >= stop), None)
    if common is None or common.tag not in _BOXES or common.start <= leaf.node.start < common.end:
        return False
    beyond = index - 1 if index < rest.first else index + 1
    box = common.parent
    if box is None or not box.start <= leaf.node.start < box.end or not 0 <= beyond < len(scene.items):
        return True
    return box.start <= scene.leaf_of(beyond).node.start < box.end


def _is_of_a_seen_text(scene: Scene, index: int, rest: Stretch) -> bool:
    """Whether an item ends or begins a text of the page's own that people see, and the rest of its block is apart.

    Nobody sees any of that, or it is in other letters.
    """
    facts = scene.facts_of(index)
    beyond = index - 1 if index < rest.first else index + 1
    alone = rest.first >= rest.last or not 0 <= beyond < len(scene.items)
    if alone or facts.hidden_by is not None or facts.anchor is not None:
        return False
    between = max(index, rest.first)
    if scene.items[beyond].leaf != scene.items[index].leaf or scene.items[between].bound is not Bound.BLOCK:
        return False
    near = slice(None, _NEAR_ITEMS) if index < rest.first else slice(-_NEAR_ITEMS, None)
    inside = range(rest.first, rest.last)[near]
    if all(scene.facts_of(at).hidden_by is not None for at in inside):
        return True
    own = letters_in(scene.items[index].text)
    others = letters_in(" ".join(scene.items[at].text for at in inside))
    return sum(others.get(name, 0) for name in own) < _HARDLY_ANY * sum(others.values())


def _leads_home(scene: Scene, index: int, own_links: bool) -> bool:
    """Whether people see a link to the site itself, not of spam words, ending a block that has few such."""
    facts = scene.facts_of(index)
    home = facts.anchor is not None and facts.domain is None and facts.hidden_by is None
    return home and not own_links and float(scene.table[index, _WORD_MEAN]) < _SPAM_WORDS


def _holds(outer: Node, hider: Node | None) -> bool:
    """Whether what hides an item is a larger box around the block's own hiding place."""
    return hider is not None and outer is not hider and outer.start <= hider.start and outer.end >= hider.end


def variants(scene: Scene, stretch: Stretch) -> list[Stretch]:
    """What a block may be: the whole stretch, what of it would be cut, or only what people cannot see of it.

    Items are scored by their neighbours too: one hidden phrase makes the honest heading beside it look bad, and in the
    company of headings the phrase looks harmless.
    """
    found = [stretch, _trimmed(scene, stretch)]
    hidden = [index for index in range(stretch.first, stretch.last) if scene.facts_of(index).hidden_by is not None]
    if hidden and hidden[-1] - hidden[0] + 1 == len(hidden) < stretch.last - stretch.first:
        found.append(Stretch(hidden[0], hidden[-1] + 1))
    return list(dict.fromkeys(found))


def blocks_of(scene: Scene, model: Model) -> list[Block]:
    """The blocks of a scene, in page order: its stretches that are not altogether improbable."""
    return judged(scene, stretches_of(scene), model)


def judged(scene: Scene, found: Sequence[Stretch], model: Model) -> list[Block]:
    """The blocks that the stretches of a scene are; stretches less probable than :data:`HARDLY` are none."""
    if not found:
        return []
    spam = np.zeros(len(scene.items), dtype=bool)
    for stretch in found:
        spam[stretch.first : stretch.last] = True
    rest = rest_of(scene, spam, model.lexicon)
    tongue = Tongue(scene)
    kin, lines, hands = Kin(scene), Lines(scene, tongue), Hands(scene, tongue)
    values = Values(scene, found)
    blocks: list[Block] = []
    for stretch in found:
        tried = variants(scene, stretch)
        described = [describe(scene, variant, rest, model.lexicon) for variant in tried]
        scores = model.blocks.score(np.stack([features for features, _ in described]))
        best = int(scores.argmax())
        features, hits = described[best]
        score = float(scores[best])
        chance = probability(score, model)
        if chance < HARDLY:
            continue
        category = topic_of(scene, tried[best], hits, model)
        cut = within(values, scene, kin.with_kin(_trimmed(scene, tried[best])))
        while blocks and cut.first < blocks[-1].stretch.last and blocks[-1].probability < min(chance, _HARDLY_ONE):
            blocks.pop()  # what grew into a better block was honest text before it
        if not blocks or cut.first >= blocks[-1].stretch.last:
            telling = any(hit.atom.strength >= TELLING for hit in hits)
            whole = lines.with_line(lines.without_own(cut))
            for left in hands.parts_of(whole):
                opened = kin.with_openers(left)
                part = opened if not blocks or opened.first >= blocks[-1].stretch.last else left
                judged_by = cut if part == whole else part
                named = named_share(scene, judged_by, model.lexicon) if telling else 0.0
                before = whole if part != whole else None
                blocks.append(Block(part, features, score, chance, category, tuple(hits), named, before))
                join_in_a_list(blocks, kin)
    return blocks


def join_in_a_list(blocks: list[Block], kin: Kin) -> None:
    """Make one block of the last ones when they are all of a list or a table: it goes with them.

    The least probable of them speaks for all.
    """
    for at in range(len(blocks) - 1, max(0, len(blocks) - _MOST_IN_A_LIST), -1):
        if blocks[at - 1].stretch.last != blocks[at].stretch.first or blocks[at].probability < _SURELY_ONE:
            break
        whole = Stretch(blocks[at - 1].stretch.first, blocks[-1].stretch.last)
        if blocks[at - 1].probability >= _SURELY_ONE and kin.fills_a_list(whole):
            least = min(blocks[at - 1 :], key=lambda block: block.probability)
            hits = tuple(hit for block in blocks[at - 1 :] for hit in block.hits)
            blocks[at - 1 :] = [replace(least, stretch=whole, hits=hits, whole=None)]
            break
