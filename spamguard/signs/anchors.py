"""The links in a piece of markup that a script writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

_ANCHOR: Final = re.compile(
    r"""<a\b[^<>]{0,2000}?\bhref\s{0,4}=\s{0,4}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))[^<>]{0,2000}>"""
    r"((?:[^<]++|<(?!/?a\b))*+)",
    re.IGNORECASE,
)
_LOADS: Final = re.compile(
    r"<(?:script|iframe)\b[^<>]{0,1000}?\bsrc\s{0,4}=\s{0,4}[\"']?([^\s\"'<>]{4,1000})", re.IGNORECASE
)
_AREAS: Final = re.compile(r"<area\b[^<>]{0,1000}?\bhref\s{0,4}=\s{0,4}[\"']?([^\s\"'<>]{4,1000})", re.IGNORECASE)
_MOST_LOADED: Final = 100_000
_ALT: Final = re.compile(
    r"""<img\b[^<>]{0,2000}?\salt\s{0,4}=\s{0,4}(?:"([^"<>]{1,200})"|'([^'<>]{1,200})')""", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_MOST: Final = 500
_MOST_MARKUP: Final = 200_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where to, and the words on it."""

    address: str
    words: str
    drawn: str = ""
    """What a picture in it says instead of itself."""


def anchors_in(markup: str) -> list[Anchor]:
    """The links of a markup, of a very long one those at its beginning."""
    found = []
    for match in _ANCHOR.finditer(markup[:_MOST_MARKUP]):
        address = unescape(match[1] or match[2] or match[3]).strip()
        drawn = _ALT.search(match[4])
        alt = "" if drawn is None else unescape(drawn[1] or drawn[2]).strip()
        found.append(Anchor(address, words_in(match[4]), alt))
        if len(found) == _MOST:
            break
    return found


def words_in(markup: str) -> str:
    """The text of a markup on one line."""
    return " ".join(unescape(_TAG.sub(" ", markup[:_MOST_MARKUP])).split())


def loads_of(markup: str) -> list[str]:
    """The addresses of the scripts and frames in a markup."""
    return [match[1] for match in _LOADS.finditer(markup[:_MOST_LOADED])]


def areas_of(markup: str) -> list[str]:
    """Where the parts of the pictures in a markup lead."""
    return [match[1] for match in _AREAS.finditer(markup[:_MOST_LOADED])]
