"""Is what the fast path noticed worth an outline of the page? Asked of few pages, and it spares most of them one.

The fast path knows words that a vandal, a form or an order to a language model leaves, frames out of sight and links
that a script writes. News, guides and cookie layers have them as well: here they are asked what the families ask that
will read them, as far as that takes no more than the text itself.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.features.characters import folded
from spamguard.model.score import word_means
from spamguard.page.oddities import BOASTS_ABROAD, CODED, CONTACTS_TOLD, LINKS_TOLD, ORDERS_TOLD
from spamguard.page.tokens import BREAK, Kind
from spamguard.page.triggers import BUILT, JOINT
from spamguard.scripts import undo
from spamguard.scripts.ciphers import CODES, markup_in
from spamguard.scripts.read import LONGEST
from spamguard.signs.anchors import anchors_in, areas_of
from spamguard.signs.defaced import boasts_abroad
from spamguard.signs.entered import called
from spamguard.signs.entered import sells as offers
from spamguard.signs.orders import commands
from spamguard.signs.posted import may_offer
from spamguard.signs.sight import tells_of_sale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.model.weights import Model
    from spamguard.page.segments import Page

_MOST_PLACES: Final = 12
"""Places of words that are asked one by one; a page with more is read as a whole."""
_A_LINE: Final = 300
"""Characters around a word in which a vandal's line stands, tags and white space included."""
_AN_ORDER: Final = 3_000
_HEARD: Final = 0.0
"""Mean weight of the words on a link from which on it may be one of several that sound like spam together."""
_OFFERED: Final = 2.0
_ABSOLUTE: Final = re.compile(r"""["'`]((?:https?:)?//[^"'`\s]{4,400})["'`]""")
_CALLED_BACK: Final = re.compile(r"[?&](?:callback|jsonp|cb|jsoncallback)=")
_NO_MARKS: Final = dict.fromkeys(range(0x20), " ")


def is_told(page: Page, words: set[str], model: Model) -> bool:
    """Whether one of the words that the text of a page holds is more than the same word in the news."""
    if not words <= _ASKED:
        return True
    return (
        any(boasts_abroad(text) for text in _around(page.text, words & set(BOASTS_ABROAD), _A_LINE))
        or any(commands(text) for text in _around(page.text, words & set(ORDERS_TOLD), _AN_ORDER))
        or any(may_offer(text, model) for text in _around(page.text, words & set(CONTACTS_TOLD), _A_LINE))
        or (not words.isdisjoint(LINKS_TOLD) and _enters_links(page, model))
    )


_ASKED: Final = {*BOASTS_ABROAD, *ORDERS_TOLD, *LINKS_TOLD, *CONTACTS_TOLD}


def _around(text: str, words: Iterable[str], reach: int) -> Iterable[str]:
    """The text around each place of some words, on one line."""
    for word in words:
        at, left = text.find(word), _MOST_PLACES
        while at >= 0:
            left -= 1
            around = text[max(0, at - reach) : at + reach] if left else text
            yield " ".join(around.translate(_NO_MARKS).split())
            at = text.find(word, at + len(word)) if left else -1


def _enters_links(page: Page, model: Model) -> bool:
    """Whether links that a form took for words are called like what is sold, or are in the codes of a forum.

    Guides to markup show tags; who shows a whole link in codes left it to any forum that takes them.
    """
    segments = page.text.split(BREAK)
    for segment, kind in zip(segments, page.kinds.tolist(), strict=False):
        if kind == Kind.TEXT and any(word in segment for word in LINKS_TOLD):
            texts = called(unescape(segment))
            if texts and (CODED in segment or offers(model, texts) or float(word_means(texts, model).max()) > _OFFERED):
                return True
    return False


def frames_tell(addresses: Sequence[str], model: Model) -> bool:
    """Whether the address or title of one of some frames out of sight names what is sold, or sounds so."""
    return any(tells_of_sale(model, unescape(address)) for address in addresses)


def writes_spam(script: str, model: Model) -> bool:
    """Whether a script may write links called like what is sold, deciphers markup, or holds a telling keyword.

    Or whether it builds a frame whose address tells.
    """
    if len(script) > LONGEST:
        script = f"{script[: LONGEST // 2]}\n{script[-LONGEST // 2 :]}"
    if any(name in script for name in CODES) and next(markup_in(script), None) is not None:
        return True
    text = undo.escapes(script)
    if any(frame in text for frame in BUILT) and frames_tell(_ABSOLUTE.findall(text), model):
        return True
    anchors = anchors_in(JOINT.sub("", text))
    addresses = [address for address in (*(anchor.address for anchor in anchors), *areas_of(text)) if "//" in address]
    if frames_tell(addresses[:_MOST_PLACES], model):
        return True
    if _CALLED_BACK.search(text) is not None and frames_tell(_ABSOLUTE.findall(text)[:_MOST_PLACES], model):
        return True
    texts = [said[:_A_LINE] for anchor in anchors if (said := anchor.words or anchor.drawn)]
    if texts and float(word_means(texts, model).max()) > _HEARD:
        return True
    return bool(model.keynotes.hits(folded(text.translate(_NO_MARKS), model.folds).codes))
