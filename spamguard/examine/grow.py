"""A block grows to its wrapper: what shares a hidden box, or a small unnamed one, with mostly spam is part of it.

Honest-looking words between the links of an injected block ("patients who compare prices often choose a ...") are
not found by their words; they are found by their company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.blocks import Stretch
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.items import Bound
from spamguard.examine.removable import is_for_words
from spamguard.page.tokens import Kind
from spamguard.text.writing import is_imprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.describe import Scene
    from spamguard.page.outline import Node

STRUCTURAL: Final = frozenset(
    [
        "html",
        "head",
        "body",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "article",
        "section",
        "form",
        "frameset",
        "title",
        "select",
        "td",
        "th",
        "tr",
        "tbody",
        "table",
    ]
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_NAMED: Final = ITEM_NAMES.index("named")
_SMALL: Final = 2_000
_HIDDEN_SHARE: Final = 0.35
_UNNAMED_SHARE: Final = 0.6
_NAMED_SHARE: Final = 0.85
_HONEST: Final = 0.0
_HONEST_HIDDEN: Final = -1.0
"""Log-odds under which an item is the page's own, whatever it shares a wrapper with: when seen, and when hidden."""
_QUITE_OTHER_WORDS: Final = -4.0
"""Log-odds of words under which a text beside a block is what its named wrapper was there for."""
_SENTENCES: Final = -3.0
"""Mean log-odds of words under which sentences before a block are the page's own."""
_NEARLY_ALL: Final = 0.85
_FEW: Final = 3
_LITTLE: Final = -3.0
"""How much less is asked of a few items that are the rest of a wrapper of which nearly all is spam."""


def grown(scene: Scene, found: Sequence[Stretch], *, to_cut: bool = False) -> list[Stretch]:
    """The stretches, each grown to the outermost wrapper that it fills well enough; touching ones become one.

    ``to_cut`` is stricter: a hidden stretch does not leave its hiding place, and a visible one takes in no link that
    stays on the site.
    """
    result: list[Stretch] = []
    for stretch in found:
        wider = _grow(scene, stretch, to_cut=to_cut)
        if result and wider.first < result[-1].last:
            result[-1] = Stretch(min(result[-1].first, wider.first), max(result[-1].last, wider.last))
        else:
            result.append(wider)
    return result


def _grow(scene: Scene, stretch: Stretch, *, to_cut: bool) -> Stretch:
    first, last = stretch.first, stretch.last
    if all(scene.leaves[item.leaf].kind is not Kind.TEXT for item in scene.items_in(stretch)):
        return stretch  # an element is not there for what was put in one of its values
    for index in {stretch.first, (stretch.first + stretch.last) // 2, stretch.last - 1}:
        leaf = scene.items[index].leaf
        hider = scene.facts[leaf].hider
        for wrapper in scene.around(index):
            if wrapper.tag in STRUCTURAL and wrapper is not hider:
                break
            whole = scene.inside(wrapper)
            begin, end = whole.first, whole.last
            if begin >= end:
                continue
            inside = scene.size_of(Stretch(max(first, begin), min(last, end)))
            total = scene.size_of(whole)
            if inside < _needed(wrapper, hider, total) * total:
                break
            rest = end - begin - (min(last, end) - max(first, begin))
            trusted = rest <= _FEW and inside >= _NEARLY_ALL * total and (hider is not None or _is_bare(wrapper))
            least = _LITTLE if trusted and scene.leaves[leaf].kind is Kind.TEXT else 0.0
            if to_cut and (
                _leaves_hiding(wrapper, hider) or _takes_honest(scene, wrapper, (begin, first, last, end), least)
            ):
                break
            first, last = min(first, begin), max(last, end)
    return Stretch(first, last)


def _is_bare(wrapper: Node) -> bool:
    """Whether a wrapper has no name, or lays itself over the page: what a site is built of has one."""
    named = wrapper.attribute("class") or wrapper.attribute("id")
    return not named or "fixed" in (wrapper.attribute("style") or "")


def _leaves_hiding(wrapper: Node, hider: Node | None) -> bool:
    """Whether a wrapper reaches beyond the hiding place; links that are hidden one by one have none in common."""
    return hider is not None and hider.tag != "a" and (wrapper.start < hider.start or wrapper.end > hider.end)


def _takes_honest(scene: Scene, wrapper: Node, places: tuple[int, int, int, int], less: float) -> bool:
    """Whether growing from ``[first, last)`` to ``[begin, end)`` would take in what is the page's own.

    That is a link in the wrapper that stays on the site, unless the block leads just there, a heading behind the block,
    and what does not look like spam even from beside it; ``less`` asks less of it.
    """
    begin, first, last, end = places
    if _follows_sentences(scene, begin, first):
        return True
    targets: set[str | None] | None = None
    for index in (*range(begin, min(first, end)), *range(max(last, begin), end)):
        facts = scene.facts_of(index)
        if facts.anchor is not None and facts.domain is None and facts.anchor.start >= wrapper.start:
            if targets is None:
                targets = {
                    fact.anchor.attribute("href") for fact in scene.facts_in(Stretch(first, last)) if fact.anchor
                }
            if facts.anchor.attribute("href") not in targets:
                return True
        if index >= last and heads_the_rest(scene, index, _HONEST):
            return True
        if facts.hidden_by is None and (
            is_imprint(scene.items[index].text) or _is_of_the_wrapper(scene, index, wrapper)
        ):
            return True
        if scene.scores[index] < (_HONEST if facts.hidden_by is None else _HONEST_HIDDEN) + less:
            return True
    return False


def _follows_sentences(scene: Scene, begin: int, first: int) -> bool:
    """Whether a block goes on behind whole sentences of the same text that people see and that sell nothing.

    Scored by what was put in behind them, they look bad.
    """
    leaf = scene.items[first].leaf if begin < first else -1
    if leaf < 0 or scene.items[begin].leaf != leaf or scene.items[first].bound is not Bound.SENTENCE:
        return False
    if scene.facts[leaf].hidden_by is not None or scene.facts[leaf].anchor is not None:
        return False
    words = scene.table[begin:first, _WORD_MEAN]
    lengths = [scene.items[index].end - scene.items[index].start for index in range(begin, first)]
    return not (scene.table[begin:first, _NAMED] > 0).any() and float(words @ lengths) < _SENTENCES * sum(lengths)


def _is_of_the_wrapper(scene: Scene, index: int, wrapper: Node) -> bool:
    """Whether a text that is no link speaks of quite other things, in an element that is called after what it holds."""
    if _is_bare(wrapper) or is_for_words(wrapper) or scene.facts_of(index).anchor is not None:
        return False
    return not scene.table[index, _NAMED] > 0 and float(scene.table[index, _WORD_MEAN]) < _QUITE_OTHER_WORDS


def heads_the_rest(scene: Scene, index: int, words: float) -> bool:
    """Whether an item behind a block is a heading whose own words are below some log-odds: of what follows, then."""
    if scene.table[index, _NAMED] > 0 or float(scene.table[index, _WORD_MEAN]) >= words:
        return False
    leaf = scene.leaf_of(index)
    return leaf.kind is Kind.TEXT and any(node.tag in HEADINGS for node in leaf.node.ancestors())


def _needed(wrapper: Node, hider: Node | None, total: int) -> float:
    """The share of a wrapper's text that must be spam already."""
    if hider is not None and wrapper.start >= hider.start and wrapper.end <= hider.end:
        return _HIDDEN_SHARE
    if total <= _SMALL and not (wrapper.attribute("class") or wrapper.attribute("id")):
        return _UNNAMED_SHARE
    return _NAMED_SHARE
