"""Only elements that some declaration could hide are asked for their computed style. Nothing may be missed by that."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from spamguard.examine import tree
from spamguard.examine.suspects import suspects_of
from spamguard.examine.tree import Visibility
from spamguard.page.outline import outline_of
from spamguard.page.tokens import view_of

if TYPE_CHECKING:
    from turbohtml import Document, Element

TAGS = ("div", "section", "span", "article", "blockquote", "ul", "main", "noscript")
SELECTORS = (
    ".x",
    ".y",
    "#a",
    "p",
    "*",
    "body",
    "div > .x",
    ".x .y",
    ".x + .y",
    ".x ~ p",
    ":not(.x)",
    "p:not(.q)",
    "[class~=z]",
    "[id^=a]",
    "[class=x]",
    ".x::before",
    ".x::before, .y",
    ".x:first-child",
    "li:nth-child(2)",
    ".x, .y",
    ".x:is(p,div,.q)",
    ":root .z",
    ".X.Y",
    "DIV",
    "div:has(.y)",
    ":scope",
    ":s\\63ope .y",
    "td .z",
    ".\\78",
    ".x/**/.y",
    "/*a*/.x",
    ".q, .z",
    "@media print{.x{display:none}} .y",
    "@layer a{.x{display:none}} .z",
    ".x{.y{display:none}} .z",
    "@import a; .x",
)
DECLARATIONS = (
    "display:none",
    "display:none!important",
    "display:block !important",
    "DISPLAY:none",
    "d\\69splay:/**/none",
    "display:NONE",
    "display:inherit",
    "display:table-column",
    "display:var(--x);--x:none",
    "visibility:hidden",
    "visibility:visible",
    "visibility:inherit",
    "visib\\69lity:collapse",
    "opacity:0",
    "opacity:.01",
    "opacity:.5",
    "font-size:0",
    "font-size:1px",
    "font-size:.05em",
    "font-size:12px",
    "text-indent:-9999px",
    "text-indent:0",
    "position:absolute",
    "position:relative;left:-900px",
    "top:-40em",
    "margin:0 0 0 -9999px",
    "margin-left:-1000px!important",
    "overflow:hidden",
    "overflow-y:hidden;max-height:0",
    "width:1px",
    "width:5px;height:5px",
    "height:auto",
    "color:#fff",
    "color:#000",
    "color:inherit",
    "co\\6cor:white",
    "background-color:#fefefe",
    "background-color:black",
    "back\\67round-color:#000",
    "background-image:url(x;y)",
    "background:#000",
    "all:inherit",
    "all:unset",
    "font:0/0 a",
    "inset:-9999px",
    "clip:rect(0 0 0 0)",
    "transform:scale(0)",
    'content:"; display: none"',
)


def _page(rng: random.Random) -> bytes:
    """Well nested: where the source is not, the outline and the tree know other ancestors."""

    def declarations() -> str:
        return ";".join(rng.choice(DECLARATIONS) for _ in range(rng.randint(1, 3)))

    def attributes() -> str:
        names = f' class="{" ".join(rng.sample("xyz", rng.randint(1, 2)))}"' if rng.random() < 0.6 else ""
        names += f" id={rng.choice('ab')}" if rng.random() < 0.2 else ""
        names += f" style='{declarations()}'" if rng.random() < 0.15 else ""
        return names + (f" bgcolor={rng.choice(('#000', 'white', 'red'))}" if rng.random() < 0.05 else "")

    def part(depth: int) -> str:
        tag = rng.choice(TAGS)
        inside = "".join(part(depth + 1) for _ in range(rng.randint(0, 3 if depth < 4 else 0)))
        return f"<{tag}{attributes()}>text {inside}</{tag}>"

    rules = "".join(f"{rng.choice(SELECTORS)}{{{declarations()}}}" for _ in range(rng.randint(0, 5)))
    parts = [part(0) for _ in range(rng.randint(1, 4))]
    parts.insert(rng.randrange(len(parts)), f"<style>{rules}</style>")
    doctype = rng.choice(("", "<!doctype html>"))
    return f"{doctype}<html{attributes()}><head></head><body{attributes()}>{''.join(parts)}</body></html>".encode()


def _hidden(raw: bytes) -> list[tuple[int, str] | None]:
    """What hides each node of a page, in source order."""
    view = view_of(raw)
    visibility = Visibility(view, "")
    found = (visibility.hidden(node) for node in outline_of(view).walk() if node.parent is not None)
    return [(hidden[0].start, hidden[1]) if hidden is not None else None for hidden in found]


def _named(document: Document) -> dict[int, Element]:
    """All elements with a name or a style of their own."""
    named = document.select("[style], [class], [id], [color]")
    located = ((element, element.source_location) for element in named)
    return {where.start_tag.start_offset: element for element, where in located if where is not None}


@pytest.mark.parametrize("seed", range(20))
def test_who_is_not_asked_is_seen(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)  # noqa: S311
    for page in [_page(rng) for _ in range(50)]:
        asked: set[int] = set()

        def suspects(document: Document, names: frozenset[str] | None, asked: set[int] = asked) -> dict[int, Element]:
            found = suspects_of(document, names)
            asked.update(found)
            return found

        def all_named(document: Document, _: frozenset[str] | None, asked: set[int] = asked) -> dict[int, Element]:
            located = ((element, element.source_location) for element in document.select("*"))
            places = {where.start_tag.start_offset: element for element, where in located if where is not None}
            return _named(document) | {place: element for place, element in places.items() if place in asked}

        monkeypatch.setattr(tree, "suspects_of", suspects)
        hidden = _hidden(page)
        monkeypatch.setattr(tree, "suspects_of", all_named)
        assert hidden == _hidden(page), page.decode()


@pytest.mark.parametrize(
    ("styles", "body", "mechanism"),
    [
        ("", '<p class="x">text', None),
        (".x{display:none}", '<p class="x">text', "display"),
        (".x{display:none}", '<p class="y">text', None),
        (".x{display:none} p.x{display:block}", '<p class="x">text', None),
        (".x{display:none!important} p.x{display:block}", '<p class="x">text', "display"),
        (".x{display:none!important}", '<p class="x" style="display:block">text', "display"),
        ("div{visibility:hidden}", '<div><p class="x">text</div>', "visibility"),
        ("div{visibility:hidden} .x{visibility:visible}", '<div><p class="x">text</div>', None),
        (".x{color:#fff}", '<p class="x">text', "colour"),
        (".x{color:#000} div{background-color:#000}", '<div><p class="x">text</div>', "colour"),
        (".x{color:#000}", '<table bgcolor="#000"><tr><td class="x">text</table>', "colour"),
        (".x{color:#000}", '<p class="x">text', None),
        (".x:not(.y){margin-left:-9999px}", '<p class="x">text', "off-screen"),
        ("[data-x] + .y{height:0;overflow:hidden}", '<p data-x>one<p class="y">text', "zero-size"),
        ("@media print{.x{display:none}}", '<p class="x">text', None),
        (".q{display:none}", '<p class="x" style="d\\69splay:none">text', "display"),
        ("", '<p style="position:absolute;clip:rect(0 0 0 0)">text', "clip"),
        ("", '<p style="clip:rect(0 0 0 0)">text', None),
    ],
)
def test_the_cascade_decides(styles: str, body: str, mechanism: str | None) -> None:
    hidden = _hidden(f"<!doctype html><style>{styles}</style>{body}".encode())
    assert (hidden[-1] and hidden[-1][1]) == mechanism


def test_a_style_sheet_of_many_rules_is_read_as_one_of_few() -> None:
    rules = "".join(f".c{number}{{display:none}}.c{number} .x{{color:#fff}}" for number in range(3_000))
    page = f"<!doctype html><style>{rules}.x{{display:block}}.x{{opacity:0}}</style><p class=x>text<p class=c7>more"
    found = [hidden[1] for hidden in _hidden(page.encode()) if hidden is not None]
    assert found == ["opacity", "opacity", "display", "display"]


def test_a_page_too_large_to_be_searched_is_asked_instead() -> None:
    rules = "".join(f"p{{color:#{number:06x};background-color:#{number:06x}}}" for number in range(2_500))
    page = (
        f"<style>{rules}.x{{display:none}}.x{{display:block}}.y{{opacity:0}}</style>{'<p>text' * 2_000}<p class=x>one"
    )
    *_, seen, _, hidden = _hidden(f"{page}<p class=y>two".encode())
    assert seen is not None
    assert (seen[1], hidden and hidden[1]) == ("colour", "opacity")


@pytest.mark.parametrize("piece", ["\\", "\\a", "; \\", "a: ", "; a", " !important", "; color", ": #"])
def test_no_style_takes_long_to_read(piece: str) -> None:
    style = f'content: "; {piece * 60_000}'
    found = _hidden(f"<p style='opacity:0;{style}'>one<p style='{style}'>two".encode())
    assert found[0] is not None
    assert found[0][1] == "opacity"
    assert found[-1] is None
