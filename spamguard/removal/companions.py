"""What is left of an entry, a widget or a list of which the rest goes, when it is there for what goes and nothing else.

"Website: http://...", a name that leads to the feed that was cut, a bare address behind the words that praised it, the
script of a counter whose links were cut, the word "Partners" over nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.examine.hosts import domain_of, host_of, own_domains, site_of
from spamguard.examine.linklabels import is_label_of_links
from spamguard.examine.removable import is_for_words
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.removal.gaps import joined
from spamguard.text.places import are_places_and_topics

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from spamguard.page.outline import Node

_WRAPPERS: Final = frozenset(
    "a abbr article aside b bdi blockquote br center cite code dd div dl dt em figcaption figure font footer h2 h3 h4 "  # noqa: SIM905
    "h5 h6 hr i li noscript ol p section small span strong sub sup table tbody td th thead time tr u ul wbr".split()
)
"""What an entry is made of. Pictures, frames, fields and scripts may be there for themselves."""
_CLIMBED: Final = (_WRAPPERS | {"object"}) - {"a", "br", "hr", "footer"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS: Final = _HEADINGS | {"p", "b", "strong", "div", "span", "em", "center"}
_ENTRIES: Final = frozenset({"li", "tr", "dd"})
_SAYINGS: Final = _HEADINGS | {"p", "li", "dd", "blockquote"}
_LONGEST_SAYING: Final = 1_500
_MACHINES: Final = frozenset({"script", "iframe", "object", "embed", "img", "param"})
_ADDRESSES: Final = ("src", "data", "href", "value")
_FEW: Final = 2
_MOST_LETTERS, _LEAST_CUT = 40, 4
"""Letters of labels and names beside the links that are left, and how many times as many letters have to go."""
_LABEL, _LONG_LABEL = 5, 8
"""Letters of a host that a heading is called by, and a paragraph."""
_LEAST_LINKS: Final = 3
"""How many times as many links have to go as are left with words on them."""
_MOST_STEPS: Final = 60
_LARGEST: Final = 20_000
_MOST_PARTS: Final = 100_000
"""Bytes of an entry, and parts of the entries of a page that are looked at: whoever writes more is not helped."""
_PASTED: Final = ("data-sheets-", "data-mce-", "data-pm-slice")
"""What editors write beside what was copied into them."""
_TAG: Final = re.compile(r"<[^<>]*>")
_LETTERS: Final = re.compile(r"[^\W_]")
_NAMED_HOST: Final = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}(?![\w.-])")
_ADDRESS: Final = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(rb"(?:\s|<br ?/?>|&nbsp;|\|){0,40}", re.IGNORECASE)


@dataclass(slots=True)
class _Rest:
    """What some cuts leave of an element."""

    links: list[Node] = field(default_factory=list)
    machines: list[Node] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    names: int = 0
    gone: int = 0
    emptied: bool = False

    @property
    def words(self) -> str:
        """What is said beside the links."""
        return " ".join(self.said).strip()


class Cut:
    """What is cut already: its texts, its bytes in order and apart, the addresses of the links among them.

    ``sold`` tells where texts begin that name what is sold.
    """

    def __init__(
        self, nodes: Sequence[Node], spans: Sequence[Span], links: Sequence[str], sold: Container[int] = frozenset()
    ) -> None:
        self.nodes = nodes
        self.spans = spans
        self.sold = sold
        self.links = len(links)
        self.is_wider = False
        self.hosts = {host for address in links if (host := _host_of(address)) is not None}
        self.domains = frozenset(domain for host in self.hosts if (domain := domain_of(f"//{host}")) is not None)
        self._starts = [span.start for span in spans]

    def with_more(self, raw: bytes, more: Sequence[Span]) -> Cut:
        """The same with more bytes that are cut."""
        wider = Cut(self.nodes, joined(raw, [*self.spans, *more]), (), self.sold)
        wider.links, wider.hosts, wider.domains, wider.is_wider = self.links, self.hosts, self.domains, True
        return wider

    def takes(self, node: Node) -> bool:
        """Whether all of a node is cut."""
        at = bisect_right(self._starts, node.start) - 1
        return at >= 0 and node.end <= self.spans[at].end

    def times(self, raw: bytes, word: bytes) -> int:
        """How often a word in small letters stands in what is cut."""
        return sum(raw[span.start : span.end].lower().count(word) for span in self.spans)

    def left_of(self, raw: bytes, node: Node) -> bytes:
        """What is left of a node."""
        left = bytearray()
        place = node.start
        for cut in self.spans[max(0, bisect_right(self._starts, place) - 1) :]:
            if cut.start >= node.end:
                break
            if cut.end > place:
                left += raw[place : max(place, cut.start)]
                place = max(place, cut.end)
        return bytes(left + raw[place : node.end]) if place < node.end else bytes(left)


class Companions:
    """Finds what is left of the entries of a page, asked for one block after the other."""

    def __init__(self, root: Node, raw: bytes, codec: str) -> None:
        self._root = root
        self._raw = raw
        self._codec = codec
        self._looks = _MOST_PARTS

    def of(self, cut: Cut) -> list[Span]:
        """The entries around what is cut of which nothing is left but what is there for it, and what is beside them."""
        found = self._found(cut)
        if found:
            found += self._found(cut.with_more(self._raw, found))
        return found

    def led_to(self, said: str) -> list[Span]:
        """The links to other sites that are named in a title that goes, by their hosts."""
        named = {host.removeprefix("www.") for host in _NAMED_HOST.findall(said.lower())}
        links = (node for node in self._root.walk() if node.tag == "a" and node.closed) if named else ()
        led = ((node, node.attribute("href") or "") for node in links)
        return [
            Span(node.start, node.end)
            for node, address in led
            if _host_of(address) in named and domain_of(address) not in self._own and node.end - node.start <= _LARGEST
        ]

    def _found(self, cut: Cut) -> list[Span]:
        found: list[Span] = []
        tried: set[int] = set()
        for node in cut.nodes:
            best, outer = self._entry_around(node, cut, tried)
            if best is not None:
                found.append(Span(best.start, best.end))
            if outer is not None:
                found += self._beside(outer, cut)
        return found

    def _entry_around(self, node: Node, cut: Cut, tried: set[int]) -> tuple[Node | None, Node | None]:
        """The entry around a node that goes, and the outermost element of which nothing is left."""
        best = None
        outer = node
        for around in node.ancestors():
            if around.end - around.start > _LARGEST or self._looks <= 0 or id(around) in tried:
                return best, None
            if around.tag == "a":
                outer = around
                continue
            if around.tag not in _CLIMBED:
                break
            if best is not None and not self._is_one_with(around, best, cut):
                break
            tried.add(id(around))
            rest = self._rest_of(around, cut)
            if rest is None or not (
                self._goes_along(rest, cut) or _is_pasted(around, rest) or _is_of_a_list(around, rest, cut)
            ):
                break
            bare = cut.is_wider and not around.attributes
            if around.closed and (rest.links or rest.machines or rest.emptied or rest.words or bare):
                best = around
            outer = around
        return best, outer

    def _goes_along(self, rest: _Rest, cut: Cut) -> bool:
        """Whether what is left of an element is there for what is cut."""
        if not rest.names:
            return True
        told = bool(rest.links) or (len(cut.hosts) >= _FEW and is_label_of_links(rest.words))
        return told and rest.names * _LEAST_CUT <= rest.gone

    def _is_one_with(self, around: Node, entry: Node, cut: Cut) -> bool:
        """Whether an element is there for an entry: it holds nothing else, or is a comment or a post."""
        if is_comment(around) or is_for_words(around):
            return True
        others = (child for child in around.children if not entry.start <= child.start < entry.end)
        return all(cut.takes(child) or not self._raw[child.start : child.end].strip() for child in others)

    def _rest_of(self, node: Node, cut: Cut) -> _Rest | None:
        """What is left in an element; None when something is left that may be there for itself."""
        rest = _Rest()
        hosts, domains = set(cut.hosts), set(cut.domains)
        machines, words = False, 0
        for part in node.walk():
            self._looks -= 1
            if cut.takes(part):
                rest.gone += self._letters(self._raw[part.start : part.end]) if part.kind is NodeKind.TEXT else 0
                machines = machines or part.tag in _MACHINES
            elif part.kind is NodeKind.TEXT:
                left = cut.left_of(self._raw, part)
                letters = self._letters(left)
                rest.gone += self._letters(self._raw[part.start : part.end]) - letters
                if not rest.links or part.start >= rest.links[-1].end:
                    rest.said.append(left.decode(self._codec, "replace"))
                    rest.names += letters
                    if rest.names > _MOST_LETTERS:
                        return None
            elif part.kind is NodeKind.ELEMENT:
                if part.tag in _MACHINES:
                    rest.machines.append(part)
                elif part.tag not in _WRAPPERS:
                    return None
                elif part.tag == "a" and part.attribute("href") is not None:
                    if not self._link_goes(part, cut, hosts):
                        return None
                    words += not (self._is_bare(part) or _is_sold(part, cut))
                    if words * _LEAST_LINKS > cut.links:
                        return None
                    address = part.attribute("href") or ""
                    hosts.add(_host_of(address) or "")
                    domains.add(domain_of(address) or "")
                    rest.links.append(part)
            elif part.kind is not NodeKind.COMMENT and self._raw[part.start : part.end].strip():
                return None
        if not all(self._leads_to(part, domains) for part in rest.machines):
            return None
        rest.emptied = machines
        return rest

    def _letters(self, said: bytes) -> int:
        return len(_LETTERS.findall(said.decode(self._codec, "replace")))

    def _link_goes(self, link: Node, cut: Cut, hosts: Container[str]) -> bool:
        """Whether a link goes with what is cut.

        It leads there as well, names what is sold, or is a bare address that stands nowhere else on the page.
        """
        address = link.attribute("href") or ""
        domain = domain_of(address)
        if domain is None or domain in self._own:
            return False
        if _host_of(address) in hosts or _is_sold(link, cut):
            return True
        return self._is_bare(link) and self._sites[site_of(address) or domain] == 1

    def _is_bare(self, link: Node) -> bool:
        """Whether a link says nothing but where it leads."""
        said = self._raw[link.inner_start : link.inner_end].decode(self._codec, "replace").strip().lower()
        led = domain_of(link.attribute("href") or "")
        return _ADDRESS.fullmatch(said) is not None or said.removeprefix("www.").split("/")[0] == led

    def _leads_to(self, part: Node, domains: Container[str]) -> bool:
        """Whether a script, a picture or a film comes from where the links lead, and from nowhere else."""
        led = [domain_of(part.attribute(name) or "") for name in _ADDRESSES if part.attribute(name)]
        far = [domain for domain in led if domain is not None]
        plain = part.kind is NodeKind.ELEMENT and not any(
            self._raw[inside.start : inside.end].strip() for inside in part.walk() if inside.kind is NodeKind.RAW
        )
        told = part.tag == "param" or bool(far)
        return plain and told and all(domain in domains and domain not in self._own for domain in far)

    def _beside(self, entry: Node, cut: Cut) -> list[Span]:
        """What stands right beside an entry for its sake: its heading, and what comes from where it leads."""
        led = (domain_of(part.attribute("href") or "") for part in entry.walk() if part.tag == "a")
        domains = (cut.domains | {domain for domain in led if domain is not None}) - self._own
        start, end = entry.start, entry.end
        before = self._next(entry, cut, -1)
        while before is not None and self._serves(before, cut, domains) and self._are_near(before.end, start):
            start, before = before.start, self._next(before, cut, -1)
        behind = self._next(entry, cut, 1)
        last = entry
        while behind is not None and self._are_near(end, behind.start):
            headed = last is not entry and last.tag in _HEADINGS and _is_said(behind)
            if not headed and not self._serves(behind, cut, domains):
                break
            end, last, behind = behind.end, behind, self._next(behind, cut, 1)
        found = [Span(start, end)] if (start, end) != (entry.start, entry.end) else []
        if before is not None and self._heads(before, start, behind, cut, domains):
            found.append(Span(before.start, before.end))
        return found

    def _next(self, node: Node, cut: Cut, step: int) -> Node | None:
        """The nearest node beside another one, on one side, that says something and is not cut."""
        siblings = node.parent.children if node.parent is not None else []
        at = bisect_left(siblings, node.start, key=lambda one: one.start) + step
        for _ in range(_MOST_STEPS):
            if not 0 <= at < len(siblings):
                break
            if not self._is_blank(siblings[at]) and not cut.takes(siblings[at]):
                return siblings[at]
            at += step
        return None

    def _is_blank(self, node: Node) -> bool:
        said = self._raw[node.start : node.end]
        return node.tag == "br" or (node.kind is NodeKind.TEXT and not said.strip(b" \t\r\n|"))

    def _are_near(self, end: int, start: int) -> bool:
        return _BETWEEN.fullmatch(self._raw, end, start) is not None

    def _serves(self, part: Node, cut: Cut, domains: frozenset[str]) -> bool:
        """Whether an element without words leads to nothing but some domains, or comes from there.

        Or whether it is the list of places that mirror kits write beside what they sell.
        """
        if part.end - part.start > _LARGEST or part.kind is not NodeKind.ELEMENT:
            return False
        inside = list(part.walk())
        if self._is_of_places(part, inside) or self._speaks_of(part, inside, cut, domains):
            return True
        self._looks -= len(inside)
        elements = [one for one in inside if one.kind is NodeKind.ELEMENT]
        led = [one for one in elements if one.tag in _MACHINES or one.tag == "a"]
        if not led or any(one.tag not in _WRAPPERS and one.tag not in _MACHINES for one in elements):
            return False
        if any(one.kind is NodeKind.TEXT and self._letters(self._raw[one.start : one.end]) for one in inside):
            return False
        return all(
            self._leads_to(one, domains) if one.tag in _MACHINES else domain_of(one.attribute("href") or "") in domains
            for one in led
        )

    def _speaks_of(self, part: Node, inside: Sequence[Node], cut: Cut, domains: frozenset[str]) -> bool:
        """Whether a heading or a paragraph names the site that was led to, and leads nowhere else."""
        if part.tag not in _SAYINGS or any(one.tag in _MACHINES for one in inside):
            return False
        if any(one.tag == "a" and domain_of(one.attribute("href") or "") not in domains for one in inside):
            return False
        said = _TAG.sub(" ", self._raw[part.start : part.end].decode(self._codec, "replace"))
        return len(said) <= _LONGEST_SAYING and self._names_a_site(part, cut, domains, _LONG_LABEL)

    def _names_a_site(self, part: Node, cut: Cut, domains: frozenset[str], fewest: int) -> bool:
        """Whether an element names one of some sites, of so many letters at least, as only what is cut does."""
        labels = {(host_of(f"//{domain}") or "").split(".")[0].replace("-", "").encode() for domain in domains}
        said = self._raw[part.start : part.end].lower()
        named = [label for label in labels if len(label) >= fewest and label in said]
        self._looks -= _MOST_STEPS * len(named)
        return any(self._small.count(label) == said.count(label) + cut.times(self._raw, label) for label in named)

    def _is_of_places(self, part: Node, inside: Sequence[Node]) -> bool:
        said = self._raw[part.start : part.end].decode(self._codec, "replace")
        if any(one.tag == "a" or one.tag in _MACHINES for one in inside):
            return False
        return are_places_and_topics(_TAG.sub(" ", said))

    def _heads(self, before: Node, start: int, behind: Node | None, cut: Cut, domains: frozenset[str]) -> bool:
        """Whether what stands before an entry is called like its site, or is the label of a list that is gone."""
        if before.tag not in _LABELS or any(part.tag in _MACHINES or part.tag == "a" for part in before.walk()):
            return False
        said = self._raw[before.inner_start : before.inner_end].decode(self._codec, "replace")
        if before.tag in _HEADINGS and before.end == start and self._names_a_site(before, cut, domains, _LABEL):
            return True
        if before.tag in _HEADINGS and self._headings[before.tag, *sorted(before.attributes)] > 1:
            return False
        words = _TAG.sub(" ", said)
        alone = behind is None or behind.tag in _HEADINGS or behind.kind is not NodeKind.ELEMENT
        return alone and len(cut.hosts) >= _FEW and is_label_of_links(words)

    @cached_property
    def _small(self) -> bytes:
        return self._raw.lower()

    @cached_property
    def _headings(self) -> Counter[tuple[str, ...]]:
        """How often the page has headings of each sort."""
        return Counter((node.tag, *sorted(node.attributes)) for node in self._root.walk() if node.tag in _HEADINGS)

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_domains(self._root)

    @cached_property
    def _sites(self) -> Counter[str]:
        links = (node.attribute("href") or "" for node in self._root.walk() if node.tag == "a")
        return Counter(site for address in links if (site := site_of(address)) is not None)


def _is_of_a_list(node: Node, rest: _Rest, cut: Cut) -> bool:
    """Whether an element is an entry that lost its link, of a list of which other entries go."""
    if node.tag not in _ENTRIES or node.parent is None or rest.links or rest.names > rest.gone:
        return False
    others = [child for child in node.parent.children if child.tag == node.tag and child is not node]
    return sum(map(cut.takes, others[:_MOST_STEPS])) >= _FEW


def _is_said(node: Node) -> bool:
    """Whether a node is a paragraph without links."""
    plain = node.tag == "p" and node.end - node.start <= _LONGEST_SAYING
    return plain and not any(one.tag == "a" or one.tag in _MACHINES for one in node.walk())


def _is_pasted(node: Node, rest: _Rest) -> bool:
    """Whether an element came from another program with what goes, and the rest of it is a few words."""
    return any(name.startswith(_PASTED) for name in node.attributes) and rest.names * _LEAST_CUT <= rest.gone


def _is_sold(link: Node, cut: Cut) -> bool:
    return any(part.start in cut.sold for part in link.walk())


def _host_of(address: str) -> str | None:
    host = host_of(address)
    return host.removeprefix("www.") if host is not None else None
