"""Which edits are made when some of a file's findings are taken out, and in which codec they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.findings import Edit, Finding


def edits_made(findings: Iterable[Finding]) -> dict[str, tuple[Edit, ...]]:
    """The edits that are really made for each finding, by its id; in file order they never overlap.

    An edit that overlaps an earlier one is not made; one that two findings share is made once, and listed with both.
    """
    findings = list(findings)
    kept: list[Edit] = []
    for edit in sorted({edit for finding in findings for edit in finding.edits}):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    made = frozenset(kept)
    return {finding.id: tuple(edit for edit in finding.edits if edit in made) for finding in findings}


def in_order(made: Iterable[tuple[Edit, ...]]) -> list[Edit]:
    """Each of these edits once, in file order."""
    return sorted({edit for edits in made for edit in edits})


def codec_on_disk(encoding: str) -> str:
    """The Python codec that writes text into a file of a report's ``encoding``."""
    from spamguard.page.charset import lookup

    found = lookup(encoding)
    return found.codec if found is not None else {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}[encoding]
