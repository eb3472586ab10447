"""A vandal's line: who broke in, told on a page that has nothing to do with it. For review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import reports
from spamguard.findings import Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.patterns import pattern
from spamguard.signs.index import places_of
from spamguard.signs.sign import Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_LINE: Final = re.compile(
    r"\W{0,6}(?:this (?:web)?site (?:has been |was |is )?|site |index |you (?:have been |got |are ))?"
    r"(?:hacked|defaced|pwned|owned|haxored|rooted|stamped|touched)\W{1,3}by\W{0,3}"
    r"(?P<who>[\w.$@!|-]{2,30}(?: [\w.$@!|-]{2,20}){0,3})(?P<rest>.{0,160})",
    re.IGNORECASE | re.DOTALL,
)
_BOASTS: Final = re.compile(
    r"greet[sz]|crew|team|cyber|army|h4ck|hack|secur|index|r00t|root|patch|gov|was here|ownz|\d|!|[A-Z]\w*[A-Z]"
    r"|_|~|<3|\W{3}",
)
_WHO_ABROAD: Final = (
    r"(?:(?:invadid|hackead|vulnerad)[oa]s? por|(?:pirat|hack)[ée]e? par|gehackt von|(?:hackerato|violato) da"
    r"|взлом(?:ан|ано|ал|ала|али)|di(?:retas|hack) oleh|(?:z?hakowan[aey]|przejęt[aey]) przez|bị hack bởi"
    r"|gehackt door|hackad av|hac?ket a[fv]|hakkeroinut|(?:spart|hackuit) de|feltörte|зламан[оаий]?|χακαρίστηκε από"
    r"|هک شده? توسط|تم (?:ال)?اختراق(?: \w+)? (?:بواسطة|من قبل)|ถูกแฮ[กค]โดย|해킹(?:됨|당함)"
    r"|(?:已?被|由)(?=[^。]{2,20}(?:黑|入侵|攻破))|hacklendi|hackledi)\W{0,4}"
    r"(?P<who>[\w.$@!|-]{2,30}(?: [\w.$@!|-]{2,20}){0,2})"
)
_ABROAD: Final = pattern(rf"\W{{0,6}}(?:[\w-]{{1,20}}\W{{1,3}}){{0,5}}?{_WHO_ABROAD}", re.IGNORECASE)
"""The same in other languages, where it has to be shouted by somebody who is called as such people are."""
_SAID_ABROAD: Final = pattern(_WHO_ABROAD, re.IGNORECASE)
_NICK: Final = re.compile(
    r"[a-z][013457][a-z]|_|[a-z][A-Z]|[a-z]{3}\d{2,4}\b|h4"
    r"|(?i:\b(?:team|crew|cyber|army|anonymous|squad|[eé]quipe|equipo|hackers?|gang|ekibi|takımı)\b)"
)
_PROSE: Final = re.compile(
    r"\b(?:who|which|after|when|in (?:january|february|march|april|may|june|july|\d)|the|and then)\b"
)
_HERE: Final = re.compile(
    r"(?P<who>[\w.$@!|-]{2,30}(?: [\w.$@!|-]{2,20}){0,2}) (?:was|were|is) here\b|\bgreet[sz](?: ?(?:to|[:=~|-])|\b)",
    re.IGNORECASE,
)
_CRACKER: Final = pattern(
    r"\bgreetz\b|h4ck|h4x|pwn|0wn|r00t|\b(?:cyber|crew|anonymous)\b.{0,60}\b(?:army|team|was here|security)\b"
    r"|\b(?=\w*[a-z]\d[a-z])\w{5,}\b.{0,80}\b(?=\w*[a-z]\d[a-z])\w{5,}\b",
    re.IGNORECASE | re.DOTALL,
)
_MENTIONS: Final = re.compile(r"\b(?:hacked|defaced|pwned|owned|haxored|rooted|stamped|touched|greetz|was here)\b")
_LEET: Final = str.maketrans("013457$@", "oieastsa")
_WORDS: Final = (
    *(b"hacked", b"defaced", b"pwned", b"owned", b"haxored", b"rooted", b"stamped", b"touched"),
    *(b"greetz", b"was here"),
)
_ABROAD_WORDS: Final = (
    "hack",
    "invadid",
    "vulnerad",
    "pirat",
    "violato",
    "diretas",
    "hakowan",
    "hakkeroi",
    "spart de",
    "feltör",
    "зламан",
    "Зламан",
    "ЗЛАМАН",
    "χακαρ",
    "هک شد",
    "اختراق",
    "ถูกแฮ",
    "해킹",
    "взлом",
    "Взлом",
    "ВЗЛОМ",
    "被黑",
    "入侵",
    "攻破",
)
_LEET_BYTES: Final = bytes.maketrans(b"013457$@", b"oieastsa")
_SHOUTED: Final = frozenset({"center", "marquee", "font"})
_DRESSED: Final = ("style", "align", "bgcolor", "color")
_PLACES: Final = frozenset("p div h1 h2 h3 h4 center font b strong span marquee td body i em big u pre".split())  # noqa: SIM905
_CODE: Final = frozenset("code pre script style textarea blockquote article".split())  # noqa: SIM905
_LONGEST: Final = 240
_SHOWN: Final = 0.7
_TOLD: Final = "only reported: what else was changed is for people to find out"


def defaced(sight: Sight) -> list[Sign]:
    """Short lines of their own that begin by naming who broke in; none on a page that tells of it at length."""
    signs: list[Sign] = []
    end = 0
    abroad = frozenset(_written(sight, word) for word in _ABROAD_WORDS) - {b""}
    for node in _worth_asking(sight, abroad):
        if node.start < end or node.end - node.start > 4 * _LONGEST or not _mentions(sight, node, abroad):
            continue
        titled = node.kind is NodeKind.RAW
        place = node if titled else _place(sight, node)
        text = " ".join(_text(sight, place).split()) if place is not None else ""
        shouted = place is not None and _is_shouted(place)
        who = _who(text, shouted=shouted) if len(text) <= _LONGEST else None
        if place is not None and who is not None:
            signs.append(_sign(place, text, who, titled=titled))
            end = place.end
    return signs


def _worth_asking(sight: Sight, abroad: frozenset[bytes]) -> list[Node]:
    """The titles, and the texts in which one of the words may stand: hardly a text has one."""
    row = sight.index.row.lower().translate(_LEET_BYTES)
    texts = sight.index.at(place for word in {*_WORDS, *abroad} for place in places_of(word, row))
    return sorted([*texts, *(node for node in sight.index.raws if node.tag == "title")], key=lambda node: node.start)


def _mentions(sight: Sight, node: Node, abroad: frozenset[bytes]) -> bool:
    read = sight.page.raw[node.start : node.end].lower().translate(_LEET_BYTES)
    if _MENTIONS.search(read.decode("latin-1")) is not None:
        return True
    return any(word in read for word in abroad)


def _written(sight: Sight, word: str) -> bytes:
    """A word as the page would write it, read as its texts are; nothing when it cannot."""
    return word.encode(sight.page.codec, "ignore").lower().translate(_LEET_BYTES)


def _is_shouted(place: Node) -> bool:
    return any(part.tag in _SHOUTED or part.tag in {"h1", "h2"} for part in (place, *place.walk()))


def _who(text: str, *, shouted: bool) -> str | None:
    """Who says that he broke in, in a line that says hardly more than that."""
    abroad = _ABROAD.match(text) if shouted else None
    if abroad is not None and _NICK.search(abroad["who"]) is not None:
        return None if reports(text[abroad.end() :]) else text[slice(*abroad.span("who"))]
    read = text.translate(_LEET)
    match = _LINE.match(read)
    if match is not None and _PROSE.search(match["rest"]) is None and _BOASTS.search(text[8:]) is not None:
        return None if reports(text) else text[slice(*match.span("who"))]
    match = _HERE.search(read)
    if match is None or _CRACKER.search(text) is None or _PROSE.search(read) is not None or reports(text):
        return None
    return text[slice(*match.span("who"))] if match["who"] else text[slice(*match.span())]


def boasts_abroad(text: str) -> bool:
    """Whether a text, on one line, holds what a vandal says in another language than English of who he is."""
    return any(_NICK.search(match["who"]) is not None for match in _SAID_ABROAD.finditer(text))


def _sign(place: Node, text: str, who: str, *, titled: bool) -> Sign:
    return Sign(
        rule="defacement",
        category="keywords",
        confidence=_SHOWN,
        spans=() if titled else (Span(place.start, place.end),),
        edits=(Edit(place.start, place.end),) if titled else (),
        excerpt=excerpt_of([text]),
        doubt=_TOLD,
        evidence=(reason("defaced", who, f"a line of its own says that {who!r} broke in"),),
    )


def _text(sight: Sight, place: Node) -> str:
    if place.kind is NodeKind.RAW:
        return sight.text_of(place)
    return " ".join(sight.text_of(part) for part in place.walk() if part.kind is NodeKind.TEXT)


def _place(sight: Sight, node: Node) -> Node | None:
    """The widest small element in which a text comes first, or that is dressed up; None in code, links and articles."""
    place = None
    for around in node.ancestors():
        if (around.tag in _CODE and not _is_banner(around)) or around.tag == "a":
            return None
        if around.tag not in _PLACES - {"body"} or around.end - around.start > 2 * _LONGEST:
            break
        first = next((part for part in around.walk() if part.kind is NodeKind.TEXT and _is_said(sight, part)), None)
        dressed = around.tag in _SHOUTED or any(name in around.attributes for name in _DRESSED)
        if first is not node and not dressed:
            break
        if around.closed and (first is node or not any(part.tag == "a" for part in around.walk())):
            place = around
    return place


def _is_banner(around: Node) -> bool:
    """Whether letters that keep their places are a picture and no code: in colours of their own, or centred."""
    return around.tag == "pre" and (
        "style" in around.attributes or (around.parent is not None and around.parent.tag == "center")
    )


def _is_said(sight: Sight, text: Node) -> bool:
    return bool(sight.page.raw[text.start : text.end].strip())
