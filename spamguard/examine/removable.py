"""Which elements go with a block: those that hold nothing else.

A wrapper is taken when all that stands in it is spam or says nothing (white space, separators, line breaks, comments,
empty elements). Elements that a site is built of are never taken, whatever they hold.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import Node, NodeKind
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene

_NEVER: Final = frozenset({"html", "head", "body", "main", "form", "frameset", "title"})
_CELLS: Final = frozenset({"td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "dt", "dd", "summary"})
_HOLDERS: Final = frozenset({"object", "svg", "button", "select", "textarea", "map"})
"""Content that may be a block's own wrapper: nothing is lost with it when all it holds is spam."""
_CONTENT: Final = _HOLDERS | {"img", "picture", "video", "audio", "iframe", "embed", "canvas", "input", "form", "math"}
_HEADED: Final = frozenset({"script", "style", "link", "meta", "base"})
_BOXES: Final = frozenset({"div", "section", "article", "aside", "header", "footer", "nav", "ul", "ol", "ins"})


class Removable:
    """Which nodes hold nothing but the block: a memo over the outline for one block."""

    def __init__(self, scene: Scene, spam: Sequence[Node]) -> None:
        self._texts = {
            id(scene.leaves[item.leaf].node) for item in scene.items if scene.leaves[item.leaf].kind is Kind.TEXT
        }
        self._spam = {id(node) for node in spam}
        for node in spam:
            for around in node.ancestors():
                if id(around) in self._spam:
                    break
                self._spam.add(id(around))
        self._silent: dict[int, bool] = {}
        self._boxes: dict[int, bool] = {}
        self._starts: dict[int, list[int]] = {}
        self._firsts = _first_pages(scene)

    def silent(self, node: Node) -> bool:
        """Whether nothing would be lost with a node."""
        self._learn(node)
        return self._silent[id(node)]

    def _learn(self, node: Node) -> None:
        if id(node) in self._silent:
            return
        order = [node]
        for inner in order:
            order.extend(child for child in inner.children if id(child) not in self._silent)
        for inner in reversed(order):
            self._silent[id(inner)] = self._silent_alone(inner) and all(
                self._silent[id(child)] for child in inner.children
            )
            self._boxes[id(inner)] = any(
                id(child) not in self._spam and (is_box(child) or self._boxes[id(child)]) for child in inner.children
            )

    def _silent_alone(self, node: Node) -> bool:
        if node.kind is NodeKind.TEXT:
            return id(node) in self._spam or id(node) not in self._texts
        if node.kind in {NodeKind.RAW, NodeKind.DOCTYPE}:
            return False
        if node.kind is NodeKind.ELEMENT:
            if node.tag == "img":
                return is_tiny(node) or any(a.tag in {"noscript", "object"} for a in node.ancestors())
            if node.tag in _HOLDERS:
                return id(node) in self._spam
            return node.tag not in _CONTENT and node.tag not in _HEADED
        return True

    def top(self, leaf: Node, hider: Node | None) -> Node:
        """The largest node around a spam leaf that may be taken as a whole.

        Beyond the element that hides the leaf only bare wrappers are taken: an honest box may have stood empty, or
        hold other boxes that scripts and styles fill.
        """
        best = node = leaf
        hidden = hider is not None and hider.tag != "a"
        outside = not hidden
        while node.parent is not None and node.parent.parent is not None:
            beyond = hidden and outside
            node = node.parent
            if node.tag in _NEVER and self._firsts.get(node.tag, node) is node:
                break
            if not self.silent(node) or (outside and self._boxes[id(node)]):
                break
            if beyond and is_box(node) and not node.attribute("style"):
                break
            outside = outside or node is hider
            if node.tag not in _CELLS:
                best = node
        return best

    def children_from(self, parent: Node, place: int) -> int:
        """The index of the first child of a parent that begins at a place or after it."""
        starts = self._starts.get(id(parent))
        if starts is None:
            starts = self._starts[id(parent)] = [child.start for child in parent.children]
        return bisect_left(starts, place)


def _first_pages(scene: Scene) -> dict[str, Node]:
    """The page's own body and html elements: a second one came with a block."""
    if not scene.leaves:
        return {}
    root = scene.leaves[0].node
    while root.parent is not None:
        root = root.parent
    first: dict[str, Node] = {}
    for node in root.walk():
        if node.tag in {"html", "body"} and node.kind is NodeKind.ELEMENT:
            first.setdefault(node.tag, node)
            if len(first) == 2:
                break
    return first


def is_box(node: Node) -> bool:
    """Whether a node is an element that scripts or styles may fill: a box with a name or a style of its own."""
    return node.kind is NodeKind.ELEMENT and node.tag in _BOXES and bool(node.attributes)


def is_tiny(node: Node) -> bool:
    """Whether an image is a dot that only a machine counts or reads."""
    sizes = [node.attribute(name) for name in ("width", "height")]
    return node.tag == "img" and all(size is not None and size.strip() in {"0", "1", "0px", "1px"} for size in sizes)
