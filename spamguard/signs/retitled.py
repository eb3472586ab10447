"""A script that shows people the true title, so that only search engines get the one that stands in the page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import letter_groups
from spamguard.findings import Edit, Span
from spamguard.scripts.reading import PARTLY, Use
from spamguard.scripts.titles import as_title
from spamguard.signs.scripts import sign_of
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.switched import engines_in
from spamguard.signs.words import is_own_subject, sound_of

if TYPE_CHECKING:
    from spamguard.scripts.reading import Reading
    from spamguard.signs.sight import Script, Sight

_LONGEST: Final = 1_000
_REFERENCE: Final = re.compile(rb"&#(?:[xX][0-9a-fA-F]{1,6}|\d{1,7});")
"""A character written by its number."""
_ASCII: Final = re.compile(rb"&#(?:[xX]0{0,4}[4-7][0-9a-fA-F]|0{0,4}(?:6[5-9]|[7-9]\d|1[0-2]\d));")
"""A Latin letter written so, which no page needs."""
_LETTER: Final = re.compile(rb"[^\W\d_]|[\x80-\xff]")
_MANY: Final = 8
_STRANGE: Final = 0.1
"""Share of a title's letter groups from which on it has something to do with the page."""
_UNKNOWN: Final = "nothing is known of the words of the title; only the script tells on it"
_SAME: Final = 0.8
"""Share of a title's letter groups that a meta tag which came with it has."""
_TOLD: Final = frozenset({"keywords", "description", "og:title", "og:description", "twitter:title"})


def retitled(sight: Sight) -> list[Sign]:
    """The first script that asks for search engines and sets another title than the page has."""
    for script in sight.scripts:
        reading = sight.reading(script)
        if may_retitle(reading) and (sign := _judged(sight, script, reading)) is not None:
            return [sign]
    return []


def may_retitle(reading: Reading) -> bool:
    """Whether a script that asks for a search engine sets the title."""
    return _set_title(reading) is not None and bool(engines_in(reading))


def _set_title(reading: Reading) -> str | None:
    """The one title that a script sets; None when there are several, or some of it is not known."""
    titles = [saying for saying in reading.used(Use.TITLE) if PARTLY not in saying.how]
    return titles[0].text if len(titles) == 1 and 0 < len(titles[0].text) <= _LONGEST else None


def _judged(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    title, true = sight.index.title(), _set_title(reading)
    if title is None or true is None:
        return None
    true += _next_lines(sight, script, reading)
    shown = sight.text_of(title)
    if _plain(shown) == _plain(unescape(true)) or is_own_subject(sight, [shown]):
        return None
    sound = sound_of(sight.model, [shown])
    hidden = _is_hidden_from_searches(sight.page.raw[title.start : title.end])
    strange = hidden or not is_own_subject(sight, [shown], share=_STRANGE)
    if not sound.is_spam and not (strange and is_own_subject(sight, [unescape(true)])):
        return None
    metas = _metas(sight, shown)
    asked = engines_in(reading)[0][:60]
    told = f"a script that asks for {asked!r} gives people this title instead: {_plain(unescape(true))[:120]}"
    sign = sign_of(
        script,
        "title-swap",
        sound.category,
        excerpt_of([shown]),
        (reason("crawlers", asked, told), *sound.evidence()),
        reading=reading,
        about=reading.used(Use.TITLE, Use.OTHER),
        holders=metas,
    )
    back = Edit(title.start, title.end, as_title(true, sight.page.raw, sight.page.codec))
    return Sign(
        rule=sign.rule,
        category=sign.category,
        confidence=sign.confidence,
        spans=sign.spans,
        excerpt=sign.excerpt,
        edits=(back,),
        doubt=sign.doubt if sound.is_spam or hidden or metas else _UNKNOWN,
        evidence=sign.evidence,
    )


def _is_hidden_from_searches(title: bytes) -> bool:
    """Whether a title is written in references to the last letter, those too that no page needs one for."""
    plain, references = _REFERENCE.subn(b"", title)
    return references >= _MANY and not _LETTER.search(plain) and _ASCII.search(title) is not None


def _next_lines(sight: Sight, script: Script, reading: Reading) -> str:
    """The rest of a title that a careless kit wrote over several lines, where its string should have ended."""
    saying = next(saying for saying in reading.used(Use.TITLE) if PARTLY not in saying.how)
    raw, end = sight.page.raw, saying.span.end
    written = raw[saying.span.start : end]
    place = max(written.rfind(b"'"), written.rfind(b'"'))
    if saying.how or place < 0 or raw[end : end + 1] not in {b"\r", b"\n"}:
        return ""
    closes = raw.find(written[place : place + 1], end, min(script.body.end, end + _LONGEST))
    rest = raw[end : max(closes, end)]
    ends = raw[closes + 1 : closes + 2] in {b";", b"}", b")", b"\r", b"\n", b" ", b""}
    return rest.decode(sight.page.codec, "replace") if ends and b"<" not in rest and b"\\" not in rest else ""


def _metas(sight: Sight, shown: str) -> list[Span]:
    """The meta tags that say what the title says."""
    groups = letter_groups(_plain(shown))
    found = []
    for node in sight.index.tagged.get("meta", ()):
        if (node.attribute("name") or node.attribute("property") or "").lower() not in _TOLD:
            continue
        content = (node.attribute("content") or "").encode("latin-1", "replace").decode(sight.page.codec, "replace")
        said = letter_groups(_plain(unescape(content)))
        if said and len(said & groups) >= _SAME * max(len(said), len(groups)):
            found.append(Span(node.start, node.end))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
