"""Short posts that give themselves away: an operator's name in costume, or forbidden services with a number to call."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import is_comment
from spamguard.examine.removable import is_box
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.readable import readable
from spamguard.signs.costumed import operator_in
from spamguard.signs.index import places_of
from spamguard.signs.outside import outside_of
from spamguard.signs.paragraphs import ENDS
from spamguard.signs.sight import UNSAID
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import TELLING
from spamguard.text.writing import end_of_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.findings import Evidence
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.text.lexicon import Lexicon

_FAIR: Final = 0.8
_LONGEST: Final = 600
_BYTES: Final = 2_400
_LARGEST: Final = 20_000
"""Bytes of an element that holds nothing but a post."""
_HEARTS: Final = "❤♥❥♡💗💖💕💌🧡💛💚💙💜🖤"
_CONTACT: Final = re.compile(
    r"(?:(?<![a-z])(?:qq|v信|v❤|vx|wx|telegram|tg|line|wechat|whatsapp)|扣扣|企鹅|微信|威信|薇信|微心|加薇|加微|同微|飞机|電話|电话|热线"
    rf"|[加➕]\s?[薇威微徽葳崴]|[加➕]\s?v(?![a-uw-z])|[薇威徽葳崴][{_HEARTS}])"
    r"[^a-z0-9\n]{0,6}(?=[a-z0-9_\-]{0,12}\d{3})[+(]?[a-z0-9][a-z0-9_\-() ]{4,20}",
    re.IGNORECASE,
)
_VEILED: Final = re.compile(
    rf"(?:[薇威微徽葳崴vV][\s+➕]{{0,2}}(?:[{_HEARTS}信芯心丨:：]|❤️)|扣\s?扣|[qQＱ]{{2}}|企\s?鹅|飞机|电报|纸飞机|皮特|蝙蝠)"
    r"[\ufe0f\s:：➕+号]{0,4}(?P<id>[\w〇零一二三四五六七八九①-⓿❶-➓⓪-⓿\uff10-\uff5a]{4,24})"
)
"""A messenger under another name, and how somebody is called there."""
_UNNAMED: Final = re.compile(rf"[薇威徽葳崴]|[➕加]\s?[vV]|[vV]\s?[{_HEARTS}]")
"""A messenger that is not called by its name: shops and schools write it as it is."""
_VEILED_DIGITS: Final = re.compile(r"[〇零一二三四五六七八九①-⓿❶-➓\uff10-\uff19]")
_OFFERS: Final = re.compile(r"[代办辦开開贷貸证證票货貨款刻兼招约約嫖迷]")
_ORNAMENTS: Final = re.compile(r"【[^【】]{2,30}】|「[^「」]{2,30}」|[◆★●▲■][^◆★●▲■]{2,30}(?=[◆★●▲■])")
_PLAIN: Final = re.compile(rb"(?:\b\w[^\w]){5}|whatsapp|telegram|wechat|\bqq\b", re.IGNORECASE)
"""What a text in plain letters has that is worth reading here."""
_SHAPES: Final = bytes(ord("w" if bytes([code]).isalnum() or code == ord("_") else " ") for code in range(256))
_APART_LETTERS: Final = b" w w w w w "
_MESSENGERS: Final = (b"whatsapp", b"telegram", b"wechat", b"qq")
_SEVERAL: Final = 2
_INLINE: Final = frozenset("b strong i em font span u small center".split())  # noqa: SIM905
_BOXES: Final = frozenset("p li div td dd article section blockquote".split())  # noqa: SIM905
_SENTENCES: Final = re.compile(r"(?<=[。！？!?])|(?<=\.)(?=\s)")
_SHOWN: Final = frozenset({"img", "picture", "video", "audio", "iframe", "form", "object", "canvas"})
_OWN: Final = 20
_OWN_SOUND: Final = -1.5
"""Letters before an offer that may be the page's own, and the mean n-gram weight below which sentences are."""
_MOST_LABELS: Final = 2
_LONGEST_LABELS: Final = 60
_KANA: Final = re.compile(r"[\u3041-\u30fa]")
_SENTENCE_ENDS: Final = re.compile(r"[.!?。！？।۔]\s*\S")
_INSIDE: Final = "it stands among other words in one place"


@dataclass(frozen=True, slots=True)
class _Post:
    """What a text says of itself: the rule, the texts that tell, and how sure they are."""

    rule: str
    category: str
    texts: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]
    hinted: bool = False
    """Whether no keyword of it is asked: a block knows better where it ends."""
    inside: bool = False
    """Whether sentences stand before it in its text, or after it, that offer nothing."""
    lead: int = 0
    """Characters of its text before it that are in other letters."""


def posted(sight: Sight) -> list[Sign]:
    """Posts of either kind, each as a whole where it has a place of its own."""
    signs = []
    sells = any(atom.category != ORDERS for atom in sight.named())
    for node in _worth_reading(sight):
        text = sight.text_of(node)
        if len(text) > _LONGEST:
            continue
        post = _named(text, sight) or (_offered(text, sight) if sells else None) or _veiled(text)
        if post is None or any(around.tag in UNSAID for around in node.ancestors()):
            continue
        if not outside_of(sight).speaks_of(post.texts, [Span(node.start, node.end)]):
            signs.append(_sign(sight, node, text, post))
    return signs


def _worth_reading(sight: Sight) -> Iterator[Node]:
    """The texts in other letters than plain ones, and those in plain letters that have what posts have."""
    index = sight.index
    shapes, small = b" " + index.row.translate(_SHAPES), index.row.lower()
    places = chain(places_of(_APART_LETTERS, shapes), *(places_of(name, small) for name in _MESSENGERS))
    telling = {node.start for node in index.at(places)}
    for node in index.said:
        if 2 * _SEVERAL <= node.end - node.start <= _BYTES:
            raw = sight.page.raw[node.start : node.end]
            if not raw.isascii() or b"&" in raw or (node.start in telling and _PLAIN.search(raw) is not None):
                yield node


def _named(text: str, sight: Sight) -> _Post | None:
    """A post that names an operator in letters that no list of names would find."""
    found = operator_in(text, sight.model)
    if found is None:
        return None
    told = f"{found.name!r} is {found.plain!r} in other letters, as operators are called"
    said = (reason("operator", found.plain, told),)
    return _Post("costumed-name", "gambling", (found.name,), found.confidence, said)


def may_offer(text: str, model: Model) -> bool:
    """Whether a text has a way to get in touch and names what is sold: less than a post has to."""
    contact = _CONTACT.search(unicodedata.normalize("NFKC", text))
    return contact is not None and any(
        hit.atom.strength >= TELLING and hit.atom.category != ORDERS
        for hit in model.lexicon.hits(model.lexicon.folded(text))
    )


def _offered(text: str, sight: Sight) -> _Post | None:
    """A post that offers what is forbidden, with a number to call or a name to write to."""
    plain = unicodedata.normalize("NFKC", text)
    contact = _CONTACT.search(plain)
    if contact is None or reports(plain):
        return None
    hits = sight.model.lexicon.hits(sight.model.lexicon.folded(text))
    hits = [hit for hit in hits if hit.atom.strength >= TELLING and hit.atom.category != ORDERS]
    known = {hit.atom.text for hit in hits}
    ornaments = len(_ORNAMENTS.findall(plain))
    sure = len(known) >= _SEVERAL or (bool(known) and ornaments >= _SEVERAL)
    # One keyword may be what a shop has: it gives its messenger's name, and does not sound so.
    if not sure and not (known and _UNNAMED.search(contact[0]) and sound_of(sight.model, [plain]).is_spam):
        return None
    told = f"it offers {', '.join(sorted(known)[:4])} and a way to get in touch: {contact[0].strip()}"
    said = reason("contact", contact[0].strip(), told)
    category = Counter(hit.atom.category for hit in hits).most_common(1)[0][0]
    return _Post("forbidden-offer", category, (text,), SURE if sure else _FAIR, (said,), lead=_lead(text, sight))


def _lead(text: str, sight: Sight) -> int:
    """Where a text begins to offer something behind what is the page's own.

    That is in other letters, or in sentences that sound like anything but an offer.
    """
    lexicon = sight.model.lexicon
    ends = [0, *(match.end() for match in ENDS.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        if _is_told(lexicon, text[start:end]):
            lead = end_of_letters(text, 0, end, len(text))
            if _says_enough(text[:lead]) and not _is_told(lexicon, text[:lead]):
                return lead
            before, rest = text[:start], text[start:]
            kana = _KANA.search(before) is not None and _KANA.search(rest) is None
            own = _says_enough(before) and sound_of(sight.model, [before]).mean < _OWN_SOUND
            return start if kana or own else 0
    return 0


def _is_told(lexicon: Lexicon, text: str) -> bool:
    """Whether a telling keyword stands in a text."""
    return any(hit.atom.strength >= TELLING for hit in lexicon.hits(lexicon.folded(text)))


def _says_enough(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _OWN


def _veiled(text: str) -> _Post | None:
    """A post that offers something and disguises how to get in touch: the messenger's name, and digits of the address.

    Who has nothing to fear writes both as they are.
    """
    found = _VEILED.search(text)
    if found is None or len(_VEILED_DIGITS.findall(found["id"])) < _SEVERAL or len(_OFFERS.findall(text)) < _SEVERAL:
        return None
    if reports(text):
        return None
    told = f"it offers something, and disguises how to get in touch: {found[0]}"
    sentences = [part for part in _SENTENCES.split(text) if part.strip()]
    others = [part for part in sentences if _OFFERS.search(part) is None and found[0] not in part]
    said = (reason("contact", found[0], told),)
    return _Post("forbidden-offer", "essays", (text,), SURE, said, hinted=True, inside=bool(others))


def _sign(sight: Sight, node: Node, text: str, post: _Post) -> Sign:
    # Where sentences end before the name, they may be the site's own, and the name was put behind them.
    if post.lead:
        read = readable(sight.page.raw, node.start, node.end, sight.page.codec)
        edit = Edit(int(read.offsets[post.lead]), node.end)
        said = excerpt_of([text[post.lead :]])
        return Sign(post.rule, post.category, post.confidence, (), said, (edit,), evidence=post.evidence)
    own = post.inside or _SENTENCE_ENDS.search(text, 0, text.find(post.texts[0])) is not None
    place = node if own else _place(sight, node)
    sound = sound_of(sight.model, [text])
    return Sign(
        rule=post.rule,
        category=post.category,
        confidence=post.confidence,
        spans=(Span(place.start, place.end),),
        excerpt=excerpt_of([text]),
        doubt=None if place is not node else _INSIDE,
        evidence=(*post.evidence, *sound.evidence()),
        spare=place is node or post.hinted,
    )


def _are_labels(texts: list[Node], box: Node, said: Node) -> bool:
    """Whether texts are no more than who says what is said in a box, and when: short and set off, before it."""
    if not texts:
        return True
    named = bool({"class", "id"} & box.attributes.keys()) and box.tag in _BOXES
    size = sum(text.end - text.start for text in texts)
    return (
        named
        and len(texts) <= _MOST_LABELS
        and size <= _LONGEST_LABELS
        and all(
            text.end <= said.start
            and text.parent is not None
            and text.parent.tag in _INLINE
            and text.parent.parent is box
            for text in texts
        )
    )


def _place(sight: Sight, node: Node) -> Node:
    """The element that holds nothing but a text, or the comment around it; the text where it shares its place."""
    around = list(node.ancestors())[:4]
    place = node
    for above in around:
        if above.end - above.start > _LARGEST:
            break
        texts = (child for child in above.walk() if child.kind is NodeKind.TEXT and child is not node)
        others = [text for text in texts if sight.page.raw[text.start : text.end].strip()]
        if above.tag not in _INLINE | _BOXES or not _are_labels(others, above, node):
            break
        if {"class", "id"} & above.attributes.keys() and any(_is_filled(child, node) for child in above.walk()):
            break  # a place of the site's own with a picture, or with a box that a script fills
        if above.closed:
            place = above
    comment = next((above for above in around if above.closed and is_comment(above)), None)
    return comment if comment is not None and not _is_said_elsewhere(comment, node) else place


def _is_filled(part: Node, text: Node) -> bool:
    """Whether a part of an element shows something, or waits for a script that shows something there."""
    waits = part.end <= text.start or part.start >= text.end
    return part.tag in _SHOWN or (waits and is_box(part) and any(name.startswith("data-") for name in part.attributes))


def _is_said_elsewhere(comment: Node, text: Node) -> bool:
    """Whether a comment has a part for its text in which a text does not stand: that was put in beside it."""
    parts = (part for part in comment.children if part.tag == "article" or is_comment(part))
    return any(part.closed and not part.start <= text.start < part.end for part in parts)
