"""What a page says outside of some stretches of it, read once and asked as often as there is a match.

Each text is judged once and counted; a question costs what the stretches hold, not what the page holds, so a page of
ten thousand matches takes ten times the work of one of a thousand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import letter_groups
from spamguard.model.score import word_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Span
    from spamguard.signs.sight import Sight

MOST_TEXT: Final = 100_000
"""Characters of a page that are compared, from its beginning."""
MOST_WORDS: Final = 20_000
OWN_SUBJECT: Final = 0.6
HOT_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True)
class _Part:
    """A text of the page: where it stands, its length, how much of it sounds like spam, and its letters in a row."""

    start: int
    end: int
    length: int
    hot: int
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outside:
    """The texts of a page in order; ``counts`` tells how many of them have each four letters in a row."""

    sight: Sight
    parts: tuple[_Part, ...]
    starts: tuple[int, ...]
    counts: Counter[str]
    length: int
    hot: int

    def speaks_of(self, texts: Sequence[str], spans: Sequence[Span], *, hot_share: float = HOT_SHARE) -> bool:
        """Whether the page outside of some stretches says what texts say, or much of it sounds like spam anyway.

        The stretches are in order and apart. Much is ``hot_share`` of it.
        """
        inside = self._touched(spans)
        left = [part for part in inside for part in self._left_of(part, spans)]
        length = self.length - sum(part.length for part in inside) + sum(part.length for part in left)
        hot = self.hot - sum(part.hot for part in inside) + sum(part.hot for part in left)
        if length <= 0:
            return False
        return hot >= hot_share * length or self._known(texts, inside, left) >= OWN_SUBJECT

    def share_of(self, texts: Sequence[str], spans: Sequence[Span]) -> float:
        """How much of the letters in a row of texts the page outside of some stretches has as well."""
        inside = self._touched(spans)
        return self._known(texts, inside, [part for part in inside for part in self._left_of(part, spans)])

    def _known(self, texts: Sequence[str], inside: Sequence[_Part], left: Sequence[_Part]) -> float:
        gone = Counter(group for part in inside for group in part.groups)
        kept = frozenset[str]().union(*(part.groups for part in left))
        groups = letter_groups(self.sight.model.lexicon.folded(" | ".join(texts)[:MOST_WORDS]))
        known = sum(group in kept or self.counts.get(group, 0) > gone[group] for group in groups)
        return known / max(len(groups), 1)

    def _touched(self, spans: Sequence[Span]) -> list[_Part]:
        """The texts of which some stands in the stretches."""
        found: dict[int, _Part] = {}
        for span in spans:
            at = max(bisect_right(self.starts, span.start) - 1, 0)
            for part in self.parts[at : bisect_left(self.starts, span.end)]:
                if part.end > span.start:
                    found[part.start] = part
        return list(found.values())

    def _left_of(self, part: _Part, spans: Sequence[Span]) -> list[_Part]:
        """What of a text stands outside of the stretches."""
        place, left = part.start, []
        first = bisect_right(spans, part.start, key=lambda span: span.end)
        for span in spans[first:]:
            if span.start >= part.end:
                break
            if place < span.start:
                left.append((place, span.start))
            place = max(place, span.end)
        if place < part.end:
            left.append((place, part.end))
        return _parts_of(self.sight, left)


def outside_of(sight: Sight) -> Outside:
    """The texts of a page, judged when they are first asked about."""
    if not sight.kept:
        places, size = [], 0
        for node in sight.index.texts:
            places.append((node.start, node.end))
            size += node.end - node.start
            if size > MOST_TEXT:
                break
        parts = _parts_of(sight, places)
        counts = Counter(group for part in parts for group in part.groups)
        sight.kept.append(
            Outside(
                sight,
                tuple(parts),
                tuple(part.start for part in parts),
                counts,
                sum(part.length for part in parts),
                sum(part.hot for part in parts),
            )
        )
    return sight.kept[0]


def _parts_of(sight: Sight, places: Sequence[tuple[int, int]]) -> list[_Part]:
    """Texts between some bytes, those that are only white space left out."""
    lines: list[str] = []
    found: list[tuple[int, int, int, int]] = []
    for start, end in places:
        if not sight.page.raw[start:end].strip():
            continue
        before = len(lines)
        lines += [line for line in sight.text_between(start, end).splitlines() if line.strip()]
        found.append((start, end, before, len(lines)))
    if not lines:
        return []
    lengths = np.asarray([len(line) for line in lines])
    hot = np.where(word_means(lines, sight.model) > 0, lengths, 0)
    folded = sight.model.lexicon.folded
    return [
        _Part(
            start,
            end,
            int(lengths[first:last].sum()),
            int(hot[first:last].sum()),
            letter_groups(folded("\n".join(lines[first:last]))),
        )
        for start, end, first, last in found
    ]
