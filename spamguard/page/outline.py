"""The page as it was written: elements nested in source order, each with the bytes it covers.

This is not the tree that a browser builds. A browser moves text out of tables and content after ``</html>`` into the
body; an injection is a stretch of bytes, so wrappers are looked for in the order of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from turbohtml import TokenType

from spamguard.page.tokens import AMP, BLOCK_TAGS, DEEPEST_FALLBACK, FALLBACK_TAGS, RAW_TAGS, VOID_TAGS, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Token


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
    """

    kind: NodeKind
    tag: str
    start: int
    end: int
    parent: Node | None
    inner_start: int = 0
    inner_end: int = 0
    closed: bool = True
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def attribute(self, name: str) -> str | None:
        """The value of an attribute, in the Latin-1 view."""
        return self.attributes.get(name)

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
_ENDS_PARAGRAPH: Final = BLOCK_TAGS - {"br", "button", "caption", "link", "meta", "option", "optgroup", "body", "html"}
_DEEPEST: Final = 150
# Looked up once: to ask an enumeration for a member costs as much as the rest of a step.
_A_TEXT, _A_START, _AN_END, _A_COMMENT = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG, TokenType.COMMENT
_ELEMENT, _TEXT = NodeKind.ELEMENT, NodeKind.TEXT


def outline_of(view: str) -> Node:
    """The outline of a view (see :func:`spamguard.page.tokens.view_of`)."""
    size = len(view)
    root = Node(NodeKind.ELEMENT, "", 0, size, None, 0, size)
    _build(_Builder(root, view), 0, size)
    return root


def _build(builder: _Builder, start: int, end: int) -> None:
    """Feed the builder the tokens of a stretch of the view."""
    part = builder.view[start:end]
    newlines = np.flatnonzero(np.frombuffer(part.encode("latin-1"), dtype=np.uint8) == 0x0A)
    line_starts = [start, *(newlines + start + 1).tolist()]
    held: Token | None = None
    held_at = start
    for token in tokens_of(part):
        at = line_starts[token.line - 1] + token.col
        if held is not None:
            builder.add(held, held_at, at)
        elif at > start:
            builder.unread(start, at)
        held, held_at = token, at
    if held is not None:
        builder.add(held, held_at, end)
    elif end > start:
        builder.unread(start, end)
    builder.close_all(end)


class _Builder:
    """Nests tokens. A stack is the one state worth a class here."""

    def __init__(self, root: Node, view: str, fallbacks: int = 0) -> None:
        self.stack = [root]
        self.raw = ""
        self.view = view
        self.fallbacks = fallbacks

    def add(self, token: Token, start: int, end: int) -> None:
        kind = token.type
        if kind is _A_TEXT:
            self._text(start, end)
        elif kind is _A_START:
            self._open(token, start, end)
        elif kind is _AN_END:
            self._close(token.tag or "", start, end)
        elif kind is _A_COMMENT:
            self._leaf(NodeKind.COMMENT, "", start, end)
        else:
            self._leaf(NodeKind.DOCTYPE, "", start, end)

    def unread(self, start: int, end: int) -> None:
        """Bytes before the first token: ``</>`` is none."""
        self._leaf(NodeKind.STRAY, "", start, end)

    def _leaf(self, kind: NodeKind, tag: str, start: int, end: int) -> None:
        top = self.stack[-1]
        top.children.append(Node(kind, tag, start, end, top, start, end))

    def _text(self, start: int, end: int) -> None:
        if self.raw in FALLBACK_TAGS and self.fallbacks < DEEPEST_FALLBACK:
            # Its content is markup for whoever does not know the element: read it in its place.
            _build(_Builder(self.stack[-1], self.view, self.fallbacks + 1), start, end)
            return
        if self.raw:
            self._leaf(NodeKind.RAW, self.raw, start, end)
            return
        siblings = self.stack[-1].children
        if siblings and siblings[-1].kind is _TEXT and siblings[-1].end == start:
            siblings[-1].end = siblings[-1].inner_end = end
        else:
            self._leaf(_TEXT, "", start, end)

    def _open(self, token: Token, start: int, end: int) -> None:
        tag = token.tag or ""
        self.raw = ""
        if tag in _ENDS_PARAGRAPH and self.stack[-1].tag == "p":
            self._pop(start, closed=False)
        if tag in _CLOSES:
            self._imply(tag, start)
        top = self.stack[-1]
        node = Node(_ELEMENT, tag, start, end, top, end, end, True, self._attributes(token, start, end))
        top.children.append(node)
        if tag in VOID_TAGS or (token.self_closing and not self._is_html_container(tag)):
            return
        if len(self.stack) < _DEEPEST:
            self.stack.append(node)
        else:
            node.closed = False
        if tag in RAW_TAGS:
            self.raw = tag

    def _attributes(self, token: Token, start: int, end: int) -> dict[str, str]:
        given = token.attrs or ()
        if self.view.find(AMP, start, end) < 0:
            return dict(given)
        return {name: value.replace(AMP, "&") for name, value in given}

    @staticmethod
    def _is_html_container(tag: str) -> bool:
        """``<div/>`` opens a div; only foreign elements close themselves."""
        return tag in BLOCK_TAGS or tag in RAW_TAGS or tag in {"a", "span", "b", "i", "u", "font", "strong", "em"}

    def _imply(self, tag: str, at: int) -> None:
        ends, stops = _CLOSES[tag]
        for depth in range(len(self.stack) - 1, 0, -1):
            open_tag = self.stack[depth].tag
            if open_tag in ends:
                while len(self.stack) > depth:
                    self._pop(at, closed=False)
                if tag not in {"tr", "tbody"}:
                    return
            elif open_tag in stops:
                return

    def _close(self, tag: str, start: int, end: int) -> None:
        self.raw = ""
        depth = self._depth_of(tag)
        if depth is None:
            self._leaf(NodeKind.STRAY, tag, start, end)
            return
        while len(self.stack) > depth + 1:
            self._pop(start, closed=False)
        node = self.stack.pop()
        node.inner_end, node.end = start, end

    def _depth_of(self, tag: str) -> int | None:
        """Where in the stack the element stands that an end tag closes, None for a stray end tag."""
        inline = tag not in BLOCK_TAGS
        for depth in range(len(self.stack) - 1, 0, -1):
            open_tag = self.stack[depth].tag
            if open_tag == tag:
                return depth
            if inline and open_tag in BLOCK_TAGS:
                return None
            if open_tag in _BARRIERS and tag not in _TABLE_PARTS and tag not in {"body", "html"}:
                return None
        return None

    def _pop(self, at: int, *, closed: bool) -> None:
        node = self.stack.pop()
        node.inner_end = node.end = at
        node.closed = closed

    def close_all(self, size: int) -> None:
        while len(self.stack) > 1:
            self._pop(size, closed=False)
