"""Is a page worth the closer look? Most are not, and what decides that is what a scan costs.

Three questions, the cheapest first: does any stretch of words sound like spam at all; does the gate take any segment
for spam; is something hidden in a way that honest pages seldom use, whatever its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.features.characters import Folded, folded, marks_of
from spamguard.model.score import loudest, place_scores, segment_table

if TYPE_CHECKING:
    from spamguard.model.weights import Model
    from spamguard.page.segments import Page

_LONG: Final = 2_000
"""Characters of a text without links that its own element hides, from which on it is looked at whatever it says."""


def is_candidate(page: Page, model: Model) -> bool:
    """Whether a page may hold spam."""
    if not len(page):
        return False
    text = folded(page.text, model.folds)
    if not page.plain and hides_something(text):
        return True
    scores = place_scores(text, model)
    if loudest(scores) < model.thresholds.words:
        return False
    table = segment_table(text, scores, page.kinds, model)
    loud = model.gate.score(table) >= model.thresholds.gate
    return bool(loud.any()) and float(model.sieve.score(table[loud]).max()) >= model.thresholds.sieve


def hides_something(text: Folded) -> bool:
    """Whether a long text without links stands right inside an element that its own style hides."""
    marks = marks_of(text)
    lengths = np.diff(text.ends, prepend=-1)
    return bool(((marks.hidden + marks.away > 0) & (lengths > _LONG) & (marks.links == 0)).any())
