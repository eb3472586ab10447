"""What only opens a block: the heading over a list of links, the name of who says it, the first cells of its row.

Such words tell nothing by themselves, and they may well be in the letters of the page. What tells is that nothing is
left for them to open, and how they were put there.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.hosts import host_of
from spamguard.examine.removable import is_for_words
from spamguard.page.outline import NodeKind
from spamguard.page.patterns import pattern
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_LONGEST_CELL: Final = 40
_COLONS: Final = (":", "：")
_DASHES: Final = ("- ", "– ", "— ")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMING: Final = frozenset({"b", "strong", "cite", "i", "em"})
_ENTRIES: Final = frozenset({"p", "li", "dd", "div"})
LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
_PANELS: Final = frozenset({"aside", "section", "div", "nav", "article"})
_FEW_LINKS: Final = 3
_LABEL: Final = 5
_CELLS_BEFORE: Final = 2
"""Cells before the one that a block fills, from which on a row is an entry and not a name with its value."""
_DRESSED, _TIMES = 3, 4
"""Headings with a name from which on one without any is written otherwise than the page's own, and how many more they
have to be than those without."""
_LINK_LIST: Final = pattern(
    r"(?:our |site |featured |related |useful |recommended |friendly )*"
    r"(?:sites?|sponsors?|partners?|friends?|resources?|recommended|links?|blogroll|advertis(?:ers|ing|ement)|"
    r"partenaires|liens|sponsoren|freunde|empfehlungen|enlaces|patrocinadores|socios|amigos|parceiros|collegamenti|"
    r"партн[её]ры|ссылки|друзья|友情链接|友情連結|合作伙伴|リンク)\s*:?",
    re.IGNORECASE,
)
_ENGLISH: Final = pattern(
    r"(?:(?:our|featured|related|useful|recommended|friendly) .*|sites|friends|resources|recommended"
    r"|advertis(?:ers|ing|ement))\s*:?",
    re.IGNORECASE,
)
"""Those of them that are said in English and nowhere else."""


class Openers:
    """Finds what opens the blocks of a page."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def with_own(self, stretch: Stretch) -> Stretch:
        """A stretch with what opens it though it is in the letters of the page: more than these has to tell."""
        stretch = self._entry(self._numbered_row(stretch))
        return self._in_a_strange_box(self._under_a_strange_heading(self._named_after_a_site(stretch)))

    def row(self, stretch: Stretch) -> Stretch:
        """The whole of the first table row, when the block fills its last cell and the others hold names or numbers."""
        row = next((node for node in self._scene.around(stretch.first) if node.tag == "tr"), None)
        if row is None:
            return stretch
        whole = self._scene.inside(row)
        cells = [self._scene.inside(child) for child in row.children if child.tag in {"td", "th"}]
        filled = whole.last <= stretch.last and any(
            stretch.first <= cell.first < cell.last == whole.last for cell in cells
        )
        if filled and all(self.is_entry(index, row) for index in range(whole.first, stretch.first)):
            return Stretch(min(whole.first, stretch.first), stretch.last)
        return stretch

    def _numbered_row(self, stretch: Stretch) -> Stretch:
        """The whole of the first row, if it is an entry of several cells: a name and its value are the page's own."""
        row = next((node for node in self._scene.around(stretch.first) if node.tag == "tr"), None)
        if row is None or any(child.tag == "th" for child in row.children):
            return stretch
        before = sum(child.tag == "td" and bool(len(self._inside(child))) for child in row.children)
        return self.row(stretch) if before > _CELLS_BEFORE else stretch

    def speaker(self, stretch: Stretch) -> Stretch:
        """The name, in bold and with a colon or a dash behind it, of who says what the block says."""
        if stretch.first == 0:
            return stretch
        item = self._scene.items[stretch.first]
        leaf = self._scene.leaves[item.leaf]
        if leaf.node.parent is None or not leaf.readable.text.lstrip().startswith(_COLONS + _DASHES):
            return stretch
        before = self._scene.leaf_of(stretch.first - 1).node
        first = self._scene.inside(leaf.node.parent).first
        named = before.parent is not None and before.parent.tag in _NAMING and before.parent.parent is leaf.node.parent
        return Stretch(first, stretch.last) if named and first == stretch.first - 1 else stretch

    def _entry(self, stretch: Stretch) -> Stretch:
        """The name before what is said, when the block is all of an entry but that."""
        parent = self._scene.leaf_of(stretch.first).node.parent
        whole = parent is not None and parent.tag in _ENTRIES and self._scene.inside(parent).last <= stretch.last
        return self.speaker(stretch) if whole else stretch

    def heading(self, stretch: Stretch) -> Stretch:
        """The heading of a list of links, if no other list follows that could be its own."""
        pair = self._heading_of(stretch)
        if pair is None:
            return stretch
        heading, block = pair
        elements = _elements(block.parent)
        if not self._is_of_links(heading) and not self._fill_a_box(heading, block, elements):
            return stretch
        if any(child.tag in LISTS for child in _behind(block, elements)):
            return stretch
        return Stretch(self._scene.inside(heading).first, stretch.last)

    def _heading_of(self, stretch: Stretch) -> tuple[Node, Node] | None:
        """The list that a block is, and the heading right before it."""
        if stretch.first == 0:
            return None
        node = self._scene.leaf_of(stretch.first - 1).node
        heading = next((around for around in node.ancestors() if around.tag in _HEADINGS), None)
        block = next((around for around in self._scene.around(stretch.first) if around.tag in LISTS), None)
        if heading is None or block is None or heading.parent is not block.parent:
            return None
        if self._scene.inside(block) != stretch:
            return None
        elements = _elements(block.parent)
        at = next((i for i, child in enumerate(elements) if child is block), 0)
        return (heading, block) if at > 0 and elements[at - 1] is heading else None

    def _is_of_links(self, heading: Node) -> bool:
        return _LINK_LIST.fullmatch(self._said(heading)) is not None

    def _said(self, heading: Node) -> str:
        return " ".join(self._scene.items[index].text.strip() for index in self._inside(heading))

    def _fill_a_box(self, heading: Node, block: Node, elements: list[Node]) -> bool:
        """Whether a box of its own has a heading and under it a list of links to other sites, and nothing else.

        The site's own heading stands over a box that holds something without them.
        """
        box = block.parent
        if box is None or box.tag not in _PANELS or heading.tag == "h1" or elements != [heading, block]:
            return False
        title, whole = self._scene.inside(heading), self._scene.inside(box)
        within = whole.first == title.first and whole.last == self._scene.inside(block).last
        return within and self._leads_away(self._scene.inside(block))

    def _leads_away(self, stretch: Stretch) -> bool:
        """Whether a list is of nothing but links to other sites, and at most notes that are shorter than these."""
        pairs = [(item, self._scene.facts[item.leaf]) for item in self._scene.items_in(stretch)]
        linked = [item.end - item.start for item, fact in pairs if fact.domain is not None]
        beside = [item.end - item.start for item, fact in pairs if fact.domain is None]
        home = any(fact.anchor is not None and fact.domain is None for _, fact in pairs)
        return len(linked) >= _FEW_LINKS and not home and sum(beside) < sum(linked)

    def _under_a_strange_heading(self, stretch: Stretch) -> Stretch:
        """The heading that is set to a list as its entries are to each other, and is written as none of the page's is.

        It is in another language than the page says it is in, or bare where the others have names, or has nothing
        left behind it that it could head.
        """
        pair = self._heading_of(stretch)
        if pair is None:
            return stretch
        heading, block = pair
        if heading.attributes or not _are_glued(heading, block) or not self._is_of_links(heading):
            return stretch
        others = [other for other in self._headings if other is not heading]
        bare = [other for other in others if not other.attributes]
        behind = _behind(block, _elements(block.parent))
        alone = not behind or behind[0].tag in _HEADINGS
        foreign = _ENGLISH.fullmatch(self._said(heading)) is not None and self._language not in {"", "en"}
        dressed = len(others) - len(bare) >= max(_DRESSED, _TIMES * len(bare))
        listed = bool(behind) and behind[0].tag in LISTS
        told = foreign or ((dressed or (alone and not any(map(_is_glued, bare)))) and not listed)
        return Stretch(self._scene.inside(heading).first, stretch.last) if told else stretch

    def _in_a_strange_box(self, stretch: Stretch) -> Stretch:
        """The second first heading of a page, when a box has nothing else but a block of links written on with it."""
        if stretch.first == 0:
            return stretch
        node = self._scene.leaf_of(stretch.first - 1).node
        heading = next((around for around in node.ancestors() if around.tag == "h1"), None)
        box = heading.parent if heading is not None else None
        if heading is None or box is None or box.tag not in _PANELS:
            return stretch
        title, whole = self._scene.inside(heading), self._scene.inside(box)
        elements = _elements(box)
        if whole != Stretch(title.first, stretch.last) or title.last != stretch.first or elements[0] is not heading:
            return stretch
        facts = [self._scene.facts[item.leaf] for item in self._scene.items_in(stretch)]
        led = sum(fact.domain is not None for fact in facts)
        away = not any(fact.anchor is not None and fact.domain is None for fact in facts)
        glued = box.inner_start == heading.start and elements[1:2] and elements[1].start == heading.end
        others = [other for other in self._headings if other.tag == "h1" and other is not heading]
        told = glued and others and not any(map(_is_glued, others)) and not heading.attributes
        return Stretch(title.first, stretch.last) if told and away and led >= _FEW_LINKS else stretch

    def _named_after_a_site(self, stretch: Stretch) -> Stretch:
        """The name over what somebody writes of himself, when the site is called so that the rest of the box leads to.

        A visitor calls himself otherwise, and what was put under the name of a member leads to a site of another name.
        """
        if stretch.first == 0:
            return stretch
        name = self._scene.items[stretch.first - 1].text.strip().casefold()
        box = next((node for node in self._scene.around(stretch.first - 1) if is_for_words(node)), None)
        if box is None or len(name.split()) != 1 or self._scene.inside(box) != Stretch(stretch.first - 1, stretch.last):
            return stretch
        links = (fact.anchor for fact in self._scene.facts_in(stretch) if fact.anchor is not None and fact.domain)
        labels = (label for link in links for label in (host_of(link.attribute("href") or "") or "").split("."))
        called = any(len(label) >= _LABEL and (label in name or name in label) for label in labels)
        return Stretch(stretch.first - 1, stretch.last) if called else stretch

    @cached_property
    def _root(self) -> Node | None:
        leaf = next(iter(self._scene.leaves), None)
        return [leaf.node, *leaf.node.ancestors()][-1] if leaf is not None else None

    @cached_property
    def _headings(self) -> list[Node]:
        return [node for node in self._root.walk() if node.tag in _HEADINGS] if self._root is not None else []

    @cached_property
    def _language(self) -> str:
        """The language that the page says it is in."""
        around = [self._root, *self._root.children] if self._root is not None else []
        page = next((node for node in around if node.tag == "html"), None)
        told = (page.attribute("lang") or page.attribute("xml:lang") or "") if page is not None else ""
        return told.strip().lower().replace("_", "-").partition("-")[0]

    def is_entry(self, index: int, around: Node) -> bool:
        """Whether an item is short and no link; a link around all of the row or layer is none in it."""
        item = self._scene.items[index]
        anchor = self._scene.facts[item.leaf].anchor
        return item.end - item.start <= _LONGEST_CELL and (anchor is None or anchor.start < around.start)

    def _inside(self, node: Node) -> list[int]:
        """The texts of an element, without the values in it."""
        inside = self._scene.inside(node)
        return [i for i in range(inside.first, inside.last) if self._scene.leaf_of(i).kind is Kind.TEXT]


def _elements(parent: Node | None) -> list[Node]:
    return [child for child in parent.children if child.tag] if parent is not None else []


def _behind(block: Node, elements: Sequence[Node]) -> list[Node]:
    """The element behind a block; none when it is the last."""
    at = next((i for i, child in enumerate(elements) if child is block), len(elements))
    return list(elements[at + 1 : at + 2])


def _are_glued(heading: Node, block: Node) -> bool:
    """Whether a heading and the entries of its list are written without a space between any of them."""
    parts = [child for child in block.children if child.kind is not NodeKind.COMMENT]
    inside = all(part.kind is NodeKind.ELEMENT for part in parts) and bool(parts)
    return heading.end == block.start and inside and all(one.end == other.start for one, other in pairwise(parts))


def _is_glued(heading: Node) -> bool:
    """Whether an element follows a heading without a space between them."""
    siblings = heading.parent.children if heading.parent is not None else []
    return any(child.start == heading.end and child.kind is NodeKind.ELEMENT for child in siblings)
