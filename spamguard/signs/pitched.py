"""An advertisement of one sentence, or a link that sells in one, on a page that speaks of other things. For review."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from spamguard.examine.labels import is_paid_for
from spamguard.examine.refusals import refuses
from spamguard.examine.reports import reports
from spamguard.examine.wording import are_abroad, names_in_quotes
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import hides_itself
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.keynotes import STRONG, TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.text.lexicon import Hit

TRADES: Final = frozenset("adult gambling pharmacy goods loans essays escorts crypto".split())  # noqa: SIM905
CALLS: Final = re.compile(
    r"\b(?:play|win|buy|order|try|get|claim|join|register|sign up|visit|bet|deposit|enjoy|hire|apply|click)\b"
    r"|\b(?:jetzt|kaufen|bestellen|spielen|gewinnen|jouez|gagnez|achetez|commandez|essayez|compre|juega|juegue"
    r"|gana|apuesta"
    r"|jogue|ganhe|aposte|gioca|vinci|acquista|speel|win|koop|graj|zagraj|kup|wygraj|játssz|vegyél|joacă|câștigă"
    r"|kupte|koupit|objednejte|zahrajte|získejte|vyhrajte|hrajte|kúpte|zahrajte|získajte|igrajte|osvojite|osvoji|kupite"
    r"|spela|vinn|köp|beställ|spill|kjøp|bestill|spil|køb|bestil|hent|pelaa|voita|osta|tilaa|registrér|registrer"
    r"|joacă|comandă|cumpără|profitez|découvrez|inscrivez|obtenez|commander|acheter|comprar|comprá|regístrate|descubre"
    r"|obtén|consigue|juegue|cadastre|compra|comprare|ordina|registrati|scopri|ottieni|bestel|probeer|schrijf je in"
    r"|zamów|odbierz|zarejestruj|rendelje|rendeljen|regisztrálj|žaisk|spēlē|mängi|jisajili|jiunge|cheza|shinda|ushinde"
    r"|nunua|pata|maglaro|mag-register|bumili|manalo|dapatkan|menangi|mohon|sertai|oynayın|kazanın|alın|tıkla|başvur"
    r"|sichern|sicher dir|sichere|holen|hol dir|registrieren|erhalten"
    r"|παίξτε|παίξε|κερδίστε|κέρδισε|αγοράστε|εγγραφείτε"
    r"|daftar|main|mainkan|menangkan|beli|pesan|segera|oyna|kazan|kayıt|satın al|hemen|chơi|đăng ký|mua|nhận|cược)\b"
    r"|играй|выиг|купи|закаж|регистр|сделай|грай|отримай|получи|вигра|замов|спечел|поръч|оформ|"
    r"立即|马上|点击|注册|购买|下载|联系|立刻|今すぐ|登録"
    r"|購入|지금|가입|구매"
    r"|สมัคร|เล่น|ซื้อ|العب|سجل|اشتر|احصل|بازی|خرید|ثبت نام|खेलें|जीतें|खरीदें|পান|খেলুন|কিনুন"
    r"|שחקו|הירשמו|קנו|הזמינו|קבלו|کھیلیں|خریدیں|اطلب|انضم|领取|領取|註冊|購買|下載|申し込|注文|참여|받으|받아|신청",
    re.IGNORECASE,
)
TAG: Final = re.compile(r"<[^<>]*>")
END: Final = re.compile(
    rb"[.!?](?=[\s<]|$)|\xe3\x80\x82|\xef\xbc\x81|\xef\xbc\x9f|\xe0\xa5[\xa4\xa5]|\xd8\x9f|\xdb\x94|\xe1\x9f\x94|\xe1\x81\x8b"
)
"""Full stops and marks of questions and calls, also of Chinese, Hindi, Arabic, Urdu, Khmer and Burmese."""
_PLACES: Final = frozenset("object p div td dd section article blockquote center font span b small footer body".split())  # noqa: SIM905
GOES: Final = frozenset({"p", "div", "center"})
"""Places that go when nothing is left in them."""
INLINE: Final = frozenset("a b strong i em font span u small".split())  # noqa: SIM905
_LISTED: Final = frozenset("li ul ol nav menu select option form button table".split())  # noqa: SIM905
_QUOTED: Final = frozenset("code pre tt samp kbd script style textarea blockquote q cite".split())  # noqa: SIM905
_APART: Final = frozenset({"a", "h1", "h2", "h3", "h4", "title"})
_LONGEST: Final = 4_000
_SEVERAL: Final = 2
_MOST_LINKS: Final = 3
_MOSTLY: Final = 0.8
_LONGEST_LINK: Final = 60
_SHOWN: Final = 0.6
_ASIDE: Final = "people see it, and one sentence may be the page's own"


def pitched(sight: Sight) -> list[Sign]:
    """Sentences with two keywords that call to act, and links named after one thing sold in a sentence of their own."""
    named = [atom for atom in sight.named() if atom.category in TRADES]
    if not named:
        return []
    links = sight.index.tagged.get("a", ())
    found = [(node.start, sign) for node in links if (sign := _link(sight, node)) is not None]
    several = max(Counter(atom.category for atom in named).values()) >= _SEVERAL
    if several or any(atom.strength >= STRONG for atom in named):
        apart: dict[int, bool] = {}
        texts = (node for node in sight.index.texts if node.end - node.start < _LONGEST and not is_apart(node, apart))
        found += [(node.start, sign) for node in texts for sign in _sentences(sight, node)]
    return [sign for _, sign in sorted(found, key=itemgetter(0))] if len(found) <= _SEVERAL else []


def is_apart(node: Node, known: dict[int, bool]) -> bool:
    """Whether a text stands where it is not read as a sentence: hidden, quoted, in a link or in a heading.

    ``known`` remembers what was said of the elements around the texts before.
    """
    asked: list[Node] = []
    found = False
    for around in node.ancestors():
        if id(around) in known:
            found = known[id(around)]
            break
        asked.append(around)
    for around in reversed(asked):
        found = found or around.tag in _QUOTED or around.tag in _APART or _is_hidden(around)
        known[id(around)] = found
    return found


def _is_hidden(node: Node) -> bool:
    style = node.attribute("style")
    return "hidden" in node.attributes or (style is not None and hides_itself(style))


def _known(sight: Sight, text: str) -> list[Hit]:
    """The telling keywords of a trade in a text."""
    lexicon = sight.model.lexicon
    hits = lexicon.hits(lexicon.folded(text))
    return [hit for hit in hits if hit.atom.strength >= TELLING and hit.atom.category in TRADES]


def _is_abroad(node: Node, hits: Sequence[Hit]) -> bool:
    """Whether a strong keyword is of another language than the place of a text says it is in."""
    declared = next((lang for around in node.ancestors() if (lang := around.attribute("lang"))), "")
    return are_abroad(declared.strip().lower().split("-")[0], hits, STRONG)


def _sentences(sight: Sight, node: Node) -> list[Sign]:
    raw = sight.page.raw[node.start : node.end]
    ends = [node.start, *(node.start + match.end() for match in END.finditer(raw)), node.end]
    signs = []
    for start, end in itertools.pairwise(ends):
        if end - start < _MOST_LINKS:
            continue
        text = sight.text_between(start, end)
        if CALLS.search(text) is None or refuses(text):
            continue
        hits = _known(sight, text)
        names = {hit.atom.text for hit in hits}
        enough = len(names) >= _SEVERAL or _is_abroad(node, hits)
        if not enough or len({hit.atom.category for hit in hits}) > 1:
            continue
        whole = sight.text_between(node.start, node.end)
        if reports(whole):
            return []  # news tell in one sentence who acted, and in the next against what
        if names_in_quotes(whole, names):
            continue
        if outside_of(sight).speaks_of([text], [Span(start, end)]):
            continue
        said = ", ".join(dict.fromkeys(hit.atom.text for hit in hits))
        signs.append(sentence_sign(sight, Span(start, end), text, hits[0].atom.category, f"one sentence sells: {said}"))
    return signs


def place_of(sight: Sight, link: Node, *, laid_out: bool = False) -> Node | None:
    """The element in whose sentences a link to another site stands; None in lists, quotes and where it is hidden.

    ``laid_out`` takes a table around a paragraph for the layout of an old page.
    """
    href = link.attribute("href") or ""
    place = next((around for around in link.ancestors() if around.tag not in INLINE), None)
    if not link.closed or place is None or place.tag not in _PLACES or not sight.is_foreign(href):
        return None
    if is_paid_for(link) or link.end - link.start > _LONGEST:
        return None
    apart = (_LISTED - {"table"} if laid_out and place.tag == "p" else _LISTED) | _QUOTED
    if any(around.tag in apart or _is_hidden(around) for around in (link, *link.ancestors())):
        return None
    return place


def _link(sight: Sight, link: Node) -> Sign | None:
    """A link to another site that is called like what is sold, among the words of a sentence or a credit line."""
    place = place_of(sight, link)
    if place is None:
        return None
    name = " ".join(sight.text_between(link.inner_start, link.inner_end).split())
    hits = _known(sight, name) if 0 < len(name) <= _LONGEST_LINK else []
    folded = sight.model.lexicon.folded(name)
    if sum(hit.end - hit.start for hit in hits) < _MOSTLY * max(len(folded), 1) or ORDERS in {
        h.atom.category for h in hits
    }:
        return None
    line = _line_of(link, place)
    links = (part for top in place.children[line] for part in top.walk() if part.tag == "a")
    if sum(1 for _ in itertools.islice(links, _MOST_LINKS + 1)) > _MOST_LINKS:
        return None
    span = sentence_around(sight, link, place)
    text = said_in(sight, span)
    if len(text.strip(" .,|-")) < len(name) + _MOST_LINKS or reports(text):
        return None
    if outside_of(sight).speaks_of([name], [span]):
        return None
    sign = sentence_sign(sight, span, text, hits[0].atom.category, f"one link to another site is called {name!r}")
    rest = sight.page.raw[place.inner_start : span.start] + sight.page.raw[span.end : place.inner_end]
    if place.tag in GOES and place.closed and not rest.strip():
        return replace(sign, spans=(Span(place.start, place.end),), edits=())
    return sign


def _line_of(link: Node, place: Node) -> slice:
    """Which children of a place stand in one line with a link in it: texts and inline elements."""
    children = place.children
    at = next(number for number, child in enumerate(children) if child.start <= link.start < child.end)
    first, last = at, at + 1
    while first > 0 and _is_inline(children[first - 1]):
        first -= 1
    while last < len(children) and _is_inline(children[last]):
        last += 1
    return slice(first, last)


def _is_inline(node: Node) -> bool:
    return node.kind is NodeKind.TEXT or node.tag in INLINE or node.tag == "br"


def sentence_around(sight: Sight, link: Node, place: Node) -> Span:
    """The sentence that a link stands in, white space before it included."""
    raw = sight.page.raw
    line = place.children[_line_of(link, place)]
    before = [match.end() for match in END.finditer(raw, line[0].start, link.start)]
    start = before[-1] if before else line[0].start
    if not before and start > place.inner_start:
        # The line end behind what stands above is the page's own.
        start = max(start, raw.rfind(b"\n", start, link.start - len(raw[start : link.start].lstrip())) + 1)
    after = END.search(raw, link.end, line[-1].end)
    end = after.end() if after is not None else line[-1].end
    parts = [child for child in place.children if child.kind is NodeKind.ELEMENT]
    if any(child.start < start < child.end or child.start < end < child.end for child in parts):
        return Span(link.start, link.end)
    return Span(start, end)


def said_in(sight: Sight, span: Span) -> str:
    """The text of a stretch without the tags in it."""
    return TAG.sub("", sight.text_between(span.start, span.end))


def sentence_sign(sight: Sight, span: Span, text: str, category: str, told: str) -> Sign:
    """The sign that shows a sentence; a space behind it goes with it where none stands before it."""
    raw = sight.page.raw
    start, end = span.start, span.end
    if not raw[start:end].startswith((b" ", b"\n")) and raw[end : end + 1] == b" ":
        end += 1
    sound = sound_of(sight.model, [text])
    return Sign(
        rule="pitch",
        category=category,
        confidence=_SHOWN,
        spans=(),
        edits=(Edit(start, end),),
        excerpt=excerpt_of([text]),
        doubt=_ASIDE,
        spare=True,
        evidence=(reason("pitch", text.strip(), told), *sound.evidence()),
    )
