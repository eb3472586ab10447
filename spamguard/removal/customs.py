"""How a page writes the white space between its tags, and how usual a gap would be at a place.

Pages are written in one way and keep to it: where the first child of an element stands on a line of its own, so does
its end tag; where one paragraph is glued to the next, so are all. Eleven questions are asked of the page around a gap
(which gaps stand between such tags, in the same element, before and after this one, where the element opens). Each
answer is a share for each sort of gap; they are multiplied, each to the power of its weight. The weights, and what the
last answers mean, were counted on honest pages: ``training/customs.py``.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from spamguard.page.tokens import BLOCK_TAGS, VOID_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

LINE_END: Final = re.compile(rb"\r\n|\n|\r")
SORTS: Final = 5
"""Sorts of gaps: nothing, blanks, one line end, two, more."""
TEXT: Final = b"text"
START: Final = b"start"
END: Final = b"end"
LONGEST_GAP: Final = 400
_SCANNED: Final = 400_000
_TOKEN: Final = re.compile(
    rb"<(?:!--.*?--!?>|(script|style|title|textarea|noscript)\b[^>]*>.*?</\1\s*>"
    rb"|(/?[a-zA-Z][a-zA-Z0-9:-]{0,30})(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[!?][^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_VOID: Final = frozenset(tag.encode() for tag in VOID_TAGS)
_NONE: Final[frozenset[bytes]] = frozenset()
_LINES: Final = frozenset(
    tag.encode()
    for tag in (BLOCK_TAGS - {"br", "button"}) | {"script", "style", "noscript", "!--", "!", "start", "end", "iframe"}
)
_DEEPEST: Final = 8
"""An end tag closes one of so many open elements, or nothing: pages leave elements open and close what is not."""
_ASKED: Final = 120
_NEAR, _AROUND = 6, 40
_NOTHING: Final = -1
_PAIR_WEIGHT, _OPENING_WEIGHT = 3, 5
SINGLES: Final = 4
"""Questions that are answered by one gap, or by one word; the others by counts."""
_EMPTY_LINES, _FEW, _MANY = 0.2, 0.25, 0.6
_BASE: Final = 4.0
_SIDE: Final = 3.0
_PAIR: Final = 2.0
TABLES: Final = Path(__file__).with_name("customs.json")
PLACES: Final = ("between", "/body", "/html", "/head", "body", "head", "after", "text", "last", "first")
"""Where a gap stands: between two elements; before the ends of body, page and head, behind their beginnings or their
ends; behind text, before an end tag, behind a start tag."""
EDGES: Final = frozenset(map(PLACES.index, ("/body", "/html", "/head", "body", "head", "after")))
_CORNERS: Final = {tag.encode(): PLACES.index(tag) for tag in ("/body", "/html", "/head")}
_BETWEEN, _BODY, _HEAD, _AFTER, _TEXT, _LAST, _FIRST = map(
    PLACES.index, ("between", "body", "head", "after", "text", "last", "first")
)
ANSWERS: Final = 24
"""Answers of one word that a question may have: ``written`` has the most."""


class Gap(NamedTuple):
    """White space ``[start, end)`` beside a tag, the tags at its sides, and the element that it stands in."""

    left: bytes
    right: bytes
    start: int
    end: int
    inside: int


class Answers(NamedTuple):
    """What a page says about a gap: counts of gaps by their sort, and four answers of one word."""

    place: int
    lines: Sequence[int]
    behind: Sequence[int]
    before: Sequence[int]
    pair: Sequence[int]
    brothers: Sequence[int]
    near: Sequence[int]
    mirror: int
    last: int
    next: int
    written: int


@dataclass(slots=True)
class Habits:
    """The gaps of a page in order, by the tags around them, and by the element that they stand in."""

    gaps: list[Gap]
    sorts: list[int]
    starts: list[int]
    by_tags: dict[tuple[bytes, bytes], list[int]] = field(default_factory=lambda: defaultdict(list))
    by_element: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


class Tables(NamedTuple):
    """What was learned: a weight for each question, and shares by place and answer."""

    weights: NDArray[np.float64]
    places: NDArray[np.float64]
    singles: NDArray[np.float64]


def sort_of(gap: bytes) -> int:
    """The sort of a gap, a place in a row of shares."""
    lines = len(LINE_END.findall(gap))
    return min(lines + 1, SORTS - 1) if lines else min(len(gap), 1)


def parts_lines(tag: bytes) -> bool:
    """Whether pages are written with line ends around a tag; around a link or a bold word they are not."""
    return tag.removeprefix(b"/") in _LINES


def gaps_in(raw: bytes) -> Iterator[Gap]:
    """The white space on both sides of every tag, none being white space too."""
    names, elements = [START], [0]
    number = 0
    void = _NONE if raw.lstrip()[:5] == b"<?xml" else _VOID
    left, last = START, 0
    for tag, start, end, whole in _tags_in(raw):
        between = raw[last:start]
        if not between.strip():
            yield Gap(left, tag, last, start, elements[-1])
        else:
            yield Gap(left, TEXT, last, last + len(between) - len(between.lstrip()), elements[-1])
            yield Gap(TEXT, tag, last + len(between.rstrip()), start, elements[-1])
        left, last = (b"/" + tag if whole else tag), end
        if whole or tag in void or not tag.strip(b"/").isalnum() or tag == END:
            continue
        if not tag.startswith(b"/"):
            number += 1
            names.append(tag)
            elements.append(number)
            continue
        for depth in range(len(names) - 1, max(0, len(names) - _DEEPEST), -1):
            if names[depth] == tag[1:]:
                del names[depth:], elements[depth:]
                break


def _tags_in(raw: bytes) -> Iterator[tuple[bytes, int, int, bool]]:
    """Name, place and end of each tag, and whether it is an element that was read as a whole."""
    head = raw[:_SCANNED]
    for match in _TOKEN.finditer(head):
        name = match[1] or match[2] or (b"!--" if match[0].startswith(b"<!--") else b"!")
        yield name.lower(), match.start(), match.end(), match[1] is not None
    if len(head) == len(raw):
        yield END, len(raw), len(raw), False


@lru_cache(maxsize=2)
def habits_of(raw: bytes) -> Habits:
    """How a page writes its gaps."""
    gaps = list(gaps_in(raw))
    habits = Habits(gaps, [sort_of(raw[gap.start : gap.end]) for gap in gaps], [gap.start for gap in gaps])
    for number, gap in enumerate(gaps):
        if gap.end - gap.start > LONGEST_GAP:
            continue
        for key in ((gap.left, gap.right), (gap.left, b""), (b"", gap.right)):
            habits.by_tags[key].append(number)
        if parts_lines(gap.left) and parts_lines(gap.right):
            habits.by_tags[b"", b""].append(number)
        habits.by_element[gap.inside].append(number)
    return habits


def answers(habits: Habits, before: bytes, after: bytes, at: range, told: Callable[[int], bool]) -> Answers:
    """What a page says of the gap between ``before`` and ``after`` where its gaps numbered ``at`` are now.

    ``told`` tells of a number whether that gap says something: one that goes with a block does not.
    """
    gaps, sorts = habits.gaps, habits.sorts

    def counted(numbers: Iterable[int]) -> list[int]:
        counts = [0] * SORTS
        for number in islice(numbers, _ASKED):
            if told(number):
                counts[sorts[number]] += 1
        return counts

    kin, split = _kin_of(habits, at)
    # Even one beside another block says how the element is written.
    opening = kin[0] if after.startswith(b"/") and split else None
    closing = kin[-1] if opening is None and _opens(before) and kin[-1] >= at.stop else None
    kin = kin[max(0, split - _ASKED) : split + _ASKED]
    sides = [
        number
        for side in (
            range(at.start - 1, max(0, at.start - _AROUND), -1),
            range(at.stop, min(len(gaps), at.stop + _AROUND)),
        )
        for number in islice((n for n in side if told(n) and _stands_apart(gaps[n])), _NEAR)
    ]
    # What an element opens or ends with is asked once.
    earlier = [n for n in reversed(kin) if n < at.start and n != opening and told(n)]
    later = [n for n in kin if n >= at.stop and n != closing and told(n)]
    near = counted(sides)
    brothers = counted(n for n in earlier + later if TEXT not in {gaps[n].left, gaps[n].right})
    mirror = next((sorts[number] for number in (opening, closing) if number is not None), _NOTHING)
    # Where an element ends, the gap behind its end tag follows.
    if not later and kin[-1] < at.stop < len(gaps) and told(at.stop):
        later = [at.stop]
    following = sorts[later[0]] if later else _NOTHING
    last = sorts[earlier[0]] if earlier else _NOTHING
    return Answers(
        place=place_of(before, after),
        lines=counted(habits.by_tags.get((b"", b""), ())),
        behind=counted(habits.by_tags.get((before, b""), ())),
        before=counted(habits.by_tags.get((b"", after), ())),
        pair=counted(habits.by_tags.get((before, after), ())),
        brothers=brothers,
        near=near,
        mirror=mirror,
        last=last,
        next=following,
        written=6 * _style(near) + 3 * (following > 0) + (mirror >= 0) + (mirror > 1),
    )


def _kin_of(habits: Habits, at: range) -> tuple[list[int], int]:
    """The gaps in the element that a gap stands in, and how many of them stand before it."""
    kin = habits.by_element[habits.gaps[at.start].inside]
    return kin, bisect_left(kin, at.start)


def indents(
    habits: Habits, raw: bytes, before: bytes, after: bytes, at: range, told: Callable[[int], bool]
) -> Counter[bytes]:
    """The indentations that a page has in such gaps as that of :func:`answers`: how many, same tags weighing more."""
    kin, split = _kin_of(habits, at)
    found: Counter[bytes] = Counter()
    before_opening = kin[0] - 1
    if after.startswith(b"/") and split and before_opening >= 0 and habits.sorts[before_opening] > 1:
        # An end tag is indented like the tag that it ends.
        opening = habits.gaps[before_opening]
        if opening.right == after[1:]:
            found[raw[opening.start : opening.end].rpartition(b"\n")[2]] += _OPENING_WEIGHT
    for weight, numbers in (
        (_PAIR_WEIGHT, habits.by_tags.get((before, after), ())),
        (1, habits.by_tags.get((b"", after), ())),
        (1, kin[max(0, split - _ASKED) : split + _ASKED] if not after.startswith(b"/") else ()),
    ):
        for number in numbers[:_ASKED]:
            gap = habits.gaps[number]
            if habits.sorts[number] > 1 and told(number):
                found[raw[gap.start : gap.end].rpartition(b"\n")[2]] += weight
    return found


def between(habits: Habits, raw: bytes, before: bytes, after: bytes, told: Callable[[int], bool]) -> Counter[bytes]:
    """The gaps that a page has between two such tags, counted."""
    numbers = filter(told, habits.by_tags.get((before, after), ())[:_ASKED])
    return Counter(raw[habits.gaps[number].start : habits.gaps[number].end] for number in numbers)


def _style(near: Sequence[int]) -> int:
    """How a stretch of a page is written: few of its gaps end lines, some, most, or there are empty lines."""
    whole = sum(near)
    if not whole:
        return 1
    if sum(near[3:]) > _EMPTY_LINES * whole:
        return 3
    ended = sum(near[2:]) / whole
    return 0 if ended < _FEW else 1 if ended < _MANY else 2


def _stands_apart(gap: Gap) -> bool:
    """Whether a gap stands between two tags where pages may end a line, and not in an empty element."""
    return parts_lines(gap.left) and parts_lines(gap.right) and gap.right != b"/" + gap.left


def _opens(tag: bytes) -> bool:
    return not tag.startswith((b"/", b"!", b"?")) and tag not in _VOID and tag not in {TEXT, START}


def place_of(before: bytes, after: bytes) -> int:
    """Where a gap stands, a place in :data:`PLACES`."""
    if after in _CORNERS:
        return _CORNERS[after]
    if before in {b"body", b"head"}:
        return _BODY if before == b"body" else _HEAD
    if before in {b"/html", b"/body"} or after == END:
        return _AFTER
    if before == TEXT:
        return _TEXT
    return _LAST if after.startswith(b"/") else _FIRST if _opens(before) else _BETWEEN


def questions(told: Answers, tables: Tables) -> NDArray[np.float64]:
    """The logarithms of the shares that each answer gives the sorts of gaps: a row a question."""
    always = tables.places[-1]
    base = _drawn(told.lines, always, _BASE)
    behind, before = _drawn(told.behind, base, _SIDE), _drawn(told.before, base, _SIDE)
    rows = [
        base,
        behind,
        before,
        _drawn(told.pair, (behind + before) / 2, _PAIR),
        _drawn(told.brothers, base, _PAIR),
        _drawn(told.near, base, _PAIR),
        *(tables.singles[question, told.place, answer] for question, answer in enumerate(told[-SINGLES:])),
        tables.places[told.place],
    ]
    logs: NDArray[np.float64] = np.log(np.asarray(rows))
    return logs


def _drawn(counts: Sequence[int], base: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Shares drawn towards what is known without them: few gaps say little."""
    return np.asarray((np.asarray(counts) + weight * base) / (sum(counts) + weight))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """What was learned of honest pages."""
    told = json.loads(TABLES.read_text(encoding="utf-8"))
    return Tables(*(np.asarray(told[name], dtype=np.float64) for name in Tables._fields))


def shares(told: Answers) -> list[float]:
    """How usual each sort of gap is, by what a page says."""
    learned = tables()
    logs = learned.weights @ questions(told, learned)
    likely = np.exp(logs - logs.max())
    return [float(share) for share in likely / likely.sum()]
