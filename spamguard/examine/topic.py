"""What a finding is called: the category that its words speak for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.wording import LONG_PHRASE
from spamguard.findings import ORDERS
from spamguard.model.score import category_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene
    from spamguard.model.weights import Model
    from spamguard.text.lexicon import Hit

GENERIC: Final = "keywords"
"""What a long run is called that holds hardly a known word."""
_MANY: Final = 100
_MIXED: Final = 4
"""Topics of keywords from which on a run has none of its own, unless one of them has most of the keywords."""
_SEVERAL: Final = 3
_STOPS: Final = tuple(".!?。！？।؟")
_TOLD_BY, _MOST_OF_THEM = 4, 0.7
"""Where so many keywords that say something are known, and so much of them is of one category, they are believed."""


def topic_of(scene: Scene, stretch: Stretch, hits: list[Hit], model: Model) -> str:
    """The category that the n-grams speak for, known keywords weighing in."""
    return category_of([item.text for item in scene.items_in(stretch)[:400] if not item.goes_on], hits, model)


def category_of(texts: list[str], hits: list[Hit], model: Model) -> str:
    """The category of texts in which the keywords ``hits`` stand."""
    if len(texts) >= _MANY and len(hits) * _MANY < len(texts):
        return GENERIC
    topics = Counter(hit.atom.category for hit in hits)
    if len(topics) >= _MIXED and max(topics.values()) * 2 <= topics.total():
        return GENERIC
    known = Counter(atom.category for atom in {hit.atom for hit in hits if hit.atom.strength > 1})
    if known.total() >= _TOLD_BY and max(known.values()) >= _MOST_OF_THEM * known.total():
        return known.most_common(1)[0][0]
    scores = category_scores(texts, model)
    scores = (scores - scores.mean()) / max(float(scores.std()), 1e-6)
    for hit in hits[:400]:
        if hit.atom.category in model.category_names:
            scores[model.category_names.index(hit.atom.category)] += hit.atom.strength * 2.0 / max(len(hits[:400]), 3)
    if not topics[ORDERS] and ORDERS in model.category_names and (topics or _are_phrases(texts)):
        scores[model.category_names.index(ORDERS)] = -np.inf
    return model.category_names[int(scores.argmax())]


def _are_phrases(texts: Sequence[str]) -> bool:
    """Whether texts are several bare phrases: nobody gives orders so."""
    short = sum(map(len, texts)) <= LONG_PHRASE * len(texts)
    return len(texts) >= _SEVERAL and short and not any(text.rstrip().endswith(_STOPS) for text in texts)
