"""A page cut in segments: the text between block-level tags, and the carriers.

Where they stand in the bytes is not asked here: only a page that is looked at closely needs to know (``outline.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from spamguard.errors import Unjudgeable
from spamguard.page.charset import Charset, decoded
from spamguard.page.patterns import pattern
from spamguard.page.tokens import AWAY, BREAK, FOREIGN, HIDDEN, VEILED, Flow, Kind, flow_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.page.transcode import ByteMap

_COMMENT = Kind.COMMENT
_TAGS = pattern("<[^>]*>?")
_DOUBLED = pattern(r"&#(?:[0-9]{2,7}|[xX][0-9A-Fa-f]{2,6});")
_MARKUP = pattern(rb"<(?:!doctype|html|head|body|div|p|a|table|span|title|meta|script|ul|h[1-6]|br)\b", re.IGNORECASE)
_FEW = 50
_BEFORE, _MOST_HIDDEN = 8, 200
"""Characters before the mark of an element that hides itself that are looked at, and how many of these marks."""
_NO_MARKS = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20)], " ")
_PLAIN_SUFFIXES = (".txt", ".md", ".text", ".markdown")


@dataclass(slots=True)
class Page:
    """A page read once.

    ``raw`` are the bytes that all offsets of the inner rooms refer to: the file itself, or its UTF-8 copy when
    ``byte_map`` is set. ``text`` holds the segments, each followed by :data:`BREAK`, carriers last; ``kinds`` has one
    :class:`Kind` a segment. ``plain`` pages (no markup) have one segment a line. ``signs`` tells that the markup holds
    what some broken-into pages hold and few others: a reason to look closely, no more. ``scripts`` are the texts of
    those that are worth reading, ``spoken`` those that name what is sold, ``said`` is what each piece
    of structured data says in words.
    """

    raw: bytes
    charset: Charset
    byte_map: ByteMap | None
    plain: bool
    text: str
    kinds: NDArray[np.int8]
    signs: bool = False
    scripts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()

    @property
    def codec(self) -> str:
        """The Python codec that reads ``raw``."""
        return "utf-8" if self.byte_map is not None else self.charset.codec

    def __len__(self) -> int:
        return len(self.kinds)


def read(data: bytes, *, path: str | None = None, charset: str | None = None) -> Page:
    """Read a file's bytes. Raises :class:`Unjudgeable` (``empty``, ``binary``, ``unknown-charset``).

    ``charset`` is what the header that came with the page calls it, whether true or not.
    """
    if not data or data.isspace():
        raise Unjudgeable("empty", "the file holds no text")
    found, whole = decoded(data, charset)
    raw, byte_map = data, None
    if not found.ascii_bytes:
        from spamguard.page.transcode import transcode

        raw, byte_map = transcode(data, found)
        whole = None
    plain = _is_plain(raw, path)
    codec = "utf-8" if byte_map is not None else found.codec
    if whole is None:
        whole = raw.decode(codec, "replace")
    return _read(whole, raw, found, byte_map, plain=plain)


def read_as(page: Page, raw: bytes) -> Page:
    """A page read again from other bytes that mean the same; what refers to its bytes is not to be asked of it."""
    return _read(raw.decode(page.codec, "replace"), raw, page.charset, page.byte_map, plain=page.plain)


def as_utf8(page: Page) -> Page:
    """A page whose inner bytes are the file: what is told of it refers to its UTF-8 copy, where it has one."""
    if page.byte_map is None:
        return page
    return replace(page, charset=Charset("utf-8", "utf-8"), byte_map=None)


def _read(whole: str, raw: bytes, charset: Charset, byte_map: ByteMap | None, *, plain: bool) -> Page:
    """The page whose bytes, decoded, are ``whole``."""
    flow = Flow() if plain else flow_of(whole)
    text, kinds = _segmented(whole, flow, plain=plain)
    # No reference stands for what ends a segment: only a page that holds it as a byte may hold too many.
    if b"\0" in raw and text.count(BREAK) != len(kinds):
        whole = whole.translate(_NO_MARKS)
        flow = Flow() if plain else flow_of(whole)
        text, kinds = _segmented(whole, flow, plain=plain)
    gathered = (tuple(texts) for texts in (flow.scripts, flow.said, flow.doubtful, flow.frames, flow.spoken))
    return Page(raw, charset, byte_map, plain, text, kinds, flow.signs, *gathered)


def hides_in_line(text: str) -> bool:
    """Whether a link to another site opens, in the middle of a line, right in an element that hides itself.

    Menus hide boxes and what stands in them; of 1,334 honest pages one hides a link so.
    """
    for mark in (HIDDEN, AWAY):
        at = text.find(mark)
        for _ in range(_MOST_HIDDEN):
            if at < 0:
                break
            if text[at + 1 : at + 2] == FOREIGN:
                before = text[max(0, at - _BEFORE) : at].rstrip(f" \t\r\n{HIDDEN}{AWAY}")
                if before and before[-1] > VEILED:  # the last of all marks
                    return True
            at = text.find(mark, at + 1)
    return False


def _segmented(whole: str, flow: Flow, *, plain: bool) -> tuple[str, NDArray[np.int8]]:
    """The segments of a decoded page, each followed by :data:`BREAK`, and their kinds."""
    if plain:
        lines = [line for line in whole.split("\n") if line and not line.isspace()]
        return "".join(line + BREAK for line in lines), np.zeros(len(lines), dtype=np.int8)
    carried = [_without_tags(text) if kind is _COMMENT else text for kind, text in flow.carriers]
    kinds = np.frombuffer(bytearray(flow.size) + bytes([kind for kind, _ in flow.carriers]), dtype=np.int8)
    text = "".join((*flow.pieces, BREAK.join(carried), BREAK) if carried else flow.pieces)
    return _undoubled(text), kinds


def _undoubled(text: str) -> str:
    """The text with what references stand for that were themselves written with one; never a control character."""
    if not _holds_reference(text):
        return text
    from html import unescape  # few pages need it, and its list of names is long

    def meaning(reference: re.Match[str]) -> str:
        found = unescape(reference[0])
        return found if found.isprintable() else " "

    return _DOUBLED.sub(meaning, text)


def _holds_reference(text: str) -> bool:
    """Whether ``&#`` stands in a text. One letter is found ten times faster than two, and most pages have few of it."""
    at = text.find("&")
    for _ in range(_FEW):
        if at < 0 or text.startswith("#", at + 1):
            return at >= 0
        at = text.find("&", at + 1)
    return "&#" in text


def _without_tags(comment: str) -> str:
    return _TAGS.sub(" ", comment) if "<" in comment else comment


def _is_plain(raw: bytes, path: str | None) -> bool:
    if path is not None and path.lower().endswith(_PLAIN_SUFFIXES):
        return True
    return path in {None, "-"} and _MARKUP.search(raw[:20_000]) is None
