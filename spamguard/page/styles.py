"""How a style hides what it is given to, as far as its own words tell: asked of every style attribute of every page.

Most pages repeat a few styles many times, so what was read once is remembered. Where elements, sizes and grounds
around a style have a say, it is the cascade that decides (``spamguard/examine``), on the few pages that get so far.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spamguard.page.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEN, EVERYDAY, SELDOM, PERHAPS = range(4)
"""Not hidden; as menus and dialogs are; as honest pages seldom hide; hidden on some grounds, not told here."""
LONGEST: Final = 400
"""Characters up to which a style is remembered."""
SMALL_SHEET: Final = 600
"""Characters of a style sheet of a rule or two, as a break-in brings along: templates have larger ones."""
_READ: Final = 4_000

_LEARNED: Final = pattern(
    r"(?:left|top|right|bottom|indent|margin-left|margin-top)\s*:\s*-\d{3,9}|table-column"
    r"|(?:height|width)\s*:\s*[01](?:p[xt])?\s*(?:;|$)|font-size\s*:\s*[01](?:p[xt])?\s*(?:;|$)"
    r"|(?P<everyday>display\s*:\s*none|(?<!backface-)visibility\s*:\s*hidden|opacity\s*:\s*0\s*(?:;|$))",
    re.IGNORECASE,
)
"""The ways that the model has learned from: which of them a style is marked with must not change."""
_NONE: Final = r"(?:0(?:\.0{0,9})?|\.0{1,9})"
_UNIT: Final = r"(?:p[xtc]|r?em|ex|ch|v[wh]|%|in|cm|mm)"
_ENDS: Final = r"\s*(?:;|!|$)"
_SIDE: Final = r"(?:left|top|right|bottom|indent|margin-left|margin-top)"
_SELDOM: Final = pattern(
    # letters without size
    rf"font-size\s*:\s*(?:{_NONE}{_UNIT}?|0?\.\d{{1,9}}p[xt]|[01]p[xt]|0?\.0\d{{0,9}}r?em|[01]%|calc\(\s*{_NONE}[a-z]*\s*\)){_ENDS}"
    rf"|(?<![\w-])font\s*:[^;]{{0,80}}?(?<![\d./])(?:[01]|0?\.\d{{1,9}})(?:p[xt])?(?:/|\s{{1,9}}['\"a-z])"
    # moved away
    rf"|{_SIDE}\s*:\s*-(?:[3-9]\d(?:\.\d{{1,9}})?r?em|[2-9]\d(?:in|cm)|\d(?:\.\d{{1,9}})?e[3-9])"
    rf"|{_SIDE}\s*:\s*calc\(\s*(?:0(?:px)?\s*)?-\s*\d{{3,9}}"
    r"|(?<![\w-])margin(?:-inline|-block)?(?:-start)?\s*:[^;]{0,80}?-\d{4,9}"
    r"|(?<![\w-])inset(?:-inline|-block)?(?:-start|-end)?\s*:[^;]{0,80}?-\d{3,9}"
    r"|(?<![\w-])(?:left|right)\s*:\s*(?:9\d{3}|\d{5,9}|[2-9]\d\dv)|(?<![\w-])(?:top|bottom)\s*:\s*(?:9999|\d{5,9})|text-indent\s*:\s*\d{4,9}"
    r"|translate(?:x|y|3d)?\s*[(:][^();]{0,40}?-(?:[3-9]\d{3}|\d{5,9}|\d{3}v[wh])"
    r"|matrix\((?:[^(),]{1,20},){4}\s*-(?:[3-9]\d{3}|\d{5,9})"
    # transparent letters, or of the colour of white paper but for a trace
    r"|(?<![\w-])(?:color|-webkit-text-fill-color)\s*:\s*(?:transparent|(?:rgb|hsl)a?\([^(),/]{1,20}[,\s][^(),/]{1,20}[,\s][^(),/]{1,20}[,/]"
    rf"\s*(?:{_NONE}|0?\.0\d{{0,9}})%?\s*\)|#(?:[0-9a-f]{{3}}|[0-9a-f]{{6}}0)0(?![0-9a-f])|#(?!f{{6}})(?:f[c-f]){{3}}(?![0-9a-f]))"
)
_CLIPS: Final = pattern(r"overflow(?:-[xy])?\s*:\s*(?:hidden|auto|scroll|clip)")
_BOX: Final = pattern(
    rf"(?<![\w-])(?:max-)?(?:height|width|block-size|inline-size)\s*:\s*(?:[01](?:p[xt])?\s*!|{_NONE}{_UNIT}?{_ENDS}|0?\.\d{{1,9}}p[xt])"
    r"|(?<![\w-])(?:width|height)\s*:\s*[1-8]px\s*(?:;.{0,200};|;)\s*(?:width|height)\s*:\s*[1-8]px\s*(?:;|$)",
    re.DOTALL,
)
"""A box without room, where it also cuts off what does not fit in."""
_EVERYDAY: Final = pattern(
    rf"(?<![\w-])opacity\s*:\s*(?:{_NONE}|0?\.0[012]?\d{{0,9}}|-\d[\d.]{{0,9}}|\d(?:\.\d{{1,9}})?e-\d{{1,2}}|[0-2]%|calc\(\s*{_NONE}\s*\)){_ENDS}"
    rf"|filter\s*:[^;]{{0,80}}opacity\(\s*(?:{_NONE}|0?\.0[012]?|[0-2]%)\s*\)"
    r"|(?<![\w-])clip\s*:\s*rect\(\s*[01](?:p[xt])?(?:[\s,]{1,9}[01](?:p[xt])?){3}\s*\)"
    rf"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*{_NONE}[\s)p%]|polygon\([0px%,\s]{{1,80}}\))"
    rf"|scale(?:x|y|3d)?\(\s*(?:{_NONE}|0?\.0[012]?\d{{0,9}})\s*[,)]|(?<![\w-])scale\s*:\s*{_NONE}{_ENDS}|matrix\(\s*{_NONE}\s*,\s*0"
    r"|rotate[xy]\(\s*-?90deg|visibility\s*:\s*collapse"
)
_WHITE: Final = r"(?:white|#fff(?:f{3})?(?![0-9a-f])|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_ON_PAPER: Final = pattern(rf"(?<![\w-])color\s*:\s*{_WHITE}")
_GROUND: Final = pattern(rf"background(?:-color)?\s*:(?P<white>\s*{_WHITE}{_ENDS})?")
_UNTOLD: Final = pattern(r"(?<![\w-])(?:z-index\s*:\s*-\d|(?:display|visibility|opacity|font-size)\s*:\s*var\()")
_DRAWN: Final = pattern(r"background-clip\s*:\s*text|(?<![\w-])text-shadow\s*:\s*(?!none)")
"""Letters without a colour of their own that are seen all the same."""
_LONGEST_SELECTOR: Final = 200
_LONGEST_BODY: Final = 400
_NAME: Final = pattern(r"[.#][\w-]{1,60}")
_COMMENT: Final = pattern(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE: Final = pattern(r"\\(?:([0-9a-f]{1,6})[ \t\n\f\r]?|(.))", re.DOTALL)


def way_of(style: str) -> int:
    """How a style hides: one of :data:`SEEN`, :data:`EVERYDAY`, :data:`SELDOM`, :data:`PERHAPS`."""
    return _remembered(style) if len(style) <= LONGEST else way_in(style)


def way_in(style: str) -> int:
    """The same, not remembered."""
    match = _LEARNED.search(style)
    if match is not None:
        return SELDOM if match["everyday"] is None else EVERYDAY
    if ":" not in style:
        return SEEN
    style = style[:_READ].lower()
    if "/*" in style or "\\" in style:
        style = _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", style))
        if (match := _LEARNED.search(style)) is not None:
            return SELDOM if match["everyday"] is None else EVERYDAY
    if _SELDOM.search(style) is not None and _DRAWN.search(style) is None:
        return SELDOM
    if _CLIPS.search(style) is not None and _BOX.search(style) is not None:
        return SELDOM
    if _EVERYDAY.search(style) is not None:
        return EVERYDAY
    if _ON_PAPER.search(style) is not None:
        ground = _GROUND.search(style)
        return PERHAPS if ground is None else SELDOM if ground["white"] is not None else SEEN
    return PERHAPS if _UNTOLD.search(style) is not None else SEEN


_remembered: Final = lru_cache(maxsize=4096)(way_in)


@lru_cache(maxsize=128)
def names_hidden(sheet: str) -> frozenset[str]:
    """The classes, and the ids with their ``#``, in the selectors of rules that hide."""
    hiding = (selector for selector, body in _rules(sheet) if way_of(body))
    return frozenset(name.lstrip(".") for selector in hiding for name in _NAME.findall(selector))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors of a sheet's rules and what stands in their braces, up to some length of each.

    By search for the braces: a pattern that begins anywhere tries every letter of a long selector in its turn.
    """
    end = 0
    brace = sheet.find("{")
    while brace >= 0:
        start = max(end, brace - _LONGEST_SELECTOR, sheet.rfind("}", end, brace) + 1)
        after = sheet.find("{", brace + 1)
        bound = after if after >= 0 else len(sheet)
        closing = sheet.find("}", brace + 1, bound)
        stop = min(closing if closing >= 0 else bound, brace + 1 + _LONGEST_BODY)
        if start < brace and brace + 1 < stop:
            yield sheet[start:brace], sheet[brace + 1 : stop]
            end = stop
        else:
            end = brace + 1
        brace = after


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return str(match[2])
    point = int(match[1], 16)
    return chr(point).lower() if 0x20 <= point < 0x80 else " "
