"""The slower path for charsets in which ``<`` is not always one byte: UTF-16, ISO-2022-JP and HZ.

The page is rewritten as UTF-8 for reading, with a map from every character of it back to the bytes on disk, so that
edits are still cut out of the original file.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from spamguard.findings import Edit, Span
from spamguard.page.patterns import pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.page.charset import Charset


_UNKNOWN: Final = 0xFFFD
_ESCAPE: Final = pattern(rb"(?:\x1b\.[AF]|(?P<state>\x1b(?:\$[()][A-D]|\$[@AB]|\([A-Z])))++")
_TILDE: Final = pattern(rb"(?:~\n|(?P<state>~[{}]))++")


class ByteMap(NamedTuple):
    """From offsets in the UTF-8 copy to offsets in the file.

    At the UTF-8 offset ``k`` of a character: ``last[k]`` is where the bytes of the character before it end, in shift
    state ``before[k]``; ``first[k]`` where its own bytes begin, in state ``at[k]``. Shift sequences lie in between. The
    arrays have one entry more than the copy has bytes: its end.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    before: NDArray[np.int16]
    at: NDArray[np.int16]

    def span(self, span: Span) -> Span:
        """The bytes of the file that a span of the copy was read from."""
        start, end = int(self.first[span.start]), int(self.last[span.end])
        return Span(start, max(start, end))

    def edits(self, edit: Edit) -> tuple[Edit, ...]:
        """The same edit in the file; what stays is read in the same shift states as before.

        A shift sequence that the rest needs stays, even from the midst of what is cut.
        """
        begin, end = edit.start, edit.end
        if self.before[begin] == self.before[end] or begin == end:
            return (self._edit(int(self.last[begin]), int(self.last[end]), edit.replacement),)
        if self.before[begin] == self.at[end]:
            return (self._edit(int(self.last[begin]), int(self.first[end]), edit.replacement),)
        if self.at[begin] == self.at[end]:
            return (self._edit(int(self.first[begin]), int(self.first[end]), edit.replacement),)
        if self.before[end] != self.at[end]:
            return (self._edit(int(self.last[begin]), int(self.last[end]), edit.replacement),)
        shifts = np.flatnonzero(self.before[begin:end] != self.at[begin:end])
        shift = begin + int(shifts[-1])
        return (
            self._edit(int(self.last[begin]), int(self.last[shift]), edit.replacement),
            self._edit(int(self.first[shift]), int(self.last[end]), ""),
        )

    @staticmethod
    def _edit(start: int, end: int, replacement: str) -> Edit:
        return Edit(start, max(start, end), replacement)


def transcode(raw: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    """Rewrite a page as UTF-8. Undecodable bytes become U+FFFD and keep their place in the map."""
    if charset.codec.startswith("utf-16"):
        return _from_utf16(raw, charset)
    return _from_stateful(raw[charset.bom :], charset)


def _from_utf16(raw: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    """Pair the surrogates here: a decoder does not tell how many bytes became one U+FFFD."""
    even = len(raw) - (len(raw) - charset.bom) % 2
    order = "<u2" if charset.codec == "utf-16-le" else ">u2"
    units = np.frombuffer(raw[charset.bom : even], dtype=order).astype(np.uint32)
    high, low = (units & 0xFC00) == 0xD800, (units & 0xFC00) == 0xDC00
    pair = np.zeros(len(units), dtype=bool)
    pair[:-1] = high[:-1] & low[1:]
    second = np.roll(pair, 1)
    codes = np.where(high | low, np.uint32(_UNKNOWN), units)
    codes[pair] = 0x10000 + ((units[pair] & 0x3FF) << 10) + (units[second] & 0x3FF)
    codes[codes == 0] = 0x20
    places = np.flatnonzero(~second) * 2 + charset.bom
    codes = codes[~second]
    if even < len(raw):
        codes, places = np.append(codes, np.uint32(_UNKNOWN)), np.append(places, even)
    utf8 = codes.astype("<u4").tobytes().decode("utf-32-le").encode("utf-8")
    first = np.append(places, len(raw))[_owners(utf8)]
    stateless = np.zeros(len(first), dtype=np.int16)
    # Without shift states a character ends where the next begins.
    return utf8, ByteMap(first, first, stateless, stateless)


def _owners(utf8: bytes) -> NDArray[np.int64]:
    """For every UTF-8 offset (and the end) the index of the character it belongs to."""
    lead = (np.frombuffer(utf8, dtype=np.uint8) & 0xC0) != 0x80
    starts = np.cumsum(lead) - 1
    return np.concatenate((starts, [int(lead.sum())])).astype(np.int64)


def _from_stateful(body: bytes, charset: Charset) -> tuple[bytes, ByteMap]:
    """Feed the decoder byte by byte: the only way to learn which bytes made which character."""
    decoder = codecs.getincrementaldecoder(charset.codec)("replace")
    shift = _ESCAPE if charset.name == "iso-2022-jp" else _TILDE
    states: dict[bytes, int] = {b"\x1b(B": 0, b"~}": 0}
    out: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    state = pending = 0
    for index in range(len(body) + 1):
        try:
            produced = decoder.decode(body[index : index + 1], index == len(body))
        except UnicodeError:
            # Too long an escape sequence for the decoder: it is one unknown character, and reading begins anew.
            decoder.reset()
            produced, state = "\ufffd", 0
        for character in produced:
            began, state_before = pending, state
            match = shift.match(body, pending, index + 1)
            if match is not None:
                pending = match.end()
                state = states.setdefault(match["state"], len(states)) if match["state"] else state
            rows.append((pending, began, state_before, state))
            out.append(character)
            pending = min(index + 1, len(body))
    match = shift.match(body, pending)
    end = match.end() if match is not None else pending
    after = states.setdefault(match["state"], len(states)) if match is not None and match["state"] else state
    rows.append((end, pending, state, after))
    utf8 = "".join(out).replace("\x00", " ").encode("utf-8", "replace")
    first, last, before, at = np.asarray(rows, dtype=np.int64)[_owners(utf8)].T
    return utf8, ByteMap(first, last, before.astype(np.int16), at.astype(np.int16))
