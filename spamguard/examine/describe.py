"""What a block is like as a whole: the features that the last judge sees, and that a finding is explained by."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.blocks import Stretch
from spamguard.examine.structure import NAMES as STRUCTURE
from spamguard.features.known import NAMES as KNOWN
from spamguard.features.table import NAMES as TABLE
from spamguard.findings import Span
from spamguard.text.keynotes import STRONG, TELLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from spamguard.examine.items import Item, Leaf
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node
    from spamguard.text.lexicon import Hit, Lexicon

ITEM_NAMES: Final = (*TABLE, *KNOWN, *STRUCTURE)
_AVERAGED: Final = (
    "word_mean",
    "word_window",
    "digit_share",
    "sentence_share",
    "space_share",
    "in_title",
    "in_meta",
    "in_comment",
    "in_attribute",
    "page_mean",
    "page_hot",
    "script_apart",
    "strange",
    "costume_share",
    "named",
    "named_strong",
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
    "box_length",
    "box_mean",
    "box_leaves",
    "box_links",
    "box_foreign",
    "box_domains",
    "box_sentences",
    "at_block",
    "place",
)
_OWN: Final = (
    "items",
    "characters",
    "item_mean",
    "item_best",
    "item_worst",
    "item_sum",
    "hot_items",
    "domains",
    "domains_per_link",
    "known_words",
    "known_strong",
    "known_kinds",
    "distinct_words",
    "compressed",
    "length_spread",
    "elsewhere",
    "rest_mean",
    "rest_hot",
    "rest_items",
    "share_of_page",
    "neighbour_mean",
    "whole_leaves",
)
NAMES: Final = (*_AVERAGED, *_OWN)
_COLUMNS: Final = [ITEM_NAMES.index(name) for name in _AVERAGED]
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_LENGTH: Final = ITEM_NAMES.index("length")
_MOST_TEXT: Final = 20_000
_MOST_REST: Final = 4_000
_MOST_NAMED: Final = 400


@dataclass(frozen=True)
class Scene:
    """A page looked at closely: its items, their features ``(n_items, len(ITEM_NAMES))`` and log-odds."""

    leaves: Sequence[Leaf]
    items: Sequence[Item]
    facts: Sequence[Facts]
    table: NDArray[np.float32]
    scores: NDArray[np.float64]

    def items_in(self, stretch: Stretch) -> Sequence[Item]:
        """The items of a stretch."""
        return self.items[stretch.first : stretch.last]

    def leaf_of(self, index: int) -> Leaf:
        """The text or value that an item stands in."""
        return self.leaves[self.items[index].leaf]

    def facts_of(self, index: int) -> Facts:
        """What the outline says of that."""
        return self.facts[self.items[index].leaf]

    def facts_in(self, stretch: Stretch) -> list[Facts]:
        """The facts of the leaves that the items of a stretch stand in, one an item."""
        return [self.facts[item.leaf] for item in self.items_in(stretch)]

    @cached_property
    def starts(self) -> list[int]:
        """Where the text node of each item begins."""
        return [self.leaves[item.leaf].node.start for item in self.items]

    @cached_property
    def _running(self) -> list[int]:
        """How many characters stand in the items before each one, and in all of them."""
        return [0, *accumulate(item.end - item.start for item in self.items)]

    def size_of(self, stretch: Stretch) -> int:
        """How many characters a stretch has."""
        return self._running[stretch.last] - self._running[stretch.first]

    def span_of(self, stretch: Stretch) -> Span:
        """The bytes from the first letter of a stretch to its last."""
        last = stretch.last - 1
        return Span(self.begin_of(stretch.first), int(self.leaf_of(last).readable.offsets[self.items[last].end]))

    def begin_of(self, index: int) -> int:
        """The byte where an item begins."""
        return int(self.leaf_of(index).readable.offsets[self.items[index].start])

    def inside(self, node: Node) -> Stretch:
        """The items that stand in an element."""
        return Stretch(bisect_left(self.starts, node.start), bisect_left(self.starts, node.end))

    def around(self, index: int) -> Iterator[Node]:
        """The elements around an item, the innermost first."""
        return self.leaf_of(index).node.ancestors()


@dataclass(frozen=True, slots=True)
class Rest:
    """What remains of a page without its stretches: what every block of it is compared with."""

    grams: frozenset[str]
    mean: float
    hot: float
    items: int
    characters: float


def rest_of(scene: Scene, spam: NDArray[np.bool_], lexicon: Lexicon) -> Rest:
    """The rest of a page; ``spam`` marks the items of all stretches."""
    rows = scene.table[~spam]
    weights = np.expm1(rows[:, _LENGTH])
    total = max(float(weights.sum()), 1.0)
    means = rows[:, _WORD_MEAN]
    honest = np.flatnonzero(~spam)[:_MOST_REST]
    text = lexicon.folded("\n".join(scene.items[i].text for i in honest)[: _MOST_TEXT * 3])
    return Rest(
        letter_groups(text), float(weights @ means / total), float(weights[means > 0].sum() / total), len(rows), total
    )


def describe(scene: Scene, stretch: Stretch, rest: Rest, lexicon: Lexicon) -> tuple[NDArray[np.float32], list[Hit]]:
    """The features :data:`NAMES` of a stretch, and the known keywords in it."""
    rows = scene.table[stretch.first : stretch.last]
    weights = np.expm1(rows[:, _LENGTH])
    total = max(float(weights.sum()), 1.0)
    averaged = weights @ rows[:, _COLUMNS] / total
    items = scene.items_in(stretch)
    scores = scene.scores[stretch.first : stretch.last]
    apart = lexicon.folded("\x00".join(item.text for item in items if not item.goes_on)[:_MOST_TEXT])
    hits = lexicon.hits(apart)  # no keyword begins in one item and ends in the next
    folded = apart.replace("\x00", " ")
    letters = max(_letters(folded), 1)
    leaf_indexes = dict.fromkeys(item.leaf for item in items)
    domains = {scene.facts[leaf].domain for leaf in leaf_indexes} - {None}
    links = sum(1 for leaf in leaf_indexes if scene.facts[leaf].anchor is not None)
    packed = folded.encode("utf-8", "replace")
    grams = letter_groups(folded)
    own = [
        np.log1p(len(items)),
        np.log1p(total),
        float(weights @ scores / total),
        float(scores.max()),
        float(scores.min()),
        float(np.clip(np.clip(scores, -6, 6).sum(), -50, 50)),
        float((scores > 0).mean()),
        np.log1p(len(domains)),
        len(domains) / max(links, 1),
        sum(_letters(folded[hit.start : hit.end]) for hit in hits) / letters,
        sum(_letters(folded[hit.start : hit.end]) for hit in hits if hit.atom.strength >= STRONG) / letters,
        np.log1p(len({hit.atom.text for hit in hits})),
        _distinct(folded),
        len(zlib.compress(packed, 1)) / max(len(packed), 1),
        float(np.std(weights) / max(float(np.mean(weights)), 1.0)),
        len(grams & rest.grams) / max(len(grams), 1),
        rest.mean,
        rest.hot,
        np.log1p(rest.items),
        total / (total + rest.characters),
        _neighbours(scene, stretch),
        _whole_leaves(scene, stretch),
    ]
    return np.asarray([*averaged, *own], dtype=np.float32), hits


def named_share(scene: Scene, stretch: Stretch, lexicon: Lexicon) -> float:
    """The share of the items that hold a telling keyword: hardly a block of an honest page reaches a third."""
    texts = [item.text for item in scene.items_in(stretch) if not item.goes_on][:_MOST_NAMED]
    folded = lexicon.folded("\x00".join(texts) + "\x00").split("\x00")[: len(texts)]
    named = sum(any(hit.atom.strength >= TELLING for hit in lexicon.hits(text)) for text in folded)
    return named / max(len(texts), 1)


def letter_groups(folded: str) -> frozenset[str]:
    """Every four characters in a row of a folded text: what two texts share of them tells whether they speak alike."""
    return frozenset(map("".join, zip(folded, folded[1:], folded[2:], folded[3:], strict=False)))


def _letters(text: str) -> int:
    """Characters of a text that are no white space."""
    return len("".join(text.split()))


def _distinct(folded: str) -> float:
    """Share of distinct words; pairs of characters where a script has no spaces."""
    words = folded.split()
    if len(words) * 12 < len(folded):
        words = [folded[i : i + 2] for i in range(0, len(folded) - 1, 2)]
    return len(set(words)) / max(len(words), 1)


def _neighbours(scene: Scene, stretch: Stretch) -> float:
    """Mean log-odds of the three items on either side: a block that ends sharply was put in."""
    around = np.concatenate((scene.scores[max(0, stretch.first - 3) : stretch.first], scene.scores[stretch.last :][:3]))
    return float(around.mean()) if len(around) else -6.0


def _whole_leaves(scene: Scene, stretch: Stretch) -> float:
    """Share of the block's ends that are ends of a text node too: 0, 0.5 or 1."""
    first, last = scene.items[stretch.first], scene.items[stretch.last - 1]
    starts = stretch.first == 0 or scene.items[stretch.first - 1].leaf != first.leaf
    ends = stretch.last == len(scene.items) or scene.items[stretch.last].leaf != last.leaf
    return (float(starts) + float(ends)) / 2
