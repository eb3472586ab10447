"""A page cut in segments: the text between block-level tags, and the carriers, each with a byte span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from turbohtml import unescape

from spamguard.errors import Unjudgeable
from spamguard.findings import Span
from spamguard.page.charset import Charset, sniff
from spamguard.page.tokens import AMP, BREAK, Flow, Kind, flow_of, view_of
from spamguard.page.transcode import ByteMap, transcode

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TAGS = re.compile("<[^>]*>?")
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|div|p|a|table|span|title|meta|script|ul|h[1-6]|br)\b", re.IGNORECASE
)
_PLAIN_SUFFIXES = (".txt", ".md", ".text", ".markdown")


@dataclass(slots=True)
class Page:
    """A page read once.

    ``raw`` are the bytes that all offsets of the inner rooms refer to: the file itself, or its UTF-8 copy when
    ``byte_map`` is set. ``text`` holds the segments, each followed by :data:`BREAK`, carriers last; ``kinds`` has one
    :class:`Kind` a segment. ``plain`` pages (no markup) have one segment a line.
    """

    raw: bytes
    charset: Charset
    byte_map: ByteMap | None
    plain: bool
    flow: Flow
    text: str
    kinds: NDArray[np.int8]

    @property
    def codec(self) -> str:
        """The Python codec that reads ``raw``."""
        return "utf-8" if self.byte_map is not None else self.charset.codec

    def __len__(self) -> int:
        return len(self.kinds)

    def run_offsets(self) -> NDArray[np.int64]:
        """Byte offset of every text run of the flow."""
        return _offsets(self.raw, self.flow.lines, self.flow.columns)

    def spans(self) -> list[Span]:
        """The byte span of every segment; a carrier's span is only its start, with no length."""
        starts = self.run_offsets()
        spans = []
        first = 0
        for last in self.flow.firsts:
            if last > first:
                spans.append(Span(int(starts[first]), self._run_end(int(starts[last - 1]))))
            else:
                spans.append(Span(0, 0))
            first = last
        carriers = self.flow.carriers
        where = _offsets(self.raw, [c[2] for c in carriers], [c[3] for c in carriers])
        spans.extend(Span(int(at), int(at)) for at in where)
        return spans

    def _run_end(self, start: int) -> int:
        end = self.raw.find(b"\n" if self.plain else b"<", start)
        return end if end >= 0 else len(self.raw)


def read(data: bytes, *, path: str | None = None) -> Page:
    """Read a file's bytes. Raises :class:`Unjudgeable` (``empty``, ``binary``, ``unknown-charset``)."""
    if not data.strip():
        raise Unjudgeable("empty", "the file holds no text")
    charset = sniff(data)
    raw, byte_map = data, None
    if not charset.ascii_bytes:
        raw, byte_map = transcode(data, charset)
    plain = _is_plain(raw, path)
    flow = _lines(raw) if plain else flow_of(view_of(raw))
    codec = "utf-8" if byte_map is not None else charset.codec
    carried = [_without_tags(text) if kind is Kind.COMMENT else text for kind, text, _, _ in flow.carriers]
    latin = "".join(flow.pieces) + "".join(text + BREAK for text in carried)
    text = latin.encode("latin-1").decode(codec, "replace")
    if AMP in text:
        text = unescape(text.replace(AMP, "&"))
    kinds = np.zeros(len(flow.firsts) + len(carried), dtype=np.int8)
    kinds[len(flow.firsts) :] = [c[0] for c in flow.carriers]
    return Page(raw, charset, byte_map, plain, flow, text, kinds)


def _without_tags(comment: str) -> str:
    return _TAGS.sub(" ", comment) if "<" in comment else comment


def _is_plain(raw: bytes, path: str | None) -> bool:
    if path is not None and path.lower().endswith(_PLAIN_SUFFIXES):
        return True
    return path in {None, "-"} and _MARKUP.search(raw[:20_000]) is None


def _lines(raw: bytes) -> Flow:
    """A plain text: every line that is not blank is a segment."""
    flow = Flow()
    for number, line in enumerate(view_of(raw).replace(AMP, "&").split("\n")):
        if line.strip(" \t\f"):
            flow.pieces += (line, BREAK)
            flow.lines.append(number + 1)
            flow.columns.append(0)
            flow.firsts.append(len(flow.lines))
    return flow


def _offsets(raw: bytes, lines: list[int], columns: list[int]) -> NDArray[np.int64]:
    newlines = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == 0x0A)
    line_starts = np.concatenate(([0], newlines + 1)).astype(np.int64)
    result: NDArray[np.int64] = line_starts[np.asarray(lines, dtype=np.int64) - 1] + np.asarray(columns, dtype=np.int64)
    return result
