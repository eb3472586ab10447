"""What the outline says of an item: hidden or not, linked where, in which sort of element, where on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine import boxes
from spamguard.examine.boxes import box_columns, is_own_box, texts_of
from spamguard.examine.hosts import domain_of, slug_of
from spamguard.examine.items import CODE, Bound
from spamguard.examine.tree import STRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from spamguard.examine.boxes import Texts
    from spamguard.examine.items import Item, Leaf
    from spamguard.examine.tree import Visibility
    from spamguard.page.outline import Node

NAMES: Final = (
    "hidden",
    "hidden_strongly",
    "in_anchor",
    "foreign_anchor",
    "anchor_words",
    "dofollow",
    "after_end",
    "in_code",
    "in_heading",
    "in_list",
    "in_cell",
    "in_furniture",
    "unnamed_parent",
    "depth",
    *boxes.NAMES,
    "at_block",
    "at_separator",
    "place",
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS: Final = frozenset({"li", "ul", "ol"})
_CELLS: Final = frozenset({"td", "th"})
_FURNITURE: Final = frozenset({"nav", "select", "header", "menu", "label", "button"})
_LABELS: Final = frozenset({"title", "desc"})
_KEPT_DRAWINGS: Final = frozenset({"symbol", "defs"})
_LONGEST_LABEL: Final = 80
_FLAGS: Final = {
    tag: 1 << place for place, tags in enumerate((CODE, _HEADINGS, _LISTS, _CELLS, _FURNITURE)) for tag in tags
}
_FLAGGED: Final = slice(5, 10)
_STANDING: Final = 12
_END_TAG: Final = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)


class Facts:
    """What is known of one leaf, shared by its items."""

    __slots__ = ("anchor", "domain", "hidden_by", "hider")

    def __init__(self, anchor: Node | None, domain: str | None, hidden: tuple[Node, str] | None) -> None:
        self.anchor = anchor
        self.domain = domain
        self.hider: Node | None = hidden[0] if hidden is not None else None
        self.hidden_by: str | None = hidden[1] if hidden is not None else None


class _Around:
    """What the elements around a leaf say of it; worked out once for all that stand in one element."""

    __slots__ = ("anchor", "box", "depth", "drawn", "flags", "kept")

    def __init__(self, node: Node | None, outer: _Around | None) -> None:
        self.anchor: Node | None
        self.box: Node | None
        if outer is None or node is None:
            self.anchor = self.box = None
            self.depth = self.flags = 0
            self.drawn = self.kept = False
            return
        tag = node.tag
        self.anchor = node if tag == "a" else outer.anchor
        self.box = node if is_own_box(tag) else outer.box
        self.depth = outer.depth + 1
        self.drawn = outer.drawn or tag == "svg"
        self.kept = outer.kept or tag in _KEPT_DRAWINGS
        self.flags = outer.flags | _FLAGS.get(tag, 0)


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the leaves of a page stand, whatever is hidden; all columns have one entry a leaf.

    ``boxes`` are the boxes of those that people see, ``labels`` tells which name a part of a drawing: seen nowhere, and
    hidden from nobody. ``rows`` are the columns of :data:`NAMES` from ``in_anchor`` to ``depth``.
    """

    anchors: list[Node | None]
    domains: list[str | None]
    boxes: list[Node | None]
    labels: list[bool]
    rows: NDArray[np.float64]
    texts: Texts


def standings_of(
    leaves: Sequence[Leaf],
    raw: bytes,
    own: frozenset[str],
    score_words: Callable[[list[str]], NDArray[np.float64]],
) -> Standings:
    """Where leaves stand. ``score_words`` gives the mean place score of each of some texts."""
    match = _END_TAG.search(raw)
    page_end = match.start() if match is not None else len(raw)
    known: dict[Node | None, _Around] = {}
    around = [_around(leaf.node.parent, known) for leaf in leaves]
    anchors = [one.anchor for one in around]
    linked = [anchor for anchor in anchors if anchor is not None]
    slugs = {anchor: slug_of(anchor.attribute("href") or "") for anchor in linked}
    scores = score_words([leaf.readable.text for leaf in leaves] + list(slugs.values())) if leaves else np.zeros(0)
    slug_scores = dict(zip(slugs, scores[len(leaves) :].tolist(), strict=True))
    foreign = {anchor: _foreign_domain(anchor, own) for anchor in slugs}
    domains = [foreign[anchor] if anchor is not None else None for anchor in anchors]
    rows = []
    for leaf, one, anchor, domain in zip(leaves, around, anchors, domains, strict=True):
        parent, flags = leaf.node.parent, one.flags
        rows.append(
            (
                anchor is not None,
                domain is not None,
                slug_scores[anchor] if anchor is not None else 0.0,
                anchor is not None and "dofollow" in (anchor.attribute("rel") or "").lower(),
                leaf.node.start >= page_end,
                flags & 1,
                flags & 2,
                flags & 4,
                flags & 8,
                flags & 16,
                parent is None or not (parent.attributes.get("class") or parent.attributes.get("id")),
                min(one.depth, 30),
            )
        )
    table = np.asarray(rows, dtype=np.float64).reshape(len(leaves), _STANDING)
    table[:, _FLAGGED] = table[:, _FLAGGED] > 0
    return Standings(
        anchors,
        domains,
        [one.box or leaf.node.parent for leaf, one in zip(leaves, around, strict=True)],
        [_labels_drawing(leaf, one) for leaf, one in zip(leaves, around, strict=True)],
        table,
        texts_of(leaves, scores[: len(leaves)]),
    )


def _around(node: Node | None, known: dict[Node | None, _Around]) -> _Around:
    """What is around whatever stands right in an element; the root is around nothing."""
    climbed: list[Node] = []
    found = known.get(node)
    while found is None:
        if node is None or node.parent is None:
            found = known[node] = _Around(None, None)
            break
        climbed.append(node)
        node = node.parent
        found = known.get(node)
    for one in reversed(climbed):
        found = known[one] = _Around(one, found)
    return found


def facts_of(standings: Standings, hidden: Sequence[tuple[Node, str] | None]) -> list[Facts]:
    """The facts of every leaf, once it is known what hides each."""
    return [Facts(*known) for known in zip(standings.anchors, standings.domains, hidden, strict=True)]


def leaf_columns(standings: Standings, hidden: Sequence[tuple[Node, str] | None]) -> NDArray[np.float64]:
    """Columns :data:`NAMES` of every leaf, those left out that each item has of its own."""
    ways = [(found is not None, found is not None and found[1] in STRONG) for found in hidden]
    owners = [box if found is None else found[0] for found, box in zip(hidden, standings.boxes, strict=True)]
    linked = standings.rows[:, 0]
    company = box_columns(standings.texts, owners, linked, standings.domains)
    return np.hstack((np.asarray(ways, dtype=np.float64).reshape(len(ways), 2), standings.rows, company))


def leaf_facts(
    leaves: Sequence[Leaf],
    raw: bytes,
    visibility: Visibility,
    own: frozenset[str],
    score_words: Callable[[list[str]], NDArray[np.float64]],
) -> list[Facts]:
    """The facts of every leaf. ``score_words`` gives the mean place score of each of some texts."""
    standings = standings_of(leaves, raw, own, score_words)
    return facts_of(standings, all_hidden(leaves, standings, visibility))


def all_hidden(leaves: Sequence[Leaf], standings: Standings, visibility: Visibility) -> list[tuple[Node, str] | None]:
    """What hides each leaf."""
    return [
        None if label else visibility.hidden(leaf.node) for leaf, label in zip(leaves, standings.labels, strict=True)
    ]


def _labels_drawing(leaf: Leaf, around: _Around) -> bool:
    """Whether a text names a part of a drawing that is kept for use elsewhere: seen nowhere, and hidden from nobody.

    A long one names nothing.
    """
    if not around.kept or not around.drawn or len(leaf.readable.text) > _LONGEST_LABEL:
        return False
    parent = leaf.node.parent
    return (leaf.node.tag or (parent.tag if parent is not None else "")) in _LABELS


def _foreign_domain(anchor: Node | None, own: frozenset[str]) -> str | None:
    """Where a link leads, if it leads to another site."""
    domain = domain_of(anchor.attribute("href") or "") if anchor is not None else None
    return domain if domain not in own else None


def own_columns(items: Sequence[Item], leaves: Sequence[Leaf], size: int) -> NDArray[np.float64]:
    """Of :data:`NAMES` those that each item has of its own; ``size`` is the page's length in bytes."""
    bounds = np.asarray([item.bound for item in items])
    places = np.asarray([leaves[item.leaf].readable.offsets[item.start] for item in items])
    own = (bounds == Bound.BLOCK, np.isin(bounds, (Bound.SEPARATOR, Bound.LINE)), places / max(size, 1))
    return np.stack(own, axis=1)
