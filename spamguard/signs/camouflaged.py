"""A word of an honest sentence that was made a link, dressed up not to look like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Edit
from spamguard.page.oddities import disguised
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_PLACED: Final = re.compile(r"position\s*:|display\s*:|background|width\s*:|height\s*:", re.IGNORECASE)
_SPEAKS: Final = 1.0


def camouflaged(sight: Sight) -> list[Sign]:
    """Links to another site inside a text, with a style of their own that takes every sign of a link away.

    The link goes and its words stay: they were there before.
    """
    return [
        sign
        for node in sight.nodes
        if node.kind is NodeKind.ELEMENT and node.tag == "a" and node.closed and (sign := _judged(sight, node))
    ]


def _judged(sight: Sight, node: Node) -> Sign | None:
    style = node.attribute("style") or ""
    told = "".join(node.attribute(name) or "" for name in ("onmousemove", "onmouseover"))
    if not style or not disguised(style) or _PLACED.search(style) is not None or not _inside_text(sight, node):
        return None
    address = (node.attribute("href") or "").strip()
    if not sight.strange(address):
        return None
    if "cursor" not in style.lower() and not told and sight.sounds(address) <= _SPEAKS:
        return None
    said = reason("camouflaged", address, f"a word leads to {address}, and its style hides that it is a link")
    return Sign(
        rule="camouflaged-link",
        category="links",
        confidence=SURE,
        spans=(),
        edits=(Edit(node.start, node.inner_start), Edit(node.inner_end, node.end)),
        excerpt=excerpt_of([sight.text_between(node.inner_start, node.inner_end), address]),
        hidden_by="style",
        evidence=(said,),
    )


def _inside_text(sight: Sight, node: Node) -> bool:
    """Whether honest words stand beside the link in its element, and nothing but words in it."""
    if node.parent is None or any(child.kind is not NodeKind.TEXT for child in node.children) or not node.children:
        return False
    return any(
        child.kind is NodeKind.TEXT and len(sight.page.raw[child.start : child.end].strip()) > 1
        for child in node.parent.children
        if child is not node
    )
