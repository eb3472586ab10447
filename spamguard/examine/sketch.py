"""A page before it is asked what hides its texts: its outline, its items and their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import ITEM_NAMES, Scene
from spamguard.examine.hosts import own_domains
from spamguard.examine.items import Item, Leaf, items_of, leaves_of
from spamguard.examine.reach import reach_of
from spamguard.examine.structure import Standings, all_hidden, facts_of, leaf_columns, own_columns, standings_of
from spamguard.examine.tree import Visibility
from spamguard.model.score import heard_means, texts_table
from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.model.weights import Model
    from spamguard.page.segments import Page

_MOST_ITEMS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page before it is asked what hides its leaves: all that does not depend on it.

    ``words`` are the features of the items that their own texts and the page's give, ``own`` what else each has for
    itself. ``owners`` are the leaves of the items, ``domains`` those that are the site's own.
    """

    page: Page
    view: str
    root: Node
    domains: frozenset[str]
    leaves: list[Leaf]
    items: list[Item]
    standings: Standings
    words: NDArray[np.float32]
    owners: NDArray[np.intp]
    own: NDArray[np.float64]

    _cascade: list[Visibility] = field(default_factory=list)

    def visibility(self) -> Visibility:
        """Who answers what hides a leaf. To read the styles of a page costs most of it: it is done once for all."""
        if self._cascade:
            self._cascade[0].begin()
        else:
            nodes = self.root.walk()
            bodies = (self.view[n.start : n.end] for n in nodes if n.tag == "script" and n.kind is NodeKind.RAW)
            self._cascade.append(Visibility(self.view, "\n".join(bodies), reach_of(self.root.walk())))
        return self._cascade[0]


def sketch_of(page: Page, model: Model) -> Sketch:
    """The outline of a page, its items and their words."""
    view = view_of(page.raw)
    root = Node(NodeKind.ELEMENT, "", 0, len(view), None, 0, len(view)) if page.plain else outline_of(view)
    if page.plain:
        _plain_lines(page, root)
    leaves = leaves_of(page, root)
    items = items_of(page, leaves)[:_MOST_ITEMS]
    domains = own_domains(root)
    standings = standings_of(leaves, page.raw, domains, lambda texts: heard_means(texts, model))
    kinds = np.asarray([leaves[item.leaf].kind for item in items], dtype=np.int8)
    words = texts_table([item.text for item in items], kinds, model) if items else np.zeros((0, 0), dtype=np.float32)
    owners = np.asarray([item.leaf for item in items], dtype=np.intp)
    return Sketch(
        page, view, root, domains, leaves, items, standings, words, owners, own_columns(items, leaves, len(page.raw))
    )


def drawn(sketch: Sketch, hidden: Sequence[tuple[Node, str] | None]) -> Scene:
    """The scene of a page, not scored yet, once it is known what hides each leaf."""
    leaves, items = sketch.leaves, sketch.items
    facts = facts_of(sketch.standings, hidden)
    if not items:
        return Scene(leaves, items, facts, np.zeros((0, len(ITEM_NAMES)), dtype=np.float32), np.zeros(0))
    columns = np.hstack((leaf_columns(sketch.standings, hidden)[sketch.owners], sketch.own)).astype(np.float32)
    return Scene(leaves, items, facts, np.hstack((sketch.words, columns)), np.zeros(len(items)))


def hidden_in(sketch: Sketch) -> list[tuple[Node, str] | None]:
    """What hides each leaf of a page."""
    return all_hidden(sketch.leaves, sketch.standings, sketch.visibility())


def _plain_lines(page: Page, root: Node) -> None:
    """A plain text has one text node a line."""
    start = 0
    while start < len(page.raw):
        end = page.raw.find(b"\n", start)
        end = len(page.raw) if end < 0 else end
        if page.raw[start:end].strip():
            root.children.append(Node(NodeKind.TEXT, "", start, end, root, start, end))
        start = end + 1
