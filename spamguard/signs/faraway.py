"""Links that are moved further away than any layout needs, often by a style that a script writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.oddities import is_far
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_RULE: Final = re.compile(r"#([\w-]{1,64})\s*\{([^{}]{1,400})\}")
_LONGEST: Final = 3_000


def faraway(sight: Sight) -> list[Sign]:
    """Elements a million pixels away that hold links: to other sites, or any when a script moves them there."""
    signs = []
    moved = {id(node) for node in sight.nodes if node.kind is NodeKind.ELEMENT and _moves_itself(node)}
    helpers: dict[int, list[Node]] = {}
    for node in sight.nodes:
        if node.kind is NodeKind.RAW and node.tag in {"script", "style"} and node.end - node.start <= _LONGEST:
            for rule in _RULE.finditer(sight.text_of(node, references=False)):
                for named in sight.by_id.get(rule[1], ()) if is_far(rule[2]) else ():
                    moved.add(id(named))
                    helpers.setdefault(id(named), []).append(node)
    for node in sight.nodes:
        scripted = any(helper.tag == "script" for helper in helpers.get(id(node), ()))
        if id(node) in moved and (addresses := sight.leads_away(node) or (_links(node) if scripted else [])):
            rules = [helper for helper in helpers.get(id(node), ()) if _serves_only(sight, helper)]
            parents = [helper.parent for helper in rules if helper.parent is not None]
            spans = {Span(part.start, part.end) for part in (node, *parents)}
            said = reason("faraway", addresses[0], "links stand a million pixels away, where no layout puts anything")
            signs.append(
                Sign(
                    rule="faraway-links",
                    category="links",
                    confidence=SURE,
                    spans=tuple(sorted(spans)),
                    excerpt=excerpt_of(addresses),
                    hidden_by="off-screen",
                    evidence=(said,),
                )
            )
    return signs


def _links(node: Node) -> list[str]:
    return [part.attribute("href") or "" for part in node.walk() if part.tag == "a"]


def _moves_itself(node: Node) -> bool:
    style = node.attribute("style")
    return style is not None and is_far(style)


def _serves_only(sight: Sight, helper: Node) -> bool:
    """Whether a script or style holds no other rule: a sheet of the site loses nothing but the rule's subject."""
    return len(_RULE.findall(sight.text_of(helper, references=False))) == 1
