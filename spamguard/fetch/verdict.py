"""From what was seen of a page to what is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from spamguard.fetch.addresses import host_of
from spamguard.findings import Evidence, Finding, Span
from spamguard.verdicts import FileReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spamguard.fetch.look import Look, Visits
    from spamguard.fetch.seen import Seen

CLOAKED: Final = "cloaked"
CLOAKED_REDIRECT: Final = "cloaked-redirect"
_LEAD_AWAY: Final = frozenset({"foreign-refresh", "search-redirect"})
_SURE: Final = 0.99
_NO_WEIGHT: Final = 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that one visitor is sent every time and browsers never; no spam by itself.

    ``kind`` is ``text``, ``redirect``, ``status`` or ``native``; ``count`` the number of blocks of text.
    """

    visitor: str
    kind: str
    count: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class PageReport:
    """What is said of a page. ``report`` has its address for a path; ``seen_by`` tells who is sent each finding."""

    report: FileReport
    seen: tuple[Seen, ...] = ()
    seen_by: Mapping[str, tuple[str, ...]] | None = None
    differences: tuple[Difference, ...] = ()


def page_report(look: Look) -> PageReport:
    """Judge a page as a whole: spam beats what could not be judged, and that beats everything harmless."""
    shown = _shown(look)
    own = shown.report.findings if shown.report is not None else ()
    found = {finding.id: (finding, ("browser",)) for finding in own}
    for visits in look.others:
        redirects = list(_redirect(visits, look))
        # A refresh is a redirect too: told once, as what it does to people.
        cloaked = [one for one in _cloaked(visits, look) if not (redirects and _found_as(one) in _LEAD_AWAY)]
        for finding in (*cloaked, *redirects):
            first, visitors = found.get(finding.id, (finding, ()))
            found[finding.id] = (first, (*visitors, visits.visitor.name))
    findings = tuple(_told(finding, visitors, look) for finding, visitors in found.values())
    base = replace(shown.report or FileReport(look.url, "", 0, "", "clean"), path=look.url, findings=findings)
    return PageReport(
        _with_verdict(base, look),
        (*look.browsers[:2], *(visits.first for visits in look.others)),
        {key: visitors for key, (_, visitors) in found.items()},
        tuple(_differences(look)),
    )


def not_asked(url: str, reason: str) -> PageReport:
    """The report on a page that was not asked for."""
    return PageReport(FileReport(url, "", 0, "", "skipped", reason), seen_by={})


def _shown(look: Look) -> Seen:
    """The browser's visit that the report is about: one with findings, or else with a page, or else the first."""
    judged = [seen for seen in look.browsers if seen.report is not None]
    spoken = (seen for seen in judged if seen.report is not None and _speaks(seen.report))
    return next(spoken, (judged or look.browsers)[0])


def _speaks(report: FileReport) -> bool:
    return bool(report.findings) or report.verdict == "spam"


def _with_verdict(report: FileReport, look: Look) -> FileReport:
    if report.verdict == "spam":
        return report
    if report.findings:
        return replace(report, verdict="infected", reason=None if report.verdict == "skipped" else report.reason)
    reason = _unjudged(look)
    return replace(report, verdict="skipped", reason=reason) if reason is not None else report


def _unjudged(look: Look) -> str | None:
    """Why it cannot be said that all visitors are sent the same, None if it can."""
    failures = [seen.failed for seen in look.browsers]
    failures += ["unstable" for visits in look.others if visits.unstable]
    failures += [seen.failed for visits in look.others for seen in visits.seen]
    failures += ["differs" for visits in look.others if visits.native]
    return next((failure for failure in failures if failure is not None), None)


def _cloaked(visits: Visits, look: Look) -> Iterator[Finding]:
    known = any(seen.answered for seen in look.browsers)
    for finding in visits.findings:
        # No browser's page to compare with is no proof that people are sent another one.
        rule = CLOAKED if known else finding.rule
        evidence = (Evidence("rule", finding.rule, _NO_WEIGHT, f"found as {finding.rule}"), *finding.evidence)
        yield replace(
            finding, rule=rule, disposition="review", edits=(), evidence=evidence if known else finding.evidence
        )


def _found_as(finding: Finding) -> str:
    return str(finding.evidence[0].value) if finding.rule == CLOAKED else finding.rule


def _redirect(visits: Visits, look: Look) -> Iterator[Finding]:
    target = visits.leads_to
    if target is None or not visits.visitor.reader or sum(seen.answered for seen in look.browsers) < 2:
        return
    host = host_of(target)
    yield Finding(
        id=hashlib.sha256(f"{CLOAKED_REDIRECT} {host}".encode()).hexdigest()[:16],
        rule=CLOAKED_REDIRECT,
        category="links",
        confidence=_SURE,
        disposition="review",
        span=Span(0, 0),
        line=1,
        column=1,
        edits=(),
        hidden_by=None,
        evidence=(Evidence("host", host, _NO_WEIGHT, f"who comes from a search is sent on to {host}"),),
        excerpt=target,
    )


def _told(finding: Finding, visitors: tuple[str, ...], look: Look) -> Finding:
    """A finding with the evidence of who is sent it, where that is not everybody."""
    if "browser" in visitors:
        return finding
    names = ", ".join(visitors)
    answered = sum(seen.answered for seen in look.browsers)
    text = f"sent to {names}, and to a browser in none of {answered} visits"
    if not answered:
        text = f"sent to {names}; what browsers are sent could not be seen"
    return replace(finding, evidence=(Evidence("seen-by", names, _NO_WEIGHT, text), *finding.evidence))


def _differences(look: Look) -> Iterator[Difference]:
    usual = next((seen for seen in look.browsers if seen.answered), None)
    for visits in look.others:
        status = visits.first.status
        if usual is not None and visits.first.answered and status != usual.status:
            yield Difference(visits.visitor.name, "status", 0, f"HTTP {status}; a browser gets HTTP {usual.status}")
        if visits.leads_to is not None:
            yield Difference(visits.visitor.name, "redirect", 0, visits.leads_to)
        if visits.native:
            yield Difference(
                visits.visitor.name, "native", 0, (visits.first.report and visits.first.report.reason) or ""
            )
        if visits.texts and not visits.findings:
            yield Difference(visits.visitor.name, "text", len(visits.texts), max(visits.texts, key=len))
