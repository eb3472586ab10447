"""Languages that some samples are judged without: what a model must not learn is that spam always uses words it knows.

A sample that is a stranger to a group of languages is described with word weights and a lexicon that lack the group.
Honest pages are made strangers as often as infected ones: unknown words alone must tell nothing.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spamguard.training.without import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.training.dataset import Sample

NOBODY: Final = ""
GROUPS: Final = {
    "east-asia": frozenset({"zh", "zh-Hant", "ja", "ko"}),
    "south-east-asia": frozenset({"th", "vi", "id", "ms", "tl"}),
    "slavic-turkic": frozenset({"ru", "uk", "pl", "cs", "sk", "bg", "tr", "az", "uz", "hr", "sl", "kk", "ka"}),
    "middle-east-india": frozenset({"ar", "fa", "he", "hi", "bn", "sw", "ta", "te"}),
    "europe": frozenset(
        {"es", "pt", "fr", "it", "ro", "de", "nl", "sv", "da", "no", "fi", "el", "hu", "et", "lt", "lv", "sq"}
    ),
    "english": frozenset({"en"}),
}
_SHARE: Final = 0.25


def estranged(samples: Sequence[Sample], seed: int) -> list[Sample]:
    """The same samples, some of them strangers to the languages that their spam, or their page, is in."""
    rng = random.Random(f"{seed}/strangers")
    names = sorted(GROUPS)
    group_of = {language: name for name in names for language in GROUPS[name]}
    made = []
    for sample in samples:
        chosen = rng.random() < _SHARE
        other = rng.choice(names)
        name = group_of.get(language_of(sample), other) if chosen else NOBODY
        made.append(replace(sample, stranger_to=name) if name else sample)
    return made
