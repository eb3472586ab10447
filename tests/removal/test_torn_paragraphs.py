"""A box that is put into a paragraph ends it: without the box the paragraph is whole again, and nothing else moved."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

BOX = (
    '<div style="position:absolute;left:-9999px"><a href="https://a.example.net/">online casino bonus</a> '
    '<a href="https://b.example.net/">best slots online</a> <a href="https://c.example.net/">free casino</a></div>'
)
LAYER = (
    '<ul hidden><li><a href="https://a.example.net/">viagra senza ricetta</a>'
    '<li><a href="https://b.example.org/">cialis online</a></ul>'
)


@pytest.mark.parametrize("box", [BOX, LAYER, BOX + BOX.replace("casino", "kasino")])
@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<p>The reading room is closed on Monday.", "</p>\n"),
        ("<p>The reading room is closed on Monday.", " The yard is open.</p>\n"),
        ("<p>The reading room is closed on Monday.", " The <b>yard</b> is open.</p>\n<p>Bring a coat.</p>\n"),
        ("<p>The reading room is closed on Monday.", "\n<p>Bring a coat.</p>\n"),
    ],
)
def test_a_paragraph_that_spam_was_put_into_is_restored(box: str, before: str, behind: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + before + box + behind + TAIL)
    assert {finding.disposition for finding in findings} == {"safe"}
    assert cleaned == HEAD + BODY + before + behind + TAIL
