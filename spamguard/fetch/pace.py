"""How fast a site is asked."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SLOWEST: Final = 30.0


@dataclass(slots=True)
class Pace:
    """Leaves ``delay`` seconds between two visits to a host, or what its robots.txt wants, up to half a minute."""

    delay: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)
    _own: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        """Wait until this host may be asked again."""
        now = self.clock()
        due = self._next.get(host, now)
        if due > now:
            self.sleep(due - now)
        self._next[host] = max(due, now) + max(self.delay, self._own.get(host, 0.0))

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave at least this time between requests to the host from now on."""
        self._own[host] = min(seconds, _SLOWEST)
