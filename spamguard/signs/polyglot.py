"""Lists of links that sell one thing in several languages: what machines post on a broken site, week after week.

A site speaks one language in its list of latest posts, or says of each link which language it leads to.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.findings import Span
from spamguard.model.score import word_means
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import OWN_SUBJECT, outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.text.keynotes import TELLING
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_TRADES: Final = frozenset("adult gambling pharmacy goods loans essays escorts crypto".split())  # noqa: SIM905
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_OF_POSTS: Final = re.compile(r"recent|latest|posts|widget|archive|categor", re.IGNORECASE)
"""What a box is called that a list of posts fills: another one may have stood there with its heading."""
_PANELS: Final = frozenset({"aside", "section", "div"})
_FEWEST: Final = 3
"""Links, and languages among them."""
_LOUD, _VERY_LOUD = 2.0, 5.0
_PLAIN: Final = -11.0
"""How "News", "Jobs" and "Termine" sound; what machines post sounds like something, even where it says nothing."""
_UNSORTED: Final = re.compile(r"un-?categori[sz]ed|tests?\b|posts?\b|others?\b|misc|general|allgemein", re.IGNORECASE)
_WORDS: Final = 2
_FAIR: Final = 0.8
_MOST_OF_IT: Final = 0.5
"""Share of a page that sounds like spam from which on that is its subject: one of the posts listed may stand there."""
_LARGEST: Final = 60_000
_STEMS: Final = re.compile(
    r"casin[oò]|kasyno|kasino|cazino|kazino|казино|καζίνο|カジノ|카지노|คาสิโน|赌场|كازينو|apuestas|apostas|scommesse|wetten"
    r"|bahis|bukmacher|ставки|mərc|kladion|betting|fogadás|vedonlyön|viagra|виагр|viagru|βιάγκρα"
)
"""What the same trade is called in many languages: one spelling more is one language more."""
_SAYS_LANGUAGE: Final = ("lang", "hreflang")


def polyglot(sight: Sight) -> list[Sign]:
    """The entries of such lists; with the list, and a box that holds nothing else, when none of them is the site's."""
    lists = (node for node in sight.index.called(("ul", "ol")) if node.closed and node.end - node.start <= _LARGEST)
    named = [(node, entries) for node in lists if len(entries := _named(sight, node)) >= _FEWEST]
    means = word_means([text for _, entries in named for _, text in entries], sight.model) if named else np.zeros(0)
    ends = np.cumsum([len(entries) for _, entries in named])
    judged = (_judged(sight, *one, own) for one, own in zip(named, np.split(means, ends), strict=False))
    return [sign for sign in judged if sign is not None]


def _named(sight: Sight, around: Node) -> list[tuple[Node, str]]:
    """The entries of a list that are links, each with what it is called."""
    entries = (child for child in around.children if child.tag == "li")
    return [(entry, text) for entry in entries if (text := _called(sight, entry))]


def _judged(sight: Sight, around: Node, named: Sequence[tuple[Node, str]], means: NDArray[np.float64]) -> Sign | None:
    """The sign in a list whose entries are ``named``; ``means`` tell how each name sounds."""
    if np.count_nonzero(means > _LOUD) < _FEWEST and not sight.named():
        return None
    texts = [text for _, text in named]
    lexicon = sight.model.lexicon
    hits = [[hit.atom for hit in lexicon.hits(lexicon.folded(text)) if hit.atom.category in _TRADES] for text in texts]
    telling = [any(atom.strength >= TELLING for atom in atoms) for atoms in hits]
    spelled = [sum(telling) > 1 and _STEMS.search(text.lower()) is not None for text in texts]
    loud = [bool(mean > _LOUD) or any(either) for mean, *either in zip(means, telling, spelled, strict=True)]
    trade = Counter(atom.category for atoms in hits for atom in atoms).most_common(1)
    sold = [text for text, is_one in zip(texts, loud, strict=True) if is_one]
    if not trade or len(sold) < _FEWEST or len(sold) * 2 < len(texts):
        return None
    tongues = {atom.language for atoms in hits for atom in atoms if atom.category == trade[0][0]}
    stems = {match[0] for text in sold for match in _STEMS.finditer(text.lower())}
    tongues = max(tongues, stems, key=len) | scripts_of("".join(sold)) - {"LATIN"}
    if len(tongues) < _FEWEST or sum(len(text.split()) for text in sold) < _WORDS * len(sold):
        return None
    whole = Span(around.start, around.end)
    outside = outside_of(sight)
    if outside.speaks_of(sold, [whole], hot_share=_MOST_OF_IT):
        return None
    ours = [entry for (entry, _), is_one in zip(named, loud, strict=True) if is_one]
    quiet = [(text, float(mean)) for text, mean, is_one in zip(texts, means, loud, strict=True) if not is_one]
    others = [text for text, _ in quiet]
    own = len(named) < sum(child.tag == "li" for child in around.children) or len(others) * 2 > len(sold)
    own = own or any(_is_a_plain_word(text, mean) for text, mean in quiet)
    own = own or any(outside.share_of([text], [whole]) >= OWN_SUBJECT for text in others)
    told = f"{len(sold)} links of one list sell the same in {len(tongues)} languages or alphabets"
    return Sign(
        rule="polyglot-links",
        category=trade[0][0],
        confidence=SURE if sum(telling) >= _FEWEST - 1 or float(np.median(means)) > _VERY_LOUD else _FAIR,
        spans=tuple(Span(entry.start, entry.end) for entry in ours) if own else (_box(sight, around),),
        excerpt=excerpt_of(sold[:6]),
        evidence=(reason("polyglot", len(tongues), told),),
    )


def _is_a_plain_word(text: str, mean: float) -> bool:
    """Whether an entry is called as a site calls its own, and not as its software calls what nobody has sorted."""
    return mean < _PLAIN and _UNSORTED.match(text) is None


def _called(sight: Sight, entry: Node) -> str:
    """What the first link of an entry is called; nothing when it says in which language it is."""
    link = next((part for part in entry.walk() if part.tag == "a"), None)
    if link is None or any(part.attribute(name) for part in (entry, link) for name in _SAYS_LANGUAGE):
        return ""
    texts = (part for part in link.walk() if part.kind is NodeKind.TEXT)
    return " ".join(" ".join(sight.text_of(text) for text in texts).split())


def _box(sight: Sight, around: Node) -> Span:
    """A list with the box in which only a heading stands beside it."""
    box = around.parent
    if box is None or box.tag not in _PANELS or not box.closed:
        return Span(around.start, around.end)
    names = f"{box.attribute('class') or ''} {box.attribute('id') or ''}"
    if box.attributes and _OF_POSTS.search(names) is None:
        return Span(around.start, around.end)
    beside: Sequence[Node] = [child for child in box.children if child is not around and _says(sight, child)]
    alone = len(beside) <= 1 and bool(box.attributes) and all(child.tag in _HEADINGS for child in beside)
    alone = alone or not beside
    return Span(box.start, box.end) if alone else Span(around.start, around.end)


def _says(sight: Sight, node: Node) -> bool:
    return node.kind is not NodeKind.TEXT or bool(sight.page.raw[node.start : node.end].strip())
