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

from spamguard.examine.values import WHITE, near, pixels, rgb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from turbohtml import Document, Element

FAR: Final = -400.0
FAINT: Final = 0.02
TINY: Final = 1.0
SMALL: Final = 8.0
CLIPPED: Final = re.compile(
    r"clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|transform\s*:\s*scale\(\s*0",
    re.IGNORECASE,
)


def _far(value: str) -> bool:
    return pixels(value, 0.0) <= FAR


def _small(value: str) -> bool:
    return pixels(value, 999.0) <= SMALL


_OWN: Final[dict[str, Callable[[str], bool]]] = {
    "display": lambda value: value == "none" or value.startswith("table-column"),
    "opacity": lambda value: pixels(value, 1.0) <= FAINT,
    "margin": lambda value: any(map(_far, value.split())),
    **dict.fromkeys(("left", "top", "right", "bottom", "margin-left", "margin-top"), _far),
    **dict.fromkeys(("width", "height", "max-width", "max-height"), _small),
    "all": lambda _: False,
}
"""Whether a value hides the element it is declared for; ``inherit`` may do so for each."""
_INHERITED: Final[dict[str, Callable[[str], bool]]] = {
    "visibility": lambda value: value in {"hidden", "collapse"},
    "font-size": lambda value: pixels(value, 16.0) <= TINY,
    "text-indent": _far,
}
_OTHERS: Final = ("color", "position", "overflow", "overflow-x", "overflow-y", "background-color", "background-image")
_TOLD: Final = re.compile(
    rf"(?:^|; )({'|'.join((*_OWN, *_INHERITED, *_OTHERS))}): ([^;]*?)(?: !important)?(?=;|$)", re.IGNORECASE
)
"""The declarations that tell whether an element is hidden, in a block as turbohtml writes it."""
_ESCAPED: Final = re.compile(r"(?:^|; )[^:;]*\\[^:;]*: ([^;]*?)(?: !important)?(?=;|$)")
"""A declaration whose name is not written out: it may be any."""
_OF_ITSELF: Final = re.compile(r":(?:scope|[a-z]{0,4}\\)", re.IGNORECASE)
"""``:scope`` is every element by turn when the cascade asks, and the root when the page is searched."""
_NAME: Final = re.compile(r"[.#]((?:[\w-]|[^\x00-\x7f])+)")
_UNSURE: Final = re.compile(r"[\\(\[]")
_SPACE: Final = re.compile(r"[ \t\n\f\r]+")
_ANY: Final = "\\"
_ASKED: Final = "[style], [class], [id], [color]"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet, and what of it tells whether an element is hidden."""

    selector: str
    block: str
    told: tuple[tuple[str, str], ...]


def suspects_of(document: Document) -> dict[int, Element]:
    """The elements with a name or a style that could be hidden, by the offset of their start tag.

    Rules that have no say in it leave the document, for every computed style goes through all that are there.
    """
    names = _names_in(document)
    sheets = [(element, _rules_of(element.text, names)) for element in document.select("style")]
    styles = [(element, element.attr("style") or "") for element in document.select("[style]")]
    styled = [(element, style, _told(StyleDeclaration.parse(style).text)) for element, style in styles]
    inks = _inks(document, [*(rule.told for _, rules in sheets for rule in rules), *(told for _, _, told in styled)])
    hidden = {element for element, style, told in styled if _hides_itself(told) or CLIPPED.search(style)}
    around = {element for element, _, told in styled if _hides_inside(told, inks)}
    if any(_hides_itself(rule.told) or _hides_inside(rule.told, inks) for _, rules in sheets for rule in rules):
        for rule, matched in _thinned(document, sheets):
            if _hides_inside(rule.told, inks):
                around.update(matched)
            elif _hides_itself(rule.told):
                hidden.update(matched)
    return _by_place(hidden | _with_content(document, around))


def _names_in(document: Document) -> frozenset[str]:
    """The classes and ids of a page, in small letters: an old page's style sheet may write them in large ones."""
    named = document.select("[class], [id]")
    written = {str(element.attr(name) or "") for element in named for name in ("class", "id")}
    return frozenset(name for value in written for name in _SPACE.split(value.lower()))


def _rules_of(sheet: str, names: frozenset[str]) -> list[_Rule]:
    """The rules of a sheet that have a say and whose classes and ids are known on the page."""
    rules = [rule for rule in StyleSheet(sheet).rules if _may_match(rule.selector_text, names)]
    return [_Rule(rule.selector_text, block, told) for rule in rules if (told := _told(block := rule.style.text))]


def _may_match(selector: str, names: frozenset[str]) -> bool:
    return any(_UNSURE.search(one) or names.issuperset(_NAME.findall(one.lower())) for one in selector.split(","))


def _told(block: str) -> tuple[tuple[str, str], ...]:
    told = tuple((name.lower(), value) for name, value in _TOLD.findall(block))
    return (*told, *((_ANY, value) for value in _ESCAPED.findall(block))) if "\\" in block else told


def _inks(document: Document, blocks: Iterable[tuple[tuple[str, str], ...]]) -> frozenset[str]:
    """The colours of text, as written, that cannot be read on some ground of the page."""
    told = {declaration for block in blocks for declaration in block}
    written = [value for name, value in told if name in {"background-color", _ANY}]
    written += [element.attr("bgcolor") or "" for element in document.select("[bgcolor]")]
    grounds = {WHITE, *filter(None, map(rgb, written))}
    inks = ((value, rgb(value)) for name, value in told if name == "color")
    return frozenset(value for value, ink in inks if ink is not None and any(near(ink, ground) for ground in grounds))


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


def _with_content(document: Document, around: set[Element]) -> set[Element]:
    """Some elements and what stands in them."""
    found: set[Element] = set()
    for element in document.select("*") if around else ():
        if element in around and element not in found:
            found.add(element)
            found.update(element.select(_ASKED))
    return found


def _by_place(elements: Iterable[Element]) -> dict[int, Element]:
    """Elements by the offset of their start tag; what the parser has made up has none."""
    places: dict[int, Element] = {}
    for element in elements:
        location = element.source_location
        if location is not None:
            places[location.start_tag.start_offset] = element
    return places
