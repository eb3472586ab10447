"""Pages with a sign in them, judged as a user would have them judged."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import spamguard

if TYPE_CHECKING:
    from spamguard.findings import Finding

HEAD = "<!doctype html>\n<html><head><title>Opening hours</title>\n"
BODY = (
    "</head>\n<body>\n<h1>Town library</h1>\n"
    "<p>The library is open on weekdays from nine to five. Books are lent for four weeks.</p>\n"
    '<p>See the <a href="/catalogue">catalogue</a> and <a href="/news">what is new</a>.</p>\n'
)
TAIL = "</body></html>\n"


@lru_cache(maxsize=1)
def _guard() -> spamguard.Guard:
    return spamguard.Guard()


def judged(page: str, *, codec: str = "utf-8") -> tuple[str, tuple[Finding, ...], str]:
    """The verdict on a page, its findings, and the page without what is cut unasked."""
    cleaned = _guard().clean(page.encode(codec), path="page.html")
    return cleaned.report.verdict, cleaned.report.findings, cleaned.data.decode(codec)


def restores(head: str = "", body: str = "", *, rule: str, codec: str = "utf-8", kept_body: str = "") -> None:
    """Assert that what was put in is found by one rule and taken out to the byte; ``kept_body`` is what stays of it."""
    honest = HEAD + BODY + kept_body + TAIL
    verdict, findings, cleaned = judged(HEAD + head + BODY + body + TAIL, codec=codec)
    assert (verdict, {finding.rule for finding in findings}, cleaned) == ("infected", {rule}, honest)


def silent(head: str = "", body: str = "") -> None:
    """Assert that a page with this in it is left alone."""
    page = HEAD + head + BODY + body + TAIL
    assert judged(page) == ("clean", (), page)
