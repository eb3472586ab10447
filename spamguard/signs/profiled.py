"""A visitor's profile that is an advertisement: called like an operator, with a site of that name and its numbers.

Or with one site that is not called so, how to get in touch, and sentences or tags that sell. A tag is a whole phrase
without spaces, which no list of keywords knows and which sounds like it all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import authority_of, site_of
from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Span
from spamguard.page.oddities import tags_told
from spamguard.page.outline import NodeKind
from spamguard.signs.costumed import OPERATOR
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.tagged import may_sell, sold_in, spaced
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_NAMES: Final = ("h1", "h2", "h3", "h4", "b", "strong", "dt", "td", "span", "a", "p")
_BOXES: Final = frozenset("div section article li td dl aside".split())  # noqa: SIM905
_TAGS: Final = re.compile(r"(?<!\w)#\w{3,}")
_CALL: Final = re.compile(r"(?:hotline|telegram|whatsapp|zalo|phone|tel|sđt|wechat|line)\W{0,4}[+\d@\w]", re.IGNORECASE)
_LABELS: Final = re.compile(
    r"(?:web\s?site|web|site|url|home\s?page|hot\s?line|(?:tele)?phone|tel|mobile|zalo|telegram|whatsapp|e-?mail|address"
    r"|trang web|địa chỉ|điện thoại|сайт|веб-сайт|почта|тел|телефон|адрес|เว็บไซต์|โทร|อีเมล|situs|alamat|telepon|adres"
    r"|网址|网站|电话|邮箱|サイト|電話)\s{0,2}[:：]",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://\S+|\S+@\S+|[+\d][\d ().-]{6,}")
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6 b strong".split())  # noqa: SIM905
_SHORTEST, _LONGEST, _LARGEST = 6, 24, 4_000
_LONGEST_NAME: Final = 60
_MOST_LINKS: Final = 5
_STEM: Final = 5
_SEVERAL: Final = 2
_SHOWN: Final = 0.7
_ASIDE: Final = "a visitor may be called so"
_A_VISITOR: Final = "a visitor may tell of a site so"


def profiled(sight: Sight) -> list[Sign]:
    """Boxes that begin with such a name, or are such a profile; none on a page that names the same elsewhere."""
    signs: list[Sign] = []
    end = 0
    for node in sight.index.called(_NAMES):
        box = node.parent
        if node.start < end or box is None or box.tag not in _BOXES or not box.closed:
            continue
        if box.end - box.start > _LARGEST or not 0 < node.inner_end - node.inner_start <= _LONGEST_NAME:
            continue
        name = sight.text_between(node.inner_start, node.inner_end).strip().lower()
        sign = _judged(sight, box, name) if _is_operator(name) else None
        if sign is None and node.tag in _HEADINGS and next(iter(_parts(box)), None) is node:
            sign = _advertising(sight, box, node)
        if sign is not None:
            signs.append(sign)
            end = box.end
    return signs


def _is_operator(name: str) -> bool:
    called = _SHORTEST <= len(name) <= _LONGEST and OPERATOR.fullmatch(name) is not None
    return called and any(letter.isdigit() for letter in name)


def _parts(box: Node) -> list[Node]:
    return [child for child in box.children if child.kind is NodeKind.ELEMENT]


def _advertising(sight: Sight, box: Node, name: Node) -> Sign | None:
    """The sign in a box that tells of one other site, shows its address, and says in tags or words what it sells."""
    links = [part for part in box.walk() if part.tag == "a"]
    sites = {site_of(link.attribute("href") or "") for link in links}
    if not 0 < len(links) <= _MOST_LINKS or len(sites) != 1 or len(sight.leads_away(box)) < len(links):
        return None
    said = [part for part in box.walk() if part.kind is NodeKind.TEXT and not name.start <= part.start < name.end]
    text = " | ".join(sight.text_of(part) for part in said)
    shown = any("://" in sight.text_between(link.inner_start, link.inner_end) for link in links)
    if not shown or _LABELS.search(text) is None:
        return None
    tags = tags_told(text)
    prose = " ".join(_LABELS.sub(" ", _ADDRESS.sub(" ", _TAGS.sub(" ", text))).replace("|", " ").split())
    sells = bool(tags) and may_sell(tags, sight.model) and bool(sold_in(tags, sight.model))
    told = spaced(tags) if sells else prose
    sound = sound_of(sight.model, [told])
    span = Span(box.start, box.end)
    if not (sells or (len(_LABELS.findall(text)) >= _SEVERAL and sound.is_spam)) or sound.category == ORDERS:
        return None
    if reports(text) or outside_of(sight).speaks_of([told], [span]):
        return None
    why = f"it leads to one other site, tells how to get in touch, and sells: {excerpt_of([told])}"
    return Sign(
        rule="operator-profile",
        category=sound.category if sound.is_spam else sight.topic([told]),
        confidence=_SHOWN,
        spans=(span,),
        excerpt=excerpt_of([text]),
        doubt=_A_VISITOR,
        spare=True,
        evidence=(reason("profile", len(tags), why), *sound.evidence()),
    )


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
