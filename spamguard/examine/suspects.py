"""The elements that the styles of a page could hide at all: only they are asked for their computed style.

What hides an element is a value that somebody has declared: for the element itself, or, where a property is
inherited, for one around it. Elements that no such declaration reaches are seen, whatever the cascade makes of the
others. Where this is in doubt it says "could", and the cascade decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from turbohtml import SelectorSyntaxError
from turbohtml.cssom import StyleDeclaration, StyleSheet

from spamguard.examine import declarations as as_known
from spamguard.examine.colours import CLEAR, WHITE, near, rgba
from spamguard.examine.values import along, pixels, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from turbohtml import Document, Element

    from spamguard.examine.colours import Colour

FAR: Final = -400.0
FAINT: Final = 0.02
TINY: Final = 1.0
SMALL: Final = 8.0
FAR_BELOW: Final = 2_000.0
FAR_RIGHT: Final = 2_300.0
_SCALED: Final = re.compile(r"scale|matrix|translate|rotate", re.IGNORECASE)


def _far(value: str) -> bool:
    return pixels(value, 0.0) <= FAR


def _away(value: str) -> bool:
    return pixels(value, 0.0) <= FAR or along(value, 0.0) >= FAR_BELOW


def _small(value: str) -> bool:
    return pixels(value, 999.0) <= SMALL


def _said(value: str) -> bool:
    return value.lower() not in {"none", "auto", "visible", "initial"}


def _indented(value: str) -> bool:
    return _far(value) or along(value, 1.0) >= 1.0


_OWN: Final[dict[str, Callable[[str], bool]]] = {
    "display": lambda value: value == "none" or value.startswith("table-column"),
    "opacity": lambda value: share(value) <= FAINT,
    "margin": lambda value: any(map(_far, value.split())),
    **dict.fromkeys(("left", "top", "right", "bottom", "margin-left", "margin-top"), _away),
    "z-index": lambda value: value.startswith("-"),
    as_known.CLIP: _said,
    as_known.CLIP_PATH: _said,
    as_known.CONTENT_VISIBILITY: lambda value: value.lower() == "hidden",
    as_known.FILTER: lambda value: "opacity" in value.lower(),
    as_known.TRANSFORM: lambda value: _SCALED.search(value) is not None,
    as_known.TRANSLATE: _said,
    as_known.SCALE: lambda value: share(value) <= FAINT,
    **dict.fromkeys(("width", "height", "max-width", "max-height"), _small),
    "all": lambda _: False,
}
"""Whether a value hides the element it is declared for; ``inherit`` may do so for each."""
_INHERITED: Final[dict[str, Callable[[str], bool]]] = {
    "visibility": lambda value: value in {"hidden", "collapse"},
    "font-size": lambda value: pixels(value, 16.0) <= TINY,
    "text-indent": _indented,
    as_known.TEXT_FILL: lambda value: value.lower() != "currentcolor",
}
_OTHERS: Final = (
    "color position overflow overflow-x overflow-y background-color background-image float min-width min-height "
    f"white-space {as_known.TEXT_SHADOW} {as_known.BACKGROUND_CLIP}"
).split()
_TOLD: Final = re.compile(
    rf"(?:^|; )({'|'.join((*_OWN, *_INHERITED, *_OTHERS))}): ([^;]*?)(?: !important)?(?=;|$)", re.IGNORECASE
)
"""The declarations that tell whether an element is hidden, in a block as turbohtml writes it."""
_ESCAPED: Final = re.compile(r"(?:^|; )[^:;\\]*\\[^:;]*: ([^;]*?)(?: !important)?(?=;|$)")
"""A declaration whose name is not written out: it may be any."""
_OF_ITSELF: Final = re.compile(r":(?:scope|[a-z]{0,4}\\)", re.IGNORECASE)
"""``:scope`` is every element by turn when the cascade asks, and the root when the page is searched."""
_NAME: Final = re.compile(r"[.#]((?:[\w-]|[^\x00-\x7f])+)")
_UNSURE: Final = re.compile(r"[\\(\[]")
_SPACE: Final = re.compile(r"[ \t\n\f\r]+")
_MOST: Final = 3_000_000
"""Rules times elements, or colours of text times grounds, beyond which a page has everything asked."""
_ANY: Final = "\\"
_ASKED: Final = "[style], [class], [id], [color]"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet, and what of it tells whether an element is hidden."""

    selector: str
    block: str
    told: tuple[tuple[str, str], ...]


def suspects_of(document: Document, names: frozenset[str] | None = None) -> dict[int, Element]:
    """The elements with a name or a style that could be hidden, by the offset of their start tag.

    Rules that have no say in it leave the document, for every computed style goes through all that are there. ``names``
    are the classes and ids of its elements in small letters, if somebody knows them.
    """
    elements = document.select("*")
    sheets = _sheets(document, names)
    if len(elements) * sum(len(rules) for _, rules in sheets) > _MOST:
        return _by_place(document.select(_ASKED))
    styles = [(element, element.attr("style") or "") for element in document.select("[style]")]
    parsed = {style: _told(StyleDeclaration.parse(style).text) for style in {style for _, style in styles}}
    styled = [(element, parsed[style]) for element, style in styles]
    inks = _inks(document, [*(rule.told for _, rules in sheets for rule in rules), *(told for _, told in styled)])
    hidden = {element for element, told in styled if _hides_itself(told)}
    around = {element for element, told in styled if _hides_inside(told, inks)}
    telling = {element for element, told in styled if told}
    every = (rule for _, rules in sheets for rule in rules)
    if around or any(_hides_itself(rule.told) or _hides_inside(rule.told, inks) for rule in every):
        for rule, matched in _thinned(document, sheets):
            telling.update(matched)
            if _hides_inside(rule.told, inks):
                around.update(matched)
            elif _hides_itself(rule.told):
                hidden.update(matched)
    return _by_place(hidden | _with_content(elements, around, telling))


def _sheets(document: Document, names: frozenset[str] | None) -> list[tuple[Element, list[_Rule]]]:
    elements = document.select("style")
    if names is None:
        names = _names_in(document) if elements else frozenset()
    return [(element, _rules_of(element.text, names)) for element in elements]


def _names_in(document: Document) -> frozenset[str]:
    """The classes and ids of a page, in small letters: an old page's style sheet may write them in large ones."""
    written = {str(element.attr(name) or "") for name in ("class", "id") for element in document.select(f"[{name}]")}
    return frozenset(_SPACE.split(" ".join(written).lower()))


def _rules_of(sheet: str, names: frozenset[str]) -> list[_Rule]:
    """The rules of a sheet that have a say and whose classes and ids are known on the page."""
    rules = [rule for rule in StyleSheet(sheet).rules if _may_match(rule.selector_text, names)]
    return [_Rule(rule.selector_text, block, told) for rule in rules if (told := _told(block := rule.style.text))]


def _may_match(selector: str, names: frozenset[str]) -> bool:
    # A loop: a large page has thousands of rules, and a generator costs as much again.
    for one in selector.lower().split(","):  # noqa: SIM110
        if _UNSURE.search(one) or names.issuperset(_NAME.findall(one)):
            return True
    return False


def _told(block: str) -> tuple[tuple[str, str], ...]:
    told = tuple((name.lower(), value) for name, value in _TOLD.findall(block))
    return (*told, *((_ANY, value) for value in _ESCAPED.findall(block))) if "\\" in block else told


def _inks(document: Document, blocks: Iterable[tuple[tuple[str, str], ...]]) -> frozenset[str]:
    """The colours of text, as written, that cannot be read on some ground of the page."""
    told = {declaration for block in blocks for declaration in block}
    written = [value for name, value in told if name in {"background-color", _ANY}]
    written += [element.attr("bgcolor") or "" for element in document.select("[bgcolor]")]
    covers = [found for found in map(rgba, written) if found is not None and found[1] >= CLEAR]
    grounds = {WHITE, *(colour for colour, _ in covers)}
    inks = {value for name, value in told if name == "color"}
    if any(share < 1.0 for _, share in covers) or len(inks) * len(grounds) > _MOST:
        return frozenset(inks)
    return frozenset(ink for ink in inks if _unreadable(ink, grounds))


def _unreadable(ink: str, grounds: Iterable[Colour]) -> bool:
    """Whether a colour cannot be read on one of some grounds."""
    found = rgba(ink)
    return found is not None and (found[1] < CLEAR or any(near(found[0], ground) for ground in grounds))


def _hides_itself(told: Iterable[tuple[str, str]]) -> bool:
    return any(name in _OWN and (_OWN[name](value) or value.lower().endswith("inherit")) for name, value in told)


def _hides_inside(told: Iterable[tuple[str, str]], inks: frozenset[str]) -> bool:
    for name, value in told:
        if name == _ANY or (name in _INHERITED and _INHERITED[name](value)) or (name == "color" and value in inks):
            return True
    return False


def _thinned(
    document: Document, sheets: Sequence[tuple[Element, Sequence[_Rule]]]
) -> Iterator[tuple[_Rule, Sequence[Element]]]:
    """The rules that have a say and match an element, each with what it matches; only they stay in the document."""
    found = [
        (element, [(rule, matched) for rule in rules if (matched := _matched(document, rule.selector))])
        for element, rules in sheets
    ]
    for element, kept in found:
        if not any(element.iter_elements()):
            element.text = "".join(f"{rule.selector}{{{rule.block}}}\n" for rule, _ in kept) or " "
        yield from kept


def _matched(document: Document, selector: str) -> Sequence[Element]:
    """The elements that a rule may be for; none where the cascade drops the rule."""
    try:
        matched: Sequence[Element] = document.select("*" if _OF_ITSELF.search(selector) else selector)
    except SelectorSyntaxError:
        return ()
    return matched


def _with_content(elements: Iterable[Element], around: set[Element], telling: set[Element]) -> set[Element]:
    """Some elements and what stands in them and has a name, or is told something by the styles."""
    found: set[Element] = set()
    for element in elements if around else ():
        if element in around and element not in found:
            found.add(element)
            inside = element.select("*") if telling or element.source_location is None else ()
            found.update(element.select(_ASKED), inside if element.source_location is None else telling & set(inside))
    return found


def _by_place(elements: Iterable[Element]) -> dict[int, Element]:
    """Elements by the offset of their start tag; what the parser has made up has none."""
    places: dict[int, Element] = {}
    for element in elements:
        location = element.source_location
        if location is not None:
            places[location.start_tag.start_offset] = element
    return places
