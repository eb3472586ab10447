"""A run of many topics is called what it is: keywords; one with a topic of its own is called after that."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

MIXED = "cheap flights, online casino, payday loans, replica watches, viagra online, poker bonus, essay writing service"
CASINO = "online casino, casino bonus, no deposit casino, best slots online, live casino, payday loans, viagra online"


@pytest.mark.parametrize(("words", "category"), [(MIXED, "keywords"), (CASINO, "gambling")])
def test_what_a_hidden_run_is_called(words: str, category: str) -> None:
    _, findings, _ = judged(f'{HEAD}{BODY}<p style="font-size:1px;color:#fffffe">{words}</p>\n{TAIL}')
    assert [finding.category for finding in findings] == [category]
