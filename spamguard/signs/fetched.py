"""A hidden empty element and the script that fills it from another site."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, site_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.page.sold import sells
from spamguard.page.tokens import hides_itself
from spamguard.scripts.reading import PARTLY, Reading, Saying, Use
from spamguard.signs.enclosing import right_beside
from spamguard.signs.scripts import DECLARATIONS, sign_of
from spamguard.signs.sight import tells_of_sale
from spamguard.signs.sign import Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Script, Sight

_FILLS: Final = frozenset(
    {"innerHTML", "outerHTML", "insertAdjacentHTML", "html", "append", "load", "write", "writeln"}
)
_SHOWS: Final = frozenset(
    {
        "addEventListener",
        "appendChild",
        "className",
        "classList",
        "css",
        "fadeIn",
        "hidden",
        "removeAttr",
        "removeAttribute",
        "removeClass",
        "show",
        "showModal",
        "slideDown",
        "style",
        "toggle",
    }
)
_WAITS: Final = frozenset({"addEventListener"})
_LOADED: Final = frozenset({"load", "DOMContentLoaded"})
_ACTS: Final = frozenset({"click", "mouseover", "mouseenter", "scroll", "submit", "keydown", "touchstart", "focus"})
"""What is waited for that needs nobody, and what somebody does."""
_STYLES: Final = frozenset({"style", "css"})
_PUTS: Final = frozenset({"appendChild"})
_BUILDS: Final = "createElement"
_SHOWN: Final = frozenset({"block", "inline", "inline-block", "flex", "grid", "visible", "auto", "1", "100%"})
_FAINT: Final = re.compile(r"opacity\s*:\s*0(?:[^.\d]|$)", re.IGNORECASE)

_HIDDEN: Final = re.compile(r"<\w{1,10}\b[^<>]{0,200}\shidden(?=[\s=>])", re.IGNORECASE)
_UNTOLD: Final = re.compile(r"""<a\b[^<>]{0,100}?\bhref\s?=\s?(?:""|''|>)""", re.IGNORECASE)
"""A link to what is told later."""
_ASKED: Final = re.compile(r"([\w.-]{1,30})=([A-Za-z_$][\w$.]{0,40})")
_SHORTEST_NAME: Final = 4

_STEM: Final = re.compile(r"[A-Za-z][\w-]{0,30}")
_CLASS: Final = re.compile(r"\.?[A-Za-z_][\w-]{1,40}")
_BY_CLASS: Final = frozenset({"getElementsByClassName"})
_DIGITS: Final = "0123456789"


def fetched(sight: Sight) -> list[Sign]:
    """Scripts that fetch text from another site into elements that nobody sees and that nothing shows later."""
    holders = _Holders(sight)
    readings = ((script, sight.reading(script)) for script in sight.scripts)
    signs = (
        _judged(sight, script, reading, holders) or _called_back(sight, script, reading) for script, reading in readings
    )
    return [sign for sign in signs if sign is not None]


class _Holders:
    """The elements of a page by what scripts may call them; read once, however many scripts there are."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    @cached_property
    def counted(self) -> dict[str, list[Node]]:
        """By an id without the number at its end."""
        found: dict[str, list[Node]] = {}
        for name, nodes in sorted(self._sight.by_id.items()):
            found.setdefault(name.rstrip(_DIGITS), []).extend(nodes)
        return found

    @cached_property
    def classed(self) -> dict[str, list[Node]]:
        """By each class."""
        found: dict[str, list[Node]] = {}
        for node in self._sight.index.given.get("class", ()):
            for name in dict.fromkeys((node.attribute("class") or "").split()):
                found.setdefault(name, []).append(node)
        return found


def may_fetch(reading: Reading) -> bool:
    """Whether a script fills something with what it fetches from an absolute address, and shows nothing."""
    sources = reading.used(Use.FETCHED)
    shows = reading.names & _SHOWS
    said = {saying.text for saying in reading.sayings}
    if said & _LOADED and not said & _ACTS:
        shows -= _WAITS
    # A script that styles what it fills so that nobody sees it shows nothing.
    unseen = _STYLES | _PUTS if _BUILDS in reading.names else _STYLES
    fills = bool(reading.names & _FILLS) and (not shows or (shows <= unseen and bool(_hidings(reading))))
    return bool(sources) and fills and all(domain_of(source.text) is not None for source in sources)


def may_be_fed(reading: Reading) -> bool:
    """Whether a script makes links of what it is told, in a box that its own style hides."""
    if not _makes_links(reading) or any(saying.text.strip() in _SHOWN for saying in reading.used(Use.STYLED)):
        return False
    if _BUILDS in reading.names and _hidings(reading):
        return True
    return bool(_hidden_boxes(reading)) or any(hides_itself(saying.text) for saying in reading.used(Use.STYLED))


def _makes_links(reading: Reading) -> bool:
    """Whether a script makes links of what it is told."""
    return any(_UNTOLD.search(saying.text) for saying in reading.sayings)


def may_call_back(reading: Reading, model: Model) -> bool:
    """Whether a script makes links of what another one tells it that it asks for at an address that sells."""
    asked = [saying.text for saying in reading.used(Use.SOURCE, Use.FETCHED) if _calls(saying.text, reading)]
    return bool(asked) and _makes_links(reading) and any(tells_of_sale(model, address) for address in asked)


def _called_back(sight: Sight, script: Script, reading: Reading) -> Sign | None:
    """A function that hides links, and the script of another site that is asked to call it."""
    if not _makes_links(reading):
        return None
    hidden = may_be_fed(reading)
    asked: list[tuple[str, Node | None]] = [
        (sight.value_of(node, "src").strip(), node) for node in sight.index.tagged.get("script", ())
    ]
    asked += [(saying.text, None) for saying in reading.used(Use.SOURCE, Use.FETCHED)]
    for address, node in asked:
        if not _calls(address, reading) or not (sight.strange(address) if node else sight.foreign(address)):
            continue
        if not hidden and not tells_of_sale(sight.model, address):
            continue
        host = str(domain_of(address))
        said = [*_hidings(reading), *_hidden_boxes(reading), *reading.used(Use.WRITTEN)]
        return sign_of(
            script,
            "fetched-block",
            "links",
            excerpt_of([address]),
            (reason("fetched", host, f"a script puts the links that {host} sends into a hidden box"),),
            reading=reading,
            about=said or reading.sayings,
            holders=[Span(node.start, node.end)] if node is not None else (),
        )
    return None


def _calls(address: str, reading: Reading) -> bool:
    """Whether an address asks for a call of something that a script has a name for."""
    asked = _ASKED.findall(address.partition("?")[2])
    return any(value in reading.names for name, value in asked if len(value) >= _SHORTEST_NAME or "call" in name)


def _hidings(reading: Reading) -> list[Saying]:
    """The styles that a script sets which take an element out of sight; none of one that shows something as well."""
    said, styled = reading.used(Use.OTHER), reading.used(Use.STYLED)
    if any(saying.text.strip() in _SHOWN for saying in said) or any(
        saying.text.partition(":")[2].strip() in _SHOWN for saying in styled
    ):
        return []
    whole = [saying for saying in said if DECLARATIONS.match(saying.text) and hides_itself(saying.text)]
    return whole or (styled if hides_itself(";".join(saying.text for saying in styled)) else [])


def _judged(sight: Sight, script: Script, reading: Reading, elements: _Holders) -> Sign | None:
    sources = reading.used(Use.FETCHED)
    if not may_fetch(reading):
        return None
    fallbacks = _fallbacks(sight, script, sources)
    if not all(_is_strange(sight, source, fallbacks) for source in sources):
        return None
    named = {saying.text.strip().removeprefix("#") for saying in reading.sayings if len(saying.text) < 80}
    # A browser knows an element by its id alone.
    holders = _called(sight, named) or _called(sight, reading.names) or _counted(elements, reading)
    holders = holders or _classed(elements, reading)
    beside = [Span(node.start, node.end) for node in fallbacks]
    if not holders:
        return _unheld(script, reading, sources, beside)
    telling = any(sells(source.text) for source in sources)
    telling = telling or bool(_hidings(reading)) or bool(_hidden_boxes(reading))
    if not all(_is_empty(node) and (telling or _is_hidden(node)) for node in holders):
        return None
    spans = [*(Span(node.start, node.end) for node in holders), *beside]
    return _sign(script, reading, sources, "fills a hidden, empty element with what {} sends", reading.sayings, spans)


def _hidden_boxes(reading: Reading) -> list[Saying]:
    """What a script writes that its own style hides."""
    written = [saying for saying in reading.used(Use.WRITTEN) if "<" in saying.text]
    return [saying for saying in written if hides_itself(saying.text) or _HIDDEN.search(saying.text) is not None]


def _is_strange(sight: Sight, source: Saying, fallbacks: Sequence[Node]) -> bool:
    """Whether an address is of a site that the page does not name, or of another one and names what is sold.

    What those are told who run no scripts does not count, where nothing else is named there.
    """
    if sight.foreign(source.text) is not None or (sells(source.text) and sight.is_foreign(source.text)):
        return True
    site = site_of(source.text)
    told = sum(site_of(address) == site for node in fallbacks for address in sight.leads_away(node))
    return sight.is_foreign(source.text) and 0 < told == sight.linked[site or ""]


def _fallbacks(sight: Sight, script: Script, sources: Sequence[Saying]) -> list[Node]:
    """The elements right beside a script that tell those without scripts of the one site that it fetches from."""
    sites = {site_of(source.text) for source in sources}
    found = []
    for node in right_beside(sight, script.element):
        links = [part for part in node.walk() if part.tag == "a"]
        led = {site_of(address) for address in sight.leads_away(node)}
        if node.tag == "noscript" and links and led == sites:
            found.append(node)
    return found


def _called(sight: Sight, names: Iterable[str]) -> list[Node]:
    return [node for name in sorted(names) for node in sight.by_id.get(name, ())]


def _counted(elements: _Holders, reading: Reading) -> list[Node]:
    """The elements that a script calls by a word and a number that it counts up."""
    stems = {saying.text for saying in reading.used(Use.OTHER) if PARTLY in saying.how and _STEM.fullmatch(saying.text)}
    return [node for stem in sorted(stems) for node in elements.counted.get(stem, ())]


def _classed(elements: _Holders, reading: Reading) -> list[Node]:
    """The elements of the classes that a script looks for."""
    asked = reading.names & _BY_CLASS
    said = (saying.text.strip() for saying in reading.used(Use.OTHER, Use.FETCHED))
    names = {text.removeprefix(".") for text in said if _CLASS.fullmatch(text) and (asked or text[0] == ".")}
    found = {node.start: node for name in names for node in elements.classed.get(name, ())}
    return [found[start] for start in sorted(found)]


def _unheld(script: Script, reading: Reading, sources: list[Saying], beside: Sequence[Span]) -> Sign | None:
    """A script that puts what it fetches into a hidden box of its own making."""
    boxes = _hidden_boxes(reading)
    if not boxes and _BUILDS in reading.names and (hidings := _hidings(reading)):
        does = "puts what {} sends into a hidden box that it builds"
        return _sign(script, reading, sources, does, [*sources, *hidings], beside)
    if not boxes:
        return None
    does = "puts what {} sends into a hidden box that it writes"
    return _sign(script, reading, sources, does, [*sources, *boxes], beside)


def _sign(
    script: Script,
    reading: Reading,
    sources: Sequence[Saying],
    does: str,
    about: Sequence[Saying],
    holders: Sequence[Span],
) -> Sign:
    """What is told of a script that shows what it fetches; ``does`` says how, with a place for the host."""
    host = domain_of(sources[0].text)
    return sign_of(
        script,
        "fetched-block",
        "links",
        excerpt_of(source.text for source in sources),
        (reason("fetched", str(host), "a script " + does.format(host)),),
        reading=reading,
        about=about,
        holders=holders,
    )


def _is_empty(node: Node) -> bool:
    blank = all(child.kind in {NodeKind.TEXT, NodeKind.COMMENT} for child in node.children)
    return node.closed and blank and node.inner_end - node.inner_start < 100


def _is_hidden(node: Node) -> bool:
    style = node.attribute("style") or ""
    return node.attribute("hidden") is not None or hides_itself(style) or _FAINT.search(style) is not None
