"""A page as all visitors see it: asked for, compared, asked for again where something differs, and reported.

What differs between two visits of the same browser is noise. So is what a visitor is sent once and not again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.fetch.fresh import Usual, fresh_findings, fresh_texts
from spamguard.fetch.seen import Seen, see
from spamguard.fetch.visitors import BROWSER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spamguard.fetch.client import Answer
    from spamguard.fetch.seen import Judge
    from spamguard.fetch.visitors import Visitor
    from spamguard.findings import Finding

    Ask = Callable[[str, Visitor], Answer]

_ROUNDS: Final = 2
"""How often a difference is asked for again. A page that tosses a coin for every visit then passes for cloaked once in
128 times, and only if one of its sides is spam or a redirect to another site."""
_NO_USE: Final = frozenset(
    {
        "robots",
        "robots-unreachable",
        "private-address",
        "unreachable",
        "timeout",
        "tls",
        "bad-address",
    }
)
"""Failures after which a site is left alone: nobody else would be told more."""


@dataclass(frozen=True, slots=True)
class Visits:
    """All visits of one visitor to a page, and what of them no browser was sent.

    ``findings`` are those of the first visit, if every visit had some; ``texts`` the blocks that every visit had.
    ``unstable`` tells that spam or a redirect to another site came once and did not come again.
    """

    visitor: Visitor
    seen: tuple[Seen, ...]
    findings: tuple[Finding, ...] = ()
    texts: tuple[str, ...] = ()
    leads_to: str | None = None
    native: bool = False
    unstable: bool = False

    @property
    def first(self) -> Seen:
        """The first visit: what offsets and digests in a report refer to."""
        return self.seen[0]


@dataclass(frozen=True, slots=True)
class Look:
    """All that was seen of a page."""

    url: str
    browsers: tuple[Seen, ...]
    others: tuple[Visits, ...] = field(default=())


def look(url: str, visitors: Sequence[Visitor], ask: Ask, judge: Judge) -> Look:
    """Ask for a page as a browser, as all ``visitors`` and as a browser again; then again as those who saw more."""

    def once(visitor: Visitor) -> Seen:
        return see(url, visitor, ask, judge)

    browsers = [once(BROWSER)]
    if browsers[0].failed in _NO_USE:
        return Look(url, tuple(browsers))
    seen = {visitor: [once(visitor)] for visitor in visitors}
    browsers.append(once(BROWSER))
    for _ in range(_ROUNDS):
        usual = Usual.of(browsers)
        doubted = [visitor for visitor in visitors if _doubted(_compared(visitor, seen[visitor], usual))]
        if not doubted:
            break
        for visitor in doubted:
            seen[visitor].append(once(visitor))
        browsers.append(once(BROWSER))
    usual = Usual.of(browsers)
    return Look(url, tuple(browsers), tuple(_compared(visitor, seen[visitor], usual) for visitor in visitors))


def _doubted(visits: Visits) -> bool:
    return bool(visits.findings or visits.texts or visits.native or visits.leads_to is not None)


def _compared(visitor: Visitor, seen: Sequence[Seen], usual: Usual) -> Visits:
    """What of a visitor's visits no browser was sent."""
    findings = [fresh_findings(one, usual) for one in seen]
    redirects = [one.leads_to is not None and not usual.led_away for one in seen]
    # Texts differ between any two sites' pages, so only where browsers got a page there is something to differ from.
    texts = [fresh_texts(one, usual) for one in seen] if usual.pages else [{}]
    common = set(texts[0]).intersection(*texts[1:])
    native = not usual.native and all(one.report is not None and one.report.verdict == "native" for one in seen)
    # A crawler may be sent to a page that tests whether it is one: that happens to crawlers, not to their readers.
    once = any(findings) or (visitor.reader and any(redirects))
    always = all(findings) or all(redirects)
    return Visits(
        visitor,
        tuple(seen),
        findings[0] if all(findings) else (),
        tuple(texts[0][key] for key in texts[0] if key in common),
        seen[0].leads_to if all(redirects) else None,
        native,
        once and not always,
    )
