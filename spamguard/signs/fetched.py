"""A hidden empty element and the script that fills it from another site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_LONGEST: Final = 4_000
_FILLED: Final = re.compile(
    r"""(?:getElementById\(\s*|querySelector\(\s*|\$\(\s*)(['"`])#?([\w.-]{1,64})\1\s*\)\s*"""
    r"""\.(?:innerHTML\s*\+?=|outerHTML\s*=|insertAdjacentHTML\(|html\(|append\(|load\()"""
)
_FETCHES: Final = re.compile(r"\bfetch\(|XMLHttpRequest|\$\.(?:get|ajax|post)\(|\.load\(|axios")
_SHOWS: Final = re.compile(r"""\.style\b|classList|className|removeAttribute|\.hidden\s*=|\.(?:show|fadeIn|toggle)\(""")
_ADDRESS: Final = re.compile(r"""(['"`])((?:https?:)?//[^'"`\s]{4,300})\1""")
_HIDES: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|:\s*-\d{3,}|opacity\s*:\s*0(?:\D|$)", re.IGNORECASE
)


def fetched(sight: Sight) -> list[Sign]:
    """Scripts that fetch text from another site into elements that nobody sees and that nothing shows later."""
    return [sign for script in sight.scripts if script.runs and (sign := _judged(sight, script.element, script.body))]


def _judged(sight: Sight, element: Node, body: Node) -> Sign | None:
    if body.end - body.start > _LONGEST:
        return None
    text = sight.text_of(body, references=False)
    if _FETCHES.search(text) is None or _SHOWS.search(text) is not None:
        return None
    addresses = [match[2] for match in _ADDRESS.finditer(text)]
    if not addresses or any(sight.foreign(address) is None for address in addresses):
        return None
    holders = [node for match in _FILLED.finditer(text) for node in sight.by_id.get(match[2], ())]
    if not holders or not all(_is_empty(node) and _is_hidden(node) for node in holders):
        return None
    spans = {Span(element.start, element.end)} | {Span(node.start, node.end) for node in holders}
    said = reason("fetched", addresses[0], f"a script fills a hidden, empty element with what {addresses[0]} sends")
    return Sign(
        rule="fetched-block",
        category="links",
        confidence=SURE,
        spans=tuple(sorted(spans)),
        excerpt=excerpt_of([text]),
        hidden_by="script",
        evidence=(said,),
    )


def _is_empty(node: Node) -> bool:
    return (
        node.closed
        and node.inner_end - node.inner_start < 200
        and not any(child.kind is not NodeKind.TEXT for child in node.children)
    )


def _is_hidden(node: Node) -> bool:
    return node.attribute("hidden") is not None or _HIDES.search(node.attribute("style") or "") is not None
