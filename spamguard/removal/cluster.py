"""Head tags that came with spam meta tags: an AMP page and a canonical address elsewhere, and proof of ownership.

They stand among the spam tags or right beside them. The site's own are left: their host is named elsewhere on the page.
So does a title or description of which the rest of the page has no word: a page says again what it says of itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import host_of, site_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind, once_a_page
from spamguard.page.tokens import TOLD_META
from spamguard.text.words import words_as_written
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spamguard.page.outline import Node

_PROOFS: Final = frozenset(
    {
        "google-site-verification",
        "page google.com",
        "msvalidate.01",
        "yandex-verification",
        "naver-site-verification",
        "p:domain_verify",
    }
)

_SETTINGS: Final = frozenset({"robots", "googlebot", "bingbot", "og:type", "og:locale", "twitter:card"})
_ADDRESSES: Final = frozenset({"og:url", "twitter:url", "og:image", "twitter:image"})
_PATH: Final = re.compile(r"\A(?:https?:)?//[^/]*", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_ECHO: Final = 0.75
"""Share of the words of a tag that the spam beside it says too, from which on it says nothing else."""
_TELLING: Final = 4
_KNOWN: Final = 0.2
_FEWEST: Final = 4
_PAGE: Final = 100
"""Share of the words of a tag that may stand elsewhere on a page, and words that a tag and a page must have to tell:
different ones."""
_FEW_WORDS: Final = 30
_EMPTY: Final = frozenset({"meta", "link", "base"})
_OTHERS: Final = 2
"""Tags of the page's own head, from which on they tell how it writes such tags."""
_FEW: Final = 0.03
"""Words from which on a page has letters of its own, and how many of them may be in the letters of another page."""
_READ: Final = 1_000_000
_BRAND, _ECHOED = 5, 8
"""Letters of a word that says something, of a name that a host is called by, and of all words of a tag that say
nothing but what was put into a title."""
_MOST_CLUSTERS: Final = 20
_WIDEST: Final = 200


def with_cluster(raw: bytes, metas: Sequence[Node], words: frozenset[str], codec: str) -> list[Span]:
    """The spans of the tags that came with some spam meta tags of a page, those themselves left out.

    ``words`` are those of the spam in them, in small letters.
    """
    found: list[Span] = []
    ours = {id(node) for node in metas}

    def echoes(node: Node) -> bool:
        if node.tag != "meta" or id(node) in ours:
            return False
        said = _content(node, codec)
        return _says_again(said, words) or (_is_told(node) and _is_strange(said, node, raw, codec))

    for cluster in _clusters(raw, metas, echoes):
        domains = {domain for node in cluster if (domain := _address(node)) is not None}
        foreign = {domain for domain in domains if _only_here(raw, domain, cluster)}
        lent = {_address(node) for node in cluster if _relation(node) == "amphtml"} & foreign
        brands = [word for word in words if len(word) >= _BRAND]
        hosts = ((node, host_of(_target(node))) for node in cluster)
        lent |= {_address(node) for node, host in hosts if host and any(brand in host for brand in brands)} & foreign
        taken = ours | {id(node) for node in cluster if _address(node) in lent or echoes(node)}
        if len(taken) == len(ours):
            continue
        row = _trimmed(raw, cluster, taken) if lent else cluster
        going = taken | {id(node) for node in row if lent and (_is_proof(node) or _is_setting(node))}
        inside = _inside(row, going) if lent else set()
        if lent and _is_of_one_hand(raw, cluster):
            paths = {_path(node) for node in cluster if _address(node) in lent} - {""}
            row, inside = cluster, inside | {id(node) for node in cluster if _path(node) in paths}
        going |= {id(node) for node in row if id(node) in inside and _address(node) in foreign}
        found += [Span(node.start, node.end) for node in row if id(node) in going - ours]
    return found


def spoken_for(
    raw: bytes, metas: Sequence[Node], gone: Sequence[Span], words: frozenset[str], codec: str
) -> list[Span]:
    """Those of some meta tags with spam in them, right beside what is ``gone``, that hold nothing of the page's own.

    One that stands alone has a place of its own, as the page's description has.
    """
    spans = sorted((*gone, *(Span(meta.start, meta.end) for meta in metas)))
    starts = [span.start for span in spans]
    beside = (node for node in metas if _is_told(node) and _has_neighbour(raw, node, spans, starts))
    told = ((node, _content(node, codec)) for node in beside)
    return [
        Span(node.start, node.end)
        for node, said in told
        if _says_again(said, words) or _is_strange(said, node, raw, codec)
    ]


def said_again(root: Node, words: frozenset[str], codec: str) -> list[Span]:
    """The meta tags of a page that say of it only what was put into its title, of which ``words`` are the words."""
    metas = (node for node in root.walk() if node.tag == "meta" and _is_told(node))
    told = ((node, words_of(_content(node, codec))) for node in metas)
    return [Span(node.start, node.end) for node, own in told if own <= words and sum(map(len, own)) >= _ECHOED]


def _has_neighbour(raw: bytes, node: Node, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether nothing but white space stands between a tag and one of some spans, in order, beside it."""
    first, last = bisect_left(starts, node.start) - 1, bisect_left(starts, node.end)
    before = first >= 0 and spans[first].end <= node.start and not raw[spans[first].end : node.start].strip()
    return before or (last < len(spans) and not raw[node.end : spans[last].start].strip())


def _inside(cluster: Sequence[Node], taken: set[int]) -> set[int]:
    """The tags of a cluster with others that go on both sides."""
    places = [place for place, node in enumerate(cluster) if id(node) in taken]
    return {id(node) for node in cluster[places[0] + 1 : places[-1]]} if places else set()


def _content(node: Node, codec: str) -> str:
    return unescape((node.attribute("content") or "").encode("latin-1", "replace").decode(codec, "replace")).casefold()


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(_WORD.findall(text.casefold()))


def _is_told(node: Node) -> bool:
    """Whether a tag tells what a page is called or about."""
    return (node.attribute("name") or node.attribute("property") or "").lower() in TOLD_META


def _is_strange(content: str, node: Node, raw: bytes, codec: str) -> bool:
    """Whether hardly a word of what a tag says stands in the text of a page that has words enough."""
    own = set(words_as_written(content))
    said = _said_on(node, raw, codec)
    letters = scripts_of(content) - {"LATIN"}
    if (
        letters
        and len(said) >= _FEW_WORDS
        and sum(bool(scripts_of(word) & letters) for word in said) <= _FEW * len(said)
    ):
        return True
    return len(own) >= _FEWEST and len(said) >= _PAGE and len(own & said) <= _KNOWN * len(own)


@once_a_page
def _said_on(root: Node, raw: bytes, codec: str) -> frozenset[str]:
    """The words of a page's text."""
    texts = (raw[node.start : node.end] for node in root.walk() if node.kind is NodeKind.TEXT and _says(raw, node))
    return frozenset(words_as_written(unescape(b"\n".join(texts)[:_READ].decode(codec, "replace"))))


def _says_again(content: str, words: frozenset[str]) -> bool:
    """Whether what a tag says is made of the words of the spam."""
    own = words_of(content)
    return bool(own) and len(own & words) >= _ECHO * len(own) and max(map(len, own)) >= _TELLING


def _clusters(raw: bytes, metas: Sequence[Node], echoes: Callable[[Node], bool]) -> list[list[Node]]:
    """Neighbouring tags around each spam meta tag, with nothing but white space between them."""
    clusters: list[list[Node]] = []
    ours = {id(node) for node in metas}
    seen: set[int] = set()

    def may_come_along(node: Node) -> bool:
        told = _address(node) is not None or _is_proof(node) or _is_setting(node)
        return told or id(node) in ours or echoes(node)

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
        while first > 0 and may_come_along(siblings[first - 1]):
            first -= 1
        while last + 1 < len(siblings) and may_come_along(siblings[last + 1]):
            last += 1
        cluster = siblings[first : last + 1]
        seen |= {id(node) for node in cluster}
        clusters.append(cluster)
    return clusters


def _says(raw: bytes, node: Node) -> bool:
    return not raw[node.start : node.end].isspace()


def _is_proof(node: Node) -> bool:
    return node.tag == "meta" and (node.attribute("name") or "").lower() in _PROOFS


def _is_setting(node: Node) -> bool:
    """Whether a tag says how search engines and social sites treat a page, and nothing of its own."""
    return node.tag == "meta" and (node.attribute("name") or node.attribute("property") or "").lower() in _SETTINGS


def _relation(node: Node) -> str:
    return (node.attribute("rel") or "").strip().lower() if node.tag == "link" else ""


def _target(node: Node) -> str:
    """Where a canonical or AMP link, or the address told to social sites, leads to; nothing for other tags."""
    if _relation(node) in {"amphtml", "canonical"}:
        return node.attribute("href") or ""
    told = node.tag == "meta" and (node.attribute("property") or node.attribute("name") or "").lower() in _ADDRESSES
    return (node.attribute("content") or "") if told else ""


def _address(node: Node) -> str | None:
    """The site that a tag leads to."""
    target = _target(node)
    return site_of(target) if target else None


def _path(node: Node) -> str:
    """Where on its site a tag leads to; nothing for the front page."""
    return _PATH.sub("", _target(node)).strip("/")


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
    if len(inner) > 1:
        return cluster[first : last + 1]
    gap = next(iter(inner), None)
    if first > 0 and _set_as(raw, cluster[: first + 1], gap):
        off = first == 1 and _blank_before(raw, cluster[0]) != _gap(raw, cluster[0], cluster[1])
        first = 0 if off or _begins(raw, cluster[0]) else first
    if last + 1 < len(cluster) and _set_as(raw, cluster[last:], gap):
        off = last == len(cluster) - 2 and _blank_after(raw, cluster[-1]) != _gap(raw, cluster[-2], cluster[-1])
        last = len(cluster) - 1 if off or _ends(raw, cluster[-1]) else last
    return cluster[first : last + 1]


def _set_as(raw: bytes, row: Sequence[Node], gap: bytes | None) -> bool:
    """Whether the tags of a row are all parted alike, and by a gap if there is one."""
    return len({_gap(raw, one, other) for one, other in pairwise(row)} | ({gap} - {None})) == 1


def _is_of_one_hand(raw: bytes, row: Sequence[Node]) -> bool:
    """Whether all tags of a row end as no other tag beside them does, with a stroke or without one.

    Of a single other tag that says too little: they have to be indented otherwise than all that is beside them, too.
    """
    parent = row[0].parent
    ours = {id(node) for node in row}
    beside = [node for node in parent.children if node.tag and id(node) not in ours] if parent is not None else []
    others = {_has_stroke(raw, node) for node in beside if node.tag in _EMPTY}
    strokes = {_has_stroke(raw, node) for node in row}
    if len(strokes) != 1 or not others or strokes & others:
        return False
    several = sum(node.tag in _EMPTY for node in beside) >= _OTHERS
    return several or not {_blank_before(raw, node) for node in row} & {_blank_before(raw, node) for node in beside}


def _has_stroke(raw: bytes, node: Node) -> bool:
    return raw[node.start : node.end].endswith(b"/>")


def _blank_before(raw: bytes, node: Node) -> bytes:
    around = raw[max(0, node.start - _WIDEST) : node.start]
    return around[len(around.rstrip()) :]


def _blank_after(raw: bytes, node: Node) -> bytes:
    around = raw[node.end : node.end + _WIDEST]
    return around[: len(around) - len(around.lstrip())]


def _begins(raw: bytes, node: Node) -> bool:
    """Whether an element is the first in the head: what is put there stands before all of the site's own."""
    return node.parent is not None and not raw[node.parent.inner_start : node.start].strip()


def _ends(raw: bytes, node: Node) -> bool:
    return node.parent is not None and not raw[node.end : node.parent.inner_end].strip()


def _gap(raw: bytes, one: Node, other: Node) -> bytes:
    return raw[one.end : other.start]
