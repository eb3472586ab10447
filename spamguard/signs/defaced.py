"""A vandal's line: who broke in, told on a page that has nothing to do with it. For review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import reports
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.signs.sign import Sign, excerpt_of, reason

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_LINE: Final = re.compile(
    r"\W{0,6}(?:this (?:web)?site (?:has been |was |is )?|site |index |you (?:have been |got |are ))?"
    r"(?:hacked|defaced|pwned|owned|h4ck3?e?d|0wned|rooted|touched) by\W{0,3}"
    r"(?P<who>[\w.$@!|-]{2,30}(?: [\w.$@!|-]{2,20}){0,3})(?P<rest>.{0,160})",
    re.IGNORECASE | re.DOTALL,
)
_BOASTS: Final = re.compile(
    r"greet[sz]|crew|team|cyber|army|h4ck|hack|secur|index|r00t|root|patch|gov|was here|ownz|\d|!|[A-Z]\w*[A-Z]"
    r"|_|~|<3|\W{3}",
)
_PROSE: Final = re.compile(
    r"\b(?:who|which|after|when|in (?:january|february|march|april|may|june|july|\d)|the|and then)\b"
)
_PLACES: Final = frozenset("p div h1 h2 h3 h4 center font b strong span marquee td body i em big u".split())  # noqa: SIM905
_CODE: Final = frozenset("code pre script style textarea blockquote article".split())  # noqa: SIM905
_LONGEST: Final = 240
_SHOWN: Final = 0.7
_TOLD: Final = "only reported: what else was changed is for people to find out"


def defaced(sight: Sight) -> list[Sign]:
    """Short lines of their own that begin by naming who broke in; none on a page that tells of it at length."""
    signs = []
    for node in sight.nodes:
        if node.kind is not NodeKind.TEXT or b"by" not in sight.page.raw[node.start : node.end].lower():
            continue
        place = _place(sight, node)
        if place is None:
            continue
        text = " ".join(_text(sight, place).split())
        match = _LINE.match(text) if len(text) <= _LONGEST else None
        if (
            match is None
            or reports(text)
            or _PROSE.search(match["rest"]) is not None
            or _BOASTS.search(text[8:]) is None
        ):
            continue
        said = reason("defaced", match["who"], f"a line of its own says that {match['who']!r} broke in")
        signs.append(
            Sign(
                rule="defacement",
                category="keywords",
                confidence=_SHOWN,
                spans=(Span(place.start, place.end),),
                excerpt=excerpt_of([text]),
                doubt=_TOLD,
                evidence=(said,),
            )
        )
    return signs


def _text(sight: Sight, place: Node) -> str:
    return "".join(sight.text_of(part) for part in place.walk() if part.kind is NodeKind.TEXT)


def _place(sight: Sight, node: Node) -> Node | None:
    """The widest small element in which a text comes first; None in code, in links and in articles."""
    place = None
    for around in node.ancestors():
        if around.tag in _CODE or around.tag == "a":
            return None
        first = next((part for part in around.walk() if part.kind is NodeKind.TEXT and _is_said(sight, part)), None)
        if around.tag not in _PLACES - {"body"} or first is not node or around.end - around.start > 2 * _LONGEST:
            break
        if around.closed:
            place = around
    return place


def _is_said(sight: Sight, text: Node) -> bool:
    return bool(sight.page.raw[text.start : text.end].strip())
