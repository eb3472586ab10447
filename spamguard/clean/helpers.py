"""The parts that serve a block and nothing else: the rule that hides it, the script that hides it or swaps the title.

Removing only the links would leave broken helpers behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import Node, NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SELECTOR: Final = re.compile(r"\s*(?:[a-z0-9]+)?[.#]([\w-]+)\s*", re.IGNORECASE)
_RULE: Final = re.compile(r"(?:(?<=[{}])|\A)([^{}]+)\{([^{}]*)\}")
_NAMED_ELEMENT: Final = re.compile(r"""getElementById\(\s*(['"])([\w.-]{1,64})\1|['"`]\s*#([\w-]{1,64})\s*\{""")
_HIDES: Final = re.compile(r"display|visibility|left|top|position|cssText|style", re.IGNORECASE)
_WRITES_OPENING: Final = re.compile(r"document\.write(?:ln)?\s*\(", re.IGNORECASE)
_SPLIT_STRING: Final = re.compile(r"""(['"])\s*\+\s*\1""")
_LONGEST_SCRIPT: Final = 20_000
_SWAP: Final = re.compile(
    r"""document\s*\.\s*title\s*=\s*(['"])((?:(?!\1)[^\\\r\n]|\\.){1,300})\1""",
)
_ASKS_WHO: Final = re.compile(r"userAgent|referrer", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)")


@dataclass(frozen=True, slots=True)
class Swap:
    """A script that shows people another title than crawlers get: its element and the title it holds."""

    node: Node
    title: str


def helper_spans(root: Node, view: str, cut: Sequence[Node]) -> list[Span]:
    """Style rules and scripts outside the cut nodes that only serve them."""
    inside = [node for top in cut for node in top.walk() if node.kind is NodeKind.ELEMENT]
    if not inside:
        return []
    names = {name for node in inside for name in _names(node)}
    cut_ids = {id(node) for node in inside}
    spans = list(_writers(root, view, cut))
    if not names:
        return spans
    names -= {
        name
        for node in root.walk()
        if node.kind is NodeKind.ELEMENT and id(node) not in cut_ids
        for name in _names(node)
    }
    for node in root.walk():
        if node.kind is NodeKind.RAW and node.parent is not None and id(node.parent) not in cut_ids:
            text = view[node.start : node.end]
            if node.tag == "style":
                spans += _style_spans(node, text, names)
            elif node.tag == "script" and len(text) <= _LONGEST_SCRIPT and _serves(text, names):
                spans.append(Span(node.parent.start, node.parent.end))
    return spans


def _names(node: Node) -> Iterable[str]:
    identity = node.attribute("id")
    if identity:
        yield identity
    yield from (node.attribute("class") or "").split()


def _style_spans(node: Node, text: str, names: set[str]) -> Iterable[Span]:
    """The whole style element when it holds only rules for the cut names, else just those rules."""
    rules = list(_RULE.finditer(text))
    ours = [rule for rule in rules if _only_names(rule[1], names)]
    if ours and len(ours) == len(rules) and node.parent is not None:
        yield Span(node.parent.start, node.parent.end)
        return
    for rule in ours:
        yield Span(node.start + rule.start(), node.start + rule.end())


def _only_names(selectors: str, names: set[str]) -> bool:
    for selector in selectors.split(","):
        words = selector.split()
        match = _SELECTOR.fullmatch(words[0]) if words else None
        if match is None or match[1] not in names:
            return False
    return True


def _serves(script: str, names: set[str]) -> bool:
    named = {match[2] or match[3] for match in _NAMED_ELEMENT.finditer(script)}
    return bool(named) and named <= names and _HIDES.search(script) is not None


def _writers(root: Node, view: str, cut: Sequence[Node]) -> Iterable[Span]:
    """A pair of scripts around the block, one writing the opening tag of its hiding place, one the closing tag."""
    elements: dict[int, list[Node]] = {}
    for node in cut:
        parent = node.parent or root
        if id(parent) not in elements:
            elements[id(parent)] = [n for n in parent.children if n.kind is NodeKind.ELEMENT]
        siblings = elements[id(parent)]
        place = bisect_left(siblings, node.start, key=lambda n: n.start)
        if place == 0 or place + 1 >= len(siblings) or siblings[place] is not node:
            continue
        before, after = siblings[place - 1], siblings[place + 1]
        if before.tag != "script" or after.tag != "script":
            continue
        opening = _SPLIT_STRING.sub("", view[before.start : before.end])
        closing = _SPLIT_STRING.sub("", view[after.start : after.end])
        if (
            len(opening) + len(closing) < 2000
            and _WRITES_OPENING.search(opening)
            and _HIDES.search(opening)
            and _WRITES_OPENING.search(closing)
            and "</" in closing.split("document.write", 1)[-1].replace("<\\/", "</")
        ):
            yield Span(before.start, before.end)
            yield Span(after.start, after.end)


def swap_of(root: Node, raw: bytes, codec: str) -> Swap | None:
    """The script that sets the page's true title for people, if there is one."""
    for node in root.walk():
        if node.kind is NodeKind.RAW and node.tag == "script" and node.end - node.start <= _LONGEST_SCRIPT:
            text = raw[node.start : node.end].decode(codec, "replace")
            match = _SWAP.search(text)
            if match is not None and _ASKS_WHO.search(text) and node.parent is not None:
                return Swap(node.parent, unescape(_ESCAPE.sub(_unescaped, match[2])))
    return None


def _unescaped(match: re.Match[str]) -> str:
    if match[3] is not None:
        return str(match[3])
    return chr(int(match[1] or match[2], 16))
