"""One tokenisation of a page: text runs and carriers with their places, markup reduced to marks.

The page is looked at as Latin-1 so that one character is one byte: columns of the tokeniser are byte columns in
every charset that keeps ASCII. Marks are control characters, which the view itself cannot contain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from turbohtml import TokenType, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Token

BREAK: Final = "\x00"
"""Between two segments."""
LINK: Final = "\x02"
"""An anchor opens."""
FOREIGN: Final = "\x05"
"""An anchor opens whose target is an absolute address."""
UNLINK: Final = "\x03"
"""An anchor closes."""
AMP: Final = "\x06"
"""Stands for ``&``, so that the tokeniser leaves character references as they are written."""

_MARKS = "".join(map(chr, range(0x09))) + "\x0b" + "".join(map(chr, range(0x0E, 0x20))) + "\r"
_VIEW: Final = bytes.maketrans(_MARKS.encode("latin-1") + b"&", b" " * len(_MARKS) + AMP.encode())

BLOCK_TAGS: Final = frozenset(
    "address article aside blockquote body br button caption center col colgroup dd details dialog dir div dl dt "  # noqa: SIM905
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "link main marquee menu menuitem meta nav object ol optgroup option p pre search section select summary table "
    "tbody td template tfoot th thead title tr ul".split()
)
VOID_TAGS: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
RAW_TAGS: Final = frozenset("script style title textarea noscript iframe noembed noframes xmp plaintext".split())  # noqa: SIM905
FALLBACK_TAGS: Final = frozenset({"noscript", "noframes", "noembed", "textarea", "xmp"})
"""Raw-text elements whose content is read as markup all the same."""
DEEPEST_FALLBACK: Final = 2
"""How far they are followed into one another: each level reads the rest of the page again."""
TOLD_META: Final = frozenset(
    "keywords description og:title og:description og:site_name twitter:title twitter:description news_keywords "  # noqa: SIM905
    "title abstract subject".split()
)
LONG_COMMENT: Final = 16
LONG_ATTRIBUTE: Final = 24


class Kind(IntEnum):
    """What sort of place a segment was found in."""

    TEXT = 0
    TITLE = 1
    META = 2
    COMMENT = 3
    ATTRIBUTE = 4


@dataclass(slots=True)
class Flow:
    """What one pass over the tokens gathers.

    ``pieces`` joined is the text of the page with marks; the token of the n-th text run stands at
    ``(lines[n], columns[n])`` (line from 1, column from 0 in bytes); ``firsts[k]`` is the number of runs seen before
    the k-th :data:`BREAK`. ``carriers`` are ``(kind, text, line, column)`` of the tag or comment that holds the text.
    """

    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    carriers: list[tuple[Kind, str, int, int]] = field(default_factory=list)


def view_of(raw: bytes) -> str:
    """The page as one character a byte, with ``&`` and control bytes out of the tokeniser's way; same length."""
    return raw.translate(_VIEW).decode("latin-1")


def tokens_of(view: str, *, attributes: bool = True) -> Iterator[Token]:
    """The tokens of a view, character references left as they are written."""
    return tokenize(view, resolve_references=False, capture_source=False, capture_attributes=attributes)


def flow_of(view: str) -> Flow:
    """Read a view from :func:`view_of` once."""
    flow = Flow()
    _read(view, flow, 0, 0, 0)
    while flow.pieces and flow.pieces[-1] != BREAK:
        flow.pieces.pop()  # white space and closing anchors after the last segment
    return flow


def _read(view: str, flow: Flow, line0: int, column0: int, depth: int) -> None:
    """Add the tokens of ``view``, whose first character stands on line ``line0 + 1`` at ``column0``."""
    add = flow.pieces.append
    lines, columns, firsts = flow.lines, flow.columns, flow.firsts
    text_token, start_tag, end_tag, comment = (
        TokenType.TEXT,
        TokenType.START_TAG,
        TokenType.END_TAG,
        TokenType.COMMENT,
    )
    blocks, raws = BLOCK_TAGS, RAW_TAGS
    raw_tag = ""
    broken = True
    for token in tokens_of(view):
        kind = token.type
        if kind is text_token:
            data = token.data or ""
            if raw_tag:
                _raw_text(raw_tag, data, token, flow, (line0, column0), depth)
            elif data.isspace():
                add(" ")
            else:
                line = token.line
                add(data)
                lines.append(line + line0)
                columns.append(token.col + column0 if line == 1 else token.col)
                broken = False
        elif kind is start_tag:
            tag = token.tag or ""
            if tag in blocks:
                if not broken:
                    add(BREAK)
                    firsts.append(len(lines))
                    broken = True
                if tag == "meta":
                    _meta(token, flow, (line0, column0))
            elif tag == "a":
                href = token.attr("href")
                add(FOREIGN if href and href.startswith(("http", "//")) else LINK)
            elif tag == "img":
                alt = token.attr("alt")
                if alt and len(alt) >= LONG_ATTRIBUTE:
                    _carry(Kind.ATTRIBUTE, alt, token, flow, (line0, column0))
            if tag in raws:
                raw_tag = tag
        elif kind is end_tag:
            tag = token.tag or ""
            raw_tag = ""
            if tag == "a":
                add(UNLINK)
            elif tag in blocks and not broken:
                add(BREAK)
                firsts.append(len(lines))
                broken = True
        elif kind is comment:
            data = token.data or ""
            if len(data) >= LONG_COMMENT and not data.startswith("[if"):
                _carry(Kind.COMMENT, data, token, flow, (line0, column0))
    if not broken:
        add(BREAK)
        firsts.append(len(lines))


def _carry(kind: Kind, data: str, token: Token, flow: Flow, base: tuple[int, int]) -> None:
    line = token.line
    flow.carriers.append((kind, data, line + base[0], token.col + base[1] if line == 1 else token.col))


def _meta(token: Token, flow: Flow, base: tuple[int, int]) -> None:
    name = token.attr("name") or token.attr("property")
    if name and name.lower() in TOLD_META and (content := token.attr("content")):
        _carry(Kind.META, content, token, flow, base)


def _raw_text(tag: str, data: str, token: Token, flow: Flow, base: tuple[int, int], depth: int) -> None:
    """Text of an element whose content is not tokenised: a title is a carrier, a fallback is read in its turn."""
    if tag == "title":
        _carry(Kind.TITLE, data, token, flow, base)
    elif tag in FALLBACK_TAGS and depth < DEEPEST_FALLBACK and not data.isspace():
        line = token.line
        column = token.col + base[1] if line == 1 else token.col
        flow.pieces.append(BREAK)
        flow.firsts.append(len(flow.lines))
        _read(data, flow, line + base[0] - 1, column, depth + 1)
