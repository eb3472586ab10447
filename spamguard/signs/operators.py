"""A hidden list of names that are shaped as those of gambling operators are, whatever its links lead to.

The names are made up by the hundred and no list of keywords knows them; digits for luck and the words for games at
their ends stay the same. Of what a page hides for its own sake (menus, codes, prices) hardly a word is shaped so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.wording import operators_among
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.hiding import may_be_hidden, way_of
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_FEWEST, _NEARLY_ALL, _NUMBERED = 6, 0.85, 3
"""Names, their share of the words, and how many of them end in digits: Darwin and the alphabet are none."""
_LARGEST: Final = 20_000
_KEPT: Final = frozenset({"form", "input", "select", "textarea", "iframe", "video", "script", "img"})


def operators(sight: Sight) -> list[Sign]:
    """Hidden elements in which nearly all words are such names."""
    signs: list[Sign] = []
    end = 0
    for node in sight.index.having(("style", "hidden")):
        if node.start < end or not node.closed or node.end - node.start > _LARGEST or not may_be_hidden(node):
            continue
        if (sign := _judged(sight, node)) is not None:
            signs.append(sign)
            end = node.end
    return signs


def _judged(sight: Sight, node: Node) -> Sign | None:
    parts = list(node.walk())
    texts = [sight.text_of(part).lower() for part in parts if part.kind is NodeKind.TEXT]
    named, words = operators_among(texts)
    if len(set(named)) < _FEWEST or len(named) < _NEARLY_ALL * len(words) or any(part.tag in _KEPT for part in parts):
        return None
    if sum(word[-1].isdigit() or word[-2].isdigit() for word in set(named)) < _NUMBERED:
        return None
    way, span = way_of(sight, node), Span(node.start, node.end)
    if way is None or outside_of(sight).speaks_of(texts, [span]):
        return None
    said = f"{len(named)} of {len(words)} hidden words are shaped as the names of operators are: {', '.join(named[:4])}"
    return Sign(
        rule="operator-names",
        category="gambling",
        confidence=SURE,
        spans=(span,),
        excerpt=excerpt_of([" ".join(words)]),
        hidden_by=way,
        evidence=(reason("operators", len(named), said),),
    )
