"""The title that a script holds, as the text of a title element."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_BEYOND_ASCII: Final = re.compile(r"&#(?:[xX][0-9a-fA-F]{3,6}|[1-9]\d{2,6});")
_MANY_REFERENCES: Final = 3
_BEGINNING: Final = 12
"""Characters of a title that are looked for elsewhere on the page."""


def as_title(words: str, page: bytes, codec: str) -> str:
    """A script's string as the text of a title element, from which no markup can come.

    References stay when the page writes the same words so in another place. Else, where all that is not ASCII is
    written in them, the kit did so, and the page had characters.
    """
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if words.isascii() and len(_BEYOND_ASCII.findall(words)) >= _MANY_REFERENCES:
        read = _BEYOND_ASCII.sub(lambda match: unescape(match[0]), words)
        if page.count(_beginning(words)) < 2 or read[:_BEGINNING].encode(codec, "replace") in page:
            words = read
    return words.replace("<", "&lt;")


def _beginning(words: str) -> bytes:
    """The first characters as they are written in references; the script itself holds them once."""
    end = 0
    for _, match in zip(range(_BEGINNING), _BEYOND_ASCII.finditer(words), strict=False):
        end = match.end()
    return words[:end].encode("ascii")
