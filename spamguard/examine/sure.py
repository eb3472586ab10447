"""Whether a block is cut without asking. Honest pages look like spam in ways that only their owners can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.brought import was_brought
from spamguard.examine.case import FEW, HALF, SEVERAL, SOME, Case, hidden_by
from spamguard.examine.describe import ITEM_NAMES, NAMES
from spamguard.examine.excuses import is_entry, is_sponsored
from spamguard.examine.furniture import is_a_component, is_folded, opens
from spamguard.examine.items import Bound
from spamguard.examine.linklists import leads_to_networks
from spamguard.examine.posts import is_a_post_among_others
from spamguard.examine.reports import reports
from spamguard.examine.tree import FALLBACKS
from spamguard.examine.wording import A_WORD, is_abroad, is_running_text, operators_among, places_of
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import Kind
from spamguard.text.smallwords import has_particles
from spamguard.text.writing import ends_sentence

if TYPE_CHECKING:
    from spamguard.examine.blocks import Stretch
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.model.weights import Thresholds
    from spamguard.page.outline import Node

NOT_PROBABLE: Final = "it is not probable enough"
_VERY_SURE: Final = 0.97
_QUITE_SURE, _HARDLY_ANY, _LIST = 0.985, 0.2, 5
"""What is asked of hidden links among the items of which hardly any sounds like what is sold, and how many that are:
of 1,365 blocks of spam that are cut unasked three are such."""
_HIDDEN_LINKS: Final = 0.98
"""What is asked of hidden links to other sites: of 1,853 honest pages none had one or two that looked like spam at 0.8;
of look-alikes made to be mistaken one reached 0.97."""
_LINKS: Final = "links"
_OFFERS: Final = 24
"""Items of an offer of links: who sells them in earnest has not so many kinds of them."""
_ALIKE: Final = 0.1
_SHARED: Final = 0.05
"""Share of the letter groups of hidden words that the page has too: of words without a link, and without a keyword."""
_LINE: Final = 6
_OWN: Final = -1.0
"""Log-odds under which the rest of a sentence is the page's own."""
_MENU: Final = 8
_LONG_ROW: Final = 12
_NAMES: Final = 4
_NEAR: Final = 20
"""Items around one of a meta tag."""
_EACH: Final = 0.75
_ROW_OF_NAMES: Final = 0.99
_REFERENCES: Final = 2
"""How often as many bytes as in UTF-8 a text is written in."""
_MIXED: Final = re.compile(r"\b(?=\w*[a-z])(?=\w*[а-яё])[a-zà-ɏа-яё]+\b", re.IGNORECASE)
_FORUM_CODE: Final = re.compile(r"\[(?:url|link)=\s*[\"']?https?:", re.IGNORECASE)
_DEBRIS: Final = re.compile(r"""[a-z-]{2,12}\s?=\s?(?:"[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE)
"""An attribute that lost its tag: no words of anybody."""
_CONTACT: Final = re.compile(
    r"(?:\d[\s().-]{0,3}){7,}|@\w{4,}|(?<![\w.])[a-z0-9-]{2,40}\.(?:com|net|org|cc|vip|top|xyz|site|online|[a-z]{2})(?![\w.])"
    r"|[微威薇V]\s?[信❤x]|whats ?app|telegram|viber|zalo|kakao|[①②③④⑤⑥⑦⑧⑨⓪０-９]{4,}",
    re.IGNORECASE,
)
_GAMBLING: Final = "gambling"
_SEVERAL_NAMES, _NEARLY_ALL = 5, 0.8
_IN_LINE: Final = frozenset({"b", "big", "em", "font", "i", "s", "small", "span", "strong", "u"})
_AFTER_END: Final = NAMES.index("after_end")
_NAMED, _WORD_MEAN = ITEM_NAMES.index("named"), ITEM_NAMES.index("word_mean")
_PLAIN_WORDS: Final = 1.5
"""Log-odds of words under which a text is none of spam."""
_TORN: Final = frozenset({Bound.SEPARATOR, Bound.SPACE})
_BOX_FOREIGN: Final = NAMES.index("box_foreign")


def doubt_about(scene: Scene, block: Block, limits: Thresholds) -> str | None:
    """Why a block is not cut without asking, None when it is: less is asked for where nobody would see it go.

    More is asked for where no keyword is known. One or two items that people see are not cut unasked on the word of one
    keyword, unless they stand by themselves: what is left of the sentence around them would read oddly.
    """
    case = Case(scene, block)
    hidden = hidden_by(scene, block) is not None and not is_folded(scene, block)
    few, probable = len(case.facts) <= FEW, block.probability
    if hidden and probable >= _VERY_SURE and _names_operators(case):
        return None
    if (excuse := _excuse_of(case, limits, hidden=hidden)) is not None:
        return excuse
    if few and not (hidden or case.linked or case.carried) and is_running_text(scene, block):
        return _unless(probable >= _VERY_SURE and _is_named(case), "one or two sentences may be the page's own")
    if _is_named(case):
        plain = hidden or len(case.strong) >= FEW
        return _less_than(limits.review if plain else (limits.review + limits.safe) / 2, block)
    if Kind.COMMENT in case.kinds and not case.is_known():
        return "no keyword in it is known: it may be a note, or links that were taken out"
    if Kind.ATTRIBUTE in case.kinds:
        return _less_than(_VERY_SURE, block)
    if not case.is_known(hidden=hidden):
        return _unless(_tells_unnamed(case, limits, hidden=hidden), "too few keywords in it are known")
    if hidden:
        sure = case.names_strongly and _hide_themselves(case)
        return _less_than(limits.review if sure else (limits.review + limits.safe) / 2, block)
    if few and len(case.telling) < FEW and case.kinds == {Kind.TEXT}:
        alone = case.is_phrase and probable >= _VERY_SURE and _stands_by_itself(scene, block)
        return _unless(alone, "one keyword is all that tells, and people see what is left of the line")
    return _less_than(limits.safe, block) or _unless(not is_entry(scene, block), "it may be an entry of a menu")


def _less_than(least: float, block: Block) -> str | None:
    return _unless(block.probability >= least, NOT_PROBABLE)


def _unless(sure: bool, doubt: str) -> str | None:
    return None if sure else doubt


def _tells_unnamed(case: Case, limits: Thresholds, *, hidden: bool) -> bool:
    """Whether a block that names nothing known is probable enough, by what hides it, where it leads and its letters."""
    probable = case.block.probability
    if hidden and all(fact.domain is not None for fact in case.facts):
        return probable >= (limits.safe if all(map(_is_hidden_in_line, case.facts)) else _HIDDEN_LINKS)
    away = any(fact.domain is not None and fact.hidden_by not in FALLBACKS for fact in case.facts)
    leads = hidden and probable >= _HIDDEN_LINKS and away
    if hidden and away and len(case.facts) > FEW and was_brought(case.facts):
        return probable >= limits.safe
    if hidden and not (case.carried or leads) and case.elsewhere > _SHARED and len(case.facts) < _LONG_ROW:
        return False
    if hidden and case.is_of_another_hand and len(case.facts) >= FEW:
        return probable >= _HIDDEN_LINKS
    seen_links = bool(case.linked) and not (hidden or case.carried)
    if case.is_of_another_hand and len(case.facts) > SOME and (seen_links or case.is_disguised):
        # Of 8,200 honest documents none had such a block that reached 0.84 (patience.py).
        return probable >= limits.safe
    if case.linked and len(case.facts) > FEW and (_mixes_alphabets(case) or _is_in_forum_code(case)):
        return probable >= limits.safe
    if case.is_of_another_hand and (case.telling or len(case.facts) > FEW) and (case.linked or case.told):
        return probable >= _VERY_SURE
    return probable >= _VERY_SURE and len(case.facts) > (SOME if seen_links else FEW)


def _names_operators(case: Case) -> bool:
    """Whether nearly all words of a block that sounds like gambling are shaped as the names of its operators are."""
    named, words = operators_among(item.text for item in case.scene.items_in(case.block.stretch))
    enough = len(words) >= _SEVERAL_NAMES and len(named) >= _NEARLY_ALL * len(words)
    return case.block.category == _GAMBLING and enough


def _excuse_of(case: Case, limits: Thresholds, *, hidden: bool) -> str | None:
    """What honest pages have that a block is like, however probable it is that it is spam."""
    scene, block = case.scene, case.block
    few = len(case.facts) <= FEW
    seen = not (hidden or case.carried)
    alone = seen and not (case.linked or case.shows_links)
    if _may_have_swallowed(case):
        return "an element in it was never closed, and its last words may be the page's own"
    if (alone or case.told) and block.category == _LINKS and len(case.facts) < _OFFERS:
        return "what it sells may be the site's own trade"
    if alone and block.probability < _alone_from(case, limits):
        return "people see it, it leads nowhere, and it is not probable enough for that"
    if alone and _tears_a_sentence(scene, block):
        return "a sentence of the page goes on beside it"
    if alone and not _was_put_in(case):
        return "people see it, it leads nowhere, and only its words tell that somebody else put it there"
    if alone and _says_its_language(scene, block):
        return "the page says that it is in a language of its own, as notices for guests are"
    if case.kinds == {Kind.ATTRIBUTE} and few and len(case.strong) < FEW:
        return "it may be the label of a picture, a button or a field"
    foreign = _is_foreign(case)
    doubtful = block.probability < _VERY_SURE and not (foreign or _is_in_references(scene, block))
    if doubtful and _is_one_of_its_keywords(case):
        return "it is one word in a list of keywords that are the page's own"
    listed = len(case.facts) >= _LONG_ROW or (len(case.facts) >= _MENU and block.named >= HALF)
    home = bool(case.linked) and not any(fact.domain for fact in case.linked)
    whispered = hidden and case.elsewhere <= _SHARED  # a menu that is hidden at times says what the page says
    named_abroad = whispered and (len(case.telling) >= FEW or case.is_phrase)
    one_is_enough = bool(case.telling) and (hidden or case.is_phrase)
    named_abroad = named_abroad or (foreign and (len(case.telling) >= FEW or one_is_enough))
    # No entry of a menu is called by several phrases at once.
    stuffed = len({id(fact.anchor) for fact in case.facts}) == 1 and len(case.facts) >= SEVERAL and case.is_named_well
    if home and not (named_abroad or case.carried or listed or stuffed or is_a_post_among_others(case)):
        return "all its links lead to the site itself: it may be the site's own menu"
    said = (alone or (seen and home)) and _is_one_grown_text(case)
    if said and not (_is_told_how_to_get(case) or is_a_post_among_others(case)):
        return "people read whole sentences there, which lead to no other site"
    if hidden and not case.telling and opens(scene, block):
        return "no keyword in it is known, and it may come into sight when people scroll"
    if not case.telling and leads_to_networks(case.linked):
        return "no keyword in it is known, and it leads to networks where everybody is"
    if hidden and not case.telling and all(map(is_a_component, case.facts)):
        return "no keyword in it is known, and a script of the site may show it"
    phrases = block.named >= HALF and case.is_phrase and len(case.telling) >= FEW
    unnamed = len(case.strong) < FEW and len(case.telling) < SEVERAL and not phrases
    short = len(case.facts) <= (SOME if whispered else _LINE)
    if hidden and not (foreign or case.linked or case.carried) and unnamed and short:
        return "it may be a line for those who cannot see the page, or for the list of a mailbox"
    if not (case.linked or case.is_named_well) and case.elsewhere > _ALIKE and len(case.facts) < _LONG_ROW:
        return "it has no link and no telling keyword, and its words stand elsewhere on the page too"
    others = float(np.expm1(block.features[_BOX_FOREIGN])) - len(case.facts)
    sold_abroad = foreign and block.named >= HALF and len(case.telling) >= FEW
    if seen and case.linked and few and others > HALF and not sold_abroad:
        return "it stands among other links to other sites: the owner may have sold them all"
    if seen and is_sponsored(case.linked) and not foreign:
        return "its links say that they were paid for: the owner may have sold them"
    if seen and any(map(reports, _told_by(case))):
        return "it may be a report on such things"
    if hidden and not foreign and block.probability < _QUITE_SURE and _is_quiet_list(case):
        return "hardly any of its words sounds like what is sold: it may be a list of the owner's other sites"
    if hidden and few and all(map(_is_hidden_in_line, case.facts)):
        return None
    unsure = hidden and few and not case.names_strongly and block.probability < _VERY_SURE
    return _unless(not unsure, "it is short, names nothing that only spam names, and is not probable enough")


def _is_one_grown_text(case: Case) -> bool:
    """Whether a block is of one Chinese text, and at most one link in it, that small words hold together."""
    items = case.scene.items_in(case.block.stretch)
    return len({item.leaf for item in items}) <= FEW and has_particles(" ".join(item.text for item in items))


def _is_told_how_to_get(case: Case) -> bool:
    """Whether a block says how to get in touch with who sells, or names a site: a number, a name, a host."""
    text = " ".join(item.text for item in case.scene.items_in(case.block.stretch))
    return _CONTACT.search(text) is not None


def _is_quiet_list(case: Case) -> bool:
    """Whether of several items, most of them links, hardly any sounds like what is sold by its own words."""
    rows = case.scene.table[case.block.stretch.first : case.block.stretch.last]
    loud = (rows[:, _WORD_MEAN] > 0) | (rows[:, _NAMED] > 0)
    listed = len(rows) >= _LIST and len(case.linked) * 2 > len(rows)
    return listed and float(loud.mean()) <= _HARDLY_ANY


def _is_one_of_its_keywords(case: Case) -> bool:
    """Whether a block is one word of a meta tag that has several others, none of which sounds like what is sold.

    Whoever puts keywords into a list of a page puts in more than one.
    """
    scene, stretch = case.scene, case.block.stretch
    if case.kinds != {Kind.META} or stretch.last - stretch.first != 1:
        return False
    leaf = scene.items[stretch.first].leaf
    near = range(max(stretch.first - _NEAR, 0), min(stretch.last + _NEAR, len(scene.items)))
    beside = [index for index in near if index != stretch.first and scene.items[index].leaf == leaf]
    quiet = all(
        scene.table[index, _WORD_MEAN] < _PLAIN_WORDS and not scene.table[index, _NAMED] > 0 for index in beside
    )
    return len(beside) >= _NAMES and quiet


def _may_have_swallowed(case: Case) -> bool:
    """Whether a block ends in plain words, in an element that hides it and that nobody closed.

    They may be the page's.
    """
    scene, first, last = case.scene, case.block.stretch.first, case.block.stretch.last
    end = scene.leaf_of(last - 1).node.start
    hiders = [scene.facts_of(index).hider for index in (first, last - 1)]
    if not any(hider and not hider.closed and hider.tag != "a" and end < hider.end for hider in hiders):
        return False
    return any(_is_plain(scene, index) for index in range(max(first, last - _NAMES), last))


def _is_plain(scene: Scene, index: int) -> bool:
    """Whether an item is of words that sell nothing, without a link or in one that nobody closed."""
    item = scene.items[index]
    anchor = scene.facts[item.leaf].anchor
    if (anchor is not None and anchor.closed) or scene.table[index, _NAMED] > 0:
        return False
    said = _DEBRIS.sub("", item.text)
    return len(A_WORD.findall(said)) > FEW and float(scene.table[index, _WORD_MEAN]) < _PLAIN_WORDS


def _told_by(case: Case) -> list[str]:
    """What may report on the things that a block names; nobody does in one script of what is said in another.

    What links to other sites are called is left out where it is a keyword: "illegal" may be how it is sold.
    """
    texts = places_of(case.scene, case.block)
    if case.is_of_another_hand:
        texts = ["\n".join(item.text for item in case.scene.items_in(case.block.stretch))]
    if not any(map(reports, texts)) or not all(fact.domain is not None for fact in case.facts):
        return texts
    names = sorted({hit.atom.text for hit in case.block.hits}, key=len, reverse=True)
    named = re.compile("|".join(map(re.escape, names)) or r"(?!)", re.IGNORECASE)
    around = [] if case.is_of_another_hand else _said_around(case.scene, case.block.stretch)
    return [*(named.sub(" ", text) for text in texts), *around]


def _said_around(scene: Scene, stretch: Stretch) -> list[str]:
    """The texts that a row of links stands between on its line."""
    ends = ((stretch.first, stretch.first - 1), (stretch.last, stretch.last))
    on_line = (beside for at, beside in ends if 0 < at < len(scene.items) and scene.items[at].bound is not Bound.BLOCK)
    return [scene.leaf_of(beside).readable.text for beside in on_line]


def _hide_themselves(case: Case) -> bool:
    """Whether a block is of links to several other sites of which each hides itself by its own style."""
    alone = all(fact.anchor is not None and fact.anchor is fact.hider and fact.domain for fact in case.facts)
    return alone and len({fact.domain for fact in case.facts}) >= FEW


def _is_hidden_in_line(fact: Facts) -> bool:
    """Whether a link to another site is all that an element without a name hides in the middle of a line.

    What shows it again would have to know it by a name, and what is meant for machines leads home.
    """
    hider = fact.hider
    if hider is None or fact.domain is None or hider.tag not in _IN_LINE or {"class", "id"} & hider.attributes.keys():
        return False
    said = [child for child in hider.children if child.kind is not NodeKind.TEXT or child.end - child.start > 1]
    return len(said) == 1 and fact.anchor in {said[0], hider}


def _says_its_language(scene: Scene, block: Block) -> bool:
    """Whether an element around a block says that it is in a language of its own, as nobody does who breaks in."""
    node = scene.leaf_of(block.stretch.first).node
    return any(around.tag not in {"html", "body"} and around.attribute("lang") for around in node.ancestors())


def _alone_from(case: Case, limits: Thresholds) -> float:
    """The probability asked of words that people see and that lead nowhere.

    Less is asked of what names such things in a script that the page hardly uses, and of a row of which nearly each
    item does.
    """
    row = case.block.named >= _EACH and len(case.facts) >= _MENU and len(case.strong) >= _NAMES
    if row and not case.has_sentences:
        return limits.review
    return limits.safe if case.is_of_another_hand and (case.telling or case.is_disguised) else _VERY_SURE


def _was_put_in(case: Case) -> bool:
    """Whether something else than its words tells that a text did not grow with the page.

    It is of another language or in costume, it stands where no text of a page stands, or it is a row of names.
    """
    scene, block = case.scene, case.block
    if _is_foreign(case) or case.is_disguised or _is_in_references(scene, block):
        return True
    if block.features[_AFTER_END] > 0 or _stands_outside(scene, block):
        return True
    named = len(case.telling) >= _NAMES and block.named >= HALF and not case.has_sentences
    return named and (block.probability >= _ROW_OF_NAMES or len(case.facts) >= _LONG_ROW)


def _is_foreign(case: Case) -> bool:
    """Whether a block is in letters, or its keywords in a language, that the page is not in."""
    several = len(case.telling) >= FEW or case.is_phrase
    return case.is_of_another_hand or (several and is_abroad(case.scene, case.block))


def _is_in_references(scene: Scene, block: Block) -> bool:
    """Whether letters are written as character references, once or twice: few honest tools have a reason to."""
    written = size = 0
    for item in scene.items_in(block.stretch):
        offsets = scene.leaves[item.leaf].readable.offsets
        written += int(offsets[item.end]) - int(offsets[item.start])
        size += len(item.text.encode())
    return written >= _REFERENCES * size


def _mixes_alphabets(case: Case) -> bool:
    """Whether words are written in two alphabets at once, so that a search for them fails: one may be a slip."""
    text = " ".join(item.text for item in case.scene.items_in(case.block.stretch))
    return bool(case.telling) and sum(1 for _ in _MIXED.finditer(text)) >= FEW


def _is_in_forum_code(case: Case) -> bool:
    """Whether a link stands in the code of forums that the page does not read: a machine tried all codes at once."""
    return any(_FORUM_CODE.search(place) for place in places_of(case.scene, case.block))


def _stands_outside(scene: Scene, block: Block) -> bool:
    """Whether a block stands in the body itself, behind the page's foot or before its head."""
    first = scene.leaf_of(block.stretch.first).node
    top = next(
        (node for node in (first, *first.ancestors()) if node.parent is None or node.parent.tag == "body"), first
    )
    body = top.parent
    if body is None or body.tag != "body":
        return True
    beside = [child for child in body.children if child.kind is NodeKind.ELEMENT]
    behind = [child for child in beside if child.end <= top.start]
    before = [child for child in beside if child.start >= top.end]
    return any(map(_is_foot, behind)) or (not behind and any(map(_is_head, before)))


def _is_foot(node: Node) -> bool:
    return node.tag == "footer" or "foot" in f"{node.attribute('class')} {node.attribute('id')}".lower()


def _is_head(node: Node) -> bool:
    return node.tag in {"header", "nav"} or "head" in f"{node.attribute('class')} {node.attribute('id')}".lower()


def _tears_a_sentence(scene: Scene, block: Block) -> bool:
    """Whether a sentence of the page's own goes on before or behind a block."""
    items, first, last = scene.items, block.stretch.first, block.stretch.last
    # What is beside each end, and the item whose bound parts the two.
    ends = [(beside, at) for beside, at in ((first - 1, first), (last, last)) if 0 <= beside < len(items)]
    return any(
        items[at - 1].leaf == items[at].leaf and items[at].bound in _TORN and bool(scene.scores[beside] < _OWN)
        for beside, at in ends
    )


def _stands_by_itself(scene: Scene, block: Block) -> bool:
    """Whether no sentence goes on before or behind a block: one that begins with a link is parted by a full stop."""
    ends = [i for i in (block.stretch.first, block.stretch.last) if i < len(scene.items)]
    torn = (i for i in ends if scene.items[i].bound in {Bound.INLINE, Bound.SPACE})
    return all(i > 0 and ends_sentence(scene.items[i - 1].text) for i in torn)


def _is_named(case: Case) -> bool:
    """Whether keywords that say much name what most of a block is, and it is no single sentence that people see."""
    if case.block.named < HALF:
        return False
    several = len(case.facts) > FEW or len(case.telling) >= FEW
    hidden = any(fact.hidden_by is not None for fact in case.facts)
    if not (case.told or several or hidden):
        return False
    return not is_entry(case.scene, case.block) or case.is_of_another_hand or _is_in_references(case.scene, case.block)
