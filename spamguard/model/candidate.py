"""Is a page worth the closer look? Most are not, and what decides that is what a scan costs.

Three questions, the cheapest first: does any stretch of words sound like spam at all; does the gate take any segment
for spam; is something hidden in a way that honest pages seldom use, whatever its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.features.characters import folded
from spamguard.model.score import loudest, place_scores, segment_table

if TYPE_CHECKING:
    from spamguard.model.weights import Model
    from spamguard.page.segments import Page

_HIDES: Final = re.compile(
    rb"""style\s*=\s*["'][^"'<>]{0,300}?(?:(?:left|top|right|bottom|indent|margin-left|margin-top)\s*:\s*-\d{3,9}"""
    rb"""|table-column|(?:height|width)\s*:\s*[01](?:p[xt])?\s*[;"']|(?P<everyday>display\s*:\s*none))[^<>]{0,300}>"""
)
_TICKER: Final = re.compile(rb"scrollamount[^<>]{0,300}>")
_LINK_FOLLOWS: Final = re.compile(
    rb"""(?:\s|<(?!/?(?:form|input|img|script|div)\b)[^<>]{0,200}>){0,4}<a\s[^<>]{0,200}?href\s*=\s*["']?\s*(?:https?:)?//"""
)
_TEXT_FOLLOWS: Final = re.compile(rb"[^<]{400}")


def is_candidate(page: Page, model: Model) -> bool:
    """Whether a page may hold spam."""
    if len(page):
        text = folded(page.text, model.folds)
        scores = place_scores(text, model)
        if loudest(scores) >= model.thresholds.words:
            table = segment_table(text, scores, page.kinds, model)
            gate = model.gate.score(table)
            loud = gate >= model.thresholds.gate
            if loud.any() and float(model.sieve.score(table[loud]).max()) >= model.thresholds.sieve:
                return True
    return not page.plain and hides_something(page.raw)


def hides_something(raw: bytes) -> bool:
    """Whether a link to another site, or a long text, stands right inside an element that its own style hides."""
    lower = raw.lower()
    for match in _HIDES.finditer(lower):
        if _TEXT_FOLLOWS.match(lower, match.end()):
            return True
        if match["everyday"] is None and _LINK_FOLLOWS.match(lower, match.end()):
            return True
    return any(_LINK_FOLLOWS.match(lower, match.end()) for match in _TICKER.finditer(lower))
