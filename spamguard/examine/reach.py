"""Which rules of a style sheet may be for some elements: told from the last part of their selectors.

Most rules of a site's sheets are for nothing on the page at hand. What they declare need not be read. Where a selector
is not plain it says "may".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.page.outline import Node

_PART: Final = re.compile(r"([\w-]*+)((?:[.#](?:[\w-]|[^\x00-\x7f])++)*+)(?:::?[\w-]++)*+$")
_LONGEST: Final = 200
_NAMES: Final = re.compile("[.#]")
_IMPLIED: Final = frozenset(
    {"", "html", "head", "body", "table", "tbody", "tr", "colgroup", "a", "p", "b", "i", "font"}
)
"""Elements that stand around others in a browser's tree though the source does not say so."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The classes and ids of some elements, in small letters as an old page's sheets may be, and their tags."""

    names: frozenset[str]
    tags: frozenset[str]

    def meets(self, selector: str) -> bool:
        """Whether a rule with this selector may be for one of the elements."""
        if "\\" in selector:
            return True
        for one in selector.lower().split(","):
            # The last part names what the rule is for; in brackets other things may stand.
            parts = one.rsplit(None, 1)
            part = parts[-1] if parts else ""
            named = _named_in(part) if len(part) <= _LONGEST else None
            if named is None or (named[0] in self.tags and self.names.issuperset(named[1])):
                return True
        return False


@lru_cache(maxsize=2048)
def _named_in(part: str) -> tuple[str, tuple[str, ...]] | None:
    """The tag and the names in the last part of a selector, whatever is glued to its front left out; None in doubt."""
    for mark in ">+~":
        part = part[part.rfind(mark) + 1 :]
    match = _PART.match(part.lstrip("*"))
    return (match[1], tuple(_NAMES.split(match[2])[1:])) if match is not None else None


def reach_of(nodes: Iterable[Node]) -> Reach:
    """The reach of some elements; those that a browser adds are always among them."""
    values: set[str] = set()
    tags = set(_IMPLIED)
    for node in nodes:
        tags.add(node.tag)
        given = node.attributes
        if given:
            if "class" in given:
                values.add(given["class"])
            if "id" in given:
                values.add(given["id"])
    # Elements of one kind have the same classes: each combination is read once.
    names = (
        name for value in values for name in (value + " " + unescape(value) if "&" in value else value).lower().split()
    )
    return Reach(frozenset(names), frozenset(tags))
