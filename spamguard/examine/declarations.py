"""Declarations of style sheets, put as the cascade knows them: long names, no variables, only what can hide.

The cascade of turbohtml keeps no values of some properties. They travel under the name of one that hides nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.examine.colours import rgba
from spamguard.examine.media import DISPLAYS
from spamguard.examine.values import along

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CLIP: Final = "outline-width"
CLIP_PATH: Final = "outline-style"
TRANSFORM: Final = "outline-color"
TRANSLATE: Final = "border-top-width"
SCALE: Final = "border-right-width"
CONTENT_VISIBILITY: Final = "border-top-style"
FILTER: Final = "border-right-style"
BACKGROUND_CLIP: Final = "border-left-style"
TEXT_FILL: Final = "caption-side"
TEXT_SHADOW: Final = "cursor"
STANDINS: Final = {
    "clip": CLIP,
    "clip-path": CLIP_PATH,
    "-webkit-clip-path": CLIP_PATH,
    "transform": TRANSFORM,
    "-webkit-transform": TRANSFORM,
    "translate": TRANSLATE,
    "scale": SCALE,
    "content-visibility": CONTENT_VISIBILITY,
    "filter": FILTER,
    "background-clip": BACKGROUND_CLIP,
    "-webkit-background-clip": BACKGROUND_CLIP,
    "-webkit-text-fill-color": TEXT_FILL,
    "text-shadow": TEXT_SHADOW,
}
"""Under which name the value of a property travels; those of the last two are inherited."""

_NAMES: Final = """
all bottom color display float font-size height left margin margin-left margin-top max-height max-width
min-height min-width opacity overflow overflow-x overflow-y position right text-indent top visibility white-space
width z-index background-color background-image
"""
_KEPT: Final = frozenset(_NAMES.split())
_ALONG_LINES: Final = {
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-inline-start": "margin-left",
    "margin-block-start": "margin-top",
    **{f"{most}inline-size": f"{most}width" for most in ("", "max-", "min-")},
    **{f"{most}block-size": f"{most}height" for most in ("", "max-", "min-")},
}
"""Names by the direction of writing, and what they mean where lines run from left to right."""
_BOTH_ENDS: Final = {
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
}
_EVERYWHERE: Final = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|(.))", re.DOTALL)
_IMPORTANT: Final = re.compile(r"\s{0,9}!\s{0,9}important\s{0,9}$", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"var\(\s{0,9}(--[^\s,()]{1,80})\s{0,9}(?:,([^()]{0,200}))?\)")
_CALC: Final = re.compile(r"calc\(([^()]{1,100})\)")
_TERM: Final = re.compile(r"\s*([+-]?)\s*([^\s*/+-][^\s*/]*|-[^\s*/]+)\s*((?:[*/]\s*[\d.]{1,9}\s*)*)")
_FACTOR: Final = re.compile(r"([*/])\s*([\d.]{1,9})")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})")
_IMAGE: Final = re.compile(r"url\(|gradient\(|image-set\(|element\(|image\(", re.IGNORECASE)
_COLOUR_TOKEN: Final = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]{0,80}\)|[a-z]{3,30}", re.IGNORECASE)
_FONT_SIZE: Final = re.compile(
    r"(?:^|\s)((?:xx?-)?(?:small|large)|medium|smaller|larger|(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:[a-z]{2,4}|%)?)(?:/|\s)",
    re.IGNORECASE,
)
_LONGEST: Final = 400


def spelled_out(block: str, variables: Mapping[str, str]) -> str:
    """The declarations of a block that have a say in what is hidden."""
    return _spelled(block) if len(block) <= _LONGEST and "--" not in block else _spelled_with(block, variables)


@lru_cache(maxsize=1024)
def _spelled(block: str) -> str:
    return _spelled_with(block, {})


def _spelled_with(block: str, variables: Mapping[str, str]) -> str:
    own = {**variables, **dict(variables_in(block))} if "--" in block else variables
    return ";".join(
        f"{name}:{plain}{' !important' if important else ''}"
        for name, value, important in _declarations(block)
        if not name.startswith("--") and len(value) <= _LONGEST
        for name, plain in _long(name, _resolved(value, own))
    )


def variables_in(block: str) -> Iterator[tuple[str, str]]:
    """The custom properties that a block declares."""
    return ((name, value) for name, value, _ in _declarations(block) if name.startswith("--") and len(value) < _LONGEST)


def _declarations(block: str) -> Iterator[tuple[str, str, bool]]:
    """Names in small letters, values, and whether they are important."""
    for part in _parts(_COMMENT.sub(" ", block) if "/*" in block else block):
        name, colon, value = part.partition(":")
        if not colon:
            continue
        if "\\" in part:
            name, value = _ESCAPE.sub(_unescaped, name), _ESCAPE.sub(_unescaped, value)
        shortened = _IMPORTANT.sub("", value[-_LONGEST:]) if "!" in value else value
        name = name.strip()
        yield name if name.startswith("--") else name.lower(), shortened.strip(), shortened != value


def _parts(block: str) -> Iterator[str]:
    """The block at its semicolons, those in brackets left alone."""
    held: list[str] = []
    depth = 0
    for part in block.split(";"):
        held.append(part)
        depth += part.count("(") - part.count(")")
        if depth <= 0:
            yield ";".join(held)
            held, depth = [], 0
    if held:
        yield ";".join(held)


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return str(match[2])
    point = int(match[1], 16)
    return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    """A value with its variables and sums worked out, as far as that can be done on the spot."""
    for _ in range(4):
        if "var(" not in value or len(value) > _LONGEST:
            break
        value = _VARIABLE.sub(lambda match: variables.get(match[1], (match[2] or "unset").strip()), value)
    return _CALC.sub(_sum, value) if "calc(" in value else value


def _sum(match: re.Match[str]) -> str:
    """What a sum of lengths or numbers comes to; as it is written where shares of a size are in it."""
    total, place, unit = 0.0, 0, ""
    text = match[1]
    while place < len(text.rstrip()):
        term = _TERM.match(text, place)
        number = _NUMBER.match(term[2]) if term is not None else None
        if term is None or number is None or "%" in term[2]:
            return match[0]
        amount = along(term[2], 0.0)
        for sign, factor in _FACTOR.findall(term[3]):
            by = float(factor) if _NUMBER.fullmatch(factor) else 1.0
            amount = amount * by if sign == "*" else amount / (by or 1.0)
        unit = unit or ("px" if number.end() < len(term[2]) else "")
        total += -amount if term[1] == "-" else amount
        place = term.end()
    return f"{total:.4f}{unit}"


def _long(name: str, value: str) -> Iterable[tuple[str, str]]:
    """What one declaration means in long names; nothing where a browser would drop it, or where it has no say."""
    name = _ALONG_LINES.get(name, name)
    if name in STANDINS:
        return ((STANDINS[name], value),) if value else ()
    small = value.lower()
    if name in _KEPT:
        return ((name, small if name != "background-image" else value),) if _valid(name, small) else ()
    if name == "background":
        return _background(value)
    if name == "font":
        size = _FONT_SIZE.search(small + " ")
        return (("font-size", size[1]),) if size is not None else ()
    if name == "inset":
        sides = (small.split() or ["auto"]) * 4
        right, bottom = sides[1], sides[2]
        left = sides[3] if len(small.split()) == 4 else right
        return ("top", sides[0]), ("right", right), ("bottom", bottom), ("left", left)
    if name in _BOTH_ENDS:
        sides = small.split()
        return tuple(zip(_BOTH_ENDS[name], (sides[0], sides[-1]), strict=True)) if sides else ()
    return ()


def _background(value: str) -> Iterable[tuple[str, str]]:
    if value.lower() in _EVERYWHERE:
        return ("background-color", value), ("background-image", value)
    rest = re.sub(r"url\([^)]*\)?", "", value) if "url(" in value else value
    image = "url(x)" if _IMAGE.search(value) else "none"
    colours = _COLOUR_TOKEN.findall(rest) if "gradient(" not in rest else []
    colour = next((token for token in colours if rgba(token) is not None), "transparent")
    clip = (("background-clip", "text"),) if re.search(r"\btext\b", rest) else ()
    return ("background-color", colour), ("background-image", image), *((STANDINS[name], kind) for name, kind in clip)


def _valid(name: str, value: str) -> bool:
    """Whether a browser takes a value, as far as it matters here."""
    if not value:
        return False
    if value in _EVERYWHERE:
        return True
    if name == "display":
        return DISPLAYS.match(value) is not None
    if name == "visibility":
        return value in {"visible", "hidden", "collapse"}
    if name in {"color", "background-color"} and value.isalpha():
        return value == "currentcolor" or rgba(value) is not None
    return True
