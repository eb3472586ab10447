"""Text as a person reads it, with the byte that every character came from.

Only stretches that are looked at closely are read this way.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(frozen=True, slots=True)
class Readable:
    """Decoded text; character ``i`` was written in bytes ``[offsets[i], offsets[i + 1])`` of the page."""

    text: str
    offsets: NDArray[np.int64]


def readable(raw: bytes, start: int, end: int, codec: str, *, references: bool = True) -> Readable:
    """Decode bytes ``[start, end)``, character references resolved unless told otherwise."""
    piece = raw[start:end]
    text, offsets = _decode(piece, codec)
    offsets = offsets + start
    if references and "&" in text:
        return _resolve(text, offsets)
    return Readable(text, offsets)


def _decode(piece: bytes, codec: str) -> tuple[str, NDArray[np.int64]]:
    if piece.isascii():
        return piece.decode("ascii"), np.arange(len(piece) + 1)
    try:
        text = piece.decode(codec)
    except UnicodeDecodeError:
        return _decode_stepwise(piece, codec)
    if len(text) == len(piece):
        return text, np.arange(len(piece) + 1)
    if codec == "utf-8":
        leads = np.flatnonzero((np.frombuffer(piece, dtype=np.uint8) & 0xC0) != 0x80)
        return text, np.append(leads, len(piece))
    places = _places(text, codec)
    return (text, places) if places is not None and places[-1] == len(piece) else _decode_stepwise(piece, codec)


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


def _resolve(text: str, offsets: NDArray[np.int64]) -> Readable:
    parts: list[str] = []
    widths = np.ones(len(text) + 1, dtype=np.int64)
    last = 0
    for match in _REFERENCE.finditer(text):
        meaning = unescape(match[0])
        if meaning == match[0]:
            continue
        start, end = match.span()
        parts += (text[last:start], meaning)
        widths[start] = len(meaning)
        widths[start + 1 : end] = 0
        last = end
    parts.append(text[last:])
    places = np.repeat(offsets, widths)
    if len(places) > 1:
        places[0] = offsets[0]  # a reference that means nothing belongs to the character beside it
    return Readable("".join(parts), places)
