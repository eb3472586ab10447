"""A visitor's comment whose author is called like what is sold, with a second link to the same place."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.comments import comments_among, is_comment
from spamguard.examine.hosts import site_of
from spamguard.findings import Span
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.signs.words import Sound

_URL: Final = re.compile(r"https?://[^\s\"'<>\]\[)]{4,200}", re.IGNORECASE)
_CODED: Final = re.compile(r"\[(?:url|link)=[\"']?(https?://[^\]\s\"']{4,300})", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_SHORTEST_NAME: Final = 3
_LONGEST: Final = 6_000
_LONG_NAME: Final = 10
_UNKNOWN: Final = "no keyword of the author's name is known"
_LONGEST_NAME: Final = 60
_ENTRIES: Final = frozenset({"article", "li", "dd", "tr"})
_DEEP: Final = 3
_FAIR: Final = 0.9
_LOUD: Final = 3.0


def commented(sight: Sight) -> list[Sign]:
    """Comments that are advertisements, each as a whole; none on a page that speaks of such things without them."""
    comments = comments_among(sight.index.given)
    found = [judged for node in comments if node.attributes and (judged := _judged(sight, node))]
    if not comments:
        seen: set[int] = set()
        found = [judged for link in _by_visitors(sight) if (judged := _around(sight, link, seen)) is not None]
    spans = [Span(node.start, node.end) for node, _, _ in found]
    if not found or outside_of(sight).speaks_of([name for _, name, _ in found], spans):
        return []
    return [_sign(sight, node, name, sound) for node, name, sound in found]


def _by_visitors(sight: Sight) -> list[Node]:
    """The links that are marked for search engines as set by visitors."""
    return [link for link in sight.index.given.get("rel", ()) if "ugc" in link.attributes["rel"].lower().split()]


def _around(sight: Sight, link: Node, seen: set[int]) -> tuple[Node, str, Sound] | None:
    """The comment that begins with a visitor's link, whatever it is called, and how its author's name sounds.

    What was ``seen`` before is asked once.
    """
    for node in itertools.islice(link.ancestors(), _DEEP):
        if node.tag in _ENTRIES and node.start not in seen:
            seen.add(node.start)
            if (judged := _judged(sight, node)) is not None:
                return judged
    return None


def _judged(sight: Sight, node: Node) -> tuple[Node, str, Sound] | None:
    """A comment, its author's name and how that sounds, if it is called like what is sold and leads there twice."""
    if not node.closed or node.end - node.start > _LONGEST:
        return None
    if any(is_comment(part) for part in node.walk() if part is not node):
        return None
    links = [part for part in node.walk() if part.tag == "a" and part.closed and part.attribute("href")]
    if not links or not sight.is_foreign(links[0].attribute("href") or ""):
        return None
    before = " ".join(_TAG.sub(" ", sight.text_between(node.inner_start, links[0].start)).split())
    if len(before) > _LONGEST_NAME:
        return None  # words of the comment: its author is no link
    name = " ".join(sight.text_between(links[0].inner_start, links[0].inner_end).split())
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or not _leads_on(sight, node, links):
        return None
    sound = sound_of(sight.model, [name])
    # A nickname is any letters, which sound like anything; a name in words is longer.
    telling = sound.known or (sound.mean >= _LOUD and len(name) >= _LONG_NAME)
    return (node, name, sound) if (sound.is_spam and telling) or _insists(sight, node, links) else None


def _sign(sight: Sight, node: Node, name: str, sound: Sound) -> Sign:
    said = reason("author", name, f"the author of a comment is called {name!r} and links to one place twice")
    return Sign(
        rule="advertising-comment",
        category=sound.category,
        confidence=SURE if sound.mean >= _LOUD and sound.known else _FAIR,
        doubt=None if sound.known and sound.is_spam else _UNKNOWN,
        spans=(Span(node.start, node.end),),
        excerpt=excerpt_of([name, _TAG.sub(" ", sight.text_between(node.start, node.end))]),
        evidence=(said, *sound.evidence()),
    )


def _insists(sight: Sight, node: Node, links: list[Node]) -> bool:
    """Whether the author's domain is linked from the words as well, and once more in the codes of a forum.

    Visitors write for the place they are at; who writes for all places at once brings a link of each kind.
    """
    site = site_of(links[0].attribute("href") or "")
    coded = _CODED.findall(sight.text_between(links[0].end, node.end))
    named = [link for link in links[1:] if site_of(link.attribute("href") or "") == site]
    return bool(named) and any(site_of(address) == site for address in coded)


def _leads_on(sight: Sight, node: Node, links: list[Node]) -> bool:
    """Whether the comment names the author's domain a second time, in a link or in words."""
    site = site_of(links[0].attribute("href") or "")
    written = [match[0] for match in _URL.finditer(sight.text_between(links[0].end, node.end))]
    return any(
        site_of(address) == site for address in (*(link.attribute("href") or "" for link in links[1:]), *written)
    )
