"""The company an item keeps: its text node, and the box around it.

The box is the element that hides the text, or else the nearest element that is a list, a table or a block of its own.
A single phrase says little; a box of forty phrases with links to thirty sites and no full stop says a lot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.page.tokens import BLOCK_TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.examine.items import Leaf
    from spamguard.page.outline import Node

NAMES: Final = (
    "leaf_length",
    "leaf_mean",
    "box_length",
    "box_mean",
    "box_leaves",
    "box_links",
    "box_foreign",
    "box_domains",
    "box_sentences",
    "box_domains_per_link",
)
_INSIDE: Final = frozenset({"li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "p", "br"})
_ENDS: Final = re.compile("[.。!！?？]")


@dataclass(slots=True)
class _Box:
    length: int = 0
    weighted: float = 0.0
    leaves: int = 0
    links: int = 0
    foreign: int = 0
    sentences: int = 0
    domains: set[str] = field(default_factory=set)


def box_rows(
    leaves: Sequence[Leaf],
    hiders: Sequence[Node | None],
    anchored: Sequence[bool],
    domains: Sequence[str | None],
    means: NDArray[np.float64],
) -> list[list[float]]:
    """Columns :data:`NAMES` for every leaf.

    ``hiders`` hide the leaves, ``anchored`` tells which stand in a link, ``domains`` where a foreign link leads,
    ``means`` are the mean word scores of the leaves.
    """
    boxes: dict[int, _Box] = {}
    owners = []
    for leaf, hider, in_link, domain, mean in zip(leaves, hiders, anchored, domains, means.tolist(), strict=True):
        node = hider if hider is not None else _box_of(leaf.node)
        box = boxes.setdefault(id(node), _Box())
        length = len(leaf.readable.text)
        box.length += length
        box.weighted += mean * length
        box.leaves += 1
        box.links += in_link
        box.sentences += len(_ENDS.findall(leaf.readable.text))
        if domain is not None:
            box.foreign += 1
            box.domains.add(domain)
        owners.append(box)
    sizes = np.asarray(
        [
            (len(leaf.readable.text), box.length, box.leaves, box.links, box.foreign, len(box.domains))
            for leaf, box in zip(leaves, owners, strict=True)
        ]
    ).reshape(len(leaves), 6)
    length, box_length, *counts = np.log1p(sizes).T.tolist()
    box_mean = [box.weighted / max(box.length, 1) for box in owners]
    sentences = [box.sentences * 40 / max(box.length, 40) for box in owners]
    spread = [len(box.domains) / max(box.links, 1) for box in owners]
    return [
        list(row) for row in zip(length, means.tolist(), box_length, box_mean, *counts, sentences, spread, strict=True)
    ]


def _box_of(node: Node) -> Node | None:
    """The nearest block around a text node that is more than a list entry, a cell or a paragraph."""
    for element in node.ancestors():
        if element.tag in BLOCK_TAGS and element.tag not in _INSIDE:
            return element
    return node.parent
