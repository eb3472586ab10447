"""Which elements of a page are comments of its visitors, by what they are called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spamguard.page.outline import Node

_COMMENT: Final = re.compile(
    r"(?:(?:div|li|user|single|timeline|kunena|bbp|forum|gb|topic)-)?(?:comment|cmnt|cmt|review|reply|guestbook|profile|komm?entar|komentarz?|komen"
    r"|comentario|coment[aá]rio|commentaire|commento|yorum|ulasan|testimoni|wpis|reactie|bericht|hozz[aá]sz[oó]l[aá]s"
    r"|atsiliepimas|bình-luận|binh-?luan|otzyv|отзыв)"
    r"(?:[-_](?:row|item|entry|single|isi|goscia|tamu|eintrag))?(?:[-_]?\d+)?"
    r"|(?:kmsg|(?:gb|guestbook|forum)-message|(?:forum|topic)-post(?:-container)?|bbp-reply-content)(?:[-_]?\d+)?",
    re.IGNORECASE,
)
_COMMENTS: Final = re.compile(
    r"(?:comment|review|guestbook|message)s?[_-]?(?:list|entries|area|thread)?|replies|gaestebuch|livre-d-or",
    re.IGNORECASE,
)
"""What lists of comments are called, whatever each of them is."""
_MARKED: Final = frozenset({"comment", "review"})
_TYPES: Final = frozenset({"Comment", "UserComments", "Review"})
_ASKS: Final = frozenset({"form", "textarea"})
"""What asks for a comment stands in the list of them, and is none."""
_LONGEST_NAMES: Final = 200


def is_comment(node: Node) -> bool:
    """Whether an element is called a comment, or is one of several in what is called a list of them."""
    given = node.attributes
    if given and (_called(given.get("id"), given.get("class"))[0] or _is_marked(given)):
        return True
    around = node.parent
    if around is None or node.tag not in {"li", "div", "article"}:
        return False
    given = around.attributes
    is_one, holds_some = _called(given.get("id"), given.get("class")) if given else (False, False)
    if not holds_some or any(part.tag in _ASKS for part in node.walk()):
        return False
    others = [child for child in around.children if child is not node and child.tag == node.tag]
    # What may be one comment as well as a list has the parts of one, each of another class.
    return any(not is_one or other.attribute("class") == node.attribute("class") for other in others)


def comments_among(given: Mapping[str, Sequence[Node]]) -> list[Node]:
    """The comments of a page; ``given`` are its elements that have an attribute of each name.

    They are those that are called so and some of what stands right in what is called a list of them.
    """
    found: dict[int, Node] = {}
    for name in ("id", "class"):
        for node in given.get(name, ()):
            value = node.attributes[name]
            is_one, holds_some = _called(value, None) if name == "id" else _called(None, value)
            if is_one:
                found[node.start] = node
            if holds_some:
                found.update((child.start, child) for child in node.children if is_comment(child))
    for name in ("itemprop", "itemtype"):
        found.update((node.start, node) for node in given.get(name, ()) if _is_marked(node.attributes))
    return [found[start] for start in sorted(found)]


def _is_marked(given: Mapping[str, str]) -> bool:
    """Whether an element is marked for search engines as what a visitor wrote."""
    return (
        given.get("itemprop", "").strip().lower() in _MARKED or given.get("itemtype", "").rpartition("/")[2] in _TYPES
    )


def _called(name: str | None, classes: str | None) -> tuple[bool, bool]:
    """Whether an id and classes call an element a comment, and a list of comments."""
    name, classes = name or "", classes or ""
    # A page has the same few classes over and over; what is long is not worth keeping.
    return _known(name, classes) if len(name) + len(classes) <= _LONGEST_NAMES else _judge(name, classes)


def _judge(name: str, classes: str) -> tuple[bool, bool]:
    names = [name, *classes.split()]
    return any(map(_COMMENT.fullmatch, names)), any(map(_COMMENTS.fullmatch, names))


_known: Final = lru_cache(maxsize=1024)(_judge)
