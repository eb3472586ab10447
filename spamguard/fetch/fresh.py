"""What a visitor was sent that browsers were not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.fetch.blocks import stands_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.fetch.seen import Seen
    from spamguard.findings import Finding


@dataclass(frozen=True, slots=True)
class Usual:
    """What browsers are sent, all their visits together.

    ``rotating`` are the categories of spam that every visit sees in another shape; ``led_away`` tells that a browser
    was redirected to another site.
    """

    pages: tuple[Seen, ...]
    sources: tuple[str, ...]
    blocks: dict[str, str]
    led_away: bool
    native: bool
    rotating: frozenset[str]

    @classmethod
    def of(cls, browsers: Sequence[Seen]) -> Usual:
        """Gather the browsers' visits."""
        judged = [seen for seen in browsers if seen.report is not None]
        return cls(
            tuple(seen for seen in browsers if seen.failed is None),
            tuple(seen.source for seen in judged),
            {key: text for seen in judged for key, text in seen.blocks.items()},
            any(seen.leads_to is not None for seen in browsers),
            any(seen.report.verdict == "native" for seen in judged if seen.report is not None),
            frozenset(_rotating(judged)),
        )


def fresh_findings(seen: Seen, usual: Usual) -> tuple[Finding, ...]:
    """The findings on a visitor's page that stand on no browser's.

    A site that is about such things itself has them in ever new words: there, only what is hidden counts.
    """
    report = seen.report
    if report is None:
        return ()
    return tuple(
        finding
        for finding in report.findings
        if finding.category not in usual.rotating
        and (not usual.native or finding.hidden_by is not None)
        and not _stands(finding, seen, usual.sources, usual.blocks)
    )


def fresh_texts(seen: Seen, usual: Usual) -> dict[str, str]:
    """The blocks of text on a visitor's page that stand on no browser's, by their masked form."""
    if seen.failed is not None:
        return {}
    return {key: text for key, text in seen.texts.items() if key not in usual.blocks}


def _rotating(browsers: Sequence[Seen]) -> set[str]:
    return {
        finding.category
        for seen in browsers
        for finding in (seen.report.findings if seen.report is not None else ())
        if not all(_stands(finding, seen, (other.source,), other.blocks) for other in browsers)
    }


def _stands(finding: Finding, seen: Seen, sources: Sequence[str], blocks: dict[str, str]) -> bool:
    fragment = seen.data[finding.span.start : finding.span.end]
    encoding = seen.report.encoding if seen.report is not None else ""
    return stands_in(fragment, encoding, sources, blocks)
