"""The loop of ``scan`` and ``clean``: judge, take account, report."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from spamguard.cli._console import Progress, say
from spamguard.report.tally import Tally
from spamguard.run.exitcodes import ExitState
from spamguard.run.judging import judge
from spamguard.run.runner import Order, load_guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.guard import Settings
    from spamguard.run.runner import Outcome
    from spamguard.run.walk import Entry


class Run:
    """One run over many files, and its account."""

    def __init__(
        self, settings: Settings, *, clean: bool = False, unsafe: bool = False, jobs: int = 1, quiet: bool = False
    ) -> None:
        self.state = ExitState()
        self.tally = Tally()
        self.settings = settings
        self.clean = clean
        self.unsafe = unsafe
        self.jobs = jobs
        self.quiet = quiet

    def outcomes(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        """Judge all entries. Counting is done here; whether findings remain is for the command to say."""
        order = Order(self.settings, load_guard, self.clean, self.unsafe)
        for outcome in Progress(self.quiet).watch(judge(entries, order, self.jobs)):
            self.tally.add(outcome.report)
            if outcome.error is not None:
                self.state.error = True
                say(f"error: internal error in {outcome.report.path}: {outcome.error}")
            if not gc.isenabled():
                # What is there now stays to the end: there is no garbage to be looked for in it.
                gc.freeze()
                gc.enable()
            yield outcome
        if not self.state.seen:
            say("nothing to scan: no file matches")
