"""Whether what a sign says sounds like spam, and whether the page itself speaks of such things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import letter_groups
from spamguard.examine.hosts import readings_of
from spamguard.examine.topic import category_of
from spamguard.model.score import word_means
from spamguard.page.tokens import BREAK, Kind
from spamguard.scripts.undo import escapes
from spamguard.signs.outside import HOT_SHARE, MOST_TEXT, MOST_WORDS, OWN_SUBJECT
from spamguard.signs.sign import reason
from spamguard.text.keynotes import STRONG, TELLING, names_much

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Evidence
    from spamguard.model.weights import Model
    from spamguard.signs.sight import Sight
    from spamguard.text.lexicon import Hit

_SPAM: Final = 3.5
"""Mean n-gram weight from which on words are spam. One honest segment in a hundred reaches 2.3, "write to us" 3.4, and
what is sold 8 and more."""
LOUD: Final = 5.0
"""Mean n-gram weight from which on words advertise."""
MOST_JUDGED: Final = 2_000
"""Characters in which keywords are counted."""
_KNOWN_SHARE: Final = 0.4
_SEVERAL: Final = 2
_BETWEEN: Final = re.compile(r"(?<=[^\W_])[.\-_*/·•\u200b](?=\S| \S)|(?<=[.\-_*/·•] )[.\-_*/·•]")


@dataclass(frozen=True, slots=True)
class Sound:
    """How some words sound. ``mean`` is their n-gram weight, ``known`` the spam keywords among them.

    ``is_named`` tells that a strong keyword, or several telling ones, are among words that sound a little like spam;
    ``is_named_well`` that three telling ones are, one of them strong.
    """

    mean: float
    known: tuple[str, ...]
    is_spam: bool
    category: str
    is_named: bool = False
    is_named_well: bool = False

    def evidence(self) -> tuple[Evidence, ...]:
        """What is told of it."""
        told = reason(
            "word_mean", round(self.mean, 4), f"its character n-grams are those of spam (mean {self.mean:.2f})"
        )
        words = ", ".join(self.known)
        return (reason("keywords", words, f"known keywords: {words}"), told) if words else (told,)


def loudest(model: Model, address: str) -> str:
    """The words of an address that sound most like spam: those of its host, of its path, or all of them."""
    readings = readings_of(address)
    return readings[int(word_means(readings, model).argmax())]


def sound_of(model: Model, texts: Sequence[str]) -> Sound:
    """Judge texts together. What was escaped twice by a careless kit is undone once more."""
    texts = [escapes(text) if "\\u" in text or "\\x" in text else text for text in texts]
    joined = _whole_words(" | ".join(texts)[:MOST_WORDS])
    folded = model.lexicon.folded(joined)
    hits = model.lexicon.hits(folded)
    mean = float(word_means([joined], model)[0]) if joined else -np.inf
    share = sum(hit.end - hit.start for hit in hits) / max(len(folded), 1)
    known = tuple(dict.fromkeys(hit.atom.text for hit in sorted(hits, key=lambda hit: -hit.atom.strength)))[:8]
    spam = bool(joined) and (mean >= _SPAM or share >= _KNOWN_SHARE)
    named = mean > 0 and _names(hits)
    category = category_of(list(texts), hits, model) if spam or named else "links"
    return Sound(mean, known, spam, category, named, named and _names(hits, well=True))


def _names(hits: Sequence[Hit], *, well: bool = False) -> bool:
    telling = {hit.atom.text for hit in hits if hit.atom.strength >= TELLING}
    strong = any(hit.atom.strength >= STRONG for hit in hits)
    return (strong and len(telling) > _SEVERAL) if well else (strong or len(telling) >= _SEVERAL)


def _whole_words(text: str) -> str:
    """The text without the marks that part every letter from the next, if that is what it is full of."""
    marks = len(_BETWEEN.findall(text))
    return _BETWEEN.sub("", text) if marks * 4 > len(text) else text


def advertised(sight: Sight, words: str) -> Sound | None:
    """How a text sounds that stands where nobody reads it, if it advertises what the page does not speak of."""
    sound = heard_in(sight.model, words)
    return None if sound is None or says(sight, sound.known) or is_own_subject(sight, [words]) else sound


def heard_in(model: Model, words: str) -> Sound | None:
    """How a text sounds, if it advertises."""
    sound = sound_of(model, [words])
    if not (sound.is_spam and sound.is_named):
        return None
    return sound if sound.mean >= LOUD or names_much(model.lexicon, words[:MOST_JUDGED]) else None


def says(sight: Sight, keywords: Sequence[str]) -> bool:
    """Whether one of some keywords stands in the text of the page as well."""
    if not keywords:
        return False
    text = sight.model.lexicon.folded("\n".join(_shown(sight))[:MOST_TEXT])
    return any(keyword in text for keyword in keywords)


def _shown(sight: Sight) -> list[str]:
    segments = sight.page.text.split(BREAK)[:-1]
    return [text for text, kind in zip(segments, sight.page.kinds.tolist(), strict=True) if kind == Kind.TEXT]


def is_own_subject(sight: Sight, texts: Sequence[str], *, share: float = OWN_SUBJECT) -> bool:
    """Whether the text of the page says the same, or a good part of it sounds like spam on its own.

    Whoever breaks into a page about such things is not told from its owner by words. ``share`` is how much of what the
    texts say the page has to say. Of texts that are the page's own, ask what stands outside of them (``outside.py``).
    """
    shown = _shown(sight)
    if not shown:
        return False
    lengths = np.asarray([len(text) for text in shown])
    hot = word_means(shown, sight.model) > 0
    if lengths[hot].sum() >= HOT_SHARE * lengths.sum():
        return True
    folded = sight.model.lexicon.folded
    groups = letter_groups(folded(" | ".join(texts)[:MOST_WORDS]))
    return len(groups & letter_groups(folded("\n".join(shown)[:MOST_TEXT]))) >= share * max(len(groups), 1)
