"""Whether a box lies behind the ground of another: what is painted over what, as far as styles tell without a layout.

A negative ``z-index`` goes below all that is in flow in the same layer: below the ground of boxes around it, and of
the box beside it that begins where it stands, for it takes no room itself. Heights are guessed by counting lines.
"""

from __future__ import annotations

from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text
from turbohtml.cssom import computed_style

from spamguard.examine import declarations as as_known
from spamguard.examine.colours import rgba
from spamguard.examine.values import pixels, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node
    from turbohtml.cssom import ComputedStyle

_TAKEN_OUT: Final = frozenset({"absolute", "fixed"})
_LAYERED: Final = frozenset({"fixed", "sticky"})
_OF_A_LAYER: Final = {
    as_known.TRANSFORM: {"currentcolor", "none"},
    as_known.TRANSLATE: {"medium", "none"},
    as_known.SCALE: {"medium", "none"},
    as_known.FILTER: {"none"},
}
"""Properties that make a layer of an element, and their values that do not."""
_BESIDE: Final = 6
"""Nodes beside a box that are looked at: what covers it is the next that takes room."""
_DEEP: Final = 50
"""Boxes around an element that are looked at: each costs a computed style."""
_WIDE: Final = 300.0
_LINE: Final = 20.0
"""Pixels that a line of text is high."""
_LETTERS: Final = 80
"""Letters of a line."""
_MOST_LINES: Final = 100
_MOST_PARTS: Final = 2_000
_UNREAD: Final = frozenset({"script", "style", "template", "noscript"})
_BLOCKS: Final = frozenset(
    "address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p"  # noqa: SIM905
    " pre section table tr ul".split()
)


def behind(element: Element, style: ComputedStyle, grounds: dict[Element, bool]) -> bool:
    """Whether an element lies behind the ground of one around it or beside it.

    ``grounds`` remembers of the elements around whether what is laid deep in them lies behind a ground.
    """
    if not style["z-index"].startswith("-") or style["position"] == "static":
        return False
    taken_out = style["position"] in _TAKEN_OUT
    if taken_out and _is_under_a_neighbour(element, style):
        return True
    # A ground ends where the last box in it ends: what takes no room and stands behind that is seen.
    at_the_end = taken_out and _has_no_place(style)
    climbed: list[Element] = []
    found = False
    for inner, around in islice(pairwise((element, *islice(element.ancestors, _DEEP))), _DEEP):
        if not isinstance(inner, Element) or not isinstance(around, Element):
            break
        if not at_the_end and around in grounds:
            found = grounds[around]
            break
        own = computed_style(around)
        at_the_end = at_the_end and not _goes_on(inner, own)
        if not at_the_end:
            climbed.append(around)
        if _is_bottom(around) or _is_a_layer(own):
            break
        if _has_ground(own) and not at_the_end:
            found = True
            break
    grounds.update(dict.fromkeys(climbed, found))
    return found


def _is_bottom(element: Element) -> bool:
    """Whether the ground of an element is that of the whole page, below everything: the body's, or else the root's."""
    return element.tag == "html" or (element.tag == "body" and not _has_ground(computed_style(_parent_of(element))))


def _has_no_place(style: ComputedStyle) -> bool:
    return style["top"] == style["bottom"] == "auto"


def _parent_of(element: Element) -> Element:
    parent = element.parent
    return parent if isinstance(parent, Element) else element


def _has_ground(style: ComputedStyle) -> bool:
    ground = rgba(style["background-color"])
    return ground is not None and ground[1] >= 1.0 and style[as_known.BACKGROUND_CLIP] != "text"


def _is_a_layer(style: ComputedStyle) -> bool:
    """Whether all that is in an element is painted over its own ground, however deep it is laid."""
    if style["position"] in _LAYERED or (style["position"] != "static" and style["z-index"] != "auto"):
        return True
    return share(style["opacity"]) < 1.0 or any(style[name] not in none for name, none in _OF_A_LAYER.items())


def _goes_on(element: Element, style: ComputedStyle) -> bool:
    """Whether a box has room behind one that stands in it and takes none."""
    if pixels(style["height"], 0.0) > 0 or pixels(style["min-height"], 0.0) > 0:
        return True
    return any(_lines(beside, 1) for beside in islice(element.next_siblings, _BESIDE))


def _is_under_a_neighbour(element: Element, style: ComputedStyle) -> bool:
    """Whether the next box in flow has a ground, and an element that is not in flow stands where that begins."""
    down = 0.0
    beside: Iterator[Node] = element.next_siblings
    if not _has_no_place(style):
        around = _parent_of(element)
        # Its children as a whole may be many.
        first = next(around.descendants)
        down, beside = pixels(style["top"], -1.0), chain((first,), first.next_siblings)
        if down < 0 or (around.tag != "body" and computed_style(around)["position"] == "static"):
            return False
    if pixels(style["left"], 0.0) < 0 or style["right"] != "auto":
        return False
    for node in islice(beside, _BESIDE):
        if isinstance(node, Text) and node.data.strip():
            return False
        if isinstance(node, Element) and node is not element and node.tag not in _UNREAD:
            own = computed_style(node)
            if own["display"] != "none" and own["position"] not in _TAKEN_OUT:
                return _covers(node, own, down / _LINE + _lines(element, _MOST_LINES))
    return False


def _covers(element: Element, style: ComputedStyle, lines: float) -> bool:
    """Whether an element in flow has a ground as wide as the place it stands in and so many lines high."""
    if element.tag not in _BLOCKS or style["float"] != "none" or not _has_ground(style):
        return False
    if share(style["opacity"]) < 1.0 or style["visibility"] != "visible" or style["z-index"].startswith("-"):
        return False
    # One that is narrower than the page leaves room beside it.
    if pixels(style["margin-left"], _WIDE) > _LINE or style["max-width"] != "none":
        return False
    if style["width"] not in {"auto", "100%"} and pixels(style["width"], 0.0) < _WIDE:
        return False
    told = max(pixels(style["height"], 0.0), pixels(style["min-height"], 0.0)) / _LINE
    return max(told, _lines(element, lines)) >= lines


def _lines(node: Node, enough: float) -> float:
    """How many lines a node takes, counted up to ``enough``."""
    lines = 0.0
    for part in islice(chain((node,), node.descendants), _MOST_PARTS):
        if isinstance(part, Element):
            lines += part.tag in _BLOCKS
        elif isinstance(part, Text) and getattr(part.parent, "tag", None) not in _UNREAD:
            lines += len(part.data.strip()) / _LETTERS
        if lines >= enough:
            break
    return lines
