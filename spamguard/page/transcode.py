"""The slower path for charsets in which ``<`` is not always one byte: UTF-16, ISO-2022-JP and HZ.

The page is rewritten as UTF-8 for reading, with a map from every character of it back to the bytes on disk, so that
edits are still cut out of the original file.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spamguard.findings import Edit, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.page.charset import Charset


@dataclass(frozen=True, slots=True)
class ByteMap:
    """From offsets in the UTF-8 copy to offsets in the file.

    ``first[k]`` is where the bytes of the character at UTF-8 offset ``k`` begin (shift sequences before it left out),
    ``last[k]`` where the bytes of the character before it end. ``state`` names the shift state after ``last``.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    states: tuple[str, ...]
    state_before: NDArray[np.int16]

    def span(self, span: Span) -> Span:
        """The bytes of the file that a span of the copy was read from."""
        start, end = int(self.first[span.start]), int(self.last[span.end])
        return Span(start, max(start, end))

    def edit(self, edit: Edit) -> Edit:
        """The same edit in the file, cut where the shift state before and after agree."""
        start, end = int(self.last[edit.start]), int(self.last[edit.end])
        before, after = int(self.state_before[edit.start]), int(self.state_before[edit.end])
        replacement = edit.replacement
        if before != after:
            if end < int(self.first[edit.end]) and self._state_at(edit.end) == before:
                end = int(self.first[edit.end])
            else:
                replacement += self.states[after]
        return Edit(start, max(start, end), replacement)

    def _state_at(self, offset: int) -> int:
        """The shift state in which the character at a UTF-8 offset is written."""
        following = offset + 1
        while following < len(self.first) - 1 and self.last[following] == self.last[offset]:
            following += 1
        return int(self.state_before[following])


def transcode(raw: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    """Rewrite a page as UTF-8. Undecodable bytes become U+FFFD and keep their place in the map."""
    body = raw[charset.bom :]
    if charset.codec.startswith("utf-16"):
        return _from_utf16(body, charset)
    return _from_stateful(body, charset)


def _from_utf16(body: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    text = body.decode(charset.codec, "replace").replace("\x00", " ")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = np.where(codes > 0xFFFF, 4, 2)
    bounds = np.concatenate(([0], np.cumsum(wide))) + charset.bom
    bounds = np.minimum(bounds, len(body) + charset.bom)
    utf8 = text.encode("utf-8", "replace")
    owner = _owners(utf8)
    first = bounds[owner]
    # Without shift states a character ends where the next begins.
    return utf8, ByteMap(first, first, ("",), np.zeros(len(first), dtype=np.int16))


def _owners(utf8: bytes) -> NDArray[np.int64]:
    """For every UTF-8 offset (and the end) the index of the character it belongs to."""
    lead = (np.frombuffer(utf8, dtype=np.uint8) & 0xC0) != 0x80
    starts = np.cumsum(lead) - 1
    return np.concatenate((starts, [int(lead.sum())])).astype(np.int64)


def _from_stateful(body: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    """Feed the decoder byte by byte: the only way to learn which bytes made which character."""
    decoder = codecs.getincrementaldecoder(charset.codec)("replace")
    shift = b"\x1b" if charset.name == "iso-2022-jp" else b"~"
    out: list[str] = []
    first, last, state_before = [], [], []
    states = [""]
    seen = {"": 0}
    state = 0
    pending = 0
    for index in range(len(body)):
        produced = decoder.decode(body[index : index + 1], index == len(body) - 1)
        for character in produced:
            raw_piece = body[pending : index + 1]
            shifts = _shift_in(raw_piece, shift)
            begin = pending + len(shifts)
            width = len(character.encode("utf-8", "replace"))
            first.extend([begin] * width)
            last.extend([pending] * width)
            state_before.extend([state] * width)
            if shifts:
                name = shifts.decode("ascii", "replace")
                if name not in seen:
                    seen[name] = len(states)
                    states.append(name)
                state = 0 if name in {"\x1b(B", "~}"} else seen[name]
            out.append(character)
            pending = index + 1
    tail = body[pending:]
    first.append(len(body))
    last.append(pending)
    state_before.append(state)
    if _shift_in(tail, shift):
        first[-1] = pending + len(_shift_in(tail, shift))
    states[0] = "\x1b(B" if charset.name == "iso-2022-jp" else "~}"
    return (
        "".join(out).replace("\x00", " ").encode("utf-8", "replace"),
        ByteMap(
            np.asarray(first, dtype=np.int64),
            np.asarray(last, dtype=np.int64),
            tuple(states),
            np.asarray(state_before, dtype=np.int16),
        ),
    )


def _shift_in(piece: bytes, shift: bytes) -> bytes:
    """The shift sequences a piece begins with."""
    end = 0
    while piece[end : end + 1] == shift:
        if shift == b"~":
            if piece[end + 1 : end + 2] not in {b"{", b"}", b"\n"}:
                break
            end += 2
            continue
        size = 4 if piece[end + 1 : end + 3] in {b"$(", b"$)"} else 3
        end += size
    return piece[:end]
