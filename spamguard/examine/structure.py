"""What the outline says of an item: hidden or not, linked where, in which sort of element, where on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine import boxes
from spamguard.examine.boxes import box_rows
from spamguard.examine.hosts import domain_of, slug_of
from spamguard.examine.items import CODE, Bound
from spamguard.examine.tree import STRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

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
_END_TAG: Final = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)


class Facts:
    """What is known of one leaf, shared by its items."""

    __slots__ = ("anchor", "domain", "hidden_by", "hider", "row")

    def __init__(
        self, anchor: Node | None, domain: str | None, hidden: tuple[Node, str] | None, row: list[float]
    ) -> None:
        self.anchor = anchor
        self.domain = domain
        self.hider: Node | None = hidden[0] if hidden is not None else None
        self.hidden_by: str | None = hidden[1] if hidden is not None else None
        self.row = row


def leaf_facts(
    leaves: Sequence[Leaf],
    raw: bytes,
    visibility: Visibility,
    own: frozenset[str],
    score_words: Callable[[list[str]], NDArray[np.float64]],
) -> list[Facts]:
    """The facts of every leaf. ``score_words`` gives the mean place score of each of some texts."""
    match = _END_TAG.search(raw)
    page_end = match.start() if match is not None else len(raw)
    around = [list(leaf.node.ancestors()) for leaf in leaves]
    anchors = [next((a for a in chain if a.tag == "a"), None) for chain in around]
    slugs = [slug_of(a.attribute("href") or "") for a in anchors if a is not None]
    scores = score_words([leaf.readable.text for leaf in leaves] + slugs) if leaves else np.zeros(0)
    slug_scores = iter(scores[len(leaves) :].tolist())
    hidden = [
        None if _labels_drawing(leaf, chain) else visibility.hidden(leaf.node)
        for leaf, chain in zip(leaves, around, strict=True)
    ]
    domains = [_foreign_domain(anchor, own) for anchor in anchors]
    company = box_rows(
        leaves,
        [found[0] if found is not None else None for found in hidden],
        [anchor is not None for anchor in anchors],
        domains,
        scores[: len(leaves)],
    )
    facts = []
    for leaf, chain, anchor, domain, found, rows in zip(leaves, around, anchors, domains, hidden, company, strict=True):
        hidden_by = found[1] if found is not None else None
        tags = {node.tag for node in chain}
        parent = leaf.node.parent
        rel = (anchor.attribute("rel") or "").lower() if anchor is not None else ""
        facts.append(
            Facts(
                anchor,
                domain,
                found,
                [
                    float(hidden_by is not None),
                    float(hidden_by in STRONG),
                    float(anchor is not None),
                    float(domain is not None),
                    next(slug_scores) if anchor is not None else 0.0,
                    float("dofollow" in rel),
                    float(leaf.node.start >= page_end),
                    float(not tags.isdisjoint(CODE)),
                    float(not tags.isdisjoint(_HEADINGS)),
                    float(not tags.isdisjoint(_LISTS)),
                    float(not tags.isdisjoint(_CELLS)),
                    float(not tags.isdisjoint(_FURNITURE)),
                    float(parent is None or not (parent.attribute("class") or parent.attribute("id"))),
                    float(min(len(chain), 30)),
                    *rows,
                ],
            )
        )
    return facts


def _labels_drawing(leaf: Leaf, chain: Sequence[Node]) -> bool:
    """Whether a text names a part of a drawing that is kept for use elsewhere: seen nowhere, and hidden from nobody.

    A long one names nothing.
    """
    if len(leaf.readable.text) > _LONGEST_LABEL:
        return False
    tags = [node.tag for node in ([leaf.node, *chain] if leaf.node.tag else chain)]
    return not _LABELS.isdisjoint(tags[:1]) and "svg" in tags and not _KEPT_DRAWINGS.isdisjoint(tags)


def _foreign_domain(anchor: Node | None, own: frozenset[str]) -> str | None:
    """Where a link leads, if it leads to another site."""
    domain = domain_of(anchor.attribute("href") or "") if anchor is not None else None
    return domain if domain not in own else None


def item_columns(
    items: Sequence[Item], leaves: Sequence[Leaf], facts: Sequence[Facts], size: int
) -> NDArray[np.float32]:
    """Columns :data:`NAMES` for every item, shape ``(n_items, len(NAMES))``; ``size`` is the page's length in bytes."""
    which = [item.leaf for item in items]
    bounds = np.asarray([item.bound for item in items])
    places = np.asarray([leaves[item.leaf].readable.offsets[item.start] for item in items])
    own = (bounds == Bound.BLOCK, np.isin(bounds, (Bound.SEPARATOR, Bound.LINE)), places / max(size, 1))
    shared = np.asarray([fact.row for fact in facts])[which]
    return np.hstack((shared, np.stack(own, axis=1))).astype(np.float32)
