"""Which text is hidden from people, by the page's own cascade.

The only place that builds a browser's tree. Elements of the outline and of the tree are matched by where their start
tags stand in the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from turbohtml import Element, parse
from turbohtml.cssom import computed_style

from spamguard.examine import declarations as as_known
from spamguard.examine import shapes
from spamguard.examine.colours import CLEAR, WHITE, near, over, rgba
from spamguard.examine.depth import behind
from spamguard.examine.scripted import hidden_by_scripts, shown_by_scripts
from spamguard.examine.stylist import spell_out
from spamguard.examine.suspects import FAINT, suspects_of
from spamguard.examine.values import pixels, share
from spamguard.page.tokens import AMP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from turbohtml.cssom import ComputedStyle

    from spamguard.examine.colours import Colour
    from spamguard.examine.reach import Reach
    from spamguard.page.outline import Node

_BUDGET: Final = 600
"""Computed styles a page may cost before only elements with a style of their own are asked."""
FALLBACKS: Final = frozenset({"template", "noframes", "noembed", "noscript", "video", "audio", "canvas"})
"""Elements whose content shows only where something else does not work."""
STRONG: Final = frozenset(
    {"off-screen", "zero-size", "table-column", "tiny-marquee", "font-size", "text-indent", "opacity", "clip", "colour"}
    | {"behind"}
)
"""Mechanisms that honest pages seldom use around links; ``display`` and the like are everyday."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """How an element hides all that is in it, and how it hides text that is nothing else than its own.

    What is inherited can be taken back further inside: there the innermost element that was ``asked`` decides.
    """

    boxed: str | None = None
    written: str | None = None
    asked: bool = False


_NOTHING: Final = _Judgement()
_DRAWN: Final = frozenset({"svg", "g", "text", "tspan"})
"""Elements of a drawing, whose text has the colour of another property."""


class Visibility:
    """Answers, for elements of one page, how they are hidden. Each element is computed at most once."""

    def __init__(self, view: str, scripts: str, reach: Reach | None = None) -> None:
        """``reach`` is that of the elements that will be asked about and what is around them; None for all."""
        self._suspects: dict[int, Element] | None = None
        self._view = view
        self._reach = reach
        self._judged: dict[Node, _Judgement] = {}
        self._known: tuple[dict[Node, tuple[Node, str] | None], ...] = ({}, {})
        self._grounds: dict[Element, Colour | None] = {}
        self._floors: dict[Element, bool] = {}
        self._left = _BUDGET
        self._hidden_ids, self._hidden_classes = hidden_by_scripts(scripts)
        self._shown_ids = shown_by_scripts(view)

    def begin(self) -> None:
        """Begin another round of questions with a budget of its own.

        What is known stays, unless the last budget was spent: without one an answer is only half the truth.
        """
        if self._left <= 0:
            self._judged = {}
            self._known = ({}, {})
        self._left = _BUDGET

    def hidden(self, node: Node) -> tuple[Node, str] | None:
        """The nearest element that hides a node, the node itself included, and how; None when people see it."""
        # Most who are asked about are texts, and many texts stand in one element.
        element: Node | None = node if node.tag or node.parent is None else node.parent
        open_, closed = self._known
        if element in open_:
            return open_[element]
        known, judged, asked_first = open_, self._judged, element
        found: tuple[Node, str] | None = None
        climbed: list[Node] = []
        settled: list[Node] = []
        while element is not None and (element.parent is not None or element is asked_first):
            if element in known:
                found = known[element]
                break
            (climbed if known is open_ else settled).append(element)
            if element.tag:
                judgement = judged.get(element) or self._judge(element)
                if judgement is not _NOTHING:
                    mechanism = judgement.boxed or (judgement.written if known is open_ else None)
                    if mechanism is not None:
                        found = element, mechanism
                        break
                    if judgement.asked:
                        known = closed
            element = element.parent
        for one in climbed:
            open_[one] = found
        for one in settled:
            closed[one] = found
        return found

    def _judge(self, node: Node) -> _Judgement:
        judgement = self._judged.get(node)
        if judgement is None:
            judgement = self._judged[node] = self._judge_anew(node)
        return judgement

    def _judge_anew(self, node: Node) -> _Judgement:
        if node.tag in FALLBACKS:
            return _Judgement(node.tag)
        given = node.attributes
        # Most elements have nothing that could hide them.
        if not given and self._suspects is not None and node.start not in self._suspects:
            return _NOTHING
        if node.tag == "marquee" and _small(given.get("width")) and _small(given.get("height")):
            return _Judgement("tiny-marquee")
        if given and given.get("id") in self._shown_ids and not _leads_away(node):
            return _NOTHING
        if given and (given.get("id") in self._hidden_ids or self._has_hidden_class(given)):
            return _Judgement("script")
        element = self._element(node) if self._left > 0 or "style" in given else None
        if element is None:
            return _Judgement("hidden-attribute") if "hidden" in given else _NOTHING
        self._left -= 1
        style = computed_style(element)
        boxed = _boxed(element, style)
        if boxed == "display" and "hidden" in given:
            boxed = "hidden-attribute"
        # What is around it and beside it is asked as well: that is for the first of a page, not for thousands.
        if boxed is None and self._left > 0 and behind(element, style, self._floors):
            boxed = "behind"
        return _Judgement(boxed, None if boxed else self._written(element, style), asked=True)

    def _has_hidden_class(self, given: Mapping[str, str]) -> bool:
        return bool(self._hidden_classes) and not self._hidden_classes.isdisjoint((given.get("class") or "").split())

    def _element(self, node: Node) -> Element | None:
        if self._suspects is None:
            document = parse(self._view.replace(AMP, "&"), source_locations=True)
            names = self._reach.names if self._reach is not None else None
            self._suspects = suspects_of(spell_out(document, self._reach), names)
        return self._suspects.get(node.start)

    def _written(self, element: Element, style: ComputedStyle) -> str | None:
        """How the text of an element is hidden by what it inherits."""
        if style["visibility"] in {"hidden", "collapse"}:
            return "visibility"
        if shapes.unreadably_small(style):
            return "font-size"
        if shapes.indented_away(style):
            return None if shapes.replaced(style) else "text-indent"
        if style[as_known.TEXT_SHADOW] not in {"auto", "none"} or element.tag in _DRAWN:
            return None
        fill = style[as_known.TEXT_FILL]
        ink = rgba(fill if fill not in {"top", "currentcolor"} else style["color"])
        ground = self._ground(element, style) if ink is not None else None
        if ink is None or ground is None:
            return None
        return "colour" if ink[1] < CLEAR or near(over(*ink, ground), ground) else None

    def _ground(self, element: Element, style: ComputedStyle) -> Colour | None:
        """The nearest background that is set, white for a page without one; None where it is an image.

        ``style`` is that of the element: to compute one is what costs most here.
        """
        climbed: list[tuple[Element, tuple[Colour, float] | None]] = []
        node: Element | None = element
        ground: Colour | None = WHITE
        while node is not None:
            if node in self._grounds:
                ground = self._grounds[node]
                break
            if node is not element:
                style = computed_style(node)
            if style["background-image"] != "none":
                climbed.append((node, None))
                ground = None
                break
            own = rgba(style["background-color"])
            climbed.append((node, own))
            if own is not None and own[1] >= 1.0:
                break
            parent = node.parent
            node = parent if isinstance(parent, Element) else None
        for around, own in reversed(climbed):
            if own is not None and own[1] > 0.0 and ground is not None:
                ground = over(*own, ground)
            self._grounds[around] = ground
        return ground


def _leads_away(node: Node) -> bool:
    """Whether something in an element may lead to another site."""
    links = (part.attributes.get("href", "") for part in node.walk() if part.tag == "a")
    return any("//" in link or "&" in link for link in links)


def _boxed(element: Element, style: ComputedStyle) -> str | None:
    """How an element hides all that is in it."""
    display = style["display"]
    if display == "none":
        return "display"
    if display.startswith("table-column"):
        return "table-column"
    if style[as_known.CONTENT_VISIBILITY] == "hidden":
        return "content-visibility"
    if share(style["opacity"]) <= FAINT or shapes.filtered_out(style):
        return "opacity"
    if shapes.off_screen(style):
        return "off-screen"
    if shapes.zero_size(style, element.tag):
        return "tiny-marquee" if element.tag == "marquee" else "zero-size"
    return "clip" if shapes.clipped(style) or shapes.scaled_away(style) else None


def _small(value: str | None) -> bool:
    return value is not None and pixels(value, 999.0) <= 10
