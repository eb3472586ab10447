"""What is a site's own by the list of links that it stands in: menus, sister sites, friends, editions and rests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.hosts import host_of
from spamguard.page.outline import once_a_page
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node

_MENUS: Final = frozenset({"nav", "menu"})
_CALLED_MENU: Final = re.compile(r"(?:^|[\s_-])(?:menu|nav|navbar|navigation|mega)(?:$|[\s_-])", re.IGNORECASE)
_NAVIGATION: Final = "navigation"
_FOOT: Final = "footer"
_LISTS: Final = frozenset({"ul", "ol", "nav", "p", "div", "dl"})
_FEWEST_OTHERS: Final = 3
"""Entries of a menu that are none of what is sold."""
_FEWEST_SISTERS: Final = 4
_EDITIONS: Final = 3
"""Languages of a list of editions."""
_FRIENDS: Final = frozenset(
    "friend acquaintance contact met co-worker colleague neighbor child parent sibling spouse kin".split()  # noqa: SIM905
)
"""What links in a list of blogs say of those who write them (XFN)."""
_ALTERNATE: Final = "alternate"
_SOUNDS: Final = 1.0
"""Log-odds of words from which on they may be those of spam."""
_NAMED: Final = ITEM_NAMES.index("named")
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_FEW: Final = 2
_NETWORKS: Final = frozenset(
    "facebook.com instagram.com youtube.com twitter.com x.com linkedin.com pinterest.com tiktok.com vk.com ok.ru "  # noqa: SIM905
    "weibo.com threads.net mastodon.social flickr.com vimeo.com strava.com spotify.com xing.com bsky.app".split()
)


def leads_to_networks(linked: Sequence[Facts]) -> bool:
    """Whether half of some links at least lead to networks where everybody has a page: icons in a row."""
    known = sum(fact.domain in _NETWORKS for fact in linked)
    return known > 1 and 2 * known >= len(linked)


def is_a_dropdown(scene: Scene, block: Block) -> bool:
    """Whether a block is links to the site itself in a hidden list under an entry of its menu.

    Nobody who breaks in hangs what he hides under a link of a menu.
    """
    facts = scene.facts_in(block.stretch)
    hiders = {id(fact.hider): fact.hider for fact in facts}
    if any(fact.anchor is None or fact.domain is not None for fact in facts):
        return False
    return all(hider is not None and _hangs_under_an_entry(hider) for hider in hiders.values())


def _hangs_under_an_entry(hider: Node) -> bool:
    entry = hider.parent
    if entry is None or entry.tag != "li" or hider.tag not in {"ul", "ol", "div"}:
        return False
    link = next((child for child in entry.children if child.tag), None)
    led = link.attribute("href") if link is not None and link.tag == "a" else None
    in_menu = any(_is_menu(around) for around in hider.ancestors())
    return in_menu and led is not None and host_of(led) is None and link is not hider


def items_inside(scene: Scene, node: Node) -> range:
    """The items in an element."""
    inside = scene.inside(node)
    return range(inside.first, inside.last)


def is_loud(scene: Scene, index: int) -> bool:
    """Whether an item may be one of spam by its own words."""
    return bool(scene.table[index, _NAMED] > 0 or scene.table[index, _WORD_MEAN] >= _SOUNDS)


def is_of_a_menu(scene: Scene, block: Block) -> bool:
    """Whether a block is links to the site itself out of a menu or a foot, half of whose entries sound like nothing.

    Whoever puts links there, or hides them, does so with nothing but what sells.
    """
    facts = scene.facts_in(block.stretch)
    if any(fact.anchor is None or fact.domain is not None for fact in facts):
        return False
    menu = _menu_of(facts)
    if menu is None:
        return False
    inside = items_inside(scene, menu)
    entries = [
        index for index in inside if scene.facts_of(index).anchor is not None and scene.leaf_of(index).kind is Kind.TEXT
    ]
    loud = [index for index in entries if is_loud(scene, index)]
    others = len({scene.items[index].leaf for index in entries} - {scene.items[index].leaf for index in loud})
    return others >= max(_FEWEST_OTHERS, len(loud))


def _menu_of(facts: Sequence[Facts]) -> Node | None:
    """The menu in which all of some links stand, and which is not hidden as a whole."""
    anchor = facts[0].anchor
    hider = facts[0].hider
    outside = (
        node
        for node in (anchor.ancestors() if anchor is not None else ())
        if hider is None or not hider.start <= node.start < hider.end
    )
    menu = next((node for node in outside if _is_menu(node) or (hider is None and node.tag == _FOOT)), None)
    if menu is None or any(fact.anchor is None or not menu.start <= fact.anchor.start < menu.end for fact in facts):
        return None
    return menu


def _is_menu(node: Node) -> bool:
    if node.tag in _MENUS or (node.attribute("role") or "").strip().lower() == _NAVIGATION:
        return True
    return _CALLED_MENU.search(f"{node.attribute('class') or ''} {node.attribute('id') or ''}") is not None


def is_of_sister_sites(scene: Scene, block: Block) -> bool:
    """Whether a block is of a list that leads to several hosts of one other domain, few of which name anything.

    A publisher's puzzles, shops and dating have such hosts. A farm of them is called like what is sold from end to end.
    """
    facts = scene.facts_in(block.stretch)
    domains = {fact.domain for fact in facts}
    if None in domains or len(domains) != 1 or (anchor := facts[0].anchor) is None:
        return False
    for around in anchor.ancestors():
        if around.tag not in _LISTS:
            continue
        inside = [index for index in items_inside(scene, around) if scene.facts_of(index).anchor is not None]
        if len({scene.items[index].leaf for index in inside}) >= _FEWEST_SISTERS:
            break
    else:
        return False
    links = [scene.facts_of(index) for index in inside]
    hosts = {host_of(link.anchor.attribute("href") or "") for link in links if link.anchor is not None}
    named = sum(bool(scene.table[index, _NAMED] > 0) for index in inside)
    one = all(link.domain in domains for link in links) and all(fact.anchor is not None for fact in facts)
    return one and len(hosts) > _FEW and named * 3 < len(inside)


def is_rest_of_a_list(scene: Scene, block: Block) -> bool:
    """Whether a block is entries of a list that are hidden one by one, behind as many like them that people see.

    Lists of blogs are cut short in that way. Those that are seen lead to other sites as well and name nothing.
    """
    facts = scene.facts_in(block.stretch)
    entries = {id(fact.hider): fact.hider for fact in facts if fact.hider is not None}
    if any(fact.hider is None or fact.anchor is None for fact in facts):
        return False
    lists = {id(entry.parent): entry.parent for entry in entries.values()}
    around = next(iter(lists.values()))
    if len(lists) != 1 or around is None or any(entry.tag != "li" for entry in entries.values()):
        return False
    if not all(entry.attribute("class") for entry in entries.values()):
        return False  # nothing could show them again
    shown = [
        index
        for index in items_inside(scene, around)
        if scene.facts_of(index).hider is None and scene.facts_of(index).domain is not None
    ]
    rels = [is_of_a_friend(fact.anchor) for fact in facts]
    friends = all(rels) and all(is_of_a_friend(scene.facts_of(index).anchor) for index in shown)
    enough = len({scene.items[index].leaf for index in shown}) >= _FEW
    return enough and (friends or not any(scene.table[index, _NAMED] > 0 for index in shown))


def is_of_a_friend(anchor: Node | None) -> bool:
    """Whether a link says how its owner knows whom it leads to, as blogs do."""
    return anchor is not None and bool(_FRIENDS & set((anchor.attribute("rel") or "").lower().split()))


def is_another_edition(scene: Scene, block: Block) -> bool:
    """Whether most links of a block lead to editions of the page in other languages.

    The head of the page names their hosts, or the links of the list that they stand in each name a language.
    """
    linked = [fact.anchor for fact in scene.facts_in(block.stretch) if fact.anchor is not None]
    if linked and all(map(_is_in_a_list_of_languages, linked)):
        return True
    if len(linked) < _FEW:
        return False
    told = _editions(linked[0])
    hosts = [host_of(anchor.attribute("href") or "") for anchor in linked]
    return sum(host is not None and host in told for host in hosts) * 3 >= 2 * len(hosts)


@once_a_page
def _editions(root: Node) -> frozenset[str | None]:
    """The hosts that the head of a page calls editions of it."""
    return frozenset(
        host_of(node.attribute("href") or "")
        for node in root.walk()
        if node.tag == "link" and node.attribute("hreflang") and _ALTERNATE in (node.attribute("rel") or "").lower()
    )


def _is_in_a_list_of_languages(anchor: Node) -> bool:
    """Whether a link says in which language is what it leads to, and so do others beside it, each in one of its own."""
    around = next((node for node in anchor.ancestors() if node.tag in _LISTS), None)
    if around is None or not anchor.attribute("hreflang"):
        return False
    told = [(link.attribute("hreflang") or "").lower() for link in around.walk() if link.tag == "a"]
    return len(told) >= _EDITIONS and len(set(told)) == len(told) and all(told)
