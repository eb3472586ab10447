"""The second half of a block that was split: an element is opened in the head and closed in the body.

What an include writes at the end of a head and another at the beginning of a body is one block. The second half has no
start tag, and is not hidden where it stands; its end tag ends nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node

_MOST: Final = 60
_HOLDS: Final = frozenset({"p", "ul", "ol", "li", "span", "b", "strong", "font", "h1", "h2", "h3", "h4", "a", "br"})


def second_halves(raw: bytes, cut: Sequence[Node]) -> list[Span]:
    """What stands in a body before the end tag of an element that was cut from the head, if it leads elsewhere."""
    return [half for node in cut if (half := _half_of(raw, node)) is not None]


def _half_of(raw: bytes, node: Node) -> Span | None:
    head = next((around for around in node.ancestors() if around.tag == "head"), None)
    if node.kind is not NodeKind.ELEMENT or node.closed or head is None or head.parent is None:
        return None
    body = next((child for child in head.parent.children if child.tag == "body"), None)
    children = body.children[:_MOST] if body is not None else []
    for at, child in enumerate(children):
        if child.kind is NodeKind.STRAY and child.tag == node.tag:
            first = next((other for other in children[:at] if not _is_blank(raw, other)), child)
            return Span(first.start, child.end)
        if not (_is_blank(raw, child) or _leads_away(raw, child)):
            break
    return None


def _is_blank(raw: bytes, node: Node) -> bool:
    return node.kind is NodeKind.COMMENT or (node.kind is NodeKind.TEXT and not raw[node.start : node.end].strip())


def _leads_away(raw: bytes, node: Node) -> bool:
    """Whether an element holds nothing but links to other sites."""
    for part in node.walk():
        if part.kind is NodeKind.ELEMENT and part.tag not in _HOLDS:
            return False
        if part.tag == "a" and domain_of(part.attribute("href") or "") is None:
            return False
        said = part.kind is NodeKind.TEXT and bool(raw[part.start : part.end].strip())
        if said and not any(around.tag == "a" for around in part.ancestors()):
            return False
    return node.kind is NodeKind.ELEMENT
