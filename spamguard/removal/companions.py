"""The links that are left in an entry of which the rest goes: what sold something led there, or to where it led.

"Website: http://...", a name that leads to the feed that was cut, a bare address behind the words that praised it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.examine.hosts import domain_of, host_of, own_domains, site_of
from spamguard.examine.removable import is_for_words
from spamguard.findings import Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.page.outline import Node

_WRAPPERS: Final = frozenset(
    "a abbr article b bdi blockquote br center cite code dd div dl dt em figcaption figure font footer h2 h3 h4 h5 h6 "  # noqa: SIM905
    "hr i li ol p section small span strong sub sup table tbody td th time tr u ul wbr".split()
)
"""What an entry is made of. Pictures, frames, fields and scripts may be there for themselves."""
_CLIMBED: Final = _WRAPPERS - {"a", "br", "hr", "footer"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_LETTERS, _LEAST_CUT = 40, 4
"""Letters of labels and names beside the links that are left, and how many times as many letters have to go."""
_LABEL: Final = 5
_LARGEST: Final = 20_000
_MOST_PARTS: Final = 100_000
"""Bytes of an entry, and parts of the entries of a page that are looked at: whoever writes more is not helped."""
_LETTERS: Final = re.compile(r"[^\W_]")
_ADDRESS: Final = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


class Companions:
    """Finds what is left of the entries of a page, asked for one block after the other."""

    def __init__(self, root: Node, raw: bytes, codec: str) -> None:
        self._root = root
        self._raw = raw
        self._codec = codec
        self._looks = _MOST_PARTS

    def of(self, nodes: Iterable[Node], cuts: Sequence[Span], domains: frozenset[str]) -> list[Span]:
        """The entries around some nodes of which nothing is left by some cuts but links to ``domains``, and names."""
        found: list[Span] = []
        tried: set[int] = set()
        for node in nodes:
            best = None
            for around in node.ancestors():
                if around.tag not in _CLIMBED or not around.closed or id(around) in tried:
                    break
                if around.end - around.start > _LARGEST or self._looks <= 0:
                    break
                if best is not None and not self._is_one_with(around, best):
                    break
                tried.add(id(around))
                left = self._left_in(around, cuts, domains)
                if left is None:
                    break
                best = around if left else best
            if best is not None:
                found.append(Span(best.start, best.end))
                found += self._named_before(best, domains)
        return found

    def _is_one_with(self, around: Node, entry: Node) -> bool:
        """Whether an element is there for an entry: it holds nothing else, or is a comment or a post."""
        if is_comment(around) or is_for_words(around):
            return True
        return not self._raw[around.inner_start : entry.start].strip() and not (
            self._raw[entry.end : around.inner_end].strip()
        )

    def _left_in(self, node: Node, cuts: Sequence[Span], domains: frozenset[str]) -> list[Node] | None:
        """The links that are left in an element; None when something is left that may be there for itself."""
        links: list[Node] = []
        names = gone = 0
        for part in node.walk():
            self._looks -= 1
            if any(cut.start <= part.start and part.end <= cut.end for cut in cuts):
                gone += self._letters(part, ()) if part.kind is NodeKind.TEXT else 0
            elif part.kind is NodeKind.TEXT:
                left = self._letters(part, cuts)
                gone += self._letters(part, ()) - left
                names += left if not any(link.start <= part.start < link.end for link in links) else 0
            elif part.kind is NodeKind.ELEMENT:
                if part.tag not in _WRAPPERS:
                    return None
                if part.tag == "a" and part.attribute("href") is not None:
                    if not self._goes(part, domains):
                        return None
                    links.append(part)
            elif part.kind is not NodeKind.COMMENT:
                return None
        return links if names <= _MOST_LETTERS and names * _LEAST_CUT <= gone else None

    def _letters(self, text: Node, cuts: Sequence[Span]) -> int:
        left = bytearray()
        place = text.start
        for cut in cuts:
            if cut.end > place and cut.start < text.end:
                left += self._raw[place : max(place, cut.start)]
                place = max(place, cut.end)
        left += self._raw[place : text.end] if place < text.end else b""
        return len(_LETTERS.findall(left.decode(self._codec, "replace")))

    def _goes(self, link: Node, domains: frozenset[str]) -> bool:
        """Whether a link leads to where the block led, or is a bare address that stands nowhere else on the page."""
        address = link.attribute("href") or ""
        domain = domain_of(address)
        if domain is None or domain in self._own:
            return False
        if domain in domains:
            return True
        said = self._raw[link.inner_start : link.inner_end].decode(self._codec, "replace").strip().lower()
        bare = _ADDRESS.fullmatch(said) is not None or said.removeprefix("www.").split("/")[0] == domain
        return bare and self._sites[site_of(address) or domain] == 1

    def _named_before(self, entry: Node, domains: frozenset[str]) -> list[Span]:
        """The heading right before an entry that is called like the site that it led to."""
        siblings = entry.parent.children if entry.parent is not None else []
        before = next((child for child in siblings if child.end == entry.start), None)
        if before is None or before.tag not in _HEADINGS:
            return []
        said = self._raw[before.inner_start : before.inner_end].decode(self._codec, "replace").casefold()
        led = {domain_of(link.attribute("href") or "") for link in entry.walk() if link.tag == "a"} | domains
        labels = {(host_of(f"//{domain}") or "").split(".")[0] for domain in led if domain is not None}
        named = any(len(label) >= _LABEL and label.replace("-", "") in said for label in labels)
        return [Span(before.start, before.end)] if named else []

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_domains(self._root)

    @cached_property
    def _sites(self) -> Counter[str]:
        links = (node.attribute("href") or "" for node in self._root.walk() if node.tag == "a")
        return Counter(site for address in links if (site := site_of(address)) is not None)
