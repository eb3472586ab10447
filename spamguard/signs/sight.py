"""What the families of signs look at: the outline of a page, and what is looked up on it more than once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, readings_of, site_of
from spamguard.examine.items import CODE
from spamguard.features.characters import folded
from spamguard.findings import ORDERS
from spamguard.model.score import category_scores, word_means
from spamguard.page.outline import NodeKind
from spamguard.page.readable import decoded, resolved
from spamguard.page.sold import sells
from spamguard.page.triggers import script_tells
from spamguard.scripts.read import read_script
from spamguard.signs.index import Index, index_of
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spamguard.examine.tree import Visibility
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.scripts.reading import Reading
    from spamguard.signs.outside import Outside
    from spamguard.text.lexicon import Atom

_BARE_PAGE: Final = 60
"""Words; a text without spaces between them is one word a line."""
_SHORTEST_HOST: Final = 8
SPEAKS: Final = 4.5
"""Mean n-gram weight of the loudest words of an address: of 6,000 on honest pages one in two hundred reaches 4."""
_ADDRESSES: Final = ("href", "src", "action", "data-src", "srcset")
UNSAID: Final = CODE | {"script", "style"}
"""Elements whose text is no saying of the page."""
MOST_READ: Final = 1 << 19
"""Bytes of scripts that are read of one page."""
_SHOW_ALL: Final = frozenset({"xmp", "textarea", "plaintext"})
PLAIN_TYPES: Final = frozenset({"", "module", "text/javascript", "application/javascript", "application/x-javascript"})


@dataclass(frozen=True, slots=True)
class Script:
    """A script element and the text in it."""

    element: Node
    body: Node

    @property
    def runs(self) -> bool:
        """Whether a browser would run it; other types hold data."""
        return (self.element.attribute("type") or "").strip().lower() in PLAIN_TYPES


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as the families of signs see it.

    ``index`` has ``root`` and all below it by what they are. ``own`` are the site's own domains, ``linked`` tells how
    often the markup of the page names each site. ``scripts`` are those that run and are worth reading, ``data`` those
    that hold data.
    """

    page: Page
    root: Node
    index: Index
    model: Model
    own: frozenset[str]
    linked: Counter[str]
    by_id: dict[str, list[Node]]
    scripts: tuple[Script, ...]
    data: tuple[Script, ...]

    kept: list[Outside] = field(default_factory=list)
    """What is known of the text outside of some stretches, once it was asked for."""
    paragraphs: list[Sequence[Node]] = field(default_factory=list)
    """The elements that are paragraphs, once they were asked for."""
    cascade: list[Visibility] = field(default_factory=list)
    """What knows how elements are hidden, once it was asked for."""
    _readings: dict[int, Reading] = field(default_factory=dict)
    _named: list[frozenset[Atom]] = field(default_factory=list)

    def named(self) -> frozenset[Atom]:
        """The telling keywords in the words of the page.

        Nearly all honest pages name none: a family that asks for a keyword need not read them text by text.
        """
        if not self._named:
            hits = self.model.keynotes.hits(folded(self.page.text, self.model.folds).codes)
            self._named.append(frozenset(hit.atom for hit in hits))
        return self._named[0]

    def reading(self, script: Script) -> Reading:
        """What a script says; each is read once."""
        start, end = script.body.start, script.body.end
        if start not in self._readings:
            self._readings[start] = read_script(self.page.raw, start, end, self.page.codec)
        return self._readings[start]

    def foreign(self, address: str) -> str | None:
        """The domain of an absolute address that neither is the site's own nor stands anywhere else on the page."""
        domain = domain_of(address)
        return domain if domain is not None and domain not in self.own and site_of(address) not in self.linked else None

    def strange(self, address: str, times: int = 1) -> bool:
        """Whether an address is of another site that the page names no second time, or no more often than ``times``."""
        domain = domain_of(address)
        return domain is not None and domain not in self.own and self.linked[site_of(address) or domain] <= times

    def is_foreign(self, address: str) -> bool:
        """Whether an address is of another site, however often the page names it."""
        domain = domain_of(address)
        return domain is not None and domain not in self.own

    def leads_away(self, node: Node) -> list[str]:
        """The targets on other sites of the links in an element."""
        links = [part.attribute("href") or "" for part in node.walk() if part.tag == "a"]
        return [link for link in links if self.is_foreign(link)]

    def value_of(self, node: Node, name: str) -> str:
        """The value of an attribute as a reader of the page sees it; nothing when it has none."""
        written = (node.attribute(name) or "").encode("latin-1", "replace")
        return unescape(written.decode(self.page.codec, "replace"))

    def sounds(self, address: str) -> float:
        """How much the words in an attribute's value, an address say, sound like spam: their mean score."""
        read = unescape(address.encode("latin-1", "replace").decode(self.page.codec, "replace"))
        return sounds(self.model, read)

    def topic(self, texts: Sequence[str]) -> str:
        """The category that texts fall into."""
        scores = zip(category_scores(texts, self.model), self.model.category_names, strict=True)
        return max((score, name) for score, name in scores if name != ORDERS)[1]

    def is_bare(self) -> bool:
        """Whether hardly anything stands on the page: one that only leads on is no page that was broken into."""
        text = sum(len(self.page.raw[node.start : node.end].split()) for node in self.index.texts)
        return text < _BARE_PAGE

    def text_between(self, start: int, end: int) -> str:
        """Some bytes of the page as they were written."""
        return decoded(self.page.raw, start, end, self.page.codec)

    def text_of(self, node: Node, *, references: bool = True) -> str:
        """The text of a node's bytes as it was written."""
        text = decoded(self.page.raw, node.start, node.end, self.page.codec)
        return resolved(text) if references and "&" in text else text


def sounds(model: Model, address: str) -> float:
    """How much the words in an address sound like spam: their mean score.

    A short host is any letters, which sound like anything; alone it counts only when it holds a known word.
    """
    whole, path, host, *parts = readings_of(address)
    lexicon = model.lexicon
    if len(host) < _SHORTEST_HOST and not lexicon.hits(lexicon.folded(host)):
        host = path
    return float(word_means((whole, path, host, *parts), model).max())


def names_sold(model: Model, address: str) -> bool:
    """Whether a telling keyword stands in the words of an address, or of a title."""
    lexicon = model.lexicon
    return any(hit.atom.strength >= TELLING for hit in lexicon.hits(lexicon.folded(readings_of(address)[0])))


def tells_of_sale(model: Model, address: str) -> bool:
    """Whether an address, or a title, names what is sold, or sounds so."""
    return sells(address) or sounds(model, address) > SPEAKS or names_sold(model, address)


def sight_of(page: Page, root: Node, model: Model, own: frozenset[str]) -> Sight:
    """Look once over a page; ``own`` are the site's own domains."""
    index = index_of(root.walk(), page.raw)
    addresses = (node.attributes[name] for name in _ADDRESSES for node in index.given.get(name, ()))
    linked = Counter(site for address in addresses if (site := site_of(address)) is not None)
    by_id: dict[str, list[Node]] = {}
    for node in index.given.get("id", ()):
        by_id.setdefault(node.attributes["id"], []).append(node)
    scripts: list[Script] = []
    data: list[Script] = []
    left = MOST_READ
    for script in scripts_among(index.raws):
        node = script.body
        size = node.end - node.start
        if not script.runs:
            data.append(script)
        elif size <= left and script_tells(page.raw[node.start : node.end].decode("latin-1")):
            scripts.append(script)
            left -= size
    return Sight(page, root, index, model, own, linked, by_id, tuple(scripts), tuple(data))


def scripts_among(nodes: Iterable[Node]) -> Iterator[Script]:
    """The scripts among some nodes, without those that are text to whoever reads the page."""
    for node in nodes:
        if node.kind is NodeKind.RAW and node.tag == "script" and node.parent is not None and not _is_shown(node):
            yield Script(node.parent, node)


def _is_shown(script: Node) -> bool:
    """Whether a script is text to whoever reads the page: an example."""
    return any(around.tag in _SHOW_ALL for around in script.ancestors())


def glimpse_of(page: Page, root: Node, model: Model, own: frozenset[str]) -> Sight:
    """A page as families see it that ask for nothing but its elements and whose a link is."""
    return Sight(page, root, index_of(root.walk(), page.raw), model, own, Counter(), {}, (), ())
