"""Head tags that came with spam meta tags: an AMP page and a canonical address elsewhere, and proof of ownership.

They stand among the spam tags or right beside them. The site's own are left: their host is named elsewhere on the page.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node

_PROOFS: Final = frozenset(
    {"google-site-verification", "msvalidate.01", "yandex-verification", "naver-site-verification", "p:domain_verify"}
)

_MOST_CLUSTERS: Final = 20


def with_cluster(raw: bytes, metas: Sequence[Node]) -> list[Span]:
    """The spans of the tags that came with some spam meta tags of a page, those themselves left out."""
    found: list[Span] = []
    for cluster in _clusters(raw, metas):
        ours = {id(node) for node in metas}
        domains = {domain for node in cluster if (domain := _address(node)) is not None}
        foreign = {domain for domain in domains if _only_here(raw, domain, cluster)}
        amp = {_address(node) for node in cluster if _relation(node) == "amphtml"} & foreign
        taken = ours | {id(node) for node in cluster if _address(node) in amp and _address(node) is not None}
        if len(taken) == len(ours):
            continue
        found += [
            Span(node.start, node.end)
            for node in _trimmed(raw, cluster, taken)
            if id(node) not in ours and (id(node) in taken or _is_proof(node))
        ]
    return found


def _clusters(raw: bytes, metas: Sequence[Node]) -> list[list[Node]]:
    """Neighbouring tags around each spam meta tag, with nothing but white space between them."""
    clusters: list[list[Node]] = []
    ours = {id(node) for node in metas}
    seen: set[int] = set()
    rows: dict[int, list[Node]] = {}
    for meta in metas:
        parent = meta.parent
        if parent is None or id(meta) in seen or len(clusters) == _MOST_CLUSTERS:
            continue
        if id(parent) not in rows:
            said = (node for node in parent.children if node.kind is not NodeKind.TEXT or _says(raw, node))
            rows[id(parent)] = list(said)
        siblings = rows[id(parent)]
        first = last = bisect_left(siblings, meta.start, key=lambda node: node.start)
        while first > 0 and _may_come_along(siblings[first - 1], ours):
            first -= 1
        while last + 1 < len(siblings) and _may_come_along(siblings[last + 1], ours):
            last += 1
        cluster = siblings[first : last + 1]
        seen |= {id(node) for node in cluster}
        clusters.append(cluster)
    return clusters


def _says(raw: bytes, node: Node) -> bool:
    return not raw[node.start : node.end].isspace()


def _may_come_along(node: Node, ours: set[int]) -> bool:
    return id(node) in ours or _address(node) is not None or _is_proof(node)


def _is_proof(node: Node) -> bool:
    return node.tag == "meta" and (node.attribute("name") or "").lower() in _PROOFS


def _relation(node: Node) -> str:
    return (node.attribute("rel") or "").strip().lower() if node.tag == "link" else ""


def _address(node: Node) -> str | None:
    """The domain that a canonical or AMP link leads to."""
    return domain_of(node.attribute("href") or "") if _relation(node) in {"amphtml", "canonical"} else None


def _only_here(raw: bytes, domain: str, cluster: Sequence[Node]) -> bool:
    """Whether a page names a domain in the cluster only."""
    name = domain.encode("latin-1", "replace")
    inside = sum(raw[node.start : node.end].lower().count(name) for node in cluster)
    return raw.lower().count(name) == inside


def _trimmed(raw: bytes, cluster: Sequence[Node], taken: set[int]) -> Sequence[Node]:
    """The cluster without tags at its ends that may be the site's own.

    Between two tags that go everything goes; beyond them only what is set to them as they are to each other, and set
    off from the page.
    """
    places = [place for place, node in enumerate(cluster) if id(node) in taken]
    first, last = places[0], places[-1]
    inner = {_gap(raw, one, other) for one, other in pairwise(cluster[first : last + 1])}
    if len(inner) != 1:
        return cluster[first : last + 1]
    gap = inner.pop()
    if first == 1 and _gap(raw, cluster[0], cluster[1]) == gap and not raw[: cluster[0].start].endswith(gap or b">"):
        first = 0
    if (
        last == len(cluster) - 2
        and _gap(raw, cluster[-2], cluster[-1]) == gap
        and not raw.startswith(gap or b"<", cluster[-1].end)
    ):
        last = len(cluster) - 1
    return cluster[first : last + 1]


def _gap(raw: bytes, one: Node, other: Node) -> bytes:
    return raw[one.end : other.start]
