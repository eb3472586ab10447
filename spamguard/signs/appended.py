"""An article that is hung below another: headings and questions about one name that the page knows nothing of.

Every heading names it, and a link leads to a site that is called like it. Whoever writes such pieces by the thousand
changes all the words but the name. For review, as a page may praise somebody once, if its readers can read it: unless
it sells by many keywords of a trade of which the rest of the page has none, and does not say that it was paid for.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import authority_of
from spamguard.examine.labels import is_labelled, is_paid_for
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import MOST_TEXT, outside_of
from spamguard.signs.pitched import TRADES
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import STRONG, TELLING
from spamguard.text.smallwords import small_words
from spamguard.text.words import signs_as_written
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.text.lexicon import Atom

ARTICLE: Final = "appended-article"
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5")
_LEADS: Final = ("b", "strong", "dt", "summary")
_WORD: Final = re.compile(r"[^\W\d_][\w-]{4,24}")
_BOXES: Final = frozenset({"div", "section", "article", "aside"})
_FEWEST_HEADINGS, _FEWEST, _EVERY = 2, 4, 3
"""Headings that name it, those and other leads and links, and headings when there are no others."""
_GOES_ON: Final = frozenset({"p", "ul", "ol", "dl", "table", "blockquote"})
_PREFIX: Final = 5
_LONGEST: Final = 300
_LARGEST: Final = 60_000
_SHOWN: Final = 0.7
_HARDLY: Final = 0.05
_ASIDE: Final = "no keyword is asked, and a page may praise somebody once"
_SEVERAL: Final = 2
_LOUD: Final = 8
"""Strengths of the keywords of a trade, together: an article that names a casino or reports on one has fewer."""
_A_TEXT: Final = 40
"""Words of an article that tell whether it is in the language of the page."""
_A_TENTH: Final = 0.1
"""Share of small words of another language in a text; of its own it is a quarter and more."""
_A_PAGE: Final = 100
"""Characters of a page around an article that are one without it."""
_DEALS: Final = tuple(
    re.compile(said, re.IGNORECASE)
    for said in (
        (
            r"deposit|einzahl|dépôt|depósito|wpłat|vklad|storting|insättning|депозит|пополн|yatır|nạp|ฝาก"
            r"|입금|입출금|入金|存款|إيداع"
        ),
        (
            r"withdraw|cash-?out|auszahl|retrait|retiro|saque|preliev|wypłat|výběr|uitbetal|uttag|вывод|çekim|rút tiền"
            r"|ถอน|출금|出金|提款|سحب"
        ),
        r"bonus|bono\b|bónus|bônus|prémio|бонус|보너스|ボーナス|奖金|彩金|โบนัส|مكافأة|promo|gutschein|coupon",
        r"free ?spin|freidreh|freispiel|rodadas|giros|tours gratuits|darmowe|zatočen|фриспин|freebet|slots?\b|jackpot",
    )
)
"""What money is put in and taken out for: two of these are said of no recipe and no program."""


def appended(sight: Sight) -> list[Sign]:
    """The stretches of one parent's children in which such a name stands, from its first heading to its last word."""
    parents: dict[int, tuple[Node, list[Node]]] = {}
    for node in sight.index.called(_HEADINGS):
        if node.parent is not None and node.closed and node.end - node.start <= _LONGEST:
            parents.setdefault(id(node.parent), (node.parent, []))[1].append(node)
    signs = []
    for parent, headings in parents.values():
        if len(headings) >= _FEWEST_HEADINGS and (sign := _judged(sight, parent, headings)) is not None:
            signs.append(sign)
    return signs


def _judged(sight: Sight, parent: Node, headings: Sequence[Node]) -> Sign | None:
    titled = Counter(word for node in headings for word in _words(sight, node))
    for name, count in titled.most_common(_FEWEST):
        if count < _FEWEST_HEADINGS:
            return None
        first = next(node for node in headings if name in _words(sight, node))
        children = [child for child in parent.children if child.start >= first.start and _names(sight, child, name)]
        if not children:
            continue
        span = Span(first.start, _end_of(sight, parent, children[-1]))
        leads = [
            node
            for node in sight.index.called((*_HEADINGS, *_LEADS))
            if span.start <= node.start < span.end and node.end - node.start <= _LONGEST and _names(sight, node, name)
        ]
        links = _links(sight, span, name)
        every = sum(1 for node in headings if span.start <= node.start < span.end) == len(leads) >= _EVERY
        if span.end - span.start > _LARGEST or not links or not (every or len(leads) + len(links) - 1 >= _FEWEST):
            continue
        raw = sight.page.raw
        written = re.compile(re.escape(name.encode(sight.page.codec, "ignore")), re.IGNORECASE)
        if written.search(raw, 0, span.start) is not None or written.search(raw, span.end) is not None:
            continue
        return _sign(sight, parent, span, name, len(leads))
    return None


def _end_of(sight: Sight, parent: Node, last: Node) -> int:
    """Where an article ends: what stands under its last heading, and paragraphs as far as they name what is sold."""
    end, headed = last.end, last.tag in _HEADINGS
    for child in parent.children[parent.children.index(last) + 1 :]:
        if child.kind is not NodeKind.ELEMENT:
            if sight.page.raw[child.start : child.end].strip():
                break
            continue
        text = sight.text_between(child.start, child.end)
        sells = any(atom.strength >= TELLING for atom in _named(sight, [text]))
        if child.tag not in _GOES_ON or not (headed or sells):
            break
        end, headed = child.end, False
    return end


def _sign(sight: Sight, parent: Node, span: Span, name: str, leads: int) -> Sign | None:
    texts = [sight.text_of(node) for node in sight.index.said if span.start <= node.start < span.end]
    if outside_of(sight).speaks_of(texts, [span]):
        return None
    sound, category = sound_of(sight.model, texts), sight.topic(texts)
    whole = " ".join(texts)
    deals = sum(deal.search(whole) is not None for deal in _DEALS)
    if category == ORDERS or not (deals >= _SEVERAL or sound.is_spam or sound.is_named):
        return None
    sure = _are_other_letters(sight, texts, span)
    if not (sure or is_labelled(whole) or reports(whole) or _is_paid_for(sight, span)):
        plain = sound.is_spam or sound.is_named or deals > _SEVERAL
        sure = _sells(sight, texts, span) or (plain and _are_other_words(sight, texts, span))
    raw = sight.page.raw
    around = raw[parent.inner_start : span.start] + raw[span.end : parent.inner_end]
    if parent.closed and parent.tag in _BOXES and not around.strip():
        span = Span(parent.start, parent.end)
    told = (
        f"{leads} headings and questions are about {name!r}, which a link leads to and nothing else on the page names"
    )
    return Sign(
        rule=ARTICLE,
        category=category,
        confidence=SURE if sure else _SHOWN,
        spans=(span,),
        excerpt=excerpt_of(texts[:6]),
        doubt=None if sure else _ASIDE,
        spare=not sure,
        evidence=(reason("appended", name, told), *sound.evidence()),
    )


def _sells(sight: Sight, texts: Sequence[str], span: Span) -> bool:
    """Whether an article has many keywords of one trade, and the page around it none and is a page without it."""
    named = _named(sight, texts)
    weights = Counter[str]()
    for atom in named:
        weights[atom.category] += atom.strength
    trade, weight = weights.most_common(1)[0] if weights else ("", 0)
    if weight < _LOUD or not any(atom.category == trade and atom.strength >= STRONG for atom in named):
        return False
    rest = [sight.text_of(node) for node in sight.index.said if not span.start <= node.start < span.end]
    if not _A_PAGE <= sum(map(len, rest)) <= MOST_TEXT:
        return False
    return all(atom.category != trade or atom.strength < TELLING for atom in _named(sight, rest))


def _named(sight: Sight, texts: Sequence[str]) -> set[Atom]:
    """The keywords of trades in some texts."""
    lexicon = sight.model.lexicon
    hits = lexicon.hits(lexicon.folded("\n".join(texts)))
    return {hit.atom for hit in hits if hit.atom.category in TRADES}


def _is_paid_for(sight: Sight, span: Span) -> bool:
    links = (link for link in sight.index.tagged.get("a", ()) if span.start <= link.start < span.end)
    return any(map(is_paid_for, links))


def _are_other_letters(sight: Sight, texts: Sequence[str], span: Span) -> bool:
    """Whether an article is in letters in which the page around it hardly has a word: its readers cannot read it."""
    own = [sight.text_of(node) for node in sight.index.said if not span.start <= node.start < span.end]
    words = [word for text in own for word in text[:_LARGEST].split() if any(map(str.isalpha, word))]
    letters = scripts_of("".join(texts))
    size = sum(map(len, words))
    return size > 0 and sum(len(word) for word in words if scripts_of(word) & letters) <= _HARDLY * size


def _are_other_words(sight: Sight, texts: Sequence[str], span: Span) -> bool:
    """Whether an article has the small words of one language, and the page around it those of another."""
    rest = (sight.text_of(node) for node in sight.index.said if not span.start <= node.start < span.end)
    own = small_words(signs_as_written("\n".join(rest)[:MOST_TEXT]))
    said = signs_as_written("\n".join(texts))
    if own is None or len(said) < _A_TEXT:
        return False
    known, theirs = sum(word in own for word in said), small_words(said)
    # Danish and Norwegian have nearly all of them in common; of some languages none are known.
    return known <= _A_TENTH * len(said) or (
        theirs is not None and known * _EVERY < sum(word in theirs for word in said)
    )


def _words(sight: Sight, node: Node) -> set[str]:
    """The words of a heading that may be a name: those of Latin letters begin with a capital."""
    text = " ".join(sight.text_of(part) for part in node.walk() if part.kind is NodeKind.TEXT)
    return {word.lower() for word in _WORD.findall(text) if word[0].isupper() or not word[0].isascii()}


def _names(sight: Sight, node: Node, name: str) -> bool:
    return name in sight.text_between(node.start, node.end).lower()


def _links(sight: Sight, span: Span, name: str) -> list[Node]:
    """The links to other sites in a stretch that are called like the name, or whose host is."""
    found = []
    for link in sight.index.tagged.get("a", ()):
        if not span.start <= link.start < span.end or not sight.is_foreign(link.attribute("href") or ""):
            continue
        host = authority_of(link.attribute("href") or "")
        if _names(sight, link, name) or (host is not None and name[:_PREFIX] in host):
            found.append(link)
    return found
