"""A word of an honest sentence that was made a link, dressed up not to look like one."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit, Span
from spamguard.page.oddities import disguised
from spamguard.page.outline import NodeKind
from spamguard.page.readable import readable
from spamguard.signs.otherwords import is_of_other_words, is_of_own_words
from spamguard.signs.sight import tells_of_sale
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_PLACED: Final = re.compile(r"position\s*:|display\s*:|background|width\s*:|height\s*:", re.IGNORECASE)
_SPEAKS: Final = 4.5
_END: Final = re.compile(r"[.!?](?=\s|$)\s*|[。！？।॥።]\s*|(?<=[؟۔])\s*")
_TAG: Final = re.compile(r"<[^<>]*>")
_SHOWN: Final = frozenset({"img", "svg", "i", "video", "picture", "iframe", "button", "input"})
_WORDS: Final = 3
"""Words of a sentence: a name in other letters is none."""


def camouflaged(sight: Sight) -> list[Sign]:
    """Links to another site inside a text, with a style of their own that takes every sign of a link away.

    The link goes and its words stay: they were there before, unless the sentence around it is written in other letters
    than all the rest of its paragraph, or in words of another language. Then it came with the link.
    """
    return [sign for node in sight.index.tagged.get("a", ()) if node.closed and (sign := _judged(sight, node))]


def _judged(sight: Sight, node: Node) -> Sign | None:
    style = node.attribute("style") or ""
    told = "".join(node.attribute(name) or "" for name in ("onmousemove", "onmouseover"))
    if not style or not disguised(style) or _PLACED.search(style) is not None:
        return None
    mute = _says_nothing(sight, node)
    if not mute and not (_inside_text(sight, node) and any(map(str.isalnum, _shown(sight, node)))):
        return None
    address = (node.attribute("href") or "").strip()
    # Who also keeps the status line silent has no honest reason, whatever else of that site the page names.
    silent = "cursor" in style.lower() and "status" in told
    if not (sight.is_foreign(address) if silent else sight.strange(address)):
        return None
    if "cursor" not in style.lower() and not told and sight.sounds(address) <= _SPEAKS:
        return None
    if mute and not (silent or tells_of_sale(sight.model, address)):
        return None
    inserted = None if mute else _sentence(sight, node)
    edits = (Edit(node.start, node.inner_start), Edit(node.inner_end, node.end))
    said = reason("camouflaged", address, f"a word leads to {address}, and its style hides that it is a link")
    return Sign(
        rule="camouflaged-link",
        category="links",
        confidence=SURE,
        spans=(Span(node.start, node.end),) if mute else (),
        edits=() if mute else (inserted,) if inserted is not None else edits,
        excerpt=excerpt_of([sight.text_between(node.inner_start, node.inner_end), address]),
        hidden_by="style",
        evidence=(said,),
    )


def _shown(sight: Sight, node: Node) -> str:
    return unescape(_TAG.sub("", sight.text_between(node.inner_start, node.inner_end)))


def _says_nothing(sight: Sight, node: Node) -> bool:
    """Whether a link holds a mark, or a space, and nothing else: no word was there before it."""
    inside = _shown(sight, node)
    parts = [part for part in node.walk() if part is not node and part.kind is NodeKind.ELEMENT]
    drawn = any(part.tag in _SHOWN or {"class", "id"} & part.attributes.keys() for part in parts)
    # An arrow, a flag or a heart is what a link shows of itself.
    return not drawn and all(unicodedata.category(letter)[0] in "ZPC" or letter in "|+" for letter in inside)


def _inside_text(sight: Sight, node: Node) -> bool:
    """Whether honest words stand beside the link in its element, and nothing but words in it."""
    if node.parent is None or any(child.kind is not NodeKind.TEXT for child in node.children) or not node.children:
        return False
    return any(
        child.kind is NodeKind.TEXT and len(sight.page.raw[child.start : child.end].strip()) > 1
        for child in node.parent.children
        if child is not node
    )


def _sentence(sight: Sight, node: Node) -> Edit | None:
    """The sentence around a link with the space behind it, if it alone is written in its letters."""
    parent = node.parent
    if parent is None:
        return None
    at = next(place for place, child in enumerate(parent.children) if child is node)
    start, end = _begin(sight, parent, at, node), _end(sight, parent, at, node)
    words = _plain(sight, start, end)
    beside = _plain(sight, parent.inner_start, start) + " " + _plain(sight, end, parent.inner_end)
    rest = scripts_of(beside)
    inserted = len(words.split()) >= _WORDS and rest and not scripts_of(words) & rest
    if not inserted and not (is_of_other_words(sight, words) and is_of_own_words(sight, beside)):
        return None
    if end == parent.inner_end:
        # At the end of a paragraph the space before the sentence came with it.
        start -= len(sight.page.raw[parent.inner_start : start]) - len(
            sight.page.raw[parent.inner_start : start].rstrip(b" ")
        )
    return Edit(start, end)


def _begin(sight: Sight, parent: Node, at: int, node: Node) -> int:
    """Where the sentence begins in which a child of an element stands."""
    if at == 0 or parent.children[at - 1].kind is not NodeKind.TEXT:
        return node.start
    before = parent.children[at - 1]
    read = readable(sight.page.raw, before.start, before.end, sight.page.codec)
    ends = [match.end() for match in _END.finditer(read.text)]
    return int(read.offsets[ends[-1] if ends else 0])


def _end(sight: Sight, parent: Node, at: int, node: Node) -> int:
    """Where that sentence ends, the space behind it included."""
    if at + 1 == len(parent.children) or parent.children[at + 1].kind is not NodeKind.TEXT:
        return node.end
    after = parent.children[at + 1]
    read = readable(sight.page.raw, after.start, after.end, sight.page.codec)
    found = _END.search(read.text)
    return int(read.offsets[found.end() if found is not None else len(read.text)])


def _plain(sight: Sight, start: int, end: int) -> str:
    return _TAG.sub(" ", sight.text_between(start, end))
