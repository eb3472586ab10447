"""A block with what is asked of it again and again when it is decided whether it is shown, and whether it is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import NAMES
from spamguard.page.tokens import Kind
from spamguard.text.keynotes import STRONG, TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node

FEW: Final = 2
SEVERAL: Final = 3
SOME: Final = 4
MANY: Final = 5
"""Items of a block, or keywords."""
HALF: Final = 0.5
THIRD: Final = 1 / 3
_NOWHERE_ELSE: Final = 0.02
"""Share of the letter groups of a block that stand elsewhere on the page."""
TOLD: Final = frozenset({Kind.TITLE, Kind.META})
CARRIED: Final = frozenset({Kind.TITLE, Kind.META, Kind.COMMENT, Kind.ATTRIBUTE})
OFFERED: Final = frozenset({"links", "keywords"})
"""What honest sites sell too, in a sentence of their own: links, visitors, places in search results."""
SENTENCE_SHARE: Final = 0.012
"""Share of the characters of a text that are marks which end sentences, from which on it has sentences."""
_DISGUISED: Final = 0.1
"""Share of the characters of a block that are letters in costume."""
_APART: Final = 0.9
_MOST_OF_IT: Final = 0.3
_MOST_BESIDE_SIGNS: Final = 0.6
_SIGN: Final = 3
_SIGNS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHOWN_LINK: Final = re.compile(
    r"<a\s[^<>]{0,60}href\s?=\s?[\"']?https?://|\[(?:url|link)[=\]]\s?[\"']?https?://", re.IGNORECASE
)
_RARE_LETTERS: Final = re.compile("[\u0530-\u058f\u0780-\u089f\u0e80-\u10ff\u1200-\u1dbf\u2d00-\u2ddf\ua000-\uabff]")
"""Letters of scripts without a class of their own (``text/classes.py``): Armenian, Lao, Burmese, Amharic, Khmer."""
_HARDLY: Final = 0.1
_KNOWN_STRONG: Final = NAMES.index("known_strong")
_SCRIPT_APART: Final = NAMES.index("script_apart")
_ELSEWHERE: Final = NAMES.index("elsewhere")
_SHARE_OF_PAGE: Final = NAMES.index("share_of_page")
_COSTUME: Final = NAMES.index("costume_share")
_SENTENCES: Final = NAMES.index("sentence_share")


@dataclass(frozen=True)
class Case:
    """A block of a scene."""

    scene: Scene
    block: Block

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """The sorts of places that it stands in."""
        scene = self.scene
        return frozenset(scene.leaves[item.leaf].kind for item in scene.items_in(self.block.stretch))

    @cached_property
    def facts(self) -> Sequence[Facts]:
        """What is known of the text of each of its items."""
        return self.scene.facts_in(self.block.stretch)

    @cached_property
    def linked(self) -> list[Facts]:
        """Those of them that are links."""
        return [fact for fact in self.facts if fact.anchor is not None]

    @cached_property
    def shows_links(self) -> bool:
        """Whether its text shows the tags, or the codes of a forum, of links: they lead away for whoever wrote it."""
        leaves = [self.scene.leaves[item.leaf] for item in self.scene.items_in(self.block.stretch)]
        return any(_SHOWN_LINK.search(leaf.readable.text) is not None and not _is_torn(leaf.node) for leaf in leaves)

    @cached_property
    def told(self) -> bool:
        """Whether titles and meta tags are all that it stands in."""
        return self.kinds <= TOLD

    @cached_property
    def carried(self) -> bool:
        """Whether some of it stands where people do not read."""
        return bool(self.kinds & CARRIED)

    @cached_property
    def strong(self) -> frozenset[str]:
        """Its keywords that say much by themselves."""
        return frozenset(hit.atom.text for hit in self.block.hits if hit.atom.strength >= STRONG)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its keywords that say something."""
        return frozenset(hit.atom.text for hit in self.block.hits if hit.atom.strength >= TELLING)

    @property
    def names_strongly(self) -> bool:
        """Whether a keyword that says much stands in it."""
        return bool(self.block.features[_KNOWN_STRONG] > 0)

    @property
    def is_disguised(self) -> bool:
        """Whether a good part of it is written in letters in costume."""
        return bool(self.block.features[_COSTUME] >= _DISGUISED)

    @property
    def has_sentences(self) -> bool:
        """Whether it is written in sentences that end as such."""
        return bool(self.block.features[_SENTENCES] >= SENTENCE_SHARE)

    def is_known(self, *, hidden: bool = False) -> bool:
        """Whether a keyword is known that says much, or several that say something; one where it is hidden."""
        return self.names_strongly or len(self.telling) >= (1 if hidden else SEVERAL)

    @cached_property
    def is_named_well(self) -> bool:
        """Whether more than a single keyword that may mean other things speaks against it."""
        return self.names_strongly or len(self.telling) >= FEW or self.block.named >= THIRD

    @cached_property
    def is_of_another_hand(self) -> bool:
        """Whether it is in a script that the page hardly uses, and shares next to no letters in a row with the page.

        Honest pages have lines like that, names of other editions and languages, but hardly one that looks like spam.
        """
        if self.elsewhere > _NOWHERE_ELSE:
            return False
        features = self.block.features
        # A block alone in its script makes up, as a part of the page, what it lacks in being apart.
        own = min(float(features[_SHARE_OF_PAGE]), _MOST_BESIDE_SIGNS if self._is_beside_signs else _MOST_OF_IT)
        return bool(features[_SCRIPT_APART] + own >= _APART) or self._is_in_rare_letters

    @cached_property
    def elsewhere(self) -> float:
        """The share of its letter groups that stand elsewhere on the page too."""
        return float(self.block.features[_ELSEWHERE])

    @property
    def share_of_page(self) -> float:
        """How much of the page it is. A sign of a language written in signs says as much as several letters."""
        share = float(self.block.features[_SHARE_OF_PAGE])
        return share / (share + _SIGN * (1 - share)) if self._is_beside_signs else share

    @cached_property
    def _is_beside_signs(self) -> bool:
        """Whether it is in letters, and the rest of the page in Chinese, Japanese or Korean signs."""
        own, rest = self._texts
        return len(_SIGNS.findall(own)) < _HARDLY * len(own) and len(_SIGNS.findall(rest)) >= HALF * len(rest)

    @property
    def _is_in_rare_letters(self) -> bool:
        """Whether it is in letters that no class tells from signs, and the rest of the page is not."""
        own, rest = self._texts
        there = len(_RARE_LETTERS.findall(rest))
        return len(_RARE_LETTERS.findall(own)) >= HALF * len(own) and there < _HARDLY * len(rest)

    @cached_property
    def _texts(self) -> tuple[str, str]:
        """Its text, and that of the rest of the page."""
        stretch = self.block.stretch
        own, rest = [""], [""]
        for number, item in enumerate(self.scene.items):
            (own if stretch.first <= number < stretch.last else rest).append(item.text)
        return "".join(own), "".join(rest)

    @cached_property
    def is_phrase(self) -> bool:
        """Whether a keyword that says much is more than one word of one of the languages that share letters."""
        return any(" " in text or not text.isascii() for text in self.strong)


def _is_torn(text: Node) -> bool:
    """Whether a link beside a text was cut short, and swallows what stands behind it."""
    beside = text.parent.walk() if text.parent is not None else ()
    return any("</" in value for part in beside for value in part.attributes.values())


def hidden_by(scene: Scene, block: Block) -> str | None:
    """What hides most of a block's items, if most are hidden."""
    ways = [fact.hidden_by for fact in scene.facts_in(block.stretch)]
    most = max(sorted({way for way in ways if way}), key=ways.count, default=None)
    return most if most is not None and sum(way is not None for way in ways) * 2 > len(ways) else None
