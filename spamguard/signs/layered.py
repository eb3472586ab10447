"""Layers and floating banners of offers that lie over a page: they go as a whole, with the sheet that lays them there.

A layer has a title, a close button and a mask behind it that say nothing; what it is there for is links to other sites.
The site's own layers, those of consent, chats and newsletters, lead back to it, hold forms, or sell nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import site_of
from spamguard.examine.servants import RULE, names_of, names_ruled
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.enclosing import in_rows
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import names_much

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_FIXED: Final = re.compile(r"position\s*:\s*fixed", re.IGNORECASE)
_LAYERS: Final = frozenset({"div", "section", "aside", "dialog", "center", "table", "ul", "span", "p", "a"})
_ASKS: Final = frozenset({"input", "textarea", "select", "iframe", "video", "audio", "object", "h1", "main", "article"})
"""What no layer of offers holds."""
_NOWHERE: Final = re.compile(r"\s*(?:#.{0,40}|javascript:.{0,200})?\s*", re.IGNORECASE | re.DOTALL)
_LINKS: Final = frozenset({"a", "area"})
_DRAWN: Final = frozenset({"img", "area"})
_LARGEST: Final = 20_000
_MOST_TEXT: Final = 600
_MOST_LAYERS: Final = 20
_SAID: Final = ("alt", "title")


def layered(sight: Sight) -> list[Sign]:
    """Layers whose links all lead to sites that the page names nowhere else, and that sell."""
    fixed = list(_fixed(sight))
    if not fixed:
        return []
    links = Counter(site_of(node.attribute("href") or "") for node in sight.index.called(("a", "area")))
    signs: list[Sign] = []
    for row in in_rows(sight, fixed[:_MOST_LAYERS]):
        layers = [node for node in row if not _is_mask(sight, node)]
        maps = _maps_of(sight, layers)
        if layers and (sign := _judged(sight, [*row, *maps], [*layers, *maps], links)) is not None:
            signs.append(sign)
    return signs


def _fixed(sight: Sight) -> Iterator[Node]:
    """The elements that stay where they are on the screen, by their own style or by one rule for their name."""
    named: set[str] = set()
    for node in sight.index.raws:
        if node.tag == "style" and node.end - node.start <= _LARGEST:
            sheet = sight.text_between(node.start, node.end)
            if _FIXED.search(sheet) is not None:
                for rule in RULE.finditer("}" + sheet):
                    if _FIXED.search(rule[2]) is not None and len(rule[1].split()) == 1:
                        named |= names_ruled(rule[1])
    end = 0
    for node in sight.index.having(("style", *(("class", "id") if named else ()))):
        if node.start < end or node.tag not in _LAYERS or not node.closed or node.end - node.start > _LARGEST:
            continue
        own = _FIXED.search(node.attribute("style") or "") is not None
        if own or (named and not named.isdisjoint(names_of(node))):
            yield node
            end = node.end


def _maps_of(sight: Sight, layers: Sequence[Node]) -> list[Node]:
    """The maps of the pictures in some layers that stand outside of them: where these are clicked, and what opens."""
    drawn = {part.attribute("usemap") for layer in layers for part in layer.walk() if part.tag == "img"} - {None}
    if not drawn:
        return []
    shared = {
        part.attribute("usemap")
        for part in sight.index.tagged.get("img", ())
        if not any(layer.start <= part.start < layer.end for layer in layers)
    }
    drawn -= shared
    maps = (node for node in sight.index.tagged.get("map", ()) if f"#{node.attribute('name')}" in drawn)
    return [node for node in maps if not any(layer.start <= node.start < layer.end for layer in layers)]


def _is_mask(sight: Sight, node: Node) -> bool:
    """Whether nothing stands in a layer: it only darkens the page."""
    return not sight.page.raw[node.inner_start : node.inner_end].strip()


def _judged(sight: Sight, row: Sequence[Node], layers: Sequence[Node], links: Counter[str | None]) -> Sign | None:
    parts = [part for layer in layers for part in layer.walk()]
    addresses = [part.attribute("href") or "" for part in parts if part.tag in _LINKS]
    led = [address for address in addresses if _NOWHERE.fullmatch(address) is None]
    ours = Counter(site_of(address) for address in led)
    if not led or any(not sight.is_foreign(address) for address in led) or any(_asks(part) for part in parts):
        return None
    if any(links[site] > count for site, count in ours.items()):
        return None
    if not all(any(part.tag in _LINKS or part.attribute("usemap") for part in layer.walk()) for layer in layers):
        return None
    said = [part for part in parts if part.kind is NodeKind.TEXT]
    texts = [" ".join(sight.text_of(part).split()) for part in said]
    texts += [sight.value_of(part, name) for part in parts if part.tag in _DRAWN for name in _SAID]
    texts = [text for text in texts if any(map(str.isalpha, text))]
    if not texts or sum(map(len, texts)) > _MOST_TEXT:
        return None
    sound = sound_of(sight.model, texts)
    spans = tuple(Span(node.start, node.end) for node in row)
    sells = sound.is_named and (sound.is_spam or sound.is_named_well)
    if not (sells or names_much(sight.model.lexicon, " | ".join(texts))) or outside_of(sight).speaks_of(texts, spans):
        return None
    told = f"a layer over the page leads to {', '.join(sorted(filter(None, ours)))[:100]}, and sells"
    return Sign(
        rule="offer-layer",
        category=sound.category,
        confidence=SURE,
        spans=spans,
        excerpt=excerpt_of(texts),
        evidence=(reason("layer", len(led), told), *sound.evidence()),
    )


def _asks(part: Node) -> bool:
    """Whether people enter, play or read something there."""
    return part.tag in _ASKS or (part.tag == "form" and (part.attribute("method") or "").lower() != "dialog")
