"""The tokens of a script. Every character is read once: what never ends ends with its line or with the script."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sort(IntEnum):
    """What a token is."""

    STRING = 0
    TEMPLATE = 1
    REGEX = 2
    NAME = 3
    NUMBER = 4
    MARK = 5


class Token(NamedTuple):
    """A token at characters ``[start, end)`` of the script; ``text`` is as written, quotes left out."""

    sort: Sort
    text: str
    start: int
    end: int


_TOKEN: Final = re.compile(
    r"(?P<blank>\s++|//[^\n\r]*+|/\*[\s\S]*?(?:\*/|\Z)|<!--[^\n\r]*+)"
    r"""|"(?P<double>(?:[^"\\\n\r]++|\\[\s\S])*+)(?:"|(?=[\n\r])|\\?\Z)"""
    r"""|'(?P<single>(?:[^'\\\n\r]++|\\[\s\S])*+)(?:'|(?=[\n\r])|\\?\Z)"""
    r"|`(?P<template>(?:[^`\\]++|\\[\s\S])*+)(?:`|\\?\Z)"
    r"|(?P<name>(?:[^\W\d]|[$]|\\u[0-9a-fA-F]{4})(?:[\w$]|\\u[0-9a-fA-F]{4})*+)"
    r"|(?P<number>0[xX][0-9a-fA-F]++|\d++(?:\.\d*+)?(?:[eE][+-]?\d++)?)"
    r"|(?P<mark>=>|={2,3}|!={1,2}|[+-]=|\+\+|--|&&|\|\||[\s\S])"
)
_REGEX: Final = re.compile(
    r"/(?P<body>(?:[^/\\\[\n\r]++|\\[^\n\r]|\[(?:[^\]\\\n\r]++|\\[^\n\r])*+(?:\]|(?=[\n\r])|\\?\Z))++)"
    r"(?:/[a-z]*+|(?=[\n\r])|\\?\Z)"
)
_SORTS: Final = {
    "double": Sort.STRING,
    "single": Sort.STRING,
    "template": Sort.TEMPLATE,
    "name": Sort.NAME,
    "number": Sort.NUMBER,
    "mark": Sort.MARK,
}
_BEFORE_REGEX: Final = frozenset({"return", "typeof", "case", "in", "of", "void", "do", "else"})


def tokens_of(script: str) -> Iterator[Token]:
    """The tokens of a script, white space and comments left out."""
    place, size = 0, len(script)
    divides = False
    while place < size:
        regex = _REGEX.match(script, place) if script[place] == "/" and not divides else None
        if regex is not None and not regex["body"].startswith("*"):
            yield Token(Sort.REGEX, regex["body"], place, regex.end())
            place, divides = regex.end(), True
            continue
        match = _TOKEN.match(script, place)
        if match is None or match.end() == place:
            place += 1
            continue
        group = match.lastgroup or "mark"
        if group != "blank":
            text = match[group]
            yield Token(_SORTS[group], text, place, match.end())
            divides = _divides(_SORTS[group], text)
        place = match.end()


def _divides(sort: Sort, text: str) -> bool:
    """Whether a slash behind a token divides; else it opens a regular expression."""
    if sort is Sort.MARK:
        return text in {")", "]", "}"}
    return sort is not Sort.NAME or text not in _BEFORE_REGEX
