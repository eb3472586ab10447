"""What a family of signs says of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

SURE: Final = 0.99
"""The confidence of a sign that no honest page is known to give."""
_VALUE: Final = 200
_TEXT: Final = 400
_EXCERPT: Final = 160


@dataclass(frozen=True, slots=True)
class Sign:
    """A break-in that a rule recognises.

    ``spans`` are what goes, before the white space beside them is fitted; ``edits`` are made as they are, as where an
    element goes and its content stays. ``doubt`` says why it is only for review, None when it may be cut unasked.
    A ``spare`` sign is told only where no block is found in the same place: a block knows better what belongs to it.
    One that is ``leaning`` is told only where a block speaks for it.
    """

    rule: str
    category: str
    confidence: float
    spans: tuple[Span, ...]
    excerpt: str
    edits: tuple[Edit, ...] = ()
    doubt: str | None = None
    hidden_by: str | None = None
    spare: bool = False
    leaning: bool = False
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def parts(self) -> list[Span]:
        """What of the page it touches."""
        return [*self.spans, *(Span(edit.start, edit.end) for edit in self.edits)]

    @property
    def hull(self) -> Span:
        """The stretch of the page that it is about."""
        parts = self.parts
        return Span(min(part.start for part in parts), max(part.end for part in parts))


def reason(name: str, value: float | str, text: str) -> Evidence:
    """A reason for a sign. Rules add no weights: what they ask holds or it does not."""
    return Evidence(name, value[:_VALUE] if isinstance(value, str) else value, 0.0, text[:_TEXT])


def excerpt_of(texts: Iterable[str]) -> str:
    """The beginning of what a sign is about, on one line."""
    text = " | ".join(" ".join(text.split()) for text in texts)
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
