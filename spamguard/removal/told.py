"""What else on a page tells its title, when the title itself is all spam.

It is proposed, never put in unasked: a title is seldom word for word what social sites are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import letter_groups
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_TELLING: Final = ("og:title", "twitter:title")
_LONGEST: Final = 300
_SHARED: Final = 0.3
"""Share of the letter groups of a proposed title that the spam has too, from which on it is not to be trusted."""


def told_title(scene: Scene, stretch: Stretch) -> tuple[str, str] | None:
    """Where the page tells its title besides, and what it says there; None when it says nothing, or what the spam does.

    A heading is no title: that of a page is seldom the site's words for it.
    """
    taken = {item.leaf for item in scene.items_in(stretch)}
    spam = letter_groups(" ".join(item.text for item in scene.items_in(stretch)).casefold())
    found: dict[str, list[str]] = {}
    scores: dict[int, list[float]] = {}
    for index, item in enumerate(scene.items):
        scores.setdefault(item.leaf, []).append(float(scene.scores[index]))
    for index, leaf in enumerate(scene.leaves):
        place = _place_of(leaf.node, leaf.kind)
        text = " ".join(leaf.readable.text.split())
        if place is None or index in taken or not 0 < len(text) <= _LONGEST or max(scores.get(index, [0.0])) > 0:
            continue
        groups = letter_groups(text.casefold())
        if len(groups & spam) < _SHARED * max(len(groups), 1):
            found.setdefault(place, []).append(text)
    for place in _TELLING:
        texts = found.get(place, [])
        if len(texts) == 1:
            return place, texts[0]
    return None


def _place_of(node: Node, kind: Kind) -> str | None:
    name = (node.attribute("property") or node.attribute("name") or "").lower() if kind is Kind.META else None
    return name if name in _TELLING else None
