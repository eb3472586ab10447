"""Whether the conditions around style rules hold for somebody who reads a page on an everyday screen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from spamguard.examine.values import SCREEN, along

DISPLAYS: Final = re.compile(
    r"(?:none|contents|block|inline|flow|flow-root|flex|grid|list-item|run-in|ruby|table|math"
    r"|inline-(?:block|flex|grid|table)|table-(?:row|cell|column|caption|(?:row|column|header|footer)-group)"
    r"|-(?:webkit|moz|ms)-[a-z-]{1,30}|inherit|initial|unset|revert|revert-layer)(?:\s.{0,40})?$"
)
_LONGEST: Final = 400
_SIZES: Final = {"width": SCREEN[0], "height": SCREEN[1], "device-width": SCREEN[0], "device-height": SCREEN[1]}
_TYPES: Final = frozenset({"all", "screen"})
_OURS: Final = {
    "orientation": "landscape",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "display-mode": "browser",
    "scripting": "enabled",
    "update": "fast",
}
_PAIR: Final = re.compile(r"\(\s*([a-z-]{1,40})\s*(?::\s*([^()]{1,60}?))?\s*\)$")
_RANGE: Final = re.compile(
    r"\(\s*(?:([\d.]+\s?[a-z]*)\s*(<=?|>=?)\s*)?(width|height)\s*(?:(<=?|>=?|=)\s*([\d.]+\s?[a-z]*))?\s*\)$"
)
_TEST: Final = re.compile(r"\(\s*(-?[a-z-]{1,40})\s*:\s*([^()]{0,80})")


def screen_holds(queries: str) -> bool:
    """Whether a list of media queries holds; not, where one is not understood."""
    return len(queries) <= _LONGEST and _holds(queries.lower())


@lru_cache(maxsize=1024)
def _holds(queries: str) -> bool:
    return not queries.strip() or any(map(_query_holds, queries.split(",")))


def _query_holds(query: str) -> bool:
    words = query.strip()
    negated = words.startswith("not ")
    words = words.removeprefix("not ").removeprefix("only ").strip()
    known = [_part_holds(part.strip()) for part in re.split(r"\band\b", words)]
    if None in known:
        return False
    return all(known) is not negated


def _part_holds(part: str) -> bool | None:
    """None for what is not understood."""
    if re.fullmatch(r"[a-z-]+", part):
        return part in _TYPES
    if match := _RANGE.match(part):
        low, first, name, second, high = match.groups()
        size = _SIZES[name]
        below = low is None or _compare(along(low, 0.0), first, size)
        return below and (high is None or _compare(size, second, along(high, 0.0)))
    match = _PAIR.match(part)
    if match is None:
        return None
    name, value = match[1], match[2]
    bare = name.removeprefix("min-").removeprefix("max-")
    if bare in _SIZES and value:
        length = along(value, 0.0)
        return _SIZES[bare] <= length if name.startswith("max-") else _SIZES[bare] >= length
    if name in _OURS:
        return value == _OURS[name] if value else _OURS[name] != "none"
    return None


def _compare(left: float, sign: str, right: float) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "=": left == right}[sign]


def supported(condition: str) -> bool:
    """Whether the condition of ``@supports`` holds in a browser of today, as far as one test can tell."""
    condition = condition.strip().lower()
    if len(condition) > _LONGEST:
        return False
    negated = condition.startswith("not")
    tests = [_known(name, value.strip()) for name, value in _TEST.findall(condition)]
    holds = any(tests) if ") or (" in condition else all(tests)
    return holds is not negated


def _known(name: str, value: str) -> bool:
    if name == "display":
        return DISPLAYS.match(value) is not None
    return not name.startswith(("-ms-", "-moz-"))
