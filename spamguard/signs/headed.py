"""What stands in a title before or behind words that the page has elsewhere, when it is of another make and sells.

A kit often writes its keywords right before the true title, without a mark between the two. Where the site's own words
begin is told by the page: its headings, and what it tells social sites, say them again.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import reports
from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.readable import readable
from spamguard.signs.outside import outside_of
from spamguard.signs.paragraphs import script_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.words import sound_of
from spamguard.text.alphabets import LETTERS, OTHER_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_HEADINGS: Final = ("h1", "h2", "h3")
_BRANDS: Final = ("a", "strong", "p", "td", "div", "span", "font", "center")
_TOLD: Final = frozenset(
    {"og:title", "twitter:title", "og:site_name", "application-name", "apple-mobile-web-app-title"}
)
_MARKS: Final = " \t\r\n|｜_-–—»›«·•:：,，/～~★☆❤"
_SHORTEST, _SHORTEST_WIDE = 8, 4
"""Letters of what the page says again, and where a letter is a syllable or a word."""
_LONGEST: Final = 120
_PUT: Final = 12
"""Letters of what was put there."""
_BORROWED: Final = 3
_MOST_TEXTS: Final = 400
_WIDE: Final = re.compile("[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]")
_SEPARATOR: Final = re.compile(r"\s*[|｜_–—»›·]\s*|\s+-\s+")
_PARTS: Final = "|｜_–—»›·"
_FIRST_MARK: Final = re.compile(rf"\A-|[{_PARTS}]|(?<=\s)-|-(?=\s)")
_LAST_MARK: Final = re.compile(rf"(?:[{_PARTS}]|(?<=\s)-|-(?=\s)|-\Z)(?!.*(?:[{_PARTS}]|\s-|-\s|-\Z))", re.DOTALL)
"""The mark that parts two halves of a title, from the first half and from the second: what is beyond it is not its."""
_GLUED_BEFORE: Final = re.compile(r"(?<=\s)[^\s\W]*\d\S*\Z")
_GLUED_BEHIND: Final = re.compile(r"[^\s|｜_–—»›·-]*\d\S*(?=\s)")
"""Figures that are written on with the first, and with the last letters of a half."""
_CLOSING: Final = re.compile(r"[)\]}」』》】”\"'!?.。]*")
_QUIET: Final = 0.0
"""Mean weight of words from which on they sell."""
_ALIKE: Final = 0.2
"""Share of the letters in a row of what was put there that the page has too, from which on it may be the site's own."""


def headed(sight: Sight) -> list[Sign]:
    """The first title of a page, if all of it but one stretch is told elsewhere."""
    title = sight.index.title()
    sign = _judged(sight, title) if title is not None else None
    return [] if sign is None else [sign]


def _judged(sight: Sight, node: Node) -> Sign | None:
    read = readable(sight.page.raw, node.start, node.end, sight.page.codec)
    text = read.text
    if not _PUT < len(text) < _SHORTEST * _LONGEST:
        return None
    own = [at for at in own_in(text, list(said_on(sight))) if not sound_of(sight.model, [text[slice(*at)]]).is_spam]
    apart = _of_other_letters(text, script_of(sight), own)
    stretch = apart or _beside(sight, text, own)
    if stretch is None:
        return None
    start, end = stretch
    put, told = text[start:end], (text[:start] + text[end:]).strip()
    sound = sound_of(sight.model, [put])
    span = Span(node.start, node.end)
    loud = (sound.is_spam and sound.mean > _QUIET) or sound.is_named
    if sum(map(str.isalpha, put)) < _PUT or not loud or reports(text):
        return None
    # How loud the rest of the page is says nothing: whoever changed the title has put his links there too.
    again = _said_again(sight, put) if apart is not None else []
    if outside_of(sight).share_of([put], sorted([span, *again])) >= _ALIKE:
        return None
    return Sign(
        rule="headed-title",
        category=sight.topic([put]) if sound.category == ORDERS else sound.category,
        confidence=SURE,
        spans=(),
        edits=(Edit(int(read.offsets[start]), int(read.offsets[end])),),
        excerpt=excerpt_of([put]),
        evidence=(
            reason("headed", told, f"the page says {told!r} elsewhere, and nothing like the rest of its title"),
            *sound.evidence(),
        ),
    )


def _said_again(sight: Sight, put: str) -> list[Span]:
    """The texts in letters that the page is not in, of which each says a part of what was put into its title.

    A kit has one list of keywords, and writes some of it into every place that it knows.
    """
    spans: list[Span] = []
    size = 0
    for node in sight.index.said:
        text = sight.text_of(node).strip()
        if _SHORTEST_WIDE <= len(text) <= len(put) and text in put:
            spans.append(Span(node.start, node.end))
            size += len(text)
    return spans if size >= _PUT else []


def _of_other_letters(text: str, script: str, own: list[tuple[int, int]]) -> tuple[int, int] | None:
    """One end of a title that is in other letters than the page, if the other end is in the page's.

    A name in the page's letters may belong to either: where at most a space parts the two, the page has to say
    elsewhere what is left.
    """
    theirs, ours = OTHER_LETTERS[script], LETTERS[script]
    marks = [match.start() for match in theirs.finditer(text)]
    among = range(marks[0], marks[-1]) if marks else range(0)
    inside = [match.start() for match in ours.finditer(text)]
    inside = [at for at in inside if at not in among or not _is_written_on(text, at, ours, theirs)]
    if len(marks) < _PUT or len(inside) < _SHORTEST_WIDE:
        return None
    ends = (marks[-1] + 1, inside[0]) if marks[-1] < inside[0] else (inside[-1] + 1, marks[0])
    told = {start for start, _ in own} if marks[-1] < inside[0] else {end for _, end in own}
    if not text[slice(*ends)].strip() and not told & set(ends):
        return None
    if marks[-1] < inside[0]:
        between = text[marks[-1] + 1 : inside[0]]
        figures = len(between) - _figures_before(between)
        return len(text) - len(text.lstrip()), inside[0] - (figures or len(_opening(between)))
    if inside[-1] < marks[0]:
        end = inside[-1] + 1
        end += _figures_behind(text[end : marks[0]])
        closing = _CLOSING.match(text, end)
        return closing.end() if closing is not None else end, len(text.rstrip())
    return None


def _is_written_on(text: str, at: int, ours: re.Pattern[str], theirs: re.Pattern[str]) -> bool:
    """Whether a few letters go on in another script without a space, as those do that a word of it borrows."""
    end = at
    while end < len(text) and ours.match(text, end) is not None:
        end += 1
    return end - at <= _BORROWED and theirs.match(text, end) is not None


def _figures_before(between: str) -> int:
    """Where the figures begin that the second part of a title begins with, in the marks between two; else their end."""
    mark = _FIRST_MARK.search(between)
    if mark is not None and any(map(str.isdigit, rest := between[mark.end() :])):
        return len(between) - len(rest.lstrip())
    glued = _GLUED_BEFORE.search(between)
    return glued.start() if glued is not None else len(between)


def _figures_behind(between: str) -> int:
    """Where the figures end that the first part of a title ends with, in the marks between two; else 0."""
    mark = _LAST_MARK.search(between)
    if mark is not None and any(map(str.isdigit, rest := between[: mark.start()])):
        return len(rest.rstrip())
    glued = _GLUED_BEHIND.match(between)
    return glued.end() if glued is not None else 0


def _opening(between: str) -> str:
    """What of the marks between two parts of a title opens the second."""
    return between[len(between.rstrip("([{「『《【“‘«„‚\"'")) :]


def _beside(sight: Sight, text: str, own: list[tuple[int, int]]) -> tuple[int, int] | None:
    """What of a title stands before or behind the words that the page has elsewhere, where it is the louder."""
    if not own:
        return None
    first, last = min(start for start, _ in own), max(end for _, end in own)
    means = [
        sound_of(sight.model, [part]).mean if part.strip(_MARKS) else -math.inf for part in (text[:first], text[last:])
    ]
    if min(means) > _QUIET:
        return None
    if means[0] > means[1]:
        return len(text) - len(text.lstrip()), _end_of_loud(sight, text, first)
    return _begin_of_loud(sight, text, last), len(text.rstrip())


def _end_of_loud(sight: Sight, text: str, end: int) -> int:
    """Where the parts of a title end that stand before ``end`` and sell: a headline may stand before a site's name."""
    marks = [match.end() for match in _SEPARATOR.finditer(text, 0, end)]
    for begin in reversed([mark for mark in marks if mark < end]):
        if _sells(sight, text[begin:end]):
            break
        end = begin
    return end


def _begin_of_loud(sight: Sight, text: str, start: int) -> int:
    """The same of parts behind ``start``: where they begin that sell."""
    marks = [match.start() for match in _SEPARATOR.finditer(text, start)]
    for stop in [mark for mark in marks if mark > start]:
        if _sells(sight, text[start:stop]):
            break
        start = stop
    return start


def _sells(sight: Sight, part: str) -> bool:
    sound = sound_of(sight.model, [part])
    return bool(sound.known) or sound.mean > _QUIET or sum(map(str.isalpha, part)) < _SHORTEST_WIDE


def said_on(sight: Sight) -> Iterator[str]:
    """What headings, social meta tags and the first short texts of a page say."""
    for node in sight.index.called(_HEADINGS)[:_MOST_TEXTS]:
        texts = (part for part in node.walk() if part.kind is NodeKind.TEXT)
        yield " ".join(" ".join(sight.text_of(text) for text in texts).split())
    for node in sight.index.tagged.get("meta", ()):
        if (node.attribute("property") or node.attribute("name") or "").lower() in _TOLD:
            yield " ".join(sight.value_of(node, "content").split())
    for text in sight.index.said[:_MOST_TEXTS]:
        if text.end - text.start <= _LONGEST * 2 and text.parent is not None and text.parent.tag in _BRANDS:
            yield " ".join(sight.text_of(text).split())


def own_in(text: str, said: list[str]) -> list[tuple[int, int]]:
    """Where a title says what the page says elsewhere, the longest first; nothing twice."""
    found: list[tuple[int, int]] = []
    for phrase in sorted(set(said), key=len, reverse=True):
        phrase = phrase.strip(_MARKS)
        at = text.find(phrase)
        if at < 0 or len(phrase) > _LONGEST:
            continue
        letters = sum(map(str.isalnum, phrase))
        if letters < (_SHORTEST_WIDE if _WIDE.search(phrase) else _SHORTEST):
            continue
        if not any(start < at + len(phrase) and at < end for start, end in found):
            found.append((at, at + len(phrase)))
    return found
