"""Scripts that came with a block and load what else the intruder wants: they hide the very names they call.

Nobody who writes for a page of his own spells ``document`` in escapes. Only a short script right beside what goes is
taken, and only when it writes the tag of another script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.scripts.undo import escapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.page.outline import Node

_LONGEST: Final = 4_000
_SPLIT_STRING: Final = re.compile(r"""(['"`])\s*\+\s*(['"`])""")
_WRITES: Final = re.compile(r"document['\"\]\s.\[]{1,9}(?:write|body|head|createElement)")
_PACKED: Final = re.compile(r"\beval\s*\(\s*(?:function\s*\(\s*p\s*,\s*a\s*,\s*c\s*,\s*k|atob|unescape|String\s*\.)")
_LOADS: Final = re.compile(r"<script\b[^<>]{0,400}\bsrc\b|\.src\s*=", re.IGNORECASE)


def loaders_beside(root: Node, raw: bytes, codec: str, spans: Sequence[Span]) -> list[Span]:
    """The scripts beside some spans of a page, or beside such a script, that hide what they load."""
    scripts = [
        Span(node.parent.start, node.parent.end)
        for node in root.walk()
        if node.kind is NodeKind.RAW and node.tag == "script" and node.parent is not None
        if _hides_a_load(raw[node.start : node.end][: _LONGEST + 1].decode(codec, "replace"))
    ]
    found: list[Span] = []
    waiting = [script for script in scripts if not any(span.overlaps(script) for span in spans)]
    while beside := [script for script in waiting if _touches(raw, script, (*spans, *found))]:
        found += beside
        waiting = [script for script in waiting if script not in beside]
    return found


def _hides_a_load(text: str) -> bool:
    if len(text) > _LONGEST or not ("\\x" in text or "\\u" in text or "eval" in text):
        return False
    if _PACKED.search(text) is not None:
        return True
    plain = _SPLIT_STRING.sub("", escapes(text))
    return "document" not in text and _WRITES.search(plain) is not None and _LOADS.search(plain) is not None


def _touches(raw: bytes, script: Span, spans: Iterable[Span]) -> bool:
    """Whether nothing but white space parts a script from one of some spans."""
    for span in spans:
        first, second = sorted((script, span))
        if first.end <= second.start and not raw[first.end : second.start].strip():
            return True
    return False
