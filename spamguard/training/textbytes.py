"""Which bytes of a file are text: what byte recall and collateral are counted on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.items import leaves_of
from spamguard.findings import Span
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import Kind, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from spamguard.page.segments import Page

_WORD: Final = re.compile(rb"[^ \t\r\n\f]+")
_TAG: Final = re.compile(rb"<[^>]*>?")


def text_bytes(data: bytes, path: str) -> NDArray[np.bool_]:
    """Tell of every byte on disk, shape ``(len(data),)``, whether it is text.

    Text are the text nodes and the carriers (title, told meta, long alternative texts, comments) that hold a letter or
    a digit; neither markup nor ASCII white space. Raises :class:`Unjudgeable`.
    """
    page = read(data, path=path)
    mask = np.zeros(len(data), dtype=bool)
    for span in _places(page):
        for match in _WORD.finditer(page.raw, span.start, span.end):
            word = Span(*match.span())
            if page.byte_map is not None:
                word = page.byte_map.span(word)
            mask[word.start : word.end] = True
    return mask


def covered(spans: Iterable[Span], size: int) -> NDArray[np.bool_]:
    """Tell of every byte of a file whether one of the spans covers it."""
    mask = np.zeros(size, dtype=bool)
    for span in spans:
        mask[span.start : span.end] = True
    return mask


def _places(page: Page) -> Iterator[Span]:
    if page.plain:
        yield Span(0, len(page.raw))
        return
    for leaf in leaves_of(page, outline_of(view_of(page.raw))):
        offsets = leaf.readable.offsets
        span = Span(int(offsets[0]), int(offsets[-1]))
        if leaf.kind is Kind.COMMENT:
            yield from _between_tags(page.raw, span)
        else:
            yield span


def _between_tags(raw: bytes, span: Span) -> Iterator[Span]:
    """The stretches of a comment that are not markup."""
    start = span.start
    for tag in _TAG.finditer(raw, span.start, span.end):
        yield Span(start, tag.start())
        start = tag.end()
    yield Span(start, span.end)
