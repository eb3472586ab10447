"""A visitor's comment whose author is called like what is sold, with a second link to the same place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.examine.kin import is_comment
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import is_own_subject, sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_URL: Final = re.compile(r"https?://[^\s\"'<>\]\[)]{4,200}", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_LONGEST: Final = 6_000
_LONGEST_NAME: Final = 60
_FAIR: Final = 0.9
_LOUD: Final = 3.0


def commented(sight: Sight) -> list[Sign]:
    """Comments that are advertisements, each as a whole."""
    return [
        sign
        for node in sight.root.walk()
        if node.kind is NodeKind.ELEMENT and node.attributes and is_comment(node) and (sign := _judged(sight, node))
    ]


def _judged(sight: Sight, node: Node) -> Sign | None:
    if (
        not node.closed
        or node.end - node.start > _LONGEST
        or any(is_comment(part) for part in node.walk() if part is not node)
    ):
        return None
    links = [part for part in node.walk() if part.tag == "a" and part.closed and part.attribute("href")]
    if not links:
        return None
    author, address = links[0], links[0].attribute("href") or ""
    name = " ".join(sight.text_between(author.inner_start, author.inner_end).split())
    if not 2 < len(name) <= _LONGEST_NAME or not sight.is_foreign(address) or not _leads_on(sight, node, links):
        return None
    sound = sound_of(sight.model, [name])
    raw = sight.page.raw
    rest = " ".join(_TAG.sub(" ", sight.text_between(*part)) for part in ((0, node.start), (node.end, len(raw))))
    if not sound.is_spam or is_own_subject(sight, [name], rest):
        return None
    said = reason("author", name, f"the author of a comment is called {name!r} and links to {domain_of(address)} twice")
    return Sign(
        rule="advertising-comment",
        category=sound.category,
        confidence=SURE if sound.mean >= _LOUD and sound.known else _FAIR,
        spans=(Span(node.start, node.end),),
        excerpt=excerpt_of([sight.text_between(link.inner_start, link.inner_end) for link in links]),
        evidence=(said, *sound.evidence()),
    )


def _leads_on(sight: Sight, node: Node, links: list[Node]) -> bool:
    """Whether the comment names the author's domain a second time, in a link or in words."""
    domain = domain_of(links[0].attribute("href") or "")
    written = [match[0] for match in _URL.finditer(sight.text_between(links[0].end, node.end))]
    return any(
        domain_of(address) == domain for address in (*(link.attribute("href") or "" for link in links[1:]), *written)
    )
