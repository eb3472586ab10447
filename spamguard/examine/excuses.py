"""What speaks for a block whatever its words are: ways in which honest pages hide, list and repeat what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import NAMES, letter_groups
from spamguard.examine.wording import LONG_PHRASE
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node
    from spamguard.text.lexicon import Lexicon

_FEW: Final = 2
_MENU: Final = 3
_LONG_STRING: Final = 200
"""Characters of an item."""
_ALIKE: Final = 0.25
"""Share of the letter groups of hidden words that the page has too, from which on they are its own."""
_PANELS: Final = frozenset({"tabpanel", "dialog", "alertdialog", "menu", "tooltip", "listbox", "alert", "status"})
_CELLS: Final = frozenset({"th", "td", "dt", "dd"})
_OWN_SUBJECT: Final = 0.6
"""Share of the letter groups of a title or description that the page's text has too. An article that reports on such
things repeats its headline; of 69 injected titles and descriptions none reached 0.4."""
_MOST_TEXT: Final = 300_000
_BOX_LINKS: Final = NAMES.index("box_links")
_BOX_FOREIGN: Final = NAMES.index("box_foreign")
_ELSEWHERE: Final = NAMES.index("elsewhere")


def is_hidden_as_usual(scene: Scene, block: Block) -> bool:
    """Whether a block is hidden as honest pages hide: words the page has too, words of pictures, panels, data."""
    facts = scene.facts_in(block.stretch)
    if not any(fact.anchor is not None for fact in facts) and block.features[_ELSEWHERE] >= _ALIKE:
        return True
    if all(fact.hider is not None and (_is_replaced(fact) or _is_panel(fact.hider)) for fact in facts):
        return True
    table = _table_of(_cells_of(scene, block))
    return table is not None and sum(node.tag == "th" for node in table.walk()) >= _FEW


def _is_replaced(fact: Facts) -> bool:
    """Whether a picture stands where a text is pushed or shrunk out of sight."""
    if fact.hidden_by not in {"text-indent", "font-size"}:
        return False
    styles = [(node.attribute("style") or "").lower() for node in (fact.hider, fact.anchor) if node is not None]
    return any("background" in style and "url(" in style for style in styles)


def _is_panel(hider: Node) -> bool:
    """Whether an element says of itself that it is shown when people ask for it."""
    return (hider.attribute("role") or "").strip().lower() in _PANELS


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

    A table that lays out a page has no heads.
    """
    cells = _cells_of(scene, block)
    table = _table_of(cells)
    if table is None or any(around.attribute("style") for around in (table, *cells)):
        return False
    within = [node for node in table.walk() if node.tag in _CELLS and node.children]
    headed = table.tag == "dl" or any(node.tag == "th" for node in within)
    return headed and len(within) >= 2 * len(cells)


def _cells_of(scene: Scene, block: Block) -> list[Node]:
    """The cells that a block stands in; none if some of it stands in no cell."""
    cells: list[Node] = []
    for leaf in dict.fromkeys(item.leaf for item in scene.items_in(block.stretch)):
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
    """Whether links say that they are paid for: nobody who breaks in gives away what the links are for."""
    rels = ((fact.anchor.attribute("rel") or "").lower().split() for fact in linked if fact.anchor is not None)
    return bool(linked) and all("sponsored" in rel for rel in rels)


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
