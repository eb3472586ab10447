"""Whether sizes, places and shapes leave nothing of an element to see, as far as styles tell without a layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine import declarations as as_known
from spamguard.examine.suspects import FAINT, FAR, FAR_BELOW, FAR_RIGHT, SMALL, TINY
from spamguard.examine.values import SCREEN, along, pixels, share

if TYPE_CHECKING:
    from turbohtml.cssom import ComputedStyle

_CLIPS: Final = frozenset({"hidden", "auto", "scroll", "clip"})
_TAKEN_OUT: Final = frozenset({"absolute", "fixed"})
_IN_LINE: Final = frozenset(
    "a abbr b bdi bdo big cite code em font i ins kbd label mark q s small span strong sub sup u".split()  # noqa: SIM905
)
_RECT: Final = re.compile(r"rect\(\s*([^()]{1,80})\)", re.IGNORECASE)
_INSET: Final = re.compile(r"inset\(\s*(\d{1,9}(?:\.\d{1,9})?)%", re.IGNORECASE)
_EMPTY_SHAPE: Final = re.compile(r"circle\(\s*0(?:px|%)?[\s)]|ellipse\(\s*0|polygon\([0px%,\s]{1,80}\)", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"(translate|scale)(x|y|3d)?\(\s*([^()]{1,80})\)", re.IGNORECASE)
_FLAT_MATRIX: Final = re.compile(r"matrix\(\s*0(?:\.0+)?\s*,\s*0", re.IGNORECASE)
_MATRIX: Final = re.compile(r"matrix\((?:[^(),]{1,20},){4}([^(),]{1,20}),([^(),]{1,20})\)", re.IGNORECASE)
_ON_EDGE: Final = re.compile(r"rotate[xy]\(\s*-?90deg", re.IGNORECASE)
_FILTERED: Final = re.compile(r"opacity\(\s*([\d.]{1,9}%?)\s*\)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,]+")
_FAR_SHARE: Final = -500.0


def unreadably_small(style: ComputedStyle) -> bool:
    """Whether the letters are too small to be seen as letters."""
    size = style["font-size"]
    return pixels(size, 16.0) <= TINY or (size.endswith("%") and share(size) == 0.0)


def replaced(style: ComputedStyle) -> bool:
    """Whether a picture of some size stands for a text that is indented away."""
    sized = pixels(style["width"], 0.0) > 0 and pixels(style["height"], 0.0) > 0
    return sized and style["background-image"] not in {"", "none"}


def indented_away(style: ComputedStyle) -> bool:
    """Whether the first line starts outside of its box or of the screen."""
    indent = style["text-indent"]
    if pixels(indent, 0.0) <= FAR:
        return True
    clips = style["overflow-x"] in _CLIPS
    if along(indent, 0.0) >= SCREEN[0] and style["white-space"] == "nowrap":
        return clips or along(indent, 0.0) >= FAR_RIGHT
    return share(indent) >= 1.0 and indent.endswith("%") and clips


def filtered_out(style: ComputedStyle) -> bool:
    """Whether a filter lets nothing through."""
    match = _FILTERED.search(style[as_known.FILTER])
    return match is not None and share(match[1]) <= FAINT


def off_screen(style: ComputedStyle) -> bool:
    """Whether an element stands where nobody can scroll, or would."""
    x, y = _moved(style)
    position = style["position"]
    if position != "static":
        x += _side(style["left"], style["right"], SCREEN[0])
        y += _side(style["top"], style["bottom"], SCREEN[1])
        if x >= FAR_RIGHT or (position == "fixed" and y >= FAR_BELOW):
            return True
    x += along(style["margin-left"], SCREEN[0])
    y += along(style["margin-top"], SCREEN[0])
    return x <= FAR or y <= FAR


def _side(near: str, far: str, whole: float) -> float:
    """How far an element is from the near side, or how far beyond it when it is kept off the far one."""
    if near != "auto":
        return along(near, whole)
    distance = along(far, whole)
    if distance <= FAR:
        return distance
    return -distance if distance >= FAR_BELOW else 0.0


def _moved(style: ComputedStyle) -> tuple[float, float]:
    """How far transforms move an element. A share is of its own size: only many times that is far."""
    moves = [((match[2] or "").lower(), match[3]) for match in _functions(style, "translate")]
    own = style[as_known.TRANSLATE]
    x = y = 0.0
    for axis, given in [*moves, *([("", own)] if own != "medium" else [])]:
        sides = [_step(value) for value in _BETWEEN.split(given.strip())]
        x += sides[0] if axis != "y" else 0.0
        y += sides[0] if axis == "y" else sides[1] if len(sides) > 1 and axis != "x" else 0.0
    matrix = _MATRIX.search(style[as_known.TRANSFORM])
    if matrix is not None:
        x, y = x + along(matrix[1].strip(), 0.0), y + along(matrix[2].strip(), 0.0)
    return x, y


def _step(value: str) -> float:
    if value.endswith("%"):
        distance = share(value) * 100
        return FAR if distance <= _FAR_SHARE else 0.0
    return along(value, 0.0)


def zero_size(style: ComputedStyle, tag: str | None) -> bool:
    """Whether an element is a box without room that shows nothing beyond it."""
    clips = style["overflow-x"] in _CLIPS or style["overflow-y"] in _CLIPS or tag == "marquee"
    if not clips or _is_in_line(style, tag):
        return False
    width, height = _extent(style, "width"), _extent(style, "height")
    return min(width, height) <= TINY or max(width, height) <= SMALL


def _extent(style: ComputedStyle, name: str) -> float:
    most = min(pixels(style[name], 999.0), pixels(style[f"max-{name}"], 999.0))
    return max(most, pixels(style[f"min-{name}"], 0.0))


def _is_in_line(style: ComputedStyle, tag: str | None) -> bool:
    """Whether an element is part of a line, where it has no size of its own."""
    if tag not in _IN_LINE or style["display"] != "inline":
        return False
    return style["float"] == "none" and style["position"] not in _TAKEN_OUT


def clipped(style: ComputedStyle) -> bool:
    """Whether nothing is left of an element after clipping."""
    path = style[as_known.CLIP_PATH]
    inset = _INSET.search(path)
    if (inset is not None and float(inset[1]) >= 50) or _EMPTY_SHAPE.search(path):
        return True
    rect = _RECT.match(style[as_known.CLIP]) if style["position"] in _TAKEN_OUT else None
    sides = _BETWEEN.split(rect[1].strip()) if rect is not None else []
    if len(sides) != 4 or "auto" in sides:
        return False
    top, right, bottom, left = (along(side, 0.0) for side in sides)
    return bottom - top <= 2 * TINY or right - left <= 2 * TINY


def scaled_away(style: ComputedStyle) -> bool:
    """Whether an element is drawn without width or height."""
    own = style[as_known.SCALE]
    scales = [match[3] for match in _functions(style, "scale")] + ([own] if own != "medium" else [])
    if any(share(part) <= FAINT for given in scales for part in _BETWEEN.split(given.strip())[:2]):
        return True
    transform = style[as_known.TRANSFORM]
    return _FLAT_MATRIX.search(transform) is not None or _ON_EDGE.search(transform) is not None


def _functions(style: ComputedStyle, name: str) -> list[re.Match[str]]:
    return [match for match in _FUNCTION.finditer(style[as_known.TRANSFORM]) if match[1].lower() == name]
