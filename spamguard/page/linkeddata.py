"""What structured data (JSON-LD) says in words. Read by pattern: spam is often no valid JSON."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.page.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_SAID: Final = pattern(
    r'"(name|alternateName|headline|description|keywords|slogan|reviewBody|articleBody|text)"\s{0,20}:\s{0,20}'
    r'(?:"((?:[^"\\]|\\[\s\S]){2,400})|\[\s{0,20}("[^\[\]{}]{2,400}))'
)
_STRING: Final = pattern(r'(?:[^"\\]|\\[\s\S])*')
_LONGEST: Final = 8_000
_ESCAPE: Final = pattern(r"(?:\\u[0-9a-fA-F]{4})+|\\[\s\S]")
_NAMES: Final = frozenset({"name", "alternateName", "headline"})
_READ: Final = 40_000
_MOST: Final = 60
CONTEXT: Final = 4_000
"""Characters at the beginning of a script that tell what it is."""
MARKS: Final = ("schema.org", '"@type"')
"""One of them stands there in all structured data."""


def may_be_linked(raw: bytes) -> bool:
    """Whether a page may hold structured data: most need not be read for it."""
    return any(mark.encode() in raw for mark in MARKS)


def is_linked_data(text: str) -> bool:
    """Whether the text of a script is structured data as search engines read it."""
    begun = text[:1] in "{[ \n\r\t"
    return begun and any(text.find(mark, 0, CONTEXT) > 0 for mark in MARKS)


def words_said(text: str, most: int = _MOST) -> list[tuple[bool, str]]:
    """The names and descriptions in structured data, each with whether it is a name."""
    return [(match[1] in _NAMES, _plain(match[2] or match[3])) for match in _said(text, most)]


def values_said(text: str) -> list[tuple[str, int, int]]:
    """The descriptions in structured data that are one string, each with where its letters begin and end."""
    found = []
    for match in _said(text, _MOST):
        if match[2] is not None and match[1] not in _NAMES:
            start = match.start(2)
            end = _STRING.match(text, start, start + _LONGEST).end()  # type: ignore[union-attr]  # it matches nothing, too
            if text[end : end + 1] == '"':
                found.append((_plain(text[start:end]), start, end))
    return found


def _said(text: str, most: int) -> Iterator[re.Match[str]]:
    return islice(_SAID.finditer(text[:_READ]), most)


def _plain(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[1] != "u" or len(escape) < len("\\u0000"):
        return " " if escape[1] in "nrt" else escape[1]
    units = bytes.fromhex("".join(escape.split("\\u")))
    return units.decode("utf-16-be", "replace")
