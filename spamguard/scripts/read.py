"""Reads a script without running it: what is known of its expressions before it runs, left to right, once.

Every token is passed once and nothing is ever tried twice, so time grows with the size of the script; what strings
may grow to, how deep brackets and evaluated texts may nest, is limited, and a limit that is met is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.findings import Span
from spamguard.page.readable import readable
from spamguard.scripts.ciphers import CODES, markup_in
from spamguard.scripts.reader import Reader
from spamguard.scripts.reading import NAMED, Reading, Saying, Use
from spamguard.scripts.state import Found, LimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST: Final = 32 * 1024
"""Bytes of a script that are read, half of them from its end."""
_STATEMENT_END: Final = re.compile(rb"[;\n]")
_WRITES: Final = frozenset(
    ["write", "writeln", "innerHTML", "outerHTML", "insertAdjacentHTML", "html", "append", "prepend", "after", "before"]
)
_RUNS: Final = frozenset({"eval", "execScript", "Function"})
"""What the markup may be written by that a loop makes: one more script, made by the same loop."""
_TOO_LONG: Final = "the script is longer than what is read of it"


def read_script(raw: bytes, start: int, end: int, codec: str) -> Reading:
    """Read the script in bytes ``[start, end)`` of a page."""
    if end - start <= LONGEST:
        whole = readable(raw, start, end, codec, references=False)
        return _reading(whole.text, whole.offsets, None)
    # Of a long script both ends are read: what is added to one is added there.
    head = readable(raw, start, start + LONGEST // 2, codec, references=False)
    cut = _STATEMENT_END.search(raw, end - LONGEST // 2, end - LONGEST // 4)
    tail = readable(raw, cut.end() if cut else end - LONGEST // 2, end, codec, references=False)
    text = f"{head.text}\n{tail.text}"
    return _reading(text, np.concatenate((head.offsets, tail.offsets)), _TOO_LONG)


def read_alone(script: str) -> Reading:
    """Read a script by itself; where its strings stand in a page is not told."""
    if len(script) <= LONGEST:
        return _reading(script, None, None)
    head, tail = script[: LONGEST // 2], script[-LONGEST // 2 :]
    return _reading(f"{head}\n{tail[tail.find(';', 0, LONGEST // 4) + 1 :]}", None, _TOO_LONG)


def _reading(script: str, offsets: Sequence[int] | NDArray[np.int64] | None, stopped: str | None) -> Reading:
    found = Found(stopped=stopped)
    try:
        Reader(script, found, offsets).read()
        # One after the other, not one inside the other: so deep a stack Python would not have.
        while found.waiting:
            run = found.waiting.pop(0)
            Reader(run.text, found, None, whole=run.whole, how=run.how, run=run.number).read()
    except LimitError as stop:
        found.stopped = str(stop)
    if found.names & CODES and found.names & (_WRITES | _RUNS):
        how = frozenset({"codes", NAMED} if found.veiled & _WRITES else {"codes"})
        said = {saying.text for saying in found.sayings}
        for text, start, end in markup_in(script):
            if any(text in known for known in said):
                continue
            span = Span(int(offsets[start]), int(offsets[end])) if offsets is not None else Span(0, 0)
            found.sayings.append(Saying(text, Use.WRITTEN, span, how))
    return Reading(
        tuple(found.sayings),
        frozenset(found.names),
        tuple(found.patterns),
        frozenset(found.unknown),
        found.stopped,
    )
