"""Findings of one page that would take out the same bytes: each byte goes with one of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from spamguard.findings import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Finding


def apart(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that take out nothing that another one takes out as well; those that go unasked come first.

    Two blocks may both be why what stands between them goes. One that would take out nothing else keeps its edits.
    """
    edits = sorted({edit for finding in findings for edit in finding.edits})
    if all(one.end <= other.start for one, other in pairwise(edits)):
        return list(findings)
    taken: list[Edit] = []
    left: dict[int, tuple[Edit, ...]] = {}
    for number in sorted(range(len(findings)), key=lambda at: findings[at].disposition != "safe"):
        own = [part for edit in findings[number].edits for part in _outside(edit, taken)]
        left[number] = tuple(own)
        for edit in own:
            insort(taken, edit)
    return [replace(finding, edits=left[number] or finding.edits) for number, finding in enumerate(findings)]


def _outside(edit: Edit, taken: Sequence[Edit]) -> list[Edit]:
    """What of an edit is outside of those that are taken, which are in order; one that is taken as it is stays."""
    first = max(0, bisect_left(taken, edit.start, key=_start_of) - 1)
    near = [other for other in taken[first : bisect_left(taken, edit.end, key=_start_of)] if other.end > edit.start]
    if edit in near or edit.replacement or any(other.replacement for other in near):
        return [edit]
    parts, start = [], edit.start
    for other in near:
        if other.start > start:
            parts.append(Edit(start, other.start))
        start = max(start, other.end)
    return [*parts, Edit(start, edit.end)] if start < edit.end else parts


def _start_of(edit: Edit) -> int:
    return edit.start
