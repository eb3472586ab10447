"""Structured data (JSON-LD) of something that the page is not about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.model.score import word_means
from spamguard.page.linkeddata import is_linked_data, words_said
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import is_own_subject, says, sound_of
from spamguard.text.keynotes import names_much

if TYPE_CHECKING:
    from spamguard.signs.sight import Script, Sight

_MOST: Final = 2_000
_LONG_NAME, _LOUD_NAME = 15, 6.0
_SPAM: Final = 5.0
_NAMING: Final = 3.0
"""Mean n-gram weight of all that structured data says, and of data in which a keyword stands. Of 643 honest ones on
1,500 pages none reached 1.3; of 25 injected ones all reached 6 that had not several keywords. A board with slots has
4.2."""


def structured(sight: Sight) -> list[Sign]:
    """Structured data whose words are spam and stand nowhere in the text of the page."""
    return [sign for script in sight.data if (sign := _judged(sight, script)) is not None]


def _judged(sight: Sight, script: Script) -> Sign | None:
    body = script.body
    text = sight.page.raw[body.start : body.end].decode(sight.page.codec, "replace")
    if not is_linked_data(text):
        return None
    said = words_said(text)
    names = [words for is_name, words in said if is_name]
    texts = [words for _, words in said]
    sound = sound_of(sight.model, texts)
    loud = sound.mean >= (_NAMING if sound.known else _SPAM) or names_much(
        sight.model.lexicon, " | ".join(texts)[:_MOST]
    )
    long = [part for name in names for part in name.split(" | ") if len(part) >= _LONG_NAME]
    # A name that nobody knows, over and over, drowns the one that says what is sold.
    loud = loud or (bool(long) and float(word_means(long, sight.model).max()) >= _LOUD_NAME)
    if not texts or not loud or is_own_subject(sight, names or texts) or is_own_subject(sight, texts):
        return None
    # A brand of the day says nothing, what is promised beside it does.
    spam = (bool(names) and sound_of(sight.model, names).is_spam) or (sound.is_spam and sound.is_named)
    return Sign(
        rule="spam-data",
        category=sound.category,
        confidence=SURE,
        spans=(Span(script.element.start, script.element.end),),
        excerpt=excerpt_of(texts),
        doubt=None if spam and not says(sight, sound.known) else "what it names may be the site's own",
        hidden_by="script",
        evidence=(reason("structured", len(said), "structured data names what the page does not"), *sound.evidence()),
    )
