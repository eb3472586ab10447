"""Links to the search pages of respected sites, with an advertisement in the query."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from spamguard.findings import Span
from spamguard.page.oddities import advertises
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import hides_itself
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight


def reflected(sight: Sight) -> list[Sign]:
    """Anchors whose address advertises a host in its query, and the hidden box that holds nothing but such anchors."""
    anchors = [
        node
        for node in sight.root.walk()
        if node.kind is NodeKind.ELEMENT
        and node.tag == "a"
        and advertises(href := node.attribute("href") or "")
        and sight.is_foreign(href)
    ]
    tops = {id(top): top for top in map(_box, anchors)}
    return [_sign(top) for top in tops.values()]


def _sign(top: Node) -> Sign:
    addresses = [unquote(node.attribute("href") or "", errors="replace") for node in top.walk() if node.tag == "a"]
    addresses = [address for address in addresses if address]
    said = reason("reflected", len(addresses), "the addresses of search pages carry an advertisement as the query")
    hidden = hides_itself(top.attribute("style") or "")
    return Sign(
        rule="reflected-links",
        category="links",
        confidence=SURE,
        spans=(Span(top.start, top.end),),
        excerpt=excerpt_of(addresses[:3]),
        hidden_by="style" if hidden else None,
        evidence=(said,),
    )


def _box(anchor: Node) -> Node:
    """The nearest hidden element around an anchor whose every text stands in anchors, or the anchor itself."""
    for node in anchor.ancestors():
        if hides_itself(node.attribute("style") or ""):
            return node if _only_anchors(node) else anchor
    return anchor


def _only_anchors(box: Node) -> bool:
    for node in box.walk():
        if node.kind is NodeKind.TEXT and node.end - node.start > 1:
            around = node
            while around is not box and around.tag != "a" and around.parent is not None:
                around = around.parent
            if around is box:
                return False
    return True
