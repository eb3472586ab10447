"""What we call hidden is what a browser hides. The browser was asked by ``python -m benchmarks.browser --renew``."""

from __future__ import annotations

from tests.hiding.cases import cases, compared, known_differences, pages_asked, stored

ENOUGH = 60
AGREEMENT = 0.97
ASK_AGAIN = "ask the browser again: python -m benchmarks.browser --renew"


def test_the_browser_was_asked_about_every_case_as_it_is_now() -> None:
    asked = pages_asked()
    assert {case.name: case.hash for case in cases()} == asked, ASK_AGAIN
    assert set(stored()) == set(asked), ASK_AGAIN


def test_there_are_enough_cases_of_either_kind() -> None:
    hidden = sum(why is not None for why in stored().values())
    assert hidden >= ENOUGH
    assert len(stored()) - hidden >= ENOUGH


def test_we_agree_with_the_browser_but_for_named_differences() -> None:
    result = compared()
    assert set(result.differences) == set(known_differences())
    assert result.agreed >= AGREEMENT * result.total


def test_every_case_that_we_call_hidden_names_a_mechanism() -> None:
    said = stored()
    named = {case.name: case.ours() for case in cases() if said[case.name] is not None}
    missed = {name for name, mechanism in named.items() if not mechanism}
    assert missed <= set(known_differences())
