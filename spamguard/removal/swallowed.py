"""Tags that were torn in the middle of a value, and swallow what stands behind them up to the next quote.

A browser takes the page's own markup for a part of the value, and so does the outline: what holds such a tag seems to
hold what the tag has swallowed, and what stands behind that. Of those nothing may go.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Span
from spamguard.page.outline import NodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node

_ENDS_FIRST: Final = re.compile(r"[^<]*</[a-zA-Z]")
_GOES_ON: Final = re.compile(r"<(?!a\s)[a-zA-Z][^<>]{0,200}=\s*\Z", re.IGNORECASE)
"""A link that begins in a value is one that a form took for an address: it swallows nothing but itself."""
_HOST: Final = re.compile(r"\s*https?://([^/\s<>?#]+)")
_LINK: Final = re.compile(r"<a\s[^<>]*>[^<>]*</a\s*>", re.IGNORECASE)
_TAG_TEXT: Final = re.compile(r"<[^<>]*>?")
_LONGEST: Final = 20_000
_FEW_WORDS: Final = 6
"""Words of the link that was torn, and of what parts it from the next."""
_TAG: Final = re.compile(rb"<[a-zA-Z]")


def torn_in(root: Node, raw: bytes) -> list[Span]:
    """From where torn tags of a page begin to where that ends what they stand in.

    Their values end elements that they do not begin, or stop before a value.
    """
    found = [
        Span(node.start, node.parent.end if node.parent is not None else len(raw))
        for node in root.walk()
        if node.attributes and any("<" in value and _is_torn(value) for value in node.attributes.values())
    ]
    # What begins behind all that was read and is not closed before the page ends is no tag at all.
    last = root
    while last.children and last.children[-1].end == len(raw):
        last = last.children[-1]
    if last.kind is NodeKind.TEXT or (last.kind is NodeKind.ELEMENT and last is not root):
        begun = last.start if last.kind is NodeKind.TEXT else raw.find(b">", last.start) + 1
        read = last.children[-1].end if last.children else begun
        places = [match.start() for match in islice(_TAG.finditer(raw, read), 2)]
        # One that only swallows the ends of elements is cut as it is.
        found += [Span(places[0], len(raw))] if len(places) > 1 else []
    return found


def without(torn: Sequence[Span], edits: tuple[Edit, ...], raw: bytes) -> tuple[Edit, ...]:
    """What of some edits takes nothing that a torn tag may have swallowed.

    Each ends where such a tag begins, and leaves the white space before what stays.
    """
    kept = []
    for edit in edits:
        if any(span.start < edit.start < span.end for span in torn):
            continue
        place = next((span.start for span in torn if edit.start <= span.start < edit.end), None)
        if place is None:
            kept.append(edit)
            continue
        start = edit.start + len(raw[edit.start : place]) - len(raw[edit.start : place].lstrip())
        if start < place:
            kept.append(Edit(start, place, edit.replacement))
    return tuple(kept)


def _is_torn(value: str) -> bool:
    torn = _ENDS_FIRST.match(value) is not None or _GOES_ON.search(value) is not None
    return torn and not _swallows_its_like(value)


def _swallows_its_like(value: str) -> bool:
    """Whether all that a torn address swallows are links to the same host, as in a list that one hand wrote."""
    host = _HOST.match(value)
    if host is None or len(value) > _LONGEST:
        return False
    links = [link[0] for link in _LINK.finditer(value)]
    left = _TAG_TEXT.sub("", _LINK.sub("", value[host.end() :]))
    return bool(links) and all(host[1] in link for link in links) and len(left.split()) <= _FEW_WORDS
