"""Lists of which nothing is left: they go with their last entry, as they came with the first."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.removal.gaps import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node

_ENTRIES: Final = {
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    "tbody": frozenset({"tr"}),
    "table": frozenset({"tr", "tbody", "thead"}),
}
_ROUNDS: Final = 2
"""A table with a body in it is emptied when that is."""


def lists_in(root: Node) -> list[Node]:
    """The lists and tables of a page."""
    return [node for node in root.walk() if node.tag in _ENTRIES and node.closed]


def with_emptied(lists: Sequence[Node], raw: bytes, cuts: Sequence[Span]) -> list[Span]:
    """The cuts, in order and apart, and around them those of a page's lists that they leave without an entry."""
    found = list(cuts)
    for _ in range(_ROUNDS):
        starts = [cut.start for cut in found]
        emptied = [Span(node.start, node.end) for node in lists if _is_emptied(node, raw, found, starts)]
        found = joined(raw, [*found, *emptied])
    return found


def _is_emptied(node: Node, raw: bytes, cuts: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a list had entries, and neither they nor anything else in it stay."""

    def goes(child: Node) -> bool:
        at = bisect_right(starts, child.start) - 1
        return at >= 0 and child.end <= cuts[at].end

    tags = _ENTRIES[node.tag]
    entries = [child for child in node.children if child.tag in tags]
    others = (child for child in node.children if child.tag not in tags and child.kind is not NodeKind.COMMENT)
    return (
        bool(entries)
        and all(map(goes, entries))
        and not any(raw[child.start : child.end].strip() and not goes(child) for child in others)
    )
