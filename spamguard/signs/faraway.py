"""Links that are moved out of the page, further than any layout needs or by a script that hides what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.page.oddities import is_far
from spamguard.page.patterns import pattern
from spamguard.page.triggers import splits_names
from spamguard.signs.sight import Script
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.scripts.reading import Reading
    from spamguard.signs.sight import Sight

_RULE: Final = re.compile(r"#([\w-]{1,64})\s*\{([^{}]{1,400})\}")
_AWAY: Final = pattern(
    r"(?:top|left|right|bottom|text-indent|margin(?:-left|-top)?)\s*:\s*-\d{4,}|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0\s*(?:;|$)|clip\s*:\s*rect\(0|(?:height|font-size)\s*:\s*0",
    re.IGNORECASE,
)
_FAR_VALUE: Final = re.compile(r"-\d{7,}(?:px|pt|em)?")
_RANDOM: Final = re.compile(
    r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{9,40}|[a-f0-9]*(?:\d[a-f]|[a-f]\d)[a-f0-9]{10,40}"
)
_LONGEST: Final = 3_000
_MOST_IDS: Final = 40
"""Names in one script that are looked up."""


@dataclass(frozen=True, slots=True)
class _Helper:
    """A script or style sheet that moves an element; ``only`` when it is there for nothing else."""

    place: Node
    scripted: bool
    only: bool


def faraway(sight: Sight) -> list[Sign]:
    """Elements a million pixels away that hold links: to other sites, or any when a script moves them there.

    Also what a script beside it hides that splits the names of what it builds, or knows it by a random name.
    """
    moved = {id(node): node for node in sight.index.given.get("style", ()) if is_far(node.attributes["style"])}
    helpers: dict[int, list[_Helper]] = {}
    for node in sight.index.raws:
        if node.tag in {"script", "style"} and node.end - node.start <= _LONGEST:
            for element, helper in _moved_by(sight, node):
                moved[id(element)] = element
                helpers.setdefault(id(element), []).append(helper)
    signs = []
    for element in sorted(moved.values(), key=lambda node: node.start):
        around = helpers.get(id(element), [])
        scripted = any(helper.scripted for helper in around)
        if addresses := sight.leads_away(element) or (_links(element) if scripted else []):
            parts = {Span(part.start, part.end) for part in (element, *(h.place for h in around if h.only))}
            said = reason("faraway", addresses[0], "links stand a million pixels away, where no layout puts anything")
            signs.append(
                Sign(
                    rule="faraway-links",
                    category="links",
                    confidence=SURE,
                    spans=tuple(sorted(parts)),
                    excerpt=excerpt_of(addresses),
                    hidden_by="off-screen",
                    evidence=(said,),
                )
            )
    return signs


def may_move(reading: Reading) -> bool:
    """Whether a script holds a rule that moves something far away, or hides what it has a random name for."""
    return any(_rules(saying.text) for saying in reading.sayings if "{" in saying.text)


def _rules(text: str) -> list[tuple[str, str]]:
    """The rules for one element each that take it out of sight."""
    return [(rule[1], rule[2]) for rule in _RULE.finditer(text) if is_far(rule[2]) or _AWAY.search(rule[2])]


def _moved_by(sight: Sight, node: Node) -> Iterator[tuple[Node, _Helper]]:
    """The elements that a script or style sheet moves away."""
    text, place = sight.text_of(node, references=False), node.parent
    if place is None:
        return
    if node.tag == "style":
        for name, rule in _rules(text):
            for element in sight.by_id.get(name, ()) if is_far(rule) else ():
                yield element, _Helper(place, False, len(_RULE.findall(text)) == 1)
        return
    if not (is_far(text) or _FAR_VALUE.search(text) or splits_names(text)):
        return
    reading = sight.reading(Script(place, node))
    said = {text, *(saying.text for saying in reading.sayings)}
    found = {found for text in said if "{" in text for found in _rules(text)}
    only = len({name for name, _ in found}) == 1  # one rule is read as it is written, and as it is put together
    for name, rule in sorted(found):
        for element in sight.by_id.get(name, ()):
            if is_far(rule) or (_is_beside(sight, element, place) and _is_odd(sight, element, name, text)):
                yield element, _Helper(place, True, only)
    if not found and any(_FAR_VALUE.fullmatch(text.strip()) or is_far(text) for text in said):
        names = [text.strip().removeprefix("#") for text in sorted(said, key=len) if len(text) <= 64][:_MOST_IDS]
        elements = [element for name in names for element in sight.by_id.get(name, ())]
        for element in elements:
            yield element, _Helper(place, True, len(elements) == 1)


def _is_odd(sight: Sight, element: Node, name: str, script: str) -> bool:
    """Whether what hides an element gives itself away, and all its links lead to other sites."""
    away = sight.leads_away(element)
    return bool(away) and len(away) == len(_links(element)) and (splits_names(script) or bool(_RANDOM.fullmatch(name)))


def _is_beside(sight: Sight, element: Node, script: Node) -> bool:
    """Whether nothing but white space stands between an element and a script."""
    first, second = sorted((element, script), key=lambda node: node.start)
    return element.closed and second.start >= first.end and not sight.page.raw[first.end : second.start].strip()


def _links(node: Node) -> list[str]:
    return [part.attribute("href") or "" for part in node.walk() if part.tag == "a"]
