"""What the words of a block are, apart from what they name: sentences, of which language, a report or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.reports import naming_models, quotes_orders, reports
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.text.lexicon import Hit, Lexicon

_NAMED: Final = ITEM_NAMES.index("named")
LONG_PHRASE: Final = 30
"""Characters of an item."""
_WIDE_PHRASE: Final = 8
"""The same where a character is a syllable or a word."""
_A_SENTENCE: Final = 4
"""Phrases that one sentence has room for: what names more of them is a list, whatever stands beside it."""
_WIDE: Final = "\u2e80"
_EVERYWHERE: Final = "en"
_STOP: Final = re.compile(r"\w[.!?]+(?:\s|$)|[。！？।؟]")
_QUOTED: Final = re.compile(r"[“„”«»][^“„”«»]{2,80}[“”»«]|「[^」]{2,80}」|『[^』]{2,80}』|\"[^\"]{2,80}\"")
_SHORTEST: Final = 20
"""Characters of a sentence."""
A_WORD: Final = re.compile(r"[^\W_]+")
_OPERATOR: Final = re.compile(
    r"[a-z]{3,16}(?:88|77|777|138|99|168|303|888|188|123|69|89|365|234|[345]d|toto|togel|slots?|bet|win|qq|poker|jitu|hoki|mpo)"
)
"""How operators of games for money are called: digits for luck, or what they offer, at the end of one word."""


def operators_among(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of the words of some texts, in small letters, those shaped as names of operators are, and all of them."""
    words = [word for text in texts for word in A_WORD.findall(text.lower())]
    return [word for word in words if _OPERATOR.fullmatch(word) is not None], words


def is_running_text(scene: Scene, block: Block) -> bool:
    """Whether a block's items are pieces of sentences rather than phrases: news in a rare language look like this."""
    lengths = [item.end - item.start for item in scene.items_in(block.stretch)]
    return sum(lengths) > LONG_PHRASE * len(lengths)


def is_sentence(scene: Scene, block: Block) -> bool:
    """Whether each place in which a block names something is written in sentences, and is not one phrase alone."""
    named = [index for index in range(block.stretch.first, block.stretch.last) if scene.table[index, _NAMED] > 0]
    leaves = dict.fromkeys(scene.items[index].leaf for index in named or range(block.stretch.first, block.stretch.last))
    texts = [scene.leaves[leaf].readable.text for leaf in leaves]
    return all(_STOP.search(text) is not None and len(text) > _SHORTEST for text in texts)


def names_in_quotes(text: str, names: Iterable[str]) -> bool:
    """Whether a text names half of some things between quotation marks only, as those do who tell what others say."""
    low = text.lower()
    quoted = " | ".join(match[0] for match in _QUOTED.finditer(low))
    said = [name for name in names if name in low]
    return bool(said) and sum(low.count(name) == quoted.count(name) for name in said) * 2 >= len(said)


def _quotes_all(text: str, block: Block, lexicon: Lexicon) -> bool:
    """The same of telling names that are written otherwise than keywords are, as in two ways to write Chinese."""
    telling = {lexicon.folded(hit.atom.text) for hit in block.hits if hit.atom.strength >= TELLING}
    quoted = lexicon.folded("\n".join(match[0] for match in _QUOTED.finditer(text)))
    whole = lexicon.folded(text)
    return bool(telling) and all(0 < whole.count(name) == quoted.count(name) for name in telling)


def is_abroad(scene: Scene, block: Block) -> bool:
    """Whether the keywords of a block are of another language than the page says it is in; English is read anywhere."""
    node = scene.leaf_of(block.stretch.first).node
    declared = next((around.attribute("lang") for around in node.ancestors() if around.tag == "html"), None)
    return are_abroad((declared or "").strip().lower()[:2], block.hits, TELLING)


def are_abroad(language: str, hits: Iterable[Hit], strength: int) -> bool:
    """Whether the keywords of a strength are all of another language than the one that is declared, and not English."""
    spoken = {hit.atom.language.split("-")[0] for hit in hits if hit.atom.strength >= strength}
    return bool(language and spoken) and not spoken & {language, _EVERYWHERE}


def is_reported(scene: Scene, block: Block, lexicon: Lexicon) -> bool:
    """Whether sentences of a block, or those that stand in one place with them, report on such things or quote them."""
    places = places_of(scene, block)
    told, names = "\n".join(places), {hit.atom.text for hit in block.hits}
    if names_in_quotes(told, names) or (_QUOTED.search(told) and _quotes_all(told, block, lexicon)):
        return True
    items = scene.items_in(block.stretch)
    wide = sum(any(character >= _WIDE for character in item.text) for item in items) * 2 > len(items)
    length = scene.size_of(block.stretch)
    if length <= (_WIDE_PHRASE if wide else LONG_PHRASE) * len(items) and len(items) > _A_SENTENCE:
        return False
    return any(map(reports, places))


def is_quoted(scene: Scene, block: Block) -> bool:
    """Whether the places of a block speak of orders to language models or quote them, or the page speaks of models."""
    if any(map(quotes_orders, places_of(scene, block))):
        return True
    own = "\n".join(item.text for item in scene.items_in(block.stretch))
    return sum(naming_models(leaf.readable.text) for leaf in scene.leaves) > naming_models(own)


def places_of(scene: Scene, block: Block) -> list[str]:
    """The whole text of each place that a block has a part in."""
    leaves = dict.fromkeys(item.leaf for item in scene.items_in(block.stretch))
    return [scene.leaves[leaf].readable.text for leaf in leaves]
