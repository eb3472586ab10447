"""Whether what hides a block came with it: a tool hides what it writes, and leaves its traces in doing so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node

_DISTANCE: Final = re.compile(
    r"(?:left|right|top|bottom|text-indent|margin(?:-left|-top)?)\s*:\s*-(\d{4,9})px", re.IGNORECASE
)
_ROUND: Final = re.compile(r"9+|\d{1,2}0+|1234\d*")
"""Distances that people write: any will do, and they take the first that comes to mind."""
_LONGEST_MARK: Final = 40
_INVISIBLE: Final = "colour"
_NEAR: Final = 6
_KINDS: Final = 3


def was_brought(facts: Sequence[Facts]) -> bool:
    """Whether all of some texts are hidden, and by what was made for them alone.

    A distance that was drawn by lot, two comments alike around the box, or the colour of the page, given by a style
    sheet that stands right before the first of them or to elements of all kinds by one class.
    """
    hiders = list({id(fact.hider): fact.hider for fact in facts if fact.hider is not None}.values())
    if not hiders or any(fact.hider is None for fact in facts):
        return False
    if len(hiders) == 1 and (_is_drawn_by_lot(hiders[0]) or _stands_between_twins(hiders[0])):
        return True
    unseen = all(fact.hidden_by == _INVISIBLE for fact in facts)
    return unseen and (_has_own_sheet(hiders[0]) or _share_a_class(hiders))


def _is_drawn_by_lot(hider: Node) -> bool:
    match = _DISTANCE.search(hider.attribute("style") or "")
    return match is not None and _ROUND.fullmatch(match[1]) is None


def _stands_between_twins(hider: Node) -> bool:
    """Whether comments of one length are glued to an element, as marks are by which a tool finds it again."""
    siblings = hider.parent.children if hider.parent is not None else []
    marks = [
        node.end - node.start
        for node in siblings
        if node.kind is NodeKind.COMMENT and (node.end == hider.start or node.start == hider.end)
    ]
    return len(marks) == 2 and marks[0] == marks[1] <= _LONGEST_MARK


def _share_a_class(hiders: Sequence[Node]) -> bool:
    classes = {hider.attribute("class") for hider in hiders}
    return len(classes) == 1 and None not in classes and len({hider.tag for hider in hiders}) >= _KINDS


def _has_own_sheet(hider: Node) -> bool:
    """Whether a style sheet stands in the body right before an element with a class and no style of its own."""
    parent = hider.parent
    if parent is None or not hider.attribute("class") or hider.attribute("style"):
        return False
    before = [node for node in parent.children if node.tag and node.end <= hider.start][-1:]
    return bool(before) and before[0].tag == "style" and hider.start - before[0].end <= _NEAR
