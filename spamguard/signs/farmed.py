"""Links of a farm in hidden boxes: numbers or harmless words that lead to several strange hosts."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import hides_itself
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import loudest, sound_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_HOST: Final = re.compile(r"\s*(?:https?:)?//([^/?#\s]+)", re.IGNORECASE)
_HOLDERS: Final = frozenset(
    {"div", "span", "p", "font", "li", "ul", "ol", "b", "u", "i", "em", "strong", "small", "br"}
)
_BOXES: Final = frozenset({"div", "span", "p"})
_AWAY: Final = re.compile(r"(?:left|top)\s*:\s*-\d{4,}", re.IGNORECASE)
_GONE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PARTS: Final = b" \t\r\n|,-"
_FEWEST: Final = 3
_MOST: Final = 200
_LARGEST: Final = 20_000
_FAIR: Final = 0.9


def farmed(sight: Sight) -> list[Sign]:
    """Hidden boxes of numbered links to several hosts, and rows of far boxes with one foreign link each."""
    signs = []
    taken: set[int] = set()
    for node in sight.index.having(("style", "hidden")):
        if node.tag not in _BOXES:
            continue
        if not hides_itself(node.attribute("style") or "") and "hidden" not in node.attributes:
            continue
        if id(node) in taken or not node.closed:
            continue
        if node.end - node.start > _LARGEST:
            continue
        links = _only_links(sight, node)
        if links and _is_numbered(sight, links):
            signs.append(_sign(sight, "numbered-links", [node], links, SURE))
        elif len(links) == 1:
            row = _row(sight, node)
            taken.update(id(box) for box in row)
            targets = [link for box in row for link in _only_links(sight, box)]
            hosts = _hosts(targets)
            if len(hosts) > 1:
                signs.append(_sign(sight, "far-boxes", row, targets, SURE if len(hosts) >= _FEWEST else _FAIR))
    return signs


def _sign(sight: Sight, rule: str, boxes: Sequence[Node], links: Sequence[Node], confidence: float) -> Sign:
    addresses = [link.attribute("href") or "" for link in links]
    said = reason(
        rule, len(addresses), f"hidden links to {len(_hosts(links))} hosts that say nothing of where they lead"
    )
    sound = sound_of(sight.model, [loudest(sight.model, address) for address in addresses])
    style = boxes[0].attribute("style") or ""
    way = "off-screen" if _AWAY.search(style) else "display" if _GONE.search(style) else "style"
    return Sign(
        rule=rule,
        category=sound.category,
        confidence=confidence,
        spans=tuple(Span(box.start, box.end) for box in boxes),
        excerpt=excerpt_of([*(sight.text_between(link.inner_start, link.inner_end) for link in links[:3]), *addresses]),
        hidden_by="hidden-attribute" if "hidden" in boxes[0].attributes else way,
        evidence=(said,),
    )


def _only_links(sight: Sight, box: Node) -> list[Node]:
    """The links in a box that holds nothing else; none when it does."""
    links = []
    for node in box.walk():
        if node.tag == "a" and node.kind is NodeKind.ELEMENT:
            if not node.closed or any(child.kind is not NodeKind.TEXT for child in node.children):
                return []
            links.append(node)
        elif node.kind is NodeKind.TEXT:
            if (
                node.parent is not None
                and node.parent.tag != "a"
                and sight.page.raw[node.start : node.end].strip(_PARTS)
            ):
                return []
        elif node.kind is not NodeKind.ELEMENT or node.tag not in _HOLDERS:
            return []
        if len(links) > _MOST:
            return []
    return links


def _is_numbered(sight: Sight, links: Sequence[Node]) -> bool:
    """Whether links are called 1, 2, 3 and lead to several other sites: the pages of a list stay on their own."""
    words = [sight.page.raw[link.inner_start : link.inner_end].strip() for link in links]
    if not all(word.isdigit() and len(word) <= _FEWEST for word in words):
        return False
    return len(_hosts(links)) >= _FEWEST and all(sight.is_foreign(link.attribute("href") or "") for link in links)


def _hosts(links: Iterable[Node]) -> set[str]:
    found = (_HOST.match(link.attribute("href") or "") for link in links)
    return {match[1].lower() for match in found if match is not None}


def _row(sight: Sight, first: Node) -> list[Node]:
    """The boxes far off the page that follow each other, each with one link to another site."""
    row: list[Node] = []
    siblings = first.parent.children if first.parent is not None else []
    for at in range(bisect_left(siblings, first.start, key=lambda one: one.start), len(siblings)):
        node = siblings[at]
        if node.kind is NodeKind.TEXT and not sight.page.raw[node.start : node.end].strip():
            continue
        links = _only_links(sight, node) if node.kind is NodeKind.ELEMENT and node.tag in _BOXES and node.closed else []
        far = _AWAY.search(node.attribute("style") or "") is not None
        if not far or len(links) != 1 or not sight.is_foreign(links[0].attribute("href") or ""):
            break
        row.append(node)
    return row
