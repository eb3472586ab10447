"""Which text is hidden from people, by the page's own cascade.

The only place that builds a browser's tree. Elements of the outline and of the tree are matched by where their start
tags stand in the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, parse
from turbohtml.cssom import computed_style

from spamguard.examine.suspects import CLIPPED, FAINT, FAR, SMALL, TINY, suspects_of
from spamguard.examine.values import WHITE, near, pixels, rgb
from spamguard.page.tokens import AMP

if TYPE_CHECKING:
    from turbohtml.cssom import ComputedStyle

    from spamguard.examine.values import Colour
    from spamguard.page.outline import Node

_BUDGET: Final = 600
"""Computed styles a page may cost before only elements with a style of their own are asked."""
_SCRIPT_HIDES: Final = re.compile(
    r"""getElementById\(\s*(['"])([\w.-]{1,64})\1\s*\)\s*\.style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\3"""
)
_SCRIPT_RULE: Final = re.compile(
    r"""#([\w-]{4,64})\s*\{[^}]{0,200}?(?:(?:top|left)\s*:\s*-\d{3,}|display\s*:\s*none)"""
)

_CLIPS: Final = frozenset({"hidden", "auto", "scroll", "clip"})
FALLBACKS: Final = frozenset({"template", "noframes", "noembed", "noscript"})
"""Elements whose content shows only where something else does not work."""
STRONG: Final = frozenset(
    {"off-screen", "zero-size", "table-column", "tiny-marquee", "font-size", "text-indent", "opacity", "clip", "colour"}
)
"""Mechanisms that honest pages seldom use around links; ``display`` and the like are everyday."""


class Visibility:
    """Answers, for elements of one page, how they are hidden. Each element is computed at most once."""

    def __init__(self, view: str, scripts: str) -> None:
        self._suspects: dict[int, Element] | None = None
        self._view = view
        self._known: dict[Node, tuple[Node, str] | None] = {}
        self._grounds: dict[Element, Colour | None] = {}
        self._left = _BUDGET
        self._hidden_ids = {match[2] for match in _SCRIPT_HIDES.finditer(scripts)}
        self._hidden_ids |= {match[1] for match in _SCRIPT_RULE.finditer(scripts)}

    def hidden(self, node: Node) -> tuple[Node, str] | None:
        """The nearest element that hides a node, the node itself included, and how; None when people see it."""
        found: tuple[Node, str] | None = None
        climbed = []
        for element in (node, *node.ancestors()):
            if element in self._known:
                found = self._known[element]
                break
            climbed.append(element)
            if element.tag and (mechanism := self._judge(element)) is not None:
                found = element, mechanism
                break
        self._known.update(dict.fromkeys(climbed, found))
        return found

    def _judge(self, node: Node) -> str | None:
        if node.tag in FALLBACKS:
            return node.tag
        if not node.attributes:
            return None
        given = node.attributes
        if node.tag == "marquee" and _small(given.get("width")) and _small(given.get("height")):
            return "tiny-marquee"
        if "hidden" in given:
            return "hidden-attribute"
        if given.get("id") in self._hidden_ids:
            return "script"
        if not (given.get("style") or given.get("class") or given.get("id") or given.get("color")):
            return None
        if self._left <= 0 and "style" not in given:
            return None
        self._left -= 1
        element = self._element(node)
        return self._mechanism(element) if element is not None else None

    def _element(self, node: Node) -> Element | None:
        if self._suspects is None:
            self._suspects = suspects_of(parse(self._view.replace(AMP, "&"), source_locations=True))
        return self._suspects.get(node.start)

    def _mechanism(self, element: Element) -> str | None:
        """How the computed style of an element hides it."""
        style = computed_style(element)
        display = style["display"]
        if display == "none":
            return "display"
        if display.startswith("table-column"):
            return "table-column"
        if style["visibility"] in {"hidden", "collapse"}:
            return "visibility"
        if pixels(style["opacity"], 1.0) <= FAINT:
            return "opacity"
        if pixels(style["font-size"], 16.0) <= TINY:
            return "font-size"
        if pixels(style["text-indent"], 0.0) <= FAR:
            return "text-indent"
        if _off_screen(style):
            return "off-screen"
        if _zero_size(style):
            return "zero-size"
        if CLIPPED.search(element.attr("style") or ""):
            return "clip"
        ink = rgb(style["color"])
        ground = self._ground(element) if ink is not None else None
        return "colour" if ink is not None and ground is not None and near(ink, ground) else None

    def _ground(self, element: Element) -> Colour | None:
        """The nearest background that is set, white for a page without one; None where it is an image."""
        climbed: list[Element] = []
        node: Element | None = element
        ground: Colour | None = WHITE
        while node is not None:
            if node in self._grounds:
                ground = self._grounds[node]
                break
            climbed.append(node)
            style = computed_style(node)
            if style["background-image"] != "none":
                ground = None
                break
            own = rgb(style["background-color"]) or rgb(node.attr("bgcolor") or "")
            if own is not None:
                ground = own
                break
            parent = node.parent
            node = parent if isinstance(parent, Element) else None
        self._grounds.update(dict.fromkeys(climbed, ground))
        return ground


def _off_screen(style: ComputedStyle) -> bool:
    if style["position"] in {"absolute", "fixed", "relative"} and any(
        pixels(style[side], 0.0) <= FAR for side in ("left", "top", "right", "bottom")
    ):
        return True
    return any(pixels(style[f"margin-{side}"], 0.0) <= FAR for side in ("left", "top"))


def _zero_size(style: ComputedStyle) -> bool:
    clipped = style["overflow-x"] in _CLIPS or style["overflow-y"] in _CLIPS
    if not clipped:
        return False
    width, height = pixels(style["width"], 999.0), pixels(style["height"], 999.0)
    width, height = min(width, pixels(style["max-width"], 999.0)), min(height, pixels(style["max-height"], 999.0))
    return min(width, height) <= TINY or max(width, height) <= SMALL


def _small(value: str | None) -> bool:
    return value is not None and pixels(value, 999.0) <= 10
