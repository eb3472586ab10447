"""A whole page that somebody pasted where words belong: a document in an element, or one that is shown as text.

A site is built of one document. What stands in a reply, a note or a cell of it with a head and a body of its own, or
with headings and links that nobody turned into such, was written for another place; it goes when it sells.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import host_of
from spamguard.examine.items import CODE
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS
from spamguard.model.score import word_means
from spamguard.page.outline import NodeKind
from spamguard.signs.enclosing import BOXES, with_boxes
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_HOLDERS: Final = CODE | {"svg", "math", "template", "textarea", "iframe", "noscript", "object"}
_LINK: Final = re.compile(
    r"""\]\((https?://[^\s()]{4,300})\)|\[(?:url|img)=?[\]"']?(https?://[^\s\[\]"']{4,300})"""
    r"""|<a\s[^<>]{0,100}?href=["']?(https?://[^\s<>"']{4,300})""",
    re.IGNORECASE,
)
_LINK_BYTES: Final = re.compile(rb"\]\(https?://|\[url[=\]]|&lt;a\s", re.IGNORECASE)
_MARKS: Final = re.compile(
    r"^\s{0,3}#{1,6}\s+\S|\*\*[^*\n]{2,200}\*\*|^\s{0,3}[-*]\s+\[|!\[|\[/?(?:b|h\d|size|center|img|list)[\]=]"
    r"|<(?:h\d|p|b|strong|img|ul|li|div|table|center)\b",
    re.MULTILINE | re.IGNORECASE,
)
_SHOWN: Final = "the marks of a page, or of Markdown, are shown as text"
_UNSAID: Final = re.compile(
    r"https?://[^\s()\[\]<>\"']+|</?[a-z][^<>]{0,200}>|\[/?[a-z]+[^\[\]]{0,200}\]|[*#]+", re.IGNORECASE
)
_MOST_OF_IT: Final = 0.6
_PHRASE: Final = 4
"""Words of a line that says something, in letters that part words."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SEVERAL: Final = 2
_LARGEST: Final = 80_000
_MOST: Final = 5
_TITLE: Final = (NodeKind.RAW, "title")
_LEADING: Final = frozenset({"title", "h1", "h2"})


def pasted(sight: Sight) -> list[Sign]:
    """The documents within elements, and the texts with the marks of Markdown, that sell."""
    found = [*_documents(sight), *_notes(sight)]
    return [sign for box, told in found[:_MOST] if (sign := _judged(sight, box, told)) is not None]


def _documents(sight: Sight) -> Iterator[tuple[Sequence[Node], str]]:
    for html in sight.index.tagged.get("html", ()):
        box = html.parent
        if box is None or box.tag not in BOXES or any(around.tag in _HOLDERS for around in html.ancestors()):
            continue
        at = box.children.index(html)
        before = list(takewhile(lambda node: _is_silent(sight, node), reversed(box.children[:at])))
        opened = next((node for node in reversed(before) if node.kind is NodeKind.DOCTYPE), html)
        first = box.children.index(opened)
        yield box.children[first : at + 1], "a whole document stands in an element"


def _is_silent(sight: Sight, node: Node) -> bool:
    if node.kind in {NodeKind.DOCTYPE, NodeKind.COMMENT}:
        return True
    return node.kind is NodeKind.TEXT and not sight.page.raw[node.start : node.end].strip()


def _notes(sight: Sight) -> Iterator[tuple[Sequence[Node], str]]:
    boxes: dict[int, Node] = {}
    for text in sight.index.at(match.start() for match in _LINK_BYTES.finditer(sight.index.row)):
        around = list(text.ancestors())
        box = next((node for node in around if node.tag in BOXES), None)
        if box is not None and box.closed and not any(node.tag in _HOLDERS for node in around):
            boxes[box.start] = box
    for note in boxes.values():
        said = "\n".join(_texts(sight, note))
        links = [match[1] or match[2] or match[3] for match in _LINK.finditer(said)]
        marks = len(links) + sum(1 for _ in _MARKS.finditer(said))
        hosts = {host_of(link) for link in links}
        if len(hosts) == 1 and all(map(sight.is_foreign, links)) and marks > _SEVERAL:
            yield [note], _SHOWN


def _texts(sight: Sight, node: Node) -> list[str]:
    parts = (part for part in node.walk() if part.kind is NodeKind.TEXT or (part.kind, part.tag) == _TITLE)
    return [text for part in parts if (text := sight.text_of(part).strip())]


def _judged(sight: Sight, nodes: Sequence[Node], told: str) -> Sign | None:
    """The sign in some neighbouring nodes, if all that they link to is elsewhere and what they say is sold."""
    parts = [part for node in nodes for part in node.walk()]
    links = [part.attribute("href") or "" for part in parts if part.tag == "a"]
    if not all(sight.is_foreign(link) or link.startswith("#") for link in links):
        return None
    texts = [text for node in nodes for text in _texts(sight, node)]
    sound = sound_of(sight.model, texts)
    leading = [text for part in parts if part.tag in _LEADING for text in _texts(sight, part)] or texts[:1]
    first = sound_of(sight.model, leading)
    if told == _SHOWN and not _sells_throughout(sight, texts):
        return None
    if not (sound.is_named or first.is_named) or not (sound.is_spam or first.is_spam) or reports(" ".join(leading)):
        return None
    span = with_boxes(sight, nodes[0], nodes[-1])
    if span.end - span.start > _LARGEST or outside_of(sight).speaks_of(texts, (span,)):
        return None
    category = next((one.category for one in (first, sound) if one.category not in {ORDERS, "links"}), None)
    return Sign(
        rule="pasted-page",
        category=category or sight.topic(texts),
        confidence=SURE,
        spans=(span,),
        excerpt=excerpt_of(texts[:4]),
        evidence=(reason("pasted", len(texts), told), *first.evidence()),
    )


def _sells_throughout(sight: Sight, texts: Sequence[str]) -> bool:
    """Whether most of a text that was written as one sells; addresses and marks say nothing."""
    lines = [line.strip() for text in texts for line in _UNSAID.sub(" ", text).splitlines()]
    lines = [line for line in lines if len(_WORD.findall(line)) >= (_PHRASE if line.isascii() else 1)]
    lengths = [len(line) for line in lines]
    means = word_means(lines, sight.model) if lines else ()
    return sum(n for n, mean in zip(lengths, means, strict=True) if mean > 0) >= _MOST_OF_IT * max(sum(lengths), 1)
