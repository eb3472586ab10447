"""Sentences of another language in a paragraph, no word of which stands elsewhere on the page.

In the page's own language one word in three or four does, in a paragraph as well as in a menu: "the", "and", "of".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS
from spamguard.signs.paragraphs import MARKUP, SEVERAL, Run, paragraphs_of, read, with_elements
from spamguard.signs.words import sound_of
from spamguard.text.smallwords import small_words
from spamguard.text.words import signs_as_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_FEWEST, _TELLING, _MORE = 4, 6, 8
"""Words of a sentence that tells its language a little, of one that tells it on a long page, and on any."""
_PAGE, _LONG_PAGE = 40, 80
_ONE_OF: Final = 8
"""Words that a page must have elsewhere, and among how many words one may be the same in two languages."""


class _Words:
    """The words of a page: how often each is ``used``, and the small words of its ``own`` language if it tells it."""

    def __init__(self, text: str) -> None:
        said = signs_as_written(text)
        self.used = Counter(said)
        self.total = len(said)
        self.own = small_words(said)


@lru_cache(maxsize=2)
def _words_of(row: bytes, codec: str) -> _Words:
    """The words of a page; for one sentence after the other the same are asked for."""
    return _Words(row.decode(codec, "replace"))


def in_other_words(sight: Sight) -> list[Run]:
    """The sentences in other words that sell, three at most: a page in two languages has more."""
    links = [link for link in sight.index.tagged.get("a", ()) if sight.is_foreign(link.attribute("href") or "")]
    named = any(atom.category != ORDERS for atom in sight.named())
    if not links and not named:
        return []
    words = _words_of(sight.index.row, sight.page.codec)
    starts = [link.start for link in links]
    runs: list[Run] = []
    for place in paragraphs_of(sight):
        leading = links[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        if (named or leading) and len(leading) <= SEVERAL and (run := _run(sight, place, leading, words)) is not None:
            runs.append(run)
    return runs if len(runs) <= SEVERAL else []


def _run(sight: Sight, place: Node, links: list[Node], words: _Words) -> Run | None:
    """The sentence of an element that its first link stands in, or that sells, if those beside it are the page's own.

    Where the language of the page's own sentences does not tell, it tells nothing of this one.
    """
    paragraph = read(sight, place)
    if paragraph is None:
        return None
    plain, sentences = paragraph.plain, paragraph.sentences()
    at = len(sight.text_between(place.inner_start, links[0].start)) if links else None
    for number, (first, last) in enumerate(sentences):
        if at is not None and not first <= at < last:
            continue
        text = plain[first:last]
        if not _is_odd(text, words, linked=bool(links)):
            continue
        beside = [plain[slice(*span)] for span in (*sentences[:number][-1:], *sentences[number + 1 :][:1])]
        own = [not _is_strange(said, words) for said in map(signs_as_written, beside) if len(said) >= _FEWEST]
        louder = _louder(sight, text, links) if own and all(own) else None
        whole = with_elements(sight, paragraph, *paragraph.trimmed(first, last))
        if louder is not None and whole is not None:
            return Run(paragraph, *whole, "in words", louder)
    return None


def _louder(sight: Sight, text: str, links: list[Node]) -> str | None:
    """What of a sentence sells, itself or what its links are called."""
    names = (MARKUP.sub(" ", sight.text_between(link.inner_start, link.inner_end)) for link in links)
    said = (" ".join(text.split()), " | ".join(" ".join(name.split()) for name in names))
    louder = max(said, key=lambda part: sound_of(sight.model, [part]).mean)
    return louder if sound_of(sight.model, [louder]).is_spam else None


def is_of_other_words(sight: Sight, text: str) -> bool:
    """Whether a sentence is strange to its page, whatever it says: for those in which something else tells already."""
    words = _words_of(sight.index.row, sight.page.codec)
    said = signs_as_written(text)
    outside = words.total - len(said)
    known = words.own is not None and outside >= _PAGE and len(said) >= _FEWEST
    return (known or (outside >= _LONG_PAGE and len(said) >= _MORE)) and _is_strange(said, words)


def is_of_own_words(sight: Sight, text: str) -> bool:
    """Whether a text is long enough to tell that it is in the words of its page."""
    words = _words_of(sight.index.row, sight.page.codec)
    said = signs_as_written(text)
    return len(said) >= _FEWEST and not _is_strange(said, words)


def _is_odd(text: str, words: _Words, *, linked: bool) -> bool:
    """Whether a sentence is strange to a page that has words enough to tell."""
    said = signs_as_written(text)
    outside = words.total - len(said)
    long = outside >= _LONG_PAGE
    return (
        (long or (linked and outside >= _PAGE))
        and len(said) >= (_TELLING if long and linked else _MORE)
        and _is_strange(said, words)
    )


def _is_strange(said: Sequence[str], words: _Words) -> bool:
    """Whether hardly one word of a sentence is used outside of it on a page of these words, or is of its language.

    A page of a language whose small words are known need not be long. What two languages share tells nothing.
    """
    if len(said) < _FEWEST:
        return False
    times, used, own = Counter(said), words.used, words.own or frozenset[str]()
    known = {word: count for word, count in times.items() if used.get(word, 0) > count or word in own}
    least = len(said) // _ONE_OF
    if not own or sum(known.values()) <= least:
        return sum(known.values()) <= least
    theirs = small_words(times)
    shared = theirs if theirs is not None and theirs is not own else frozenset[str]()
    return sum(count for word, count in known.items() if word not in shared) <= least
