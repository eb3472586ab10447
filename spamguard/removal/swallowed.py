"""Tags that were torn in the middle of a value, and swallow what stands behind them up to the next quote.

A browser takes the page's own markup for a part of the value, and so does the outline: what holds such a tag seems to
hold what the tag has swallowed, and what stands behind that. Of those nothing may go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.page.outline import Node

_ENDS_FIRST: Final = re.compile(r"[^<]*</[a-zA-Z]")
_GOES_ON: Final = re.compile(r"<(?!a\s)[a-zA-Z][^<>]{0,200}=\s*\Z", re.IGNORECASE)
"""A link that begins in a value is one that a form took for an address: it swallows nothing but itself."""
_TAG: Final = re.compile(rb"<[a-zA-Z]")
_OF_A_PAGE: Final = re.compile(r"<(?:h[1-6]|header|footer|nav|main|article|section|form)[\s>]", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[^<>]*>?|>")
_WORDS, _SIGNS = 4, 10
"""Words of a sentence, and letters of one that has no spaces."""


def torn_in(root: Node, raw: bytes, codec: str) -> list[Span]:
    """From where torn tags that swallow sentences of a page begin to where that ends what they stand in.

    Their values end elements that they do not begin, or stop before a value. Those that swallow only what they came
    with, links without a sentence, are cut with it.
    """
    found = [
        Span(node.start, node.parent.end if node.parent is not None else len(raw))
        for node in root.walk()
        if node.attributes and any("<" in value and _is_torn(value, codec) for value in node.attributes.values())
    ]
    unread = _unread(root, raw)
    if unread is not None and _is_of_a_page(raw[unread + 2 :].decode(codec, "replace")):
        found.append(Span(unread, len(raw)))
    return found


def _unread(root: Node, raw: bytes) -> int | None:
    """Where a tag begins that is not closed before the page ends: behind all that was read, and no tag at all."""
    last = root
    while last.children and last.children[-1].end == len(raw):
        last = last.children[-1]
    if last.kind is not NodeKind.TEXT and (last.kind is not NodeKind.ELEMENT or last is root):
        return None
    begun = last.start if last.kind is NodeKind.TEXT else raw.find(b">", last.start) + 1
    match = _TAG.search(raw, last.children[-1].end if last.children else begun)
    return match.start() if match is not None else None


def ending_in_tags(root: Node, raw: bytes, edits: Sequence[Edit], codec: str) -> dict[Edit, int]:
    """The edits that end in a tag that begins in them, and where it does: whoever drew them knows where it was torn.

    They take nothing of a page that it has swallowed.
    """
    if not edits:
        return {}
    tags = [node for node in root.walk() if node.attributes and any("<" in value for value in node.attributes.values())]
    places = [(tag.start, tag.inner_start) for tag in tags]
    if (unread := _unread(root, raw)) is not None:
        places.append((unread, len(raw)))
    return {
        edit: start
        for edit in edits
        for start, end in places
        if edit.start <= start < edit.end < end and not _is_of_a_page(raw[start : edit.end].decode(codec, "replace"))
    }


def mended(raw: bytes, torn: Iterable[int]) -> bytes:
    """A page with white space instead of torn tags: what they seem to swallow stands for itself, where it stood."""
    page = bytearray(raw)
    for start in torn:
        end = raw.find(b"<", start + 1)
        page[start:end] = b" " * (end - start)
    return bytes(page)


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


def _is_torn(value: str, codec: str) -> bool:
    torn = _ENDS_FIRST.match(value) is not None or _GOES_ON.search(value) is not None
    return torn and _is_of_a_page(value.encode("latin-1", "replace").decode(codec, "replace"))


def _is_of_a_page(swallowed: str) -> bool:
    """Whether a sentence, or what parts a page, is in what a tag has swallowed."""
    return _OF_A_PAGE.search(swallowed) is not None or any(map(_is_a_sentence, _MARKUP.split(swallowed)))


def _is_a_sentence(text: str) -> bool:
    text = text.strip()
    spaced = len(text.split()) >= _WORDS or (len(text) >= _SIGNS and not text.isascii())
    return spaced and ends_sentence(text)
