"""The closer look at a page with a candidate: items, their scores, the blocks they form, the judgement on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.errors import ModelError
from spamguard.examine.blocks import Stretch, stretches
from spamguard.examine.describe import ITEM_NAMES, NAMES, Scene, describe, rest_of
from spamguard.examine.grow import grown
from spamguard.examine.hosts import own_domains
from spamguard.examine.items import Bound, items_of, leaves_of
from spamguard.examine.structure import item_columns, leaf_facts
from spamguard.examine.tree import Visibility
from spamguard.model.score import category_scores, probability, texts_table, word_means
from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import Kind, view_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.model.weights import Model
    from spamguard.page.segments import Page
    from spamguard.text.lexicon import Hit

_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_LEAF_MEAN: Final = ITEM_NAMES.index("leaf_mean")
_OTHER_WORDS: Final = -1.0
_OWN_WORDS: Final = 6.0
_OWN_WEIGHT: Final = 0.6
_MOST_ITEMS: Final = 200_000
_MANY: Final = 100
GENERIC: Final = "keywords"
"""What a long run is called that holds hardly a known word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of items to cut, with the features :data:`describe.NAMES` it was judged by and what was judged."""

    stretch: Stretch
    features: NDArray[np.float32]
    score: float
    probability: float
    category: str
    hits: tuple[Hit, ...]


def check(model: Model) -> None:
    """Raise :class:`ModelError` when a model was made for other features than these."""
    if model.item_features != ITEM_NAMES or model.block_features != NAMES:
        raise ModelError("the model was made for other features of items or blocks: train it anew")


def scene_of(page: Page, model: Model) -> tuple[Node, Scene]:
    """The outline of a page and its items, described and scored."""
    root, scene = unscored_scene(page, model)
    scores = model.items.score(scene.table) if len(scene.items) else np.zeros(0)
    return root, Scene(scene.leaves, scene.items, scene.facts, scene.table, scores)


def unscored_scene(page: Page, model: Model) -> tuple[Node, Scene]:
    """The same before the item model has spoken: what it is trained on."""
    view = view_of(page.raw)
    root = Node(NodeKind.ELEMENT, "", 0, len(view), None, 0, len(view)) if page.plain else outline_of(view)
    if page.plain:
        _plain_lines(page, root)
    leaves = leaves_of(page, root)
    items = items_of(page, leaves)[:_MOST_ITEMS]
    scripts = "\n".join(view[n.start : n.end] for n in root.walk() if n.tag == "script" and n.kind is NodeKind.RAW)
    facts = leaf_facts(
        leaves, page.raw, Visibility(view, scripts), own_domains(root), lambda texts: word_means(texts, model)
    )
    if not items:
        return root, Scene(leaves, items, facts, np.zeros((0, len(ITEM_NAMES)), dtype=np.float32), np.zeros(0))
    kinds = np.asarray([leaves[item.leaf].kind for item in items], dtype=np.int8)
    words = texts_table([item.text for item in items], kinds, model)
    table = np.hstack((words, item_columns(items, leaves, facts, len(page.raw))))
    return root, Scene(leaves, items, facts, table, np.zeros(len(items)))


def _plain_lines(page: Page, root: Node) -> None:
    """A plain text has one text node a line."""
    start = 0
    while start < len(page.raw):
        end = page.raw.find(b"\n", start)
        end = len(page.raw) if end < 0 else end
        if page.raw[start:end].strip():
            root.children.append(Node(NodeKind.TEXT, "", start, end, root, start, end))
        start = end + 1


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
    return grown(scene, stretches(scores, bounds, hiders))


def _to_cut(scene: Scene, stretch: Stretch) -> Stretch:
    """What of a judged stretch is cut: not the text nodes at its ends that people see and that speak of other things.

    Items are scored by their neighbours too, and the honest neighbour of a bad block looks bad from there. What shares
    a wrapper with the block comes back when the rest grows.
    """
    first, last = stretch.first, stretch.last
    while first < last and _stands_apart(scene, first):
        leaf = scene.items[first].leaf
        while first < last and scene.items[first].leaf == leaf:
            first += 1
    while first < last and _stands_apart(scene, last - 1):
        leaf = scene.items[last - 1].leaf
        while first < last and scene.items[last - 1].leaf == leaf:
            last -= 1
    return grown(scene, [Stretch(first, last)], to_cut=True)[0] if first < last else stretch


def _stands_apart(scene: Scene, index: int) -> bool:
    visible = scene.facts[scene.items[index].leaf].hidden_by is None
    return visible and float(scene.table[index, _LEAF_MEAN]) < _OTHER_WORDS


def blocks_of(scene: Scene, model: Model) -> list[Block]:
    """The judged stretches of a scene, in page order; the improbable ones too."""
    found = stretches_of(scene)
    spam = np.zeros(len(scene.items), dtype=bool)
    for stretch in found:
        spam[stretch.first : stretch.last] = True
    if not found:
        return []
    rest = rest_of(scene, spam, model.lexicon)
    blocks: list[Block] = []
    for stretch in found:
        features, hits = describe(scene, stretch, rest, model.lexicon)
        score = float(model.blocks.score(features[None, :])[0])
        category = _category(scene, stretch, hits, model)
        cut = _to_cut(scene, stretch)
        if not blocks or cut.first >= blocks[-1].stretch.last:
            blocks.append(Block(cut, features, score, probability(score, model), category, tuple(hits)))
    return blocks


def _category(scene: Scene, stretch: Stretch, hits: list[Hit], model: Model) -> str:
    """The category that the n-grams speak for, known keywords weighing in."""
    return category_of([item.text for item in scene.items_in(stretch)[:400]], hits, model)


def category_of(texts: list[str], hits: list[Hit], model: Model) -> str:
    """The category of texts in which the keywords ``hits`` stand."""
    if len(texts) >= _MANY and len(hits) * _MANY < len(texts):
        return GENERIC
    scores = category_scores(texts, model)
    scores = (scores - scores.mean()) / max(float(scores.std()), 1e-6)
    for hit in hits[:400]:
        if hit.atom.category in model.category_names:
            scores[model.category_names.index(hit.atom.category)] += hit.atom.strength * 2.0 / max(len(hits[:400]), 3)
    return model.category_names[int(scores.argmax())]
