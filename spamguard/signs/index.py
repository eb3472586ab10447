"""The nodes of a page by what they are: each family asks for a few of them, and a large page has a hundred thousand."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spamguard.page.outline import Node

_ELEMENT, _TEXT, _COMMENT, _RAW = NodeKind.ELEMENT, NodeKind.TEXT, NodeKind.COMMENT, NodeKind.RAW


@dataclass(frozen=True, slots=True)
class Index:
    """The nodes of a page in source order, sorted once.

    ``said`` are the texts that are more than white space and ``row`` their bytes, each ended by 0: what few of them
    hold is looked for in all at once. ``raws`` are the contents that are no markup (of a title, a script), ``tagged``
    the elements of each tag and ``given`` those that have an attribute of each name.
    """

    texts: Sequence[Node]
    comments: Sequence[Node]
    raws: Sequence[Node]
    tagged: Mapping[str, Sequence[Node]]
    given: Mapping[str, Sequence[Node]]
    said: Sequence[Node]
    row: bytes
    _starts: Sequence[int]

    def title(self) -> Node | None:
        """What the title of the page holds; a picture that is drawn on it may have one of its own."""
        titles = (node for node in self.raws if node.tag == "title")
        return next((node for node in titles if all(around.tag != "svg" for around in node.ancestors())), None)

    def called(self, tags: Iterable[str]) -> list[Node]:
        """The elements of some tags, in source order."""
        found = [node for tag in tags for node in self.tagged.get(tag, ())]
        found.sort(key=_start_of)
        return found

    def having(self, names: Iterable[str], tags: Iterable[str] = ()) -> list[Node]:
        """The elements that have one of some attributes or are of one of some tags, in source order."""
        found = {node.start: node for name in names for node in self.given.get(name, ())}
        found.update((node.start, node) for tag in tags for node in self.tagged.get(tag, ()))
        return [found[start] for start in sorted(found)]

    def at(self, places: Iterable[int]) -> list[Node]:
        """The texts that some places of the row are in, in source order."""
        found = {bisect_right(self._starts, place) - 1 for place in places}
        return [self.said[number] for number in sorted(found)]


def places_of(mark: bytes, row: bytes) -> Iterator[int]:
    """Where a mark stands in a row of texts."""
    place = row.find(mark)
    while place >= 0:
        yield place
        place = row.find(mark, place + 1)


def index_of(nodes: Iterable[Node], raw: bytes) -> Index:
    """Sort the nodes of a page, which are in source order."""
    texts: list[Node] = []
    comments: list[Node] = []
    raws: list[Node] = []
    tagged: defaultdict[str, list[Node]] = defaultdict(list)
    given: defaultdict[str, list[Node]] = defaultdict(list)
    others = {_TEXT: texts, _COMMENT: comments, _RAW: raws}
    for node in nodes:
        kind = node.kind
        if kind is not _ELEMENT:
            if kind in others:
                others[kind].append(node)
            continue
        tagged[node.tag].append(node)
        for name in node.attributes:
            given[name].append(node)
    said = [text for text in texts if not raw[text.start : text.end].isspace()]
    row = b"".join([raw[text.start : text.end] + b"\x00" for text in said])
    starts = list(accumulate((text.end - text.start + 1 for text in said), initial=0))
    return Index(texts, comments, raws, dict(tagged), dict(given), said, row, starts)


def _start_of(node: Node) -> int:
    return node.start
