r"""Unified diffs of page bytes, in time linear in the page for any page.

The lines are those of the file: split at ``\n`` only, never decoded, so that ``patch`` and ``git apply``
put exactly the same bytes there. :mod:`difflib` alone would take minutes on a page of equal lines.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from os import fsencode
from typing import TYPE_CHECKING

from spamguard.report.sanitize import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.report.style import Style

Block = tuple[int, int, int, int]
"""Lines ``[a0, a1)`` of the old file became lines ``[b0, b1)`` of the new one."""

_CONTEXT = 3
_NO_NEWLINE = b"\n\\ No newline at end of file\n"
# Above this many pairs of lines between two anchors the exact comparison costs more than a shorter diff is worth.
_EXACT_PAIRS = 40_000
_QUOTED = {0x07: b"\\a", 0x08: b"\\b", 0x09: b"\\t", 0x0A: b"\\n", 0x0B: b"\\v", 0x0C: b"\\f", 0x0D: b"\\r"}


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """Write the patch that turns ``before`` into ``after``; it is empty if they are equal."""
    if before == after:
        return b""
    old, new = _lines(before), _lines(after)
    parts = [b"--- " + _name("a/", path) + b"\n", b"+++ " + _name("b/", path) + b"\n"]
    for hunk in _hunks(_changes(old, new)):
        parts.extend(_hunk(hunk, old, new))
    return b"".join(parts)


def for_terminal(diff: bytes, encoding: str, style: Style) -> str:
    """Make a diff fit to look at: decoded, control characters escaped, coloured; it can no longer be applied."""
    try:
        text = diff.decode(encoding or "utf-8", "backslashreplace")
    except LookupError:
        text = diff.decode("utf-8", "backslashreplace")
    colors = {"---": "bold", "+++": "bold", "@@ ": "cyan"}
    lines = []
    for line in text.removesuffix("\n").split("\n"):
        color = colors.get(line[:3]) or {"-": "red", "+": "green"}.get(line[:1])
        shown = escaped(line.removesuffix("\r").replace("\t", " "))
        lines.append(style.paint(shown, color) if color else shown)
    return "".join(f"{line}\n" for line in lines)


def _lines(data: bytes) -> list[bytes]:
    """Lines with their end; ``bytes.splitlines`` would also split at a lone carriage return."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _name(prefix: str, path: str) -> bytes:
    """Write a file name as git does: relative, C-quoted if it holds bytes that would break the line."""
    relative = posixpath.normpath(path).lstrip("/")
    raw = prefix.encode() + fsencode(relative)
    if any(byte < 0x20 or byte >= 0x7F or byte in b'"\\' for byte in raw):
        return b'"' + b"".join(_quoted(byte) for byte in raw) + b'"'
    # The tab tells patch where a name with blanks ends.
    return raw + b"\t" if b" " in raw else raw


def _quoted(byte: int) -> bytes:
    if byte in b'"\\':
        return b"\\" + bytes([byte])
    if 0x20 <= byte < 0x7F:
        return bytes([byte])
    return _QUOTED.get(byte) or b"\\%03o" % byte


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Block]:
    """List the changed regions in order, comparing between lines unique on both sides (a patience diff)."""
    a = b = 0
    for anchor_a, anchor_b in [*_anchors(old, new), (len(old), len(new))]:
        yield from _gap(old, new, (a, anchor_a, b, anchor_b))
        a, b = anchor_a, anchor_b


def _anchors(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """Find the longest run of line pairs, rising on both sides, of lines that occur once in each file."""
    count_old, count_new = Counter(old), Counter(new)
    place = {line: index for index, line in enumerate(new)}
    pairs = [(i, place[line]) for i, line in enumerate(old) if count_old[line] == count_new[line] == 1]
    tails: list[int] = []
    tail_pairs: list[int] = []
    previous = [-1] * len(pairs)
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        previous[index] = tail_pairs[at - 1] if at else -1
        tails[at : at + 1] = [j]
        tail_pairs[at : at + 1] = [index]
    chain = []
    index = tail_pairs[-1] if tail_pairs else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _gap(old: Sequence[bytes], new: Sequence[bytes], block: Block) -> Iterator[Block]:
    a0, a1, b0, b1 = block
    while a0 < a1 and b0 < b1 and old[a0] == new[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    if a0 == a1 and b0 == b1:
        return
    if (a1 - a0) * (b1 - b0) > _EXACT_PAIRS:
        yield a0, a1, b0, b1
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, old[a0:a1], new[b0:b1]).get_opcodes():
        if tag != "equal":
            yield a0 + i0, a0 + i1, b0 + j0, b0 + j1


def _hunks(changes: Iterator[Block]) -> Iterator[list[Block]]:
    """Group changes: those whose context lines touch stand in one hunk."""
    hunk: list[Block] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(changes: list[Block], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    lead = min(_CONTEXT, changes[0][0])
    trail = min(_CONTEXT, len(old) - changes[-1][1])
    a0, b0 = changes[0][0] - lead, changes[0][2] - lead
    a1, b1 = changes[-1][1] + trail, changes[-1][3] + trail
    yield b"@@ -%s +%s @@\n" % (_range(a0, a1), _range(b0, b1))
    at = a0
    for i0, i1, j0, j1 in changes:
        yield from (_line(b" ", line) for line in old[at:i0])
        yield from (_line(b"-", line) for line in old[i0:i1])
        yield from (_line(b"+", line) for line in new[j0:j1])
        at = i1
    yield from (_line(b" ", line) for line in old[at:a1])


def _range(start: int, end: int) -> bytes:
    if end - start == 1:
        return b"%d" % (start + 1)
    # An empty range names the line before it.
    return b"%d,%d" % (start + 1 if end > start else start, end - start)


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + _NO_NEWLINE
