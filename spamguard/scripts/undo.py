"""The disguises of strings, undone one at a time. Nothing here grows a text by more than a small factor."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([0-3]?[0-7]{1,2})|(\r\n|[\s\S]))"
)
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "v": "\v", "f": "\f", "\n": "", "\r": "", "\r\n": ""}
_PERCENT: Final = re.compile(r"%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")
_SPELLED: Final = re.compile(r"\\x[2-7][0-9a-fA-F]|\\u00[2-7][0-9a-fA-F]|\\u\{[2-7][0-9a-fA-F]\}|\\[0-7]{2,3}")
_SPELLED_SHARE: Final = 0.25
_PACKED_WORD: Final = re.compile(r"\b\w+\b")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_KEY: Final = 4


def escapes(body: str) -> str:
    r"""What a string literal means: ``\x``, ``\u``, ``\u{}``, octal and the short escapes."""
    return _joined(_ESCAPE.sub(_escape, body)) if "\\" in body else body


def _escape(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is not None:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else ""
    if match[4] is not None:
        return chr(int(match[4], 8))
    return _LETTERS.get(match[5], match[5])


def _joined(text: str) -> str:
    """Halves of a character put together; a lone half becomes a replacement character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_spelled(body: str) -> bool:
    """Whether a good part of a literal is plain ASCII written in escapes, which no honest tool has a reason to do."""
    found = _SPELLED.findall(body)
    return len(found) >= 4 and sum(map(len, found)) >= _SPELLED_SHARE * len(body)


def percent(text: str) -> str:
    """``unescape``: ``%XX`` and ``%uXXXX`` are code units; bytes that are UTF-8 together are read as such."""
    if "%u" in text:
        return _joined(_PERCENT.sub(lambda match: chr(int(match[1] or match[2], 16)), text))
    return uri(text)


def uri(text: str) -> str:
    """``decodeURIComponent``; bytes that are not UTF-8 are read as Latin-1."""
    return unquote_to_bytes(text).decode("utf-8", "replace") if _is_utf8(text) else _latin(text)


def _is_utf8(text: str) -> bool:
    try:
        unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _latin(text: str) -> str:
    return _PERCENT.sub(lambda match: chr(int(match[1] or match[2], 16)), text)


def base64_text(text: str) -> str | None:
    """``atob``, and the UTF-8 that is usually in it; None when it is not base64."""
    letters = "".join(text.split())
    if not letters.isascii():
        return None
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def unpacked(payload: str, radix: int, words: list[str]) -> str:
    """What ``eval(function(p,a,c,k,e,d)...)`` would evaluate: each word of the payload is a number in ``radix``."""

    def word(match: re.Match[str]) -> str:
        number = _number(match[0], radix)
        return words[number] if number is not None and number < len(words) and words[number] else match[0]

    return _PACKED_WORD.sub(word, payload)


def _number(digits: str, radix: int) -> int | None:
    if len(digits) > _LONGEST_KEY or not 2 <= radix <= len(_DIGITS):
        return None
    number = 0
    for digit in digits:
        value = _DIGITS.find(digit)
        if not 0 <= value < radix:
            return None
        number = number * radix + value
    return number
