from __future__ import annotations

import pytest

from spamguard.run.exitcodes import ExitState
from spamguard.verdicts import FileReport, Verdict


def report(verdict: Verdict) -> FileReport:
    return FileReport("a.html", "", 0, "", verdict)


@pytest.mark.parametrize(
    ("verdicts", "error", "code", "exit_zero_code"),
    [
        ((), False, 3, 3),
        (("clean",), False, 0, 0),
        (("native",), False, 0, 0),
        (("infected",), False, 1, 0),
        (("spam",), False, 1, 0),
        (("skipped",), False, 3, 3),
        (("clean", "skipped"), False, 3, 3),
        (("infected", "skipped"), False, 1, 0),
        (("infected", "skipped"), True, 2, 2),
        ((), True, 2, 2),
    ],
)
def test_two_beats_one_beats_three_beats_nought(
    verdicts: tuple[Verdict, ...], error: bool, code: int, exit_zero_code: int
) -> None:
    state = ExitState(error=error)
    for verdict in verdicts:
        state.add(report(verdict))
    assert state.code() == code
    assert state.code(exit_zero=True) == exit_zero_code


def test_what_was_removed_is_no_finding_any_more() -> None:
    state = ExitState()
    state.add(report("infected"), remaining=False)
    assert state.code() == 0
