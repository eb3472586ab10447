"""From which probability on a block is shown, and from which it is cut unasked.

Probabilities are the model's; how much of one is asked for depends on what honest pages have too. Two things count
most: whether people see the block, and whether a keyword of it is known. Where no keyword is known there is only the
look of the block to go by, and lists of partners, links called "Appendix" and lines of a rare language look that way.
Where keywords name what every second or third item is there is little to doubt: of 1,888 stretches on 4,856 honest
pages that looked like spam to a model that never saw them, one was like that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import NAMES, letter_groups
from spamguard.examine.items import Bound
from spamguard.examine.tree import FALLBACKS
from spamguard.examine.wording import LONG_PHRASE, is_abroad, is_quoted, is_reported, is_running_text
from spamguard.findings import ORDERS
from spamguard.page.tokens import Kind
from spamguard.text.keynotes import STRONG, TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.model.weights import Thresholds
    from spamguard.text.lexicon import Lexicon

_NEVER: Final = 1.1
_HARDLY_EVER: Final = 0.99
_LONE_OFFER: Final = 0.95
_OFFERED: Final = frozenset({"links", "keywords"})
"""What honest sites sell too, in a sentence of their own: links, visitors, places in search results."""
_VERY_SURE: Final = 0.97

_NAMED_LESS: Final = 0.25
_NAMED_FEW_LESS: Final = 0.1
_NAMED_ENTRY_MORE: Final = 0.15
_DISGUISED_MORE: Final = 0.48
_HIDDEN_LESS: Final = 0.2
_HIDDEN_PROSE_MORE: Final = 0.35
_HIDDEN_LIST_LESS: Final = 0.3
_HIDDEN_UNKNOWN_MORE: Final = 0.47
_COMMENT_UNKNOWN_MORE: Final = 0.5
_OWN_LINKS_MORE: Final = 0.15
_OWN_UNKNOWN_MORE: Final = 0.25
_OWN_SEEN_MORE: Final = 0.5
_QUOTED_MORE: Final = 0.2
_FEW_MORE: Final = 0.15
_SOME_UNKNOWN_MORE: Final = 0.45
_SEEN_UNKNOWN_MORE: Final = 0.4
_TOLD_UNKNOWN_MORE: Final = 0.45
_ORDERS_UNKNOWN_MORE: Final = 0.3

_HIDDEN_STRANGE_MORE: Final = 0.05
_STRANGE_AWAY_MORE: Final = 0.15
_STRANGE_TOLD_MORE: Final = 0.2
_STRANGE_MORE: Final = 0.3
_STRANGE_FEW_AWAY_MORE: Final = 0.35
_STRANGE_FEW_TOLD_MORE: Final = 0.45
_STRANGE_OWN_MORE: Final = 0.45
_STRANGE_RUNNING_MORE: Final = 0.5
"""For blocks of a script that the page hardly uses. The worst such blocks of 8,200 honest documents, judged with their
language known or left out of training: 0.83 for links to another edition of the site, 0.71 for a line of signs, 0.5 for
a link to another site."""
_APART: Final = 0.9
_MOST_OF_IT: Final = 0.3
_NOWHERE_ELSE: Final = 0.02
"""Share of the letter groups of a block that stand elsewhere on the page."""

_SEVERAL: Final = 3
_MANY: Final = 5
_GRID: Final = 12
_HIDDEN_LIST: Final = 1_000
_SENTENCE_SHARE: Final = 0.012
_BY_COLOUR: Final = "colour"
_LONG_STRING: Final = 200
"""Characters of an item."""
_MENU: Final = 3
_HALF: Final = 0.5
_THIRD: Final = 1 / 3
_LOUD_WORDS: Final = 4.0
_SOME: Final = 4
_FEW: Final = 2
_DISGUISED: Final = 0.1
"""Share of the characters of a block that are letters in costume."""
_OWN_SUBJECT: Final = 0.6
"""Share of the letter groups of a title or description that the page's text has too. An article that reports on such
things repeats its headline; of 69 injected titles and descriptions none reached 0.4."""
_MOST_TEXT: Final = 300_000
_TOLD: Final = frozenset({Kind.TITLE, Kind.META})
_CARRIED: Final = frozenset({Kind.TITLE, Kind.META, Kind.COMMENT, Kind.ATTRIBUTE})
_KNOWN_STRONG: Final = NAMES.index("known_strong")
_NAMED_STRONG: Final = NAMES.index("named_strong")
_COSTUME: Final = NAMES.index("costume_share")
_IN_CODE: Final = NAMES.index("in_code")
_BOX_LINKS: Final = NAMES.index("box_links")
_BOX_FOREIGN: Final = NAMES.index("box_foreign")
_SCRIPT_APART: Final = NAMES.index("script_apart")
_ELSEWHERE: Final = NAMES.index("elsewhere")
_SHARE_OF_PAGE: Final = NAMES.index("share_of_page")
_WORDS: Final = NAMES.index("word_mean")
_SENTENCES: Final = NAMES.index("sentence_share")


def shown_from(scene: Scene, block: Block, limits: Thresholds, lexicon: Lexicon) -> float:
    """The probability from which on a block is a finding.

    A title or description that names what the rest of the page is about is its own, and never one. Orders in which no
    known phrase stands are what every page gives its readers ("send us yours").
    """
    kinds = {scene.leaves[item.leaf].kind for item in scene.items_in(block.stretch)}
    if kinds <= _TOLD and _is_own_subject(scene, block, lexicon):
        return _NEVER
    facts = scene.facts_in(block.stretch)
    hidden = Kind.COMMENT not in kinds and any(fact.hidden_by is not None for fact in facts)
    known = _is_known(block, hidden=hidden)
    # White letters on what seems to be white may stand on a ground that a style sheet in another file paints.
    seen = all(fact.hidden_by is None or (fact.hidden_by == _BY_COLOUR and not known) for fact in facts)
    strange = not known and _is_of_another_hand(block)
    many = strange and len(facts) >= _MANY
    if block.category == ORDERS and not many and not any(hit.atom.category == ORDERS for hit in block.hits):
        return _NEVER if seen else limits.review + _ORDERS_UNKNOWN_MORE
    if block.category == ORDERS and seen and is_quoted(scene, block):
        return _NEVER
    if block.features[_IN_CODE] > _HALF:
        return limits.review + _QUOTED_MORE
    if not known and _is_data(scene, block):
        return _NEVER
    linked = [fact for fact in facts if fact.anchor is not None]
    if len(linked) * 2 > len(facts) and all(fact.domain is None for fact in linked):
        # A menu of two dozen towns and two things sold in each names these two over and over.
        plain = block.named >= _HALF and len(_keywords(block, STRONG)) >= (_FEW if len(facts) >= _GRID else _SEVERAL)
        more = _own_links_more(seen=seen and not plain and not kinds & _TOLD, known=known)
        return limits.review + (min(more, _STRANGE_OWN_MORE) if many else more)
    if not seen:
        few = len(facts) <= _FEW and len(_keywords(block, TELLING)) < _SEVERAL
        if known and few and is_running_text(scene, block):
            return limits.review + _HIDDEN_PROSE_MORE  # sentences name such things for all kinds of reasons
        more = _hidden_more(block, facts, kinds, known=known, linked=bool(linked))
        more = min(more, _HIDDEN_STRANGE_MORE) if strange and Kind.COMMENT not in kinds else more
        return limits.review + (min(more, -_NAMED_LESS) if block.named >= _THIRD else more)
    if _is_sponsored(linked):
        return _HARDLY_EVER
    plain = block.features[_NAMED_STRONG] >= _HALF
    lone = len(facts) <= _FEW and not linked and not kinds & _CARRIED and is_running_text(scene, block)
    if not linked and not kinds & _CARRIED and is_reported(scene, block):
        return _NEVER
    if _is_entry(scene, block):
        # Words behind a link are the rest of the sentence that it was put in.
        away = bool(linked) and all(fact.domain is not None for fact in linked)
        return limits.review + _NAMED_ENTRY_MORE if plain and away else _NEVER
    if lone and block.category in _OFFERED:
        return _LONE_OFFER if known else _HARDLY_EVER
    several = len(_keywords(block, TELLING)) >= _FEW
    if block.named >= _THIRD and (len(facts) > _FEW or several or (plain and linked)):
        return limits.review - (_NAMED_FEW_LESS if len(facts) <= _FEW else _NAMED_LESS)
    if linked and block.named >= _HALF and all(fact.domain is not None for fact in facts) and is_abroad(scene, block):
        return limits.review + _NAMED_ENTRY_MORE
    if not known and not linked and is_running_text(scene, block):
        if kinds <= _TOLD and block.named >= _HALF:
            return limits.review + _TOLD_UNKNOWN_MORE
        if block.features[_COSTUME] >= _DISGUISED:
            return limits.review + _DISGUISED_MORE
        return limits.review + _STRANGE_RUNNING_MORE if strange else _HARDLY_EVER
    alone = len(facts) <= _FEW and not linked and not several and not _is_phrase(block)
    usual = _seen_from(block, facts, limits, known=known and not alone, told=kinds <= _TOLD)
    return min(usual, limits.review + _strange_more(facts, told=kinds <= _TOLD)) if strange else usual


def is_sure(scene: Scene, block: Block, limits: Thresholds) -> bool:
    """Whether a block is probable enough to be cut without asking: less will do where nobody would see it go.

    More is asked for where no keyword is known. One or two items that people see are not cut unasked on the word of one
    keyword, unless they stand by themselves: what is left of the sentence around them would read oddly.
    """
    kinds = {scene.leaves[item.leaf].kind for item in scene.items_in(block.stretch)}
    facts, hidden = scene.facts_in(block.stretch), hidden_by(scene, block) is not None
    linked = any(fact.anchor is not None for fact in facts)
    if len(facts) <= _FEW and not (hidden or linked or kinds & _CARRIED) and is_running_text(scene, block):
        return block.probability >= _VERY_SURE and _is_named(scene, block, kinds)
    others = float(np.expm1(block.features[_BOX_FOREIGN])) - len(facts)
    if not hidden and linked and len(facts) <= _FEW and others > _HALF:
        return False  # among other links to other sites: the owner may have sold them all
    if _is_named(scene, block, kinds):
        plain = hidden or len(_keywords(block, STRONG)) >= _FEW
        return block.probability >= (limits.review if plain else (limits.review + limits.safe) / 2)
    if Kind.ATTRIBUTE in kinds:
        return block.probability >= _VERY_SURE
    if not _is_known(block, hidden=hidden):
        return block.probability >= _VERY_SURE and len(facts) > _FEW
    if hidden:
        return block.probability >= (limits.review + limits.safe) / 2
    lone = len(facts) <= _FEW and len(_keywords(block, TELLING)) < _FEW and kinds == {Kind.TEXT}
    if lone and not (_is_phrase(block) and block.probability >= _VERY_SURE and _stands_by_itself(scene, block)):
        return False
    return block.probability >= limits.safe and not _is_entry(scene, block)


def _stands_by_itself(scene: Scene, block: Block) -> bool:
    """Whether no sentence goes on before or behind a block."""
    ends = [i for i in (block.stretch.first, block.stretch.last) if i < len(scene.items)]
    return not any(scene.items[i].bound in {Bound.INLINE, Bound.SPACE} for i in ends)


def _is_named(scene: Scene, block: Block, kinds: set[Kind]) -> bool:
    """Whether keywords that say much name what most of a block is, and it is no single sentence that people see."""
    if block.named < _HALF:
        return False
    facts = scene.facts_in(block.stretch)
    several = len(facts) > _FEW or len(_keywords(block, TELLING)) >= _FEW
    hidden = any(fact.hidden_by is not None for fact in facts)
    return (kinds <= _TOLD or several or hidden) and not _is_entry(scene, block)


def _keywords(block: Block, strength: int) -> set[str]:
    return {hit.atom.text for hit in block.hits if hit.atom.strength >= strength}


def _is_phrase(block: Block) -> bool:
    """Whether a keyword that says much is more than one word of one of the languages that share letters."""
    return any(" " in text or not text.isascii() for text in _keywords(block, STRONG))


def _is_known(block: Block, *, hidden: bool = False) -> bool:
    """Whether a keyword of a block is known that says much, or several that say something; one where it is hidden."""
    telling = len(_keywords(block, TELLING))
    return bool(block.features[_KNOWN_STRONG] > 0) or telling >= (1 if hidden else _SEVERAL)


def hidden_by(scene: Scene, block: Block) -> str | None:
    """What hides most of a block's items, if most are hidden."""
    ways = [fact.hidden_by for fact in scene.facts_in(block.stretch)]
    most = max(sorted({way for way in ways if way}), key=ways.count, default=None)
    return most if most is not None and sum(way is not None for way in ways) * 2 > len(ways) else None


def _own_links_more(*, seen: bool, known: bool) -> float:
    """Tag clouds and menus are made of links that all stay on the site, and owners joke in tags."""
    if seen:
        return _OWN_SEEN_MORE
    return _OWN_LINKS_MORE if known else _OWN_UNKNOWN_MORE


def _hidden_more(block: Block, facts: Sequence[Facts], kinds: set[Kind], *, known: bool, linked: bool) -> float:
    """Honest text is seldom hidden and looks like spam as well; a thousand bare phrases without a sentence never."""
    if sum(fact.hidden_by is not None and fact.hidden_by not in FALLBACKS for fact in facts) * 2 <= len(facts):
        return 0.0 if known else _SEEN_UNKNOWN_MORE
    if len(facts) >= _HIDDEN_LIST and not linked and block.features[_SENTENCES] < _SENTENCE_SHARE:
        return -_HIDDEN_LIST_LESS
    if known:
        return -_HIDDEN_LESS
    return _COMMENT_UNKNOWN_MORE if Kind.COMMENT in kinds else _HIDDEN_UNKNOWN_MORE


def _seen_from(block: Block, facts: Sequence[Facts], limits: Thresholds, *, known: bool, told: bool) -> float:
    """A menu, a headline or an advertisement may be one or two items that people see."""
    if known:
        return limits.review + (_FEW_MORE if len(facts) <= _FEW else 0.0)
    if told:
        return limits.review + _TOLD_UNKNOWN_MORE
    if len(facts) <= _FEW:
        return _HARDLY_EVER
    quiet = len(facts) <= _SOME and block.features[_WORDS] < _LOUD_WORDS
    return limits.review + (_SOME_UNKNOWN_MORE if quiet else _SEEN_UNKNOWN_MORE)


def _is_of_another_hand(block: Block) -> bool:
    """Whether a block is in a script that the page hardly uses, and shares next to no letters in a row with the page.

    Honest pages have lines like that, names of other editions and languages, but hardly one that looks like spam.
    """
    # A block alone in its script makes up, as a part of the page, what it lacks in being apart.
    own = min(block.features[_SHARE_OF_PAGE], _MOST_OF_IT)
    return bool(block.features[_SCRIPT_APART] + own >= _APART and block.features[_ELSEWHERE] <= _NOWHERE_ELSE)


def _strange_more(facts: Sequence[Facts], *, told: bool) -> float:
    """How much more is asked for a block of another hand: the least where its links lead to other sites."""
    if sum(fact.domain is not None for fact in facts) * 2 > len(facts):
        return _STRANGE_AWAY_MORE if len(facts) > _FEW else _STRANGE_FEW_AWAY_MORE
    if len(facts) >= _MANY:
        return _STRANGE_TOLD_MORE if told else _STRANGE_MORE
    return _STRANGE_FEW_TOLD_MORE if told else _NEVER


def _is_entry(scene: Scene, block: Block) -> bool:
    """Whether a block is one or two entries of a menu: its box holds several links, most of them to the site itself.

    What is longer and no link is a sentence in a box with links.
    """
    items, facts = scene.items_in(block.stretch), scene.facts_in(block.stretch)
    links, foreign = np.expm1(block.features[[_BOX_LINKS, _BOX_FOREIGN]])
    if len(facts) > _FEW or links < _MENU or foreign * 2 > links:
        return False
    pairs = zip(items, facts, strict=True)
    return not any(fact.anchor is None and item.end - item.start > LONG_PHRASE for item, fact in pairs)


def _is_data(scene: Scene, block: Block) -> bool:
    """Whether a block is nothing that anybody reads: long strings of ASCII without a space, as programs store them."""
    items = scene.items_in(block.stretch)
    return all(len(item.text) > _LONG_STRING and item.text.isascii() and " " not in item.text for item in items)


def _is_sponsored(linked: Sequence[Facts]) -> bool:
    """Whether links say that they are paid for: nobody who breaks in gives away what the links are for."""
    rels = ((fact.anchor.attribute("rel") or "").lower().split() for fact in linked if fact.anchor is not None)
    return bool(linked) and all("sponsored" in rel for rel in rels)


def _is_own_subject(scene: Scene, block: Block, lexicon: Lexicon) -> bool:
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
