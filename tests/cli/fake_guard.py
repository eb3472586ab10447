"""A guard that finds what the page says it shall find: the commands around it are under test, not the model.

``<spam>...</spam>`` is a ``safe`` block, ``<doubt>...</doubt>`` one to ``review``; RAISE, CRASH, HANG, REFUSE do so.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from spamguard.errors import ModelError, PlanRefused
from spamguard.findings import Disposition, Edit, Evidence, Finding, Span
from spamguard.verdicts import Cleaned, Explanation, FileReport, Near, Verdict

_BLOCK = re.compile(rb"<(spam|doubt)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Settings:
    max_bytes: int = 10_000
    model: Path | None = None


class Guard:
    def __init__(self, settings: Settings = Settings()) -> None:
        if settings.model is not None and not settings.model.is_dir():
            raise ModelError(f"no model in {settings.model}")

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        if b"RAISE" in data:
            raise ValueError("this page\x1b[31m broke the judge")
        if b"CRASH" in data:
            os._exit(9)
        if b"HANG" in data:
            Path("hangs").touch()
            time.sleep(60)
        reason = "empty" if not data else "binary" if b"\0" in data else None
        findings = () if reason else tuple(_finding(data, match) for match in _BLOCK.finditer(data))
        verdict: Verdict = "clean"
        if reason:
            verdict = "skipped"
        elif b"<doorway>" in data:
            verdict = "spam"
        elif b"<native>" in data:
            verdict, reason = "native", "the site sells this"
        elif findings:
            verdict = "infected"
        digest = hashlib.sha256(data).hexdigest()
        return FileReport(path or "", digest, len(data), "utf-8", verdict, reason, findings)

    def clean(self, data: bytes, *, path: str | None = None, unsafe: bool = False) -> Cleaned:
        report = self.scan(data, path=path)
        if b"REFUSE" in data:
            raise PlanRefused("a table would lose a row")
        edits = [e for f in report.findings if unsafe or f.disposition == "safe" for e in f.edits]
        cleaned = data
        for edit in reversed(edits):
            cleaned = cleaned[: edit.start] + cleaned[edit.end :]
        return Cleaned(cleaned, report)

    def explain(self, data: bytes, *, path: str | None = None) -> Explanation:
        return Explanation(self.scan(data, path=path), (Near(Span(0, 1), 7, 0.31, "nearly \x1b[2Jspam"),))


def load_guard(settings: Settings) -> Guard:
    return Guard(settings)


def _finding(data: bytes, match: re.Match[bytes]) -> Finding:
    start, end = match.span()
    disposition: Disposition = "safe" if match[1] == b"spam" else "review"
    return Finding(
        id=f"f{start}",
        rule="model",
        category="gambling",
        confidence=0.97,
        disposition=disposition,
        span=Span(start, end),
        line=data.count(b"\n", 0, start) + 1,
        column=start - (data.rfind(b"\n", 0, start) + 1) + 1,
        edits=(Edit(start, end),),
        hidden_by=None,
        evidence=(Evidence("words", 3.0, 2.5, "words of betting stand close together"),),
        excerpt=match[2].decode("utf-8", "replace"),
    )
