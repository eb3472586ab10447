"""What the words of a block are, apart from what they name: sentences, of which language, a report or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.items import CODE
from spamguard.examine.linklists import is_loud
from spamguard.examine.refusals import bans, refuses
from spamguard.examine.reports import naming_models, quotes_orders, reports
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node
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
_BEFORE: Final = 4
"""Items before a list among which the line stands that heads it."""
_WHOLE: Final = frozenset({"html", "body"})
_MARKUP: Final = re.compile(
    r"<\w+[^<>]{0,200}\s(?:href|style|hidden)\b|display\s*:\s*none|position\s*:\s*absolute", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[^\w\s]|_")
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
    quoted = _bare(lexicon.folded("\n".join(match[0] for match in _QUOTED.finditer(text))))
    whole = _bare(lexicon.folded(text))
    return bool(telling) and all(0 < whole.count(name) == quoted.count(name) for name in telling)


def _bare(folded: str) -> str:
    """A folded text without its marks: a keyword may go on behind a comma."""
    return " ".join(_MARKS.sub(" ", folded).split())


def is_in_quotes(scene: Scene, block: Block, lexicon: Lexicon) -> bool:
    """Whether whatever telling names a block has stand between quotation marks, in texts that are no link."""
    named = [index for index in range(block.stretch.first, block.stretch.last) if scene.table[index, _NAMED] > 0]
    if any(scene.facts_of(index).anchor is not None for index in named):
        return False
    told = "\n".join(places_of(scene, block))
    return _QUOTED.search(told) is not None and _quotes_all(told, block, lexicon)


def is_shown_as_code(scene: Scene, block: Block) -> bool:
    """Whether the page shows an attack as code, and a block is named inside of one of its sentences without a link."""
    own = dict.fromkeys(item.leaf for item in scene.items_in(block.stretch))
    texts = [scene.leaves[leaf].readable.text for leaf in own]
    if any(scene.facts[leaf].anchor is not None for leaf in own) or not all(map(_STOP.search, texts)):
        return False
    if scene.size_of(block.stretch) * 2 > sum(map(len, texts)):
        return False
    coded = (
        index
        for index in range(len(scene.items))
        if scene.table[index, _NAMED] > 0 and any(around.tag in CODE for around in scene.around(index))
    )
    return any(_MARKUP.search(scene.leaf_of(index).readable.text) is not None for index in coded)


def says_its_language(scene: Scene, block: Block) -> bool:
    """Whether elements around much of a block say that it is in a language of its own, as nobody does who breaks in."""
    items = scene.items_in(block.stretch)
    told = {leaf for leaf in {item.leaf for item in items} if _is_said_to_be_abroad(scene.leaves[leaf].node)}
    return sum(item.leaf in told for item in items) * 3 >= len(items)


def _is_said_to_be_abroad(node: Node) -> bool:
    """Whether an element around a text names another language than the page does."""
    said = [(around.tag, lang) for around in node.ancestors() if (lang := around.attribute("lang"))]
    return bool(said) and said[0][0] not in _WHOLE and all(lang != said[0][1] for _, lang in said[1:])


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
        # What a sentence lists that began before it is a part of the report.
        return _begins_inside(scene, block) and reports(_sentence_of(scene, block.stretch.first))
    return any(map(reports, places))


def is_noise(scene: Scene, block: Block) -> bool:
    """Whether no word of a block sounds like what is sold: only the company of its items made them suspicious."""
    return not any(is_loud(scene, index) for index in range(block.stretch.first, block.stretch.last))


def is_refused(scene: Scene, block: Block) -> bool:
    """Whether each sentence of a block that names something says that it is not sold, taken or done."""
    named = [index for index in range(block.stretch.first, block.stretch.last) if scene.table[index, _NAMED] > 0]
    return bool(named) and all(refuses(_sentence_of(scene, index)) for index in named)


def is_banned(scene: Scene, block: Block) -> bool:
    """Whether a list stands behind a line that says that its words are not let in: its own first one, or one before it.

    The words that a filter keeps out are those of spam.
    """
    first = block.stretch.first
    return any(bans(scene.items[index].text) for index in range(max(first - _BEFORE, 0), first + 1))


def declines(scene: Scene, block: Block) -> bool:
    """Whether a sentence in a place of a block says so."""
    return any(map(refuses, places_of(scene, block)))


def _begins_inside(scene: Scene, block: Block) -> bool:
    """Whether the sentence that a block begins in began before it."""
    item = scene.items[block.stretch.first]
    text = scene.leaves[item.leaf].readable.text
    before = [match.end() for match in _STOP.finditer(text, 0, item.start)]
    return len(text[before[-1] if before else 0 : item.start].strip()) > _SHORTEST


def _sentence_of(scene: Scene, index: int) -> str:
    """The sentence that an item stands in, as far as its text goes."""
    item = scene.items[index]
    text = scene.leaves[item.leaf].readable.text
    before = [match.end() for match in _STOP.finditer(text, 0, item.start)]
    behind = _STOP.search(text, item.start)
    return text[before[-1] if before else 0 : max(item.end, behind.end() if behind is not None else len(text))]


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
