"""The file cases of this room, read from their folders."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import spamguard

if TYPE_CHECKING:
    from spamguard.findings import Finding
    from spamguard.verdicts import FileReport

ROOM = Path(__file__).resolve().parent
_KEYS = {"about", "encoding", "verdict", "misses", "finding"}
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FINDING_KEYS = {"category", "disposition", "hidden_by", "quote"}


@dataclass(frozen=True, slots=True)
class Expected:
    """One block that has to be found; ``quote`` is how it begins, as a reader of the page would see it."""

    category: str
    disposition: str
    hidden_by: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A folder: the page that was broken into, the page before, and what is to be said of it.

    ``cleaned`` is what the cut has to leave: the page before, where it can be known.
    """

    name: str
    page: Path
    clean: Path
    cleaned: Path
    honest: Path | None
    encoding: str
    verdict: str
    misses: str | None
    findings: tuple[Expected, ...]

    @property
    def innocent(self) -> tuple[Path, ...]:
        """The pages of the case on which nothing may be found."""
        return (self.clean,) if self.honest is None else (self.clean, self.honest)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """All cases of the room, in the order of their names."""
    return tuple(_read(path.parent) for path in sorted(ROOM.glob("*/*/expected.toml")))


def _read(folder: Path) -> Case:
    with (folder / "expected.toml").open("rb") as file:
        told = tomllib.load(file)
    assert told.keys() <= _KEYS, folder
    assert all(entry.keys() <= _FINDING_KEYS for entry in told["finding"]), folder
    pages = {path.stem: path for path in folder.iterdir() if path.suffix != ".toml"}
    assert pages.keys() <= {"page", "clean", "cleaned", "honest"}, folder
    return Case(
        name=f"{folder.parent.name}/{folder.name}",
        page=pages["page"],
        clean=pages["clean"],
        cleaned=pages.get("cleaned", pages["clean"]),
        honest=pages.get("honest"),
        encoding=told.get("encoding", "utf-8"),
        verdict=told.get("verdict", "infected"),
        misses=told.get("misses"),
        findings=tuple(
            Expected(entry["category"], entry["disposition"], entry.get("hidden_by"), entry["quote"])
            for entry in told["finding"]
        ),
    )


@lru_cache(maxsize=1)
def guard() -> spamguard.Guard:
    """One loaded model for the room."""
    return spamguard.Guard()


def report_on(path: Path) -> FileReport:
    """What is said of a file under its own name."""
    return guard().scan(path.read_bytes(), path=path.name)


def faults(case: Case) -> list[str]:
    """How what is said and done about a page differs from what is expected; nothing when all is well."""
    data, before = case.page.read_bytes(), case.cleaned.read_bytes()
    report = report_on(case.page)
    found = [] if report.verdict == case.verdict else [f"the verdict is {report.verdict}"]
    for expected in case.findings:
        told = [finding for finding in report.findings if expected.quote in _seen(case, data, finding)]
        if not told:
            found.append(f"not found: {expected.quote}")
        elif not any(_is(finding, expected) for finding in told):
            said = ", ".join(f"{f.category} {f.disposition} {f.hidden_by}" for f in told)
            found.append(f"called {said}: {expected.quote}")
    found += [
        f"not asked for: {finding.excerpt}"
        for finding in report.findings
        if not any(expected.quote in _seen(case, data, finding) for expected in case.findings)
    ]
    return found + _cut_badly(case, data, before)


def _cut_badly(case: Case, data: bytes, before: bytes) -> list[str]:
    """Whether the cut gives the page back; what is for review stays until it is asked for."""
    asked = any(expected.disposition == "review" for expected in case.findings)
    sure = any(expected.disposition == "safe" for expected in case.findings)
    found = []
    if not sure and guard().clean(data, path=case.page.name).data != data:
        found.append("something was cut unasked")
    if case.verdict == "infected" and guard().clean(data, path=case.page.name, unsafe=asked).data != before:
        found.append("the page is not restored")
    return found


def _is(finding: Finding, expected: Expected) -> bool:
    said = finding.category, finding.disposition, finding.hidden_by
    return said == (expected.category, expected.disposition, expected.hidden_by)


def _seen(case: Case, data: bytes, finding: Finding) -> str:
    """The bytes of a finding as they were written and as they are read: without tags, references undone.

    Twice, because some are written twice.
    """
    written = data[finding.span.start : finding.span.end].decode(case.encoding)
    return written + "\n" + _UNSEEN.sub("", unescape(unescape(_TAG.sub("", written))))
