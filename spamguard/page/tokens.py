"""One tokenisation of a page: text runs and carriers with their places, markup reduced to marks.

The page is looked at as Latin-1 so that one character is one byte: columns of the tokeniser are byte columns in
every charset that keeps ASCII. Marks are control characters, which the view itself cannot contain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from spamguard import kernels
from spamguard.page.linkeddata import CONTEXT, MARKS, is_linked_data, words_said
from spamguard.page.oddities import (
    FEED_TAGS,
    KNOWN_TAGS,
    LONGEST_RULE,
    advertises,
    disguised,
    frame_tells,
    is_far,
    is_invented,
    meta_tells,
    rule_tells,
)
from spamguard.page.styles import PERHAPS, SEEN, SMALL_SHEET, names_hidden, way_of
from spamguard.page.tokenizer import TokenType, tokenize
from spamguard.page.triggers import DOUBTFUL, EDGE, NAMES, NOTHING, SPOKEN, TELLING, TELLING_JOINED, what_tells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from turbohtml import Token

BREAK: Final = "\x00"
"""Between two segments."""
LINK: Final = "\x02"
"""An anchor opens."""
FOREIGN: Final = "\x05"
"""An anchor opens whose target is an absolute address."""
UNLINK: Final = "\x03"
"""An anchor closes."""
HIDDEN: Final = "\x04"
"""An element opens that its own style hides in an everyday way."""
AWAY: Final = "\x06"
"""An element opens that its own style hides in a way honest pages seldom use."""
VEILED: Final = "\x08"
"""An element opens that may be hidden: the model has learned nothing of it."""
END: Final = "\x07"
"""The body or the page ends: what follows was not meant to be there."""
AMP: Final = "\x01"
"""Stands for ``&``, so that the tokeniser leaves character references as they are written."""

_MARKS = "".join(map(chr, range(0x09))) + "\x0b" + "".join(map(chr, range(0x0E, 0x20))) + "\r"
_VIEW: Final = bytes.maketrans(_MARKS.encode("latin-1") + b"&", b" " * len(_MARKS) + AMP.encode())

BLOCK_TAGS: Final = frozenset(
    "address article aside blockquote body br button caption center col colgroup dd details dialog dir div dl dt "  # noqa: SIM905
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "link main marquee menu menuitem meta nav object ol optgroup option p pre search section select summary table "
    "tbody td template tfoot th thead title tr ul".split()
)
VOID_TAGS: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
RAW_TAGS: Final = frozenset("script style title textarea noscript iframe noembed noframes xmp plaintext".split())  # noqa: SIM905
FALLBACK_TAGS: Final = frozenset({"noscript", "noframes", "noembed", "textarea", "xmp"})
"""Raw-text elements whose content is read as markup all the same."""
DEEPEST_FALLBACK: Final = 2
"""How far they are followed into one another: each level reads the rest of the page again."""
TOLD_META: Final = frozenset(
    "keywords description og:title og:description og:site_name twitter:title twitter:description news_keywords "  # noqa: SIM905
    "title abstract subject".split()
)
_MACHINES: Final = ("ai", "agent", "agents", "assistant", "bot", "chatgpt", "gpt", "llm", "llms", "prompt", "system")
_NOTES: Final = (
    "content", "context", "description", "directive", "directives", "guidance", "hint", "info", "instruction",
    "instructions", "message", "note", "notes", "policy", "prompt", "rules", "summary",
)  # fmt: skip
META_TO_MODELS: Final = frozenset(
    (*_MACHINES, *(f"{machine}{mark}{note}" for machine in _MACHINES for mark in "-_:." for note in _NOTES))
)
"""Names of meta tags that nobody but a language model would read."""
_A_NOTE: Final = 24
LONG_COMMENT: Final = 16
TOLD_ATTRIBUTES: Final = {
    "img": (("alt", 24), ("title", 60)),
    "a": (("title", 60),),
    "input": (("value", 24), ("placeholder", 60)),
    "table": (("summary", 24),),
}
"""Attributes that are read as text, by element, each with the length from which on it is."""
UNSEEN_ATTRIBUTES: Final = (("title", 24), ("aria-label", 24), ("data-note", 24), ("data-tags", 24))
"""Those that are read on any other element that its own style hides."""

LABELS: Final = (("aria-label", 60), ("data-tags", 24), ("data-note", 24), ("data-keywords", 24), ("data-seo", 24))
"""Those that are read on every element: what is told to machines that read a page out or search it."""


class Kind(IntEnum):
    """What sort of place a segment was found in."""

    TEXT = 0
    TITLE = 1
    META = 2
    COMMENT = 3
    ATTRIBUTE = 4


@dataclass(slots=True)
class Flow:
    """What one pass over the tokens gathers.

    ``pieces`` joined is the text of the page with marks, ``size`` the number of its segments; ``carriers`` are the
    kind and text of titles, meta tags, comments and attributes. ``signs`` tells that its markup makes the page
    worth the closer look, ``scripts`` are those that are worth reading, ``doubtful`` those that are if what they write
    is spam, ``spoken`` those that name what is sold, ``frames`` the addresses and titles of frames that are out of
    sight, a sign when they sound so. ``said`` is what each piece of its structured data says, ``veils`` are the
    classes, and the ids with a ``#``, that its small style sheets hide.
    """

    pieces: list[str] = field(default_factory=list)
    carriers: list[tuple[Kind, str]] = field(default_factory=list)
    size: int = 0
    signs: bool = False
    scripts: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    veils: set[str] = field(default_factory=set)
    labels: list[tuple[int, str]] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)


def view_of(raw: bytes) -> str:
    """The page as one character a byte, with ``&`` and control bytes out of the tokeniser's way; same length."""
    return raw.translate(_VIEW).decode("latin-1")


def tokens_of(view: str) -> Iterator[Token]:
    """The tokens of a view, character references left as they are written."""
    return tokenize(view, resolve_references=False, capture_source=False, capture_attributes=True)


def flow_of(text: str) -> Flow:
    """Read a decoded page once."""
    flow = Flow()
    _read(text, flow, 0)
    # Name by name, as they were read one after the other when the model was trained.
    flow.carriers += [(Kind.ATTRIBUTE, value) for _, value in sorted(flow.labels, key=_number_of)]
    written = "".join(flow.pieces)
    flow.pieces = [written[: written.rfind(BREAK) + 1]]  # no white space and closing anchors after the last segment
    return flow


_BLOCK, _INLINE, _ANCHOR, _META, _TOLD, _RAW, _WHOLE, _SHUT = range(8)
_ACTS: Final = (
    dict.fromkeys(BLOCK_TAGS, _BLOCK)
    | dict.fromkeys(RAW_TAGS, _RAW)
    | dict.fromkeys(("span", "font", "u", "b", "i", "strong", "em", "small"), _INLINE)
    | dict.fromkeys(("body", "html"), _WHOLE)
    | dict.fromkeys(("details", "dialog", "template"), _SHUT)
    | {"a": _ANCHOR, "meta": _META, "img": _TOLD, "input": _TOLD}
)
_HIDDEN_BOX: Final = ([HIDDEN], [AWAY])
"""What was read last where a hidden box begins: nobody but a mirror kit puts elements of invented names there."""
_AWAY_BOX: Final = [AWAY]
_LABELS: Final = tuple((number, name, least) for number, (name, least) in enumerate(LABELS))
_REFERENCES: Final = tuple(
    "quot amp apos lt gt nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "  # noqa: SIM905
    "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde "
    "Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde "
    "Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil "
    "egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave "
    "uacute ucirc uuml yacute thorn yuml OElig oelig Scaron scaron Yuml circ tilde ensp emsp thinsp zwnj zwj lrm rlm "
    "ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime lsaquo rsaquo euro trade "
    "larr uarr rarr darr minus hearts".split()
)
"""Names of characters that pages are full of. Each stands for one character, and the semicolon belongs to it."""
_SELDOM_NAMED: Final = frozenset({"acronym", "listing", "noframes", "rt", "samp", "source", "strike"})
"""Elements that hardly any page calls by an id: a mirror kit calls all it scatters so."""
_LONG_TITLE: Final = TOLD_ATTRIBUTES["a"][0][1]
_MARK_OF: Final = ("", HIDDEN, AWAY, VEILED)
"""By the ways that styles hide in."""


def _read(text: str, flow: Flow, depth: int) -> None:
    """Add what ``text`` holds to ``flow``."""
    if kernels.markup is not None:
        tags, rules = _told()
        kernels.markup.Reader(text, tags).read(flow, depth, rules)
    else:
        _read_tokens(text, flow, depth)


@lru_cache(maxsize=1)
def _told() -> tuple[object, SimpleNamespace]:
    """What the compiled twin is told: what to do at each element, and whom to ask what it does not know itself.

    To all that take a token, it is the token that it stands at.
    """
    assert kernels.markup is not None  # noqa: S101
    assert CONTEXT <= EDGE  # noqa: S101
    told = [token.data or "" for token in tokenize(f"&{';&'.join(_REFERENCES)};", resolve_references=True)]
    characters = dict(zip(_REFERENCES, "".join(told), strict=True))
    tags = kernels.markup.Tags(_ACTS, KNOWN_TAGS, _SELDOM_NAMED, LABELS, characters, tokenize)
    return tags, SimpleNamespace(
        way_of=way_of,
        is_far=is_far,
        disguised=disguised,
        advertises=advertises,
        frame=_frame,
        is_invented=is_invented,
        meta=_meta,
        told_meta=TOLD_META | META_TO_MODELS,
        told=lambda token, tag, flow: _attributes(token, TOLD_ATTRIBUTES[tag], flow),
        unseen=lambda token, flow: _attributes(token, UNSEEN_ATTRIBUTES, flow),
        labels_of=_labels_of,
        raw_text=_raw_text,
        telling=kernels.phrases.Words((*TELLING, *MARKS, *SPOKEN)).may_stand_in,
        telling_alone=kernels.phrases.Words((*(set(TELLING) - TELLING_JOINED), *MARKS, *SPOKEN)).may_stand_in,
        edge=EDGE,
        longest_rule=LONGEST_RULE,
        small_sheet=SMALL_SHEET,
        perhaps=PERHAPS,
        comment=Kind.COMMENT,
        attribute=Kind.ATTRIBUTE,
        feed_tags=FEED_TAGS,
    )


def _read_tokens(text: str, flow: Flow, depth: int) -> None:
    """The same token by token: most of the time of a scan, where nothing is compiled."""
    add, act_of = flow.pieces.append, _ACTS.get
    veils = flow.veils
    a_text, a_start = TokenType.TEXT, TokenType.START_TAG
    raw_tag = ""
    broken = True
    in_small_letters = text.lower()
    labels = [label for label in _LABELS if label[1] in in_small_letters]
    for token in tokenize(text, resolve_references=True, capture_source=False, capture_attributes=True):
        tag = token.tag
        if tag is None:
            data = token.data
            # Between two blocks most text is white space: that is asked first.
            if data is None or (broken and data.isspace()):
                continue
            if token.type is not a_text:
                if len(data) >= LONG_COMMENT and not data.startswith("[if"):
                    flow.carriers.append((Kind.COMMENT, data))
            elif raw_tag:
                _raw_text(raw_tag, data, flow, depth)
            elif data.isspace():
                add(" ")
            else:
                add(data)
                broken = False
            continue
        if labels and token.type is a_start:
            flow.labels += _labels_of(token, labels)
        act = act_of(tag)
        if act is None:
            if tag not in KNOWN_TAGS and (tag in FEED_TAGS or (flow.pieces[-1:] in _HIDDEN_BOX and is_invented(tag))):
                flow.signs = True
            if tag in _SELDOM_NAMED and token.type is a_start and token.attr("id") is not None:
                flow.signs = True
            continue
        if act <= _INLINE:
            if act == _BLOCK and not broken:
                add(BREAK)
                flow.size += 1
                broken = True
            if token.type is a_start:
                if (style := token.attr("style")) and (way := way_of(style)):
                    add(_MARK_OF[way])
                    if way != PERHAPS:
                        flow.signs = flow.signs or is_far(style)
                        _attributes(token, UNSEEN_ATTRIBUTES, flow)
                elif token.attr("hidden") is not None:
                    add(HIDDEN)
                if veils and _is_veiled(token, veils):
                    add(VEILED)
        elif act == _ANCHOR:
            if token.type is a_start:
                href = token.attr("href")
                style = token.attr("style")
                way = way_of(style) if style else SEEN
                if way:
                    add(_MARK_OF[way])
                if href and href.startswith(("http", "//")):
                    if way and way != PERHAPS and token.attr("class") is None and token.attr("id") is None:
                        flow.signs = True  # what a script or a style sheet shows again it has to know by a name
                    if token.attr("hidden") is not None:
                        add(HIDDEN)
                    if veils and _is_veiled(token, veils):
                        add(VEILED)
                    add(FOREIGN)
                    if (style and disguised(style)) or advertises(href):
                        flow.signs = True
                else:
                    add(LINK)
                if (title := token.attr("title")) and len(title) >= _LONG_TITLE:
                    flow.carriers.append((Kind.ATTRIBUTE, title))
            else:
                add(UNLINK)
        elif act >= _WHOLE:
            if not broken:
                add(BREAK)
                flow.size += 1
                broken = True
            if act == _SHUT:
                if token.type is a_start:
                    add(_MARK_OF[way_of(token.attr("style") or "")] or VEILED * (token.attr("open") is None))
            elif token.type is not a_start:
                add(END)
        elif token.type is not a_start:
            raw_tag = ""
        elif act == _RAW:
            raw_tag = tag
            if tag == "iframe" and not depth and _frame(token, flow, boxed=flow.pieces[-1:] == _AWAY_BOX):
                flow.signs = True
        elif act == _META:
            _meta(token, flow)
        else:
            _attributes(token, TOLD_ATTRIBUTES[tag], flow)
    if not broken:
        add(BREAK)
        flow.size += 1


def _is_veiled(token: Token, veils: set[str]) -> bool:
    """Whether a small style sheet may hide an element."""
    name = token.attr("class")
    if name and (name in veils or (" " in name and not veils.isdisjoint(name.split()))):
        return True
    return bool(name := token.attr("id")) and f"#{name}" in veils


def _attributes(token: Token, wanted: tuple[tuple[str, int], ...], flow: Flow) -> None:
    for name, least in wanted:
        if (value := token.attr(name)) and len(value) >= least and is_told(value):
            flow.carriers.append((Kind.ATTRIBUTE, value))


def _labels_of(token: Token, labels: Iterable[tuple[int, str, int]] = _LABELS) -> Iterator[tuple[int, str]]:
    """The labels of an element that are words, each with the number of its name."""
    for number, name, least in labels:
        if (value := token.attr(name)) and len(value) >= least and is_told(value):
            yield number, value


def _number_of(label: tuple[int, str]) -> int:
    return label[0]


def hides_itself(style: str) -> bool:
    """Whether an element's own style takes it out of sight."""
    return way_of(style) not in {SEEN, PERHAPS}


def is_told(value: str) -> bool:
    """Whether an attribute's value is words, not an address, a number or data."""
    if value.startswith(("{", "[{", "[[", '["')):
        return False
    return " " in value.strip() or "," in value or "，" in value or not value.isascii()


def _frame(token: Token, flow: Flow, *, boxed: bool) -> bool:
    """Whether a frame makes the page worth the closer look; the words of one that they decide about are kept."""
    tells = frame_tells(token, boxed=boxed)
    if tells is None:
        flow.frames += [value for name in ("src", "data", "title", "name") if (value := token.attr(name))]
    return bool(tells)


def _meta(token: Token, flow: Flow) -> None:
    name = token.attr("name") or token.attr("property")
    if name is None:
        flow.signs = flow.signs or meta_tells(token)
    elif name.lower() in TOLD_META and (content := token.attr("content")):
        flow.carriers.append((Kind.META, content))
    elif name.lower() in META_TO_MODELS and len(token.attr("content") or "") > _A_NOTE:
        flow.signs = True


def _raw_text(tag: str, data: str, flow: Flow, depth: int) -> None:
    """Text of an element whose content is not tokenised: a title is a carrier, a fallback is read in its turn."""
    if tag == "script":
        if is_linked_data(data):
            flow.said.append(" | ".join(words for _, words in words_said(data)))
        elif (what := what_tells(data)) != NOTHING:
            (flow.spoken if what == NAMES else flow.doubtful if what == DOUBTFUL else flow.scripts).append(data)
        flow.signs = flow.signs or rule_tells(data)
    elif tag == "style":
        flow.signs = flow.signs or rule_tells(data)
        if not depth and len(data) <= SMALL_SHEET:
            flow.veils.update(names_hidden(data))
    elif tag == "title":
        flow.carriers.append((Kind.TITLE, data))
    elif tag in FALLBACK_TAGS and depth < DEEPEST_FALLBACK and not data.isspace():
        flow.pieces += (BREAK, VEILED)
        flow.size += 1
        _read(data, flow, depth + 1)
