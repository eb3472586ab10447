"""The elements around what a sign takes that came with it: plain ones, hidden ones, and those for words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.removable import is_for_words
from spamguard.findings import Span

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_BOXES: Final = frozenset({"div", "article", "section", "li", "td", "dd", "p", "blockquote", "center"})
_HIDING: Final = frozenset({"style", "hidden", "aria-hidden"})
"""Attributes of an element that was made to hide something: one with a name may be the page's."""


def with_boxes(sight: Sight, first: Node, last: Node) -> Span:
    """The bytes from one node to a sibling, or those of the outermost element for them that holds nothing else."""
    start, end, box, raw = first.start, last.end, first.parent, sight.page.raw
    while box is not None and box.tag in _BOXES and box.closed and _came_along(box):
        if (raw[box.inner_start : start] + raw[end : box.inner_end]).strip():
            break
        start, end, box = box.start, box.end, box.parent
    return Span(start, end)


def _came_along(box: Node) -> bool:
    return not box.attributes or box.attributes.keys() <= _HIDING or is_for_words(box)
