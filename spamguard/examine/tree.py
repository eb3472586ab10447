"""Which text is hidden from people, by the page's own cascade.

The only place that builds a browser's tree. Elements of the outline and of the tree are matched by where their start
tags stand in the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, parse
from turbohtml.cssom import computed_style

from spamguard.page.tokens import AMP

if TYPE_CHECKING:
    from turbohtml.cssom import ComputedStyle

    from spamguard.page.outline import Node

_LENGTH: Final = re.compile(
    r"(-?\d{0,12}\.?\d{1,12})\s{0,4}(px|pt|em|rem|%|vw|vh|cm|mm|in|ex|ch)?\s{0,4}$", re.IGNORECASE
)
_BUDGET: Final = 600
"""Computed styles a page may cost before only elements with a style of their own are asked."""
_FAR: Final = -400.0
_PIXELS: Final = {"pt": 4 / 3, "em": 16.0, "rem": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "ex": 8.0, "ch": 8.0}
_SCRIPT_HIDES: Final = re.compile(
    r"""getElementById\(\s*(['"])([\w.-]{1,64})\1\s*\)\s*\.style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\3"""
)
_SCRIPT_RULE: Final = re.compile(
    r"""#([\w-]{4,64})\s*\{[^}]{0,200}?(?:(?:top|left)\s*:\s*-\d{3,}|display\s*:\s*none)"""
)

_CLIPPED: Final = re.compile(
    r"clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|transform\s*:\s*scale\(\s*0",
    re.IGNORECASE,
)
_Colour = tuple[int, int, int]
_WHITE: Final = (255, 255, 255)
_CLIPS: Final = frozenset({"hidden", "auto", "scroll", "clip"})
_HEX: Final = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")
_FUNCTION: Final = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*\)")
_NAMED: Final = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}

FALLBACKS: Final = frozenset({"template", "noframes", "noembed", "noscript"})
"""Elements whose content shows only where something else does not work."""
STRONG: Final = frozenset(
    {"off-screen", "zero-size", "table-column", "tiny-marquee", "font-size", "text-indent", "opacity", "clip", "colour"}
)
"""Mechanisms that honest pages seldom use around links; ``display`` and the like are everyday."""


class Visibility:
    """Answers, for elements of one page, how they are hidden. Each element is computed at most once."""

    def __init__(self, view: str, scripts: str) -> None:
        self._elements: dict[int, Element] | None = None
        self._view = view
        self._known: dict[int, str | None] = {}
        self._grounds: dict[Element, _Colour | None] = {}
        self._left = _BUDGET
        self._hidden_ids = {match[2] for match in _SCRIPT_HIDES.finditer(scripts)}
        self._hidden_ids |= {match[1] for match in _SCRIPT_RULE.finditer(scripts)}

    def hidden(self, node: Node) -> tuple[Node, str] | None:
        """The nearest element that hides a node, the node itself included, and how; None when people see it."""
        for element in (node, *node.ancestors()):
            if element.tag and (mechanism := self._own(element)) is not None:
                return element, mechanism
        return None

    def _own(self, node: Node) -> str | None:
        if node.start not in self._known:
            self._known[node.start] = self._judge(node)
        return self._known[node.start]

    def _judge(self, node: Node) -> str | None:
        if node.tag in FALLBACKS:
            return node.tag
        if node.tag == "marquee" and _small(node.attribute("width")) and _small(node.attribute("height")):
            return "tiny-marquee"
        if node.attribute("hidden") is not None:
            return "hidden-attribute"
        identity = node.attribute("id")
        if identity is not None and identity in self._hidden_ids:
            return "script"
        if not any(node.attribute(name) for name in ("style", "class", "id", "color")):
            return None
        if self._left <= 0 and node.attribute("style") is None:
            return None
        self._left -= 1
        element = self._element(node)
        return self._mechanism(element) if element is not None else None

    def _element(self, node: Node) -> Element | None:
        if self._elements is None:
            self._elements = _by_place(self._view)
        return self._elements.get(node.start)

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
        if _pixels(style["opacity"], 1.0) <= 0.02:
            return "opacity"
        if _pixels(style["font-size"], 16.0) <= 1.0:
            return "font-size"
        if _pixels(style["text-indent"], 0.0) <= _FAR:
            return "text-indent"
        if _off_screen(style):
            return "off-screen"
        if _zero_size(style):
            return "zero-size"
        if _CLIPPED.search(element.attr("style") or ""):
            return "clip"
        ink = _rgb(style["color"])
        ground = self._ground(element) if ink is not None else None
        return "colour" if ink is not None and ground is not None and _near(ink, ground) else None

    def _ground(self, element: Element) -> _Colour | None:
        """The nearest background that is set, white for a page without one; None where it is an image."""
        climbed: list[Element] = []
        node: Element | None = element
        ground: _Colour | None = _WHITE
        while node is not None:
            if node in self._grounds:
                ground = self._grounds[node]
                break
            climbed.append(node)
            style = computed_style(node)
            if style["background-image"] != "none":
                ground = None
                break
            own = _rgb(style["background-color"]) or _rgb(node.attr("bgcolor") or "")
            if own is not None:
                ground = own
                break
            parent = node.parent
            node = parent if isinstance(parent, Element) else None
        self._grounds.update(dict.fromkeys(climbed, ground))
        return ground


def _by_place(view: str) -> dict[int, Element]:
    """Elements of the tree by the offset of their start tag."""
    places: dict[int, Element] = {}
    for element in parse(view.replace(AMP, "&"), source_locations=True).select("*"):
        location = element.source_location
        if location is not None:
            places.setdefault(location.start_tag.start_offset, element)
    return places


def _off_screen(style: ComputedStyle) -> bool:
    if style["position"] in {"absolute", "fixed", "relative"} and any(
        _pixels(style[side], 0.0) <= _FAR for side in ("left", "top", "right", "bottom")
    ):
        return True
    return any(_pixels(style[f"margin-{side}"], 0.0) <= _FAR for side in ("left", "top"))


def _zero_size(style: ComputedStyle) -> bool:
    clipped = style["overflow-x"] in _CLIPS or style["overflow-y"] in _CLIPS
    if not clipped:
        return False
    width, height = _pixels(style["width"], 999.0), _pixels(style["height"], 999.0)
    width, height = min(width, _pixels(style["max-width"], 999.0)), min(height, _pixels(style["max-height"], 999.0))
    return min(width, height) <= 1.0 or max(width, height) <= 8.0


def _near(one: _Colour, other: _Colour) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))


def _rgb(colour: str) -> _Colour | None:
    colour = colour.strip().lower()
    if colour in _NAMED:
        return _NAMED[colour]
    if match := _HEX.fullmatch(colour):
        digits = match[1] if len(match[1]) == 6 else "".join(c * 2 for c in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _FUNCTION.match(colour):
        return int(match[1]), int(match[2]), int(match[3])
    return None


def _pixels(value: str, otherwise: float) -> float:
    match = _LENGTH.match(value)
    if match is None:
        return otherwise
    unit = (match[2] or "px").lower()
    if unit in {"%", "vw", "vh"}:
        return float(match[1]) * 10 if float(match[1]) < 0 else otherwise
    return float(match[1]) * _PIXELS.get(unit, 1.0)


def _small(value: str | None) -> bool:
    return value is not None and _pixels(value, 999.0) <= 10
