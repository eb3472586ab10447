"""The first look at a candidate: most are honest, and are let go before it is asked what hides each of their texts.

Items are scored as if people saw all of them. What hides a text is asked only where its words leave it in doubt, and
of all that shares its box: of 92,000 items of 300 infected pages 16 that score under :data:`_WARM` when seen
score over 1 for being hidden. On 600 such pages every block of a probability of 0.15 held one that scores over -2.4
when seen. A page on which a block remains that could be shown is looked
at in full.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.closely import blocks_of, judged, scored, stretches_of
from spamguard.examine.describe import Scene
from spamguard.examine.lenience import unread
from spamguard.examine.sketch import drawn, hidden_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.sketch import Sketch
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node

_WARM: Final = -3.0
"""Log-odds of an item that is seen from which on it may belong to a block."""
_BESIDE: Final = 3
"""Items beside a stretch that have a say in what becomes of it."""
_ROUNDS: Final = 4
_SEEN: Final = (None, None)
"""No element hides it, and in no way."""


def glance(sketch: Sketch, model: Model) -> tuple[Scene, list[Block]]:
    """The scene of a page as far as it matters, and its judged stretches."""
    hidden: list[tuple[Node, str] | None] = [None] * len(sketch.leaves)
    scene = scored(drawn(sketch, hidden), model)
    if sketch.page.plain:
        return scene, judged(scene, stretches_of(scene), model)
    mates: dict[Node | None, list[int]] = {}
    for leaf, box in enumerate(sketch.standings.boxes):
        mates.setdefault(box, []).append(leaf)
    starts = [leaf.node.start for leaf in sketch.leaves]
    asked: set[int] = set()
    doubtful = (scene.scores > _WARM) | unread(scene, hidden=True)
    warm = {scene.items[index].leaf for index in np.flatnonzero(doubtful).tolist()}
    for _ in range(_ROUNDS):
        boxes = {sketch.standings.boxes[leaf] for leaf in warm}
        new = {mate for box in boxes for mate in mates[box]} - asked
        if new:
            asked |= new
            _ask(sketch, hidden, sorted(new), starts, asked)
            scene = rescored(scene, drawn(sketch, hidden), model)
        found = stretches_of(scene)
        if not found:
            return scene, []
        around = (range(max(s.first - _BESIDE, 0), min(s.last + _BESIDE, len(scene.items))) for s in found)
        warm = {scene.items[index].leaf for indexes in around for index in indexes}
        if warm <= asked:
            break
    return scene, judged(scene, found, model)


def _ask(
    sketch: Sketch,
    hidden: list[tuple[Node, str] | None],
    leaves: Sequence[int],
    starts: Sequence[int],
    asked: set[int],
) -> None:
    """Ask what hides some leaves, and of those that are hidden what else is in their hiding place."""
    visibility = sketch.visibility()
    labels = sketch.standings.labels
    for leaf in leaves:
        hidden[leaf] = None if labels[leaf] else visibility.hidden(sketch.leaves[leaf].node)
    places = {found[0] for leaf in leaves if (found := hidden[leaf]) is not None}
    inside = {leaf for place in places for leaf in _leaves_in(place, starts)} - asked
    asked |= inside
    for leaf in inside:
        hidden[leaf] = None if labels[leaf] else visibility.hidden(sketch.leaves[leaf].node)


def _leaves_in(node: Node, starts: Sequence[int]) -> Iterable[int]:
    return range(bisect_left(starts, node.start), bisect_left(starts, node.end))


def in_full(sketch: Sketch, scene: Scene, blocks: list[Block], model: Model) -> tuple[Scene, list[Block]]:
    """What the first look has found, and what it would have if it had asked of every leaf what hides it.

    Of most pages that is the same.
    """
    hidden = hidden_in(sketch)
    if [found or _SEEN for found in hidden] == [(facts.hider, facts.hidden_by) for facts in scene.facts]:
        return scene, blocks
    scene = rescored(scene, drawn(sketch, hidden), model)
    return scene, blocks_of(scene, model)


def rescored(before: Scene, scene: Scene, model: Model) -> Scene:
    """A scene with the scores of the one before where nothing else is known of an item."""
    other = np.flatnonzero((before.table != scene.table).any(axis=1))
    scores = before.scores.copy()
    if len(other):
        scores[other] = model.items.score(scene.table[other])
    return Scene(scene.leaves, scene.items, scene.facts, scene.table, scores)
