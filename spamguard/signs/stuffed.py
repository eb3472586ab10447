"""Keywords that were put behind the words of an attribute, or fill it: what a picture shows needs no list."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.removable import is_hollow
from spamguard.findings import ORDERS, Edit, Span
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_TOLD: Final = ("alt", "title", "value", "summary", "aria-label", "placeholder", "data-tags", "data-note")
_PARTS: Final = re.compile(rb"\s*(?:,|\||;|\xef\xbc\x8c|\xe3\x80\x81)\s*")
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_MANY: Final = 4
_SEVERAL: Final = 3


def stuffed(sight: Sight) -> list[Sign]:
    """Values that end in a list of four or more items each of which holds a keyword."""
    silent: set[str] = set()
    return [sign for node in sight.index.having(_TOLD) for sign in _attributes(sight, node, silent)]


def _attributes(sight: Sight, node: Node, silent: set[str]) -> Iterator[Sign]:
    for name in _TOLD:
        value = node.attributes.get(name)
        if value is None or not _SHORTEST <= len(value) <= _LONGEST:
            continue
        written = value.encode("latin-1", "replace")
        at = sight.page.raw.find(written, node.start, node.inner_start or node.end)
        if at >= 0 and (sign := _judged(sight, written, at, name, silent)) is not None:
            gone = sign.edits[0].end - sign.edits[0].start
            whole = gone * 2 > len(written) and is_hollow(node)
            # An element that was nothing but this value came with it.
            yield replace(sign, spans=(Span(node.start, node.end),), edits=()) if whole else sign


def _judged(sight: Sight, written: bytes, at: int, name: str, silent: set[str]) -> Sign | None:
    """The sign in a value that stands at a byte. ``silent`` are items without a keyword: a page repeats its titles."""
    marks = [match.span() for match in _PARTS.finditer(written)]
    begins, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(written)]
    if len(begins) < _MANY:
        return None
    if not _item(sight, written[begins[-1] :]).strip():
        begins, ends = begins[:-1], ends[:-1]
    lexicon = sight.model.lexicon
    first, telling, chosen = len(begins), set[str](), list[str]()
    while first and (item := _item(sight, written[begins[first - 1] : ends[first - 1]])) not in silent:
        hits = [hit for hit in lexicon.hits(lexicon.folded(item)) if hit.atom.category != ORDERS]
        if not hits:
            silent.add(item)
            break
        first -= 1
        chosen.insert(0, item)
        telling |= {hit.atom.text for hit in hits if hit.atom.strength >= TELLING}
    if len(chosen) < _MANY or len(telling) < _SEVERAL or outside_of(sight).speaks_of(chosen, []):
        return None
    sound = sound_of(sight.model, chosen)
    said = reason("stuffed", ", ".join(chosen), f"the attribute {name} ends in a list of what is sold")
    return Sign(
        rule="stuffed-attribute",
        category=sound.category if sound.is_spam else sight.topic(chosen),
        confidence=SURE,
        spans=(),
        edits=(Edit(at + (marks[first - 1][0] if first else 0), at + len(written)),),
        excerpt=excerpt_of(chosen[:8]),
        evidence=(said, *sound.evidence()),
    )


def _item(sight: Sight, written: bytes) -> str:
    return unescape(written.decode(sight.page.codec, "replace"))
