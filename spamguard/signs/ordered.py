"""Orders to language models where people do not see them: hidden text, comments, attributes. Only reported."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import AMP
from spamguard.signs.hiding import may_be_hidden, way_of
from spamguard.signs.orders import ONLY_TOLD, commands
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_ENCODED: Final = re.compile(r"\b(?:decode|base64|follow|execute)\b.{0,40}?([A-Za-z0-9+/]{40,4000}={0,2})", re.DOTALL)
_NEARLY_WHITE: Final = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#f[a-f0-9](?:f[a-f0-9]){0,2}\b|white|transparent|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d)"
    r"|font-size\s*:\s*[01]?(?:\.\d+)?\s*(?:px|pt|em|rem|;|$)|line-height\s*:\s*0|clip(?:-path)?\s*:",
    re.IGNORECASE,
)
_SPOKEN: Final = ("alt", "title", "aria-label", "aria-description", "content", "placeholder", "value", "summary")
_SHORTEST: Final = 12
_BOX: Final = 4_000


def ordered(sight: Sight) -> list[Sign]:
    """Orders in comments, in attributes and in elements that their own style hides."""
    index = sight.index
    spoken = [name for name in index.given if name in _SPOKEN or name.startswith("data-")]
    found = [(node.start, sign) for node in index.comments if (sign := _comment(sight, node)) is not None]
    told = ((name, node) for name in spoken for node in index.given[name])
    found += [(node.start, sign) for name, node in told if (sign := _attribute(sight, node, name)) is not None]
    end = 0
    for node in index.having(("style", "hidden"), tags=("marquee",)):
        if node.attributes and node.start >= end and node.closed and _may_be_hidden(node):
            text = _text(sight, node)
            if text and commands(text) and (way := way_of(sight, node)) is not None:
                found.append((node.start, _sign(Span(node.start, node.end), text, "hidden text", way)))
                end = node.end
    return [sign for _, sign in sorted(found, key=itemgetter(0))]


def _comment(sight: Sight, node: Node) -> Sign | None:
    text = sight.text_of(node)
    if len(text) > _SHORTEST and (commands(text) or commands(_decoded(text))):
        return _sign(Span(node.start, node.end), text, "a comment")
    return None


def _decoded(text: str) -> str:
    """What a comment says in base64, if it asks to be decoded."""
    match = _ENCODED.search(text)
    if match is None:
        return ""
    try:
        return base64.b64decode(match[1][: len(match[1]) // 4 * 4]).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _may_be_hidden(node: Node) -> bool:
    return may_be_hidden(node) or _NEARLY_WHITE.search(node.attribute("style") or "") is not None


def _text(sight: Sight, node: Node) -> str:
    """The text of a small element."""
    if node.end - node.start > _BOX:
        return ""
    texts = (part for part in node.walk() if part.kind is NodeKind.TEXT)
    return " ".join(sight.text_of(text) for text in texts)


def _attribute(sight: Sight, node: Node, name: str) -> Sign | None:
    value = node.attributes[name]
    if len(value) <= _SHORTEST or value.startswith(("{", "[")):
        return None
    if value.isascii() and " " not in value and AMP not in value:
        return None  # an address, not a sentence
    written = value.replace(AMP, "&").encode("latin-1", "replace")
    text = unescape(written.decode(sight.page.codec, "replace"))
    if not commands(text):
        return None
    empty = node.tag != "img" and not sight.page.raw[node.inner_start : node.inner_end].strip()
    if node.tag == "meta" or (empty and node.tag != "input" and node.closed):
        return _sign(Span(node.start, node.end), text, f"the attribute {name}")
    at = sight.page.raw.find(written, node.start, node.inner_start or node.end)
    return _sign(Span(at, at + len(written)), text, f"the attribute {name}", emptied=True) if at >= 0 else None


def _sign(span: Span, text: str, where: str, way: str | None = None, *, emptied: bool = False) -> Sign:
    said = reason("orders", where, f"{where} speaks to a language model and tells it what to say")
    return Sign(
        rule="hidden-orders",
        category=ORDERS,
        confidence=SURE,
        spans=() if emptied else (span,),
        edits=(Edit(span.start, span.end),) if emptied else (),
        excerpt=excerpt_of([text]),
        doubt=ONLY_TOLD,
        hidden_by=way,
        spare=True,
        evidence=(said,),
    )
