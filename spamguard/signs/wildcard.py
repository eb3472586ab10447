"""Lists in which every link leads to a host of its own, and all of these are random letters under one strange domain.

A farm that answers to every name under its domain links to itself that way, whatever the links are called. The hosts
of an authority or a family of sites are words or their abbreviations, of many lengths.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_HOST: Final = re.compile(r"\s*(?:https?:)?//([a-z0-9.-]{4,200})/?(?:[?#/]|\s*\Z)", re.IGNORECASE)
_BOXES: Final = frozenset({"ul", "ol", "p", "div", "dl", "table", "tbody", "tr", "td", "span", "nav", "section"})
_VOWELS: Final = re.compile(r"[aeiou]")
_FEWEST: Final = 10
_ALIKE: Final = 0.8
_LONG: Final = 4
_FEW_VOWELS: Final = 0.32
"""Of the letters of words two in five are vowels, of random ones one in five."""
_LARGEST: Final = 20_000
_ASIDE: Final = "a line of names stands behind it, which may be the page's own"


def wildcards(sight: Sight) -> list[Sign]:
    """The innermost boxes of such links, and the line of names without links behind one."""
    signs: list[Sign] = []
    counts = Counter(
        id(link.parent.parent) for link in sight.index.tagged.get("a", ()) if link.parent and link.parent.parent
    )
    counts += Counter(id(link.parent) for link in sight.index.tagged.get("a", ()) if link.parent)
    end = 0
    for box in sight.index.called(_BOXES):
        if box.start < end or counts[id(box)] < _FEWEST or not box.closed or box.end - box.start > _LARGEST:
            continue
        links = [part for part in box.walk() if part.tag == "a" and part.kind is NodeKind.ELEMENT]
        domain = _domain(sight, links)
        if domain is None:
            continue
        more = _behind(sight, box)
        end = (more or box).end
        said = reason("wildcard", domain, f"{len(links)} links lead to as many hosts of random letters under {domain}")
        signs.append(
            Sign(
                rule="random-hosts",
                category="links",
                confidence=SURE,
                spans=(Span(box.start, end),),
                excerpt=excerpt_of([sight.text_between(link.inner_start, link.inner_end) for link in links[:8]]),
                doubt=_ASIDE if more is not None else None,
                evidence=(said,),
            )
        )
    return signs


def _domain(sight: Sight, links: Sequence[Node]) -> str | None:
    """The domain under which all of some links have random hosts of their own."""
    hosts = {match[1].lower() for link in links if (match := _HOST.match(link.attribute("href") or "")) is not None}
    domains = {domain_of(link.attribute("href") or "") for link in links}
    domain = next(iter(domains)) if len(domains) == 1 else None
    if domain is None or domain in sight.own or len(hosts) < max(_FEWEST, _ALIKE * len(links)):
        return None
    labels = [host.removesuffix(domain).strip(".").split(".") for host in hosts]
    lengths, count = Counter(tuple(map(len, parts)) for parts in labels).most_common(1)[0]
    letters = "".join("".join(parts) for parts in labels)
    random = len(_VOWELS.findall(letters)) <= _FEW_VOWELS * len(letters)
    return domain if random and count >= _ALIKE * len(hosts) and sum(lengths) >= _LONG else None


def _behind(sight: Sight, box: Node) -> Node | None:
    """The line of names parted by strokes that follows a box, if one does."""
    after = [child for child in (box.parent.children if box.parent is not None else []) if child.start >= box.end]
    for child in after[:2]:
        raw = sight.page.raw[child.start : child.end]
        if not raw.strip():
            continue
        plain = (
            child.closed and child.tag in {"p", "div"} and all(part.kind is NodeKind.TEXT for part in child.children)
        )
        return child if plain and raw.count(b"|") >= _FEWEST else None
    return None
