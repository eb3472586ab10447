"""A visitor's profile that is an advertisement: called like an operator, with a site of that name and its numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import authority_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.costumed import OPERATOR
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_NAMES: Final = ("h1", "h2", "h3", "h4", "b", "strong", "dt", "td", "span", "a", "p")
_BOXES: Final = frozenset("div section article li td dl aside".split())  # noqa: SIM905
_TAGS: Final = re.compile(r"(?<!\w)#\w{3,}")
_CALL: Final = re.compile(r"(?:hotline|telegram|whatsapp|zalo|phone|tel|sđt|wechat|line)\W{0,4}[+\d@\w]", re.IGNORECASE)
_SHORTEST, _LONGEST, _LARGEST = 6, 24, 4_000
_STEM: Final = 5
_SEVERAL: Final = 2
_SHOWN: Final = 0.7
_ASIDE: Final = "a visitor may be called so"


def profiled(sight: Sight) -> list[Sign]:
    """Boxes that begin with such a name; none on a page that names the same elsewhere."""
    signs: list[Sign] = []
    end = 0
    for node in sight.index.called(_NAMES):
        if node.start < end or not _SHORTEST <= node.inner_end - node.inner_start <= _LONGEST:
            continue
        name = sight.text_between(node.inner_start, node.inner_end).strip().lower()
        if OPERATOR.fullmatch(name) is None or not any(letter.isdigit() for letter in name):
            continue
        box = node.parent
        if box is None or box.tag not in _BOXES or not box.closed or box.end - box.start > _LARGEST:
            continue
        if (sign := _judged(sight, box, name)) is not None:
            signs.append(sign)
            end = box.end
    return signs


def _judged(sight: Sight, box: Node, name: str) -> Sign | None:
    stem = re.sub(r"\d", "", name)[:12]
    hosts = [host for link in sight.leads_away(box) if (host := authority_of(link)) is not None]
    if len(stem) < _STEM or not any(stem in host for host in hosts):
        return None
    text = " ".join(sight.text_of(part) for part in box.walk() if part.kind is NodeKind.TEXT)
    if len(_TAGS.findall(text)) < _SEVERAL and _CALL.search(text) is None:
        return None
    span = Span(box.start, box.end)
    if outside_of(sight).speaks_of([text], [span]):
        return None
    sound = sound_of(sight.model, [text])
    told = f"it is called {name!r}, as operators are, leads to a site of that name and says how to find it everywhere"
    return Sign(
        rule="operator-profile",
        category=sound.category if sound.is_spam else "gambling",
        confidence=_SHOWN,
        spans=(span,),
        excerpt=excerpt_of([text]),
        doubt=_ASIDE,
        spare=True,
        evidence=(reason("operator", name, told), *sound.evidence()),
    )
