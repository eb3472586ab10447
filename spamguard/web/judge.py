"""What both middlewares share: which response is judged, the judging itself, and that no error of ours gets out."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from spamguard.web.coding import packed, unpacked
from spamguard.web.counts import Counts, Outcome, Tally
from spamguard.web.headers import PageHead, page_head

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.guard import Guard
    from spamguard.verdicts import FileReport
    from spamguard.web.headers import Headers

    Report = Callable[[str, FileReport], object]

App = TypeVar("App")
MAX_BYTES: Final = 2 << 20
_log = logging.getLogger("spamguard.web")
# The guard takes some names for plain text; a response that says it is HTML is HTML, at whatever address.
_JUDGED_AS: Final = "response.html"


class Judge:
    """Judges bodies for one middleware and counts. Safe to share between threads."""

    def __init__(self, guard: Guard | None, *, max_bytes: int, unsafe: bool, report: Report | None) -> None:
        if guard is None:
            from spamguard.guard import Guard

            guard = Guard()
        self.max_bytes = max_bytes
        self.tally = Tally()
        self._guard = guard
        self._unsafe = unsafe
        self._report = report

    def outcome(self, path: str, body: bytes, head: PageHead) -> Outcome:
        """Judge a whole body. Never raises: a failure is logged, and the body goes out as it is."""
        try:
            return self._judged(path, body, head)
        except Exception:
            _log.exception("judging %r failed: it goes out as it is", path)
            return Outcome(failed=True)

    def _judged(self, path: str, body: bytes, head: PageHead) -> Outcome:
        page = body if head.coding is None else unpacked(body, head.coding, self.max_bytes)
        if page is None:
            return Outcome(passed="encoded")
        cleaned = self._guard.clean(page, path=_JUDGED_AS, charset=head.charset, unsafe=self._unsafe)
        if cleaned.report.verdict == "skipped":
            return Outcome(passed="skipped")
        changed = cleaned.data != page
        new = None
        if changed:
            new = cleaned.data if head.coding is None else packed(cleaned.data, head.coding)
            _log.info("cut %d bytes out of %r", len(page) - len(cleaned.data), path)
        if cleaned.report.verdict == "infected":
            self._tell(path, replace(cleaned.report, path=path))
        return Outcome(cleaned=new)

    def _tell(self, path: str, report: FileReport) -> None:
        if self._report is None:
            return
        try:
            self._report(path, report)
        except Exception:
            _log.exception("the report callback failed on %r", path)


class Middleware(Generic[App]):
    """Wraps ``app``. HTML pages are held back until they are complete, judged, and sent without their spam.

    ``max_bytes`` bounds what is held back of a response; a longer one goes out as it comes. ``unsafe`` takes out what
    is to be reviewed as well. ``report`` is called with the path and the report of every infected page, from the
    thread that judged it. The model is loaded here, not in the first request.
    """

    def __init__(
        self,
        app: App,
        guard: Guard | None = None,
        *,
        max_bytes: int = MAX_BYTES,
        unsafe: bool = False,
        report: Report | None = None,
    ) -> None:
        self._app = app
        self._judge = Judge(guard, max_bytes=max_bytes, unsafe=unsafe, report=report)

    @property
    def counts(self) -> Counts:
        """What became of all responses up to now."""
        return self._judge.tally.counts()


class Visit:
    """One request, counted once whatever happens to it."""

    def __init__(self, judge: Judge, method: str, path: str) -> None:
        self.path = path
        self._judge = judge
        self._method = method
        self._ended = False
        judge.tally.saw()

    def page_head(self, read: Callable[[], tuple[int, Headers]]) -> PageHead | None:
        """The head of a response that is to be judged; any other is counted as passed.

        ``read`` gives status and headers; that the application's make no sense is no reason to fail here.
        """
        try:
            head = page_head(self._method, *read(), self._judge.max_bytes)
        except Exception:
            _log.exception("the head of %r is not understood: it goes out as it is", self.path)
            self.end(Outcome(failed=True))
            return None
        if isinstance(head, str):
            self.end(Outcome(passed=head))
            return None
        return head

    def end(self, outcome: Outcome) -> None:
        """Count how it ended. Only the first end counts: what follows happens to a body that is on its way."""
        if not self._ended:
            self._ended = True
            self._judge.tally.ended(outcome)
