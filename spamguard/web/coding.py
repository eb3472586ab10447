"""Compressed bodies, unpacked within bounds and packed again."""

from __future__ import annotations

import zlib
from typing import Final

_WINDOW: Final = {"gzip": 31, "deflate": 15}


def unpacked(body: bytes, coding: str, max_bytes: int) -> bytes | None:
    """The page in a compressed body; None when it is damaged, has more than one part or exceeds ``max_bytes``.

    Never makes more than ``max_bytes`` and one: a small body can hold a page a thousand times its size.
    """
    unpacking = zlib.decompressobj(_WINDOW[coding])
    try:
        page = unpacking.decompress(body, max_bytes + 1)
    except zlib.error:
        return None
    if not unpacking.eof or unpacking.unused_data or len(page) > max_bytes:
        return None
    return page


def packed(page: bytes, coding: str) -> bytes:
    """A page compressed; the same page gives the same bytes."""
    packing = zlib.compressobj(wbits=_WINDOW[coding])
    return packing.compress(page) + packing.flush()
