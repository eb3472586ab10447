"""What all signs of scripts share: what goes, and when it may go unasked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.signs.sign import SURE, Sign, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.findings import Evidence
    from spamguard.scripts.reading import Reading, Saying
    from spamguard.signs.sight import Script

DECLARATIONS: Final = re.compile(r"\s*[a-z-]{3,30}\s*:[^<>{}]{1,300}\Z", re.IGNORECASE)
"""Style declarations, and nothing else."""
_MUCH: Final = 1_500
_MIXED: Final = "most of the script does something else"


def _is_mixed(script: Script, sayings: Iterable[Saying]) -> bool:
    """Whether much of a script is about other things than these strings: somebody may have added them to it."""
    size = script.body.end - script.body.start
    said = {saying.span for saying in sayings}
    covered, last = 0, script.body.start
    for span in sorted(said):
        covered += max(span.end - max(span.start, last), 0)
        last = max(last, span.end)
    return size - covered > max(_MUCH, covered)


def sign_of(
    script: Script,
    rule: str,
    category: str,
    excerpt: str,
    evidence: tuple[Evidence, ...],
    *,
    reading: Reading,
    about: Iterable[Saying],
    holders: Sequence[Span] = (),
) -> Sign:
    """The sign that takes a whole script out and what it fills; ``about`` are the strings that it is found by."""
    if reading.stopped is not None:
        evidence += (reason("limit", reading.stopped, f"not all of the script was read: {reading.stopped}"),)
    return Sign(
        rule=rule,
        category=category,
        confidence=SURE,
        spans=tuple(sorted({Span(script.element.start, script.element.end), *holders})),
        excerpt=excerpt,
        doubt=_MIXED if _is_mixed(script, about) else None,
        hidden_by="script",
        evidence=evidence,
    )
