"""Bodies, read and unpacked within bounds: a small one can hold a page a thousand times its size."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable

if TYPE_CHECKING:
    from collections.abc import Iterable

GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP: Final = 31
_ZLIB: Final = 15
_BARE: Final = -15
_CODINGS: Final = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


def read_body(parts: Iterable[bytes], coding: str, max_bytes: int) -> bytes:
    """The body of a response, unpacked; neither what comes nor what it unpacks to exceeds ``max_bytes``.

    Raises :class:`Unjudgeable` (``too-large``, ``bad-encoding``).
    """
    known = _CODINGS.get(coding.strip().lower())
    if known is None:
        raise Unjudgeable("bad-encoding", f"it is packed in a way that was not asked for: {coding[:40]}")
    held = bytearray()
    for part in parts:
        held += part
        if len(held) > max_bytes:
            raise _too_large(max_bytes)
    data = bytes(held)
    return unpacked(data, known, max_bytes) if known and data else data


def unpacked(data: bytes, coding: str, max_bytes: int) -> bytes:
    """What compressed bytes hold. Raises :class:`Unjudgeable` (``too-large``, ``bad-encoding``)."""
    unpacking = zlib.decompressobj(_GZIP if coding == "gzip" else _window(data))
    try:
        whole = unpacking.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise Unjudgeable("bad-encoding", "its compressed bytes are damaged") from error
    if len(whole) > max_bytes:
        raise _too_large(max_bytes)
    if not unpacking.eof or unpacking.unused_data.strip(b"\0"):
        raise Unjudgeable("bad-encoding", "its compressed bytes are cut short, or more follow")
    return whole


def _window(data: bytes) -> int:
    """Servers call two things deflate: with the two bytes in front that the standard wants, and without."""
    head = int.from_bytes(data[:2], "big")
    return _ZLIB if head % 31 == 0 and data[0] & 0x0F == zlib.DEFLATED else _BARE


def _too_large(max_bytes: int) -> Unjudgeable:
    return Unjudgeable("too-large", f"it is longer than {max_bytes:,} bytes")
