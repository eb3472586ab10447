"""What became of the responses that went through a middleware."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSED: Final = (
    "head",
    "status",
    "type",
    "encoded",
    "too-large",
    "skipped",
    "file",
    "broken-off",
)
"""Why a response was not judged; docs/python.md explains the words."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A snapshot. Every request seen ends as one of ``judged``, ``passed`` (by reason) and ``failed``.

    ``cleaned`` are those of the judged that went out changed, ``failed`` those that an error of ours let out as they
    were. A request that is under way is seen and nothing else yet.
    """

    seen: int
    judged: int
    cleaned: int
    failed: int
    passed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a response ended: ``cleaned`` is the body to send instead, ``passed`` why it was not judged."""

    cleaned: bytes | None = None
    passed: str | None = None
    failed: bool = False


class Tally:
    """Counts from all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._passed: Counter[str] = Counter(dict.fromkeys(PASSED, 0))

    def saw(self) -> None:
        """A request came in."""
        with self._lock:
            self._counts["seen"] += 1

    def ended(self, outcome: Outcome) -> None:
        """Its response was dealt with."""
        with self._lock:
            if outcome.failed:
                self._counts["failed"] += 1
            elif outcome.passed is not None:
                self._passed[outcome.passed] += 1
            else:
                self._counts["judged"] += 1
                self._counts["cleaned"] += outcome.cleaned is not None

    def counts(self) -> Counts:
        """The counts of one moment."""
        with self._lock:
            passed = MappingProxyType(dict(self._passed))
            counts = self._counts
            return Counts(counts["seen"], counts["judged"], counts["cleaned"], counts["failed"], passed)
