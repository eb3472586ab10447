"""A hidden empty element and the script that fills it from another site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.scripts.reading import Reading, Use
from spamguard.signs.scripts import sign_of
from spamguard.signs.sign import Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Script, Sight

_FILLS: Final = frozenset({"innerHTML", "outerHTML", "insertAdjacentHTML", "html", "append", "load"})
_SHOWS: Final = frozenset(
    {
        "addEventListener",
        "appendChild",
        "className",
        "classList",
        "css",
        "fadeIn",
        "hidden",
        "removeAttr",
        "removeAttribute",
        "removeClass",
        "show",
        "showModal",
        "slideDown",
        "style",
        "toggle",
    }
)
_HIDES: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|:\s*-\d{3,}|opacity\s*:\s*0(?:[^.\d]|$)", re.IGNORECASE
)


def fetched(sight: Sight) -> list[Sign]:
    """Scripts that fetch text from another site into elements that nobody sees and that nothing shows later."""
    return [sign for script in sight.scripts if (sign := _judged(sight, script, sight.reading(script))) is not None]


def may_fetch(reading: Reading) -> bool:
    """Whether a script fills something with what it fetches from an absolute address, and shows nothing."""
    sources = reading.used(Use.FETCHED)
    fills = bool(reading.names & _FILLS) and not reading.names & _SHOWS
    return bool(sources) and fills and all(domain_of(source.text) is not None for source in sources)


def _judged(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    sources = reading.used(Use.FETCHED)
    if not may_fetch(reading) or any(sight.foreign(source.text) is None for source in sources):
        return None
    named = {saying.text.strip().removeprefix("#") for saying in reading.sayings if len(saying.text) < 80}
    holders = [node for name in sorted(named) for node in sight.by_id.get(name, ())]
    if not holders or not all(_is_empty(node) and _is_hidden(node) for node in holders):
        return None
    host = domain_of(sources[0].text)
    return sign_of(
        script,
        "fetched-block",
        "links",
        excerpt_of(source.text for source in sources),
        (reason("fetched", str(host), f"a script fills a hidden, empty element with what {host} sends"),),
        reading=reading,
        about=reading.sayings,
        holders=[Span(node.start, node.end) for node in holders],
    )


def _is_empty(node: Node) -> bool:
    blank = all(child.kind in {NodeKind.TEXT, NodeKind.COMMENT} for child in node.children)
    return node.closed and blank and node.inner_end - node.inner_start < 100


def _is_hidden(node: Node) -> bool:
    return node.attribute("hidden") is not None or _HIDES.search(node.attribute("style") or "") is not None
