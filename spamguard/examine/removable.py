"""Which elements go with a block: those that hold nothing else.

A wrapper is taken when all that stands in it is spam or says nothing (white space, separators, line breaks, comments,
empty elements). Elements that a site is built of are never taken, whatever they hold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.examine.servants import Servants
from spamguard.page.outline import Node, NodeKind
from spamguard.page.patterns import pattern
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.examine.describe import Scene

_NEVER: Final = frozenset({"html", "head", "body", "main", "form", "frameset", "title"})
_CELLS: Final = frozenset({"td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "dt", "dd", "summary"})
_HOLDERS: Final = frozenset({"object", "svg", "button", "select", "textarea", "map"})
"""Content that may be a block's own wrapper: nothing is lost with it when all it holds is spam."""
_PICTURES: Final = frozenset({"img", "amp-img"})
_SOURCES: Final = ("data-src", "data-lazy-src", "data-original", "src")
_CONTENT: Final = _HOLDERS | {"img", "picture", "video", "audio", "iframe", "embed", "canvas", "input", "form", "math"}
_HEADED: Final = frozenset({"script", "style", "link", "meta", "base"})
_WRAPPERS: Final = frozenset(
    {"p", "div", "ul", "ol", "table", "center", "details", "section", "dl", "marquee", "aside"}
)
_PLACES: Final = frozenset({"div", "section", "article", "aside", "header", "footer", "nav"})
_BOXES: Final = _PLACES | {"ul", "ol", "ins"}
_PLAIN: Final = frozenset({"class", "style", "id", "role", "dir", "align"})
_WORDS: Final = pattern(
    r"(?:[a-z]{1,12}[-_]){0,3}(?:comment|post|entry|article|review|reply|profile|bio|testimonial|widget|panel|topic|reader|"
    r"guestbook|note|message|kommentar|komentar|commentaire|comentario|posting|signature|sponsors?|partners?|friends?"
    r"|links?|blogroll|about|parser|recientes|recent)"
    r"(?:[-_]?(?:body|content|text|html|inner|box|item|entry|details?|isi|inhalt|card|output|posts))?|text-?widget|widget_\w{1,20}"
    r"|wp-block-[a-z]{1,20}",
    re.IGNORECASE,
)
"""What an element is called that is written for a text: an empty one says nothing."""
_ADVERTISES: Final = pattern(r"(?<![a-z])(?:ads?|advert|advertisement|adslot|dfp|gpt)(?![a-z])", re.IGNORECASE)
_MOST_NAMES: Final = 12


class Ground:
    """What blocks of one page are measured against, looked at once: where its texts, contents and empty boxes begin."""

    def __init__(self, root: Node, scene: Scene, view: str) -> None:
        texts = _texts_of(scene)
        self.servants = Servants(root.walk(), view)
        self.texts: list[int] = []
        self.contents: list[int] = []
        self.holders: list[Node] = []
        self.boxes: list[int] = []
        self.firsts: dict[str, Node] = {}
        self.banners: dict[int, str] = {}
        self.sources: dict[int, str | None] = {}
        away = {facts.domain for facts in scene.facts if facts.domain is not None}
        boxes: list[Node] = []
        for node in root.walk():
            if node.kind is NodeKind.TEXT and id(node) in texts:
                self.texts.append(node.start)
            elif node.kind in {NodeKind.RAW, NodeKind.DOCTYPE}:
                self.contents.append(node.start)
            elif node.kind is NodeKind.ELEMENT:
                if node.tag in _HOLDERS or (node.tag == "noscript" and any(n.tag == "img" for n in node.children)):
                    self.holders.append(node)
                elif _is_content(node):
                    self.contents.append(node.start)
                    if node.tag in _PICTURES and (domain := _leads_to(node)) is not None:
                        self.banners[node.start] = domain
                    if node.tag in _PICTURES and (domain := _source_of(node)) in away:
                        self.sources[node.start] = domain
                elif (domain := _drawn_link_of(node)) is not None:
                    self.contents.append(node.start)
                    self.banners[node.start] = domain
                if is_box(node):
                    boxes.append(node)
                if node.tag in {"html", "body"}:
                    self.firsts.setdefault(node.tag, node)
        empty = [box for box in boxes if not between(self.texts, box.start, box.end)]
        self.boxes = [box.start for box in empty]
        self.fed = [box.start for box in empty if any(name.startswith("data-") for name in box.attributes)]
        self._holder_starts = [holder.start for holder in self.holders]
        self._starts: dict[int, list[int]] = {}

    def contents_in(self, node: Node) -> Iterator[int]:
        """Where the contents in a node begin, itself included."""
        contents = self.contents
        return (contents[at] for at in range(bisect_left(contents, node.start), bisect_left(contents, node.end)))

    def holders_in(self, node: Node) -> Iterator[Node]:
        """The holders in a node, itself included."""
        for index in range(bisect_left(self._holder_starts, node.start), len(self.holders)):
            if self.holders[index].start >= node.end:
                break
            yield self.holders[index]

    def children_from(self, parent: Node, place: int) -> int:
        """The index of the first child of a parent that begins at a place or after it."""
        starts = self._starts.get(id(parent))
        if starts is None:
            starts = self._starts[id(parent)] = [child.start for child in parent.children]
        return bisect_left(starts, place)


def _texts_of(scene: Scene) -> set[int]:
    """Text nodes with something to judge in them, and those that an overlong page has left unjudged."""
    judged = {item.leaf for item in scene.items}
    last = max(judged, default=-1)
    return {
        id(leaf.node)
        for index, leaf in enumerate(scene.leaves)
        if leaf.kind is Kind.TEXT and (index in judged or (index > last and _says_something(leaf.readable.text)))
    }


def _says_something(text: str) -> bool:
    """Whether a text is more than a separator: an ``I`` is one too."""
    return sum(map(str.isalnum, text)) > 1


def between(places: Sequence[int], start: int, end: int) -> int:
    """How many of some places in order lie in ``[start, end)``."""
    return bisect_left(places, end) - bisect_left(places, start)


class Removable:
    """Which nodes hold nothing but one block, whose text nodes are ``spam``."""

    def __init__(self, ground: Ground, spam: Sequence[Node]) -> None:
        self._ground = ground
        self._spam = sorted(node.start for node in spam)
        self._domains = {domain for node in spam if (domain := _leads_to(node)) is not None}
        self._silent: dict[int, bool] = {}
        self.children_from = ground.children_from

    def silent(self, node: Node) -> bool:
        """Whether nothing would be lost with a node."""
        known = self._silent.get(id(node))
        if known is None:
            known = self._silent[id(node)] = self._holds_nothing(node)
        return known

    def _holds_nothing(self, node: Node) -> bool:
        servants = self._ground.servants
        return self._is_all_spam(node) and all(
            servants.serves_within(place, node) or self._is_banner(place) for place in self._ground.contents_in(node)
        )

    def _is_banner(self, place: int) -> bool:
        """Whether what begins at a place is a picture from where the words of the block lead, or with a link to it."""
        return self._ground.banners.get(place) in self._domains or self._ground.sources.get(place) in self._domains

    def _serves_around(self, node: Node) -> bool:
        """Whether nothing would be lost with a node if what its scripts name around it went too."""
        return self._is_all_spam(node) and all(map(self._ground.servants.serves, self._ground.contents_in(node)))

    def _is_all_spam(self, node: Node) -> bool:
        ground = self._ground
        return between(ground.texts, node.start, node.end) == between(self._spam, node.start, node.end) and all(
            between(self._spam, holder.start, holder.end) for holder in ground.holders_in(node)
        )

    def top(self, leaf: Node, hider: Node | None) -> Node:
        """The largest node around a spam leaf that may be taken as a whole.

        Beyond the element that hides the leaf only bare wrappers are taken: an honest box may have stood empty, or
        hold other boxes that scripts and styles fill. A row of a table that stays may have stood empty, too.
        """
        best = node = leaf
        hidden = hider is not None and hider.tag != "a"
        outside = not hidden
        while node.parent is not None and node.parent.parent is not None:
            beyond = hidden and outside
            inner, node = node, node.parent
            if node.tag in _NEVER and self._ground.firsts.get(node.tag, node) is node:
                break
            if node is hider and _holds_more(self._ground.fed, node, inner):
                break
            silent = self.silent(node)
            if not (silent or self._serves_around(node)) or (outside and self._furnished(node, inner)):
                break
            if beyond and is_box(node) and not node.attribute("style") and not is_for_words(node):
                break
            served = any(True for _ in self._ground.contents_in(node))
            if outside and node is not hider and not served and _is_filled(node, inner):
                break
            outside = outside or node is hider
            if silent and not _is_cell(node) and not (beyond and node.tag == "tr"):
                best = node
        return best

    def _furnished(self, node: Node, inner: Node) -> bool:
        """Whether an element holds empty boxes beside the part of it that the block is known to fill."""
        return _holds_more(self._ground.boxes, node, inner)


def _is_cell(node: Node) -> bool:
    """Whether an element is a part that its parent is built of: an answer outside of a list of answers is none."""
    astray = node.tag in {"dt", "dd"} and node.parent is not None and node.parent.tag not in {"dl", "div"}
    return node.tag in _CELLS and not astray


def _holds_more(places: Sequence[int], node: Node, inner: Node) -> bool:
    """Whether some of the places in order lie in a node, but neither at its beginning nor in a part of it."""
    own = between(places, node.start, node.start + 1)
    return between(places, node.start, node.end) - own > between(places, inner.start, inner.end)


def _is_filled(node: Node, inner: Node) -> bool:
    """Whether a named element without a style is filled by one box alone: a place of the site that stood empty.

    Whoever brings a wrapper along seldom wraps it once more, unless it is called after what is written into it. An
    entry among others of its name came with what it holds, unless these are empty.
    """
    name = node.attribute("class") or node.attribute("id")
    if not name or is_for_words(node) or node.attribute("style"):
        return False
    if node.tag in _PLACES and (_ADVERTISES.search(name) or "data-ad-slot" in node.attributes):
        return True  # what a script fills with advertisements, and empties
    if inner.tag not in _WRAPPERS or node.tag not in _PLACES:
        return False
    beside = node.parent.children if node.parent is not None else ()
    alike = (other for other in beside if other.tag == node.tag and other.attribute("class") == name)
    return not any(other is not node and other.children for other in alike)


def is_for_words(node: Node) -> bool:
    """Whether an element is called after what somebody writes, and so does not wait empty for what a script puts in."""
    names = (node.attribute("class") or "").split()
    return node.attributes.keys() <= _PLAIN and any(map(_WORDS.fullmatch, names[:_MOST_NAMES]))


def _leads_to(node: Node) -> str | None:
    """The domain of the link to another place that a node stands in."""
    link = next((around for around in node.ancestors() if around.tag == "a"), None)
    return domain_of(link.attribute("href") or "") if link is not None else None


def _source_of(node: Node) -> str | None:
    """The domain that a picture comes from; what shows it late has its address in a value of its own."""
    return next((domain for name in _SOURCES if (domain := domain_of(node.attribute(name) or "")) is not None), None)


def _drawn_link_of(node: Node) -> str | None:
    """The domain of a link that has a name and nothing in it: a style sheet draws what it shows."""
    if node.tag != "a" or not node.closed or node.children or not node.attribute("class"):
        return None
    return domain_of(node.attribute("href") or "")


def _is_content(node: Node) -> bool:
    """Whether an element says something without a text."""
    if node.tag == "img":
        return not (is_tiny(node) or any(around.tag in {"noscript", "object"} for around in node.ancestors()))
    if node.tag == "i":
        return not node.children and bool(node.attribute("class"))  # an icon
    return node.tag in _CONTENT or node.tag in _HEADED


def is_box(node: Node) -> bool:
    """Whether a node is an element that scripts or styles may fill: a box with a name or a style of its own."""
    return node.kind is NodeKind.ELEMENT and node.tag in _BOXES and bool(node.attributes)


def is_tiny(node: Node) -> bool:
    """Whether an image is a dot that only a machine counts or reads."""
    sizes = [node.attribute(name) for name in ("width", "height")]
    return node.tag == "img" and all(size is not None and size.strip() in {"0", "1", "0px", "1px"} for size in sizes)


_BARE: Final = frozenset({"span", "div", "p", "b", "i", "em", "strong", "font", "u"})


def is_hollow(node: Node) -> bool:
    """Whether an element is nothing but its values: a dot, a link without a content, a hidden field of no form."""
    if node.tag == "a":
        return node.closed and not node.children
    if node.tag == "input":
        hidden = (node.attribute("type") or "").strip().lower() == "hidden" and node.attribute("form") is None
        return hidden and all(around.tag != "form" for around in node.ancestors())
    if node.tag in _BARE:
        return node.closed and not node.children and not {"class", "id"} & node.attributes.keys()
    return is_tiny(node)
