"""Is a script worth reading? Asked of every script of every page, so the order of the questions is what counts.

A search for one character costs next to nothing, one for a longer word passes ten thousand characters in three
microseconds, a pattern that does not begin with a fixed character needs twenty times that: patterns are asked around
the places that a search found. What passes here is read
closely (``spamguard/signs``), so a script may pass that turns out to be honest, but not many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.page.disguises import deciphers, is_disguised
from spamguard.page.patterns import pattern
from spamguard.page.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING, NAMES, DOUBTFUL, MUCH = range(4)
"""What a script tells: nothing; something if its strings are spam; something if the links that it writes are, or what
it deciphers; or much."""
EDGE: Final = 4_000
"""Characters at either end of a script that are asked; what is added to a long script is added there."""
_SHORTEST: Final = 40
_AROUND: Final = 300
_MOST_PLACES: Final = 6
_FETCHES: Final = ("fetch(", ".get(", ".post(", ".load(", ".open(", ".ajax(", "import(")
_FOREIGN: Final = pattern(r"""\([^()]{0,60}?["'`](?:https?:)?\\?/\\?/""")
_HANDED: Final = pattern(r"\(\s?[\w$.]{1,40}(?:\[[\w$]{1,20}\])?\s?[+,)]")
"""An address that a function is handed, or that was put together before."""
_ABSOLUTE: Final = pattern(r"""["'`](?:https?:)?\\?/\\?/[\w-]""")
_SHOWS: Final = pattern(
    r"\.(?<=[\w)\]]\.)(?:addEventListener|classList|className|fadeIn|hidden|removeAttr|removeAttribute|removeClass|show"
    r"|showModal|slideDown|toggle)\s?[(=.]"
)
"""What shows something or waits for somebody (``signs/fetched.py``)."""
_ANCHOR: Final = pattern(
    r"""<a\b[^<>]{0,200}?href\s{0,3}=\s{0,3}\\?["']?[^"'<>+]{2,300}[^<>]{0,200}>(?:<(?!/?a\b)[^<>]{0,200}>)*"""
    r"""(?:[^<>'"+]{2}|(?<=>)<img\b[^<>]{0,300}\balt\s?=\s?\\?["'][^"'<>]{4})"""
    r"""|<area\b[^<>]{0,200}?href\s{0,3}=\s{0,3}\\?["']?(?:https?:)?//"""
)
_MADE: Final = pattern(r"""href\s?=\s?\\?["']?(?:https?:)?(?://)?[^"'<>\s+]{0,100}(?:\\?["'`]\s?\+|["']?\$\{)""")
"""A link whose address is put together."""
_OUT_OF_SIGHT: Final = pattern(
    r"clip\s?:\s?rect\(\s?[01]|:\s?-\d{3}|(?<![\w-])(?:width|height)\s?:\s?[01](?:px)?(?![.\d%])|display\s?:\s?none|visibility\s?:\s?hidden|opacity\s?:\s?0(?!\.[1-9])"
)
_LONGEST_LISTENER: Final = 3_000
"""Characters of a script that hides the links which another one sends it."""
_WAYS: Final = ("write", "HTML", "append", "srcdoc", ".html(", "\\x")
_ENGINES: Final = (
    "google", "bing", "baidu", "sogou", "yandex", "yahoo", "duckduck", "naver", "daum", "so.com", "so\\.com", "spider",
    "crawl",
)  # fmt: skip
_BOT: Final = pattern(r"bot(?![a-z])")
"""A crawler's name ends so; "bottom" and "both" are none."""
_ACTS: Final = pattern(
    r"""location(?:\.href)?\s{0,3}=[^=]|location\.(?:replace|assign)\(|window\.open\(|innerHTML|\.write|["']location|location\s?\[|\.title\s{0,3}=\s{0,3}["']"""
)
_SPLIT: Final = pattern(r"""\(\s?(["'])[a-z]{1,6}\1\s?\+\s?(["'])[a-z]{1,6}\2""", re.IGNORECASE)
_SPLIT_BY: Final = len("( 'abcdef' +")
_MEMBER: Final = pattern(r"""\[\s?(["'])[a-zA-Z]{1,9}\1\s?\+\s?(["'])[a-zA-Z]{1,9}\2\s?\]""")
_HALVED: Final = pattern(r"""<i(?:f|fr|fra|fram)(["'])\s?\+\s?\1""")
"""A frame whose name is put together from two pieces."""
_FRAME: Final = pattern(
    r"""<iframe\b[^<>]{0,300}?(?:(?:width|height)\s?[=:]\s?\\?["']?[0-3](?:px)?\b|:\s?-\d{3}|hidden|:\s?fixed)"""
)
BUILT: Final = ("'iframe'", '"iframe"')
_SMALL: Final = pattern(
    r"""(?:width|height)["']?\s?[=:,]\s?["']?[0-3](?:px)?\b|[:=]\s?["']?-\d{3}|(?:display|visibility|opacity)"""
    r"""["']?\s?[=:,]\s?["']?(?:none|hidden|0)|position["']?\s?[=:,]\s?["']?fixed"""
)
_GONE: Final = pattern(r"""display["']?\s?[=:,]\s?["']?none""")
_SPOKEN_WITH: Final = pattern(
    r"""\.(?:contentWindow|contentDocument|id|name)\b|postMessage|sandbox|consent|["'](?:id|name)["']\s?,"""
)
"""What a script does with a frame of its own (``signs/written.py``)."""
_BUILDS: Final = ("createElement", "getElementsByTagName")
JOINT: Final = pattern(r"""(["'])\s?\+\s?\1""")
"""Where a string is put together from two."""
_JOINED: Final = pattern(r"""\+(?:(?<=["']\+)|(?<=["']\s\+))\s?["']""")
"""The same, of any two quotes: it begins with a fixed character, which is found fast."""
_VISITOR: Final = ("referrer", "userAgent")
_JOINTS: Final = ("'+'", '"+"', "' + '", '" + "')
TELLING: Final = (
    "<a", "HTML", ".html(", ".load(", "responseText", "createElement(", *_JOINTS, "<iframe", *_VISITOR,
    *BUILT, "\\x6", "\\u006", "unescape(", "decodeURI", "atob(", "fromCharCode", "(p,a,c,k,e,", ".reverse()",
)  # fmt: skip
"""One of them stands in every script that tells something."""
TELLING_JOINED: Final = frozenset({"createElement(", *_JOINTS})
"""Those that tell something only where a string is put together from two."""
SPOKEN: Final = (
    "casino", "Casino", "porn", "Porn", "iagra", "cialis ", "Cialis", "evitra", "amagra", "ramadol", "ildenafil",
    "gacor", "togel", "Togel", "sbobet", "SBOBET", "accarat", "jackpot", "Jackpot", "poker ", "Poker ", "bahis",
    "Bahis", "escort", "Escort", "XXX", " xxx", "sex ", "Sex ", "nude ", "Nude ", "payday loan", "Payday ",
    "essay writ", "Essay Writ", "Replica ", "replica ", "nlyFans", "judi ", "Judi ", "азино", "орно", "тавки",
    "色情", "博彩", "赌场", "賭場", "娱乐城", "娛樂城", "时时彩", "成人", "无码", "無修正", "カジノ", "アダルト",
    "카지노", "바카라", "토토", "สล็อต", "คาสิโน", "บาคาร่า", "nhà cái", "cá cược", "كازينو", "سكس",
    "\\u8272\\u60c5", "\\u535a\\u5f69", "\\u8d4c\\u573a", "\\u6210\\u4eba", "\\u0430\\u0437\\u0438\\u043d\\u043e",
    "\\u30ab\\u30b8\\u30ce", "\\uce74\\uc9c0\\ub178",
)  # fmt: skip
"""What is sold, in the words that most spam has one of: where one stands in a script, its strings are judged."""
_WORDS: Final = Watch((*TELLING, *SPOKEN))
_SPOKEN: Final = Watch(SPOKEN)


def script_tells(text: str) -> bool:
    """Whether a script holds what scripts of intruders hold."""
    return what_tells(text) > NAMES


def what_tells(text: str) -> int:
    """How much of what scripts of intruders hold is in a script: one of :data:`NOTHING` to :data:`MUCH`."""
    if len(text) < _SHORTEST:
        return NOTHING
    text = _ends_of(text)
    there = _WORDS.found_in(text)
    if not there:
        return NOTHING
    joined = not there.isdisjoint(_JOINTS)
    if (
        (not there.isdisjoint(("HTML", ".html(", ".load(", "responseText")) and _fetches(text))
        or is_disguised(text, there)
        or (not there.isdisjoint(_VISITOR) and _asks_who(text))
        or ("createElement(" in there and splits_names(text))
        or (joined and (_MEMBER.search(text) is not None or _HALVED.search(text) is not None))
        or ("<iframe" in there and ("write" in text or "HTML" in there) and _FRAME.search(text) is not None)
    ):
        return MUCH
    if "fromCharCode" in there and deciphers(text):
        return DOUBTFUL
    built = NOTHING if there.isdisjoint(BUILT) else _builds_frame(text, joined=joined)
    if built:
        return built
    links = "<a" in there and "href" in text and any(way in text for way in _WAYS)
    if links and len(text) <= _LONGEST_LISTENER and _MADE.search(text) is not None and _OUT_OF_SIGHT.search(text):
        return MUCH
    links = links and _leads(text)
    return DOUBTFUL if links else NAMES if not there.isdisjoint(SPOKEN) else NOTHING


def _leads(text: str) -> bool:
    """Whether a script holds a link, or puts one together from an absolute address."""
    if _ANCHOR.search(text) is not None:
        return True
    return "//" in text and _MADE.search(text) is not None


def _builds_frame(text: str, *, joined: bool) -> int:
    """How much it tells that a script builds a frame out of sight; ``joined`` where it puts strings together.

    A frame that the script speaks with is its own. One that is not shown at all is what visits are counted with, unless
    its address says what is sold.
    """
    if "createElement(" not in text or not ("//" in text if joined else _ABSOLUTE.search(text) is not None):
        return NOTHING
    if _SMALL.search(text) is None or (not joined and _SPOKEN_WITH.search(text) is not None):
        return NOTHING
    return MUCH if joined or _GONE.search(text) is None else DOUBTFUL


def speaks(text: str) -> bool:
    """Whether a script names what spam sells, at either end of it."""
    return _SPOKEN.finds_any(_ends_of(text))


def _ends_of(text: str) -> str:
    """What of a script is asked."""
    return text if len(text) <= 2 * EDGE else text[:EDGE] + text[-EDGE:]


def splits_names(text: str) -> bool:
    """Whether a script puts the name of an element that it builds or looks for together from pieces."""
    return "createElement(" in text and any(
        "+" in text[at + len(call) : at + len(call) + _SPLIT_BY] and _SPLIT.match(text, at + len(call)) is not None
        for call, at in _places(text, _BUILDS)
    )


def _fetches(text: str) -> bool:
    """Whether something is fetched from an absolute address, and nothing is shown: what is hidden stays so."""
    return (
        "//" in text
        and any(_is_fetched(text, at + len(call) - 1) for call, at in _places(text, _FETCHES))
        and _SHOWS.search(text) is None
    )


def _is_fetched(text: str, at: int) -> bool:
    """Whether an absolute address is between some brackets, or what may be one."""
    if _FOREIGN.match(text, at) is not None:
        return True
    return _HANDED.match(text, at) is not None and _ABSOLUTE.search(text) is not None


def _places(text: str, words: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Where some words stand, the first few places of each."""
    for word in words:
        at = text.find(word)
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            yield word, at
            at = text.find(word, at + 1)


def _asks_who(text: str) -> bool:
    """Whether a search engine is named near the question where the visitor comes from or who it is."""
    for _, at in _places(text, _VISITOR):
        near = text[max(0, at - _AROUND) : at + _AROUND].lower()
        if _JOINED.search(near) is not None:
            near = JOINT.sub("", near)
        if any(engine in near for engine in _ENGINES) or _BOT.search(near) is not None:
            return _ACTS.search(text) is not None
    return False
