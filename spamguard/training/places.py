"""Where in a page a block can be put. Everything works on bytes of an ASCII-compatible charset.

``<``, ``>`` and quotes are never trail bytes in the charsets pages come in, so tag edges are safe places.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

# Raw text, and containers whose content model a block would break, are stepped over as one piece.
_PIECES = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?\]\]>"
    rb"|<(?P<raw>script|style|textarea|title|noscript|xmp|iframe|svg|select|template|object|math|video|audio|pre|code)\b"
    rb"(?:[^>]*?[^>/])?>.*?(?:</(?P=raw)\s*>|\Z)"
    rb"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>"
    rb"|<[!?/][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKS = frozenset(
    b"p div ul ol table section article header footer nav aside main form dl blockquote center h1 h2 h3 h4 h5".split()
)
_TEXT_PARENTS = frozenset(b"p div td li span article section dd font strong b em a h1 h2 h3 br".split())
_HEAD_ONLY = frozenset(b"meta link base head".split())
_COPYRIGHT = ("copyright", "©", "&copy;", "版权所有", "版權所有", "ICP备", "All rights reserved")
_STOPS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the page, outside raw text."""

    start: int
    end: int
    name: bytes
    closing: bool


class Places:
    """The tags of a page and the offsets (bytes) a block may be put at."""

    def __init__(self, page: bytes, encoding: str) -> None:
        self.page = page
        self.encoding = encoding
        self.newline = "\r\n" if b"\r\n" in page[:4096] else "\n"
        self.tags = [
            Tag(m.start(), m.end(), m["name"].lower(), bool(m["close"])) for m in _PIECES.finditer(page) if m["name"]
        ]
        self.body_open = self._edge(b"body", closing=False, after=True)
        self.body_close = self._edge(b"body", closing=True, after=False, last=True)
        self.html_close = self._edge(b"html", closing=True, after=True, last=True)
        self.head_open = self._edge(b"head", closing=False, after=True)
        self.head_close = self._edge(b"head", closing=True, after=False)
        self.body_from = self._body_from()
        self.body_to = self.body_close if self.body_close is not None else len(page)

    def _edge(self, name: bytes, *, closing: bool, after: bool, last: bool = False) -> int | None:
        hits = [tag for tag in self.tags if tag.name == name and tag.closing is closing]
        if not hits:
            return None
        tag = hits[-1] if last else hits[0]
        return tag.end if after else tag.start

    def _body_from(self) -> int:
        if self.body_open is not None:
            return self.body_open
        head_end = self._edge(b"head", closing=True, after=True)
        if head_end is not None:
            return head_end
        metas = [tag.end for tag in self.tags if tag.name in _HEAD_ONLY]
        title = [m.end() for m in re.finditer(rb"</title\s*>|<!doctype[^>]*>", self.page, re.IGNORECASE)]
        return max([0, *metas, *title[:2]])

    def inside(self) -> list[Tag]:
        """Tags of the body, before ``</body>``."""
        return [tag for tag in self.tags if self.body_from <= tag.start and tag.end <= self.body_to]

    def start_of_body(self) -> int:
        """Right after ``<body>``, or where the body begins without one."""
        return self.body_from

    def end_of_body(self) -> int:
        """Right before ``</body>``, else before ``</html>``, else the end of the file."""
        if self.body_close is not None:
            return self.body_close
        close = self._edge(b"html", closing=True, after=False, last=True)
        return close if close is not None else len(self.page)

    def after_html(self) -> int:
        """Right after ``</html>``, or the end of the file."""
        return self.html_close if self.html_close is not None else len(self.page)

    def start_of_head(self) -> int:
        """Right after ``<head>``, or the place before the first tag that belongs in a head."""
        if self.head_open is not None:
            return self.head_open
        first = re.search(rb"<(?:title|meta|link)\b", self.page, re.IGNORECASE)
        return min(first.start(), self.body_from) if first else self.body_from

    def end_of_head(self) -> int:
        """Right before ``</head>``, or where the body begins."""
        return self.head_close if self.head_close is not None else self.start_of_head()

    def between_blocks(self, rng: random.Random) -> int:
        """Behind a random closed block of the body."""
        ends = [tag.end for tag in self.inside() if tag.closing and tag.name in _BLOCKS]
        return rng.choice(ends) if ends else self.end_of_body()

    def before_header(self, rng: random.Random) -> int:
        """Before one of the first blocks of the body."""
        starts = [tag.start for tag in self.inside() if not tag.closing and tag.name in _BLOCKS][:4]
        return rng.choice(starts) if starts else self.start_of_body()

    def in_cell(self, rng: random.Random) -> int:
        """First child of a table cell, or of a ``div`` or ``li``."""
        opened = [tag for tag in self.inside() if not tag.closing]
        for names in ((b"td", b"th"), (b"div", b"li", b"section", b"article")):
            starts = [tag.end for tag in opened if tag.name in names]
            if starts:
                return rng.choice(starts)
        return self.start_of_body()

    def in_list(self, rng: random.Random) -> int | None:
        """Behind a ``</li>`` of a list that is there already."""
        ends = [tag.end for tag in self.inside() if tag.closing and tag.name == b"li"]
        return rng.choice(ends) if ends else None

    def in_table(self, rng: random.Random) -> int | None:
        """Behind a ``</tr>``."""
        ends = [tag.end for tag in self.inside() if tag.closing and tag.name == b"tr"]
        return rng.choice(ends) if ends else None

    def after_footer(self) -> int:
        """Behind the text of the copyright or record line: the next tag edge after it."""
        found = -1
        for mark in _COPYRIGHT:
            try:
                raw = mark.encode(self.encoding)
            except UnicodeEncodeError:
                continue
            found = max(found, self.page.rfind(raw, self.body_from, self.body_to))
        if found < 0:
            return self.end_of_body()
        ends = [tag.end for tag in self.inside() if tag.closing and tag.name in _BLOCKS and tag.start >= found]
        return ends[0] if ends else self.end_of_body()

    def end_of_copyright(self) -> int | None:
        """Right before the tag that closes the copyright text."""
        after = self.after_footer()
        if after == self.end_of_body():
            return None
        return next((tag.start for tag in self.inside() if tag.end == after), None)

    def texts(self, least: int = 40) -> list[tuple[int, int]]:
        """Text runs of the body with at least ``least`` bytes, as (start, end)."""
        found: list[tuple[int, int]] = []
        tags = self.inside()
        for before, after in itertools.pairwise(tags):
            if after.start - before.end < least or before.name not in _TEXT_PARENTS:
                continue
            run = self.page[before.end : after.start]
            if b"<" not in run and len(run.strip()) >= least:
                found.append((before.end, after.start))
        return found

    def between_sentences(self, rng: random.Random) -> int | None:
        """Give an offset behind a full stop and its space inside a text run, or the end of one."""
        runs = self.texts()
        rng.shuffle(runs)
        for start, end in runs[:12]:
            offsets = [o for o in self._text_offsets(start, end, _STOPS) if start < o < end]
            if offsets:
                return rng.choice(offsets)
        return runs[0][1] if runs else None

    def words(self, rng: random.Random) -> tuple[int, int] | None:
        """Give the span of one word in the middle of a text run."""
        runs = self.texts()
        rng.shuffle(runs)
        for start, end in runs[:12]:
            raw = self.page[start:end]
            found = [m.span() for m in re.finditer(rb"(?<=[ ])[A-Za-z]{4,14}(?=[ ,.])", raw)]
            if found:
                a, b = rng.choice(found)
                return start + a, start + b
            text = self._decoded(start, end)
            if text is not None and len(text) > 8 and not re.search(r"[&<]", text):
                at = rng.randint(2, len(text) - 5)
                first = start + len(text[:at].encode(self.encoding))
                return first, first + len(text[at : at + 2].encode(self.encoding))
        return None

    def _text_offsets(self, start: int, end: int, pattern: re.Pattern[str]) -> list[int]:
        text = self._decoded(start, end)
        if text is None:
            return []
        return [start + len(text[: m.end()].encode(self.encoding)) for m in pattern.finditer(text)]

    def _decoded(self, start: int, end: int) -> str | None:
        """Decode a run, or nothing when its bytes and its characters do not line up."""
        raw = self.page[start:end]
        try:
            text = raw.decode(self.encoding)
            return text if text.encode(self.encoding) == raw else None
        except (UnicodeDecodeError, UnicodeEncodeError):
            return None

    def title(self) -> tuple[int, int] | None:
        """Give the span of the text of ``<title>``."""
        found = re.search(rb"<title[^>]*>(.*?)</title", self.page, re.IGNORECASE | re.DOTALL)
        return found.span(1) if found else None

    def attribute(self, rng: random.Random, names: tuple[bytes, ...]) -> int | None:
        """Give the end (before its closing quote) of the value of one of the named attributes of a random body tag."""
        pattern = re.compile(rb"\s(?:" + b"|".join(names) + rb")=\"[^\"<>]{3,}(?=\")", re.IGNORECASE)
        ends = [
            m.end() for tag in self.inside() if not tag.closing and (m := pattern.search(self.page, tag.start, tag.end))
        ]
        return rng.choice(ends) if ends else None

    def indent_at(self, offset: int) -> str:
        """Give the white space that starts the line of an offset."""
        line = self.page.rfind(b"\n", 0, offset) + 1
        found = re.match(rb"[ \t]*", self.page[line : min(offset + 1, line + 60)])
        return found.group().decode("ascii") if found else ""
