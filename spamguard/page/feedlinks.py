"""Whether a head names a feed or a site map that is called after what is sold."""

from __future__ import annotations

from typing import Final

from spamguard.page.sold import sells
from spamguard.page.triggers import speaks

_HEAD: Final = 30_000
_MOST: Final = 6
_AROUND: Final = 600


def feeds_tell(raw: bytes) -> bool:
    """Whether the tag of a feed names what is sold; a search for one word, and few pages have more than two feeds."""
    at = raw.find(b"+xml", 0, _HEAD)
    for _ in range(_MOST):
        if at < 0:
            break
        start, end = raw.rfind(b"<link", max(0, at - _AROUND), at), raw.find(b">", at, at + _AROUND)
        if 0 <= start < end:
            tag = raw[start:end].decode("utf-8", "replace")
            if speaks(tag) or sells(tag):
                return True
        at = raw.find(b"+xml", at + 1, _HEAD)
    return False
