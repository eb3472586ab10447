"""A frame that nobody sees or that covers the page, and a page that leads elsewhere by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.oddities import covers, leads_to
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_BARE: Final = frozenset(
    "src data width height style frameborder scrolling border marginwidth marginheight class".split()  # noqa: SIM905
)
"""What the frames of intruders have. Those of advertisements, players and logins have a name that their scripts use."""
_DOT: Final = frozenset({"0", "1", "0px", "1px"})
_AWAY: Final = re.compile(r"(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{4,}", re.IGNORECASE)
_UNSEEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0\s*(?:;|$)|(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_GONE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
"""How honest frames are hidden that only talk to their own site: a visitor counter, a challenge."""
_LONGEST: Final = 80
_SPEAKS: Final = 1.0
_SOON: Final = 5


def framed(sight: Sight) -> list[Sign]:
    """Frames and refreshes to another site that an honest page has no use for."""
    return [sign for node in sight.nodes if node.kind is NodeKind.ELEMENT for sign in _judged(sight, node)]


def _judged(sight: Sight, node: Node) -> Iterator[Sign]:
    if node.tag in {"iframe", "object", "embed"}:
        sign = _frame(sight, node)
    elif node.tag == "meta" and (node.attribute("http-equiv") or "").strip().lower() == "refresh":
        sign = _refresh(sight, node)
    else:
        sign = None
    if sign is not None:
        yield sign


def _frame(sight: Sight, node: Node) -> Sign | None:
    address = (node.attribute("data" if node.tag == "object" else "src") or "").strip()
    if not sight.strange(address) or any(around.tag == "noscript" for around in node.ancestors()):
        return None
    style = node.attribute("style") or ""
    dot = all((node.attribute(name) or "").strip() in _DOT for name in ("width", "height"))
    away = _AWAY.search(style) is not None
    over = covers(style)
    if not (dot or away or over or _UNSEEN.search(style)):
        return None
    speaks = max(sight.sounds(text) for text in (address, node.attribute("title") or address)) > _SPEAKS
    bare = all(name in _BARE for name in node.attributes)
    plain = bare and len(address) <= _LONGEST and "?" not in address and _GONE.search(style) is None
    if not (speaks or (plain and (dot or away or over))):
        return None
    what = "covers the page" if over else "is out of sight"
    return Sign(
        rule="foreign-frame",
        category="links",
        confidence=SURE if speaks or over else 0.95,
        spans=(Span(node.start, node.end),),
        excerpt=excerpt_of([address]),
        hidden_by=None if over else "off-screen" if away else "one-pixel" if dot else "style",
        evidence=(
            reason("framed", address, f"a frame that {what} shows {address}, which the page names nowhere else"),
        ),
    )


def _refresh(sight: Sight, node: Node) -> Sign | None:
    address, seconds = leads_to(node.attribute("content") or "")
    if address is None or seconds > _SOON or not sight.strange(address):
        return None
    if any(around.tag == "noscript" for around in node.ancestors()) or sight.is_bare():
        return None
    speaks = sight.sounds(address) > _SPEAKS
    return Sign(
        rule="foreign-refresh",
        category="links",
        confidence=SURE if speaks else 0.95,
        spans=(Span(node.start, node.end),),
        excerpt=excerpt_of([address]),
        evidence=(reason("refreshed", address, f"visitors are led to {address} by a refresh"),),
    )
