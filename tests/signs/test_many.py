"""A page may be full of signs: each is told, and none twice."""

from __future__ import annotations

from random import Random

from spamguard.findings import Span
from spamguard.guard import clean
from spamguard.signs.find import _Taken


def test_what_is_taken_is_known_however_it_was_added() -> None:
    for seed in range(2_000):
        chance = Random(seed)  # noqa: S311
        kept: list[Span] = []
        taken = _Taken()
        for _ in range(chance.randrange(1, 25)):
            starts = [chance.randrange(14) for _ in range(chance.randrange(1, 4))]
            parts = [Span(start, start + chance.choice((0, 0, 1, 2, 5))) for start in starts]
            there = any(part.overlaps(other) for part in parts for other in kept)
            assert any(taken.overlaps(part) for part in parts) is there
            if not there:
                kept += parts
                for part in parts:
                    taken.add(part)


def test_each_of_many_that_are_alike_is_cut_once() -> None:
    said = b'<script type="application/ld+json">{"@context":"https://schema.org","name":"casino slot"}</script>'
    cleaned = clean(b"<h1>The town</h1>" + said * 300 + b"<p>Its library is open.</p>")
    findings = cleaned.report.findings
    assert len(findings) == 300
    assert all(len(finding.edits) == 1 for finding in findings)
    assert cleaned.data == b"<h1>The town</h1><p>Its library is open.</p>"
