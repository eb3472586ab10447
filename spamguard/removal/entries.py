"""The entries, lists and boxes around what is cut of which nothing is left but what is there for it.

"Website: http://...", a name that leads to the feed that was cut, a bare address behind the words that praised it, how
to get in touch with who sold it, the word "Partners" over nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.examine.hosts import domain_of, site_of
from spamguard.examine.linklabels import is_label_of_links
from spamguard.examine.removable import is_for_words
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import hides_itself
from spamguard.removal.cutting import FEW, LARGEST, MACHINES, MOST_STEPS, WRAPPERS, named_host

if TYPE_CHECKING:
    from collections.abc import Container

    from spamguard.page.outline import Node
    from spamguard.removal.cutting import Cut, Surroundings

_CLIMBED: Final = (WRAPPERS | {"object"}) - {"a", "br", "hr", "footer"}
_ENTRIES: Final = frozenset({"li", "tr", "dd"})
_NEVER_EMPTY: Final = frozenset({"li", "article", "blockquote", "ul", "ol", "table", "tbody"})
"""What no page keeps empty for its scripts to fill by its name."""
_MOST_LETTERS, _LEAST_CUT = 40, 4
"""Letters of labels and names beside the links that are left, and how many times as many letters have to go."""
_SIGNED: Final = 24
"""Letters of names that may be left beside each date or address of who wrote an entry."""
_WRITTEN: Final = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T(（][^\s\d<>]{0,4}[)）]?)?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,3}(?:\.\d{1,3}){3}"
    r"|\b[\w.+-]{2,40}@[\w-]{2,40}\.[\w.]{2,20}"
)
"""When an entry was written, and from where."""
_LEAST_LINKS: Final = 3
"""How many times as many links have to go as are left with words on them."""
_HIDING: Final = frozenset({"style", "hidden", "aria-hidden", "align"})
_SHORTEST_NAME: Final = 4
"""Letters of a name that would be found elsewhere if it were said there."""
_PASTED: Final = ("data-sheets-", "data-mce-", "data-pm-slice")
"""What editors write beside what was copied into them."""
_CONTACT: Final = re.compile(
    r"[\W_]*(?:(?:whats ?app|telegram|viber|line|zalo|wechat|skype|kakao|tel|phone|hotline|e-?mail|微信)[\W_]{0,6})*"
    r"(?:@\w[\w.]{3,30}|[+(]?\d[\dx\s().+-]{6,24}|[\w.+-]{2,40}@[\w-]{2,40}\.[\w.]{2,20})[\W_]*",
    re.IGNORECASE,
)
"""A name or a number, and what it is one of."""


@dataclass(slots=True)
class _Rest:
    """What a cut leaves of an element."""

    links: list[Node] = field(default_factory=list)
    machines: list[Node] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    names: int = 0
    gone: int = 0
    signed: int = 0
    unsigned: int = 0
    """Dates and addresses of who wrote it, and letters beside them."""
    emptied: bool = False
    empty: int = 0
    """Comments that are left, and elements that were empty before."""
    opens: bool = False
    """Whether what is said comes before what goes."""

    @property
    def words(self) -> str:
        """What is said beside the links."""
        return unescape(" ".join(self.said)).strip()

    @property
    def is_little(self) -> bool:
        """Whether what is said is little beside what goes."""
        return self.names * _LEAST_CUT <= self.gone

    @property
    def is_a_signature(self) -> bool:
        """Whether what is said is who wrote it and when."""
        return self.unsigned <= _SIGNED * self.signed and self.unsigned * _LEAST_CUT <= self.gone

    @property
    def is_something(self) -> bool:
        """Whether anything but white space is left."""
        return bool(self.links or self.machines or self.words)


class Entries:
    """Finds what is left of the entries of a page, asked for one text after the other."""

    def __init__(self, page: Surroundings) -> None:
        self._page = page

    def around(self, node: Node, cut: Cut, tried: set[int]) -> tuple[Node | None, Node | None]:
        """The entry around a node that goes, and the outermost element of which nothing is left.

        Neither when another text has ``tried`` them already.
        """
        best = shell = None
        outer = node
        for around in node.ancestors():
            if self._page.looks <= 0 or id(around) in tried:
                return best or shell, None
            if around.tag == "a" or (around.tag not in _CLIMBED and cut.takes(around)):
                outer = around
                continue
            if around.tag not in _CLIMBED or around.end - around.start > LARGEST:
                break
            if best is not None and not self._is_one_with(around, best, cut):
                break
            tried.add(id(around))
            rest = self._rest_of(around, cut)
            if rest is None or not self._goes_along(around, rest, cut):
                break
            if around.closed and rest.is_something:
                best = around
            elif around.closed and self._is_shell(around, rest, cut):
                shell = around
            outer = around
        return best or shell, outer

    def _is_shell(self, box: Node, rest: _Rest, cut: Cut) -> bool:
        """Whether a box of which nothing is left was there for what is cut.

        It has no name by which a script would fill it, or holds what comes from where the links lead.
        """
        if rest.empty or cut.begins_in(box):
            return False
        fed = any(name.startswith("data-") for name in box.attributes)
        if not fed and (is_comment(box) or is_for_words(box)):
            return True
        if (cut.is_wider and not box.attributes) or (
            box.tag in _NEVER_EMPTY and not fed and "id" not in box.attributes
        ):
            return True
        if box.attributes and box.attributes.keys() <= _HIDING:
            return True
        if self._is_hidden_from_all(box):
            return True
        if not rest.emptied:
            return False
        named = box.attribute("id") or box.attribute("class")
        return not named or any(self._page.leads_to(part, cut.domains) for part in box.children if part.tag in MACHINES)

    def _is_hidden_from_all(self, box: Node) -> bool:
        """Whether a box hides itself, and the page calls it by its name nowhere else."""
        name = (box.attribute("id") or "").encode("latin-1", "replace")
        hides = "hidden" in box.attributes or hides_itself(box.attribute("style") or "")
        alone = box.attributes.keys() <= _HIDING | {"id"}
        return hides and alone and len(name) >= _SHORTEST_NAME and self._page.raw.count(name) == 1

    def _goes_along(self, node: Node, rest: _Rest, cut: Cut) -> bool:
        """Whether what is left of an element is there for what is cut."""
        if not rest.names or (rest.is_a_signature and (is_comment(node) or is_for_words(node))):
            return True
        if rest.is_little and not rest.opens and _CONTACT.fullmatch(rest.words) is not None:
            return True
        if _is_of_a_list(node, rest, cut):
            return True
        pasted = any(name.startswith(_PASTED) for name in node.attributes)
        if cut.is_a_list and rest.names <= rest.gone and is_label_of_links(rest.words):
            return True
        return (pasted or bool(rest.links)) and rest.is_little

    def _is_one_with(self, around: Node, entry: Node, cut: Cut) -> bool:
        """Whether an element is there for an entry: it holds nothing else, or is a comment or a post."""
        if is_comment(around) or is_for_words(around):
            return True
        others = (child for child in around.children if not entry.start <= child.start < entry.end)
        return all(cut.takes(child) or not self._page.raw[child.start : child.end].strip() for child in others)

    def _rest_of(self, node: Node, cut: Cut) -> _Rest | None:
        """What is left in an element; None when something is left that may be there for itself."""
        rest = _Rest()
        # A block may lead to ten thousand sites: what an entry adds to them stands apart.
        hosts: set[str] = set()
        domains: set[str] = set()
        words = 0
        for part in node.walk():
            self._page.looks -= 1
            if cut.takes(part):
                rest.gone += self._page.letters(self._page.raw[part.start : part.end]) * (part.kind is NodeKind.TEXT)
                rest.emptied = rest.emptied or part.tag in MACHINES
            elif part.kind is NodeKind.TEXT:
                self._read(rest, part, cut)
                if rest.names > _MOST_LETTERS:
                    return None
            elif part.kind is NodeKind.ELEMENT:
                if part.tag in MACHINES:
                    if part.start not in cut.sold and not _is_a_portrait(part):
                        rest.machines.append(part)
                elif part.tag not in WRAPPERS:
                    return None
                elif part.tag == "a" and (address := part.attribute("href")) is not None:
                    words += not (self._page.is_bare(part) or cut.sells(part))
                    if not self._link_goes(part, cut, hosts) or words * _LEAST_LINKS > cut.links:
                        return None
                    hosts.add(named_host(address) or "")
                    domains.add(domain_of(address) or "")
                    rest.links.append(part)
            elif part.kind is not NodeKind.COMMENT and self._page.raw[part.start : part.end].strip():
                return None
            if part is not node and part.tag != "br" and not _is_a_portrait(part):
                rest.empty += self._is_empty(part) and not cut.takes(part)
        known = cut.domains | domains if rest.machines else domains
        leads = (self._page.leads_to(part, known) or self._page.leads_along(part, cut) for part in rest.machines)
        return rest if all(leads) else None

    def _is_empty(self, part: Node) -> bool:
        inside = part.kind is NodeKind.ELEMENT and self._page.raw[part.inner_start : part.inner_end].strip()
        return part.kind is NodeKind.COMMENT or (part.kind is NodeKind.ELEMENT and not inside)

    def _read(self, rest: _Rest, text: Node, cut: Cut) -> None:
        left = cut.left_of(self._page.raw, text)
        said = left.decode(self._page.codec, "replace")
        rest.signed += len(_WRITTEN.findall(said))
        letters = self._page.letters(left)
        if not rest.gone:
            rest.opens = rest.opens or self._page.letters(cut.before(self._page.raw, text)) > 0
        rest.gone += self._page.letters(self._page.raw[text.start : text.end]) - letters
        if not rest.links or text.start >= rest.links[-1].end:
            rest.said.append(said)
            rest.names += letters
            rest.unsigned += self._page.letters(_WRITTEN.sub(" ", said))

    def _link_goes(self, link: Node, cut: Cut, hosts: Container[str]) -> bool:
        """Whether a link goes with what is cut.

        It leads there as well, names what is sold, or is a bare address that stands nowhere else on the page.
        """
        address = link.attribute("href") or ""
        domain = domain_of(address)
        if domain is None or domain in self._page.own:
            inside = (part for part in link.walk() if part is not link and not cut.takes(part))
            return any(part.start in cut.sold for part in inside)
        host = named_host(address)
        if host in cut.hosts or host in hosts or cut.sells(link):
            return True
        return self._page.is_bare(link) and self._page.sites[site_of(address) or domain] == 1


def _is_a_portrait(part: Node) -> bool:
    """Whether a picture stands for whoever wrote an entry."""
    return part.tag == "img" and "avatar" in f"{part.attribute('class')} {part.attribute('src')}".lower()


def _is_of_a_list(node: Node, rest: _Rest, cut: Cut) -> bool:
    """Whether an element is an entry that lost its link, of a list of which other entries go."""
    if node.tag not in _ENTRIES or node.parent is None or rest.links or rest.names > rest.gone:
        return False
    others = [child for child in node.parent.children if child.tag == node.tag and child is not node]
    return sum(map(cut.takes, others[:MOST_STEPS])) >= FEW
