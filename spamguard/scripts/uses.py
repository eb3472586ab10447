"""What is done with a string, told by the name that it is given to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.scripts.reading import Use
from spamguard.scripts.values import Text, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_WRITTEN: Final = frozenset({"innerHTML", "outerHTML", "srcdoc", "textContent", "innerText"})
_WRITE: Final = {"write": 0, "writeln": 0, "insertAdjacentHTML": 1, "insertAdjacentText": 1, "createTextNode": 0}
_FILL: Final = frozenset(
    {"html", "append", "prepend", "before", "after", "replaceWith", "appendTo", "createContextualFragment"}
)
_RUN: Final = frozenset({"eval", "execScript", "Function", "setTimeout", "setInterval", "constructor", "globalEval"})
_LEAD: Final = frozenset({"assign", "replace", "navigate"})
FETCH: Final = frozenset({"fetch", "get", "post", "getJSON", "ajax", "load", "getScript", "importScripts", "import"})
_PLACE: Final = frozenset({"location", "href"})
_GIVEN: Final = {"src": Use.SOURCE, "href": Use.LINKED, "srcdoc": Use.WRITTEN}
"""Attributes that an element is given by their names."""
_METHODS: Final = frozenset({"GET", "POST", "get", "post"})


def assigned_use(path: Sequence[str]) -> Use:
    """What assigning to a name means."""
    name = path[-1]
    if name in _WRITTEN:
        return Use.WRITTEN
    if name == "location" or (name == "href" and "location" in path):
        return Use.LEADS
    if name == "title" and len(path) > 1 and path[-2] == "document":
        return Use.TITLE
    if name == "href":
        return Use.LINKED
    return Use.SOURCE if name == "src" else Use.OTHER


def called_use(path: Sequence[str], values: Sequence[Value]) -> tuple[Use, int, bool]:
    """What calling a name means: the use, which argument is put to it, and whether strings are evaluated."""
    name = path[-1] if path else ""
    if name in _WRITE:
        return Use.WRITTEN, _WRITE[name], False
    if name in _RUN:
        return Use.OTHER, 0, True
    if name in _FILL and len(path) > 1:
        first = values[0] if values else None
        if isinstance(first, Text):
            return (Use.WRITTEN if "<" in first.text else Use.OTHER), 0, False
        return (Use.WRITTEN if name == "html" and values else Use.OTHER), 0, False
    if name in _LEAD and _PLACE.intersection(path[:-1]):
        return Use.LEADS, 0, False
    if name == "open":
        first = values[0] if values else None
        if isinstance(first, Text) and first.text in _METHODS:
            return Use.FETCHED, 1, False
        return (Use.LEADS if path[:-1] in ([], ["window"]) else Use.OTHER), 0, False
    if name == "setAttribute":
        first = values[0] if values else None
        return (_GIVEN.get(first.text, Use.OTHER) if isinstance(first, Text) else Use.OTHER), 1, False
    if name in FETCH:
        first = values[0] if values else None
        return (Use.FETCHED if isinstance(first, Text) else Use.OTHER), 0, False
    return Use.OTHER, 0, False
