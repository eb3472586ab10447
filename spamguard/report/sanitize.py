"""Make text that an attacker wrote safe to print and to copy from a terminal."""

from __future__ import annotations

import re
import unicodedata

_SCHEME = re.compile(r"\b(h)tt(ps?)(?=:)", re.IGNORECASE)
_ELLIPSIS = "..."

# Control, format (bidi, zero width), surrogate, private, unassigned, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def excerpt(text: str, width: int) -> str:
    """One line of page text: no control characters, no live links, at most ``width`` terminal columns."""
    # White space becomes a blank before the rest of the control characters goes, or words would grow together.
    spaced = " ".join(text[: 16 * width].split())
    plain = "".join(character for character in spaced if unicodedata.category(character) not in _UNPRINTABLE)
    return cut(defang(plain), width)


def defang(text: str) -> str:
    """Turn ``http`` and ``https`` links into ``hxxp`` and ``hxxps``, which nothing opens by accident."""
    return _SCHEME.sub(r"\1xx\2", text)


def cut(text: str, width: int) -> str:
    """Shorten ``text`` to ``width`` terminal columns; East Asian wide characters count two."""
    room = width - len(_ELLIPSIS)
    fits = used = 0
    # Combining marks take no column: without the second bound a heap of them would fill the screen.
    for index, character in enumerate(text[: 2 * width + 1]):
        used += _columns(character)
        if used > width or index >= 2 * width:
            return text[:fits] + _ELLIPSIS
        if used <= room:
            fits = index + 1
    return text


def escaped(text: str) -> str:
    r"""Write every unprintable character as an escape (``\n``, ``\x1b``, ``\u202e``): for names, where all matters.

    A byte that the file system's encoding cannot decode (a surrogate escape) is written as ``\xff``.
    """
    return "".join(_escape(c) if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


def well_formed(text: str) -> str:
    r"""Free ``text`` of lone surrogates, which valid JSON must not hold; undecodable bytes become ``\xff``."""
    if text.isascii():
        return text
    return "".join(_escape(c) if unicodedata.category(c) == "Cs" else c for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
