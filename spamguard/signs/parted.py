"""Words that are parted inside by comments or by elements with nothing in them: people read them, filters do not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import outside_of
from spamguard.signs.sight import UNSAID
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import TELLING

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_PLACES: Final = frozenset("p div li td dd span font center section small b strong em i a h2 h3 h4 footer".split())  # noqa: SIM905
_EMPTY: Final = frozenset("b i u s em strong span font small big wbr tt q sub sup ins del mark code bdi".split())  # noqa: SIM905
_LARGEST: Final = 6_000
_SEVERAL: Final = 3
_NAMED_SHARE: Final = 0.05
"""Keywords in an element, and how much of a text they must be that does not sound like spam: else most is honest."""


def parted(sight: Sight) -> list[Sign]:
    """Elements in which several words are parted inside, when the words sound like spam once they are whole."""
    signs = []
    end = 0
    for node in _holders(sight):
        if node.tag not in _PLACES or node.start < end or not node.closed or node.end - node.start > _LARGEST:
            continue
        if _joints(sight, node) < _SEVERAL or node.tag in UNSAID:
            continue
        text = _whole(sight, node)
        sound = sound_of(sight.model, [text])
        lexicon = sight.model.lexicon
        hits = lexicon.hits(lexicon.folded(text))
        telling = {hit.atom.text for hit in hits if hit.atom.strength >= TELLING and hit.atom.category != ORDERS}
        span = Span(node.start, node.end)
        named = len(telling) >= _SEVERAL and sum(map(len, telling)) >= _NAMED_SHARE * len(text)
        if not (sound.is_spam or named) or outside_of(sight).speaks_of([text], [span]):
            continue
        said = reason("parted", text, f"words are parted inside by what nobody sees: {text[:200]}")
        signs.append(
            Sign(
                rule="parted-words",
                category=sound.category if sound.is_spam else sight.topic([text]),
                confidence=SURE,
                spans=(span,),
                excerpt=excerpt_of([text]),
                evidence=(said, *sound.evidence()),
            )
        )
        end = node.end
    return signs


def _holders(sight: Sight) -> list[Node]:
    """The elements in which several comments or empty elements stand, in source order."""
    between = [*sight.index.comments, *filter(_is_nothing, sight.index.called(_EMPTY))]
    counts = Counter(node.parent for node in between if node.parent is not None)
    return sorted((node for node, count in counts.items() if count >= _SEVERAL), key=lambda node: node.start)


def _joints(sight: Sight, place: Node) -> int:
    """How often letters stand on both sides of a comment or an empty element."""
    raw, children = sight.page.raw, place.children
    found = 0
    for before, between, after in zip(children, children[1:], children[2:], strict=False):
        if before.kind is NodeKind.TEXT and after.kind is NodeKind.TEXT and _is_nothing(between):
            left = raw[max(before.start, before.end - 4) : before.end].decode(sight.page.codec, "ignore")
            right = raw[after.start : min(after.end, after.start + 4)].decode(sight.page.codec, "ignore")
            found += left[-1:].isalpha() and right[:1].isalpha()
    return found


def _is_nothing(node: Node) -> bool:
    empty = node.tag in _EMPTY and not node.attributes and not node.children
    return node.kind is NodeKind.COMMENT or empty


def _whole(sight: Sight, place: Node) -> str:
    """The text of an element, what parts its words left out."""
    return "".join(sight.text_of(part) for part in place.walk() if part.kind is NodeKind.TEXT)
