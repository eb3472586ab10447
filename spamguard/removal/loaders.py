"""Scripts that came with a block and load what else the intruder wants: they hide the very names they call.

Nobody who writes for a page of his own spells ``document`` in escapes. Only a short script right beside what goes is
taken, and only when it writes the tag of another script.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.examine.extent import are_neighbours
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.scripts.undo import escapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node

_LONGEST: Final = 4_000
_MOST: Final = 20
_SPLIT_STRING: Final = re.compile(r"""(['"`])\s*\+\s*(['"`])""")
_WRITES: Final = re.compile(r"document['\"\]\s.\[]{1,9}(?:write|body|head|createElement)")
_PACKED: Final = re.compile(r"\beval\s*\(\s*(?:function\s*\(\s*p\s*,\s*a\s*,\s*c\s*,\s*k|atob|unescape|String\s*\.)")
_LOADS: Final = re.compile(r"<script\b[^<>]{0,400}\bsrc\b|\.src\s*=", re.IGNORECASE)


def loaders_of(root: Node, raw: bytes, codec: str) -> list[Span]:
    """The script elements of a page that hide what they load."""
    scripts = (
        Span(node.parent.start, node.parent.end)
        for node in root.walk()
        if node.kind is NodeKind.RAW and node.tag == "script" and node.parent is not None
        if node.end - node.start <= _LONGEST and _hides_a_load(raw[node.start : node.end].decode(codec, "replace"))
    )
    return list(islice(scripts, _MOST))


def beside(raw: bytes, loaders: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The loaders beside some spans of a page, or beside such a loader."""
    found: list[Span] = []
    waiting = [loader for loader in loaders if not any(span.overlaps(loader) for span in spans)]
    while near := [loader for loader in waiting if any(are_neighbours(raw, loader, span) for span in (*spans, *found))]:
        found += near
        waiting = [loader for loader in waiting if loader not in near]
    return found


def _hides_a_load(text: str) -> bool:
    if not ("\\x" in text or "\\u" in text or "eval" in text):
        return False
    if _PACKED.search(text) is not None:
        return True
    plain = _SPLIT_STRING.sub("", escapes(text))
    return "document" not in text and _WRITES.search(plain) is not None and _LOADS.search(plain) is not None
