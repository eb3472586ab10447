"""Links to the search pages of respected sites, with an advertisement in the query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from spamguard.examine.grow import STRUCTURAL
from spamguard.findings import Span
from spamguard.page.oddities import advertises
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import hides_itself
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_HOLDERS: Final = frozenset(
    "b big br center dd div dl dt em font i li marquee noscript ol p small span strong u ul".split()  # noqa: SIM905
)


def reflected(sight: Sight) -> list[Sign]:
    """Anchors whose address advertises a host in its query, and the box that holds nothing but such anchors."""
    anchors = [
        node
        for node in sight.index.tagged.get("a", ())
        if advertises(href := node.attribute("href") or "") and sight.is_foreign(href)
    ]
    known: dict[int, bool] = {}
    tops = {id(top): top for top in (_box(anchor, known) for anchor in anchors)}
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


def _box(anchor: Node, known: dict[int, bool]) -> Node:
    """The widest element around an anchor that holds nothing but such links, or the anchor itself.

    Some of the links in it have no such address or none at all: words to look at. ``known`` remembers what was asked.
    """
    box = anchor
    for node in anchor.ancestors():
        if node.tag in STRUCTURAL or node.parent is None:
            break
        if id(node) not in known:
            known[id(node)] = _only_anchors(node)
        if known[id(node)]:
            box = node
        elif not hides_itself(node.attribute("style") or ""):
            break
    return box


def _only_anchors(box: Node) -> bool:
    """Whether all of a box are links, at least half of them advertising, and what holds them."""
    links = advertising = 0
    for node in box.walk():
        if node.kind is NodeKind.TEXT:
            if node.end - node.start > 1 and not _in_anchor(node, box):
                return False
        elif node.tag == "a":
            links += 1
            advertising += advertises(node.attribute("href") or "")
        elif node.kind is not NodeKind.COMMENT and (node.tag not in _HOLDERS or _waits(node)):
            return False
    return advertising * 2 >= links


def _waits(node: Node) -> bool:
    """Whether an element stands empty, with a name by which a script of the site's own fills it."""
    return node.tag == "div" and not node.children and bool({"class", "id"} & node.attributes.keys())


def _in_anchor(text: Node, box: Node) -> bool:
    around = text
    while around is not box and around.tag != "a" and around.parent is not None:
        around = around.parent
    return around.tag == "a"
