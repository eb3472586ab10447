"""Scripts and style sheets that serve an element which they name: they change how it is shown, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.page.outline import Node

RULE: Final = re.compile(r"[{}]([^{}]+)\{([^{}]*)(?=\})")
"""A style rule and the brace before it, for which a search is fast; the one at its end is the next one's."""
_SELECTOR: Final = re.compile(r"\s*(?:[a-z0-9]+)?([.#][\w-]+)(?:::?[a-z-]{4,20}){0,3}\s*", re.IGNORECASE)
_NAMED_ELEMENT: Final = re.compile(
    r"""getElementById\(\s*(['"])([\w.-]{1,64})\1|['"`]\s*#([\w-]{1,64})\s*\{"""
    r"""|querySelector(?:All)?\(\s*(['"`])\s*#([\w-]{1,64})\s*\4"""
)
_CALLED: Final = re.compile(
    r"""(?:\$|jQuery|querySelector|querySelectorAll)\(\s*(['"`])\s*([#.][\w-]{1,64})\s*\1\s*\)"""
    r"""|getElementsByClassName\(\s*(['"])([\w-]{1,64})\3\s*\)"""
)
_HIDES: Final = re.compile(r"display|visibility|left|top|position|cssText|style", re.IGNORECASE)
_SPLIT_STRING: Final = re.compile(r"""(['"])\s*\+\s*\1""")
_MOVES: Final = re.compile(r"@(?:-[a-z]{1,9}-)?keyframes\s+([\w-]{1,80})\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
LONGEST_SCRIPT: Final = 20_000


class Servants:
    """The short scripts and style sheets of a page that name elements, each with the bytes that these stand in."""

    def __init__(self, nodes: Iterable[Node], view: str) -> None:
        told: dict[int, frozenset[str]] = {}
        hulls: dict[str, tuple[int, int]] = {}
        for node in nodes:
            if node.kind is NodeKind.RAW and node.parent is not None and node.tag in {"script", "style"}:
                names = _told(node.tag, view[node.start : node.end])
                if names:
                    told[node.start] = told[node.parent.start] = names
            elif node.kind is NodeKind.ELEMENT and node.attributes:
                for name in names_of(node):
                    first, last = hulls.get(name, (node.start, node.end))
                    hulls[name] = (first, max(last, node.end))
        self._hulls = {
            start: (min(hulls[name][0] for name in names), max(hulls[name][1] for name in names))
            for start, names in told.items()
            if names <= hulls.keys()
        }

    def serves_within(self, start: int, node: Node) -> bool:
        """Whether the element, or its text, that begins at a place serves only what stands in a node."""
        hull = self._hulls.get(start)
        return hull is not None and node.start <= hull[0] and hull[1] <= node.end

    def serves(self, start: int) -> bool:
        """Whether the element, or its text, that begins at a place serves only what it names."""
        return start in self._hulls


def _told(tag: str, text: str) -> frozenset[str]:
    if tag == "script":
        return named_in(text)
    if len(text) > LONGEST_SCRIPT:
        return frozenset()
    return names_in_sheet(text)


def names_in_sheet(sheet: str) -> frozenset[str]:
    """The names of elements that the rules of a style sheet begin with; none when one of them does not begin so.

    How something moves is told to a name of the sheet's own: of one that tells nothing else these are the names.
    """
    moves = _MOVES.findall(sheet) if "keyframes" in sheet else []
    sheet = _MOVES.sub("", sheet) if moves else sheet
    if moves and not sheet.strip():
        return frozenset(f"@{move}" for move in moves)
    rules = [names_ruled(rule[1]) for rule in RULE.finditer("}" + sheet)]
    return frozenset[str]().union(*rules) if all(rules) else frozenset()


def shows(script: str) -> bool:
    """Whether a script speaks of how something is shown."""
    return _HIDES.search(script) is not None


def whole_strings(script: str) -> str:
    """A script in which the strings are whole that it puts together from parts, so that nobody finds them."""
    return _SPLIT_STRING.sub("", script)


def named_in(script: str) -> frozenset[str]:
    """The elements that a short script names, when it is about their style."""
    if len(script) > LONGEST_SCRIPT:
        return frozenset()
    script = whole_strings(script)
    if not shows(script):
        return frozenset()
    named = {f"#{match[2] or match[3] or match[5]}" for match in _NAMED_ELEMENT.finditer(script)}
    return frozenset(named | {match[2] or f".{match[4]}" for match in _CALLED.finditer(script)})


def names_of(node: Node) -> Iterable[str]:
    """What rules and scripts call an element: an ``id`` and a class of one spelling are two names."""
    identity = node.attribute("id")
    if identity:
        yield f"#{identity}"
    yield from (f".{name}" for name in (node.attribute("class") or "").split())


def names_ruled(selectors: str) -> frozenset[str]:
    """The names of elements that the selectors of a rule begin with; none when one of them does not begin so."""
    names = set()
    for selector in selectors.split(","):
        words = selector.split(maxsplit=1)
        match = _SELECTOR.fullmatch(words[0]) if words else None
        if match is None:
            return frozenset()
        names.add(match[1])
    return frozenset(names)
