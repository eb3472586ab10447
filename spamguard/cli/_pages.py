"""How reports on fetched pages are written: those of files, and who was sent what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from spamguard.report.jsonl import as_data
from spamguard.report.sanitize import escaped, excerpt, well_formed
from spamguard.report.text import TextReporter, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spamguard.fetch.seen import Seen
    from spamguard.fetch.verdict import Difference, PageReport
    from spamguard.report.style import Style
    from spamguard.report.tally import Tally

SCHEMA = "spamguard-fetch/1"
_INDENT = "    "


class PageReporter(Protocol):
    """Turns reports on pages into text."""

    def page(self, page: PageReport) -> str:
        """Describe one page."""

    def end(self, tally: Tally) -> str:
        """Return what stands after the last page."""


class PageText:
    """What an operator reads: the lines of ``scan``, then what could not be seen, and harmless differences."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._files = TextReporter(style, "page")

    def page(self, page: PageReport) -> str:
        """Describe one page."""
        lines = [] if self._style.quiet else [*self._unseen(page), *self._differences(page)]
        return self._files.file(page.report) + "".join(f"{line}\n" for line in lines)

    def end(self, tally: Tally) -> str:
        """Return the closing summary line."""
        return self._files.end(tally)

    def _unseen(self, page: PageReport) -> Iterator[str]:
        for seen in page.seen:
            if seen.failed is not None:
                told = excerpt(seen.told or seen.failed, self._style.width)
                yield f"{_INDENT}{seen.visitor}: {escaped(seen.failed)} ({told})"

    def _differences(self, page: PageReport) -> Iterator[str]:
        for one in page.differences:
            shown = excerpt(one.excerpt, max(self._style.width - 40, 20))
            yield f"{escaped(page.report.path)}: difference for {one.visitor}: {_WORDS[one.kind](one)}{shown}"


_WORDS: dict[str, Callable[[Difference], str]] = {
    "text": lambda one: f"{counted(one.count, 'block')} of text that browsers are not sent: ",
    "redirect": lambda _: "sent to another site, as browsers are not: ",
    "status": lambda _: "",
    "native": lambda _: "sent a page that browsers are not: ",
}


class PageLines:
    """Data for other programs: see docs/fetch.md."""

    def __init__(self, _style: Style) -> None:
        pass

    def page(self, page: PageReport) -> str:
        """Return one line."""
        data = as_data(page.report) | {"schema": SCHEMA}
        seen_by = page.seen_by or {}
        findings = data["findings"]
        if isinstance(findings, list):
            data["findings"] = [one | {"seen_by": list(seen_by.get(one["id"], ()))} for one in findings]
        data["views"] = [_view(seen) for seen in page.seen]
        data["differences"] = [
            {"view": one.visitor, "kind": one.kind, "blocks": one.count, "excerpt": well_formed(one.excerpt)}
            for one in page.differences
        ]
        return json.dumps(data, allow_nan=False) + "\n"

    def end(self, tally: Tally) -> str:  # noqa: ARG002 - counts are for people
        """Return nothing."""
        return ""


def _view(seen: Seen) -> dict[str, object]:
    report = seen.report
    return {
        "view": seen.visitor,
        "url": well_formed(seen.url),
        "status": seen.status,
        "failed": seen.failed,
        "leads_to": None if seen.leads_to is None else well_formed(seen.leads_to),
        "sha256": report.sha256 if report is not None else "",
        "bytes": report.size if report is not None else 0,
        "encoding": report.encoding if report is not None else "",
        "verdict": report.verdict if report is not None else "skipped",
    }


PAGE_FORMATS: dict[str, Callable[[Style], PageReporter]] = {"text": PageText, "jsonl": PageLines}
"""The formats of ``--format``, for pages."""
