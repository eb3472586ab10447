"""Drawings that are kept for use elsewhere on a page: their labels are seen nowhere by design, and hide nothing."""

from __future__ import annotations

import pytest

from spamguard import Guard
from tests.examine.scenes import scene_of

SPRITE = (
    '<svg {} width="0" height="0"><symbol id="filter"><title>icon filter</title><path d="M0 0"/></symbol>'
    '<symbol id="cart"><title>icon cart</title></symbol>'
    '<defs><g id="search"><title>icon search</title><desc>Looking glass</desc></g></defs>{}</svg>'
)
STYLES = ('style="visibility:hidden;position:absolute"', 'style="display:none"', "hidden", "")


def _hidden(sprite: str) -> dict[str, str | None]:
    page = f"<!doctype html><title>Boat club</title><body>{sprite}<h1>Boats and oars</h1><p>Welcome aboard.</p>"
    _, _, scene = scene_of(page.encode())
    return {leaf.readable.text: facts.hidden_by for leaf, facts in zip(scene.leaves, scene.facts, strict=True)}


@pytest.mark.parametrize("style", STYLES)
def test_labels_of_icons_are_no_hidden_text(style: str) -> None:
    found = _hidden(SPRITE.format(style, ""))
    assert {"icon filter", "icon cart", "icon search", "Looking glass"} <= set(found)
    assert set(found.values()) == {None}


def test_other_text_of_a_hidden_drawing_is_hidden() -> None:
    long = "Lantern oil and wicks. " * 8
    found = _hidden(SPRITE.format(STYLES[1], f"<text>Lantern oil</text><symbol><title>{long}</title></symbol>"))
    assert {text for text, how in found.items() if how is not None} == {"Lantern oil", long}


def test_a_label_outside_of_what_is_kept_is_hidden_with_its_box() -> None:
    found = _hidden('<div style="display:none"><svg><title>Lantern oil</title></svg></div>')
    assert found["Lantern oil"] == "display"


@pytest.mark.parametrize("style", STYLES)
def test_a_page_with_many_icons_is_left_alone(style: str) -> None:
    symbols = "".join(f'<symbol id="i{n}"><title>icon {n}</title></symbol>' for n in range(40))
    page = (
        f"<!doctype html><title>Boat club</title><body>{SPRITE.format(style, symbols)}<h1>Boats and oars</h1>"
        "<p>We row on Sundays. Everybody is welcome at the boat house at nine.</p>"
    )
    assert Guard().scan(page.encode(), path="page.html").verdict == "clean"


def test_text_that_stands_in_no_element_is_nothing_special() -> None:
    _, _, scene = scene_of(b"Boats and oars <!-- lantern oil, wicks and whatever else is sold here for boats -->")
    assert [facts.hidden_by for facts in scene.facts] == [None] * len(scene.leaves)
