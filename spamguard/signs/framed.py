"""A frame that nobody sees or that covers the page, and a page that leads elsewhere by itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import site_of
from spamguard.findings import Span
from spamguard.page.frames import Look, is_silent, look_of
from spamguard.page.oddities import is_worded, leads_to
from spamguard.page.sold import sells
from spamguard.signs.anchors import anchors_in, loads_of, words_in
from spamguard.signs.enclosing import holds_only, right_beside
from spamguard.signs.sight import SPEAKS, names_sold, tells_of_sale
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import is_own_subject, sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_BARE: Final = frozenset(
    "src srcdoc data width height style frameborder scrolling border marginwidth marginheight class hspace vspace "  # noqa: SIM905
    "allowtransparency".split()
)
"""What the frames of intruders have. Those of advertisements, players and logins have a name that their scripts use."""
_BARE_OVER: Final = _BARE | {"allowfullscreen", "allow", "loading", "title", "referrerpolicy", "seamless", "tabindex"}
"""The same of frames that cover the page: nobody covers his own with another site's and leaves no way back."""
_CALLED: Final = ("id", "name")
_BOXES: Final = frozenset({"div", "span", "p", "center", "font", "section"})
_BY_SOUND: Final = 0.8
"""Where only the sound of an address speaks against a frame of another make: trackers have names that sound so."""
_RULE: Final = re.compile(r"\s*([^{}]{1,200})\{[^{}]{0,400}\}\s*")
_SELECTED: Final = re.compile(r"[a-z]+|[^\s,>+~*:()]", re.IGNORECASE)
_WHOLE: Final = frozenset({"html", "body", "root", "not", "iframe", "frame", "object", "embed"})
_SET: Final = re.compile(
    r"""\s*(?:window\.)?document\.(?:body|documentElement)\.style\.[a-zA-Z]{3,20}\s?=\s?(["'])[^"'<>]{0,60}\1\s*;?\s*"""
)
"""What a sheet, and what a script, says that is about the page as a whole."""
_STILL: Final = re.compile(r"overflow|display|visibility|opacity", re.IGNORECASE)
_LONGEST_LOCK: Final = 1_500
_SOON: Final = 5
_MOSTLY, _FEW = 1.5, 20


def framed(sight: Sight) -> list[Sign]:
    """Frames and refreshes to another site that an honest page has no use for."""
    nodes = sight.index.called(("iframe", "object", "embed", "meta"))
    # Who puts one frame out of sight puts more there, and leads there too: they do not speak for each other.
    beside = Counter(site_of(_target(node)) for node in nodes if _is_odd(sight, node))
    judged = (_judged(sight, node, beside) for node in nodes)
    return [sign for sign in judged if sign is not None]


def _address(node: Node) -> str:
    return (node.attribute("data" if node.tag == "object" else "src") or "").strip()


def _target(node: Node) -> str:
    """Where a frame or a refresh leads to."""
    return leads_to(node.attribute("content") or "")[0] or "" if node.tag == "meta" else _address(node)


def _look(sight: Sight, node: Node) -> tuple[Node, Look]:
    """What of the page goes with a frame, and how it is to be seen there."""
    place = _place(sight, node)
    look = look_of(node.attribute("width"), node.attribute("height"), node.attribute("style") or "")
    if place is not node:
        look = look.within(look_of(None, None, place.attribute("style") or ""))
    if _is_called_for_sale(sight, node):
        look = look._replace(over=True)  # by a sheet
    return place, look


def _is_called_for_sale(sight: Sight, node: Node) -> bool:
    """Whether a frame is called by words that sell: a name for search engines, not for scripts."""
    name = sight.value_of(node, "name")
    return is_worded(name) and tells_of_sale(sight.model, name)


def _is_odd(sight: Sight, node: Node) -> bool:
    if node.tag == "meta":
        return _refreshes(node)
    look = _look(sight, node)[1]
    return look.unseen or look.over


def _judged(sight: Sight, node: Node, beside: Counter[str | None]) -> Sign | None:
    if node.tag != "meta":
        return _frame(sight, node, beside)
    return _refresh(sight, node, beside) if _refreshes(node) else None


def _refreshes(node: Node) -> bool:
    return (node.attribute("http-equiv") or "").strip().lower() == "refresh"


def _frame(sight: Sight, node: Node, beside: Counter[str | None]) -> Sign | None:
    address = _address(node)
    if any(around.tag == "noscript" for around in node.ancestors()):
        return None
    place, look = _look(sight, node)
    if not look.unseen and not look.over:
        return None
    if not address:
        return _page_inside(sight, node, place, look)
    if not sight.strange(address, beside[site_of(address)]):
        return None
    said = (address, sight.value_of(node, "title"))
    named = sells(address) or any(names_sold(sight.model, one) for one in said) or _is_called_for_sale(sight, node)
    tells = named or sight.sounds(node.attribute("title") or "") > SPEAKS
    speaks = tells or sight.sounds(address) > SPEAKS
    usual = _BARE_OVER if look.over else _BARE
    nameless = all(name in usual for name in node.attributes)
    bare = nameless or (
        all(name in usual or name in _CALLED for name in node.attributes) and _is_called_nowhere(sight, node)
    )
    if not (speaks or (bare and is_silent(address, look))):
        return None
    what = "covers the page" if look.over else "is out of sight"
    return Sign(
        rule="foreign-frame",
        category="links",
        confidence=SURE if tells or look.over or (speaks and nameless) else 0.95 if bare and not speaks else _BY_SOUND,
        spans=(Span(place.start, place.end), *(_locks(sight, place) if look.over else ())),
        excerpt=excerpt_of([address]),
        hidden_by=look.way,
        evidence=(
            reason("framed", address, f"a frame that {what} shows {address}, which the page names nowhere else"),
        ),
    )


def _locks(sight: Sight, place: Node) -> list[Span]:
    """The sheets and scripts right beside a frame over the page that hide what is below it, or hold that still."""
    return [Span(node.start, node.end) for node in right_beside(sight, place) if _is_lock(sight, node)]


def _is_lock(sight: Sight, node: Node) -> bool:
    if node.tag not in {"style", "script"} or node.end - node.start > _LONGEST_LOCK:
        return False
    text = sight.text_between(node.inner_start, node.inner_end)
    if _STILL.search(text) is None:
        return False
    if node.tag == "script":
        return not _SET.sub("", text)
    selectors = _RULE.findall(text)
    named = {word.lower() for selector in selectors for word in _SELECTED.findall(selector)}
    return not _RULE.sub("", text) and named <= _WHOLE


def _is_called_nowhere(sight: Sight, node: Node) -> bool:
    """Whether the names of a frame stand nowhere else on the page: nobody fills it, and no link opens in it."""
    names = [sight.value_of(node, name).encode(sight.page.codec, "replace") for name in _CALLED]
    return all(sight.page.raw.count(name) == names.count(name) for name in names if name)


def _page_inside(sight: Sight, node: Node, place: Node, look: Look) -> Sign | None:
    """A frame out of sight that holds a page of its own: links called like what is sold, or another site's script."""
    markup = sight.value_of(node, "srcdoc")
    anchors = anchors_in(markup)
    texts = [anchor.words for anchor in anchors if anchor.words and sight.is_foreign(anchor.address)]
    sound = sound_of(sight.model, texts) if texts else None
    leads = [address for address in loads_of(markup) if sight.foreign(address) is not None]
    if not leads and texts and not look.gone and len(texts) == len(anchors) and _is_all(markup, texts):
        leads = [anchor.address for anchor in anchors]  # a page of links for nobody to see
    if not look.unseen or not ((sound is not None and sound.is_spam and not is_own_subject(sight, texts)) or leads):
        return None
    told = leads[0] if leads else f"{len(texts)} links"
    return Sign(
        rule="foreign-frame",
        category=sound.category if sound is not None else "links",
        confidence=SURE if sound is not None and sound.is_spam else 0.95,
        spans=(Span(place.start, place.end),),
        excerpt=excerpt_of(texts or leads),
        hidden_by=look.way,
        evidence=(reason("framed", told, f"a frame that is out of sight holds a page of its own: {told}"),),
    )


def _is_all(markup: str, texts: list[str]) -> bool:
    """Whether some links are nearly all the words of a markup."""
    return len(words_in(markup)) <= _MOSTLY * sum(map(len, texts)) + _FEW


def _place(sight: Sight, node: Node) -> Node:
    """The box around a frame that takes it out of sight, if it holds nothing else; else the frame."""
    box = node.parent
    if box is None or box.tag not in _BOXES or not box.closed or box.attribute("id") or not box.attribute("style"):
        return node
    raw = sight.page.raw
    rest = raw[box.inner_start : node.start] + raw[node.end : box.inner_end]
    return node if rest.strip() or not look_of(None, None, box.attribute("style") or "").unseen else box


def _refresh(sight: Sight, node: Node, beside: Counter[str | None]) -> Sign | None:
    address, seconds = leads_to(node.attribute("content") or "")
    if address is None or seconds > _SOON or not sight.strange(address, beside[site_of(address)]):
        return None
    # A page that only leads on may lead to where its owner went, but not to what is sold or shown in an odd frame.
    moved = sight.is_bare() and not sells(address) and beside[site_of(address)] == 1
    speaks = sight.sounds(address) > SPEAKS
    fallback = next((around for around in node.ancestors() if around.tag == "noscript"), None)
    # Who has no scripts is led to another make of the same page, but not to what is sold or to where all are led.
    told = tells_of_sale(sight.model, address) or beside[site_of(address)] > 1
    if moved or (fallback is not None and not told):
        return None
    place = node if fallback is None or not holds_only(sight, fallback, Span(node.start, node.end)) else fallback
    return Sign(
        rule="foreign-refresh",
        category="links",
        confidence=SURE if speaks else 0.95,
        spans=(Span(place.start, place.end),),
        excerpt=excerpt_of([address]),
        evidence=(reason("refreshed", address, f"visitors are led to {address} by a refresh"),),
    )
