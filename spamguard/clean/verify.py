"""Does a plan take out only what it says? Asked before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Edit


def keeps_structure(root: Node, raw: bytes, edits: Sequence[Edit], cleaned: bytes, *, plain: bool) -> bool:
    """Whether all that lies outside the edits stands in the same elements as before.

    ``root`` is the outline of ``raw``. Compared are the leaves (text, comments, scripts, empty elements) with the
    elements around them, those of which a tag was cut left out.
    """
    if plain:
        return True
    before = _leaves(root, raw, edits)
    after = _leaves(outline_of(view_of(cleaned)), cleaned, ())
    return before == after


def _leaves(root: Node, raw: bytes, edits: Sequence[Edit]) -> list[tuple[tuple[str, ...], bytes]]:
    """Each leaf with the tags around it; white space between tags left out, neighbouring texts joined."""
    found: list[tuple[tuple[str, ...], bytes]] = []
    stack: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        if node.kind is NodeKind.ELEMENT:
            cut = node.parent is not None and _touched(node.start, node.start + 1, edits)
            inner = path if cut or node.parent is None else (*path, node.tag)
            if not node.children and not cut and node.parent is not None:
                found.append((path, b"<" + node.tag.encode("latin-1", "replace")))
            stack.extend((child, inner) for child in reversed(node.children))
            continue
        kept = _kept(raw, node.start, node.end, edits)
        if node.kind is NodeKind.TEXT:
            kept = b"".join(kept.split())
            if kept and found and found[-1][0] == path and not found[-1][1].startswith(b"<"):
                found[-1] = (path, found[-1][1] + kept)
                continue
        if kept:
            found.append((path, kept))
    return found


def _touched(start: int, end: int, edits: Sequence[Edit]) -> bool:
    return any(edit.start < end and start < edit.end for edit in edits)


def _kept(raw: bytes, start: int, end: int, edits: Sequence[Edit]) -> bytes:
    """The bytes of a stretch without what the edits take; replacements stand in for what they replace."""
    parts = []
    for edit in edits:
        if edit.end <= start or edit.start >= end:
            continue
        parts.append(raw[start : max(start, edit.start)])
        parts.append(edit.replacement.encode("utf-8", "replace"))
        start = max(start, edit.end)
    parts.append(raw[start:end])
    return b"".join(parts)
