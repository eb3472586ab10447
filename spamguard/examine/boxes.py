"""The company an item keeps: its text node, and the box around it.

The box is the element that hides the text, or else the nearest element that is a list, a table or a block of its own.
A single phrase says little; a box of forty phrases with links to thirty sites and no full stop says a lot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Texts:
    """Of each leaf: characters, ends of sentences, and the mean word score."""

    lengths: NDArray[np.int64]
    sentences: NDArray[np.int64]
    means: NDArray[np.float64]


def texts_of(leaves: Sequence[Leaf], means: NDArray[np.float64]) -> Texts:
    """Measure the texts of leaves; ``means`` are their word scores."""
    sizes = [(len(leaf.readable.text), len(_ENDS.findall(leaf.readable.text))) for leaf in leaves]
    lengths, sentences = np.asarray(sizes, dtype=np.int64).reshape(len(leaves), 2).T
    return Texts(lengths, sentences, means.astype(np.float64))


def box_columns(
    texts: Texts, boxes: Sequence[Node | None], linked: NDArray[np.float64], domains: Sequence[str | None]
) -> NDArray[np.float64]:
    """Columns :data:`NAMES` for every leaf.

    ``boxes`` are those that the leaves stand in, what hides them or else the blocks around them. ``linked`` tells which
    leaves stand in a link, ``domains`` where a foreign link leads.
    """
    numbers: dict[Node | None, int] = {}
    owner = np.asarray([numbers.setdefault(box, len(numbers)) for box in boxes], dtype=np.intp)
    size = len(numbers)
    led = {(number, domain) for number, domain in zip(owner.tolist(), domains, strict=True) if domain is not None}
    foreign = np.asarray([domain is not None for domain in domains], dtype=np.float64)
    length, weighted, links, away, sentences = (
        np.bincount(owner, weights=values, minlength=size)
        for values in (texts.lengths, texts.means * texts.lengths, linked, foreign, texts.sentences)
    )
    leaves = np.bincount(owner, minlength=size)
    sites = np.bincount([number for number, _ in led] if led else np.zeros(0, dtype=np.intp), minlength=size)
    of_boxes = (
        np.log1p(length),
        weighted / np.maximum(length, 1),
        np.log1p(leaves),
        np.log1p(links),
        np.log1p(away),
        np.log1p(sites),
        sentences * 40 / np.maximum(length, 40),
        sites / np.maximum(links, 1),
    )
    return np.stack((np.log1p(texts.lengths), texts.means, *(column[owner] for column in of_boxes)), axis=1)


def is_own_box(tag: str) -> bool:
    """Whether an element is a block that is more than a list entry, a cell or a paragraph."""
    return tag in BLOCK_TAGS and tag not in _INSIDE
