"""From which probability on a block is shown. From which on it is cut unasked stands in :mod:`spamguard.examine.sure`.

Probabilities are the model's; how much of one is asked for depends on what honest pages have too. Two things count
most: whether people see the block, and whether a keyword of it is known. Where no keyword is known there is only the
look of the block to go by, and lists of partners, links called "Appendix" and lines of a rare language look that way.
Where keywords name what every second or third item is there is little to doubt: of 1,888 stretches on 4,856 honest
pages that looked like spam to a model that never saw them, one was like that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.case import FEW, HALF, MANY, OFFERED, SEVERAL, SOME, THIRD, Case
from spamguard.examine.describe import NAMES
from spamguard.examine.excuses import (
    is_advertised,
    is_data,
    is_entry,
    is_for_a_field,
    is_hidden_as_usual,
    is_marked_in_a_sentence,
    is_menu_elsewhere,
    is_own_subject,
    is_priced,
    is_tabled,
)
from spamguard.examine.furniture import answers_a_form, is_folded, opens
from spamguard.examine.linklists import (
    is_a_dropdown,
    is_another_edition,
    is_of_a_menu,
    is_of_sister_sites,
    is_rest_of_a_list,
)
from spamguard.examine.tree import FALLBACKS
from spamguard.examine.wording import (
    declines,
    is_abroad,
    is_banned,
    is_in_quotes,
    is_noise,
    is_quoted,
    is_refused,
    is_reported,
    is_running_text,
    is_sentence,
    is_shown_as_code,
    says_its_language,
)
from spamguard.findings import ORDERS
from spamguard.page.tokens import Kind

if TYPE_CHECKING:
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.model.weights import Thresholds
    from spamguard.text.lexicon import Lexicon

_NEVER: Final = 1.1
_HARDLY_EVER: Final = 0.99
_MENU_ELSEWHERE: Final = 0.98
"""What is asked of hidden links to one other site that hardly name anything: strangers' lists of that kind in honest
pages all reached it, menus of towns and schools 0.95."""
_LONE_OFFER: Final = 0.95
_SHORT_RUN: Final = 6
_SHORT_RUN_FROM: Final = 0.9
"""Items that people see and that lead nowhere, in the page's language, and what is asked of them at least."""

_NAMED_LESS: Final = 0.25
_NAMED_FEW_LESS: Final = 0.1
_NAMED_ENTRY_MORE: Final = 0.15
_DISGUISED_MORE: Final = 0.48
_HIDDEN_LESS: Final = 0.2
_HIDDEN_PROSE_MORE: Final = 0.35
_HIDDEN_LIST_LESS: Final = 0.3
_HIDDEN_UNKNOWN_MORE: Final = 0.47
_FALLBACK_FEW_MORE: Final = 0.54
_COMMENT_UNKNOWN_MORE: Final = 0.5
_OWN_LINKS_MORE: Final = 0.15
_OWN_UNKNOWN_MORE: Final = 0.45
_OWN_SEEN_MORE: Final = 0.5
_QUOTED_MORE: Final = 0.2
_FEW_MORE: Final = 0.15
_SOME_UNKNOWN_MORE: Final = 0.45
_SEEN_UNKNOWN_MORE: Final = 0.4
_LEFT_OUT_MORE: Final = 0.53
_TOLD_UNKNOWN_MORE: Final = 0.45
_ORDERS_UNKNOWN_MORE: Final = 0.3

_HIDDEN_STRANGE_MORE: Final = 0.05
_STRANGE_AWAY_MORE: Final = 0.15
_STRANGE_TOLD_MORE: Final = 0.2
_STRANGE_MORE: Final = 0.33
_STRANGE_FEW_AWAY_MORE: Final = 0.42
_STRANGE_FEW_TOLD_MORE: Final = 0.45
_STRANGE_OWN_MORE: Final = 0.45
_STRANGE_RUNNING_MORE: Final = 0.5
"""For blocks of a script that the page hardly uses. The worst such blocks of 8,200 honest documents, judged with their
language known or left out of training: 0.83 for links to another edition of the site, 0.71 for a line of signs, 0.5 for
a link to another site."""

_REST: Final = 80
_SEPARATED: Final = re.compile(r"[|｜丨_#•☆★\n]")
_SENTENCE_REST: Final = re.compile(r"\s*[,，、;；]?[^|｜丨_#\n.。!！?？]{4,}[.。!！?？]")
_GRID: Final = 12
_HIDDEN_LIST: Final = 1_000
_ADULT: Final = "adult"
_ENTRIES: Final = frozenset({"item", "entry", "image"})
_BY_COLOUR: Final = "colour"
_LOUD_WORDS: Final = 4.0
_NAMED_STRONG: Final = NAMES.index("named_strong")
_IN_CODE: Final = NAMES.index("in_code")
_WORDS: Final = NAMES.index("word_mean")


def shown_from(scene: Scene, block: Block, limits: Thresholds, lexicon: Lexicon) -> float:
    """The probability from which on a block is a finding.

    A title or description that names what the rest of the page is about is its own, and never one. Orders in which no
    known phrase stands are what every page gives its readers ("send us yours").
    """
    case = Case(scene, block)
    if case.told and (is_own_subject(scene, block, lexicon) or is_reported(scene, block, lexicon)):
        return _NEVER
    known = case.is_known(hidden=Kind.COMMENT not in case.kinds and any(fact.hidden_by for fact in case.facts))
    # White letters on what seems to be white may stand on a ground that a style sheet in another file paints.
    seen = all(fact.hidden_by is None or (fact.hidden_by == _BY_COLOUR and not known) for fact in case.facts)
    folded = not seen and is_folded(scene, block)
    strange = not known and case.is_of_another_hand
    if not known and case.kinds == {Kind.TITLE} and _is_of_an_entry(scene, block):
        return _NEVER
    if not (seen or case.is_named_well) and (folded or is_hidden_as_usual(scene, block)):
        return _NEVER
    seen = seen or folded
    if block.category == ORDERS:
        many = strange and len(case.facts) >= MANY
        if not many and not any(hit.atom.category == ORDERS for hit in block.hits):
            return _NEVER if seen or is_for_a_field(scene, block) else limits.review + _ORDERS_UNKNOWN_MORE
        if seen and is_quoted(scene, block):
            return _NEVER
    if block.features[_IN_CODE] > HALF:
        return limits.review + _QUOTED_MORE if case.linked or not seen else _NEVER
    if not known and is_data(scene, block):
        return _NEVER
    if seen and not case.is_of_another_hand and is_priced(case.linked, scene.items_in(block.stretch)):
        return _NEVER
    if seen and _is_said_otherwise(case, lexicon):
        return _NEVER
    if len(case.linked) * 2 > len(case.facts) and all(fact.domain is None for fact in case.linked):
        return _own_links_from(case, limits.review, seen=seen, strange=strange)
    if not seen:
        return _hidden_from(case, limits.review, known=known, strange=strange)
    if not known and case.share_of_page >= HALF:
        return _NEVER  # all of the page sounds so, and no word of it is known: it is in a language that nobody taught
    if case.linked or case.carried:
        return _seen_from(case, limits.review, known=known, strange=strange)
    if not known and len(case.facts) <= FEW and not (case.is_disguised or is_abroad(scene, block)):
        return _NEVER
    if is_reported(scene, block, lexicon) or is_tabled(scene, block) or is_marked_in_a_sentence(scene, block):
        return _NEVER
    if is_refused(scene, block):
        return _NEVER
    if _names_goods(case):
        return _NEVER
    usual = _seen_from(case, limits.review, known=known, strange=strange)
    if strange or block.category == ORDERS or is_abroad(scene, block):
        return usual
    short = len(case.facts) <= _SHORT_RUN or (len(case.telling) < SOME and block.named < HALF)
    return max(usual, _SHORT_RUN_FROM) if short else usual


def _is_said_otherwise(case: Case, lexicon: Lexicon) -> bool:
    """Whether sentences that people see name such things only to quote or refuse them, or another language is told."""
    scene, block = case.scene, case.block
    if case.carried or case.is_disguised:
        return False
    if is_in_quotes(scene, block, lexicon):
        return True
    if not case.linked:
        banned = not case.is_of_another_hand and is_banned(scene, block)
        return banned or says_its_language(scene, block) or is_shown_as_code(scene, block)
    home = all(fact.domain is None for fact in case.linked)
    return home and not (case.is_of_another_hand or is_abroad(scene, block)) and declines(scene, block)


def _is_of_an_entry(scene: Scene, block: Block) -> bool:
    """Whether a title is that of an entry of a feed: each is of other things than those beside it."""
    node = scene.leaf_of(block.stretch.first).node
    return any(around.tag in _ENTRIES for around in node.ancestors())


def _own_links_from(case: Case, review: float, *, seen: bool, strange: bool) -> float:
    """Tag clouds and menus are made of links that all stay on the site, and owners joke in tags."""
    scene, block = case.scene, case.block
    if len(case.facts) <= SOME and not (case.is_named_well or strange or case.carried):
        return _NEVER  # a few entries of the site's own menu
    # Nobody writes his menu in sentences or in letters that are none.
    put_in = case.is_of_another_hand or case.is_disguised or case.has_sentences or is_abroad(scene, block)
    menu = is_of_a_menu(scene, block) or is_a_dropdown(scene, block)
    if not put_in and (menu or answers_a_form(scene, block) or opens(scene, block)):
        return _NEVER
    if seen and not case.is_of_another_hand and is_entry(scene, block):
        return _NEVER
    # A menu of two dozen towns and two things sold in each names these two over and over.
    plain = case.block.named >= HALF and len(case.strong) >= (FEW if len(case.facts) >= _GRID else SEVERAL)
    more = _OWN_LINKS_MORE if plain else _OWN_UNKNOWN_MORE
    if seen and not plain and not case.told:
        more = _OWN_SEEN_MORE
    return review + (min(more, _STRANGE_OWN_MORE) if strange and len(case.facts) >= MANY else more)


def _hidden_from(case: Case, review: float, *, known: bool, strange: bool) -> float:
    """The probability asked of what people do not see."""
    scene, block = case.scene, case.block
    if is_marked_in_a_sentence(scene, block) or (not case.linked and is_refused(scene, block)):
        return _NEVER
    if not case.strong and (is_rest_of_a_list(scene, block) or is_another_edition(scene, block)):
        return _NEVER
    if not case.linked and (is_for_a_field(scene, block) or is_tabled(scene, block)):
        return _NEVER
    usual = review + _hidden_more(case, known=known, strange=strange)
    menu = usual <= block.probability and not strange and is_menu_elsewhere(scene, block)
    return max(usual, _MENU_ELSEWHERE) if menu else usual


def _hidden_more(case: Case, *, known: bool, strange: bool) -> float:
    """How much more is asked for what people do not see.

    Honest text is seldom hidden and looks like spam as well; a thousand bare phrases without a sentence never.
    """
    few = len(case.facts) <= FEW
    if known and few and len(case.telling) < SEVERAL and is_running_text(case.scene, case.block):
        return _HIDDEN_PROSE_MORE  # sentences name such things for all kinds of reasons
    more = _hidden_so_more(case, known=known and (bool(case.linked) or case.is_named_well))
    if strange and Kind.COMMENT not in case.kinds:
        more = min(more, _HIDDEN_STRANGE_MORE)
    if case.block.named >= THIRD:
        more = min(more, -_NAMED_FEW_LESS if few else -_NAMED_LESS)
    return more


def _hidden_so_more(case: Case, *, known: bool) -> float:
    facts = case.facts
    if sum(fact.hidden_by is not None and fact.hidden_by not in FALLBACKS for fact in facts) * 2 <= len(facts):
        return 0.0 if known else _FALLBACK_FEW_MORE if len(facts) <= FEW else _HIDDEN_UNKNOWN_MORE
    if len(facts) >= _HIDDEN_LIST and not (case.linked or case.has_sentences):
        return -_HIDDEN_LIST_LESS
    if known:
        return -_HIDDEN_LESS
    return _COMMENT_UNKNOWN_MORE if Kind.COMMENT in case.kinds else _HIDDEN_UNKNOWN_MORE


def _seen_from(case: Case, review: float, *, known: bool, strange: bool) -> float:
    """The probability asked of what people see or read in titles: a menu or an advertisement may be an item or two."""
    scene, block, facts, linked = case.scene, case.block, case.facts, case.linked
    if is_advertised(scene, block, linked):
        return _NEVER
    if not (strange or case.carried or case.is_disguised or case.telling) and is_noise(scene, block):
        return _NEVER
    if linked and not case.strong and is_another_edition(scene, block):
        return _NEVER
    if not strange and linked and is_of_sister_sites(scene, block):
        return _NEVER
    if not known and case.kinds == {Kind.ATTRIBUTE} and len(facts) <= SOME:
        return _HARDLY_EVER
    few, several = len(facts) <= FEW, len(case.telling) >= FEW
    plain = bool(block.features[_NAMED_STRONG] >= HALF)
    away = all(fact.domain is not None for fact in facts)
    running = not linked and is_running_text(scene, block)
    if is_entry(scene, block):
        # Words behind a link are the rest of the sentence that it was put in.
        leads = bool(linked) and all(fact.domain is not None for fact in linked)
        return review + _NAMED_ENTRY_MORE if plain and leads else _NEVER
    if few and running and not case.carried and block.category in OFFERED:
        return _LONE_OFFER if known else _HARDLY_EVER
    if _names_in_passing(case, strange=strange):
        return _NEVER
    if block.named >= THIRD and (not few or several or (plain and linked)):
        return review - (_NAMED_FEW_LESS if few else _NAMED_LESS)
    if linked and block.named >= HALF and away and is_abroad(scene, block):
        return review + _NAMED_ENTRY_MORE
    if running and not known:
        if case.told and block.named >= HALF:
            return review + _TOLD_UNKNOWN_MORE
        if case.is_disguised:
            return review + _DISGUISED_MORE
        return review + _STRANGE_RUNNING_MORE if strange else _HARDLY_EVER
    if not (known or strange) and _is_a_tale(case):
        return _HARDLY_EVER
    alone = few and not linked and not several and not case.is_phrase
    usual = _by_number(case, review, known=known and not alone)
    return min(usual, review + _strange_more(case)) if strange else usual


def _is_a_tale(case: Case) -> bool:
    """Whether sentences that people see and that lead nowhere name no such thing: as in novels."""
    if case.linked or case.carried or case.telling or case.is_disguised or not case.has_sentences:
        return False
    return is_sentence(case.scene, case.block)


def _names_in_passing(case: Case, *, strange: bool) -> bool:
    """Whether a sentence or two that lead nowhere name one such thing."""
    if strange or case.linked or case.carried or len(case.telling) >= FEW or len(case.facts) > SOME:
        return False
    block = case.block
    return not case.is_disguised and block.category != ORDERS and is_sentence(case.scene, block)


def _names_goods(case: Case) -> bool:
    """Whether sentences say such things only in words that mean others too: wares at a fair, films of a country."""
    if case.strong or not case.telling or case.is_disguised or case.block.category != _ADULT:
        return False
    return _goes_on(case) or (case.has_sentences and is_sentence(case.scene, case.block))


def _goes_on(case: Case) -> bool:
    """Whether a block without a separator of its own stands inside a sentence that goes on behind it."""
    items = case.scene.items_in(case.block.stretch)
    if len({item.leaf for item in items}) > 1:
        return False
    text = case.scene.leaves[items[0].leaf].readable.text
    own, rest = text[items[0].start : items[-1].end], text[items[-1].end : items[-1].end + _REST]
    return _SEPARATED.search(own) is None and _SENTENCE_REST.match(rest) is not None


def _by_number(case: Case, review: float, *, known: bool) -> float:
    few = len(case.facts) <= FEW
    if known:
        return review + (_FEW_MORE if few else 0.0)
    if case.told:
        return review + _TOLD_UNKNOWN_MORE
    if few:
        return _HARDLY_EVER
    if Kind.COMMENT in case.kinds:
        return review + _LEFT_OUT_MORE  # owners leave whole lists of partners out in that way
    quiet = len(case.facts) <= SOME and case.block.features[_WORDS] < _LOUD_WORDS
    return review + (_SOME_UNKNOWN_MORE if quiet else _SEEN_UNKNOWN_MORE)


def _strange_more(case: Case) -> float:
    """How much more is asked for a block of another hand: the least where its links lead to other sites."""
    if sum(fact.domain is not None for fact in case.facts) * 2 > len(case.facts):
        if len(case.facts) > FEW:
            return _STRANGE_AWAY_MORE
        # An article elsewhere is linked by its headline, what is sold by two or three words.
        return _NEVER if is_running_text(case.scene, case.block) else _STRANGE_FEW_AWAY_MORE
    if len(case.facts) >= MANY:
        return _STRANGE_TOLD_MORE if case.told else _STRANGE_MORE
    return _STRANGE_FEW_TOLD_MORE if case.told else _NEVER
