"""The text of a page as blocks that can be compared: what changes with every visit is masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable
from spamguard.page.segments import read
from spamguard.page.tokens import BREAK, Kind
from spamguard.removal.chosen import codec_on_disk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

JUDGED_AS: Final = "response.html"
"""The guard takes some names for plain text; what says that it is HTML is HTML, at whatever address."""

_MARKS: Final = dict.fromkeys(range(0x20), " ")
# Session ids, nonces, digests of assets: long words with a digit in them.
_TOKEN: Final = re.compile(r"(?=[a-z_\-+/=.]{0,40}[0-9])[a-z0-9_\-+/=.]{16,}", re.ASCII)
_DIGITS: Final = re.compile(r"\d+")
_READ: Final = frozenset({Kind.TEXT, Kind.TITLE, Kind.META})
_MOSTLY: Final = 0.5


def masked(text: str) -> str:
    """A text without what tells one visit from the next: counts, times, dates, tokens, white space, case."""
    folded = " ".join(text.translate(_MARKS).casefold().split())
    return _DIGITS.sub("0", _TOKEN.sub("0", folded))


def blocks_of(data: bytes, charset: str | None, *, read_by_people: bool = False) -> dict[str, str]:
    """The blocks of a page, as masked text to text as it stands there; none if the page cannot be read.

    ``read_by_people`` leaves out comments and attributes.
    """
    try:
        page = read(data, path=JUDGED_AS, charset=charset)
    except Unjudgeable:
        return {}
    texts = page.text.split(BREAK)[:-1]
    found = {}
    for text, kind in zip(texts, page.kinds, strict=True):
        key = masked(text)
        if key and (not read_by_people or kind in _READ):
            found[key] = " ".join(text.translate(_MARKS).split())
    return found


def source_of(data: bytes, encoding: str) -> str:
    """The whole source of a page, masked."""
    return masked(data.decode(codec_on_disk(encoding) if encoding else "utf-8", "replace"))


def stands_in(fragment: bytes, encoding: str, sources: Collection[str], known: Mapping[str, str]) -> bool:
    """Tell whether a fragment of one page stands in other pages too: as it is, or most of its text somewhere else."""
    source = source_of(fragment, encoding)
    if not source or any(source in other for other in sources):
        return True
    blocks = blocks_of(fragment, encoding)
    size = sum(map(len, blocks))
    return bool(size) and sum(len(block) for block in blocks if block in known) >= _MOSTLY * size
