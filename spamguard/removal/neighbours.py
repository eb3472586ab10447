"""What stands right beside what is cut for its sake.

The script of a counter whose links were cut, the heading of a list that is gone, paragraphs that go on about the same
site or in letters that only what is cut has, and what a mirror kit fills a page with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, host_of
from spamguard.examine.linklabels import is_label_of_links
from spamguard.examine.places import are_places_and_topics
from spamguard.examine.removable import is_tiny
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.removal.cutting import (
    HEADINGS,
    LARGEST,
    MACHINES,
    MOST_STEPS,
    WRAPPERS,
    without_strokes,
)
from spamguard.signs.sight import PLAIN_TYPES
from spamguard.text.alphabets import LATIN, letters_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.page.outline import Node
    from spamguard.removal.cutting import Cut, Surroundings

_LABELS: Final = HEADINGS | {"p", "b", "strong", "div", "span", "em", "center"}
_SAYINGS: Final = HEADINGS | {"p", "li", "dd", "blockquote"}
_FALLBACKS: Final = frozenset({"noscript", "iframe", "object", "embed", "link"})
_LONGEST_SERVANT: Final = 1_000
_SELECTED: Final = re.compile(
    rb"""["'`][#.]([A-Za-z_][\w-]{2,60})[^"'`]{0,60}["'`]|getElementById\(\s?["']([\w-]{3,60})["']"""
)
"""What a script calls the elements that it is about."""
_CALLS: Final = re.compile(rb"([A-Za-z_$][\w$]{0,40})\s{0,3}\(")
_HARMLESS: Final = frozenset(
    b"settimeout setinterval function queryselector queryselectorall getelementbyid getelementsbyclassname "
    b"getattribute setattribute removeattribute remove removechild foreach addeventlistener if for close show "
    b"showmodal hide css fadeout fadein slideup slidedown add toggle".split()
)
"""What a script calls that only changes how something is shown, or whether it is."""
_LISTS: Final = frozenset({"ul", "ol", "dl"})
_LONGEST_SAYING: Final = 1_500
_LABEL, _LONG_LABEL = 5, 8
"""Letters of a host that a heading is called by, and a paragraph."""
_ALIVE: Final = MACHINES | {"a", "input", "form", "svg", "canvas", "video", "audio", "button", "select", "textarea"}
_MOST_FILLING: Final = 40
_BETWEEN: Final = re.compile(rb"(?:\s|<br ?/?>|&nbsp;|\|){0,40}", re.IGNORECASE)
_RANDOM: Final = re.compile(
    r"(?=[A-Za-z0-9]{3,32}\Z)[A-Za-z0-9]*?(?:[A-Za-z][0-9]+[A-Za-z]|[0-9][A-Za-z]+[0-9])[A-Za-z0-9]*"
)
"""Letters and digits that take turns."""
_OTHER, _MOSTLY = 0.05, 0.6
"""Share of the letters of a script that may stand elsewhere on a page, and of those of a text that are of it."""


class Neighbours:
    """Finds what stands beside what is cut of a page, asked for one element after the other."""

    def __init__(self, page: Surroundings) -> None:
        self._page = page

    def of(self, entry: Node, cut: Cut) -> list[Span]:
        """The neighbours of an element of which nothing is left."""
        led = {domain_of(part.attribute("href") or "") for part in entry.walk() if part.tag == "a"} - {None}
        domains = cut.away_from(self._page.own)
        if not led <= domains:
            domains = frozenset(domain for domain in (*domains, *led) if domain is not None) - self._page.own
        start, end = entry.start, entry.end
        before = self._next(entry, cut, -1)
        while before is not None and self._are_near(before.end, start, cut) and self._serves(before, cut, domains):
            start, before = before.start, self._next(before, cut, -1)
        behind = self._next(entry, cut, 1)
        last = entry
        while behind is not None and self._are_near(end, behind.start, cut):
            headed = last is not entry and last.tag in HEADINGS and _is_said(behind)
            if not headed and not self._serves(behind, cut, domains):
                break
            end, last, behind = behind.end, behind, self._next(behind, cut, 1)
        end = self._with_other_letters(behind, end, cut)
        sides = (Span(start, entry.start), Span(entry.end, end))
        found = [span for span in sides if span.start < span.end]
        if before is not None and self._heads(before, start, behind, cut, domains):
            found.append(Span(before.start, before.end))
        return found

    def _next(self, node: Node, cut: Cut, step: int) -> Node | None:
        """The nearest node beside another one, on one side, that says something and is not cut."""
        siblings = node.parent.children if node.parent is not None else []
        at = bisect_left(siblings, node.start, key=lambda one: one.start) + step
        for _ in range(MOST_STEPS):
            if not 0 <= at < len(siblings):
                break
            one = siblings[at]
            if one.tag != "br" and not self._page.is_blank(one) and not cut.takes(one):
                return one
            at += step
        return None

    def _are_near(self, end: int, start: int, cut: Cut) -> bool:
        """Whether hardly anything stands between two places that is not cut."""
        if _BETWEEN.fullmatch(self._page.raw, end, start) is not None:
            return True
        return end < start and _BETWEEN.fullmatch(cut.left_between(self._page.raw, end, start)) is not None

    def _serves(self, part: Node, cut: Cut, domains: frozenset[str]) -> bool:
        """Whether an element is there for what is cut, whatever the reason."""
        if part.end - part.start > LARGEST or part.kind is not NodeKind.ELEMENT or self._page.looks <= 0:
            return False
        if part.tag in _FALLBACKS and not self._speaks(part) and self._page.leads_along(part, cut):
            return True
        if part.tag == "script":
            runs = (part.attribute("type") or "").strip().lower() in PLAIN_TYPES
            along = runs and (self._works_on(part, cut) or self._page.leads_along(part, cut))
            return along or self._comes_from([part], domains)
        inside = list(part.walk())
        self._page.looks -= len(inside)
        elements = [one for one in inside if one.kind is NodeKind.ELEMENT]
        said = self._page.said(part)
        if not said.strip():
            served = _is_filling(elements) or _is_a_value(part, cut) or self._is_filled_by(part, elements, cut)
            return served or self._comes_from(elements, domains)
        if any(one.tag in MACHINES for one in elements):
            return False
        if any(one.tag == "a" and domain_of(one.attribute("href") or "") not in domains for one in elements):
            return False
        if are_places_and_topics(said):
            return True
        spoken = part.tag in _SAYINGS and len(said) <= _LONGEST_SAYING
        return spoken and self._names_a_site(part, cut, domains, _LONG_LABEL)

    def _is_filled_by(self, part: Node, elements: Sequence[Node], cut: Cut) -> bool:
        """Whether an element without words is there for a script that is cut, which alone calls it by its name."""
        names = {name.encode("latin-1", "replace") for one in elements if (name := one.attribute("id"))}
        here, gone = self._page.raw[part.start : part.end], cut.text(self._page.raw) if names else b""
        if not names or len(names) > MOST_STEPS or any(one.tag in MACHINES for one in elements):
            return False
        return self._page.names_only(names, gone, b"" if cut.takes(part) else here) and all(
            len(name) >= _LABEL
            and any(quote + mark + name + quote in gone for quote in (b"'", b'"', b"`") for mark in (b"", b"#"))
            for name in names
        )

    def _speaks(self, part: Node) -> bool:
        """Whether an element says something beside what its links are called."""
        texts = (one for one in part.walk() if one.kind is NodeKind.TEXT)
        said = (one for one in texts if not any(around.tag == "a" for around in one.ancestors()))
        return any(self._page.letters(self._page.raw[one.start : one.end]) for one in said)

    def _works_on(self, script: Node, cut: Cut) -> bool:
        """Whether a short script is about nothing but elements of what is cut."""
        text = self._page.raw[script.inner_start : script.inner_end]
        if not text.strip() or len(text) > _LONGEST_SERVANT:
            return False
        names = {first or second for first, second in _SELECTED.findall(text)}
        if not {called.lower() for called in _CALLS.findall(text)} <= _HARMLESS:
            return False
        return bool(names) and self._page.names_only(names, cut.text(self._page.raw), text)

    def _comes_from(self, elements: Sequence[Node], domains: frozenset[str]) -> bool:
        """Whether an element without words leads to nothing but some domains, or comes from there."""
        led = [one for one in elements if one.tag in MACHINES or one.tag == "a"]
        if not led or any(one.tag not in WRAPPERS and one.tag not in MACHINES for one in elements):
            return False
        return all(
            self._page.leads_to(one, domains)
            if one.tag in MACHINES
            else domain_of(one.attribute("href") or "") in domains
            for one in led
        )

    def _names_a_site(self, part: Node, cut: Cut, domains: frozenset[str], fewest: int) -> bool:
        """Whether an element names one of some sites, of so many letters at least, as only what is cut does."""
        hosts = ((host_of(f"//{domain}") or "").split(".")[0] for domain in domains)
        labels = {without_strokes(host.encode()) for host in hosts}
        said = without_strokes(self._page.raw[part.start : part.end])
        named = [label for label in labels if len(label) >= fewest and label in said]
        self._page.looks -= MOST_STEPS * len(named)
        here = without_strokes(cut.text(self._page.raw) + self._said_around(part)) if named else b""
        return any(self._page.small.count(label) <= here.count(label) for label in named)

    def _said_around(self, part: Node) -> bytes:
        """The headings and paragraphs in a row in which an element stands."""
        siblings = part.parent.children if part.parent is not None else []
        at = bisect_left(siblings, part.start, key=lambda one: one.start)
        first = last = at
        while first > max(0, at - MOST_STEPS) and self._is_of_a_text(siblings[first - 1]):
            first -= 1
        while last < min(len(siblings) - 1, at + MOST_STEPS) and self._is_of_a_text(siblings[last + 1]):
            last += 1
        return self._page.raw[siblings[first].start : siblings[last].end] if siblings else b""

    def _is_of_a_text(self, node: Node) -> bool:
        return node.tag in _SAYINGS or self._page.is_blank(node)

    def _with_other_letters(self, behind: Node | None, end: int, cut: Cut) -> int:
        """Where the paragraphs end that go on behind a cut in letters of which the rest of the page has hardly any."""
        gone = cut.scripts(self._page.raw, self._page.codec)
        name = max(gone, key=lambda one: gone[one], default=LATIN)
        if name == LATIN or 2 * gone[name] < sum(gone.values()):
            return end
        taken, last = gone[name], end
        for _ in range(MOST_STEPS):
            letters = 0
            if behind is not None and self._are_near(last, behind.start, cut):
                letters = self._letters_going_on(behind, name)
            if behind is None or not letters:
                break
            taken += letters
            last, behind = behind.end, self._next(behind, cut, 1)
        return last if self._page.scripts.get(name, 0) - taken <= _OTHER * taken else end

    def _letters_going_on(self, node: Node, name: str) -> int:
        """How many letters of a script an element says something in that leads nowhere; none if it is of others."""
        if node.tag not in _SAYINGS | _LISTS or node.end - node.start > LARGEST:
            return 0
        if any(one.tag in MACHINES or (one.tag == "a" and one.attribute("href")) for one in node.walk()):
            return 0
        found = letters_in(self._page.said(node))
        own = found.get(name, 0)
        return own if own >= _MOSTLY * max(1, sum(found.values())) else 0

    def _heads(self, before: Node, start: int, behind: Node | None, cut: Cut, domains: frozenset[str]) -> bool:
        """Whether what stands before an entry is called like its site, or is the label of a list that is gone."""
        if before.tag not in _LABELS or any(part.tag in MACHINES or part.tag == "a" for part in before.walk()):
            return False
        if before.tag in HEADINGS and before.end == start and self._names_a_site(before, cut, domains, _LABEL):
            return True
        if before.tag in HEADINGS and self._page.headings[before.tag, *sorted(before.attributes)] > 1:
            return False
        words = unescape(self._page.said(before))
        alone = behind is None or behind.tag in HEADINGS or behind.kind is not NodeKind.ELEMENT
        return alone and cut.is_a_list and is_label_of_links(words)


def _is_said(node: Node) -> bool:
    """Whether a node is a paragraph without links."""
    plain = node.tag == "p" and node.end - node.start <= _LONGEST_SAYING
    return plain and not any(one.tag == "a" or one.tag in MACHINES for one in node.walk())


def _is_filling(elements: Sequence[Node]) -> bool:
    """Whether elements without words have nothing but letters and digits at random, as mirror kits sow them."""
    values = [value for one in elements for value in one.attributes.values()]
    alive = len(elements) > _MOST_FILLING or any(one.tag in _ALIVE for one in elements)
    return not alive and bool(values) and all(_RANDOM.match(value) is not None for value in values)


def _is_a_value(part: Node, cut: Cut) -> bool:
    """Whether an element is there for a value that names what is sold, and nobody sees it."""
    unseen = is_tiny(part) or "hidden" in part.attributes or (part.attribute("type") or "").lower() == "hidden"
    return unseen and part.start in cut.sold and len(part.children) == 0
