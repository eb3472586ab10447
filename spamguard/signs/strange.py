"""Sentences of another language in a paragraph, with a link that sells: no word of them stands elsewhere on the page.

In the page's own language one word in three or four does, in a paragraph as well as in a menu: "the", "and", "of".
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.signs.splicing import ENDS, MARKUP, SEVERAL, Run, counted, places_of, sign_of, with_elements
from spamguard.signs.words import sound_of
from spamguard.text.words import signs_as_written

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.signs.sign import Sign

_FEWEST, _TELLING, _MORE = 4, 6, 8
"""Words of a sentence that tells its language a little, of one that tells it on a long page, and on any."""
_PAGE, _LONG_PAGE = 40, 80
_ONE_OF: Final = 8
"""Words that a page must have elsewhere, and among how many words one may be the same in two languages."""


def strange(sight: Sight) -> list[Sign]:
    """The sentences in other words around links to other sites, three at most: a page in two languages has more."""
    links = [link for link in sight.index.tagged.get("a", ()) if sight.is_foreign(link.attribute("href") or "")]
    if not links:
        return []
    words = Counter(signs_as_written(sight.index.row.decode(sight.page.codec, "replace")))
    runs = []
    for place in places_of(sight):
        leading = [link for link in links if place.start < link.start < place.end]
        if 0 < len(leading) <= SEVERAL and (run := _run(sight, place, leading, words)) is not None:
            runs.append(run)
    if len(runs) > SEVERAL:
        return []
    own = counted(sight)[1] if runs else ""
    return [sign for run in runs if (sign := sign_of(sight, run, "in words", own)) is not None]


def _run(sight: Sight, place: Node, links: list[Node], words: Counter[str]) -> Run | None:
    """The sentence of an element that its first link stands in, if it is strange and the others are the page's own."""
    raw = sight.page.raw[place.inner_start : place.inner_end]
    written = sight.text_between(place.inner_start, place.inner_end)
    codec = sight.page.codec
    if written.encode(codec, "ignore") != raw:
        return None
    plain = MARKUP.sub(lambda match: " " * len(match[0]), written)
    ends = [0, *(match.end() for match in ENDS.finditer(plain)), len(plain)]
    sentences = [(start, end) for start, end in itertools.pairwise(ends) if plain[start:end].strip()]
    at = len(raw[: links[0].start - place.inner_start].decode(codec))
    middle = next((number for number, (start, end) in enumerate(sentences) if start <= at < end), None)
    if middle is None:
        return None
    beside = [plain[slice(*span)] for span in (*sentences[:middle][-1:], *sentences[middle + 1 :][:1])]
    own = [not _is_strange(other, words) for other in beside if len(signs_as_written(other)) >= _FEWEST]
    if not own or not all(own):
        return None  # where the language of the page's own sentences does not tell, it tells nothing of this one
    first, last = sentences[middle]
    text = plain[first:last]
    said = signs_as_written(text)
    outside = words.total() - len(said)
    if not _is_strange(text, words) or outside < _PAGE or len(said) < (_TELLING if outside >= _LONG_PAGE else _MORE):
        return None
    whole = with_elements(sight, place, written, last - len(text.lstrip()), first + len(text.rstrip()))
    if whole is None:
        return None
    names = " | ".join(
        " ".join(MARKUP.sub(" ", sight.text_between(link.inner_start, link.inner_end)).split()) for link in links
    )
    louder = max((" ".join(text.split()), names), key=lambda said: sound_of(sight.model, [said]).mean)
    if not sound_of(sight.model, [louder]).is_spam:
        return None
    return Run(place, written, *whole, " ".join(text.split()), sum(map(str.isalpha, text)), louder)


def _is_strange(sentence: str, words: Counter[str]) -> bool:
    """Whether hardly one of the words of a sentence is used outside of it on a page of these words."""
    said = signs_as_written(sentence)
    times = Counter(said)
    known = sum(words[word] > times[word] for word in said)
    return len(said) >= _FEWEST and known <= len(said) // _ONE_OF
