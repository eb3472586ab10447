"""Which rules of a style sheet may be for some elements: told from the last part of their selectors.

Most rules of a site's sheets are for nothing on the page at hand. What they declare need not be read. Where a selector
is not plain it says "may".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.page.outline import Node

_COMBINED: Final = str.maketrans(">+~", "   ")
_PART: Final = re.compile(r"([\w-]*+)((?:[.#](?:[\w-]|[^\x00-\x7f])++)*+)(?:::?[\w-]++)*+$")
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
            parts = one.translate(_COMBINED).split()
            # The last part names what the rule is for; in brackets other things may stand.
            match = _PART.match(parts[-1].lstrip("*")) if parts else None
            if match is None:
                return True
            tag, names = match.groups()
            if (not tag or tag in self.tags) and (not names or self.names.issuperset(_NAMES.split(names)[1:])):
                return True
        return False


def reach_of(nodes: Iterable[Node]) -> Reach:
    """The reach of some elements; those that a browser adds are always among them."""
    names: set[str] = set()
    tags = set(_IMPLIED)
    for node in nodes:
        tags.add(node.tag)
        given = node.attributes
        if given:
            for name in ("class", "id"):
                value = given.get(name)
                if value:
                    names.update((value + " " + unescape(value) if "&" in value else value).lower().split())
    return Reach(frozenset(names), frozenset(tags))
