"""Links and loaders that a script writes into the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.page.frames import Look, is_silent, look_of
from spamguard.page.tokens import hides_itself
from spamguard.scripts.reading import HALVED, NAMED, PARTLY, Reading, Saying, Use
from spamguard.signs.anchors import Anchor, anchors_in, areas_of, loads_of, words_in
from spamguard.signs.outside import MOST_TEXT
from spamguard.signs.scripts import DECLARATIONS, sign_of
from spamguard.signs.sight import tells_of_sale
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import MOST_JUDGED, Sound, is_own_subject, loudest, sound_of
from spamguard.text.keynotes import names_much
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from spamguard.model.weights import Model
    from spamguard.signs.sight import Script, Sight

STRONG: Final = frozenset({"base64", "codes", "spelled", "reversed", "packed", NAMED})
"""Disguises that hide a text from whoever searches for it. ``unescape`` alone is what counters have always used."""
_FRAME: Final = re.compile(r"<iframe\b[^<>]{4,1000}>", re.IGNORECASE)
_GIVEN: Final = re.compile(r"""\b(\w{2,20})\s{0,3}=\s{0,3}(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""")
_MOST: Final = 20_000
_WELL: Final = STRONG - {"spelled", "packed"}
_PICTURES: Final = (".png", ".gif", ".jpg", ".jpeg", ".svg", ".webp", ".ico")
_HIDES: Final = STRONG | {"percent"}
_LONG: Final = 40
_MOST_ADDRESSES: Final = 20
_LONG_TITLE: Final = 300
_FRAMES: Final = frozenset({"iframe", "frame"})
_SERVES: Final = frozenset({"contentWindow", "contentDocument", "postMessage", "id", "name", "sandbox", "consent"})
"""What a script says of a frame that it speaks with."""
_VISITOR: Final = frozenset({"userAgent", "referrer"})
_CRAWLER: Final = re.compile(r"bot\b|google|bing|yandex|baidu|naver|daum|yeti|sogou|spider|crawl", re.IGNORECASE)
_BUILDS: Final = frozenset({"createElement"})
_SCRIPT: Final = re.compile(r"(?:https?:)?//[\w.-]{4,80}/[^\s\"'<>]{0,200}?\.js(?:\?|\Z)", re.IGNORECASE)
_LEADING: Final = re.compile(r"<(?:a|area)\b[^<>]{0,500}\bhref|<(?:iframe|script)\b[^<>]{0,500}\bsrc", re.IGNORECASE)
"""What leads away in a markup, or loads something."""
_WRITES_TO: Final = ("mailto:", "tel:", "sms:")
_SEVERAL: Final = 3
_SOUNDS: Final = 0.0
"""Mean weight of the words on links in letters of another language; a bar of partners has -7, a choice of languages
-12."""
_COMMON: Final = frozenset({"LATIN"})
"""Letters that every language has some words in."""
_SAID: Final = {
    "base64": "base64",
    "codes": "character codes",
    "spelled": "escapes letter by letter",
    "reversed": "reversed letters",
    "packed": "a packer",
    "percent": "percent escapes",
    "split": "single pieces",
    NAMED: "names in disguise",
}


def written(sight: Sight) -> list[Sign]:
    """Scripts that write spam, or write what they take pains to hide."""
    return [sign for script in sight.scripts if (sign := _judged(sight, script, sight.reading(script))) is not None]


def may_write(reading: Reading, model: Model) -> bool:
    """Whether a script writes spam, or in disguise what leads somewhere."""
    pieces = pieces_of(reading)
    texts = _texts(pieces)
    hidden = [piece for piece in (*pieces, *_sources(reading)) if piece.how & _HIDES]
    if any(domain_of(address) is not None for piece in hidden for address in _addresses(piece)):
        return True
    if any(_frame_in(piece) is not None for piece in pieces) or _built_frame(reading, model) is not None:
        return True
    if any(sound_of(model, [title.text]).is_spam for title in _titles(reading)):
        return True
    if _leads_to_sale(reading, pieces, model) or _draws_sale(pieces, model):
        return True
    if not texts:
        return False
    sound = sound_of(model, texts)
    if sound.is_spam or ((sound.is_named or sound.mean > _SOUNDS) and len(_links(pieces)) >= _SEVERAL):
        return True
    offers = _offers(pieces)
    return len(offers) >= _SEVERAL and _name_much(model, offers)


def _draws_sale(pieces: list[Saying], model: Model) -> bool:
    """Whether the pictures on the links that are written say what is sold."""
    drawn = [anchor.drawn for anchor in _offers(pieces) if anchor.drawn]
    sound = sound_of(model, drawn) if drawn else None
    return sound is not None and (sound.is_spam or sound.is_named)


def _leads_to_sale(reading: Reading, pieces: list[Saying], model: Model) -> bool:
    """Whether an address that is written, or built, tells what is sold there."""
    led = [address for piece in pieces for address in addresses_in(piece.text)]
    led += [saying.text for saying in reading.used(Use.LINKED)]
    there = [address for address in dict.fromkeys(led) if domain_of(address) is not None]
    return any(tells_of_sale(model, address) for address in there[:_MOST_ADDRESSES])


def _judged(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    pieces = pieces_of(reading)
    return (
        _spam(sight, script, reading, pieces)
        or _titled(sight, script, reading)
        or _disguised(sight, script, reading, pieces)
        or _framed(sight, script, reading, pieces)
        or _built(sight, script, reading)
    )


def pieces_of(reading: Reading) -> list[Saying]:
    """What is written; of a script that writes something unknown, also the links that it holds.

    And the links that it hides well, whatever it does with them.
    """
    pieces = reading.used(Use.WRITTEN)
    others = [said for said in reading.used(Use.OTHER) if "<" in said.text and _LEADING.search(said.text) is not None]
    if Use.WRITTEN not in reading.unknown:
        others = [said for said in others if said.how & STRONG and said.text.lstrip()[:1] == "<"]
    whole = "\n".join(piece.text for piece in pieces)[:_MOST]
    return pieces + [said for said in others if said.text[:_LONG] not in whole]


def _sources(reading: Reading) -> list[Saying]:
    """Addresses that a script loads something from and hides well; pictures left out."""
    wells = _WELL - {NAMED}
    sources = [
        saying
        for saying in reading.used(Use.SOURCE)
        if saying.how & wells or (NAMED in saying.how and "spelled" not in saying.how)
    ]
    if reading.names >= _BUILDS or any(said.text in _BUILDS for said in reading.sayings):
        hidden = (said for said in reading.used(Use.OTHER) if said.how & (wells | {"spelled"}))
        sources += [said for said in hidden if _SCRIPT.match(said.text) is not None]
    return [saying for saying in sources if not saying.text.lower().endswith(_PICTURES)]


def _texts(pieces: list[Saying]) -> list[str]:
    """The words on the links that are written; without links what else is written, if it is long."""
    anchors = [anchor for piece in pieces for anchor in anchors_in(piece.text) if anchor.words]
    texts = [anchor.words for anchor in anchors if not anchor.address.lower().startswith(_WRITES_TO)]
    return texts or [words for piece in pieces if len(words := words_in(piece.text)) >= _LONG]


def _links(pieces: list[Saying]) -> list[str]:
    """Where the links with words on them lead that are written."""
    found = (anchor for piece in pieces for anchor in anchors_in(piece.text) if anchor.words)
    return [anchor.address for anchor in dict.fromkeys(found)]


def _is_offered(sight: Sight, pieces: list[Saying], sound: Sound) -> bool:
    """Whether several links are written, all to sites that the page does not name, and keywords say what is there.

    Layers of offers shout in new words all the time; the site's own layers and its bar of networks name none of them,
    and are in letters that its readers know.
    """
    offers = _offers(pieces)
    if len(offers) < _SEVERAL or any(sight.foreign(offer.address) is None for offer in offers):
        return False
    if _name_much(sight.model, offers):
        return True
    links = _links(pieces)
    several = len(links) >= _SEVERAL
    return several and (sound.is_named or (sound.mean > _SOUNDS and _is_in_other_letters(sight, pieces)))


def _offers(pieces: list[Saying]) -> list[Anchor]:
    """The links that are written with words on them or in their pictures."""
    found = (anchor for piece in pieces for anchor in anchors_in(piece.text) if anchor.words or anchor.drawn)
    return list(dict.fromkeys(found))


def _name_much(model: Model, offers: list[Anchor]) -> bool:
    return names_much(model.lexicon, " | ".join(f"{anchor.words} {anchor.drawn}" for anchor in offers)[:MOST_JUDGED])


def _is_in_other_letters(sight: Sight, pieces: list[Saying]) -> bool:
    """Whether all words on the links that are written are in letters of which the text of the page has none."""
    said = scripts_of("".join(anchor.words for piece in pieces for anchor in anchors_in(piece.text))) - _COMMON
    return bool(said) and not said & scripts_of(sight.page.text[:MOST_TEXT])


def _addresses(piece: Saying) -> list[str]:
    """Where what is written leads: what it loads, and links with words on them."""
    if piece.use is Use.SOURCE or "<" not in piece.text:
        return [piece.text]
    return [*loads_of(piece.text), *(anchor.address for anchor in anchors_in(piece.text) if anchor.words)]


def addresses_in(markup: str) -> list[str]:
    """Where a markup leads, and what it loads."""
    links = [anchor.address for anchor in anchors_in(markup)] if "<a" in markup else []
    return [*links, *loads_of(markup), *areas_of(markup)]


def _spam(sight: Sight, script: Script, reading: Reading, pieces: list[Saying]) -> Sign | None:
    texts = _texts(pieces)
    if not texts:
        return None
    sound = sound_of(sight.model, texts)
    if not (sound.is_spam or _is_offered(sight, pieces, sound)) or is_own_subject(sight, texts):
        return None
    if not (sound.known or _asks_for_crawlers(reading) or _is_odd(sight, pieces)):
        return None
    links = sum(len(anchors_in(piece.text)) for piece in pieces)
    told = f"a script writes {links} links into the page" if links else "a script writes text into the page"
    return sign_of(
        script,
        "written-links" if links else "written-text",
        sound.category,
        excerpt_of(texts),
        (reason("written", links, told + _how(pieces)), *sound.evidence()),
        reading=reading,
        about=pieces,
    )


def _is_odd(sight: Sight, pieces: list[Saying]) -> bool:
    """Whether what is written is more than a link or two in view of everybody, to addresses that say nothing.

    Sites have their scripts write such a one, and some sound like offers though no word of them is one.
    """
    led = [address for piece in pieces for address in addresses_in(piece.text)]
    away = [address for address in dict.fromkeys(led) if sight.is_foreign(address)]
    if len(away) >= _SEVERAL or any(tells_of_sale(sight.model, address) for address in away[:_MOST_ADDRESSES]):
        return True
    return any(piece.how & STRONG or hides_itself(piece.text) for piece in pieces)


def _disguised(sight: Sight, script: Script, reading: Reading, pieces: list[Saying]) -> Sign | None:
    for piece in (*pieces, *_sources(reading)):
        foreign = [address for address in _addresses(piece) if sight.foreign(address) is not None]
        if not foreign:
            continue
        sound = sound_of(sight.model, [loudest(sight.model, address) for address in foreign])
        if piece.how & STRONG or (piece.how & _HIDES and sound.is_spam):
            loads = piece.use is Use.SOURCE or bool(loads_of(piece.text))
            told = f"a script writes what leads to {domain_of(foreign[0])}{_how([piece])}"
            return sign_of(
                script,
                "disguised-loader" if loads else "disguised-links",
                sound.category,
                excerpt_of([piece.text]),
                (reason("disguise", ", ".join(sorted(piece.how)), told),),
                reading=reading,
                about=[piece],
            )
    return None


def _framed(sight: Sight, script: Script, reading: Reading, pieces: list[Saying]) -> Sign | None:
    for piece in pieces:
        frame = _frame_in(piece)
        if frame is None or sight.foreign(frame[0]) is None:
            continue
        address, way = frame
        seen = "covers the page" if way == "over the page" else "is out of sight"
        told = f"a script writes a frame that {seen} and shows {domain_of(address)}"
        return sign_of(
            script,
            "written-frame",
            "links",
            excerpt_of([piece.text]),
            (reason("framed", way, told),),
            reading=reading,
            about=[piece],
        )
    return None


def _frame_in(piece: Saying) -> tuple[str, str] | None:
    """The address of a frame that is written out of sight and tells nothing of the visitor, and what hides it."""
    if PARTLY in piece.how or "<iframe" not in piece.text.lower():
        return None
    for match in _FRAME.finditer(piece.text[:_MOST]):
        given = {name.lower(): first or second or third for name, first, second, third in _GIVEN.findall(match[0])}
        look = look_of(given.get("width"), given.get("height"), given.get("style", ""))
        address = given.get("src", "")
        if {"id", "name"} & given.keys() or domain_of(address) is None:
            continue
        if (look.unseen or look.over) and is_silent(address, look):
            return address, look.way or "over the page"
    return None


def _built_frame(reading: Reading, model: Model) -> tuple[Saying, Look] | None:
    """The address of a frame that a script builds out of sight, and how that is to be seen.

    The address tells, or the pains taken, or that it is all there is.
    """
    if "createElement" not in reading.names or not any(s.text.strip().lower() in _FRAMES for s in reading.sayings):
        return None
    sources = [saying for saying in reading.used(Use.SOURCE) if domain_of(saying.text) is not None]
    if not sources or len({domain_of(source.text) for source in sources}) > 1:
        return None
    said = [saying.text for saying in reading.used(Use.STYLED)]
    said += [saying.text for saying in reading.used(Use.OTHER) if DECLARATIONS.match(saying.text)]
    look = look_of(None, None, ";".join(said)[:_MOST])
    if not (look.unseen or look.over):
        return None
    source = sources[0]
    veiled = any(HALVED in saying.how for saying in reading.sayings) or source.how & STRONG
    serves = reading.names & _SERVES
    bare = not look.gone and is_silent(source.text, look) and not serves and PARTLY not in source.how
    if not (veiled or bare or not serves):
        return None
    named = tells_of_sale(model, source.text)
    return (source, look) if (veiled and (named or not serves)) or bare or (named and not serves) else None


def _built(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    """A frame out of sight that a script builds."""
    frame = _built_frame(reading, sight.model)
    if frame is None or sight.foreign(frame[0].text) is None:
        return None
    source, look = frame
    address = source.text
    seen = "covers the page" if look.over else "is out of sight"
    told = f"a script builds a frame that {seen} and shows {domain_of(address)}"
    return sign_of(
        script,
        "written-frame",
        "links",
        excerpt_of([address]),
        (reason("framed", look.way or "over the page", told),),
        reading=reading,
        about=[source, *reading.used(Use.STYLED)],
    )


def _asks_for_crawlers(reading: Reading) -> bool:
    """Whether a script asks if a crawler visits, or who comes from one."""
    named = (*(said.text for said in reading.sayings), *reading.patterns)
    return bool(reading.names & _VISITOR) and any(_CRAWLER.search(text) for text in named)


def _titles(reading: Reading) -> list[Saying]:
    """The titles that a script sets, all of which are known."""
    return [
        saying for saying in reading.used(Use.TITLE) if PARTLY not in saying.how and len(saying.text) <= _LONG_TITLE
    ]


def _titled(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    """A script that calls the page something that is sold, and loads something strange or hides what it does.

    Or one that tells only crawlers so.
    """
    titles = _titles(reading)
    loads = [source for source in reading.used(Use.SOURCE) if sight.foreign(source.text) is not None]
    asks = _asks_for_crawlers(reading)
    if not titles or not (loads or asks or any(title.how & STRONG for title in titles)):
        return None
    texts = [title.text for title in titles]
    sound = sound_of(sight.model, texts)
    if not sound.is_spam or is_own_subject(sight, texts):
        return None
    return sign_of(
        script,
        "written-title",
        sound.category,
        excerpt_of(texts),
        (reason("written", 0, "a script gives the page another title" + _how(titles)), *sound.evidence()),
        reading=reading,
        about=[*titles, *loads],
    )


def _how(pieces: list[Saying]) -> str:
    how = sorted({_SAID[how] for piece in pieces for how in piece.how if how in _SAID})
    return f", hidden in {' and '.join(how)}" if how else ""
