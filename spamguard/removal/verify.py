"""Does a plan take out only what it says? Asked before anything is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import ENDS_PARAGRAPH, Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Edit

_ENTER: Final = -1
_PAGE_ENDS: Final = re.compile(rb"(?:</(?:body|html)\s{0,9}>\s{0,9})+", re.IGNORECASE)


def keeps_structure(root: Node, raw: bytes, edits: Sequence[Edit], cleaned: bytes, codec: str) -> bool:
    """Whether all that lies outside the edits stands in the same elements as before.

    ``root`` is the outline of ``raw``, ``edits`` are in order and disjoint. Compared are the leaves (text, comments,
    scripts, empty elements) with the elements around them, those of which a tag was cut left out.
    """
    before = _leaves(root, _Kept(raw, edits, codec))
    after = _leaves(outline_of(view_of(cleaned)), _Kept(cleaned, (), codec))
    return before == after


class _Kept:
    """What the edits leave of a page."""

    def __init__(self, raw: bytes, edits: Sequence[Edit], codec: str) -> None:
        self._raw = raw
        self._codec = codec
        self._edits = edits
        self._ends = [edit.end for edit in edits]

    def touches(self, start: int, end: int) -> bool:
        """Whether an edit takes any of these bytes."""
        index = bisect_right(self._ends, start)
        return index < len(self._edits) and self._edits[index].start < end

    def takes(self, start: int, end: int) -> bool:
        """Whether one edit takes all of these bytes."""
        index = bisect_right(self._ends, start)
        return index < len(self._edits) and self._edits[index].start <= start and end <= self._edits[index].end

    def bytes_of(self, start: int, end: int) -> bytes:
        """The bytes of a stretch without what the edits take; replacements stand in for what they replace."""
        index = bisect_right(self._ends, start)
        parts = []
        while index < len(self._edits) and self._edits[index].start < end:
            edit = self._edits[index]
            parts.append(self._raw[start : max(start, edit.start)])
            parts.append(edit.replacement.encode(self._codec, "xmlcharrefreplace"))
            start = max(start, edit.end)
            index += 1
        parts.append(self._raw[start:end])
        return b"".join(parts)


def _leaves(root: Node, kept: _Kept) -> list[tuple[tuple[str, ...], bytes]]:
    """Each leaf with the tags around it; white space between tags left out, neighbouring texts joined.

    An element in which nothing stands, or nothing is left, is a leaf too.
    """
    leaves = _Leaves()
    stack: list[tuple[Node, tuple[str, ...], int]] = [(root, (), _ENTER)]
    while stack:
        node, path, seen = stack.pop()
        if seen != _ENTER:
            if leaves.count == seen:
                leaves.add(path, b"<" + node.tag.encode("latin-1", "replace"))
        elif node.kind is NodeKind.ELEMENT:
            cut = node.parent is None or kept.touches(node.start, node.start + 1)
            if not cut:
                stack.append((node, path, leaves.count))
            inner = path if cut else (*path, node.tag)
            stack.extend((child, at, _ENTER) for child, at in reversed(_placed(node, inner, kept)))
        elif not (leaf := kept.bytes_of(node.start, node.end)) or _was_swallowed(node, leaf, kept):
            continue
        elif node.kind is NodeKind.TEXT:
            leaves.add_text(path, b"".join(leaf.split()))
        else:
            leaves.add(path, leaf)
    return leaves.ended()


def _was_swallowed(node: Node, leaf: bytes, kept: _Kept) -> bool:
    """Whether what is left of a tag that never ended are end tags of the page: they end it again."""
    return kept.touches(node.start, node.start + 1) and _PAGE_ENDS.fullmatch(leaf) is not None


def _placed(node: Node, path: tuple[str, ...], kept: _Kept) -> list[tuple[Node, tuple[str, ...]]]:
    """The children of an element, each with the tags around it once the edits are made.

    A box that was put into a paragraph ended it. Without the box the paragraph goes on until its end tag, which had
    nothing left to end, or until another box.
    """
    placed: list[tuple[Node, tuple[str, ...]]] = []
    torn = False
    for child in node.children:
        gone = kept.takes(child.start, child.end)
        if child.kind is NodeKind.STRAY and child.tag == "p" and torn:
            torn = False
            continue
        if child.kind is NodeKind.ELEMENT and not gone and child.tag in ENDS_PARAGRAPH:
            torn = child.tag == "p" and not child.closed and kept.touches(child.end, child.end + 1)
            placed.append((child, path))
        else:
            placed.append((child, (*path, "p") if torn and not gone else path))
    return placed


class _Leaves:
    """Leaves in order; texts that meet in the same place are one."""

    def __init__(self) -> None:
        self.count = 0
        self._found: list[tuple[tuple[str, ...], bytes]] = []
        self._texts: list[bytes] = []
        self._place: tuple[str, ...] = ()

    def add(self, path: tuple[str, ...], leaf: bytes) -> None:
        self.ended().append((path, leaf))
        self.count += 1

    def add_text(self, path: tuple[str, ...], text: bytes) -> None:
        if text:
            if path != self._place:
                self.ended()
            self._place = path
            self._texts.append(text)
            self.count += 1

    def ended(self) -> list[tuple[tuple[str, ...], bytes]]:
        """All leaves, the text that was being joined among them."""
        if self._texts:
            self._found.append((self._place, b"".join(self._texts)))
            self._texts = []
        return self._found
