"""What sells in a sentence and no list of keywords knows: a long link that sounds like it, a sentence of other tongues.

Both were counted on 1,334 honest pages, all of their sentences and links: a link of four words to another site that
sounds so loud stands in none of them, a sentence of ten words in another language in none either. For review.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.refusals import refuses
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Span
from spamguard.model.score import word_means
from spamguard.signs.orders import commands
from spamguard.signs.outside import outside_of
from spamguard.signs.pitched import END, TAG, is_apart, place_of, said_in, sentence_around, sentence_sign
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.signs.sign import Sign

_LOUD_LINK, _WORDS_OF_LINK, _LONGEST_LINK = 6.0, 4, 90
_LOUD, _WORDS, _LONGEST = 4.0, 10, 4_000
_ALIKE: Final = 0.1
"""Share of the letter groups of a sentence that the page has too, from which on it may be of the page's language."""
_LATIN: Final = frozenset({"LATIN"})
_SEVERAL: Final = 2
_QUOTES: Final = re.compile('[“”„«»「」『』]|"[^"]+"')
_GLUED: Final = re.compile(rb"[.!?](?<=[a-z\x80-\xff]{3}[.!?])(?=[A-Z][a-z]{2})")
"""Where a sentence was put in without a space before it."""
_SHORTEST: Final = 40


def strayed(sight: Sight) -> list[Sign]:
    """Such links and sentences, two at most: a page with more of them speaks of such things itself."""
    found = {sign.hull.start: sign for sign in (*_links(sight), *_sentences(sight))}
    return [found[start] for start in sorted(found)] if len(found) <= _SEVERAL else []


def _links(sight: Sight) -> Iterator[Sign]:
    named = []
    for link in sight.index.tagged.get("a", ()):
        written = link.inner_end - link.inner_start
        if (
            written < 4 * _WORDS_OF_LINK
            or written > 4 * _LONGEST_LINK
            or (place := place_of(sight, link, laid_out=True)) is None
        ):
            continue
        name = " ".join(TAG.sub(" ", sight.text_between(link.inner_start, link.inner_end)).split())
        if len(name.split()) >= _WORDS_OF_LINK and len(name) <= _LONGEST_LINK:
            named.append((link, place, name))
    means = word_means([name for _, _, name in named], sight.model) if named else ()
    for (link, place, name), mean in zip(named, means, strict=True):
        if mean < _LOUD:
            continue
        span = sentence_around(sight, link, place)
        text = said_in(sight, span)
        if mean < _LOUD_LINK and outside_of(sight).share_of([text], [span]) >= _ALIKE:
            continue
        if len(text.strip(" .,|-")) <= len(name) + 2 or reports(text) or outside_of(sight).speaks_of([name], [span]):
            continue
        category = sight.topic([name])
        if category != ORDERS:
            yield sentence_sign(sight, span, text, category, f"one link to another site is called {name!r}")


def _sentences(sight: Sight) -> Iterator[Sign]:
    said: list[tuple[Node, Span, str]] = []
    apart: dict[int, bool] = {}
    for node in sight.index.said:
        if not _SHORTEST <= node.end - node.start < _LONGEST or is_apart(node, apart):
            continue
        raw = sight.page.raw[node.start : node.end]
        found = sorted({match.end() for ending in (END, _GLUED) for match in ending.finditer(raw)})
        ends = [node.start, *(node.start + at for at in found), node.end]
        for start, end in itertools.pairwise(ends):
            text = sight.text_between(start, end) if end - start >= _SHORTEST else ""
            if len(text.split()) >= _WORDS:
                said.append((node, Span(start, end), text))
    means = word_means([text for _, _, text in said], sight.model) if said else ()
    for (node, span, text), mean in zip(said, means, strict=True):
        if mean < _LOUD or _QUOTES.search(text) is not None or reports(sight.text_of(node)) or commands(text):
            continue
        if refuses(text):
            continue
        outside = outside_of(sight)
        if scripts_of(text) - _LATIN:
            # Four letters in a row of other scripts seldom come twice: a whole page in other letters is asked for.
            rest = sight.text_between(0, span.start) + sight.text_between(span.end, sight.root.end)
            if scripts_of(text) & scripts_of(rest) - _LATIN:
                continue
        if outside.share_of([text], [span]) < _ALIKE and not outside.speaks_of([text], [span]):
            yield sentence_sign(sight, span, text, sight.topic([text]), "one sentence in another language sells")
