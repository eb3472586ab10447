"""What belongs to a block though its words do not tell: the rest of a comment or a table row, a heading, a lead-in.

Without them a cut would leave a greeting without its link, a name without its entry, a heading over nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.comments import is_comment
from spamguard.examine.company import Company
from spamguard.examine.costumes import Costumes
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.hiddenlinks import with_hidden_links, with_last_links
from spamguard.examine.hosts import host_of
from spamguard.examine.items import Bound
from spamguard.examine.openers import LISTS, Openers
from spamguard.examine.runs import Runs
from spamguard.page.patterns import pattern
from spamguard.page.tokens import Kind
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

_COMMENT_TAGS: Final = frozenset({"div", "li", "article", "section"})
_LONGEST_COMMENT: Final = 3_000
_LONGEST_LEAD: Final = 60
_COLONS: Final = (":", "：")
_LAYER: Final = re.compile(r"position\s*:\s*fixed", re.IGNORECASE)
_LAYER_PARTS: Final = 2
"""A layer over the page has a title and a close button beside what it is there for."""
_CREDIT: Final = pattern(
    r"(?:(?:&|and|und|et|y|e|[|·•-])\s)?(?:(?:web|site|page|blog|theme|template|hosting|proudly|kindly)[\s-]?){0,3}"
    r"(?:(?:powered|designed|design|developed|created|made|built|hosted|theme|site|coded|sponsored|supported|provided|"
    r"presented)\s(?:by|©)|(?:unterstützt|gesponsert|erstellt|gestaltet) von|(?:propulsé|créé|réalisé|conçu) par|"
    r"(?:desarrollado|diseñado|creado|patrocinado|desenvolvido|criado) por)\s?:?"
    r"|(?:©\s?)?(?:\d{4}\s)?(?:web|site|page)?[\s-]?"
    r"(?:design|ontwerp|diseño|gestaltung|tasarım[ıi]?|dizajn|дизайн|projekt|conception|realizzazione|設計|设计|制作)"
    r"(?:\s(?:&|\+|and|und|en|et|y|e|ve|i|и)\s\w{3,14})?(?:\s©(?:\s\d{4})?)?\s?:?",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{1,5}[县縣区區市盟州旗镇鎮]|[\u4e00-\u9fff]{2,3}")
_PLACE_SUFFIX: Final = re.compile(r"[\u4e00-\u9fff]{1,5}[县縣区區市盟州旗镇鎮]")
_MANY_PLACES: Final = 12
_PLACE_SHARE: Final = 0.8
_SUFFIX_SHARE: Final = 0.6
_SPAM: Final = -1.0
_ANY: Final = -4.0
"""Log-odds of a lead: of one that could lead elsewhere too, and of one that could not."""
_SURELY_OWN: Final = -5.0
_OTHER_WORDS: Final = -2.0
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_OWN_SENTENCE: Final = 40
"""Log-odds under which words in a comment are honest whatever stands beside them, and characters from which on they
are more than a name and a date."""
_CALL: Final = 5
"""Digits of a number that people call or write to."""
_RAW_LINK: Final = re.compile(r"<a\s[^<>]{0,60}href|\[url[=\]]|\[link[=\]]", re.IGNORECASE)


class Kin:
    """Finds the kin of a page's stretches."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._company = Company(scene)
        self._costumes = Costumes(scene)
        self._runs = Runs(scene)
        self._openers = Openers(scene)
        self._grids: dict[int, bool] = {}

    def with_kin(self, stretch: Stretch) -> Stretch:
        """A stretch with what came along with it."""
        for rule in (
            self._comment,
            self._openers.row,
            self._raw_rows,
            self._grid,
            self._layer,
            self._hidden_links,
            self._runs.with_run,
            self._runs.with_phrases,
            self._count,
            self._company.with_company,
            self._lead,
            self._credit,
            self._contact,
            self._openers.speaker,
            self._openers.heading,
            self._title,
            self._word,
            self._letters,
            self._costumes.with_rest,
        ):
            stretch = rule(stretch)
        return stretch

    def with_openers(self, stretch: Stretch) -> Stretch:
        """A stretch with what opens it, in the letters of the page too, once the page's own lines have left it."""
        sourced = self._source(stretch)
        opened = self._openers.heading(sourced) if sourced != stretch else stretch
        return self._openers.with_own(self._rest_of_comment(with_last_links(self._scene, opened)))

    def fills_a_list(self, stretch: Stretch) -> bool:
        """Whether a stretch is all that stands in a list or a table."""
        around = self._scene.around(stretch.first)
        return any(node.tag in LISTS and self._scene.inside(node) == stretch for node in around)

    def _comment(self, stretch: Stretch) -> Stretch:
        """The whole of a visitor's comment: its author is a link, and the rest of it praises the page.

        No visitor hides what he writes: of a comment in which a box is hidden only the box goes.
        """
        hider = self._scene.facts_of(stretch.first).hider
        for node in self._scene.around(stretch.first):
            if node is hider and node.tag != "a":
                break
            if node.tag in _COMMENT_TAGS and is_comment(node):
                whole = self._scene.inside(node)
                inside = any(is_comment(other) for other in node.walk() if other is not node and other.attributes)
                long = self._scene.size_of(whole) > _LONGEST_COMMENT
                if whole.last >= stretch.last and not inside and not long and not self._says_own(whole, stretch):
                    return whole
                break
        return stretch

    def _rest_of_comment(self, stretch: Stretch) -> Stretch:
        """The name over a comment of which a block is all but that: a line of the page before it has hidden it."""
        whole = self._comment(stretch)
        if whole.last != stretch.last or whole.first != stretch.first - 1:
            return stretch
        return whole if len(self._scene.items[whole.first].text) <= _LONGEST_LEAD else stretch

    def _says_own(self, whole: Stretch, stretch: Stretch) -> bool:
        """Whether in a comment, beside the block, stands what surely is none: the spam was put into an honest one."""
        scene = self._scene
        size = 0
        author = next((fact for fact in scene.facts_in(whole) if fact.anchor is not None), None)
        # An author whose name leads to the site is a member of it. Beside spam that was put in, what he says looks bad.
        honest = author is not None and author.domain is None
        for index in (*range(whole.first, stretch.first), *range(stretch.last, whole.last)):
            item = scene.items[index]
            if scene.leaves[item.leaf].kind is not Kind.TEXT or scene.facts[item.leaf].anchor is not None:
                continue
            own = scene.scores[index] < _SURELY_OWN
            if own or (honest and scene.scores[index] < 0 and scene.table[index, _WORD_MEAN] < _OTHER_WORDS):
                size += item.end - item.start
        return size >= _OWN_SENTENCE

    def _raw_rows(self, stretch: Stretch) -> Stretch:
        """The rows beside the block's own that show a link as it is written: machines fill forms so."""
        row = next((node for node in self._scene.around(stretch.first) if node.tag == "tr"), None)
        if row is None or row.parent is None:
            return stretch
        rows = [child for child in row.parent.children if child.tag == "tr"]
        at = next(index for index, child in enumerate(rows) if child is row)
        before, after = [], []
        for index in range(at - 1, -1, -1):
            if not self._is_raw(rows[index]):
                break
            before.append(rows[index])
        for other in rows[at + 1 :]:
            if self._scene.inside(other).last > stretch.last and not self._is_raw(other):
                break
            after.append(other)
        if not any(self._is_raw(other) for other in (*before, *after)):
            return stretch
        whole = self._scene.inside(row)
        entries = (self._openers.is_entry(index, row) for index in range(whole.first, stretch.first))
        first = whole.first if all(entries) else stretch.first
        first = self._scene.inside(before[-1]).first if before else first
        last = max(stretch.last, whole.last if not after else self._scene.inside(after[-1]).last)
        return Stretch(first, last)

    def _is_raw(self, row: Node) -> bool:
        leaves = {item.leaf for item in self._scene.items_in(self._scene.inside(row))}
        return any(_RAW_LINK.search(self._scene.leaves[leaf].readable.text) is not None for leaf in leaves)

    def _word(self, stretch: Stretch) -> Stretch:
        """The rest of the words that empty elements or comments have cut in two."""
        first, last = stretch.first, stretch.last
        while first > 0 and self._scene.items[first - 1].goes_on:
            first -= 1
        while last < len(self._scene.items) and self._scene.items[last - 1].goes_on:
            last += 1
        return Stretch(first, last)

    def _letters(self, stretch: Stretch) -> Stretch:
        """The rest of a word whose letters a mark parts one from the other."""
        first, last = stretch.first, stretch.last
        while first > 0 and self._is_letter(first - 1, first):
            first -= 1
        while last < len(self._scene.items) and self._is_letter(last, last):
            last += 1
        return Stretch(first, last)

    def _is_letter(self, index: int, bound: int) -> bool:
        """Whether an item is a single letter with only a mark between it and the one beside it."""
        one, other = self._scene.items[bound - 1], self._scene.items[bound]
        alone = self._scene.items[index].text.strip()
        text = self._scene.leaves[one.leaf].readable.text[one.end : other.start] if one.leaf == other.leaf else " "
        return len(alone) == 1 and alone.isalpha() and alone < "\u2e80" and len(text) == 1 and text in "_|/-·.*"

    def _grid(self, stretch: Stretch) -> Stretch:
        """The whole of a list of Chinese places from everywhere in which the block stands."""
        for node in self._scene.around(stretch.first):
            if node.tag in {"ul", "ol", "p", "div", "table"}:
                whole = self._scene.inside(node)
                if whole.last < stretch.last or len(range(whole.first, whole.last)) < _MANY_PLACES:
                    continue
                # A list is read once, however many blocks stand in it.
                if node.start not in self._grids:
                    self._grids[node.start] = self._lists_places(node, whole)
                if self._grids[node.start]:
                    return Stretch(min(whole.first, stretch.first), whole.last)
                return stretch
        return stretch

    def _lists_places(self, node: Node, whole: Stretch) -> bool:
        texts = [self._scene.items[i].text.strip() for i in range(whole.first, whole.last)]
        places = sum(_PLACE.fullmatch(text) is not None for text in texts)
        sure = sum(_PLACE_SUFFIX.fullmatch(text) is not None for text in texts)
        if places < _PLACE_SHARE * len(texts) or sure < _SUFFIX_SHARE * len(texts):
            return False
        return not any(self._is_own_link(i, node) for i in range(whole.first, whole.last))

    def _layer(self, stretch: Stretch) -> Stretch:
        """The whole of a layer that lies over the page, when the block is all of it but its title and its button."""
        for node in self._scene.around(stretch.first):
            if node.tag in _COMMENT_TAGS and _LAYER.search(node.attribute("style") or "") is not None:
                whole = self._scene.inside(node)
                beside = [*range(whole.first, stretch.first), *range(stretch.last, whole.last)]
                holds = whole.first <= stretch.first and whole.last >= stretch.last
                few = len(beside) <= min(_LAYER_PARTS, stretch.last - stretch.first)
                return (
                    whole if holds and few and all(self._openers.is_entry(index, node) for index in beside) else stretch
                )
        return stretch

    def _hidden_links(self, stretch: Stretch) -> Stretch:
        """All links of a hidden box that is nothing but links of one make, when most of them are the block's."""
        return with_hidden_links(self._scene, stretch)

    def _is_own_link(self, index: int, wrapper: Node) -> bool:
        facts = self._scene.facts_of(index)
        return facts.anchor is not None and facts.domain is None and facts.anchor.start >= wrapper.start

    def _count(self, stretch: Stretch) -> Stretch:
        """The number behind the link of an entry: how many there are of what it leads to."""
        if stretch.last == len(self._scene.items):
            return stretch
        link = self._scene.facts_of(stretch.last - 1).anchor
        entry = link.parent if link is not None else None
        number = self._scene.items[stretch.last]
        if entry is None or entry.tag != "li" or self._scene.inside(entry).last != stretch.last + 1:
            return stretch
        first = self._scene.inside(entry).first
        told = first >= stretch.first and not any(map(str.isalpha, number.text))
        return Stretch(stretch.first, stretch.last + 1) if told else stretch

    def _source(self, stretch: Stretch) -> Stretch:
        """The name behind the link of an entry that is the name of the site which it leads to."""
        items, last = self._scene.items, stretch.last
        facts = self._scene.facts_in(stretch)
        link = next((fact.anchor for fact in reversed(facts) if fact.anchor is not None and fact.domain), None)
        entry = link.parent if link is not None else None
        host = host_of(link.attribute("href") or "") if link is not None else None
        if entry is None or host is None or entry.tag not in {"li", "dd", "td", "p"}:
            return stretch
        stop = self._scene.inside(entry).last
        while last < min(stop, len(items)) and len(name := items[last].text.strip().lower()) > 2 and name in host:
            last += 1
        return Stretch(stretch.first, last)

    def _lead(self, stretch: Stretch) -> Stretch:
        """A line that ends in a colon, with nothing of the page's own behind the block that it could lead to."""
        first, last = stretch.first, stretch.last
        if any(self._scene.leaf_of(index).kind is not Kind.TEXT for index in (first, last - 1)):
            return stretch  # nobody sees what it would lead to
        if first > 0 and self._leads(first - 1, first):
            node = self._scene.leaf_of(first - 1).node
            parent = node.parent
            loose = parent is not None and (parent.parent is None or parent.tag in {"body", "div", "section"})
            after = self._scene.starts[last] if last < len(self._scene.items) else None
            if parent is not None and (after is None or after >= parent.end or loose):
                first = self._leaf_begin(first - 1)
        if last < len(self._scene.items) and self._leads(last, last - 1):
            node = self._scene.leaf_of(last).node
            box = node.parent.parent if node.parent is not None and node.parent.tag == "p" else node.parent
            if (
                box is not None
                and box.tag == "div"
                and self._scene.inside(box).last == last + 1
                and self._scene.inside(box).first >= first
            ):
                last += 1
        return Stretch(first, last)

    def _credit(self, stretch: Stretch) -> Stretch:
        """The words that lead to a credit: they lead nowhere once it is gone."""
        index = stretch.first - 1
        inline = index >= 0 and self._scene.items[stretch.first].bound is not Bound.BLOCK
        if inline and _CREDIT.fullmatch(self._scene.items[index].text.strip()) is not None:
            return Stretch(index, stretch.last)
        return stretch

    def _title(self, stretch: Stretch) -> Stretch:
        """What in a title is written as the block is, and as nothing behind it is."""
        last = stretch.last
        leaf = self._scene.items[last - 1].leaf
        if self._scene.leaves[leaf].kind is not Kind.TITLE:
            return stretch
        ours = scripts_of("".join(item.text for item in self._scene.items_in(stretch) if item.leaf == leaf))
        rest = last
        while rest < len(self._scene.items) and self._scene.items[rest].leaf == leaf:
            rest += 1
        texts = [item.text for item in self._scene.items[last:rest]]
        while len(texts) > 1 and frozenset() < scripts_of(texts[0]) <= ours and self._scene.scores[last] >= 0:
            if scripts_of("".join(texts[1:])) & ours:
                break
            texts.pop(0)
            last += 1
        return Stretch(stretch.first, last)

    def _leaf_begin(self, index: int) -> int:
        while index > 0 and self._scene.items[index - 1].leaf == self._scene.items[index].leaf:
            index -= 1
        return index

    def _leads(self, index: int, beside: int) -> bool:
        """Whether an item leads to the one beside it: people who see the lead would look for what it leads to."""
        item = self._scene.items[index]
        text = self._scene.leaves[item.leaf].readable.text.strip()
        begins = self._scene.items[self._leaf_begin(index)].bound is Bound.BLOCK
        least = _SPAM if index > beside or not self._ends_its_parent(index, beside) else _ANY
        facts, ours = self._scene.facts[item.leaf], self._scene.facts_of(beside)
        if facts.hidden_by is None and ours.hidden_by is not None:
            return False
        # A text in two scripts is the page's own line with a lead put behind it.
        short = begins and text.endswith(_COLONS) and len(text) <= _LONGEST_LEAD and len(scripts_of(text)) < 2
        return short and bool(self._scene.scores[index] > least)

    def _ends_its_parent(self, index: int, beside: int) -> bool:
        """Whether the block that an item leads to is the last in the item's parent: it led to nothing else."""
        parent = self._scene.leaf_of(index).node.parent
        starts = self._scene.starts
        place = starts[beside]
        while beside + 1 < len(starts) and parent is not None and starts[beside + 1] < parent.end:
            beside += 1
            if self._scene.scores[beside] <= _SPAM:
                return False
            place = starts[beside]
        return parent is not None and not any(child.start > place and child.tag for child in parent.children)

    def _contact(self, stretch: Stretch) -> Stretch:
        """The number to call with which a text ends that the block begins."""
        leaf = self._scene.items[stretch.last - 1].leaf
        last = stretch.last
        while last < len(self._scene.items) and self._scene.items[last].leaf == leaf:
            last += 1
        rest = [self._scene.items[index].text for index in range(stretch.last, last)]
        begun = self._scene.items[self._leaf_begin(stretch.last - 1)]
        ours = self._scene.items[stretch.first : stretch.last]
        calls = any(sum(map(str.isdigit, text)) >= _CALL for text in rest)
        return Stretch(stretch.first, last) if calls and len(rest) <= _LAYER_PARTS and begun in ours else stretch
