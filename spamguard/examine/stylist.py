"""Puts what styles a page into words that the cascade knows.

Its style sheets, its style attributes, old attributes, and what a browser brings along.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from spamguard.examine.colours import rgba
from spamguard.examine.declarations import spelled_out, variables_in
from spamguard.examine.media import screen_holds
from spamguard.examine.sheets import rules_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Document

    from spamguard.examine.reach import Reach

_BROUGHT_ALONG: Final = {
    "[hidden]": "display:none",
    "dialog:not([open])": "display:none",
    "[popover]": "display:none",
    "datalist": "display:none",
    "defs": "display:none",
    "details:not([open]) > :not(summary:first-of-type)": "display:none",
    "table": "text-indent:0",
    "a[href]": "color:#0000ee",
    "button, input, select": "color:#000;background-color:#efefef;font-size:13px;text-indent:0",
    "textarea": "color:#000;background-color:#fff;font-size:13px;text-indent:0",
}
"""What browsers say of elements before the page speaks, where it can hide or show a text."""
_ROOTS: Final = frozenset({":root", "html", "body", "*", ":host", ":root, :host", ":root,:host"})
_ELSEWHERE: Final = frozenset({"noscript", "template"})
_COLOURED: Final = {"font[color]": ("color", "color"), "[bgcolor]": ("bgcolor", "background-color")}
_BODY: Final = {"text": ("body", "color"), "link": ("a[href]", "color")}
_HEX: Final = re.compile(r"[0-9a-fA-F]{6}|[0-9a-fA-F]{3}")
_MOST_COLOURS: Final = 50


def spell_out(document: Document, reach: Reach | None = None) -> Document:
    """Write the styles of a page anew, as far as they may be for the elements in reach, and return it."""
    styles = document.select("style")
    sheets = [(style, rules_in(style.text) if _counts(style) else []) for style in styles]
    variables: dict[str, str] = {}
    for rule in (rule for _, rules in sheets for rule in rules if "--" in rule.block):
        for name, value in variables_in(rule.block):
            if rule.selector in _ROOTS:
                variables[name] = value
            else:
                variables.setdefault(name, value)
    for style, rules in sheets:
        lines = []
        for selector, block, _ in rules:
            if (reach is None or reach.meets(selector)) and (spelled := spelled_out(block, variables)):
                lines.append(f"{selector}{{{spelled}}}")
        style.text = "\n".join(lines) or " "
    styled = [(element, element.attr("style") or "") for element in document.select("[style]")]
    anew = {written: spelled_out(written, variables) for written in {written for _, written in styled}}
    for element, written in styled:
        element.attrs["style"] = anew[written]
    _bring_along(document)
    return document


def _counts(style: Element) -> bool:
    """Whether a sheet is one that a browser reads for a screen."""
    kind = (style.attr("type") or "text/css").strip().lower()
    if kind != "text/css" or not screen_holds(style.attr("media") or ""):
        return False
    return all(getattr(around, "tag", None) not in _ELSEWHERE for around in style.ancestors)


def _bring_along(document: Document) -> None:
    """Put what stands before all style sheets of the page into one of their own."""
    head = document.select_one("head")
    brought = ((selector, block) for selector, block in _BROUGHT_ALONG.items() if _there(document, selector))
    rules = [f":where({selector}){{{block}}}" for selector, block in brought]
    rules += [f":where({selector}){{{name}:{value}}}" for selector, name, value in _old_colours(document)]
    if head is None or not rules:
        return
    style = Element("style")
    style.text = "\n".join(rules)
    head.insert(0, style)


def _there(document: Document, selector: str) -> bool:
    return document.select_one(selector) is not None


def _old_colours(document: Document) -> Iterator[tuple[str, str, str]]:
    """The colours that attributes give, each with what has it and the name of its property."""
    for selector, (attribute, name) in _COLOURED.items():
        written = {str(element.attr(attribute) or "") for element in document.select(selector)}
        for value in sorted(written)[:_MOST_COLOURS]:
            colour = _colour(value)
            if colour is not None and '"' not in value and "\\" not in value:
                yield f'{selector[:-1]}="{value}"]', name, colour
    body = document.select_one("body")
    for attribute, (selector, name) in _BODY.items() if body is not None else ():
        colour = _colour(str(body.attr(attribute) or "")) if body is not None else None
        if colour is not None:
            yield selector, name, colour


def _colour(value: str) -> str | None:
    value = value.strip()
    value = "#" + value if _HEX.fullmatch(value) else value
    return value if rgba(value) is not None else None
