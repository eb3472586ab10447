"""The items of a page: what stands between two separators, with its place in the outline and in the bytes.

An item is the unit that is judged closely: one phrase of a run, one link of a list, one sentence of a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import NodeKind
from spamguard.page.readable import Readable, readable
from spamguard.page.tokens import BLOCK_TAGS, LONG_ATTRIBUTE, LONG_COMMENT, TOLD_META, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.page.outline import Node
    from spamguard.page.segments import Page


class Bound(IntEnum):
    """What stands before an item, from the strongest cut to the weakest."""

    BLOCK = 0
    INLINE = 1
    LINE = 2
    SEPARATOR = 3
    SENTENCE = 4
    SPACE = 5


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text node of the outline, or the value of a carrier, read."""

    node: Node
    kind: Kind
    readable: Readable


@dataclass(frozen=True, slots=True)
class Item:
    """Characters ``[start, end)`` of a leaf (an index into the page's leaves)."""

    leaf: int
    start: int
    end: int
    bound: Bound
    text: str


# Nearly everywhere in a text nothing can match, and nothing does at a single space between two words: that is asked
# first, of one character, before four alternatives are tried.
_SPLIT: Final = re.compile(
    r"(?:(?=[\s|｜丨¦、•‧★☆►▶»\-_·/,，;；])|(?<=[。！？!?.]))(?!(?<![.:。！？!?]) (?!I\s)[^\W_丨])(?:"
    r"(?P<line>[ \t]*[\r\n][ \t\r\n]*)"
    r"|(?P<separator>\s*[|｜丨¦、•‧★☆►▶»]+\s*|\s+[-–—_·/~]+\s+|\s{2,}|(?<=[\u3040-\u9fff])[-_·/]+(?=[^\s])|_|\s+I\s+)"
    r"|(?P<sentence>(?<=[。！？!?])\s*|(?<=[^\s.][.:])\s+|(?<=\.\.\.)\s+|(?<=[^\W\d_\u3040-\u9fff]\.)(?=[\u3040-\u9fff]))"
    r"|(?P<space>\s*[,，;；]\s*))"
)
_GLUED: Final = re.compile(r"[-–—_|丨,，/]+")
"""Separators of a title; elsewhere they are parts of words when no space is beside them."""
_HAN_SPACE: Final = re.compile(r"(?<=[\u3040-\u9fffA-Za-z0-9])\s+(?=[\u3040-\u9fffA-Za-z0-9])")
_HAN: Final = re.compile(r"[\u3040-\u9fff]")
_BLOCK_TAG: Final = re.compile(rb"</?(?:%s)\b" % "|".join(sorted(BLOCK_TAGS)).encode(), re.IGNORECASE)
_ELEMENT, _TEXT = NodeKind.ELEMENT, NodeKind.TEXT
_CARRIERS: Final = frozenset({"meta", "img"})
_LETTER: Final = re.compile(r"[^\W_]")
_ATTRIBUTE: Final = rb"""[\s"'/]%s\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_CONTENT: Final = re.compile(_ATTRIBUTE % b"content", re.IGNORECASE)
_ALT: Final = re.compile(_ATTRIBUTE % b"alt", re.IGNORECASE)
_LONGEST: Final = 90
_BOUNDS: Final = {
    "line": Bound.LINE,
    "separator": Bound.SEPARATOR,
    "sentence": Bound.SENTENCE,
    "space": Bound.SPACE,
}


def leaves_of(page: Page, root: Node) -> list[Leaf]:
    """All text nodes and carriers that hold more than white space, in source order."""
    leaves = []
    for node in root.walk():
        if node.kind is _ELEMENT and node.tag not in _CARRIERS:
            continue
        kind, start, end = _place(page, node)
        # Most text nodes are the white space between two tags.
        if end > start and not page.raw[start:end].isspace():
            read = readable(page.raw, start, end, page.codec, references=not page.plain and kind is not Kind.COMMENT)
            if _LETTER.search(read.text) is not None:
                leaves.append(Leaf(node, kind, read))
    return leaves


def _place(page: Page, node: Node) -> tuple[Kind, int, int]:
    """Where the readable text of a node stands; an empty stretch when it has none."""
    if node.kind is _TEXT:
        return Kind.TEXT, node.start, node.end
    if node.kind is NodeKind.RAW and node.tag == "title":
        return Kind.TITLE, node.start, node.end
    if node.kind is NodeKind.COMMENT and node.end - node.start >= LONG_COMMENT + 7:
        body = page.raw[node.start : node.end]
        if body.startswith(b"<!--") and not body.startswith(b"<!--[if"):
            return Kind.COMMENT, node.start + 4, node.end - (3 if body.endswith(b"-->") else 0)
    if node.tag == "meta" and (node.attribute("name") or node.attribute("property") or "").lower() in TOLD_META:
        return Kind.META, *_value(page, node, _CONTENT)
    if node.tag == "img" and len(node.attribute("alt") or "") >= LONG_ATTRIBUTE:
        return Kind.ATTRIBUTE, *_value(page, node, _ALT)
    return Kind.TEXT, 0, 0


def _value(page: Page, node: Node, attribute: re.Pattern[bytes]) -> tuple[int, int]:
    """Bytes of an attribute's value inside a start tag, quotes left out."""
    match = attribute.search(page.raw, node.start, node.inner_start)
    return match.span(match.lastindex or 0) if match is not None else (0, 0)


def items_of(page: Page, leaves: list[Leaf]) -> list[Item]:
    """The items of all leaves in source order."""
    items: list[Item] = []
    previous_end = 0
    for index, leaf in enumerate(leaves):
        between = page.raw[previous_end : leaf.node.start]
        apart = page.plain or leaf.kind is not Kind.TEXT or _BLOCK_TAG.search(between) is not None
        bound = Bound.BLOCK if apart else Bound.INLINE
        pieces = _split(leaf.readable.text)
        for start, end, own_bound in _title_parts(leaf.readable.text, pieces) if leaf.kind is Kind.TITLE else pieces:
            items.append(Item(index, start, end, own_bound or bound, leaf.readable.text[start:end]))
        previous_end = leaf.node.end
    return items


def _split(text: str) -> Iterator[tuple[int, int, Bound | None]]:
    """Stretches of a text without the separators around them; the first has no bound of its own."""
    bound: Bound | None = None
    start = 0
    first = True
    for match in _SPLIT.finditer(text):
        if match.start() > start:
            for piece in _shorter(text, start, match.start(), bound):
                yield (piece[0], piece[1], None if first else piece[2])
                first = False
        bound = (
            _stronger(bound, _BOUNDS[match.lastgroup or "space"])
            if match.start() == start
            else _BOUNDS[match.lastgroup or "space"]
        )
        start = match.end()
    if start < len(text):
        for piece in _shorter(text, start, len(text), bound):
            yield (piece[0], piece[1], None if first else piece[2])
            first = False


def _title_parts(text: str, pieces: Iterable[tuple[int, int, Bound | None]]) -> Iterator[tuple[int, int, Bound | None]]:
    """The pieces of a title cut once more, at separators without spaces: what is put before the true title is glued."""
    for start, end, bound in pieces:
        begin, own = start, bound
        for match in _GLUED.finditer(text, start, end):
            if match.start() > begin:
                yield begin, match.start(), own
                begin, own = match.end(), Bound.SEPARATOR
        if begin < end:
            yield begin, end, own


def _stronger(one: Bound | None, other: Bound) -> Bound:
    return other if one is None else min(one, other)


def _shorter(text: str, start: int, end: int, bound: Bound | None) -> Iterator[tuple[int, int, Bound]]:
    """Cut at spaces what would be too long to be one item, and Chinese at every space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return
    cuts = [start]
    piece = text[start:end]
    if _HAN.search(piece, 0, 40) is not None:
        cuts += [start + match.end() for match in _HAN_SPACE.finditer(piece)]
    elif end - start > _LONGEST * 2:
        at = start
        while end - at > _LONGEST:
            space = text.find(" ", at + _LONGEST // 2, end)
            if space < 0:
                break
            cuts.append(space + 1)
            at = space + 1
    first = True
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        last = stop
        while last > begin and text[last - 1].isspace():
            last -= 1
        if last > begin:
            yield begin, last, (bound if first and bound is not None else Bound.SPACE)
            first = False
