"""The rest of the line that a block begins or ends in, when it is no line of the page's own.

A sentence before a link sells what the link leads to, but not by words that anybody knows. If the page has no use for
any of its words, and nothing of the page's own shares the line, the sentence came with the link.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.items import CODE, Bound
from spamguard.examine.tongue import FEWEST
from spamguard.page.tokens import Kind
from spamguard.text.writing import ends_sentence, is_imprint

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.examine.tongue import Tongue

_SEVERAL: Final = 5
"""Words from which on a text surely tells its language."""
_LEAST: Final = -1.5
_LEAST_OF_FEW: Final = 1.5
_LEAST_INSIDE: Final = 0.5
_LEAST_OF_LINKS: Final = -1.0
_LEAST_OF_STRANGE: Final = -2.5
"""Log-odds of an item that may be spam as well: in the rest of a line, in one of few words, in a sentence with text of
the page's own on its other side, of a link, and in a sentence of which a long page has no word."""
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_SPAM_WORDS: Final = 9.0
"""What the words of the page's own letters need to be part of a block in others."""
_JOINT: Final = re.compile(r"\W*(?:&|and|und|en|et|y|e|ve|i|и|og|och|oraz|və|dan|và|と|和|及|및)\W*", re.IGNORECASE)
_PARTS: Final = frozenset({Bound.SENTENCE, Bound.LINE, Bound.SEPARATOR})
_NUMBER: Final = 6
"""Digits of a sentence that may be the site's number or address."""
_SEAM: Final = re.compile(
    r"[^\W\d_]{3}[.!?\u0964\u06d4\u061f](?!com|net|org)[^\W\d_]{3}|[\u0964\u06d4\u061f] (?=[A-Z])"
)
"""Where a sentence is glued to the full stop of the one before it: nobody writes so, it was put in there."""
_LONGEST: Final = 500
_MOST_ITEMS: Final = 24


class Lines:
    """The lines of a page: what stands between two block-level tags."""

    def __init__(self, scene: Scene, tongue: Tongue) -> None:
        self._scene = scene
        self._tongue = tongue

    def without_own(self, stretch: Stretch) -> Stretch:
        """A stretch without the sentences at its ends that are written in the page's letters and not in its own."""
        block = range(stretch.first, stretch.last)
        head, tail = (self._alike(side) for side in (block, block[::-1]))
        if len(head) == len(block):
            return stretch
        for begins, ends in ((head, tail), (head, []), ([], tail)):
            both = [*begins, *ends]
            alike = len({self._tongue.letters_of([index]) for index in both}) == 1
            if alike and self._are_sentences(begins, ends) and self._tongue.are_own_letters(both, block):
                return Stretch(stretch.first + len(begins), stretch.last - len(ends))
        return stretch

    def _alike(self, side: range) -> list[int]:
        """The items from an end of a block on that sell nothing, share a line and are of the same letters."""
        letters = self._tongue.letters_of(side[:1])
        found: list[int] = []
        for index in side:
            if len(found) == _MOST_ITEMS or self._sells(index) or self._tongue.letters_of([index]) != letters:
                break
            found.append(index)
        return found

    def _are_sentences(self, *runs: list[int]) -> bool:
        return all(len(self._tongue.words_in(run)) >= FEWEST for run in runs if run)

    def _sells(self, index: int) -> bool:
        """Whether an item is no plain text that people see, or its words are surely those of spam."""
        facts = self._scene.facts_of(index)
        if self._kind(index) is not Kind.TEXT or facts.anchor is not None or facts.hidden_by is not None:
            return True
        return float(self._scene.table[index, _WORD_MEAN]) >= _SPAM_WORDS

    def with_line(self, stretch: Stretch) -> Stretch:
        """A stretch with the rest of the lines that it begins and ends in, or the sentences beside it."""
        items = self._scene.items
        first, last = stretch.first, stretch.last
        if any(self._kind(index) is not Kind.TEXT for index in (first, last - 1)):
            return stretch
        while first > 0 and items[first].bound is not Bound.BLOCK and stretch.first - first <= _MOST_ITEMS:
            first -= 1
        while last < len(items) and items[last].bound is not Bound.BLOCK and last - stretch.last <= _MOST_ITEMS:
            last += 1
        if (first, last) == (stretch.first, stretch.last):
            return stretch
        begins, ends = range(first, stretch.first), range(stretch.last, last)
        whole = all(not rest or self._came_along(rest, stretch) for rest in (begins, ends))
        if whole or (not begins and self._ends_in_a_link(ends, stretch)):
            return Stretch(first, last)
        around = self._with_sentence(begins, ends, stretch)
        return around if around != stretch else Stretch(self._sentences_before(begins, stretch), stretch.last)

    def _kind(self, index: int) -> Kind:
        return self._scene.leaf_of(index).kind

    def _came_along(self, rest: range, stretch: Stretch) -> bool:
        """Whether the rest of a line on one side of a block is of another language than the page."""
        if not rest or not self._may_go(rest, stretch):
            return False
        words = self._tongue.words_in(rest)
        least = _LEAST if len(words) >= _SEVERAL else _LEAST_OF_FEW
        if len(words) < FEWEST or self._looks(rest) < least:
            return False
        if self._tongue.are_own_letters(rest, range(stretch.first, stretch.last)):
            return False
        # Each sentence for itself: one of the page's own hides among those of another language.
        cuts = [index for index in rest[1:] if self._scene.items[index].bound in _PARTS]
        parts = [range(*ends) for ends in pairwise([rest.start, *cuts, rest.stop])]
        return all(self._tongue.is_strange_to(self._tongue.words_in(part), _around(rest, stretch)) for part in parts)

    def _sentences_before(self, rest: range, stretch: Stretch) -> int:
        """Where the sentences of another language begin that lead to a block in a paragraph of the page's own."""
        first = stretch.first
        while first > rest.start:
            begin = first - 1
            while begin > rest.start and self._scene.items[begin].bound not in _PARTS:
                begin -= 1
            part = range(begin, first)
            words = self._tongue.words_in(part)
            if (
                begin == rest.start
                or len(words) < FEWEST
                or self._looks(part) < _LEAST_INSIDE
                or not self._may_go(part, stretch)
                or sum(map(str.isdigit, "".join(self._scene.items[index].text for index in part))) >= _NUMBER
                or not self._tongue.is_strange_to(words, _around(part, stretch))
                or self._tongue.are_own_letters(part, range(stretch.first, stretch.last))
            ):
                break
            first = begin
        return first

    def _with_sentence(self, begins: range, ends: range, stretch: Stretch) -> Stretch:
        """A stretch with the rest of the one sentence of another language around it, in a paragraph of the page's own.

        Where a paragraph begins no full stop of the page's own tells that its words were all said.
        """
        first, last = stretch.first, stretch.last
        while first > begins.start and not self._begins_part(first):
            first -= 1
        while last < ends.stop and not self._begins_part(last):
            last += 1
        parts = [part for part in (range(first, stretch.first), range(stretch.last, last)) if part]
        unsaid = first == begins.start and first < stretch.first
        if not parts or unsaid or not all(self._may_go(part, stretch) for part in parts):
            return stretch
        rest, around = [index for part in parts for index in part], range(first, last)
        words, tongue = self._tongue.words_in(rest), self._tongue
        if len(words) < FEWEST or tongue.are_own_letters(rest, range(stretch.first, stretch.last)):
            return stretch
        if sum(map(str.isdigit, "".join(self._scene.items[index].text for index in rest))) >= _NUMBER:
            return stretch
        least = _LEAST_INSIDE
        if tongue.knows_none_of(words, around) or tongue.has_no_letters_of(rest, around):
            least = _LEAST_OF_STRANGE
        elif not tongue.is_strange_to(words, around):
            return stretch
        return Stretch(first, last) if min(map(self._looks, parts)) >= least else stretch

    def _begins_part(self, index: int) -> bool:
        """Whether a sentence or a line begins with an item, a link too."""
        items = self._scene.items
        return items[index].bound in _PARTS or (index > 0 and ends_sentence(items[index - 1].text))

    def _ends_in_a_link(self, rest: range, stretch: Stretch) -> bool:
        """Whether all that stands behind a block in its line is a link to a site that the page leads to only there.

        A word may join the two.
        """
        scene = self._scene
        if not 0 < len(rest) <= 2 or scene.items[stretch.first].bound is not Bound.BLOCK:
            return False
        joined = len(rest) == 1 or _JOINT.fullmatch(scene.items[rest.start].text) is not None
        facts = scene.facts_of(rest.stop - 1)
        if not joined or not self._may_go(rest, stretch) or facts.domain is None or self._domains[facts.domain] != 1:
            return False
        # An address in place of a name says nothing.
        bare = len(rest) > 1 and facts.domain in scene.items[rest.stop - 1].text
        return self._looks(rest[-1:]) >= (_LEAST if bare else _LEAST_OF_LINKS)

    def _looks(self, rest: range) -> float:
        return float(self._scene.scores[rest.start : rest.stop].min())

    def _may_go(self, rest: range, stretch: Stretch) -> bool:
        """Whether nothing in the rest of a line is surely the page's own, or outside of the block's hiding place."""
        scene = self._scene
        if len(rest) > _MOST_ITEMS or any(self._kind(index) is not Kind.TEXT for index in rest):
            return False
        if sum(scene.items[index].end - scene.items[index].start for index in rest) > _LONGEST:
            return False
        if rest.stop == stretch.first and _SEAM.search(scene.items[rest.stop - 1].text) is not None:
            return False
        nearest = scene.facts_of(stretch.first)
        for index in rest:
            item = scene.items[index]
            facts = scene.facts[item.leaf]
            home = facts.anchor is not None and facts.domain is None and facts.anchor is not nearest.anchor
            bare = nearest.hider is not None and nearest.hider.tag != "a" and facts.hider is not nearest.hider
            shown = any(node.tag in CODE for node in scene.leaves[item.leaf].node.ancestors())
            if home or bare or shown or is_imprint(item.text):
                return False
        return True

    @cached_property
    def _domains(self) -> Counter[str]:
        """The other sites that the page leads to, and in how many texts."""
        return Counter(facts.domain for facts in self._scene.facts if facts.domain is not None)


def _around(rest: range, stretch: Stretch) -> range:
    return range(min(rest.start, stretch.first), max(rest.stop, stretch.last))
