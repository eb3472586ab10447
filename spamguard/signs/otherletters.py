"""Sentences in letters that the page has nowhere else, inside paragraphs of its own.

Where the letters change is where they begin and end: no honest sentence goes on in another script for ten words.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from spamguard.signs.paragraphs import SEVERAL, Run, letters_of, paragraphs_of, read, with_elements
from spamguard.text.alphabets import LATIN, LETTERS, WIDE, script_of_most

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_STOPS: Final = ".!?…。！？।؟:»”\"'’)）"
_TRAILING: Final = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff.!?…。！？)）%:;,\d\s-]*[.!?…。！？)）]")
_FEWEST, _FEWEST_WIDE = 24, 12
"""Letters of such a sentence, and of one in letters that are syllables or words."""
_LONG: Final = 2
"""How often as many letters it has to have where the sentence before it has no end."""
_LATIN_WORDS: Final = 6
_OTHERS: Final = 0.4
"""Share of Latin letters in it on a page in such letters."""
_ELSEWHERE: Final = 0.25
"""How many of its letters the page may have elsewhere, for each of them."""


def in_other_letters(sight: Sight) -> list[Run]:
    """The sentences of other letters inside the paragraphs of a page, three at most of a script: else it is its own."""
    counts = letters_of(sight)
    own = script_of_most(counts)
    found: list[Run] = []
    for name in counts:
        if name == own or counts[name] < _FEWEST_WIDE:
            continue
        runs = [run for place in paragraphs_of(sight) if (run := _run(sight, place, name, own)) is not None]
        inside = sum(len(LETTERS[name].findall(run.text)) for run in runs)
        if len(runs) <= SEVERAL and (name == LATIN or counts[name] - inside <= _ELSEWHERE * inside):
            found += runs
    return found


def _run(sight: Sight, place: Node, name: str, own: str) -> Run | None:
    """What of an element is written in the letters ``name``, if the rest is in the page's ``own``."""
    if name != LATIN and sight.page.raw[place.inner_start : place.inner_end].isascii():
        return None
    paragraph = read(sight, place)
    if paragraph is None:
        return None
    plain = paragraph.plain
    theirs, ours = LETTERS[name], LETTERS[own]
    marks = [match.start() for match in theirs.finditer(plain)]
    fewest = _FEWEST_WIDE if name in WIDE else _FEWEST
    if len(marks) < fewest:
        return None
    start, end = _longest(plain, ours) if name == LATIN else (marks[0], marks[-1] + 1)
    text = plain[start:end]
    letters, others = len(theirs.findall(text)), len(ours.findall(text))
    if letters < fewest or others > (_OTHERS * letters if own == LATIN else 0):
        return None
    if name == LATIN and len(text.split()) < _LATIN_WORDS:
        return None
    before, behind = plain[:start].rstrip(), plain[end:]
    match = _TRAILING.match(behind)
    end += match.end() if match is not None else 0
    behind = plain[end:]
    if not (ours.search(before) or ours.search(behind)):
        return None  # all of the element is in these letters
    whole = with_elements(sight, paragraph, start, end)
    if whole is None:
        return None
    start, end = whole
    before = plain[:start].rstrip()
    if before and before[-1] not in _STOPS and letters < _LONG * fewest:
        return None
    return Run(paragraph, start, end, f"in {name} letters")


def _longest(plain: str, ours: re.Pattern[str]) -> tuple[int, int]:
    """The longest stretch without one of the page's own letters, from its first word to its last."""
    ends = [-1, *(match.start() for match in ours.finditer(plain)), len(plain)]
    start, end = max(((a + 1, b) for a, b in itertools.pairwise(ends)), key=lambda pair: pair[1] - pair[0])
    inside = [match.start() for match in LETTERS[LATIN].finditer(plain, start, end)]
    return (inside[0], inside[-1] + 1) if inside else (start, start)
