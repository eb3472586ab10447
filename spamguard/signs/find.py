"""All signs of a page. A family is one function in a file of its own and one line in :data:`FAMILIES`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import own_domains
from spamguard.scripts.read import read_alone
from spamguard.signs.addressed import addressed
from spamguard.signs.appended import appended
from spamguard.signs.camouflaged import camouflaged
from spamguard.signs.commented import commented
from spamguard.signs.defaced import defaced
from spamguard.signs.disguised import disguised
from spamguard.signs.embedded import embedded
from spamguard.signs.entered import entered
from spamguard.signs.entries import entries
from spamguard.signs.faraway import faraway, may_move
from spamguard.signs.farmed import farmed
from spamguard.signs.fed import fed
from spamguard.signs.fetched import fetched, may_be_fed, may_call_back, may_fetch
from spamguard.signs.framed import framed
from spamguard.signs.glued import glued
from spamguard.signs.headed import headed
from spamguard.signs.layered import layered
from spamguard.signs.listed import listed
from spamguard.signs.literals import literals
from spamguard.signs.mixed import mixed
from spamguard.signs.noise import loose_noise, noise
from spamguard.signs.operators import operators
from spamguard.signs.ordered import ordered
from spamguard.signs.parted import parted
from spamguard.signs.pasted import pasted
from spamguard.signs.pitched import pitched
from spamguard.signs.polyglot import polyglot
from spamguard.signs.posted import posted
from spamguard.signs.profiled import profiled
from spamguard.signs.reflected import reflected
from spamguard.signs.retitled import may_retitle, retitled
from spamguard.signs.scattered import scattered
from spamguard.signs.sight import MOST_READ, Sight, glimpse_of, sight_of
from spamguard.signs.spliced import spliced
from spamguard.signs.strayed import strayed
from spamguard.signs.structured import structured
from spamguard.signs.stuffed import stuffed
from spamguard.signs.switched import may_switch, switched
from spamguard.signs.whispered import whispered
from spamguard.signs.wildcard import wildcards
from spamguard.signs.wrapped import wrapped
from spamguard.signs.written import may_write, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spamguard.findings import Span
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.signs.sign import Sign

WORDED: Final[tuple[Callable[[Sight], list[Sign]], ...]] = (
    farmed,
    commented,
    posted,
    whispered,
    layered,
    operators,
    ordered,
    addressed,
    pitched,
    strayed,
    disguised,
    spliced,
    mixed,
    appended,
    profiled,
    glued,
    headed,
    wrapped,
    entered,
    fed,
    pasted,
    defaced,
    parted,
    embedded,
    stuffed,
    scattered,
    wildcards,
    polyglot,
    listed,
    loose_noise,
)
"""Those of pages with spam words: the fast path has no question for most of them. A glimpse is enough for them."""
FAMILIES: Final[tuple[Callable[[Sight], list[Sign]], ...]] = (
    fetched,
    structured,
    retitled,
    switched,
    written,
    framed,
    camouflaged,
    noise,
    faraway,
    reflected,
    entries,
    literals,
    *WORDED,
)


def may_tell(scripts: Iterable[str], model: Model) -> bool:
    """Whether one of the scripts says what is a sign on some pages. Asked before the page around them is read."""
    left = MOST_READ
    for script in scripts:
        left -= len(script)
        if left < 0:
            break
        reading = read_alone(script)
        if (
            may_fetch(reading)
            or may_be_fed(reading)
            or may_call_back(reading, model)
            or may_switch(reading)
            or may_retitle(reading)
            or may_write(reading, model)
            or may_move(reading)
        ):
            return True
    return False


def signs_of(
    page: Page,
    root: Node,
    model: Model,
    families: Iterable[Callable[[Sight], list[Sign]]] = FAMILIES,
    own: frozenset[str] | None = None,
) -> list[Sign]:
    """The signs of a page in file order; of two that share bytes the surer one. ``own`` are its domains, if known."""
    look = glimpse_of if families is WORDED else sight_of
    sight = look(page, root, model, own_domains(root) if own is None else own)
    found: list[Sign] = []
    taken = _Taken()
    for sign in sorted((sign for family in families for sign in family(sight)), key=lambda sign: -sign.confidence):
        parts = sign.parts
        if not any(taken.overlaps(part) for part in parts):
            found.append(sign)
            for part in parts:
                taken.add(part)
    return sorted(found, key=lambda sign: sign.hull)


class _Taken:
    """What signs have taken of a page, from place to place: nobody has time to ask ten thousand signs one by one."""

    def __init__(self) -> None:
        # No stretch shares a byte with the next one: both go up.
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, span: Span) -> bool:
        """As each of the spans would answer that were added."""
        before = bisect_left(self._starts, span.end) - 1
        return before >= 0 and self._ends[before] > span.start

    def add(self, span: Span) -> None:
        """Take a span, which may share bytes with others of the same sign."""
        first, behind = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        start, end = span.start, span.end
        if first < behind:
            start, end = min(start, self._starts[first]), max(end, self._ends[behind - 1])
        self._starts[first:behind] = [start]
        self._ends[first:behind] = [end]
