"""Links in a box that two scripts write around them: one opens a hidden element, the other closes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.tokens import hides_itself
from spamguard.scripts.read import read_alone
from spamguard.scripts.reading import Use
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_PIECES: Final = re.compile(r"""(['"])\s{0,9}\+\s{0,9}\1""")
_WRITES: Final = re.compile(
    r"document\s{0,3}(?:\.\s{0,3}write(?:ln)?|\[\s{0,3}['\"]write(?:ln)?['\"]\s{0,3}\])\s{0,3}\("
)
_OPENS: Final = re.compile(
    r"<(?:div|span|p|font|ul|section|u)\b[^<>]{0,300}style\s{0,3}=\s{0,3}\\?[\"']?([^<>\"'\\]{4,300})"
)
_CLOSES: Final = re.compile(r"<\\?/(?:div|span|p|font|ul|section|u)\s{0,3}>")
_EVERYDAY: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0", re.IGNORECASE)
_LONGEST: Final = 2_000
_LARGEST: Final = 60_000
_SEVERAL: Final = 2


def wrapped(sight: Sight) -> list[Sign]:
    """Boxes written around links to other sites. What is hidden in an everyday way has to sound like spam, too."""
    signs = []
    opened: tuple[Node, str] | None = None
    for node in sight.index.tagged.get("script", ()):
        if node.end - node.start > _LONGEST:
            continue
        script = sight.text_between(node.start, node.end)
        joined = _PIECES.sub("", script)
        if _WRITES.search(joined) is None:
            continue
        # What is put together of names is read; a text that cannot be read whole is searched as it stands.
        text = " ".join(saying.text for saying in read_alone(script).used(Use.WRITTEN)) or joined
        opens = _OPENS.search(text)
        closes = _CLOSES.search(text) is not None
        if opens is not None and not closes and hides_itself(opens[1]):
            opened = node, opens[1]
        elif closes and opens is None and opened is not None:
            sign = _judged(sight, opened[0], node, opened[1])
            opened = None
            if sign is not None:
                signs.append(sign)
    return signs


def _judged(sight: Sight, first: Node, last: Node, style: str) -> Sign | None:
    if first.parent is not last.parent or last.start - first.end > _LARGEST:
        return None
    links = _links(sight, first, last)
    texts = [sight.text_between(link.inner_start, link.inner_end) for link in links]
    if not links:
        return None
    sound = sound_of(sight.model, texts)
    if not sound.is_spam and (_EVERYDAY.search(style) is not None or len(links) < _SEVERAL):
        return None
    told = f"scripts write a hidden box ({style.strip()[:60]}) around {len(links)} links to other sites"
    return Sign(
        rule="written-box",
        category=sound.category,
        confidence=SURE,
        spans=(Span(first.start, last.end),),
        excerpt=excerpt_of(texts[:6]),
        hidden_by="script",
        evidence=(reason("box", style.strip(), told), *sound.evidence()),
    )


def _links(sight: Sight, first: Node, last: Node) -> Sequence[Node]:
    """The links between two scripts, all of which lead to other sites; none when one stays on this."""
    siblings = first.parent.children if first.parent is not None else []
    between = [node for node in siblings if first.end <= node.start < last.start]
    links = [part for node in between for part in node.walk() if part.tag == "a" and part.attribute("href")]
    return links if all(sight.is_foreign(link.attribute("href") or "") for link in links) else []
