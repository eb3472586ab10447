"""Boxes of empty elements with invented names: what a mirror kit puts into every page to make it look new."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.oddities import KNOWN_TAGS, is_invented
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_FEWEST: Final = 3
_MOST_KNOWN: Final = 0.5
_MOST_TEXT: Final = 12
"""Bytes of text for each element: a keyword here and there is what the filling is for."""
_BOXES: Final = frozenset(
    "div span p section article aside header footer nav center font blockquote details figure ul ol dl small".split()  # noqa: SIM905
)
_AWAY: Final = re.compile(r"(?:left|top)\s*:\s*-\d{4,}|display\s*:\s*none", re.IGNORECASE)
_MISPLACED: Final = frozenset(
    "acronym dfn fieldset listing menu noframes progress rt samp source strike tbody td tfoot th thead tr".split()  # noqa: SIM905
)
_TABLE: Final = frozenset({"table"})
_HOMES: Final = {
    **dict.fromkeys("tbody td tfoot th thead tr".split(), _TABLE),  # noqa: SIM905
    "rt": frozenset({"ruby"}),
    "source": frozenset({"audio", "picture", "video"}),
    "fieldset": frozenset({"form"}),
    "menu": frozenset({"nav"}),
}
"""Where such elements are at home: careless pages call the cells that a script fills all by one id."""


def noise(sight: Sight) -> list[Sign]:
    """Hidden boxes that hold hardly anything but elements of unknown names, and the strays that belong to them."""
    boxes = [node for node in sight.index.given.get("style", ()) if _is_box(sight, node)]
    if not boxes:
        return []
    inside = [child for box in boxes for child in box.walk()]
    strays = _strays(sight.index.given.get("id", ()), {id(child) for child in inside})
    strays += _beside([*boxes, *strays])
    said = reason("noise", len(inside), "hidden boxes of empty elements with invented names: a mirror kit's filling")
    return [
        Sign(
            rule="noise-tags",
            category="keywords",
            confidence=SURE,
            spans=tuple(sorted(Span(node.start, node.end) for node in (*boxes, *strays))),
            excerpt=excerpt_of([sight.text_between(boxes[0].start, boxes[0].end)]),
            hidden_by="off-screen",
            evidence=(said,),
        )
    ]


def loose_noise(sight: Sight) -> list[Sign]:
    """Empty, misplaced elements that share one id where there is no box of them: the parser moved them, or a kit.

    An id is given once; a careless page that repeats it does so on elements of one kind. Asked of pages with spam words
    only: there they came with these.
    """
    groups: defaultdict[str, list[Node]] = defaultdict(list)
    for node in _strays(sight.index.given.get("id", ()), set()):
        if not any(around.tag in _HOMES.get(node.tag, ()) for around in node.ancestors()):
            groups[str(node.attribute("id"))].append(node)
    large = [
        group for _, group in sorted(groups.items()) if len(group) >= _FEWEST and len({node.tag for node in group}) > 1
    ]
    if not large or any(_is_box(sight, node) for node in sight.index.given.get("style", ())):
        return []
    return [
        Sign(
            rule="noise-tags",
            category="keywords",
            confidence=SURE,
            spans=tuple(Span(node.start, node.end) for node in group),
            excerpt=excerpt_of([sight.text_between(group[0].start, group[-1].end)]),
            evidence=(reason("noise", len(group), "empty elements out of place that share one id: a mirror kit's"),),
        )
        for group in large
    ]


def _is_box(sight: Sight, node: Node) -> bool:
    if node.tag not in _BOXES or _AWAY.search(node.attribute("style") or "") is None or not node.closed:
        return False
    parts = [part for part in node.walk() if part is not node]
    elements = [part for part in parts if part.kind is NodeKind.ELEMENT]
    texts = [part for part in parts if part.kind is not NodeKind.ELEMENT]
    text = sum(len(sight.page.raw[part.start : part.end].strip()) for part in texts)
    if len(elements) < _FEWEST or text > _MOST_TEXT * len(elements):
        return False
    names = Counter(element.attribute("id") for element in elements if element.attribute("id"))
    known = sum(_is_known(element) and names[element.attribute("id")] < _FEWEST for element in elements)
    return known <= _MOST_KNOWN * len(elements)


def _is_known(element: Node) -> bool:
    """Whether a name is one of HTML's, a custom element's, or of a language inside the page."""
    return not is_invented(element.tag) or any(around.tag in {"svg", "math"} for around in element.ancestors())


def _beside(found: list[Node]) -> list[Node]:
    """Empty elements without a name that their own style hides, right behind some others: the end of the same row."""
    taken = {id(node) for node in found}
    parents = {id(node.parent): node.parent for node in found if node.parent is not None}
    places = {id(child): at for parent in parents.values() for at, child in enumerate(parent.children)}
    beside = []
    for node in found:
        siblings = node.parent.children if node.parent is not None else []
        behind = places.get(id(node), len(siblings)) + 1
        for child in siblings[behind : behind + 3]:
            if child.kind is NodeKind.COMMENT:
                continue
            hidden = _AWAY.search(child.attribute("style") or "") is not None and child.attributes.keys() == {"style"}
            if id(child) in taken or child.kind is not NodeKind.ELEMENT or not (hidden and child.closed):
                break
            if child.children:
                break
            beside.append(child)
    return beside


def _strays(called: Sequence[Node], inside: set[int]) -> list[Node]:
    """Empty, misplaced or unknown elements outside the boxes that share one id among those that are ``called``."""
    found = [
        node
        for node in called
        if id(node) not in inside
        and node.closed
        and (node.tag in _MISPLACED or node.tag not in KNOWN_TAGS)
        and node.attribute("id")
        and all(child.kind is NodeKind.ELEMENT for child in node.children)
        and all(grand.kind is NodeKind.ELEMENT for child in node.children for grand in child.walk())
    ]
    uses = Counter(node.attribute("id") for node in found)
    strays = [node for node in found if uses[node.attribute("id")] > 1]
    if not strays:
        return []
    within = {id(child) for stray in strays for child in stray.walk()}
    names = {stray.attribute("id") for stray in strays}
    # A known element that is as empty and has their name came in the same row.
    strays += [
        node
        for node in called
        if node.attribute("id") in names
        and id(node) not in inside
        and id(node) not in within
        and node.closed
        and not node.children
    ]
    within = {id(child) for stray in strays for child in stray.walk() if child is not stray}
    return [stray for stray in strays if id(stray) not in within]
