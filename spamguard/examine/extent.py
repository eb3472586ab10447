"""How far a block reaches in the bytes: the run inside a text node, or the wrapper that holds nothing else.

A wrapper is taken when all that stands in it is spam or says nothing (white space, separators, line breaks, comments,
empty elements). Elements that a site is built of are never taken, whatever they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.examine.items import Bound
from spamguard.findings import Span
from spamguard.page.outline import Node, NodeKind
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene
    from spamguard.examine.items import Leaf
    from spamguard.page.segments import Page

_NEVER: Final = frozenset(
    [
        "html",
        "head",
        "body",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "article",
        "section",
        "form",
        "frameset",
        "title",
        "select",
        "table-cell",
    ]
)
_CELLS: Final = frozenset({"td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "dt", "dd", "summary"})
_CONTENT: Final = frozenset(
    [
        "img",
        "picture",
        "video",
        "audio",
        "iframe",
        "object",
        "embed",
        "canvas",
        "svg",
        "input",
        "button",
        "select",
        "textarea",
        "form",
        "math",
        "map",
    ]
)
_SILENT: Final = frozenset({"br", "hr", "wbr", "source", "track", "param", "col"})
_MARKER: Final = re.compile(rb"<!--\s*(?:sj:)?[0-9a-fA-F]{4,8}\s*-->")
_LINE_END: Final = re.compile(rb"[ \t]*(\r\n|\n|\r)")
_SEPARATORS: Final = " \t|｜丨,，、;；•·‧-–—_/~"


@dataclass(frozen=True, slots=True)
class Extent:
    """The bytes of a block. ``closed`` is False when text of the page's own is glued to it inside a sentence."""

    spans: tuple[Span, ...]
    nodes: tuple[Node, ...]
    closed: bool


def extent_of(page: Page, scene: Scene, stretch: Stretch) -> Extent:
    """The bytes that a stretch of items stands for."""
    whole, partial = _leaves_of(scene, stretch)
    removable = _Removable(scene, {id(leaf.node) for leaf in whole if leaf.kind is Kind.TEXT})
    nodes = _tops([removable.top(leaf.node) for leaf in whole if leaf.kind is Kind.TEXT])
    spans = [_node_span(page, removable, group) for group in _groups(nodes, removable)]
    for leaf in whole:
        if leaf.kind is not Kind.TEXT:
            span = _carrier_span(leaf)
            spans.append(whole_lines(page.raw, span) if leaf.kind in {Kind.COMMENT, Kind.META} else span)
    for leaf, start, end in partial:
        spans.append(_run_span(page, leaf, start, end))
    return Extent(_merged(spans), tuple(nodes), not _mid_sentence(scene, stretch))


def _mid_sentence(scene: Scene, stretch: Stretch) -> bool:
    """Whether the block begins or ends inside a sentence of a text node."""
    items = scene.items
    return any(
        0 < index < len(items) and items[index - 1].leaf == items[index].leaf and items[index].bound is Bound.SPACE
        for index in (stretch.first, stretch.last)
    )


def _leaves_of(scene: Scene, stretch: Stretch) -> tuple[list[Leaf], list[tuple[Leaf, int, int]]]:
    """Leaves whose every item is in the stretch, and the character range of those that are cut through."""
    whole, partial = [], []
    items = scene.items
    index = stretch.first
    while index < stretch.last:
        leaf_index = items[index].leaf
        last = index
        while last < stretch.last and items[last].leaf == leaf_index:
            last += 1
        before = index > 0 and items[index - 1].leaf == leaf_index
        after = last < len(items) and items[last].leaf == leaf_index
        leaf = scene.leaves[leaf_index]
        if before or after:
            partial.append((leaf, items[index].start if before else 0, items[last - 1].end if after else -1))
        else:
            whole.append(leaf)
        index = last
    return whole, partial


class _Removable:
    """Which nodes hold nothing but the block: a memo over the outline for one block."""

    def __init__(self, scene: Scene, spam: set[int]) -> None:
        self._kept: dict[int, bool] = {}
        self._spam = spam
        self._texts = {id(leaf.node) for leaf in scene.leaves if leaf.kind is Kind.TEXT}

    def silent(self, node: Node) -> bool:
        """Whether nothing would be lost with a node."""
        known = self._kept.get(id(node))
        if known is None:
            order = [node]
            for inner in order:
                order.extend(child for child in inner.children if id(child) not in self._kept)
            for inner in reversed(order):
                self._kept[id(inner)] = self._silent_alone(inner) and all(
                    self._kept[id(child)] for child in inner.children
                )
            known = self._kept[id(node)]
        return known

    def _silent_alone(self, node: Node) -> bool:
        if node.kind is NodeKind.TEXT:
            return id(node) in self._spam or id(node) not in self._texts
        if node.kind in {NodeKind.RAW, NodeKind.DOCTYPE}:
            return False
        if node.kind is NodeKind.ELEMENT:
            return node.tag not in _CONTENT and node.tag not in {"script", "style", "link", "meta", "base"}
        return True

    def top(self, leaf: Node) -> Node:
        """The largest node around a spam leaf that may be taken as a whole."""
        best = node = leaf
        while node.parent is not None and node.parent.parent is not None:
            node = node.parent
            if node.tag in _NEVER or not self.silent(node):
                break
            if node.tag not in _CELLS:
                best = node
        return best


def _tops(nodes: list[Node]) -> list[Node]:
    """Nodes in source order, those inside another left out."""
    kept: list[Node] = []
    for node in sorted({id(n): n for n in nodes}.values(), key=lambda n: (n.start, -n.end)):
        if not kept or node.start >= kept[-1].end:
            kept.append(node)
    return kept


def _groups(nodes: list[Node], removable: _Removable) -> list[list[Node]]:
    """Siblings with only silent nodes between them make one stretch of bytes."""
    groups: list[list[Node]] = []
    for node in nodes:
        if groups and groups[-1][-1].parent is node.parent and _silent_between(groups[-1][-1], node, removable):
            groups[-1].append(node)
        else:
            groups.append([node])
    return groups


def _silent_between(one: Node, other: Node, removable: _Removable) -> bool:
    parent = one.parent
    if parent is None:
        return False
    return all(
        removable.silent(child) for child in parent.children if one.end <= child.start and child.end <= other.start
    )


def _node_span(page: Page, removable: _Removable, group: list[Node]) -> Span:
    """Bytes of neighbouring nodes, with the breaks, separators and markers that came along."""
    start, end = group[0].start, group[-1].end
    raw = page.raw
    if group[-1].kind is NodeKind.ELEMENT and not group[-1].closed:
        end = _last_content(group[-1], raw)
    parent = group[-1].parent
    siblings = parent.children if parent is not None else []
    for sibling in siblings:
        if sibling.start < end:
            continue
        if sibling.kind is NodeKind.TEXT and removable.silent(sibling):
            text = raw[sibling.start : sibling.end].decode(page.codec, "replace")
            separators = len(text) - len(text.lstrip(_SEPARATORS))
            if text.lstrip(_SEPARATORS) != text and text[:separators].strip():
                end = sibling.start + len(text[:separators].rstrip(" \t").encode(page.codec, "replace"))
            if text.strip(_SEPARATORS):
                break
            continue
        if _trails(sibling, raw, group):
            end = sibling.end
            continue
        break
    if len(group) == 1 and group[0].kind is NodeKind.TEXT:
        return _text_span(raw, Span(start, end))
    for sibling in reversed(siblings):
        if sibling.end > start:
            continue
        if sibling.kind is NodeKind.COMMENT and _MARKER.fullmatch(raw[sibling.start : sibling.end]):
            start = sibling.start
            continue
        break
    return whole_lines(raw, Span(start, end))


def _trails(node: Node, raw: bytes, group: list[Node]) -> bool:
    """Whether a silent neighbour belongs to the block that ends before it."""
    if node.kind is NodeKind.COMMENT:
        return _MARKER.fullmatch(raw[node.start : node.end]) is not None
    if node.tag != "br":
        return False
    before = group[0].parent.children if group[0].parent is not None else []
    inside = [n for n in before if group[0].start < n.start < group[-1].start and n.tag == "br"]
    return len(inside) >= len(group) - 1 > 0


def _last_content(node: Node, raw: bytes) -> int:
    """Where an element that was never closed really ends: after its last child, white space left out."""
    end = node.inner_start
    for child in node.children:
        if child.kind is not NodeKind.TEXT or raw[child.start : child.end].strip():
            end = child.end
            if child.kind is NodeKind.ELEMENT and not child.closed:
                end = _last_content(child, raw)
    return end


def _text_span(raw: bytes, span: Span) -> Span:
    """A text node that is all spam: its characters, and the line it had for itself."""
    body = raw[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    end = span.start + len(body.rstrip())
    return whole_lines(raw, Span(start, max(start, end)))


def whole_lines(raw: bytes, span: Span) -> Span:
    """When the stretch fills its lines, the indentation before and one line end after it go with it.

    So does a line end after it that is not of the file's own kind: it came with the block.
    """
    start = span.start
    while start > 0 and raw[start - 1] in b" \t":
        start -= 1
    at_line_start = start == 0 or raw[start - 1] in b"\r\n"
    match = _LINE_END.match(raw, span.end)
    if at_line_start and match is not None:
        return Span(start, match.end())
    if at_line_start and span.end >= len(raw) and start > 0:
        # The last line of the file: the line end before it came with the block.
        begin = start - 1
        if raw[begin : begin + 1] == b"\n" and raw[begin - 1 : begin] == b"\r":
            begin -= 1
        return Span(begin, span.end)
    if match is not None and match[1] == b"\n" and raw.count(b"\r\n") * 2 > raw.count(b"\n"):
        return Span(span.start, match.end())
    return span


def _carrier_span(leaf: Leaf) -> Span:
    """A carrier that is all spam: a comment or meta tag goes, of an attribute and of a title only the value."""
    if leaf.kind in {Kind.COMMENT, Kind.META}:
        return Span(leaf.node.start, leaf.node.end)
    return Span(int(leaf.readable.offsets[0]), int(leaf.readable.offsets[-1]))


def _run_span(page: Page, leaf: Leaf, start: int, end: int) -> Span:
    """Characters ``[start, end)`` of a leaf (-1: to its end) with the separators and the space that came with them."""
    text = leaf.readable.text
    to_end = end < 0
    end = len(text) if to_end else end
    if to_end:
        while end > start and text[end - 1].isspace():
            end -= 1
    while end < len(text) and text[end] in _SEPARATORS + "。.!！" and not text[end - 1].isspace():
        if text[end].isspace():
            break
        end += 1
    offsets = leaf.readable.offsets
    span = Span(int(offsets[start]), int(offsets[end]))
    lines = whole_lines(page.raw, span)
    if lines != span:
        return lines
    if not text[end:].strip():
        while start > 0 and text[start - 1] in " \u3000" + _SEPARATORS:
            start -= 1
    elif start > 0 and text[start - 1] in " \t" and text[end] in " \t\r\n":
        start -= 1
    elif start == 0:
        while end < len(text) and text[end] in _SEPARATORS:
            end += 1
    return Span(int(offsets[start]), int(offsets[end]))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)
