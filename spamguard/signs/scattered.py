"""A grid of place names from everywhere in no order, with topics among them: the tail of a mirror kit.

For review, unless each is a link to a host of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.places import PLACE, TOPICS, is_made_of_places, names_in
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_BOXES: Final = frozenset({"ul", "ol", "p", "div", "dl", "table", "tbody", "tr", "td", "span"})
_LARGEST: Final = 8_000
_MANY: Final = 15
_SEVERAL: Final = 3
_HALF: Final = 0.5
_SHOWN: Final = 0.7
_ASIDE: Final = "a list of places may be the page's own: only the topics among them tell"


def scattered(sight: Sight) -> list[Sign]:
    """Lists of places of several levels between which topics stand, with what goes on beside them, and no own links."""
    if "县" not in sight.page.text:
        return []
    signs: list[Sign] = []
    end = 0
    for node in sight.index.called(_BOXES):
        if node.start < end or not node.closed:
            continue
        if node.end - node.start > _LARGEST or len(node.attributes) > _SEVERAL:
            continue
        names = _names(sight, node)
        if len(names) < _SEVERAL or not is_made_of_places(names):
            continue
        last, more = _goes_on(sight, node)
        alone = _is_grid(names)
        if not alone and not _is_grid([*names, *more]):
            continue
        end = last.end
        away = alone and _leads_away(node, len(names))
        said = reason("scattered", len(names), f"{len(names)} places in no order, and topics among them")
        signs.append(
            Sign(
                rule="scattered-places",
                category="keywords",
                confidence=SURE if away else _SHOWN,
                spans=(Span(node.start, last.end),),
                excerpt=excerpt_of([*names, *more][:20]),
                doubt=None if away else _ASIDE,
                evidence=(said,),
            )
        )
    return signs


def _names(sight: Sight, node: Node) -> list[str]:
    """The short texts in an element; none where one is long or a link stays on the site."""
    names: list[str] = []
    for part in node.walk():
        if part.tag == "a" and not sight.is_foreign(part.attribute("href") or ""):
            return []
        if part.kind is NodeKind.TEXT:
            more = names_in(sight.text_of(part))
            if more is None:
                return []
            names += more
    return names


def _leads_away(node: Node, names: int) -> bool:
    """Whether every name is a link, to many hosts: no list of places leads to a host a place, and to topics as well."""
    links = [part for part in node.walk() if part.tag == "a" and part.kind is NodeKind.ELEMENT]
    hosts = {(link.attribute("href") or "").split("//")[-1].split("/")[0] for link in links}
    return len(links) == names and len(hosts) >= _MANY // 2


def _is_grid(names: list[str]) -> bool:
    levels = Counter(match["level"][-1] for name in names if (match := PLACE.fullmatch(name)) is not None)
    topics = sum(name in TOPICS for name in names[1:-1])
    return (
        len(names) >= _MANY
        and levels.total() >= _HALF * len(names)
        and sum(count > 1 for count in levels.values()) >= (_SEVERAL if topics < _SEVERAL else _SEVERAL - 1)
        and topics >= _SEVERAL - 1
    )


def _goes_on(sight: Sight, node: Node) -> tuple[Node, list[str]]:
    """The last element beside a grid that is made of places and topics, too, and the names in those that follow it."""
    last, more = node, list[str]()
    beside = [child for child in (node.parent.children if node.parent is not None else []) if child.start >= node.end]
    for child in beside[: 6 * _SEVERAL]:
        if child.kind is NodeKind.TEXT and not sight.page.raw[child.start : child.end].strip():
            continue
        listed = child.kind is NodeKind.TEXT or (child.closed and child.tag in _BOXES)
        names = _names(sight, child) if listed else []
        if len(names) < _SEVERAL or not is_made_of_places(names):
            break
        last = child
        more += names
    return last, more
