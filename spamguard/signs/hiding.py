"""What hides an element, as the closer look at texts knows it: one cascade for the blocks and for the signs.

Whether it is worth asking is told by an element's own markup, which costs next to nothing; the cascade is built when
the first element is left that would be a sign if people do not see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.reach import reach_of
from spamguard.examine.tree import Visibility
from spamguard.page.tokens import hides_itself, view_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_LARGEST: Final = 20_000


def may_be_hidden(node: Node, ids: frozenset[str] = frozenset()) -> bool:
    """Whether an element's own markup, or a script that hides one of ``ids``, is a reason to ask."""
    style = node.attribute("style")
    if (style is not None and hides_itself(style)) or (ids and node.attribute("id") in ids):
        return True
    return node.tag == "marquee" or "hidden" in node.attributes


def way_of(sight: Sight, node: Node) -> str | None:
    """What hides an element; None when people see it."""
    if not sight.cascade:
        view = view_of(sight.page.raw)
        sight.cascade.append(Visibility(view, scripts_of(sight), reach_of(sight.root.walk())))
    found = sight.cascade[0].hidden(node)
    return found[1] if found is not None else None


def scripts_of(sight: Sight) -> str:
    """The text of the scripts of a page; of long ones nobody is told what they hide."""
    return "\n".join(
        sight.text_between(node.start, node.end)
        for node in sight.index.raws
        if node.tag == "script" and node.end - node.start < _LARGEST
    )
