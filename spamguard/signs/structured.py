"""Structured data (JSON-LD) of something that the page is not about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Span
from spamguard.model.score import word_means
from spamguard.page.linkeddata import is_linked_data, values_said, words_said
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import LOUD, MOST_JUDGED, advertised, is_own_subject, says, sound_of
from spamguard.text.keynotes import names_much

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.signs.sight import Script, Sight

DATA: Final = "spam-data"
MAY_BE_OWN: Final = "what it names may be the site's own"
_SEVERAL: Final = 2
"""Keywords for which data that sounds like nothing is told all the same, where a block speaks for it."""
_LONG_NAME, _LOUD_NAME = 15, 6.0
_NAMING: Final = 3.0
"""Mean n-gram weight of data in which a keyword stands; without one it has to be :data:`LOUD`. Of 643 honest ones on
1,500 pages none reached 1.3; of 25 injected ones all reached 6 that had not several keywords. A board with slots has
4.2."""


def structured(sight: Sight) -> list[Sign]:
    """Structured data whose words are spam and stand nowhere in the text of the page, or one description in its own."""
    signs: list[Sign] = []
    for script in sight.data:
        text = sight.page.raw[script.body.start : script.body.end].decode(sight.page.codec, "replace")
        if is_linked_data(text):
            sign = _judged(sight, script, text)
            swapped = [*_descriptions(sight, script, text)] if sign is None or sign.leaning else []
            signs += swapped or ([sign] if sign is not None else [])
    return signs


def _descriptions(sight: Sight, script: Script, text: str) -> Iterator[Sign]:
    """Descriptions that were swapped in data that is called like the page: their letters go, what is around stays."""
    for words, start, end in values_said(text):
        sound = advertised(sight, words)
        if sound is None:
            continue
        before, value = (part.encode(sight.page.codec, "replace") for part in (text[:start], text[start:end]))
        at = script.body.start + len(before)
        if sight.page.raw[at : at + len(value)] != value:
            continue
        yield Sign(
            rule=DATA,
            category=sound.category,
            confidence=SURE,
            spans=(),
            edits=(Edit(at, at + len(value)),),
            excerpt=excerpt_of([words]),
            hidden_by="script",
            evidence=(
                reason("structured", 1, "a description in the page's structured data says what the page does not"),
                *sound.evidence(),
            ),
        )


def _judged(sight: Sight, script: Script, text: str) -> Sign | None:
    said = words_said(text)
    names = [words for is_name, words in said if is_name]
    texts = [words for _, words in said]
    sound = sound_of(sight.model, texts)
    loud = sound.is_named_well or sound.mean >= (_NAMING if sound.known else LOUD)
    loud = loud or names_much(sight.model.lexicon, " | ".join(texts)[:MOST_JUDGED])
    long = [part for name in names for part in name.split(" | ") if len(part) >= _LONG_NAME]
    # A name that nobody knows, over and over, drowns the one that says what is sold.
    loud = loud or (bool(long) and float(word_means(long, sight.model).max()) >= _LOUD_NAME)
    if not texts or not (loud or len(sound.known) >= _SEVERAL):
        return None
    leaning = not loud or is_own_subject(sight, names or texts) or is_own_subject(sight, texts)
    # A brand of the day says nothing, what is promised beside it does.
    spam = sound.is_named_well or (sound.is_spam and sound.is_named)
    spam = spam or (bool(names) and sound_of(sight.model, names).is_spam)
    return Sign(
        rule=DATA,
        category=sound.category,
        confidence=SURE,
        spans=(Span(script.element.start, script.element.end),),
        excerpt=excerpt_of(texts),
        doubt=None if spam and not leaning and not says(sight, sound.known) else MAY_BE_OWN,
        hidden_by="script",
        leaning=leaning,
        evidence=(reason("structured", len(said), "structured data names what the page does not"), *sound.evidence()),
    )
