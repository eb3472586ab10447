"""What hashtags say: each is a phrase without spaces, which no list of keywords finds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS
from spamguard.model.score import word_means
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.model.weights import Model
    from spamguard.text.lexicon import Atom, Lexicon

_WORDS: Final = re.compile(r"(?<=[^\W\d_])(?=[A-Z\u00c0-\u00de\u0410-\u042f])(?<![A-Z\u00c0-\u00de\u0410-\u042f])")
"""Where a word of a phrase begins that is written so: ``#BestDeals``."""
_MAY_SELL: Final = -2.0
"""Mean weight of the letters of some tags. Of 59 honest pages with two of eight letters or more two reach it, most
weigh -8; tags that sell weigh 0 and more, but so do those of travel agents. What is written together weighs less."""
_SHORTEST: Final = 6
"""Letters of a keyword that is looked for within other letters."""


def spaced(tags: Iterable[str]) -> str:
    """The words of some tags, as far as they can be told apart."""
    return " ".join(_WORDS.sub(" ", tag) for tag in tags)


def may_sell(tags: Iterable[str], model: Model) -> bool:
    """Whether some tags sound, taken together, like what is sold."""
    tags = list(tags)
    return float(word_means([" ".join(tags), spaced(tags)], model).max()) > _MAY_SELL


def sold_in(tags: Iterable[str], model: Model) -> list[str]:
    """The telling keywords that tags are made of, without the spaces in them."""
    written = model.lexicon.folded(" ".join(tags))
    return [word for word in _without_spaces(model.lexicon) if word in written]


@lru_cache(maxsize=2)
def _without_spaces(lexicon: Lexicon) -> tuple[str, ...]:
    """The telling keywords of a list as tags write them: a page may have thousands of tags, and the list is long."""
    named = (text.replace(" ", "") for text, atom in lexicon.atoms() if _tells(atom))
    return tuple(word for word in dict.fromkeys(named) if len(word) >= _SHORTEST)


def _tells(atom: Atom) -> bool:
    return atom.strength >= TELLING and atom.category != ORDERS
