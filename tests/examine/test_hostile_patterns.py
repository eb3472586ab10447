"""Patterns meet text that a hostile hand wrote for them. Squared work would not end within any patience."""

from __future__ import annotations

import numpy as np
import pytest

from spamguard.examine.hosts import domain_of, slug_of
from spamguard.examine.tree import Visibility
from spamguard.features.characters import folded, marks_of
from spamguard.model.candidate import hides_something
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.text.fold import fold_table

LONG = 300_000


@pytest.mark.parametrize(
    "value", ["1" * LONG + "z", "1." * LONG, "-" * LONG, " " * LONG + "z", "1 " * LONG, "rect(" * LONG, "#" * LONG]
)
def test_lengths_and_colours_in_styles(value: str) -> None:
    raw = f"<div style='width:{value};overflow:hidden;color:{value}'>text</div>".encode()
    node = outline_of(view_of(raw)).children[0]
    Visibility(view_of(raw), "").hidden(node)


@pytest.mark.parametrize(
    "script", ["getElementById(" * 20_000, "#abcdef" * 20_000, "#abcd{" * 20_000, "#" + "a" * LONG, "'" * LONG]
)
def test_scripts_that_seem_to_hide(script: str) -> None:
    Visibility("<p>x</p>", script)


@pytest.mark.parametrize(
    "raw",
    [
        b"<a style='left:-" + b"9" * LONG,
        b"<a style='left:-999" * 20_000,
        b"<b style='" + b"left:-999" * 40_000,
        b"<b style='height:" + b" " * LONG,
        b"<b style='height:0;'>" + b" " * LONG,
        b"<b style='height:0;'><i>" * 20_000,
        b"<b style='height:0;'><a href=" * 20_000,
        b"style=" * 60_000,
        b"scrollamount" * 30_000,
    ],
    ids=["digits", "open tags", "one tag", "spaces", "spaces behind", "tags", "links", "styles", "marquees"],
)
def test_the_pattern_for_hidden_links(raw: bytes) -> None:
    text = folded(read(raw).text, fold_table(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32)))
    hides_something(text, marks_of(text))


@pytest.mark.parametrize("address", ["http://" + "a." * LONG, "//" * LONG, "http://" + "@" * LONG, "%41" * LONG])
def test_addresses(address: str) -> None:
    domain_of(address)
    assert len(slug_of(address)) <= 400
