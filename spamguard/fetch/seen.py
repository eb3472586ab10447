"""What one visitor was sent, judged on its own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urljoin

from spamguard.errors import Unjudgeable
from spamguard.fetch.addresses import is_web, same_site
from spamguard.fetch.blocks import JUDGED_AS, blocks_of, source_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.fetch.client import Answer
    from spamguard.fetch.visitors import Visitor
    from spamguard.verdicts import FileReport

_PAGES: Final = frozenset({"", "text/html", "application/xhtml+xml"})
_MISSING: Final = frozenset({404, 410})
# Every repetition has a bound: whoever wrote the page would like this to take long.
_REFRESH: Final = re.compile(
    r"""<meta\b(?=[^<>]{0,400}?http-equiv\s{0,9}=\s{0,9}["']?refresh\b)[^<>]{0,400}?content\s{0,9}=\s{0,9}["']?"""
    r"""\s{0,9}[\d.]{0,9}\s{0,9}[;,]?\s{0,9}url\s{0,9}=\s{0,9}["']?([^"'<>\s]{1,2000})""",
    re.IGNORECASE,
)
_TEST: Final = re.compile(
    r"captcha|checking your browser|just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot"
    r"|ddos protection|enable javascript and cookies|access denied|request blocked|unusual traffic|安全验证|访问验证",
    re.IGNORECASE,
)
_SHORT: Final = 2_000
"""Characters of text: a page of a protection service says little more than that it is one."""


class Judge(Protocol):
    """The part of ``spamguard.guard.Guard`` that this room calls."""

    def scan(self, data: bytes, *, path: str | None = None, charset: str | None = None) -> FileReport:
        """Judge one page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit. ``failed`` is the stable word for why it shows nothing, None when there is a page to judge.

    ``report`` is the guard's on the page, ``blocks`` and ``source`` serve to compare it; ``leads_to`` is another site
    that the visitor is sent to. ``answered`` tells that the server did answer this visitor, with whatever.
    """

    visitor: str
    url: str
    failed: str | None
    told: str = ""
    status: int | None = None
    answered: bool = False
    leads_to: str | None = None
    data: bytes = b""
    report: FileReport | None = None
    source: str = ""
    blocks: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def see(url: str, visitor: Visitor, ask: Callable[[str, Visitor], Answer], judge: Judge) -> Seen:
    """Ask for a page as a visitor, and judge what comes."""
    try:
        answer = ask(url, visitor)
    except Unjudgeable as error:
        return Seen(visitor.name, url, error.reason, str(error))
    seen = Seen(visitor.name, answer.url, None, "", answer.status, leads_to=answer.leads_to)
    if answer.leads_to is not None:
        return replace(seen, failed="elsewhere", told="it redirects to another site", answered=True)
    failed = _failed(answer)
    answered = failed in {None, "missing", "no-page", "empty"}
    if failed in {"no-page", "empty"}:
        return replace(seen, failed=failed, told=_told(answer), answered=answered)
    report = replace(judge.scan(answer.body, path=JUDGED_AS, charset=answer.charset), path=url)
    if failed is None and report.verdict == "skipped":
        failed, answered = report.reason or "unknown", False
    texts = blocks_of(answer.body, answer.charset, read_by_people=True)
    if failed is None and _is_test(texts):
        failed, answered = "challenge", False
    return replace(
        seen,
        failed=failed,
        told="" if failed is None else _told(answer),
        answered=answered,
        leads_to=_refreshed(answer, report.encoding),
        data=answer.body,
        report=report,
        source=source_of(answer.body, report.encoding),
        blocks=blocks_of(answer.body, answer.charset),
        texts=texts,
    )


def digest(seen: Seen) -> str:
    """The SHA-256 of the body; empty where there is none."""
    return hashlib.sha256(seen.data).hexdigest() if seen.report is not None else ""


def _failed(answer: Answer) -> str | None:
    """Why an answer is not the page; a body may have come all the same."""
    if answer.challenge:
        return "challenge"
    if answer.status >= 500:
        return "server-error"
    if answer.status >= 400:
        # Missing is an answer: some break-ins show a page to crawlers only, where people are told there is none.
        missing = answer.status in _MISSING
        return "refused" if not missing else "missing" if answer.body.strip() else "empty"
    if not answer.body.strip():
        return "empty"
    if answer.content_type not in _PAGES:
        return "no-page"
    return None if 200 <= answer.status < 300 else "bad-response"


def _told(answer: Answer) -> str:
    return f"HTTP {answer.status}" + (f", {answer.content_type}" if answer.content_type not in _PAGES else "")


def _is_test(texts: dict[str, str]) -> bool:
    return sum(map(len, texts)) < _SHORT and any(_TEST.search(text) for text in texts)


def _refreshed(answer: Answer, encoding: str) -> str | None:
    """Where a page sends its reader by itself, if that is another site."""
    found = _REFRESH.search(answer.body.decode("ascii" if not encoding.startswith("utf-16") else encoding, "ignore"))
    if found is None:
        return None
    try:
        target = urljoin(answer.url, unescape(found[1]))
    except ValueError:
        return None
    return target if is_web(target) and not same_site(answer.url, target) else None
