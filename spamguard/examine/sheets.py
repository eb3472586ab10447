"""The style sheets of a page, as rules one beside the other: no conditions, no nesting, nothing but what can hide.

Conditions are answered for an everyday screen. What belongs to a layer comes first and weighs nothing, as it loses
against all that belongs to none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.examine.media import screen_holds, supported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPAQUE: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z)|<!--|-->|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL,
)
_MARKS: Final = re.compile(r"[{};]")
_BRACE: Final = re.compile(r"[{}]")
_DEEPEST: Final = 20
_LONGEST: Final = 4_000
_REMEMBERED: Final = 200_000
"""Characters of the longest sheet that is kept for the next page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet; ``layered`` ones lose against all others."""

    selector: str
    block: str
    layered: bool


@dataclass(frozen=True, slots=True)
class _Open:
    """What a brace has opened: the selector that its declarations are for, whether it is read, whether in a layer.

    ``depth`` is in how many selectors; conditions and layers around it cost nothing, so as many as like may be there.
    """

    selector: str
    read: bool
    layered: bool
    depth: int = 0


def rules_in(sheet: str) -> Sequence[Rule]:
    """The rules of a sheet in their order, those in layers first. The pages of a site share theirs: it is read once."""
    return _remembered(sheet) if len(sheet) <= _REMEMBERED else _rules(sheet)


def _rules(sheet: str) -> Sequence[Rule]:
    rules = list(_flat(_OPAQUE.sub(_harmless, sheet)))
    return [rule for rule in rules if rule.layered] + [rule for rule in rules if not rule.layered]


_remembered: Final = lru_cache(maxsize=32)(_rules)


def _harmless(match: re.Match[str]) -> str:
    """Comments are nothing, what hides a sheet from old browsers parts words, strings keep no mark of the grammar."""
    text = match[0]
    if text[0] in "<-":
        return " "
    return "" if text[0] == "/" else _MARKS.sub("", text)


def _flat(sheet: str) -> Iterator[Rule]:
    stack = [_Open("", read=True, layered=False)]
    start = 0
    for brace in _BRACE.finditer(sheet):
        chunk = sheet[start : brace.start()]
        start = brace.end()
        around = stack[-1]
        if brace[0] == "}":
            yield from _rule(around, chunk)
            if len(stack) > 1:
                stack.pop()
            continue
        declarations, _, prelude = chunk.rpartition(";")
        yield from _rule(around, declarations)
        stack.append(_opened(prelude.strip(), around))
    yield from _rule(stack[-1], sheet[start:])


def _rule(around: _Open, declarations: str) -> Iterator[Rule]:
    if around.read and around.selector and declarations.strip():
        yield Rule(f":where({around.selector})" if around.layered else around.selector, declarations, around.layered)


def _opened(prelude: str, around: _Open) -> _Open:
    closed = _Open("", read=False, layered=False)
    if not around.read or len(prelude) > _LONGEST:
        return closed
    if not prelude.startswith("@"):
        if around.depth >= _DEEPEST:
            return closed
        return _Open(_nested(prelude, around.selector), read=True, layered=around.layered, depth=around.depth + 1)
    word, _, condition = prelude[1:].replace("(", " (", 1).partition(" ")
    word = word.lower()
    if word == "media":
        return replace(around, read=screen_holds(condition))
    if word == "supports":
        return replace(around, read=supported(condition))
    if word == "layer":
        return replace(around, layered=True)
    return closed


def _nested(selector: str, parent: str) -> str:
    if not parent:
        return selector
    outer = f":is({parent})"
    parts = (part.strip() for part in selector.split(","))
    found = ", ".join(part.replace("&", outer) if "&" in part else f"{outer} {part}" for part in parts)
    return found if len(found) <= _LONGEST else ":not(*)"
