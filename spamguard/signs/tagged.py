"""What hashtags say: each is a phrase without spaces, which no list of keywords finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.model.score import word_means

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.model.weights import Model

_WORDS: Final = re.compile(r"(?<=[^\W\d_])(?=[A-Z\u00c0-\u00de\u0410-\u042f])(?<![A-Z\u00c0-\u00de\u0410-\u042f])")
"""Where a word of a phrase begins that is written so: ``#BestDeals``."""
_SOLD: Final = -0.5
"""Mean weight of the letters of some tags. Of 59 honest pages with two of eight letters or more one reached -1.9, and
the next one -4.8, others about -8; tags that sell weigh 0 and more. What is written together weighs less than words."""


def spaced(tags: Iterable[str]) -> str:
    """The words of some tags, as far as they can be told apart."""
    return " ".join(_WORDS.sub(" ", tag) for tag in tags)


def tags_sell(tags: Iterable[str], model: Model) -> bool:
    """Whether some tags sound, taken together, like what is sold."""
    tags = list(tags)
    return float(word_means([" ".join(tags), spaced(tags)], model).max()) > _SOLD
