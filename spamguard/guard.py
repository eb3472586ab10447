"""The programming interface: judge the bytes of a page, clean them, explain them. No input or output of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable
from spamguard.model.candidate import candidacy, is_candidate, says_spam
from spamguard.model.weights import load
from spamguard.page.costumes import wears_costume
from spamguard.page.feedlinks import feeds_tell
from spamguard.page.oddities import has_grid, tags_told, words_told
from spamguard.page.segments import hides_in_line, read
from spamguard.removal.chosen import codec_on_disk, edits_made, in_order
from spamguard.removal.splice import splice
from spamguard.verdicts import Cleaned, Explanation, FileReport

if TYPE_CHECKING:
    from pathlib import Path

    from spamguard.model.weights import Model
    from spamguard.page.segments import Page
    from spamguard.signs.performed import Judge

_MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How to judge. ``review`` and ``safe`` are probabilities that replace the model's own thresholds."""

    model: Path | None = None
    max_bytes: int = 32 * _MEBIBYTE
    review: float | None = None
    safe: float | None = None


class Guard:
    """Holds a loaded model. Safe to share between threads: nothing in it changes after it is made."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings if settings is not None else Settings()
        self._model = load(self.settings.model)
        limits = self._model.thresholds
        self._limits = limits._replace(
            review=self.settings.review if self.settings.review is not None else limits.review,
            safe=self.settings.safe if self.settings.safe is not None else limits.safe,
        )
        if self.settings.model is not None:
            from spamguard.examine.closely import check

            check(self._model)

    def scan(self, data: bytes, *, path: str | None = None, charset: str | None = None) -> FileReport:
        """Judge the bytes of one file. A file that cannot be judged is reported ``skipped`` with a reason.

        ``charset`` is what an HTTP header called it: it beats the declaration in the page, not its byte-order mark and
        not bytes that are valid UTF-8.
        """
        return self.explain(data, path=path, charset=charset).report

    def clean(
        self, data: bytes, *, path: str | None = None, charset: str | None = None, unsafe: bool = False
    ) -> Cleaned:
        """Take out every ``safe`` finding, with ``unsafe`` those to be reviewed as well."""
        report = self.scan(data, path=path, charset=charset)
        wanted = [f for f in report.findings if unsafe or f.disposition == "safe"]
        edits = in_order(edits_made(wanted).values())
        if not edits:
            return Cleaned(data, report)
        return Cleaned(splice(data, edits, codec_on_disk(report.encoding)), report)

    def explain(self, data: bytes, *, path: str | None = None, charset: str | None = None) -> Explanation:
        """The report on a file, and what came close."""
        told = path if path is not None else "-", hashlib.sha256(data).hexdigest(), len(data)
        if len(data) > self.settings.max_bytes:
            return Explanation(FileReport(*told, "", "skipped", "too-large"), ())
        try:
            page = read(data, path=path, charset=charset)
        except Unjudgeable as unjudgeable:
            return Explanation(FileReport(*told, "", "skipped", unjudgeable.reason), ())
        return self._explained(page, FileReport(*told, page.charset.name, "clean"), data, self._judge)

    def _explained(self, page: Page, report: FileReport, data: bytes, judge: Judge | None) -> Explanation:
        worded = _is_worded(page, self._model)
        _take_hints(page, self._model)
        if not worded and not page.signs and not page.scripts:
            return Explanation(report, ())
        # The closer look is loaded when the first page needs it: a scan of clean pages starts faster without.
        from spamguard.closer import look

        return look(page, report, data, self._model, self._limits, worded=worded, judge=judge)

    def _judge(self, page: Page) -> FileReport:
        """What is told of a page as its scripts make it, which nobody asks about once more."""
        return self._explained(page, FileReport("-", "", len(page.raw), "utf-8", "clean"), page.raw, None).report


def _is_worded(page: Page, model: Model) -> bool:
    """Whether the words of a page are a reason for the closer look.

    Where it is a single place, or the markup has a sign, both are asked again as if links to the page's own site were
    written as such: they lead to no other one.
    """
    worded, placed = candidacy(page, model)
    page.signs = page.signs or hides_in_line(page.text)
    if not placed and not page.signs:
        return worded
    from spamguard.examine.home import at_home

    home = at_home(page)
    page.signs, page.frames = home.signs or hides_in_line(home.text), home.frames
    return is_candidate(home, model) if placed and home is not page else worded


def _take_hints(page: Page, model: Model) -> None:
    """Ask whether what the fast path noticed is a sign. What knows is loaded when the first page needs it."""
    page.signs = page.signs or says_spam(page, model) or has_grid(page.text) or wears_costume(page.text)
    words = set() if page.signs else words_told(page.text)
    if words or page.frames or page.doubtful:
        from spamguard.signs.hints import frames_tell, is_told, writes_spam

        page.scripts += tuple(script for script in page.doubtful if writes_spam(script, model))
        page.signs = page.signs or frames_tell(page.frames, model) or (bool(words) and is_told(page, words, model))
    page.signs = page.signs or (not page.plain and feeds_tell(page.raw))
    tags = [] if page.signs else tags_told(page.text)
    if tags:
        from spamguard.signs.tagged import may_sell

        page.signs = may_sell(tags, model)
    if page.spoken and not page.signs:
        from spamguard.signs.literals import speaks_spam

        page.signs = speaks_spam(page.spoken, model)
    if page.scripts:
        from spamguard.examine.home import scripts_at_home

        page.scripts = scripts_at_home(page)


@lru_cache(maxsize=1)
def _default_guard() -> Guard:
    return Guard()


def scan(data: bytes, *, path: str | None = None) -> FileReport:
    """Judge the bytes of one file with the shipped model."""
    return _default_guard().scan(data, path=path)


def clean(data: bytes, *, path: str | None = None) -> Cleaned:
    """Clean the bytes of one file with the shipped model."""
    return _default_guard().clean(data, path=path)
