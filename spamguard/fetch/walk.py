"""The pages of one run, one after the other: those that were named, or those of a sitemap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.fetch.look import look
from spamguard.fetch.robots import Robots
from spamguard.fetch.sitemap import listed
from spamguard.fetch.verdict import PageReport, not_asked, page_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spamguard.fetch.client import Answer, Client
    from spamguard.fetch.seen import Judge
    from spamguard.fetch.state import State
    from spamguard.fetch.visitors import Visitor

_DOWN: Final = frozenset(
    {"unreachable", "timeout", "tls", "refused", "challenge", "server-error", "robots-unreachable"}
)
_ENOUGH: Final = 5


@dataclass(slots=True)
class Walk:
    """Looks at pages with one client. ``failed`` is told of an error of ours; that page costs its own report only."""

    client: Client
    judge: Judge
    visitors: Sequence[Visitor]
    failed: Callable[[str, Exception], None]
    stopped: str | None = field(default=None, init=False)
    """Why a walk ended before its sitemap did."""
    _robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self._robots = Robots(self.client)

    def pages(self, urls: Iterable[str]) -> Iterator[PageReport]:
        """Look at pages that were named."""
        return map(self._page, dict.fromkeys(urls))

    def sitemap(self, url: str, state: State, most: int) -> Iterator[PageReport]:
        """Look at up to ``most`` pages of a sitemap that ``state`` does not hold yet.

        A site that does not let us see five pages in a row is left alone.
        """
        looked = refused = unjudged = 0
        for one in listed(url, self.client, self._robots):
            if one.url in state.done:
                continue
            if looked == most:
                self.stopped = f"the sitemap lists more: {most:,} pages are looked at in one run (--max-pages)"
                return
            page = self._page(one.url) if one.failed is None else not_asked(one.url, one.failed)
            yield page
            looked += one.failed is None
            state.add(page.report.path, page.report.verdict)
            skipped = page.report.verdict == "skipped"
            unjudged += skipped
            refused = refused + 1 if skipped and page.report.reason in _DOWN else 0
            if refused == _ENOUGH:
                self.stopped = f"{refused} pages in a row could not be seen: the site is left alone"
                return
        if not unjudged:
            state.finish()

    def _page(self, url: str) -> PageReport:
        try:
            return page_report(look(url, self.visitors, self._ask, self.judge))
        except Exception as error:  # one page must not stop the others
            self.failed(url, error)
            return not_asked(url, "internal-error")

    def _ask(self, url: str, visitor: Visitor) -> Answer:
        return self.client.visit(url, visitor, self._robots.check)
