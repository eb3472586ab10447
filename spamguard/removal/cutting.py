"""What is cut of a page already, and what is asked again and again of the page around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, host_of, own_domains, site_of
from spamguard.page.outline import NodeKind
from spamguard.removal.gaps import joined
from spamguard.text.alphabets import letters_in

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping, Sequence

    from spamguard.findings import Span
    from spamguard.page.outline import Node

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
WRAPPERS: Final = frozenset(
    "a abbr article aside b bdi blockquote br center cite code dd div dl dt em figcaption figure font footer h2 h3 h4 "  # noqa: SIM905
    "h5 h6 hr i li noscript ol p section small span strong sub sup table tbody td th thead time tr u ul wbr".split()
)
"""What an entry is made of. Pictures, frames, fields and scripts may be there for themselves."""
MACHINES: Final = frozenset({"script", "iframe", "object", "embed", "img", "param"})
FEW: Final = 2
LARGEST: Final = 20_000
MOST_STEPS: Final = 60
_MOST_PARTS: Final = 100_000
"""Bytes of an entry, and parts of the entries of a page that are looked at: whoever writes more is not helped."""
_ADDRESSES: Final = ("src", "data", "href", "value")
_TAG: Final = re.compile(r"<[^<>]*>")
_LETTERS: Final = re.compile(r"[^\W_]")
_HOST: Final = re.compile(rb"//((?:[a-zA-Z0-9-]{1,63}\.){1,5}[a-zA-Z]{2,24})(?![\w.-])")
_FOR_ALL: Final = frozenset(
    "schema.org w3.org ogp.me purl.org googleapis.com gstatic.com google.com googletagmanager.com "  # noqa: SIM905
    "google-analytics.com cloudflare.com cloudflareinsights.com jsdelivr.net unpkg.com jquery.com "
    "bootstrapcdn.com gravatar.com wp.com youtube.com youtube-nocookie.com vimeo.com facebook.com "
    "facebook.net twitter.com x.com instagram.com tiktok.com t.me wa.me".split()
)
"""Domains that everybody's pages name: that a block does too says nothing."""
_ADDRESS: Final = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


class Cut:
    """The texts and values that are cut, the bytes in order and apart, and the addresses of the links among them.

    ``sold`` tells where texts and values begin that name what is sold, whether they are cut or not.
    """

    def __init__(
        self, nodes: Sequence[Node], spans: Sequence[Span], links: Sequence[str], sold: Container[int] = frozenset()
    ) -> None:
        self.nodes = nodes
        self.spans = spans
        self.sold = sold
        self.links = len(links)
        self.is_wider = False
        self.hosts = {host for address in links if (host := named_host(address)) is not None}
        self.domains = frozenset(domain for host in self.hosts if (domain := domain_of(f"//{host}")) is not None)
        self._away: frozenset[str] | None = None
        self._scripts: Mapping[str, int] | None = None
        self._text: bytes | None = None
        self._starts = [span.start for span in spans]

    @property
    def is_a_list(self) -> bool:
        """Whether several links away are cut."""
        return len(self.hosts) >= FEW or self.links > FEW

    def with_more(self, raw: bytes, more: Sequence[Span]) -> Cut:
        """The same with more bytes that are cut."""
        wider = Cut(self.nodes, joined(raw, [*self.spans, *more]), (), self.sold)
        wider.links, wider.hosts, wider.domains, wider.is_wider = self.links, self.hosts, self.domains, True
        return wider

    def away_from(self, own: frozenset[str]) -> frozenset[str]:
        """The domains of other sites that are led to; a block may lead to ten thousand."""
        if self._away is None:
            self._away = self.domains - own
        return self._away

    def takes(self, node: Node) -> bool:
        """Whether all of a node is cut."""
        at = bisect_right(self._starts, node.start) - 1
        return at >= 0 and node.end <= self.spans[at].end

    def sells(self, node: Node) -> bool:
        """Whether something in a node names what is sold, and is not cut already."""
        return any(part.start in self.sold and not self.takes(part) for part in node.walk())

    def text(self, raw: bytes) -> bytes:
        """What is cut, as it was written; asked for each element beside which something may stand."""
        if self._text is None:
            self._text = b"\n".join(raw[span.start : span.end] for span in self.spans)
        return self._text

    def begins_in(self, node: Node) -> bool:
        """Whether the tag that opens a node is cut."""
        at = bisect_right(self._starts, node.start) - 1
        return at >= 0 and node.start < self.spans[at].end

    def before(self, raw: bytes, node: Node) -> bytes:
        """What of a node stands before the first of it that is cut."""
        at = max(0, bisect_right(self._starts, node.start) - 1)
        first = next((span for span in self.spans[at : at + FEW] if span.end > node.start), None)
        return raw[node.start : node.end if first is None else max(node.start, min(first.start, node.end))]

    def scripts(self, raw: bytes, codec: str) -> Mapping[str, int]:
        """How many letters of each script are cut: asked for each element beside which something may stand."""
        if self._scripts is None:
            self._scripts = letters_in(_TAG.sub(" ", self.text(raw).decode(codec, "replace")))
        return self._scripts

    def left_of(self, raw: bytes, node: Node) -> bytes:
        """What is left of a node."""
        return self.left_between(raw, node.start, node.end)

    def left_between(self, raw: bytes, start: int, end: int) -> bytes:
        """What is left of some bytes."""
        left = bytearray()
        place = start
        for cut in self.spans[max(0, bisect_right(self._starts, place) - 1) :]:
            if cut.start >= end:
                break
            if cut.end > place:
                left += raw[place : max(place, cut.start)]
                place = max(place, cut.end)
        return bytes(left + raw[place:end]) if place < end else bytes(left)


class Surroundings:
    """A page from which something is cut."""

    def __init__(self, root: Node, raw: bytes, codec: str) -> None:
        self.root = root
        self.raw = raw
        self.codec = codec
        self.looks = _MOST_PARTS

    def said(self, node: Node) -> str:
        """A node as it was written, without the tags in it."""
        return _TAG.sub(" ", self.raw[node.start : node.end].decode(self.codec, "replace"))

    def letters(self, said: bytes | str) -> int:
        """How many letters and digits something has."""
        return len(_LETTERS.findall(said.decode(self.codec, "replace") if isinstance(said, bytes) else said))

    def is_blank(self, node: Node) -> bool:
        """Whether a node says nothing and does nothing."""
        return node.kind is NodeKind.TEXT and not self.raw[node.start : node.end].strip(b" \t\r\n|")

    def is_bare(self, link: Node) -> bool:
        """Whether a link says nothing but where it leads."""
        said = self.raw[link.inner_start : link.inner_end].decode(self.codec, "replace").strip().lower()
        led = domain_of(link.attribute("href") or "")
        return _ADDRESS.fullmatch(said) is not None or said.removeprefix("www.").split("/")[0] == led

    def leads_to(self, part: Node, domains: Container[str]) -> bool:
        """Whether a script, a picture or a film comes from some domains, and from nowhere else."""
        led = [domain_of(part.attribute(name) or "") for name in _ADDRESSES if part.attribute(name)]
        far = [domain for domain in led if domain is not None]
        plain = part.kind is NodeKind.ELEMENT and not any(
            self.raw[inside.start : inside.end].strip() for inside in part.walk() if inside.kind is NodeKind.RAW
        )
        told = part.tag == "param" or bool(far)
        return plain and told and all(domain in domains and domain not in self.own for domain in far)

    def leads_along(self, part: Node, cut: Cut) -> bool:
        """Whether all addresses in an element are on hosts that only what is cut names beside it."""
        here = self.raw[part.start : part.end]
        hosts = set(_HOST.findall(here)) if here.count(b"//") <= FEW * MOST_STEPS else set()
        domains = {domain_of(f"//{host.decode()}") for host in hosts}
        if not hosts or not domains.isdisjoint(self.own | _FOR_ALL):
            return False
        return self.names_only(hosts, cut.text(self.raw), b"" if cut.takes(part) else here)

    def names_only(self, names: Collection[bytes], gone: bytes, here: bytes) -> bool:
        """Whether each of some names stands in what is cut, and nowhere else but in some bytes beside it."""
        self.looks -= len(names) * MOST_STEPS
        return all(name in gone and self.raw.count(name) == gone.count(name) + here.count(name) for name in names)

    @cached_property
    def small(self) -> bytes:
        """The page in small letters, without the strokes that part words."""
        return without_strokes(self.raw)

    @cached_property
    def scripts(self) -> Mapping[str, int]:
        """How many letters of each script the texts of the page have."""
        texts = (self.raw[node.start : node.end] for node in self.root.walk() if node.kind is NodeKind.TEXT)
        return letters_in(b"\n".join(texts).decode(self.codec, "replace"))

    @cached_property
    def headings(self) -> Counter[tuple[str, ...]]:
        """How often the page has headings of each sort."""
        return Counter((node.tag, *sorted(node.attributes)) for node in self.root.walk() if node.tag in HEADINGS)

    @cached_property
    def own(self) -> frozenset[str]:
        """The domains of the page's own site."""
        return own_domains(self.root)

    @cached_property
    def sites(self) -> Counter[str]:
        """How often each site is linked to."""
        links = (node.attribute("href") or "" for node in self.root.walk() if node.tag == "a")
        return Counter(site for address in links if (site := site_of(address)) is not None)


def led_by(anchors: Sequence[Node]) -> list[str]:
    """Where links lead that are cut. One that holds others was the page's, and they were put into it."""
    each = {id(anchor): anchor for anchor in anchors}
    own = {key for key, anchor in each.items() if any(part.tag == "a" for part in anchor.walk() if part is not anchor)}
    return [anchor.attribute("href") or "" for anchor in anchors if id(anchor) not in own]


def named_host(address: str) -> str | None:
    """The host of an absolute address by its name."""
    host = host_of(address)
    return host.removeprefix("www.") if host is not None else None


def without_strokes(said: bytes) -> bytes:
    """Something in small letters, without what parts the words of a name."""
    return said.lower().replace(b"-", b"").replace(b"_", b"")
