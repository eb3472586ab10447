"""An entry or two in a list of the page's own that lead to other sites and are called like what is sold.

One such name may be anything; of 1,334 honest pages the lists of 30 have links that sound so ("Montreal Canadiens",
"order"). So a keyword is asked for as well, or two entries one after the other in words of a phrase. For review.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from spamguard.examine.labels import is_labelled, is_paid_for
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Span
from spamguard.model.score import word_means
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import outside_of
from spamguard.signs.pitched import TRADES
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_LOUD: Final = 6.0
"""Mean n-gram weight of what each entry is called."""
_MOST: Final = 2
"""Such entries of a page: one with more speaks of such things, or has a block of them."""
_PHRASE: Final = 3
_LONGEST: Final = 80
_LARGEST: Final = 20_000
_NEAR: Final = 3
_MENU: Final = re.compile(
    r"(?<![a-z])(?:main|top|site|sub)?[-_]?(?:nav|menu|rubri[kq]\w*|sections?)(?![a-z])|navi", re.IGNORECASE
)
_SHOWN: Final = 0.6
_ASIDE: Final = "it is an entry among others, and may be the page's own"


def listed(sight: Sight) -> list[Sign]:
    """Such entries, those that follow each other together."""
    named = [(entry, text) for entry in sight.index.tagged.get("li", ()) if (text := _called(sight, entry))]
    means = word_means([text for _, text in named], sight.model) if named else ()
    loud = [(entry, text) for (entry, text), mean in zip(named, means, strict=True) if mean >= _LOUD]
    if not 0 < len(loud) <= _MOST:
        return []
    places = groupby(loud, key=lambda pair: id(pair[0].parent))
    signs = (_judged(sight, list(found)) for _, found in places)
    return [sign for sign in signs if sign is not None]


def _called(sight: Sight, entry: Node) -> str:
    """What an entry is called that is nothing but a link to another site."""
    parts = [child for child in entry.children if child.kind is NodeKind.ELEMENT or _says(sight, child)]
    if len(parts) != 1 or parts[0].tag != "a" or is_paid_for(parts[0]) or parts[0].attribute("hreflang"):
        return ""
    if not sight.is_foreign(parts[0].attribute("href") or ""):
        return ""
    text = _said(sight, parts[0])
    return text if len(text) <= _LONGEST else ""


def _said(sight: Sight, node: Node) -> str:
    """The words in an element."""
    return " ".join(" ".join(sight.text_of(part) for part in node.walk() if _is_text(part)).split())


def _is_menu(node: Node) -> bool:
    """Whether an element is called a menu: newspapers have sections of their own on other hosts."""
    return node.tag in {"nav", "menu"} or _MENU.search(f"{node.attribute('class')} {node.attribute('id')}") is not None


def _is_text(node: Node) -> bool:
    return node.kind is NodeKind.TEXT


def _says(sight: Sight, node: Node) -> bool:
    return bool(sight.page.raw[node.start : node.end].strip())


def _judged(sight: Sight, found: Sequence[tuple[Node, str]]) -> Sign | None:
    """The sign in some entries of one list, among which others stand."""
    texts = [text for _, text in found]
    around = found[0][0].parent
    if around is None or sum(child.tag == "li" for child in around.children) <= len(found):
        return None
    if any(_is_menu(node) for node in (around, *islice(around.ancestors(), _NEAR))):
        return None
    box = around.parent or around
    if box.end - box.start <= _LARGEST and any(
        is_labelled(sight.text_of(part)) for part in box.walk() if _is_text(part)
    ):
        return None
    lexicon = sight.model.lexicon
    hits = [hit for text in texts for hit in lexicon.hits(lexicon.folded(text)) if hit.atom.category in TRADES]
    telling = any(hit.atom.strength >= TELLING for hit in hits)
    if not telling and (len(texts) < _MOST or any(len(text.split()) < _PHRASE for text in texts)):
        return None
    spans = tuple(Span(entry.start, entry.end) for entry, _ in found)
    sound = sound_of(sight.model, texts)
    if reports(" ".join(texts)) or outside_of(sight).speaks_of(texts, spans):
        return None
    ours = {id(entry) for entry, _ in found}
    beside = [_said(sight, child) for child in around.children if child.tag == "li" and id(child) not in ours]
    if any(hit.atom.category == sound.category for text in beside for hit in lexicon.hits(lexicon.folded(text))):
        return None  # the list has such entries of the page's own
    category = sight.topic(texts) if sound.category in {ORDERS, "links"} else sound.category
    told = f"an entry of a list leads to another site and is called {texts[0]!r}"
    return Sign(
        rule="pitch",
        category=category,
        confidence=_SHOWN,
        spans=spans,
        excerpt=excerpt_of(texts),
        doubt=_ASIDE,
        spare=True,
        evidence=(reason("pitch", texts[0], told), *sound.evidence()),
    )
