"""Whose is a link: the page's own site, or foreign."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from spamguard.page.outline import Node

_HOST: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,10}:)?//(?:[^/?#@\s]*@)?([^/?#:\s]{3,253})", re.IGNORECASE)
_SECOND_LEVEL: Final = frozenset(
    ["com", "co", "net", "org", "gov", "edu", "ac", "go", "or", "ne", "gob", "gouv", "mil", "sch", "web", "desa", "in"]
)
_SLUG: Final = re.compile(r"[-_/+.?=&,%\s]+")


def domain_of(address: str) -> str | None:
    """The registrable domain of an absolute address, by a rule of thumb; None for a relative one."""
    match = _HOST.match(address.strip())
    if match is None:
        return None
    labels = match[1].lower().strip(".").split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def slug_of(address: str) -> str:
    """The words in an address after its scheme, percent-encoding undone."""
    path = unquote(address.split("://", 1)[-1][:400], errors="replace")
    return _SLUG.sub(" ", path).strip()


def own_domains(root: Node) -> frozenset[str]:
    """Domains that the page says are its own: canonical, base, Open Graph; else the one most of it links to."""
    own: set[str] = set()
    counts: Counter[str] = Counter()
    for node in root.walk():
        if not node.attributes:
            continue
        if (node.tag == "link" and (node.attribute("rel") or "").lower() == "canonical") or node.tag == "base":
            own.add(domain_of(node.attribute("href") or "") or "")
        elif node.tag == "meta" and (node.attribute("property") or "").lower() == "og:url":
            own.add(domain_of(node.attribute("content") or "") or "")
        elif node.tag in {"a", "img", "script", "link", "form"}:
            domain = domain_of(node.attribute("href") or node.attribute("src") or node.attribute("action") or "")
            if domain:
                counts[domain] += 1
    own.discard("")
    if not own and counts:
        domain, count = counts.most_common(1)[0]
        if count >= max(5, sum(counts.values()) // 3):
            own.add(domain)
    return frozenset(own)
