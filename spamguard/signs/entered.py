"""Links that a form took for text: rows and comments that show the tags, or the codes of a forum, that they hold."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.findings import ORDERS
from spamguard.page.outline import NodeKind
from spamguard.signs.anchors import anchors_in
from spamguard.signs.outside import outside_of
from spamguard.signs.rows import with_rows
from spamguard.signs.sight import UNSAID
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.findings import Span
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_ESCAPED: Final = re.compile(rb"&(?:amp;)?(?:lt|#0*60|#x0*3c);\s?a\s|\[(?:url|link)[=\]]", re.IGNORECASE)
_CODED: Final = re.compile(
    r"\[(url|link)=?[\"']?(https?://[^\]\s\"']{4,300})?[\"']?\](.{1,200}?)\[/\1\]", re.IGNORECASE | re.DOTALL
)
_ROWS: Final = frozenset({"tr", "li", "dd", "p"})
_OF_PAGES: Final = frozenset("h1 h2 section article main nav header".split())  # noqa: SIM905
"""What an entry does not hold: a row with one of these is the layout of the page."""
_OF_ENTRIES: Final = frozenset({"p", "a", "ul", "ol", "table", "img", "form", "script"})
_NAMES: Final = 300
"""Bytes of what may stand beside the text of an entry: who wrote it, from where, and when."""
_SWALLOWS: Final = "a link in it was cut short, and swallows what stands behind it"
_LARGEST: Final = 6_000
_A_LINE: Final = 40
_FAIR: Final = 0.8
_SEVERAL: Final = 3


def entered(sight: Sight) -> list[Sign]:
    """The rows of each list or table that hold such links and sound like spam, together."""
    rows: dict[int, dict[int, Node]] = {}
    words: dict[int, list[str]] = {}
    for node in sight.index.at(match.start() for match in _ESCAPED.finditer(sight.index.row)):
        row = _row(node)
        texts = called(unescape(sight.text_of(node))) if row is not None else []
        if row is None or row.parent is None or not texts or not sells(sight.model, texts):
            continue
        rows.setdefault(id(row.parent), {})[id(row)] = row
        words.setdefault(id(row.parent), []).extend(texts)
    signs = (_sign(sight, list(found.values()), words[place]) for place, found in rows.items())
    return [sign for sign in signs if sign is not None]


def _row(text: Node) -> Node | None:
    """The comment, row or paragraph that a text stands in; None in code. Of a comment the author goes too."""
    around = list(text.ancestors())
    if any(above.tag in UNSAID for above in around):
        return None
    near = [above for above in around[:5] if above.closed and above.end - above.start <= _LARGEST]
    near = [above for above in near if not any(part.tag in _OF_PAGES for part in _parts(above))]
    comment = next(filter(is_comment, near), None)
    row = next((above for above in near if _is_row(above)), None)
    if comment is not None or row is None or row.tag != "p":
        return comment or row
    return None if _is_appended(text, row) else _entry(near, row)


def _is_appended(text: Node, row: Node) -> bool:
    """Whether a line stands before a text in its paragraph, which then may be the page's own."""
    before = (node for node in row.walk() if node.kind is NodeKind.TEXT and node.start < text.start)
    return any(node.end - node.start >= _A_LINE for node in before)


def _entry(near: list[Node], row: Node) -> Node:
    """The entry whose text is a paragraph, when it has nothing else but who wrote it; else the paragraph."""
    box = row.parent
    if box is None or box not in near or box.tag != "div" or box.parent is None:
        return row
    names = set((box.attribute("class") or "").split())
    alike = (names & set((child.attribute("class") or "").split()) for child in box.parent.children if child is not box)
    beside = [part for part in box.children if part is not row]
    if not any(alike) or any(inside.tag in _OF_ENTRIES for part in beside for inside in part.walk()):
        return row
    return box if sum(part.end - part.start for part in beside) <= _NAMES else row


def _is_row(node: Node) -> bool:
    """Whether an element is a row or a paragraph, or a box with one of the same class beside it."""
    if node.tag in _ROWS:
        return True
    kind = node.attribute("class")
    if node.tag != "div" or not kind or node.parent is None:
        return False
    return any(
        child is not node and child.tag == "div" and child.attribute("class") == kind for child in node.parent.children
    )


def _parts(node: Node) -> Iterator[Node]:
    """The parts of an element and the element itself, but of one that is called a comment, whatever its tag."""
    own = is_comment(node)
    return (part for part in node.walk() if part is not node or not own)


def called(text: str) -> list[str]:
    """What the links in a text are called."""
    named = [anchor.words for anchor in anchors_in(text) if anchor.words and "//" in anchor.address]
    return named + [match[3].strip() for match in _CODED.finditer(text) if match[2] or "//" in match[3]]


def sells(model: Model, texts: list[str]) -> bool:
    """Whether links are called like what is sold."""
    sound = sound_of(model, texts)
    return sound.is_spam and sound.category != ORDERS


def _taken(rows: Sequence[Node], spans: Sequence[Span]) -> int:
    """How many entries go with some of them."""
    beside = rows[0].parent.children if rows[0].parent is not None else rows
    alike = [row for row in beside if row.tag == rows[0].tag]
    return sum(any(span.start <= row.start and row.end <= span.end for span in spans) for row in alike)


def _sign(sight: Sight, rows: list[Node], texts: list[str]) -> Sign | None:
    spans = tuple(with_rows(sight, rows))
    if outside_of(sight).speaks_of(texts, spans):
        return None
    sound = sound_of(sight.model, texts)
    torn = any("</" in value for row in rows for part in row.walk() for value in part.attributes.values())
    said = reason("entered", len(rows), f"entries hold links as a form took them: {', '.join(texts[:4])}")
    return Sign(
        rule="entered-links",
        category=sound.category,
        confidence=SURE if sound.known or _taken(rows, spans) >= _SEVERAL else _FAIR,
        spans=spans,
        excerpt=excerpt_of(texts[:6]),
        doubt=_SWALLOWS if torn else None,
        evidence=(said, *sound.evidence()),
    )
