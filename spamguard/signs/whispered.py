"""Hidden links to other sites that say nothing but what spam sells, in words too everyday to count elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.linklists import is_of_a_friend
from spamguard.examine.scripted import hidden_by_scripts
from spamguard.findings import ORDERS, Span
from spamguard.page import styles
from spamguard.page.outline import NodeKind
from spamguard.page.patterns import pattern
from spamguard.signs.hiding import may_be_hidden, scripts_of, way_of
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_EVERYDAY: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0\s*(?:;|$)", re.IGNORECASE)
_INLINE: Final = frozenset("a u b i em strong span font small big s strike cite".split())  # noqa: SIM905
_MARKS: Final = frozenset({"u", "b", "i", "em", "strong", "font", "big", "s", "strike", "cite"})
_MARKED: Final = 4
_SHOWN: Final = 0.6
_BARE: Final = frozenset({"div", "p", "span", "font", "li", "section"})
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_WEAK: Final = pattern(
    r"(?<!\w)(?:slots?|poker|bingo|roulette|blackjack|baccarat|jackpots?|betting|bets?|casinos?|gambling|lotter(?:y|ies)|loans?"
    r"|payday|pills?|pharmacy|viagra|cialis|steroids?|replicas?|outlet|jerseys?|handbags?|watches|essays?|dissertations?"
    r"|escorts?|sex|porno?|xxx|cams?|dating|crypto|bitcoin|forex|cbd|vape|nulled|cracked|keygen|serial|backlinks?|hacklink"
    r"|seo|wordpress|themes?|plugins?|download|firmware|cheap|buy|best|free|online|real|money|bonus|deposit|no|for|usa?|uk"
    r"|game|games|site|sites|situs|judi|bola|agen|daftar|link|top|new|wholesale|discount|premium|sale|shop|store|web)(?!\w)",
    re.IGNORECASE,
)
"""What adds to a name that something sold has, or is its name in everyday speech."""
_ALONE: Final = pattern(
    r"(?<!\w)(?:slots?|poker|roulette|blackjack|baccarat|jackpots?|betting|casinos?|payday|viagra|cialis|steroids?"
    r"|replicas?|escorts?|porno?|xxx|nulled|cracked|keygen|backlinks?|hacklink)(?!\w)"
    r"|(?:free|premium)(?:\s\w{1,20})?\s(?:themes|plugins|download)|(?:wordpress|free)\s(?:themes|plugins)"
    r"|(?:cheap|wholesale|discount)\s(?:\w{1,20}\s)?(?:jerseys|handbags|watches|shoes|sunglasses)|handbags outlet",
    re.IGNORECASE,
)
"""What is seldom hidden as a link to another site for an honest reason."""
_LARGEST: Final = 20_000
_MOST_WORDS: Final = 80
_MOST_BESIDE: Final = 400
"""Links and white space in a row of links that are hidden one by one."""
_SHARE: Final = 0.6
_FAIR: Final = 0.8
_SURER: Final = 0.93
_HALF: Final = 0.5


def whispered(sight: Sight) -> list[Sign]:
    """Hidden elements with links to other sites only, at least half of which are called what is sold."""
    scripts = scripts_of(sight)
    ids = hidden_by_scripts(scripts)[0] if "getElementById" in scripts or "querySelector" in scripts else frozenset()
    signs: list[Sign] = []
    places: dict[int, dict[int, int]] = {}
    end = 0
    for node in sight.index.having(("style", "hidden", *(("id",) if ids else ())), tags=("marquee",)):
        if node.start < end or not node.closed:
            continue
        if node.end - node.start > _LARGEST or not may_be_hidden(node, ids):
            continue
        row = _row(sight, node, ids, places) if node.tag == "a" else [node]
        links = [link for box in row for link in _links(sight, box)]
        if links and not all(map(is_of_a_friend, links)) and (sign := _judged(sight, row, links)) is not None:
            signs.append(sign)
            end = sign.hull.end
    return signs


def _row(sight: Sight, first: Node, ids: frozenset[str], places: dict[int, dict[int, int]]) -> list[Node]:
    """A hidden link and those that follow it, each hidden by itself and with nothing but white space between them.

    ``places`` remembers where among its siblings an element stands.
    """
    row: list[Node] = []
    siblings = first.parent.children if first.parent is not None else [first]
    if id(first.parent) not in places:
        places[id(first.parent)] = {id(node): at for at, node in enumerate(siblings)}
    at = places[id(first.parent)].get(id(first), 0)
    for node in siblings[at : at + _MOST_BESIDE]:
        if node.kind is NodeKind.TEXT and not sight.page.raw[node.start : node.end].strip():
            continue
        if node.tag != "a" or not node.closed or not may_be_hidden(node, ids) or not _links(sight, node):
            break
        row.append(node)
    return row


def _span(sight: Sight, row: Sequence[Node]) -> Span:
    """What goes with a row: the box around it, too, if nothing else is in that."""
    first, last, box = row[0], row[-1], row[0].parent
    if len(row) > 1 and box is not None and box.closed and box.tag in _BARE:
        raw = sight.page.raw
        if not (raw[box.inner_start : first.start] + raw[last.end : box.inner_end]).strip():
            return Span(box.start, box.end)
    return Span(first.start, last.end)


def _links(sight: Sight, box: Node) -> list[Node]:
    """The links in a box, all of which lead to other sites; none when one stays or the box holds many words."""
    links = [part for part in box.walk() if part.tag == "a" and part.kind is NodeKind.ELEMENT]
    if not links or not all(link.closed and sight.is_foreign(link.attribute("href") or "") for link in links):
        return []
    texts = [part for part in box.walk() if part.kind is NodeKind.TEXT]
    words = sum(len(sight.page.raw[text.start : text.end].split()) for text in texts)
    if any(part.tag in {"form", "input", "iframe", "video", "h1"} for part in box.walk()):
        return []
    return links if words <= _MOST_WORDS + 8 * len(links) else []


def _judged(sight: Sight, row: Sequence[Node], links: Sequence[Node]) -> Sign | None:
    box, span = row[0], _span(sight, row)
    words = [" ".join(sight.text_between(link.inner_start, link.inner_end).split()) for link in links]
    words = [re.sub(r"<[^<>]*>", " ", text) for text in words]
    named = [text for text in words if is_sold(sight, text)]
    bare = sum(_ADDRESS.fullmatch(text.strip()) is not None for text in words)
    if not named and len(row) == len(links) == 1 and _is_in_line(sight, box, words[0]):
        return _unnamed(sight, box, links[0], words[0])
    if not named or len(named) < _HALF * (len(words) - bare):
        return None
    way = way_of(sight, box)
    if way is None:
        return None
    seldom = way == "script" or box.tag in _INLINE or not _is_everyday(box)
    if (not seldom and _outside(sight, box) > sum(map(len, words))) or outside_of(sight).speaks_of(named, [span]):
        return None
    sound = sound_of(sight.model, named)
    lexicon = sight.model.lexicon
    hits = [hit for text in named for hit in lexicon.hits(lexicon.folded(text))]
    telling = any(hit.atom.strength >= TELLING for hit in hits)
    said = reason("whispered", len(named), f"hidden links to other sites are called {', '.join(named[:4])}")
    return Sign(
        rule="whispered-links",
        category=sound.category if sound.is_spam and sound.category != ORDERS else sight.topic(named),
        confidence=(SURE if telling else _SURER) if seldom else _FAIR,
        spans=(span,),
        excerpt=excerpt_of(words[:6]),
        hidden_by=way,
        spare=len(row) == 1,
        evidence=(said, *sound.evidence()),
    )


def _is_in_line(sight: Sight, box: Node, words: str) -> bool:
    """Whether a word or two with a link are all that an element without a name hides that only marks words."""
    if box.tag not in _MARKS or {"class", "id"} & box.attributes.keys() or len(words.split()) > _MARKED:
        return False
    return not _outside(sight, box) and any(map(str.isalpha, words))


def _unnamed(sight: Sight, box: Node, link: Node, words: str) -> Sign | None:
    """The sign for a hidden link that names nothing known, where nobody hides a link for an honest reason."""
    way = way_of(sight, box)
    address = link.attribute("href") or ""
    if way is None or not sight.is_foreign(address) or outside_of(sight).speaks_of([words], [Span(box.start, box.end)]):
        return None
    return Sign(
        rule="whispered-links",
        category=sight.topic([words]),
        confidence=_SHOWN,
        spans=(Span(box.start, box.end),),
        excerpt=excerpt_of([words, address]),
        doubt="nothing is known of its words; only the way it is hidden tells",
        hidden_by=way,
        spare=True,
        evidence=(
            reason("whispered", words, f"a link to another site, called {words!r}, is all that {box.tag} hides"),
        ),
    )


def _is_everyday(box: Node) -> bool:
    """Whether a box is hidden as menus, dialogs and what fades in are."""
    style = box.attribute("style") or ""
    return "hidden" in box.attributes or _EVERYDAY.search(style) is not None or styles.way_of(style) == styles.EVERYDAY


def is_sold(sight: Sight, text: str) -> bool:
    """Whether known keywords, everyday ones too, are most of what a link is called."""
    folded = sight.model.lexicon.folded(text)
    hits = [hit for hit in sight.model.lexicon.hits(folded) if hit.atom.category != ORDERS]
    if not hits and _ALONE.search(folded) is None:
        return False
    named = bytearray(len(folded))
    for start, end in [(hit.start, hit.end) for hit in hits] + [match.span() for match in _WEAK.finditer(folded)]:
        named[start:end] = b"\x01" * (end - start)
    return sum(named) >= _SHARE * (len(folded) - folded.count(" "))


def _outside(sight: Sight, box: Node) -> int:
    """Characters of a box that stand in none of its links."""
    texts = (part for part in box.walk() if part.kind is NodeKind.TEXT)
    bare = (text for text in texts if not any(around.tag == "a" for around in text.ancestors()))
    return sum(len(sight.text_between(text.start, text.end).strip()) for text in bare)
