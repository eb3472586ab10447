"""The nodes of a page by what they are."""

from __future__ import annotations

import pytest

from spamguard.page.outline import outline_of
from spamguard.page.readable import decoded, readable, resolved
from spamguard.page.tokens import view_of
from spamguard.signs.index import index_of, places_of

PAGE = (
    b'<title>Tide</title><!-- one --><p class="a">Boats <b style="x">leave</b> </p>\n<div style="y" hidden>seven</div>'
    b'<marquee>late</marquee></nav><p hidden class="b">and come back</p>'
)


def test_elements_come_in_source_order_and_once_whatever_they_are_asked_by() -> None:
    index = index_of(outline_of(view_of(PAGE)).walk(), PAGE)
    assert [node.tag for node in index.having(("style", "hidden"), tags=("marquee",))] == ["b", "div", "marquee", "p"]
    assert [node.tag for node in index.called(("p", "b", "nav"))] == ["p", "b", "p"]
    assert [node.tag for node in index.raws] == ["title"]
    assert len(index.comments) == 1


def test_texts_are_found_by_what_they_hold() -> None:
    index = index_of(outline_of(view_of(PAGE)).walk(), PAGE)
    found = index.at(place for mark in (b"back", b"Boats", b"ba") for place in places_of(mark, index.row))
    assert [PAGE[node.start : node.end] for node in found] == [b"Boats ", b"and come back"]
    assert all(PAGE[node.start : node.end].strip() for node in index.said)
    assert len(index.said) < len(index.texts)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "windows-1252"])
@pytest.mark.parametrize("written", ["plain", "tide &amp; time", "caf\xe9 &nope; &#228;", "&amp;#65;" * 3])
def test_a_text_without_its_places_is_the_same_text(codec: str, written: str) -> None:
    raw = written.encode(codec) + b"\xff"
    assert decoded(raw, 0, len(raw), codec) == readable(raw, 0, len(raw), codec, references=False).text
    assert resolved(decoded(raw, 0, len(raw), codec)) == readable(raw, 0, len(raw), codec).text
