"""What belongs into a feed or a site map and stands in a page: entries of them, and feeds of a site that sells.

A page names the feeds of its own site, and shows what others write as links, never as the entries of an XML file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, host_of, readings_of, site_of
from spamguard.examine.items import CODE
from spamguard.findings import ORDERS, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.enclosing import in_rows, with_boxes
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_FEEDS: Final = frozenset({"alternate", "sitemap", "feed"})
_FILES: Final = frozenset({"rss", "feed", "urlset", "sitemapindex", "channel", "item", "entry", "url"})
_HOLDERS: Final = CODE | {"svg", "math", "template", "textarea", "xml"}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\]]{4,300}", re.IGNORECASE)
_PATH: Final = re.compile(r"\s*/\S*\s*")
_LOUD: Final = 3.5
_QUIET: Final = -1.0
_MANY: Final = 5
"""Keywords of entries elsewhere that are enough, however they sound together."""
_LARGEST: Final = 100_000
_MOST_TEXT: Final = 4_000
_HALF: Final = 2


def fed(sight: Sight) -> list[Sign]:
    """The feeds of another site that a page names, and the entries of one that stand in it."""
    return [*_links(sight), *_entries(sight)]


def _links(sight: Sight) -> list[Sign]:
    links = [link for link in sight.index.tagged.get("link", ()) if _is_feed(sight, link)]
    hosts: dict[str | None, list[Node]] = {}
    for link in links:
        hosts.setdefault(host_of(link.attribute("href") or ""), []).append(link)
    chosen: list[Node] = []
    for group in hosts.values():
        sold = [
            link for link in group if _sells(sight, [sight.value_of(link, "title")], [link.attribute("href") or ""])
        ]
        chosen += group if len(sold) * _HALF >= len(group) else sold
    sites = {site_of(link.attribute("href") or "") for link in chosen}
    for link in _beside(sight, chosen):
        address = link.attribute("href") or ""
        if site_of(address) in sites or _sells(sight, [sight.value_of(link, "title")], []):
            chosen.append(link)
    titles = [sight.value_of(link, "title") for link in chosen]
    return _signs(sight, [(link.start, link.end) for link in chosen], titles, "feeds of another site are named")


def _beside(sight: Sight, chosen: Sequence[Node]) -> list[Node]:
    """The feeds and site maps that are named right beside some others."""
    taken = {id(link) for link in chosen}
    rows = in_rows(sight, (link for link in sight.index.tagged.get("link", ()) if _names_a_feed(link)))
    near = [row for row in rows if any(id(link) in taken for link in row)]
    return [link for row in near for link in row if id(link) not in taken]


def _names_a_feed(link: Node) -> bool:
    return not _FEEDS.isdisjoint((link.attribute("rel") or "").lower().split())


def _is_feed(sight: Sight, link: Node) -> bool:
    """Whether a link of a head is one to a feed or a site map elsewhere."""
    rel = set((link.attribute("rel") or "").lower().split())
    kind = (link.attribute("type") or "").lower()
    told = "sitemap" in rel or (not rel.isdisjoint(_FEEDS) and "xml" in kind)
    return told and "hreflang" not in link.attributes and sight.is_foreign(link.attribute("href") or "")


def _entries(sight: Sight) -> list[Sign]:
    if sight.page.plain or not (sight.index.tagged.keys() & {"body", "html"}):
        return []
    tops: list[Node] = []
    for node in sight.index.called(_FILES):
        if node.closed and (not tops or node.start >= tops[-1].end) and node.end - node.start <= _LARGEST:
            tops.append(node)
    found = {node.start: (node, *_said(sight, node)) for node in tops if not _is_shown_as_code(node)}
    away = [entry for entry in found.values() if entry[2] and all(map(sight.is_foreign, entry[2]))]
    hosts = {host_of(at) for _, texts, addresses in away if _sells(sight, texts, addresses) for at in addresses}
    chosen = [entry for entry in away if all(host_of(address) in hosts for address in entry[2])]
    taken = {entry[0].start for entry in chosen}
    # Of the page's own feed nothing goes, however it sounds.
    others = {start: entry for start, entry in found.items() if not _is_home(sight, entry[2])}
    taken |= {node.start for node, texts, _ in others.values() if node.start not in taken and _sells(sight, texts, [])}
    for row in in_rows(sight, [node for node, _, _ in others.values()]):
        # What was put in between them need not be as loud.
        if sum(node.start in taken for node in row) * _HALF >= len(row):
            taken |= {node.start for node in row if _may_sell(sight, found[node.start][1])}
    chosen = [entry for start, entry in found.items() if start in taken]
    spans = _spans(sight, [node for node, _, _ in chosen], hosts)
    texts = [text for _, texts, addresses in chosen for text in texts or _words_of(addresses)]
    return _signs(sight, spans, texts, "entries of a feed or a site map stand in a page")


def _may_sell(sight: Sight, texts: Sequence[str]) -> bool:
    """Whether what is said does not sound like anything but an offer."""
    return not texts or sound_of(sight.model, texts[:1]).mean > _QUIET


def _is_home(sight: Sight, addresses: Iterable[str]) -> bool:
    """Whether an absolute address among some is the site's own."""
    return any(domain_of(address) in sight.own for address in addresses)


def _spans(sight: Sight, nodes: Sequence[Node], hosts: set[str | None]) -> list[tuple[int, int]]:
    """Some entries with what is written on to them; those that fill an element, with it."""
    spans: list[tuple[int, int]] = []
    for group in in_rows(sight, nodes):
        whole = with_boxes(sight, group[0], group[-1])
        if whole.start < group[0].start:
            spans.append((whole.start, whole.end))
        else:
            spans += [_with_comments(sight, node, hosts) for node in group]
    return spans


def _is_shown_as_code(node: Node) -> bool:
    return any(around.tag in _HOLDERS or "-" in around.tag for around in node.ancestors())


def _said(sight: Sight, node: Node) -> tuple[list[str], list[str]]:
    """What an entry says, and where it leads."""
    parts = list(node.walk())
    texts = [sight.text_of(part) for part in parts if part.kind in {NodeKind.TEXT, NodeKind.RAW}]
    addresses = [match[0] for text in texts for match in _ADDRESS.finditer(text)]
    addresses += [value for part in parts for name in ("href", "url", "src") if (value := part.attribute(name))]
    words = [" ".join(_ADDRESS.sub(" ", text).split()) for text in texts if _PATH.fullmatch(text) is None]
    return [text for text in words if sum(map(str.isalpha, text)) > len(text) // _HALF], addresses


def _words_of(addresses: Iterable[str]) -> list[str]:
    return [readings_of(address)[1] for address in addresses]


def _sells(sight: Sight, texts: Sequence[str], addresses: Sequence[str]) -> bool:
    """Whether what is said, or the addresses that it is said of, is what is sold, by its letters and by a keyword."""
    said = [text for text in texts if text][:_MOST_TEXT]
    away = bool(addresses) and all(map(sight.is_foreign, addresses))
    for words in (said[:1], said, _words_of(addresses)):
        sound = sound_of(sight.model, words)
        if away and len(sound.known) >= _MANY:
            return True
        if sound.is_spam and sound.known and sound.category != ORDERS and (sound.is_named or sound.mean >= _LOUD):
            return True
    return False


def _with_comments(sight: Sight, node: Node, hosts: set[str | None]) -> tuple[int, int]:
    """An element with the comment right behind it that names the same site."""
    siblings = node.parent.children if node.parent is not None else []
    end = node.end
    for other in siblings[siblings.index(node) + 1 :]:
        if other.kind is NodeKind.COMMENT:
            named = [host_of(match[0]) for match in _ADDRESS.finditer(sight.text_of(other))]
            if not named or not set(named) <= hosts:
                break
            end = other.end
        elif other.kind is not NodeKind.TEXT or sight.page.raw[other.start : other.end].strip():
            break
    return node.start, end


def _signs(sight: Sight, places: Sequence[tuple[int, int]], texts: Sequence[str], told: str) -> list[Sign]:
    spans = tuple(Span(*place) for place in places)
    if not spans or outside_of(sight).speaks_of(texts, spans):
        return []
    sound = sound_of(sight.model, texts)
    return [
        Sign(
            rule="foreign-feed",
            category=sight.topic(texts) if sound.category in {ORDERS, "links"} else sound.category,
            confidence=SURE,
            spans=spans,
            excerpt=excerpt_of(list(texts)[:4]),
            evidence=(reason("fed", len(spans), told), *sound.evidence()),
        )
    ]
