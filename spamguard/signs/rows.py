"""The entries beside those that a machine filled: they go with them, and with the last the list, table or box.

A form that took its entries for text is filled by the same machine over and over, and some of its entries look harmless
alone: plain words before an address, a link that the page shows as one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{4,300}", re.IGNORECASE)
_SPOILT: Final = re.compile(
    "(?:[\u00c3\u00d0\u00d1\u00d8\u00d9][\u0080-\u00bf\u0152-\u017e\u2013-\u2122]?){4}"
    r"|(?:(?<![\w-])[\u00c0-\u00ff]{2,20}(?![\w-])[ ,.]{1,2}){2}[\u00c0-\u00ff]{2,20}(?!\w)"
)
"""Cyrillic or Arabic read as if it were Latin."""
_SPEAKS: Final = 3.5
_LAST: Final = 3
"""Texts at the end of a row that say something: those before them are names."""
_GROUPS: Final = frozenset({"tbody", "table"})
_KEPT: Final = frozenset({"th", "caption", "input", "button", "select", "textarea", "iframe", "script", "img"})
"""What a row or a table of the page's own holds, and what machines do not enter."""
_LISTS: Final = frozenset({"ul", "ol", "dl", "div", "section"})
_DOUBLED: Final = re.compile(
    r"\b([A-Z]\w{3,20})(?i:\1)[A-Z]{0,3}\b|\b([A-Z][a-z]{2,12})\2[a-z]{2,3}\b|\b([A-Z]\w{4,20})\b[^<>]{1,40}\b\3[A-Z]{1,3}\b"
)
"""A first name that is the last one too, as it is or with two letters more."""
_RANDOM: Final = re.compile(r"\b(?=\w*[A-Za-z]\w*\d|\w*\d\w*[A-Za-z])(?=\w*\d)\w{3,10}\b")
_SEVERAL: Final = 2
_MOSTLY: Final = 0.6
_LONGEST_HEAD, _FEW_WORDS = 600, 10
_DATED: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_CUT: Final = re.compile(r"(?:<a\b[^<>]*|https?:?/?/?[\w.-]*|\[(?:url|link)[^\[\]]*)\Z", re.IGNORECASE)
"""A link that the end of a column cut short."""
_TORN_ROWS: Final = re.compile(
    rb"(?:\s*<tr\b[^<>]*>(?:\s*<td\b[^<>]*>[^<>]{0,80}</td>){0,8}\s*<td\b[^<>]*>[^<>]{0,400}<a\s[^<>]{0,100}</td>\s*</tr>){1,4}",
    re.IGNORECASE,
)
_TABLE_END: Final = re.compile(rb"\s*(?:</tbody>\s*)?</table>", re.IGNORECASE)


def with_rows(sight: Sight, rows: Sequence[Node]) -> list[Span]:
    """Some entries with those beside them that came from the same machine; all around them if none is left."""
    parent = rows[0].parent
    named = {row.attribute("class") for row in rows}
    apart = parent is not None and rows[0].tag != "tr" and parent.tag not in _LISTS
    if parent is None or (apart and (len(named) > 1 or None in named)):
        return [Span(row.start, row.end) for row in rows]
    every = [child for child in parent.children if child.tag == rows[0].tag]
    if apart:
        every = [row for row in every if row.attribute("class") in named]
    width = {_width(row) for row in rows}
    found = {id(row) for row in rows}
    for row in every:
        if id(row) not in found and _width(row) in width and (_is_filled(sight, row) or _is_made_up(sight, row)):
            found.add(id(row))
    places = [at for at, row in enumerate(every) if id(row) in found]
    for row in every[places[0] : places[-1]]:
        # Between two of them an address and letters that lost their encoding are enough: the words do not tell.
        if id(row) not in found and _width(row) in width and _is_filled(sight, row, between=True):
            found.add(id(row))
    if not apart and _SEVERAL <= len(found) >= _MOSTLY * sum(_width(row) in width for row in every):
        # Where most are of that machine the others need not be loud to be its as well.
        found |= {id(row) for row in every if _width(row) in width and _is_filled(sight, row, among=True)}
    found |= {id(row) for row, behind in pairwise(every) if id(behind) in found and _is_head(row, behind, sight)}
    torn = _TORN_ROWS.match(sight.page.raw, every[places[-1]].end) if rows[0].tag == "tr" else None
    if torn is not None and len(found) == places[-1] + 1:
        # What stands in a link that was cut short seems to go on in it up to the next quote.
        end = _TABLE_END.match(sight.page.raw, torn.end())
        return [Span(_table_of(parent).start, end.end())] if end is not None else [Span(every[0].start, torn.end())]
    if len(found) == len(every) and not apart:
        whole = _table(sight, parent, every[0]) if rows[0].tag == "tr" else _box(sight, parent, every)
        if whole is not None:
            return [Span(whole.start, whole.end)]
    return [Span(_begin(row), row.end) for row in every if id(row) in found]


def _begin(row: Node) -> int:
    """Where an entry begins: what is said in a list of names and sayings has its name before it."""
    siblings = row.parent.children if row.parent is not None and row.tag == "dd" else []
    before = [part for part in siblings if part.end <= row.start and part.kind is NodeKind.ELEMENT]
    return before[-1].start if before and before[-1].tag == "dt" else row.start


def _width(row: Node) -> int:
    return sum(child.tag == "td" for child in row.children)


def _is_head(row: Node, behind: Node, sight: Sight) -> bool:
    """Whether a row tells who wrote the one behind it, and when: it has other cells, no links, and hardly a word."""
    if row.tag != "tr" or _width(row) == _width(behind) or row.end - row.start > _LONGEST_HEAD:
        return False
    parts = list(row.walk())
    said = " ".join(sight.text_of(part) for part in parts if part.kind is NodeKind.TEXT)
    plain = not any(part.tag in _KEPT or part.tag == "a" for part in parts)
    return plain and len(said.split()) <= _FEW_WORDS and (_DATED.search(said) is not None)


def _is_filled(sight: Sight, row: Node, *, between: bool = False, among: bool = False) -> bool:
    """Whether a row holds an address of another site, in a link or as it was written, and sounds like spam by it."""
    parts = list(row.walk())
    links = [part.attribute("href") or "" for part in parts if part.tag == "a"]
    if any(part.tag in _KEPT for part in parts) or not all(map(sight.is_foreign, links)):
        return False
    texts = [sight.text_of(part) for part in parts if part.kind is NodeKind.TEXT]
    written = [match[0] for text in texts for match in _ADDRESS.finditer(text) if sight.is_foreign(match[0])]
    if not (links or written):
        return False
    if between:
        return any(_SPOILT.search(text) is not None for text in texts)
    said = [_ADDRESS.sub(" ", text).strip() for text in texts]
    told = [text for text in said[-_LAST:] if text]
    if among:
        return bool(told) and sound_of(sight.model, told).mean > 0
    return (bool(told) and sound_of(sight.model, told).is_spam) or any(
        sight.sounds(a) > _SPEAKS for a in (*links, *written)
    )


def _is_made_up(sight: Sight, row: Node) -> bool:
    """Whether an entry is of a machine's making, whatever it says: made-up names or letters, and an address.

    The address may be cut short by the end of its column, and then the words before it have to sell.
    """
    parts = list(row.walk())
    links = [part.attribute("href") or "" for part in parts if part.tag == "a"]
    if any(part.tag in _KEPT for part in parts) or not all(map(sight.is_foreign, links)):
        return False
    texts = [sight.text_of(part) for part in parts if part.kind is NodeKind.TEXT]
    said = " ".join(" ".join(_ADDRESS.sub(" ", text) for text in texts).split())
    written = [match[0] for text in texts for match in _ADDRESS.finditer(text)]
    if not all(map(sight.is_foreign, written)):
        return False
    made_up = _DOUBLED.search(said) is not None or sum(1 for _ in _RANDOM.finditer(said)) >= _SEVERAL
    if made_up and (links or written):
        return True
    cut = bool(texts) and _CUT.search(texts[-1].rstrip()) is not None
    return cut and (made_up or sound_of(sight.model, [_CUT.sub("", text) for text in texts]).is_spam)


def _box(sight: Sight, parent: Node, every: Sequence[Node]) -> Node | None:
    """The list or box that holds nothing but some entries; None if it holds anything else."""
    if not parent.closed or len(every) < _SEVERAL:
        return None
    beside = {every[0].tag, "hr", "br", *({"dt"} if parent.tag == "dl" else ())}
    others = [part for part in parent.children if part.tag not in beside and part.kind is not NodeKind.COMMENT]
    return None if any(part.kind is not NodeKind.TEXT or _says(sight, part) for part in others) else parent


def _table_of(parent: Node) -> Node:
    """The table that some rows stand in."""
    return parent.parent if parent.tag != "table" and parent.parent is not None else parent


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
