"""The items of a page: what stands between two separators, with its place in the outline and in the bytes.

An item is the unit that is judged closely: one phrase of a run, one link of a list, one sentence of a paragraph.
"""

from __future__ import annotations

import re
from enum import IntEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from spamguard.page.outline import NodeKind
from spamguard.page.readable import Readable, readable
from spamguard.page.tokens import (
    BLOCK_TAGS,
    LABELS,
    LONG_COMMENT,
    TOLD_ATTRIBUTES,
    TOLD_META,
    UNSEEN_ATTRIBUTES,
    Kind,
    hides_itself,
    is_told,
)
from spamguard.text.undone import OVERRIDE, Overrides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


class Leaf(NamedTuple):
    """A text node of the outline, or the value of a carrier, read."""

    node: Node
    kind: Kind
    readable: Readable


class Item(NamedTuple):
    """Characters ``[start, end)`` of a leaf (an index into the page's leaves).

    ``goes_on`` tells that something unseen cuts its last word off from the next item's first. Each piece of such a word
    has the whole ``text``: a piece says nothing.
    """

    leaf: int
    start: int
    end: int
    bound: Bound
    text: str
    goes_on: bool = False


# Nearly everywhere in a text nothing can match, and nothing does at a single space between two words: that is asked
# first, of one character, before four alternatives are tried.
_SPLIT: Final = re.compile(
    r"(?:(?=[\s|｜丨¦、•‧★☆►▶»\-_·/,，;；])|(?<=[。！？!?.]))(?!(?<![.:。！？!?]) (?!I\s)[^\W_丨])"
    r"(?!(?<=[^\W_])(?<![^\W_]{2})[_·•‧|/,、][^\W_](?![^\W_]))(?:"
    r"(?P<line>[ \t]*[\r\n][ \t\r\n]*)"
    r"|(?P<separator>\s*[|｜丨¦、•‧★☆►▶»]+\s*|\s+[-–—_·/~]+\s+|\s{2,}|(?<=[\u3040-\u9fff])[-_·/]+(?=[^\s])|_|\s+I\s+)"
    r"|(?P<sentence>(?<=[。！？!?])\s*|(?<=[^\s.][.:])\s+|(?<=\.\.\.)\s+|(?<=[^\W\d_\u3040-\u9fff]\.)(?=[\u3040-\u9fff])"
    r"|(?<=[A-Za-z\u00c0-\u024f]\.)(?=[\u0370-\u1fff\uac00-\ud7af])"
    r"|(?<=[\u0370-\u1fff\uac00-\ud7af]\.)(?=[A-Z\u3040-\u9fff]))"
    r"|(?P<space>\s*[,，;；]\s*)(?!(?<=\d,)\d{3}(?!\d)))"
)
_GLUED: Final = re.compile(r"[-–—_|丨,，/]+|(?<=[】〗≫⟧])\s+")
"""Separators of a title; elsewhere they are parts of words when no space is beside them."""
_HAN_SPACE: Final = re.compile(r"(?<=[\u3040-\u9fffA-Za-z0-9])\s+(?=[\u3040-\u9fffA-Za-z0-9])")
_HAN: Final = re.compile(r"[\u3040-\u9fff]")
_BLOCK_TAG: Final = re.compile(rb"</?(?:%s)\b" % "|".join(sorted(BLOCK_TAGS)).encode(), re.IGNORECASE)
_ELEMENT, _TEXT = NodeKind.ELEMENT, NodeKind.TEXT
_LETTER: Final = re.compile(r"[^\W_]|[\u249c-\u24e9\U0001f110-\U0001f189]")
"""Letters, those in circles and squares too: to Unicode they are symbols."""
_TAG: Final = re.compile(r"<[^<>]{1,2000}>")
"""Markup that was commented out: it is no text, and parts what stands between."""
_SHOWN_TAG: Final = re.compile(
    r"</?a(?:\s[^<>]{0,2000})?(?:>|$)|\[/?(?:url|link)(?:=[^\[\]]{0,2000})?(?:\]|$)", re.IGNORECASE
)
CODE: Final = frozenset({"pre", "code", "samp", "kbd", "textarea"})
"""Elements that show markup as it is written."""
_ATTRIBUTE: Final = re.compile(rb"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_READ: Final = frozenset({"meta", *TOLD_ATTRIBUTES})
"""Elements of which attributes are read; of others only when their style hides them."""
_WANTED: Final = {tag: (*told, *LABELS) for tag, told in TOLD_ATTRIBUTES.items()}
_LABELLED: Final = frozenset(name for name, _ in LABELS)
_LONGEST: Final = 90
UNSEEN: Final = re.compile(
    rb"(?:<!--[^<>]{0,80}-->|<(b|i|u|s|em|strong|span|font|small|big|bdi|ins)(?:\s[^<>]{0,200})?></\1>|<wbr ?/?>){1,4}",
    re.IGNORECASE,
)
"""What intruders put inside a word: nobody sees it."""
_BOUNDS: Final = {
    "line": Bound.LINE,
    "separator": Bound.SEPARATOR,
    "sentence": Bound.SENTENCE,
    "space": Bound.SPACE,
}


def leaves_of(page: Page, root: Node) -> list[Leaf]:
    """All text nodes and carriers that hold more than white space, in source order."""
    leaves = []
    raw, codec, plain = page.raw, page.codec, page.plain
    for node in root.walk():
        shape = node.kind
        if shape is _TEXT:
            # Most text nodes are the white space between two tags.
            start, end = node.start, node.end
            if not raw[start:end].isspace():
                read = readable(raw, start, end, codec, references=not plain)
                if _LETTER.search(read.text) is not None:
                    leaves.append(Leaf(node, Kind.TEXT, read))
            continue
        if shape is _ELEMENT:
            given = node.attributes
            if not given or (node.tag not in _READ and "style" not in given and not _LABELLED & given.keys()):
                continue
        for kind, start, end in _places(page, node):
            if end > start and not raw[start:end].isspace():
                read = readable(raw, start, end, codec, references=not plain and kind is not Kind.COMMENT)
                if kind is Kind.COMMENT and "<" in read.text:
                    read = read._replace(text=_TAG.sub(_blank, read.text))
                if _LETTER.search(read.text) is not None:
                    leaves.append(Leaf(node, kind, read))
    return leaves


def _blank(tag: re.Match[str]) -> str:
    return " " * len(tag[0])


def _places(page: Page, node: Node) -> Sequence[tuple[Kind, int, int]]:
    """Where the readable texts of a node stand that is no text itself."""
    if node.kind is _ELEMENT:
        return _attributes(page, node)
    if node.kind is NodeKind.RAW and node.tag == "title":
        drawn = any(around.tag == "svg" for around in node.ancestors())
        return ((Kind.TEXT if drawn else Kind.TITLE, node.start, node.end),)
    if node.kind is NodeKind.COMMENT and node.end - node.start >= LONG_COMMENT + 7:
        body = page.raw[node.start : node.end]
        if body.startswith(b"<!--") and not body.startswith(b"<!--[if"):
            return ((Kind.COMMENT, node.start + 4, node.end - (3 if body.endswith(b"-->") else 0)),)
    return ()


def _attributes(page: Page, node: Node) -> Sequence[tuple[Kind, int, int]]:
    """The values of an element that are read as text; in the order in which they are written."""
    given = node.attributes
    if node.tag == "meta":
        told = (node.attribute("name") or node.attribute("property") or "").lower() in TOLD_META
        return ((Kind.META, *_value(page, node, "content")),) if told else ()
    wanted = _WANTED.get(node.tag)
    if wanted is None:
        style = given.get("style")
        wanted = LABELS if style is None or not hides_itself(style) else UNSEEN_ATTRIBUTES
    found = []
    for name, least in wanted:
        value = given.get(name)
        if value is not None and len(value) >= least and is_told(value):
            found.append((Kind.ATTRIBUTE, *_value(page, node, name)))
    return sorted(found, key=itemgetter(1)) if len(found) > 1 else found


def _value(page: Page, node: Node, attribute: str) -> tuple[int, int]:
    """Bytes of the first attribute of that name inside a start tag, quotes left out."""
    name = attribute.encode()
    for match in _ATTRIBUTE.finditer(page.raw, node.start + 1 + len(node.tag), node.inner_start):
        if match[1].lower() == name:
            return match.span(match.lastindex or 1) if match.lastindex != 1 else (0, 0)
    return 0, 0


def items_of(page: Page, leaves: list[Leaf]) -> list[Item]:
    """The items of all leaves in source order."""
    raw, plain = page.raw, page.plain
    items: list[Item] = []
    cut: list[int] = []
    previous_end = 0
    for index, leaf in enumerate(leaves):
        between = raw[previous_end : leaf.node.start]
        apart = plain or leaf.kind is not Kind.TEXT or _BLOCK_TAG.search(between) is not None
        bound = Bound.BLOCK if apart else Bound.INLINE
        text = _bare(leaf)
        pieces: Iterable[tuple[int, int, Bound | None]]
        if len(text) <= _LONGEST and text.isascii() and _SPLIT.search(text) is None:
            # Most texts are one item.
            pieces = ((len(text) - len(text.lstrip()), len(text.rstrip()), None),)
        else:
            pieces = _split(text)
        shown = Overrides(text) if OVERRIDE in text else None
        if (
            bound is Bound.INLINE
            and items
            and _cuts_word(leaves[items[-1].leaf].readable.text, between, leaf.readable.text)
        ):
            cut.append(len(items))
        for start, end, own_bound in _title_parts(text, pieces) if leaf.kind is Kind.TITLE else pieces:
            items.append(
                Item(
                    index, start, end, own_bound or bound, text[start:end] if shown is None else shown.part(start, end)
                )
            )
        previous_end = leaf.node.end
    _mend(items, cut)
    return items


def _bare(leaf: Leaf) -> str:
    """The text of a leaf without the tags of links that a form has escaped; what is shown as code keeps them."""
    text = leaf.readable.text
    if leaf.kind is not Kind.TEXT or ("<a " not in text and "[url" not in text and "[link" not in text):
        return text
    if any(node.tag in CODE for node in leaf.node.ancestors()):
        return text
    return _SHOWN_TAG.sub(_blank, text)


def _cuts_word(before: str, between: bytes, after: str) -> bool:
    """Whether two texts meet in the middle of a word that only empty elements or a comment cut in two."""
    return before[-1].isalpha() and after[0].isalpha() and UNSEEN.fullmatch(between) is not None


def _mend(items: list[Item], cut: Sequence[int]) -> None:
    """Give the pieces of words that were cut the whole text; ``cut`` are the items that begin inside a word.

    A long text is several: what one of them has become is no part of the next.
    """
    own = {index: items[index].text for begins in cut for index in (begins - 1, begins)}
    mended = -1
    at = 0
    while at < len(cut):
        first, last = cut[at] - 1, cut[at]
        text = own[first] + own[last]
        while at + 1 < len(cut) and cut[at + 1] == last + 1 and len(text) <= _LONGEST:
            at += 1
            last = cut[at]
            text += own[last]
        for index in range(max(first, mended + 1), last + 1):
            items[index] = items[index]._replace(text=text, goes_on=index < last)
        mended = last
        at += 1


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
    han = _HAN.search(text, start, min(start + 40, end)) is not None
    if not han and end - start <= _LONGEST * 2:
        yield start, end, Bound.SPACE if bound is None else bound
        return
    cuts = [start]
    if han:
        piece = text[start:end]
        cuts += [start + match.end() for match in _HAN_SPACE.finditer(piece)]
    else:
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
