"""The page as it was written: elements nested in source order, each with the bytes it covers.

This is not the tree that a browser builds. A browser moves text out of tables and content after ``</html>`` into the
body; an injection is a stretch of bytes, so wrappers are looked for in the order of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import wraps
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from turbohtml import TokenType

from spamguard.page.tokens import AMP, BLOCK_TAGS, DEEPEST_FALLBACK, FALLBACK_TAGS, RAW_TAGS, VOID_TAGS, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from turbohtml import Token

_Found = TypeVar("_Found")
_Told = ParamSpec("_Told")


class NodeKind(IntEnum):
    """What a node of the outline is."""

    ELEMENT = 0
    TEXT = 1
    RAW = 2
    COMMENT = 3
    STRAY = 4
    DOCTYPE = 5


@dataclass(slots=True, eq=False)
class Node:
    """Bytes ``[start, end)``; for an element its content is ``[inner_start, inner_end)``.

    ``closed`` tells whether an end tag of its own was found. ``attributes`` are as written, in the Latin-1 view.
    Whatever is no element shares one empty list of children: nothing is ever put into it.
    """

    kind: NodeKind
    tag: str
    start: int
    end: int
    parent: Node | None
    inner_start: int = 0
    inner_end: int = 0
    closed: bool = True
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def attribute(self, name: str) -> str | None:
        """The value of an attribute, in the Latin-1 view."""
        return self.attributes.get(name)

    @property
    def root(self) -> Node:
        """The root of the outline that the node stands in."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def walk(self) -> Iterator[Node]:
        """The node and all below it in source order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(reversed(node.children))

    def ancestors(self) -> Iterator[Node]:
        """The parents, nearest first, the root of the outline left out."""
        node = self.parent
        while node is not None and node.parent is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False, weakref_slot=True)
class Root(Node):
    """The root of a page that was read, with all nodes in source order: they are gone through again and again."""

    nodes: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """The root and all below it in source order."""
        return chain((self,), self.nodes)


def once_a_page(find: Callable[Concatenate[Node, _Told], _Found]) -> Callable[Concatenate[Node, _Told], _Found]:
    """Let what is found of the root of a page be asked by any node of it, and kept as long as the page is.

    What else is told must be the same each time: the bytes of the page, say.
    """
    kept: WeakKeyDictionary[Node, _Found] = WeakKeyDictionary()

    @wraps(find)
    def ask(node: Node, /, *told: _Told.args, **named: _Told.kwargs) -> _Found:
        root = node.root
        if root not in kept:
            kept[root] = find(root, *told, **named)
        return kept[root]

    return ask


_CLOSES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    # opening tag: (what it ends when open, where looking stops)
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tbody": (frozenset({"tbody", "thead", "tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "optgroup"})),
    "body": (frozenset({"head"}), frozenset()),
}
_BARRIERS: Final = frozenset({"table", "td", "th", "object", "template", "svg"})
_TABLE_PARTS: Final = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
ENDS_PARAGRAPH: Final = BLOCK_TAGS - {"br", "button", "caption", "link", "meta", "option", "optgroup", "body", "html"}
_DEEPEST: Final = 150
# Looked up once: to ask an enumeration for a member costs as much as the rest of a step.
_A_TEXT, _A_START, _AN_END, _A_COMMENT = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG, TokenType.COMMENT
_ELEMENT, _TEXT = NodeKind.ELEMENT, NodeKind.TEXT
_NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})
_CHILDLESS: Final[list[Node]] = []


def outline_of(view: str) -> Root:
    """The outline of a view (see :func:`spamguard.page.tokens.view_of`)."""
    size = len(view)
    root = Root(NodeKind.ELEMENT, "", 0, size, None, 0, size)
    _build(root, view, 0, size, root.nodes)
    return root


def _build(root: Node, view: str, start: int, end: int, nodes: list[Node], fallbacks: int = 0) -> None:
    """Nest the tokens of a stretch of the view in a node, and note what comes to be.

    One loop without calls for what is everywhere: a large page has a hundred thousand tokens.
    """
    stack = [root]
    raw = ""
    held: Token | None = None
    held_at = start
    part = view[start:end]
    newlines = np.flatnonzero(np.frombuffer(part.encode("latin-1"), dtype=np.uint8) == 0x0A)
    line_starts = [start, *(newlines + start + 1).tolist()]
    for token in chain(tokens_of(part), (None,)):
        at = end if token is None else line_starts[token.line - 1] + token.col
        if held is None:
            if at > start:
                # Bytes before the first token: ``</>`` is none.
                nodes.append(_leaf(NodeKind.STRAY, "", start, at, stack[-1]))
            held, held_at = token, at
            continue
        kind = held.type
        top = stack[-1]
        if kind is _A_TEXT:
            if raw:
                if raw in FALLBACK_TAGS and fallbacks < DEEPEST_FALLBACK:
                    # Its content is markup for whoever does not know the element: read it in its place.
                    _build(top, view, held_at, at, nodes, fallbacks + 1)
                else:
                    nodes.append(_leaf(NodeKind.RAW, raw, held_at, at, top))
            elif (siblings := top.children) and siblings[-1].kind is _TEXT and siblings[-1].end == held_at:
                siblings[-1].end = siblings[-1].inner_end = at
            else:
                node = Node(_TEXT, "", held_at, at, top, held_at, at, True, _NO_ATTRIBUTES, _CHILDLESS)
                siblings.append(node)
                nodes.append(node)
        elif kind is _A_START:
            tag = held.tag or ""
            if (tag in ENDS_PARAGRAPH and top.tag == "p") or tag in _CLOSES:
                _imply(stack, tag, held_at)
                top = stack[-1]
            given = held.attrs
            if not given:
                attributes = _NO_ATTRIBUTES
            elif view.find(AMP, held_at, at) < 0:
                attributes = dict(given)
            else:
                attributes = {name: value.replace(AMP, "&") for name, value in given}
            node = Node(_ELEMENT, tag, held_at, at, top, at, at, True, attributes, [])
            top.children.append(node)
            nodes.append(node)
            raw = ""
            if tag not in VOID_TAGS and not (held.self_closing and not _is_html_container(tag)):
                if len(stack) < _DEEPEST:
                    stack.append(node)
                else:
                    node.closed = False
                if tag in RAW_TAGS:
                    raw = tag
        elif kind is _AN_END:
            tag = held.tag or ""
            raw = ""
            depth = len(stack) - 1 if top.tag == tag and top is not root else _depth_of(stack, tag)
            if depth is None:
                nodes.append(_leaf(NodeKind.STRAY, tag, held_at, at, top))
            else:
                while len(stack) > depth + 1:
                    _pop(stack, held_at)
                node = stack.pop()
                node.inner_end, node.end = held_at, at
        else:
            nodes.append(_leaf(NodeKind.COMMENT if kind is _A_COMMENT else NodeKind.DOCTYPE, "", held_at, at, top))
        held, held_at = token, at
    while len(stack) > 1:
        _pop(stack, end)


def _leaf(kind: NodeKind, tag: str, start: int, end: int, top: Node) -> Node:
    node = Node(kind, tag, start, end, top, start, end, True, _NO_ATTRIBUTES, _CHILDLESS)
    top.children.append(node)
    return node


def _is_html_container(tag: str) -> bool:
    """``<div/>`` opens a div; only foreign elements close themselves."""
    return tag in BLOCK_TAGS or tag in RAW_TAGS or tag in {"a", "span", "b", "i", "u", "font", "strong", "em"}


def _imply(stack: list[Node], tag: str, at: int) -> None:
    """Close what a start tag ends that stands open."""
    if tag in ENDS_PARAGRAPH and stack[-1].tag == "p":
        _pop(stack, at)
    if tag not in _CLOSES:
        return
    ends, stops = _CLOSES[tag]
    for depth in range(len(stack) - 1, 0, -1):
        open_tag = stack[depth].tag
        if open_tag in ends:
            while len(stack) > depth:
                _pop(stack, at)
            if tag not in {"tr", "tbody"}:
                return
        elif open_tag in stops:
            return


def _depth_of(stack: list[Node], tag: str) -> int | None:
    """Where in the stack the element stands that an end tag closes, None for a stray end tag."""
    inline = tag not in BLOCK_TAGS
    for depth in range(len(stack) - 1, 0, -1):
        open_tag = stack[depth].tag
        if open_tag == tag:
            return depth
        if inline and open_tag in BLOCK_TAGS:
            return None
        if open_tag in _BARRIERS and tag not in _TABLE_PARTS and tag not in {"body", "html"}:
            return None
    return None


def _pop(stack: list[Node], at: int) -> None:
    """Close an element that has no end tag."""
    node = stack.pop()
    node.inner_end = node.end = at
    node.closed = False
