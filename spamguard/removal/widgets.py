"""What belongs to a widget that was a pretext for links: its counting dot, its script, the comments around it.

The links are what a block is found by. What counts for them, or is the reason why they are there, comes from the same
hand: a dot on the line of the links, the script or picture of a fallback that leads to that one's own host.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, host_of
from spamguard.examine.removable import is_tiny
from spamguard.findings import Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spamguard.page.outline import Node

_INLINE: Final = frozenset({"a", "span", "font", "b", "strong", "em", "i", "u", "small"})
_FALLBACKS: Final = frozenset({"noscript", "object"})
_ADDRESSES: Final = ("href", "src", "data")
_COUNTERS: Final = frozenset({"script", "a", "img"})
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_CLOSES: Final = re.compile(r"^\s*(?:/|end\b|ende\b|fin\b|fine\b|конец\b|koniec\b|结束)|\bends?\s*$", re.IGNORECASE)
_LONGEST: Final = 120
_MOST_OTHERS: Final = 40


def attendants(raw: bytes, view: str, cut: Sequence[Node]) -> list[Span]:
    """The dots, scripts and comments beside the nodes of a block that serve it and nothing else on the page."""
    found: list[Span] = []
    for node in cut:
        if node.kind is NodeKind.TEXT or node.tag in _INLINE:
            found += _dots(raw, view, node)
        if node.tag in _FALLBACKS:
            found += _widget(raw, view, node)
    return found


def _dots(raw: bytes, view: str, node: Node) -> Iterable[Span]:
    """Images of one pixel on the same line, of a host that the page does not name again."""
    for step in (-1, 1):
        for other in _others(node, step):
            if other.kind is NodeKind.TEXT and not raw[other.start : other.end].strip(b" \t"):
                continue
            domain = domain_of(other.attribute("src") or "") if is_tiny(other) else None
            if domain is not None and view.lower().count(domain) == 1:
                yield Span(other.start, other.end)
            break


def _widget(raw: bytes, view: str, fallback: Node) -> Iterable[Span]:
    """The script or picture before a fallback that leads to its host, and a pair of comments around the two."""
    first = fallback
    for other in _others(fallback, -1):
        if other.kind is NodeKind.TEXT and not raw[other.start : other.end].strip():
            continue
        if other.tag in _COUNTERS and any(_is_for(other, fallback, view, named) for named in (host_of, domain_of)):
            first = other
            yield Span(other.start, other.end)
        break
    opening, closing = _comment(raw, first, -1), _comment(raw, fallback, 1)
    if opening is None or closing is None:
        return
    before, after = (_told(raw, comment) for comment in (opening, closing))
    if _CLOSES.search(after) is not None and set(_WORDS.findall(before.lower())) & set(_WORDS.findall(after.lower())):
        yield Span(opening.start, opening.end)
        yield Span(closing.start, closing.end)


def _is_for(counter: Node, fallback: Node, view: str, named: Callable[[str], str | None]) -> bool:
    """Whether a part of a widget is of one site, to which its fallback leads and nothing else on the page does."""
    sources, led = (
        [name for part in node.walk() for at in _ADDRESSES if (name := named(part.attribute(at) or "")) is not None]
        for node in (counter, fallback)
    )
    if len(set(sources)) != 1 or sources[0] not in led:
        return False
    return view.lower().count(sources[0]) == led.count(sources[0]) + len(sources)


def _comment(raw: bytes, node: Node, step: int) -> Node | None:
    """The comment right beside a node."""
    for other in _others(node, step):
        if other.kind is NodeKind.COMMENT:
            return other if other.end - other.start <= _LONGEST else None
        if other.kind is not NodeKind.TEXT or raw[other.start : other.end].strip():
            break
    return None


def _told(raw: bytes, comment: Node) -> str:
    return raw[comment.start + 4 : comment.end - 3].decode("utf-8", "replace")


def _others(node: Node, step: int) -> Sequence[Node]:
    """A few siblings of a node, the nearest first."""
    if node.parent is None:
        return ()
    siblings = node.parent.children
    at = bisect_left(siblings, node.start, key=lambda child: child.start)
    if step > 0:
        return siblings[at + 1 : at + 1 + _MOST_OTHERS]
    return siblings[max(0, at - _MOST_OTHERS) : at][::-1]
