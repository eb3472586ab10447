"""What is left of an entry, a widget or a list of which the rest goes, when it is there for what goes and nothing else.

"Website: http://...", a name that leads to the feed that was cut, a bare address behind the words that praised it, the
script of a counter whose links were cut, the word "Partners" over nothing.
"""

from __future__ import annotations

import re
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

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from spamguard.page.outline import Node

_WRAPPERS: Final = frozenset(
    "a abbr article aside b bdi blockquote br center cite code dd div dl dt em figcaption figure font footer h2 h3 h4 "  # noqa: SIM905
    "h5 h6 hr i li noscript ol p section small span strong sub sup table tbody td th thead time tr u ul wbr".split()
)
"""What an entry is made of. Pictures, frames, fields and scripts may be there for themselves."""
_CLIMBED: Final = (_WRAPPERS | {"object"}) - {"a", "br", "hr", "footer"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS: Final = _HEADINGS | {"p", "b", "strong", "div", "span", "em", "center"}
_MACHINES: Final = frozenset({"script", "iframe", "object", "embed", "img", "param"})
_ADDRESSES: Final = ("src", "data", "href", "value")
_FEW: Final = 2
_MOST_LETTERS, _LEAST_CUT = 40, 4
"""Letters of labels and names beside the links that are left, and how many times as many letters have to go."""
_LABEL: Final = 5
_LARGEST: Final = 20_000
_MOST_PARTS: Final = 100_000
"""Bytes of an entry, and parts of the entries of a page that are looked at: whoever writes more is not helped."""
_LETTERS: Final = re.compile(r"[^\W_]")
_ADDRESS: Final = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(rb"(?:\s|<br ?/?>|&nbsp;|\|){0,40}", re.IGNORECASE)


@dataclass(slots=True)
class _Rest:
    """What some cuts leave of an element."""

    links: list[Node] = field(default_factory=list)
    machines: list[Node] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)
    gone: int = 0
    emptied: bool = False

    def words(self, codec: str) -> str:
        """What is said beside the links."""
        return b" ".join(self.said).decode(codec, "replace")


@dataclass(frozen=True, slots=True)
class Cut:
    """What is cut already: its bytes, the texts, where the links among them led, and texts left that name what is sold.

    ``links`` counts those that led away.
    """

    nodes: Sequence[Node]
    spans: Sequence[Span]
    domains: frozenset[str]
    links: int
    sold: Container[int] = frozenset()


class Companions:
    """Finds what is left of the entries of a page, asked for one block after the other."""

    def __init__(self, root: Node, raw: bytes, codec: str) -> None:
        self._root = root
        self._raw = raw
        self._codec = codec
        self._looks = _MOST_PARTS

    def of(self, cut: Cut) -> list[Span]:
        """The entries around what is cut of which nothing is left but what is there for it, and what is beside them."""
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
            if around.tag not in _CLIMBED or not around.closed:
                break
            if best is not None and not self._is_one_with(around, best):
                break
            tried.add(id(around))
            rest = self._rest_of(around, cut)
            if rest is None or not self._goes_along(rest, cut):
                break
            if rest.links or rest.machines or rest.emptied or rest.words(self._codec).strip():
                best = around
            outer = around
        return best, outer

    def _goes_along(self, rest: _Rest, cut: Cut) -> bool:
        """Whether what is left of an element is there for what is cut."""
        names = rest.words(self._codec)
        letters = len(_LETTERS.findall(names))
        if not letters:
            return True
        if letters > _MOST_LETTERS or letters * _LEAST_CUT > rest.gone:
            return False
        return bool(rest.links) or (cut.links >= _FEW and is_label_of_links(names))

    def _is_one_with(self, around: Node, entry: Node) -> bool:
        """Whether an element is there for an entry: it holds nothing else, or is a comment or a post."""
        if is_comment(around) or is_for_words(around):
            return True
        return not self._raw[around.inner_start : entry.start].strip() and not (
            self._raw[entry.end : around.inner_end].strip()
        )

    def _rest_of(self, node: Node, cut: Cut) -> _Rest | None:
        """What is left in an element; None when something is left that may be there for itself."""
        rest = _Rest()
        domains = set(cut.domains)
        machines = False
        for part in node.walk():
            self._looks -= 1
            if _is_in(part, cut.spans):
                rest.gone += self._letters(part, ()) if part.kind is NodeKind.TEXT else 0
                machines = machines or part.tag in _MACHINES
            elif part.kind is NodeKind.TEXT:
                left = self._left_of(part, cut.spans)
                rest.gone += self._letters(part, ()) - len(_LETTERS.findall(left.decode(self._codec, "replace")))
                if not any(link.start <= part.start < link.end for link in rest.links):
                    rest.said.append(left)
            elif part.kind is NodeKind.ELEMENT:
                if part.tag in _MACHINES:
                    rest.machines.append(part)
                elif part.tag not in _WRAPPERS:
                    return None
                elif part.tag == "a" and part.attribute("href") is not None:
                    domain = self._domain_left(part, cut, domains)
                    if domain is None:
                        return None
                    domains.add(domain)
                    rest.links.append(part)
            elif part.kind is not NodeKind.COMMENT and self._raw[part.start : part.end].strip():
                return None
        if not all(self._leads_to(part, domains) for part in rest.machines):
            return None
        rest.emptied = machines
        return rest

    def _left_of(self, text: Node, cuts: Sequence[Span]) -> bytes:
        left = bytearray()
        place = text.start
        for cut in cuts:
            if cut.end > place and cut.start < text.end:
                left += self._raw[place : max(place, cut.start)]
                place = max(place, cut.end)
        return bytes(left + self._raw[place : text.end]) if place < text.end else bytes(left)

    def _letters(self, text: Node, cuts: Sequence[Span]) -> int:
        return len(_LETTERS.findall(self._left_of(text, cuts).decode(self._codec, "replace")))

    def _domain_left(self, link: Node, cut: Cut, domains: Container[str]) -> str | None:
        """Where a link leads that goes with what is cut.

        It leads there as well, names what is sold, or is a bare address that stands nowhere else on the page.
        """
        address = link.attribute("href") or ""
        domain = domain_of(address)
        if domain is None or domain in self._own:
            return None
        if domain in domains or any(part.start in cut.sold for part in link.walk()):
            return domain
        said = self._raw[link.inner_start : link.inner_end].decode(self._codec, "replace").strip().lower()
        bare = _ADDRESS.fullmatch(said) is not None or said.removeprefix("www.").split("/")[0] == domain
        return domain if bare and self._sites[site_of(address) or domain] == 1 else None

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
        siblings = entry.parent.children if entry.parent is not None else []
        led = (domain_of(part.attribute("href") or "") for part in entry.walk() if part.tag == "a")
        domains = (cut.domains | {domain for domain in led if domain is not None}) - self._own
        found: list[Span] = []
        others = [child for child in siblings if not self._is_blank(child) and not _is_in(child, cut.spans)]
        before = [child for child in others if child.end <= entry.start]
        behind = [child for child in others if child.start >= entry.end]
        start, end = entry.start, entry.end
        while before and self._serves(before[-1], domains) and self._are_near(before[-1].end, start):
            start = before.pop().start
        while behind and self._serves(behind[0], domains) and self._are_near(end, behind[0].start):
            end = behind.pop(0).end
        if (start, end) != (entry.start, entry.end):
            found.append(Span(start, end))
        if before and self._heads(before[-1], start, behind, cut.links, domains):
            found.append(Span(before[-1].start, before[-1].end))
        return found

    def _is_blank(self, node: Node) -> bool:
        said = self._raw[node.start : node.end]
        return node.tag == "br" or (node.kind is NodeKind.TEXT and not said.strip(b" \t\r\n|"))

    def _are_near(self, end: int, start: int) -> bool:
        return _BETWEEN.fullmatch(self._raw, end, start) is not None

    def _serves(self, part: Node, domains: frozenset[str]) -> bool:
        """Whether an element leads to, or comes from, nothing but domains that only it and what was cut lead to."""
        inside = [one for one in part.walk() if one.kind is NodeKind.ELEMENT]
        led = [one for one in inside if one.tag in _MACHINES or one.tag == "a"]
        if not led or any(one.tag not in _WRAPPERS and one.tag not in _MACHINES for one in inside):
            return False
        if any(one.kind is NodeKind.TEXT and self._letters(one, ()) for one in part.walk()):
            return False
        return all(
            self._leads_to(one, domains) if one.tag in _MACHINES else domain_of(one.attribute("href") or "") in domains
            for one in led
        )

    def _heads(self, before: Node, start: int, behind: Sequence[Node], links: int, domains: frozenset[str]) -> bool:
        """Whether what stands before an entry is called like its site, or is the label of a list that is gone."""
        if before.tag not in _LABELS or any(part.tag in _MACHINES or part.tag == "a" for part in before.walk()):
            return False
        said = self._raw[before.inner_start : before.inner_end].decode(self._codec, "replace")
        if before.tag in _HEADINGS and before.end == start and _is_called_so(said, domains):
            return True
        words = re.sub(r"<[^<>]*>", " ", said)
        alone = not behind or behind[0].tag in _HEADINGS or behind[0].kind is not NodeKind.ELEMENT
        return alone and links >= _FEW and is_label_of_links(words)

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_domains(self._root)

    @cached_property
    def _sites(self) -> Counter[str]:
        links = (node.attribute("href") or "" for node in self._root.walk() if node.tag == "a")
        return Counter(site for address in links if (site := site_of(address)) is not None)


def _is_in(node: Node, spans: Sequence[Span]) -> bool:
    return any(span.start <= node.start and node.end <= span.end for span in spans)


def _is_called_so(said: str, domains: Iterable[str]) -> bool:
    """Whether a heading names one of some sites."""
    labels = {(host_of(f"//{domain}") or "").split(".")[0] for domain in domains}
    return any(len(label) >= _LABEL and label.replace("-", "") in said.casefold() for label in labels)
