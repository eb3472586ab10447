"""Scripts that lead visitors of search engines away, or show search engines another page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.page.sold import sells
from spamguard.scripts.reading import PARTLY, Reading, Saying, Use
from spamguard.signs.anchors import loads_of, words_in
from spamguard.signs.scripts import sign_of
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import is_own_subject, loudest, sound_of

if TYPE_CHECKING:
    from spamguard.signs.sight import Script, Sight

_ASKS: Final = frozenset({"referrer", "userAgent"})
_ENGINES: Final = re.compile(
    r"google|bing|baidu|sogou|yandex|yahoo|duckduck|naver|daum|so\\?\.com|spider|crawl|bot\b|slurp", re.IGNORECASE
)
_CRAWLERS: Final = re.compile(r"bot\b|bot[|)]|spider|crawl|slurp", re.IGNORECASE)
_HOST: Final = re.compile(r"https?://[\w.-]+/(?!/)", re.IGNORECASE)
"""A host that nothing unknown was added to."""
_LONGEST_ASKED: Final = 400
_LONG: Final = 20


def switched(sight: Sight) -> list[Sign]:
    """Scripts that ask whether a search engine sent the visitor or is the visitor, and act on it."""
    return [sign for script in sight.scripts if (sign := _judged(sight, script, sight.reading(script))) is not None]


def may_switch(reading: Reading) -> bool:
    """Whether a script that asks for a search engine leads to an absolute address or writes something."""
    return bool(engines_in(reading)) and (bool(_leads(reading)) or bool(reading.used(Use.WRITTEN)))


def _leads(reading: Reading) -> list[Saying]:
    return [
        saying
        for saying in reading.used(Use.LEADS)
        if domain_of(saying.text) is not None
        and (PARTLY not in saying.how or ("referrer" in reading.names and _HOST.match(saying.text) is not None))
    ]


def engines_in(reading: Reading) -> list[str]:
    """The strings and patterns that name search engines, in a script that asks who visits or from where."""
    if not reading.names & _ASKS:
        return []
    asked = [saying.text for saying in reading.used(Use.OTHER) if len(saying.text) < _LONGEST_ASKED]
    asked += [pattern for pattern in reading.patterns if len(pattern) < _LONGEST_ASKED]
    return [text for text in asked if _ENGINES.search(text)]


def _judged(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    engines = engines_in(reading)
    if not engines:
        return None
    return (
        _led_away(sight, script, reading, engines[0])
        or _shown(sight, script, reading, engines)
        or _covered(sight, script, reading, engines[0])
    )


def _led_away(sight: Sight, script: Script, reading: Reading, asked: str) -> Sign | None:
    leads = reading.used(Use.LEADS)
    foreign = [
        saying
        for saying in _leads(reading)
        if sight.foreign(saying.text) is not None or (sells(saying.text) and sight.is_foreign(saying.text))
    ]
    if not foreign or len({saying.text for saying in leads}) > 1 + len(foreign):
        return None
    sound = sound_of(sight.model, [loudest(sight.model, saying.text) for saying in foreign])
    target = domain_of(foreign[0].text)
    told = f"a script that asks for {asked[:60]!r} sends visitors to {target}"
    return sign_of(
        script,
        "search-redirect",
        sound.category,
        excerpt_of(saying.text for saying in foreign),
        (reason("target", str(target), told),),
        reading=reading,
        about=foreign,
    )


def _shown(sight: Sight, script: Script, reading: Reading, engines: list[str]) -> Sign | None:
    if not any(_CRAWLERS.search(text) for text in engines):
        return None
    written = reading.used(Use.WRITTEN)
    texts = [words for saying in written if len(words := words_in(saying.text)) >= _LONG]
    if not texts:
        return None
    sound = sound_of(sight.model, texts)
    if not sound.is_spam or is_own_subject(sight, texts):
        return None
    told = reason("crawlers", engines[0][:60], f"a script that asks for {engines[0][:60]!r} writes another page")
    return sign_of(
        script,
        "crawler-page",
        sound.category,
        excerpt_of(texts),
        (told, *sound.evidence()),
        reading=reading,
        about=written,
    )


def _covered(sight: Sight, script: Script, reading: Reading, asked: str) -> Sign | None:
    """A frame of another site that only those see who come from a search engine."""
    if "referrer" not in reading.names:
        return None
    for saying in reading.used(Use.WRITTEN):
        foreign = [address for address in loads_of(saying.text) if sight.foreign(address) is not None]
        if foreign and "<iframe" in saying.text.lower():
            target = domain_of(foreign[0])
            told = f"a script that asks for {asked[:60]!r} shows visitors a frame of {target}"
            return sign_of(
                script,
                "search-frame",
                sound_of(sight.model, [loudest(sight.model, foreign[0])]).category,
                excerpt_of(foreign),
                (reason("target", str(target), told),),
                reading=reading,
                about=[saying],
            )
    return None
