"""What speaks for a block whatever its words are: ways in which honest pages hide, list and repeat what is theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import ITEM_NAMES, NAMES, letter_groups
from spamguard.examine.furniture import is_a_preheader, is_beside_a_counter, is_panel, opens
from spamguard.examine.hosts import domain_of
from spamguard.examine.labels import is_labelled
from spamguard.examine.wording import LONG_PHRASE
from spamguard.page.tokens import Kind
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.items import Item
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node
    from spamguard.text.lexicon import Lexicon

_FEW: Final = 2
_MOST_PAID: Final = 12
"""Links of an advertisement: bookmakers and shops are named by the half dozen."""
_BESIDE: Final = 6
"""Items beside a block in which a label of it may stand."""
_ROWS: Final = 6
"""Rows of a table, each with cells beside one another, from which on one cell of it is an entry of a register."""
_MOST_ROWS: Final = 0.9
_EXPLAINED: Final = 1.5
"""Characters of explanations for each of the terms."""
_MENU: Final = 3
_LONG_STRING: Final = 200
"""Characters of an item."""
_ALIKE: Final = 0.25
"""Share of the letter groups of hidden words that the page has too, from which on they are its own."""
_CELLS: Final = frozenset({"th", "td", "dt", "dd"})
_OWN_SUBJECT: Final = 0.6
"""Share of the letter groups of a title or description that the page's text has too. An article that reports on such
things repeats its headline; of 69 injected titles and descriptions none reached 0.4."""
_MOST_TEXT: Final = 300_000
_FIELDS: Final = frozenset({"textarea", "select", "button"})
_WRITTEN: Final = frozenset({"text", "email", "url", "tel", "checkbox"})
_SCRIPTS: Final = re.compile(
    r"javascript|java script|скрипт|σενάρι|סקריפט|سكريبت|اسکریپت|स्क्रिप्ट|স্ক্রিপ্ট|สคริปต์|脚本|腳本|スクリプト|스크립트",
    re.IGNORECASE,
)
"""What says that a page works better with scripts."""
_QUOTES: Final = frozenset({"q", "code", "samp", "kbd", "cite"})
_MARKS: Final = _QUOTES | {"em", "i", "strong", "b", "mark", "span", "bdi"}
_OWN: Final = -1.0
"""Log-odds under which the rest of a sentence is the page's own."""
_NEAR: Final = 20
"""Items before a block among which its sentence begins."""
_SHAPED: Final = re.compile(r"display\s*:\s*(?:inline-)?block|(?<![\w-])(?:width|height)\s*:\s*\d\d")
"""What gives a link the shape of the picture in its place."""
_FIGURE: Final = re.compile(
    r"\d\s{0,3}(?:%|‰|€|\$|£|¥|円|元|원|₽|₴|₺|₫|zł|kč|kr|lei|ft|eur|usd|руб)(?!\w)|(?:€|\$|£|¥|₺|rp|r\$)\s{0,3}\d",
    re.IGNORECASE,
)
_NAMED: Final = ITEM_NAMES.index("named")
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_BOX_LINKS: Final = NAMES.index("box_links")
_BOX_FOREIGN: Final = NAMES.index("box_foreign")
_ELSEWHERE: Final = NAMES.index("elsewhere")


def is_hidden_as_usual(scene: Scene, block: Block) -> bool:
    """Whether a block is hidden as honest pages hide: words the page has too, words of pictures, panels, data."""
    facts = scene.facts_in(block.stretch)
    if not any(fact.anchor is not None for fact in facts) and block.features[_ELSEWHERE] >= _ALIKE:
        return True
    if all(fact.hider is not None and (_is_replaced(fact) or is_panel(fact.hider)) for fact in facts):
        return True
    if opens(scene, block) or is_beside_a_counter(scene, block) or is_a_preheader(scene, block):
        return True
    if all(fact.hidden_by == "noscript" for fact in facts) and (
        _is_for_a_widget(scene, block)
        or any(_SCRIPTS.search(item.text) is not None for item in scene.items_in(block.stretch))
    ):
        return True
    table = _table_of(_cells_of(scene, block))
    return table is not None and sum(node.tag == "th" and _table_of([node]) is table for node in table.walk()) >= _FEW


def _is_for_a_widget(scene: Scene, block: Block) -> bool:
    """Whether links that name nothing stand in place of the script before them, whose site the first leads to."""
    hider, domain = scene.facts_of(block.stretch.first).hider, scene.facts_of(block.stretch.first).domain
    if hider is None or hider.parent is None or domain is None:
        return False
    if any(scene.table[index, _NAMED] > 0 for index in range(block.stretch.first, block.stretch.last)):
        return False
    before = [child for child in hider.parent.children if child.end <= hider.start and child.tag]
    return bool(before) and before[-1].tag == "script" and domain_of(before[-1].attribute("src") or "") == domain


def _is_replaced(fact: Facts) -> bool:
    """Whether a picture stands where a text is pushed or shrunk out of sight.

    A label that is away inside of a link leaves the link to be seen: it is an icon.
    """
    hider, anchor = fact.hider, fact.anchor
    inside = hider is not None and anchor is not None and anchor.start <= hider.start < anchor.end
    if fact.hidden_by == "off-screen":
        return inside and hider is not anchor
    if fact.hidden_by not in {"text-indent", "font-size"}:
        return False
    styles = [(node.attribute("style") or "").lower() for node in (hider, anchor) if node is not None]
    if any("background" in style and "url(" in style for style in styles):
        return True
    # A sheet gives every one of its icons a picture by a name of its own.
    named = anchor is not None and bool(anchor.attribute("class") or anchor.attribute("id"))
    cut_to_size = all("overflow" in style and _SHAPED.search(style) is not None for style in styles if style)
    return inside and named and fact.hidden_by == "text-indent" and cut_to_size


def is_entry(scene: Scene, block: Block) -> bool:
    """Whether a block is one or two entries of a menu: its box holds several links, most of them to the site itself.

    What is longer and no link is a sentence in a box with links.
    """
    items, facts = scene.items_in(block.stretch), scene.facts_in(block.stretch)
    links, foreign = np.expm1(block.features[[_BOX_LINKS, _BOX_FOREIGN]])
    if len(facts) > _FEW or links < _MENU or foreign * 2 > links:
        return False
    pairs = zip(items, facts, strict=True)
    return not any(fact.anchor is None and item.end - item.start > LONG_PHRASE for item, fact in pairs)


def is_tabled(scene: Scene, block: Block) -> bool:
    """Whether a block is cells of a table or a list of terms that holds as much else: what it names is explained there.

    A table that lays out a page has no heads, and hardly as many rows as a register. What stands beside a term in a
    list of terms explains it, whatever is found to be part of the block.
    """
    cells = _cells_of(scene, block)
    table = _table_of(cells)
    if table is None or any(around.attribute("style") for around in (table, *cells)):
        return False
    within = [node for node in table.walk() if node.tag in _CELLS and node.children]
    enough = len(within) >= 2 * len(cells)
    if table.tag == "dl":
        named = all(cell.tag == "dt" for cell in _cells_of(scene, block, named=True))
        return (named or enough) and _is_explained(scene, table)
    return enough and (any(node.tag == "th" for node in within) or (len(cells) == 1 and _is_register(table)))


def _is_register(table: Node) -> bool:
    """Whether a table has many rows, each of which says something beside something else."""
    rows = [node for node in table.walk() if node.tag == "tr"]
    beside = sum(sum(cell.tag in _CELLS for cell in row.children) > 1 for row in rows)
    return beside >= max(_ROWS, _MOST_ROWS * len(rows))


def _is_explained(scene: Scene, terms: Node) -> bool:
    """Whether a list of terms says of each something else, and more than the term."""
    said: dict[str, list[str]] = {"dt": [], "dd": []}
    for leaf in scene.leaves:
        if not terms.start <= leaf.node.start < terms.end:
            continue
        cell = next((node for node in leaf.node.ancestors() if node.tag in said), None)
        if cell is not None:
            said[cell.tag].append(leaf.readable.text.strip())
    explained = sum(map(len, said["dd"])) >= _EXPLAINED * sum(map(len, said["dt"]))
    return explained and len(set(said["dd"])) * 2 > len(said["dd"])


def _cells_of(scene: Scene, block: Block, *, named: bool = False) -> list[Node]:
    """The cells that a block, or what a telling keyword is ``named`` in, stands in; none if some stands in no cell."""
    cells: list[Node] = []
    for leaf in _named_leaves(scene, block) if named else dict.fromkeys(i.leaf for i in scene.items_in(block.stretch)):
        cell = next((node for node in scene.leaves[leaf].node.ancestors() if node.tag in _CELLS), None)
        if cell is None:
            return []
        if not cells or cells[-1] is not cell:
            cells.append(cell)
    return cells


def _table_of(cells: Sequence[Node]) -> Node | None:
    """The table, or the list of terms, of some cells."""
    return next((node for node in cells[0].ancestors() if node.tag in {"table", "dl"}), None) if cells else None


def is_data(scene: Scene, block: Block) -> bool:
    """Whether a block is nothing that anybody reads: long strings of ASCII without a space, as programs store them."""
    items = scene.items_in(block.stretch)
    return all(len(item.text) > _LONG_STRING and item.text.isascii() and " " not in item.text for item in items)


def is_sponsored(linked: Sequence[Facts]) -> bool:
    """Whether links say to machines that they are paid for."""
    rels = ((fact.anchor.attribute("rel") or "").lower().split() for fact in linked if fact.anchor is not None)
    return bool(linked) and all("sponsored" in rel for rel in rels)


def is_advertised(scene: Scene, block: Block, linked: Sequence[Facts]) -> bool:
    """Whether a few links are paid for, and words in or beside them tell the readers of the page so.

    What stands in an attribute costs nothing and nobody sees it. Whoever breaks in tells nobody what the links are for.
    """
    if not is_sponsored(linked) or len(linked) > _MOST_PAID:
        return False
    near = scene.items[max(block.stretch.first - _BESIDE, 0) : block.stretch.last + _BESIDE]
    titles = (item for item in scene.items[:_BESIDE] if scene.leaves[item.leaf].kind is Kind.TITLE)
    return any(is_labelled(item.text) for item in (*near, *titles))


def is_own_subject(scene: Scene, block: Block, lexicon: Lexicon) -> bool:
    """Whether the text of the page says again what each title and description of a block says."""
    told: dict[int, list[str]] = {}
    for item in scene.items_in(block.stretch):
        told.setdefault(item.leaf, []).append(item.text)
    text = (item.text for item in scene.items if scene.leaves[item.leaf].kind is Kind.TEXT)
    known = letter_groups(lexicon.folded("\n".join(text)[:_MOST_TEXT]))
    return all(
        len(groups & known) >= _OWN_SUBJECT * len(groups)
        for groups in (letter_groups(lexicon.folded("\n".join(texts))) for texts in told.values())
    )


def is_for_a_field(scene: Scene, block: Block) -> bool:
    """Whether a short text names a field in the box that hides it: a trap for machines, and what people do with it.

    What stands in the field itself, in a text area or as its value, is nothing but hidden.
    """
    leaves = {item.leaf: scene.leaves[item.leaf] for item in scene.items_in(block.stretch)}
    if len(leaves) > _FEW or any(leaf.kind is not Kind.TEXT or _is_filled_in(leaf.node) for leaf in leaves.values()):
        return False
    hiders = [scene.facts[leaf].hider for leaf in leaves]
    return all(
        hider is not None and any(node.tag == "input" and _is_written_in(node) for node in hider.walk())
        for hider in hiders
    )


def _is_filled_in(node: Node) -> bool:
    return any(around.tag in _FIELDS for around in node.ancestors())


def _is_written_in(field: Node) -> bool:
    return (field.attribute("type") or "text").strip().lower() in _WRITTEN


def is_priced(linked: Sequence[Facts], items: Sequence[Item]) -> bool:
    """Whether links that stay on the site have rates or prices beside them: a list of what is on offer there."""
    short = (item.text for item in items if item.end - item.start <= LONG_PHRASE)
    priced = sum(_FIGURE.search(text) is not None for text in short)
    return bool(linked) and all(fact.domain is None for fact in linked) and priced * 2 >= len(linked)


def is_menu_elsewhere(scene: Scene, block: Block) -> bool:
    """Whether all links of the box that hides a block lead to one other site, and few of them name anything.

    The menu of the town or the school that a page belongs to is like that.
    """
    facts = scene.facts_in(block.stretch)
    if sum(fact.anchor is not None for fact in facts) * 2 <= len(facts):
        return False
    hiders = {id(fact.hider) for fact in facts}
    inside = [
        index
        for index, item in enumerate(scene.items)
        if scene.facts[item.leaf].anchor is not None and id(scene.facts[item.leaf].hider) in hiders
    ]
    domains = {scene.facts_of(index).domain for index in inside}
    named = sum(bool(scene.table[index, _NAMED] > 0) for index in inside)
    return len(inside) > _MENU and len(domains) == 1 and None not in domains and named * 3 < len(inside)


def is_marked_in_a_sentence(scene: Scene, block: Block) -> bool:
    """Whether what a block names is marked, word by word, inside of a sentence of the page's own.

    Spam comes with its sentence, or as links.
    """
    leaves = _named_leaves(scene, block) or list(dict.fromkeys(item.leaf for item in scene.items_in(block.stretch)))
    if any(scene.facts[leaf].anchor is not None for leaf in leaves):
        return False
    nodes = [scene.leaves[leaf].node for leaf in leaves]
    marks = [node.parent for node in nodes]
    around = marks[0].parent if marks[0] is not None else None
    if around is None or any(mark is None or mark.tag not in _MARKS or mark.parent is not around for mark in marks):
        return False
    quoted = all(mark is not None and mark.tag in _QUOTES for mark in marks)
    nearest = range(block.stretch.first - 1, max(-1, block.stretch.first - 1 - _NEAR), -1)
    before = next((i for i in nearest if scene.leaf_of(i).node.parent is around), None)
    if before is None or _ends(scene, before):
        return False
    # What stands beside several such words looks bad from there: of a quotation its own words tell.
    own = scene.scores[before] < _OWN or (quoted and scene.table[before, _WORD_MEAN] < _OWN)
    return bool(own) and (quoted or all(mark is not None and not mark.attributes for mark in marks))


def _ends(scene: Scene, index: int) -> bool:
    """Whether a sentence ends with an item."""
    item = scene.items[index]
    return ends_sentence(scene.leaves[item.leaf].readable.text[item.start :])


def _named_leaves(scene: Scene, block: Block) -> list[int]:
    """The leaves of a block in which a telling keyword stands."""
    named = (i for i in range(block.stretch.first, block.stretch.last) if scene.table[i, _NAMED] > 0)
    return list(dict.fromkeys(scene.items[i].leaf for i in named))
