"""Entries of a feed or a sitemap that speak of other things than the rest of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

import numpy as np

from spamguard.examine.hosts import readings_of
from spamguard.findings import Span
from spamguard.model.score import word_means
from spamguard.signs.sign import Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.signs.sight import Sight

_FEED: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>|<!--.*?-->|\s)*<(?:rss|feed|rdf:RDF|urlset)\b", re.DOTALL
)
_ENTRIES: Final = frozenset({"item", "entry", "url"})
_NAMES: Final = frozenset({"title"})
_ADDRESSES: Final = frozenset({"link", "loc", "guid", "id"})
_TAGS: Final = re.compile(r"<[^<>]*>")
_MOST_TEXT: Final = 4_000
_MOST_ENTRIES: Final = 50_000
_TITLE, _BODY, _ADDRESS, _LOUD = 4.0, 2.5, 6.0, 6.0
_MOST_OF_IT: Final = 0.5
_FAIR, _SURE = 0.8, 0.95


@dataclass(slots=True)
class _Entry:
    start: int
    end: int = 0
    title: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


class _NoFeedError(Exception):
    """The file declares entities or never ends: a feed does neither."""


def entries(sight: Sight) -> list[Sign]:
    """Runs of neighbouring entries whose title and text, or whose address, sound like spam while the rest does not."""
    if _FEED.match(sight.page.raw[:20_000]) is None:
        return []
    found = _read(sight.page.raw, sight.page.codec)
    if not found:
        return []
    loud, sure = _judge(found, sight)
    if not loud.any() or loud.mean() > _MOST_OF_IT:
        return []
    signs = []
    for first, last in _runs(loud):
        chosen = found[first:last]
        texts = [" ".join(entry.title) or " ".join(entry.address) for entry in chosen]
        said = reason("entries", len(chosen), "entries that speak of other things than the rest of the feed")
        signs.append(
            Sign(
                rule="feed-entry",
                category=sight.topic(texts),
                confidence=_SURE if sure[first:last].all() else _FAIR,
                spans=tuple(Span(entry.start, entry.end) for entry in chosen),
                excerpt=excerpt_of(texts[:4]),
                evidence=(said,),
            )
        )
    return signs


def _judge(found: Sequence[_Entry], sight: Sight) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which entries are spam, and which of them beyond doubt."""
    titles = word_means([" ".join(entry.title) for entry in found], sight.model)
    bodies = word_means([_text(entry.body) for entry in found], sight.model)
    slugs = word_means(
        [" ".join(readings_of(address)[1] for address in entry.address[:1]) for entry in found], sight.model
    )
    named = np.asarray([bool(entry.title) for entry in found])
    told = np.asarray([bool(entry.body) for entry in found])
    supported = np.where(told, bodies > _BODY, True) | (slugs > _BODY)
    loud = np.where(named, (titles > _TITLE) & supported, slugs > _ADDRESS)
    backed = np.where(told, np.maximum(bodies, slugs) > _LOUD, titles > 2 * _LOUD)
    sure = np.where(named, (titles > _LOUD) & backed, slugs > 2 * _LOUD)
    return loud, sure & loud


def _runs(loud: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of neighbouring loud entries, ends excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _text(parts: Sequence[str]) -> str:
    return _TAGS.sub(" ", unescape(" ".join(parts)[:_MOST_TEXT]))


def _read(raw: bytes, codec: str) -> list[_Entry]:
    """The entries of a feed with the bytes they cover; none when it is not well formed.

    The bytes are read as Latin-1, whatever the file declares: one character is one byte then, and offsets are exact.
    """
    reader = _Reader(raw, codec)
    parser = expat.ParserCreate("iso-8859-1")
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.refuse
    reader.parser = parser
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, _NoFeedError):
        return []
    return reader.found


class _Reader:
    """Collects entries. What a parser that calls back needs for a memory."""

    def __init__(self, raw: bytes, codec: str) -> None:
        self.found: list[_Entry] = []
        self.parser: expat.XMLParserType
        self._raw = raw
        self._codec = codec
        self._open: _Entry | None = None
        self._inside: list[str] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if self._open is None:
            if name in _ENTRIES:
                self._open = _Entry(self.parser.CurrentByteIndex)
            return
        self._inside.append(name)
        if name == "link" and "href" in attributes:
            self._open.address.append(self._decoded(attributes["href"]))

    def close(self, _name: str) -> None:
        if self._open is None:
            return
        if self._inside:
            self._inside.pop()
            return
        self._open.end = self._raw.find(b">", self.parser.CurrentByteIndex) + 1
        self.found.append(self._open)
        self._open = None
        if len(self.found) > _MOST_ENTRIES:
            raise _NoFeedError

    def text(self, data: str) -> None:
        if self._open is None or not self._inside or data.isspace():
            return
        entry, name = self._open, self._inside[-1]
        parts = entry.title if name in _NAMES else entry.address if name in _ADDRESSES else entry.body
        if name in _NAMES or name in _ADDRESSES or len(parts) < _MOST_TEXT:
            parts.append(self._decoded(data))

    def refuse(self, *_: object) -> None:
        raise _NoFeedError

    def _decoded(self, view: str) -> str:
        try:
            return view.encode("latin-1").decode(self._codec, "replace")
        except UnicodeEncodeError:
            return view  # a character reference: not bytes of the file
