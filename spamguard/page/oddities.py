"""Is a frame, a link or a style worth a second look? Asked of every page: plain searches first, cheap and rare ones.

What passes here is read closely (``spamguard/signs``), so it may turn out to be honest, but that must not be often.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.page.frames import Look, is_silent, look_of
from spamguard.page.patterns import pattern
from spamguard.page.watch import Watch

if TYPE_CHECKING:
    from turbohtml import Token

KNOWN_TAGS: Final = frozenset(
    "a abbr acronym address altglyph animate animatemotion animatetransform applet area article aside audio b "  # noqa: SIM905
    "base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center circle cite "
    "clippath code col colgroup data datalist dd defs del desc details dfn dialog dir div dl dt ellipse em "
    "embed feblend fecolormatrix fecomponenttransfer fecomposite fediffuselighting fedisplacementmap fedistantlight "
    "fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology "
    "feoffset fepointlight fespecularlighting fespotlight fetile feturbulence fieldset figcaption figure filter font "
    "footer foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img "
    "input ins isindex kbd keygen label legend li line lineargradient link listing main map mark marker marquee "
    "mask math menclose menu menuitem merror meta metadata meter mfenced mfrac mi mmultiscripts mn mo mover "
    "mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover nav nobr noembed noframes noindex noscript object ol optgroup option output p param path pattern "
    "picture plaintext polygon polyline portal pre progress q radialgradient rb rect rp rt rtc ruby s samp "
    "script search section select semantics set slot small source span stop strike strong style sub summary sup "
    "svg switch symbol table tbody td template text textarea textpath tfoot th thead time title tr track tref "
    "tspan tt u ul use var video view wbr xml xmp".split()
)
FEED_TAGS: Final = frozenset({"rss", "feed", "rdf:rdf", "urlset"})
"""The outermost elements of feeds and sitemaps."""
_LEADS: Final = pattern(r"\s*(\d{1,5})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"\s]+)", re.IGNORECASE)
_UNLINKED: Final = pattern(r"text-decoration\s*:\s*none|(?<![\w-])all\s*:\s*(?:unset|initial)", re.IGNORECASE)
_PLAIN: Final = pattern(
    r"cursor\s*:\s*(?:text|default|auto|inherit)|(?<![\w-])color\s*:\s*(?:inherit|#0{3}\b|#0{6}|#333(?:333)?\b|black)",
    re.IGNORECASE,
)
_LEADS_ON: Final = pattern(r"<a\b|<(?:script|iframe)\b[^<>]{0,1000}\bsrc\b", re.IGNORECASE)
"""In a page inside a frame that leads to another one."""
_BOXED: Final = Look(dot=True, away=True, over=False, faint=False, gone=False)
"""How a frame may be seen at the most in a box that honest pages seldom hide so."""
_NOT_BARE: Final = ("sandbox", "onload", "role", "aria-label", "aria-hidden")
_NOT_BARE_UNSEEN: Final = ("allow", "allowfullscreen", "title", "tabindex", "loading", "referrerpolicy", "seamless")
"""What the frames of intruders do not have, these last unless they cover the page (``signs/framed.py``)."""
LONGEST_RULE: Final = 3_000
"""Characters up to which a script or a style sheet is short."""
_FAR: Final = pattern(r"(?:top|left|right|bottom|indent|margin(?:-left|-top)?)\s*:\s*-\d{7}", re.IGNORECASE)
_LEAPS: Final = pattern(r"""-(?<=[\s:"']-)\d{7}""")
"""In all that is far away. It begins with a fixed character, which is found fast, so that hardly any other is asked."""
_MOVES: Final = Watch((":-", '"-', "'-"))
_FAR_VALUE: Final = pattern(r"""["']-\d{7}""")
_ADVERTISED: Final = pattern(
    r"(?:%E3%80%82|%EF%BC%8E|%EF%BD%A1|[\u3002\uff0e\uff61])(?:com|net|org|cc|vip|top|xyz|shop)\b", re.IGNORECASE
)
"""A query with ``host\N{IDEOGRAPHIC FULL STOP}com``: written so that it is read and not linked."""
_DOTS: Final = ("%E3%80%82", "%EF%BC%8E", "%EF%BD%A1")
CODED: Final = "[url=http"
LINKS_TOLD: Final = ("<a ", CODED)
"""Tags of links stand in a text only where a form took them for words."""
CONTACTS_TOLD: Final = (
    "加薇",
    "加威",
    "加微",
    "加徽",
    "薇信",
    "威信",
    "薇❤",
    "威❤",
    "微❤",
    "V❤",
    "v❤",
    "➕V",
    "➕v",
    "➕薇",
    "➕微",
    "➕威",
)
"""How to get in touch with somebody who does not call the messenger by its name; some of it means other things too."""
BOASTS_ABROAD: Final = (
    "nvadido por", "NVADIDO POR", "ackeado por", "ACKEADO POR", "iraté par", "IRATÉ PAR", "ehackt von", "EHACKT VON",
    "ehackt door", "EHACKT DOOR", "ackerato da", "acklendi", "ACKLENDI", "iretas oleh", "ihack oleh", "akowana przez",
    "взлом", "Взлом", "ВЗЛОМ", "被黑", "入侵", "ламано ", "ЛАМАНО ", "هک شده توسط", "اختراق", "해킹됨",
)  # fmt: skip
"""Who broke in, as the news say it as well."""
ORDERS_TOLD: Final = (
    "previous instructions", "AI assistant", "KI-Assistent", "assistant IA", "instructions précédentes",
    "instrucciones anteriores", "instruções anteriores", "предыдущие инструкции",
    "anguage models", "AI crawler", "AI agent", "prachmodell", "мовних модел", "языковых модел", "попередні інструкції",
    "попередні вказівки", "言語モデル", "언어 모델", "语言模型", "คำสั่งก่อนหน้า", "पिछले निर्देश", "पूर्व निर्देश",
    "bisherigen Anweisungen", "vorherigen Anweisungen", "AI-assistent", "asistente de IA", "assistente IA",
    "asystent AI", "eerdere instructies", "istruzioni precedenti", "yapay zeka asistan", "trợ lý AI", "asisten AI",
    "ИИ-ассистент",
    "人工智能助手", "如果你是人工智能", "指令，", "AIアシスタント", "指示を無視", "지시를 무시",
)  # fmt: skip
"""What orders to language models speak of, and whoever writes about these."""
_TOLD: Final = Watch((
    "hacked by ", "Hacked by ", "hacked By ", "Hacked By ", "HACKED", "efaced by ", "efaced By ", "n3d ", "4ck",
    "wned By ", "Pwned by", "r00t", "3f4c", "Touched by", "0uched", "0wned", "pwned", "reetz", "gr33t",
    *LINKS_TOLD, *CONTACTS_TOLD, *BOASTS_ABROAD, *ORDERS_TOLD,
))  # fmt: skip

_TAG: Final = pattern(r"#(\w{8,40})")
_SEVERAL_TAGS: Final = 2
_GRID: Final = pattern("[县市区旗州省][|\\s\0-\x08]+(?=[\u4e00-\u9fff]{2,6})")
_PLACES, _MORE_PLACES = 6, 12
"""A place and a word behind it, with marks of the page or a line between them, and how many make a grid."""


def is_invented(tag: str) -> bool:
    """Whether no standard knows a tag and it is no custom element or other vocabulary either."""
    return tag not in KNOWN_TAGS and "-" not in tag and ":" not in tag


def frame_tells(token: Token, *, boxed: bool) -> bool | None:
    """Whether a frame of another site is out of sight or covers the page; ``boxed`` when its box is out of sight.

    None where it is, but tells of a visit or is made as players and advertisements are: then only its words can tell.
    """
    address = (token.attr("src") or token.attr("data") or "").strip()
    if not address:
        inside = token.attr("srcdoc") or ""
        return _LEADS_ON.search(inside) is not None and _hides(token, boxed=boxed) is not None
    if not address.startswith(("http", "//", "HTTP")):
        return False
    look = _hides(token, boxed=boxed)
    if look is None:
        return None if _is_called(token) and (is_worded(token.attr("name")) or _look(token).over) else False
    if not is_silent(address, look.within(_BOXED) if boxed else look):
        return None
    others = _NOT_BARE if look.over else _NOT_BARE + _NOT_BARE_UNSEEN
    return True if all(token.attr(name) is None for name in others) else None


def _hides(token: Token, *, boxed: bool) -> Look | None:
    """How a frame is to be seen, if it is out of sight or covers the page."""
    look = _look(token)
    if _is_called(token):
        return look if look.twice else None  # else somebody's script fills it: advertisements, players, logins
    return look if look.over or look.unseen or boxed else None


def _look(token: Token) -> Look:
    return look_of(token.attr("width"), token.attr("height"), token.attr("style") or "")


def _is_called(token: Token) -> bool:
    return token.attr("id") is not None or token.attr("name") is not None


def is_worded(name: str | None) -> bool:
    """Whether the name of a frame is words: no script calls it so."""
    return name is not None and " " in name.strip()


def meta_tells(token: Token) -> bool:
    """Whether a meta tag soon leads to another site."""
    kind = token.attr("http-equiv")
    if kind is None or kind.strip().lower() != "refresh":
        return False
    address, _ = leads_to(token.attr("content") or "")
    return address is not None and address.lower().startswith(("http", "//"))


def rule_tells(text: str) -> bool:
    """Whether a short script or style sheet moves something out of any layout."""
    if len(text) > LONGEST_RULE:
        return False
    if _LEAPS.search(text) is None:
        return False
    there = _MOVES.found_in(text)
    return bool(there) and (
        (":-" in there and is_far(text)) or (there != {":-"} and _FAR_VALUE.search(text) is not None)
    )


def is_far(style: str) -> bool:
    """Whether a declaration moves its element a million pixels away."""
    return _LEAPS.search(style) is not None and _FAR.search(style) is not None


def advertises(address: str) -> bool:
    """Whether an address names a host with a full-width dot, as only queries do that are an advertisement."""
    if address.isascii():
        written = address.upper()
        if not any(dot in written for dot in _DOTS):
            return False
    return _ADVERTISED.search(address) is not None


def leads_to(content: str) -> tuple[str | None, int]:
    """The address that a refresh leads to, and after how many seconds."""
    match = _LEADS.match(content)
    return (match[2], int(match[1])) if match is not None else (None, 0)


def disguised(style: str) -> bool:
    """Whether a link's own style makes it look like the words around it."""
    return _UNLINKED.search(style) is not None and _PLAIN.search(style) is not None


def words_told(text: str) -> set[str]:
    """The words in the text of a page, its carriers included, that a vandal, a form or an order to a model leaves.

    Asked of every page, so hardly one of the words is searched for.
    """
    return _TOLD.found_in(text) if _TOLD.finds_any(text) else set()


def tags_told(text: str) -> list[str]:
    """The hashtags of a text that are as long as a phrase, when they are several."""
    tags = list(dict.fromkeys(_TAG.findall(text)))
    return tags if len(tags) >= _SEVERAL_TAGS else []


def has_grid(text: str) -> bool:
    """Whether a text is a grid of Chinese places, each with a word behind it."""
    if "县" not in text:
        return False
    enough = _PLACES if "旗" in text else _MORE_PLACES
    return enough <= text.count("县") + _PLACES and sum(1 for _ in islice(_GRID.finditer(text), enough)) == enough
