"""Does a plan take out only what it says? Asked before anything is written."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Edit


def keeps_structure(root: Node, raw: bytes, edits: Sequence[Edit], cleaned: bytes, *, plain: bool) -> bool:
    """Whether all that lies outside the edits stands in the same elements as before.

    ``root`` is the outline of ``raw``, ``edits`` are in order and disjoint. Compared are the leaves (text, comments,
    scripts, empty elements) with the elements around them, those of which a tag was cut left out.
    """
    if plain:
        return True
    before = _leaves(root, _Kept(raw, edits))
    after = _leaves(outline_of(view_of(cleaned)), _Kept(cleaned, ()))
    return before == after


class _Kept:
    """What the edits leave of a page."""

    def __init__(self, raw: bytes, edits: Sequence[Edit]) -> None:
        self._raw = raw
        self._edits = edits
        self._ends = [edit.end for edit in edits]

    def touches(self, start: int, end: int) -> bool:
        """Whether an edit takes any of these bytes."""
        index = bisect_right(self._ends, start)
        return index < len(self._edits) and self._edits[index].start < end

    def bytes_of(self, start: int, end: int) -> bytes:
        """The bytes of a stretch without what the edits take; replacements stand in for what they replace."""
        index = bisect_right(self._ends, start)
        parts = []
        while index < len(self._edits) and self._edits[index].start < end:
            edit = self._edits[index]
            parts.append(self._raw[start : max(start, edit.start)])
            parts.append(edit.replacement.encode("utf-8", "replace"))
            start = max(start, edit.end)
            index += 1
        parts.append(self._raw[start:end])
        return b"".join(parts)


def _leaves(root: Node, kept: _Kept) -> list[tuple[tuple[str, ...], bytes]]:
    """Each leaf with the tags around it; white space between tags left out, neighbouring texts joined."""
    found: list[tuple[tuple[str, ...], bytes]] = []
    text: list[bytes] = []
    place: tuple[str, ...] = ()
    stack: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        leaf = b""
        if node.kind is NodeKind.ELEMENT:
            cut = node.parent is not None and kept.touches(node.start, node.start + 1)
            inner = path if cut or node.parent is None else (*path, node.tag)
            stack.extend((child, inner) for child in reversed(node.children))
            if not node.children and not cut and node.parent is not None:
                leaf = b"<" + node.tag.encode("latin-1", "replace")
        else:
            leaf = kept.bytes_of(node.start, node.end)
        if node.kind is NodeKind.TEXT:
            leaf = b"".join(leaf.split())
            if leaf and text and path != place:
                found.append((place, b"".join(text)))
                text = []
            if leaf:
                text.append(leaf)
                place = path
        elif leaf:
            if text:
                found.append((place, b"".join(text)))
                text = []
            found.append((path, leaf))
    if text:
        found.append((place, b"".join(text)))
    return found
