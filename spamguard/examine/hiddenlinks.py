"""The rest of a hidden box of links: no list knows every phrase of a language, and whoever hides one hides all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node

_LONGEST: Final = 200
"""Items of a box."""
_LEFT, _FEW_LEFT = 0.5, 0.1
"""How many links may be left for each that is in the block: of a hidden box, and of a row that people see."""
_ROWS: Final = frozenset({"p", "div", "td", "center", "span", "section", "marquee"})


def with_hidden_links(scene: Scene, stretch: Stretch) -> Stretch:
    """A stretch with all of the box that hides it, when that holds links only and those left are made like the others.

    A box with an address of its own (``id``) or of which a part leads home while the block leads away may be the site's
    own menu.
    """
    for fact in (scene.facts_of(stretch.first), scene.facts_of(stretch.last - 1)):
        box = _box_of(fact)
        if box is not None:
            stretch = _with_box(scene, stretch, box)
    return stretch


def _with_box(scene: Scene, stretch: Stretch, box: Node) -> Stretch:
    """A stretch with the rest of one box at an end of it: the block may go on in others."""
    whole = scene.inside(box)
    part = Stretch(max(whole.first, stretch.first), min(whole.last, stretch.last))
    facts = scene.facts_in(part)
    if box.attribute("id") or not facts or any(_box_of(fact) is not box for fact in facts):
        return stretch
    left = [*range(whole.first, part.first), *range(part.last, whole.last)]
    if not left or whole.last - whole.first > _LONGEST or len(left) > _LEFT * len(facts):
        return stretch
    made = {_make(fact.anchor) for fact in facts}
    away = {fact.domain is not None for fact in facts}
    rest = [scene.facts_of(index) for index in left]
    alike = all(
        _box_of(fact) is box and _make(fact.anchor) in made and (fact.domain is not None) in away for fact in rest
    )
    if not alike or None in made:
        return stretch
    return Stretch(min(whole.first, stretch.first), max(whole.last, stretch.last))


def with_last_links(scene: Scene, stretch: Stretch) -> Stretch:
    """A stretch of links with the few left in their element that are made like them and sound like spam.

    A cut that leaves one link of thirty leaves what a machine wrote in one go.
    """
    anchor = scene.facts_of(stretch.first).anchor
    box = anchor.parent if anchor is not None else None
    if box is None or box.parent is None or box.tag not in _ROWS:
        return stretch
    whole = scene.inside(box)
    left = [*range(whole.first, stretch.first), *range(stretch.last, whole.last)]
    inside = whole.first <= stretch.first and stretch.last <= whole.last
    if not left or not inside or len(left) > _FEW_LEFT * (stretch.last - stretch.first):
        return stretch
    made = {_make(fact.anchor) for fact in scene.facts_in(whole)}
    away = {fact.domain is not None for fact in scene.facts_in(whole)}
    loud = all(scene.scores[index] > 0 for index in left)
    return whole if loud and len(made) == len(away) == 1 and None not in made else stretch


def _box_of(fact: Facts) -> Node | None:
    """The box in which something is hidden; what is hidden by inheriting is so in the box around its link."""
    hider = fact.hider
    return hider.parent if hider is not None and hider is fact.anchor and not hider.attribute("style") else hider


def _make(anchor: Node | None) -> tuple[str, ...] | None:
    """The names of a link's attributes, and where it stands: what is written by one hand looks the same."""
    if anchor is None or anchor.parent is None:
        return None
    return (anchor.parent.tag, anchor.attribute("class") or "", *sorted(anchor.attributes))
