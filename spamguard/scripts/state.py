"""What has been read of a script so far, and what may still be spent on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.scripts import undo
from spamguard.scripts.reading import HALVED, PARTLY, Saying, Use
from spamguard.scripts.values import Text, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Span

MOST_TOKENS: Final = 100_000
"""Of a script and all that it evaluates."""
MOST_TEXT: Final = 2_000_000
"""Characters that its strings may grow to, all steps counted."""
MOST_REPEATED: Final = 6_000
"""Words and marks that are read again because a function is called or a loop goes on."""
_SPLIT: Final = 3
_ELEMENTS: Final = frozenset({"iframe", "script", "object", "embed", "frame"})


class LimitError(Exception):
    """A limit is met."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text that is evaluated, and what of the page it was made of."""

    text: str
    whole: Span
    how: frozenset[str]
    number: int


@dataclass(slots=True)
class Found:
    """What was read. ``veiled`` are names in disguise, ``known`` values of names, ``waiting`` texts still to read.

    ``repeated`` words and marks were read again, ``repeatedly`` is what was said by them; ``grew`` are the names that
    were added to, with what they stood for before. ``ran`` are the functions that were run through, by where they
    begin, for which so many strings were ``forgotten``.
    """

    sayings: list[Saying] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)
    unknown: set[Use] = field(default_factory=set)
    veiled: set[str] = field(default_factory=set)
    known: dict[str, Value] = field(default_factory=dict)
    waiting: list[Run] = field(default_factory=list)
    tokens: int = 0
    text: int = 0
    repeated: int = 0
    grew: list[tuple[str, Value]] = field(default_factory=list)
    forgotten: int = 0
    ran: set[tuple[int, int]] = field(default_factory=set)
    repeatedly: set[Saying] = field(default_factory=set)
    texts: int = 0
    stopped: str | None = None

    def spend(self, characters: int) -> None:
        """Count what strings grow to. Raises :class:`LimitError`."""
        self.text += characters
        if self.text > MOST_TEXT:
            raise LimitError(f"its strings grow to more than {MOST_TEXT:,} characters")

    def grown(self, text: Text) -> Text:
        """The text, counted."""
        self.spend(len(text.text))
        return text

    def total(self, terms: Sequence[Value]) -> Value:
        """Strings put together; what is not known among them is left out."""
        if all(isinstance(term, int) for term in terms):
            return sum(term for term in terms if isinstance(term, int))
        texts = [term if isinstance(term, Text) else Text(str(term)) for term in terms if isinstance(term, Text | int)]
        if not any(isinstance(term, Text) for term in terms):
            return None
        how = frozenset().union(*(text.how for text in texts))
        if len(texts) < len(terms):
            how |= {PARTLY}
        if sum(len(text.text) <= _SPLIT for text in texts) >= _SPLIT and len(texts) == len(terms):
            how |= {"split"}
        whole = "".join(text.text for text in texts)
        if whole.lower() in _ELEMENTS and sum(bool(text.text) for text in texts) > 1:
            how |= {HALVED}
        return self.grown(Text(whole, how))

    def unpacked(self, values: list[Value]) -> Value:
        """What the packer with these arguments evaluates to."""
        payload, radix, words = values[0] if values else None, values[1] if len(values) > 1 else None, None
        if len(values) > 3:
            words = values[3]
        if not isinstance(payload, Text) or not isinstance(radix, int) or not isinstance(words, list):
            return None
        texts = [word.text if isinstance(word, Text) else "" for word in words]
        longest = max(map(len, texts), default=0)
        self.spend(len(payload.text))
        if len(payload.text) * max(longest, 1) > 8 * MOST_TEXT:
            raise LimitError("what it packs would unpack to too much")
        return self.grown(payload.through(undo.unpacked(payload.text, radix, texts), "packed"))
