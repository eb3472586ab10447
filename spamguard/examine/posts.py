"""A post that sells among others that do not: on a page that lists what a site has written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.case import FEW, SOME, Case
from spamguard.examine.labels import is_labelled
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_SURE: Final = 0.97
_POSTS: Final = frozenset({"article", "li", "div", "section", "dd", "td"})
_BESIDE: Final = 6


def is_a_post_among_others(case: Case) -> bool:
    """Whether a block is all of one of several posts, and sells in its headline and in sentences as none of the others.

    An owner who was paid for it says so.
    """
    scene, block = case.scene, case.block
    if block.probability < _SURE or len(case.strong) < FEW or len(case.telling) < SOME:
        return False
    pairs = zip(scene.items_in(block.stretch), case.facts, strict=True)
    if not any(fact.anchor is None and ends_sentence(item.text) for item, fact in pairs):
        return False
    if is_labelled("\n".join(item.text for item in scene.items_in(block.stretch))):
        return False
    first, last = scene.items[block.stretch.first], scene.items[block.stretch.last - 1]
    start, end = scene.leaves[first.leaf].node.start, scene.leaves[last.leaf].node.end
    around = scene.leaves[first.leaf].node.ancestors()
    post = next((node for node in around if node.start < start and node.end > end), None)
    if post is None or post.parent is None or post.tag not in _POSTS:
        return False
    others = [child for child in post.parent.children if child.tag == post.tag and child is not post]
    return any(_is_of_other_things(scene, other) for other in others[:_BESIDE])


def _is_of_other_things(scene: Scene, node: Node) -> bool:
    """Whether an element has sentences, and none that sounds like spam."""
    inside = scene.inside(node)
    if inside.first == inside.last or float(scene.scores[inside.first : inside.last].max()) > 0:
        return False
    return any(ends_sentence(item.text) for item in scene.items_in(inside))
