"""Sentences that were put into a paragraph of others and sell, in letters or words that the page has nowhere else.

What is quoted, warned of or marked as of another language stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.refusals import refuses
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.signs.orders import commands
from spamguard.signs.otherletters import in_other_letters
from spamguard.signs.otherwords import in_other_words
from spamguard.signs.outside import outside_of
from spamguard.signs.paragraphs import MARKUP, fitted, is_hidden, script_of, span_of
from spamguard.signs.pitched import CALLS
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from spamguard.signs.paragraphs import Run
    from spamguard.signs.sight import Sight

_QUOTES: Final = re.compile(r"[“”„«»「」『』\"()（）]")
_SPEAKER: Final = re.compile(
    r"\s*<(b|strong|cite|i|em)\b[^<>]{0,80}>[^<>]{1,40}(?:[:：]\s*</\1>\s*|</\1>\s*[:：–—-]\s*)[A-Za-z0-9]{0,20}",
    re.IGNORECASE,
)
"""Who says what follows, and the name glued to it with which that may begin."""
_ENTRIES: Final = frozenset({"p", "li"})
_SHOWN: Final = 0.6
_ASIDE: Final = "people see it, and one sentence may be the page's own"


def spliced(sight: Sight) -> list[Sign]:
    """The sentences of other letters and of other words inside the paragraphs of a page, if they sell."""
    runs = [*in_other_letters(sight), *in_other_words(sight)]
    own = script_of(sight) if runs else ""
    return [sign for run in runs if (sign := _sign_of(sight, run, own)) is not None]


def _sign_of(sight: Sight, run: Run, own: str) -> Sign | None:
    """The sign of a run that sells, on a page in the script ``own``."""
    place, written = run.paragraph.place, run.paragraph.written
    around = " ".join(MARKUP.sub(" ", written).split())
    beside = written[: run.start].rstrip()[-1:] + written[run.end :].lstrip()[:1]
    if reports(around) or refuses(run.text) or _QUOTES.search(beside) is not None:
        return None
    if written[run.end :].lstrip()[:1].islower():
        return None  # the sentence goes on in the page's own letters
    near = (*place.walk(), *place.ancestors())
    if any(node.attribute("lang") for node in near if node.tag not in {"html", "body"}):
        return None
    sound = sound_of(sight.model, [run.said or run.text])
    if not (sound.is_spam or sound.is_named) or commands(run.text):
        return None
    span = span_of(sight, run.paragraph, *fitted(run.paragraph, run.start, run.end, own))
    if is_hidden(sight, place, span):
        return None  # what people do not see goes with its box, and the box is a block's
    if outside_of(sight).speaks_of([run.text], [span]):
        return None
    leads = any(
        part.tag == "a" and span.start <= part.start < span.end and sight.is_foreign(part.attribute("href") or "")
        for part in place.walk()
    )
    sure = (bool(sound.known) or sound.is_spam) and (leads or CALLS.search(run.text) is not None)
    entry = _is_an_entry(run)
    return Sign(
        rule="spliced-sentence",
        category=sight.topic([run.text]) if sound.category == ORDERS else sound.category,
        confidence=SURE if sure else _SHOWN,
        spans=(Span(place.start, place.end),) if entry else (),
        edits=() if entry else (Edit(span.start, span.end),),
        excerpt=excerpt_of([run.text]),
        doubt=None if sure else _ASIDE,
        spare=not sure,
        evidence=(
            reason("spliced", run.text, f"a sentence {run.told} stands in a paragraph of others, and sells"),
            *sound.evidence(),
        ),
    )


def _is_an_entry(run: Run) -> bool:
    """Whether a run is all that somebody says in a paragraph that else has only his name."""
    place, written = run.paragraph.place, run.paragraph.written
    alone = not run.paragraph.plain[run.end :].strip()
    return alone and place.tag in _ENTRIES and _SPEAKER.fullmatch(written, 0, run.start) is not None
