"""Text as a person reads it, with the byte that every character came from.

Only stretches that are looked at closely are read this way.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_meaning = lru_cache(maxsize=1024)(unescape)
_MANY = 3
"""References that come out of references, from which on a text was written to be read twice."""
_DOUBLED = re.compile(r"&#[xX]?[0-9A-Fa-f]{2,6};")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")


class Readable(NamedTuple):
    """Decoded text; character ``i`` was written in bytes ``[offsets[i], offsets[i + 1])`` of the page."""

    text: str
    offsets: Sequence[int] | NDArray[np.int64]


def readable(raw: bytes, start: int, end: int, codec: str, *, references: bool = True) -> Readable:
    """Decode bytes ``[start, end)``, character references resolved unless told otherwise."""
    piece = raw[start:end]
    text, offsets = _decode(piece, codec, start)
    if references and "&" in text:
        return _resolve(text, offsets)
    return Readable(text, offsets)


def decoded(raw: bytes, start: int, end: int, codec: str) -> str:
    """The text that :func:`readable` gives without resolving references, for whom its places are all the same."""
    piece = raw[start:end]
    try:
        return piece.decode("ascii" if piece.isascii() else codec)
    except UnicodeDecodeError:
        return _decode_stepwise(piece, codec)[0]


def resolved(text: str) -> str:
    """A text without its character references, read as :func:`readable` does."""
    once = _REFERENCE.sub(_meant, text)
    return _REFERENCE.sub(_meant, once) if len(_DOUBLED.findall(once)) >= _MANY else once


def _meant(match: re.Match[str]) -> str:
    return _meaning(match[0])


def _decode(piece: bytes, codec: str, start: int) -> tuple[str, Sequence[int] | NDArray[np.int64]]:
    """The text of a piece that begins at byte ``start``, and where each character and the end stand."""
    try:
        text = piece.decode("ascii" if piece.isascii() else codec)
    except UnicodeDecodeError:
        text, places = _decode_stepwise(piece, codec)
        return text, places + start
    if len(text) == len(piece):
        return text, range(start, start + len(piece) + 1)
    if codec == "utf-8":
        leads = np.flatnonzero((np.frombuffer(piece, dtype=np.uint8) & 0xC0) != 0x80)
        return text, np.append(leads, len(piece)) + start
    known = _places(text, codec)
    if known is None or known[-1] != len(piece):
        text, known = _decode_stepwise(piece, codec)
    return text, known + start


def _places(text: str, codec: str) -> NDArray[np.int64] | None:
    """Where every character begins when each is written as the codec writes it; None when it cannot write one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, which = np.unique(codes, return_inverse=True)
    try:
        widths = np.asarray([len(chr(code).encode(codec)) for code in kinds.tolist()], dtype=np.int64)
    except UnicodeEncodeError:
        return None
    return np.concatenate(([0], np.cumsum(widths[which])))


def _decode_stepwise(piece: bytes, codec: str) -> tuple[str, NDArray[np.int64]]:
    """Byte by byte: right for broken bytes and for every multi-byte charset."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    characters: list[str] = []
    starts: list[int] = []
    begun = 0
    for index in range(len(piece)):
        produced = decoder.decode(piece[index : index + 1])
        for character in produced:
            characters.append(character)
            starts.append(begun)
            begun = index + 1
    for character in decoder.decode(b"", True):
        characters.append(character)
        starts.append(begun)
        begun = len(piece)
    starts.append(len(piece))
    return "".join(characters), np.asarray(starts, dtype=np.int64)


def _resolve(text: str, offsets: Sequence[int] | NDArray[np.int64], *, twice: bool = True) -> Readable:
    parts: list[str] = []
    places: list[int] = []
    last = 0
    if isinstance(offsets, np.ndarray):
        offsets = offsets.tolist()
    for match in _REFERENCE.finditer(text):
        meaning = _meaning(match[0])
        if meaning == match[0]:
            continue
        start, end = match.span()
        parts += (text[last:start], meaning)
        places.extend(offsets[last:start])
        places.extend([offsets[start]] * len(meaning))
        last = end
    parts.append(text[last:])
    places.extend(offsets[last:])
    if len(places) > 1:
        places[0] = offsets[0]  # a reference that means nothing belongs to the character beside it
    resolved = "".join(parts)
    if twice and len(_DOUBLED.findall(resolved)) >= _MANY:
        return _resolve(resolved, places, twice=False)
    return Readable(resolved, places)
