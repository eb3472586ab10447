"""What stands right around or beside what a sign takes: elements that hold nothing else, and neighbours."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from spamguard.examine.removable import is_for_words
from spamguard.findings import Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

BOXES: Final = frozenset({"div", "article", "section", "li", "td", "dd", "p", "blockquote", "center"})
_HIDING: Final = frozenset({"style", "hidden", "aria-hidden"})
"""Attributes of an element that was made to hide something: one with a name may be the page's."""


def with_boxes(sight: Sight, first: Node, last: Node) -> Span:
    """The bytes from one node to a sibling, or those of the outermost element for them that holds nothing else."""
    start, end, box = first.start, last.end, first.parent
    while box is not None and box.tag in BOXES and _came_along(box) and holds_only(sight, box, Span(start, end)):
        start, end, box = box.start, box.end, box.parent
    return Span(start, end)


def holds_only(sight: Sight, box: Node, span: Span) -> bool:
    """Whether an element holds nothing but some bytes of it, and white space."""
    raw = sight.page.raw
    return box.closed and not (raw[box.inner_start : span.start] + raw[span.end : box.inner_end]).strip()


def in_rows(sight: Sight, nodes: Iterable[Node]) -> list[list[Node]]:
    """Some nodes in page order, those in one parent with nothing but white space between them together."""
    rows: list[list[Node]] = []
    for node in nodes:
        before = rows[-1][-1] if rows else None
        if before is not None and before.parent is node.parent and not sight.page.raw[before.end : node.start].strip():
            rows[-1].append(node)
        else:
            rows.append([node])
    return rows


def right_beside(sight: Sight, node: Node) -> list[Node]:
    """The elements right before and right behind one, with nothing but white space between."""
    siblings = [other for other in node.parent.children if other.kind is NodeKind.ELEMENT] if node.parent else []
    at = bisect_left(siblings, node.start, key=lambda other: other.start)
    return [
        other
        for other in (*siblings[max(0, at - 1) : at], *siblings[at + 1 : at + 2])
        if not sight.page.raw[min(other.end, node.end) : max(other.start, node.start)].strip()
    ]


def _came_along(box: Node) -> bool:
    return not box.attributes or box.attributes.keys() <= _HIDING or is_for_words(box)
