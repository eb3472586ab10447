"""The style sheets of a page, as rules one beside the other: no conditions, no nesting, nothing but what can hide.

Conditions are answered for an everyday screen. What belongs to a layer comes first and weighs nothing, as it loses
against all that belongs to none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from spamguard.examine.media import screen_holds, supported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPAQUE: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z)|<!--|-->|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL,
)
_MARKS: Final = re.compile(r"[{};]")
_BRACE: Final = re.compile(r"([{}])")
_DEEPEST: Final = 20
_LONGEST: Final = 4_000
_REMEMBERED: Final = 200_000
"""Characters of the longest sheet that is kept for the next page."""


class Rule(NamedTuple):
    """A rule of a style sheet; ``layered`` ones lose against all others."""

    selector: str
    block: str
    layered: bool


class _Open(NamedTuple):
    """What a brace has opened: the selector that its declarations are for, whether it is read, whether in a layer.

    ``depth`` is in how many selectors; conditions and layers around it cost nothing, so as many as like may be there.
    """

    selector: str
    read: bool
    layered: bool
    depth: int = 0


_ROOT: Final = _Open("", read=True, layered=False)
_CLOSED: Final = _Open("", read=False, layered=False)


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
    stack = [_ROOT]
    around = _ROOT
    parts = _BRACE.split(sheet)
    for chunk, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "}":
            if around.selector and chunk and not chunk.isspace():
                yield _rule(around, chunk)
            if len(stack) > 1:
                stack.pop()
                around = stack[-1]
        elif not around.read:
            around = _CLOSED
            stack.append(around)
        else:
            prelude = chunk
            if ";" in chunk:
                declarations, _, prelude = chunk.rpartition(";")
                if around.selector and declarations and not declarations.isspace():
                    yield _rule(around, declarations)
            prelude = prelude.strip()
            if around.selector or prelude[:1] == "@" or len(prelude) > _LONGEST:
                around = _opened(prelude, around)
            else:
                around = _Open(prelude, True, around.layered, 1)
            stack.append(around)
    if around.selector and parts[-1] and not parts[-1].isspace():
        yield _rule(around, parts[-1])


def _rule(around: _Open, declarations: str) -> Rule:
    selector, _, layered, _ = around
    return Rule(f":where({selector})" if layered else selector, declarations, layered)


def _opened(prelude: str, around: _Open) -> _Open:
    if len(prelude) > _LONGEST:
        return _CLOSED
    if not prelude.startswith("@"):
        if around.depth >= _DEEPEST:
            return _CLOSED
        selector = _nested(prelude, around.selector) if around.selector else prelude
        return _Open(selector, True, around.layered, around.depth + 1)
    word, _, condition = prelude[1:].replace("(", " (", 1).partition(" ")
    word = word.lower()
    if word == "media":
        return around if screen_holds(condition) else _CLOSED
    if word == "supports":
        return around if supported(condition) else _CLOSED
    if word == "layer":
        return around._replace(layered=True)
    return _CLOSED


def _nested(selector: str, parent: str) -> str:
    outer = f":is({parent})"
    parts = (part.strip() for part in selector.split(","))
    found = ", ".join(part.replace("&", outer) if "&" in part else f"{outer} {part}" for part in parts)
    return found if len(found) <= _LONGEST else ":not(*)"
