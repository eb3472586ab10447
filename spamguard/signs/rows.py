"""The rows beside those that a machine filled: of one list or table, they go with them, and with the last the table.

A form that took its entries for text is filled by the same machine over and over, and some of its entries look harmless
alone: plain words before an address, a link that the page shows as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import NodeKind
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{4,300}", re.IGNORECASE)
_SPEAKS: Final = 3.5
_LAST: Final = 3
"""Texts at the end of a row that say something: those before them are names."""
_GROUPS: Final = frozenset({"tbody", "table"})
_KEPT: Final = frozenset({"th", "caption", "input", "button", "select", "textarea", "iframe", "script", "img"})
"""What a row or a table of the page's own holds, and what machines do not enter."""


def with_rows(sight: Sight, rows: Sequence[Node]) -> list[Node]:
    """Some table rows with those beside them that came from the same machine; the whole table if none is left."""
    parent = rows[0].parent
    if parent is None or rows[0].tag != "tr":
        return list(rows)
    every = [child for child in parent.children if child.tag == "tr"]
    width = {_width(row) for row in rows}
    found = {id(row) for row in rows}
    for row in every:
        if id(row) not in found and _width(row) in width and _is_filled(sight, row):
            found.add(id(row))
    if len(found) == len(every):
        return [_table(sight, parent, every[0])]
    return [row for row in every if id(row) in found]


def _width(row: Node) -> int:
    return sum(child.tag == "td" for child in row.children)


def _is_filled(sight: Sight, row: Node) -> bool:
    """Whether a row holds an address of another site, in a link or as it was written, and sounds like spam by it."""
    parts = list(row.walk())
    links = [part.attribute("href") or "" for part in parts if part.tag == "a"]
    if any(part.tag in _KEPT for part in parts) or not all(map(sight.is_foreign, links)):
        return False
    texts = [sight.text_of(part) for part in parts if part.kind is NodeKind.TEXT]
    written = [match[0] for text in texts for match in _ADDRESS.finditer(text) if sight.is_foreign(match[0])]
    if not (links or written):
        return False
    said = [_ADDRESS.sub(" ", text).strip() for text in texts]
    told = [text for text in said[-_LAST:] if text]
    return (bool(told) and sound_of(sight.model, told).is_spam) or any(
        sight.sounds(a) > _SPEAKS for a in (*links, *written)
    )


def _table(sight: Sight, parent: Node, row: Node) -> Node:
    """The table whose rows these are, when it has nothing else; the one row's own parent never stays without a row."""
    best, node = row, parent
    while node.tag in _GROUPS:
        inside = [part for part in node.walk() if part.tag != "tr" and not _within_rows(part, parent)]
        if any(part.tag in _KEPT or _says(sight, part) for part in inside):
            break
        best = node
        if node.tag == "table" or node.parent is None:
            break
        node = node.parent
    return best


def _within_rows(part: Node, parent: Node) -> bool:
    return any(around.tag == "tr" and around.parent is parent for around in part.ancestors())


def _says(sight: Sight, part: Node) -> bool:
    return part.kind is NodeKind.TEXT and bool(sight.page.raw[part.start : part.end].strip())
