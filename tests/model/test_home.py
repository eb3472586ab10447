"""Links to a page's own site are none to another one, however they are written."""

from __future__ import annotations

import pytest

import spamguard.closer
from spamguard.examine.home import at_home
from spamguard.guard import Guard
from spamguard.page.outline import Node, outline_of
from spamguard.page.segments import read
from tests.model.notes import PARAGRAPHS

GUARD = Guard()
OWN = '<link rel="canonical" href="https://www.library.example.org/notes">'
GRAPH = '<meta property="og:url" content="https://www.library.example.org/notes">'
HIDDEN = '<div style="display:none"><a href="{}">Fit at 50</a></div>'
FOLDED = '<details><p><a href="{}">Speak freely</a></p></details>'
NAMELESS = '<p>A notice. <a style="display:none" href="{}">Printed version</a></p>'


def _page(head: str, inside: str) -> bytes:
    start = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Village notes</title>{head}</head><body>"
    foot = "<p>Written by the parish clerk.</p></body></html>"
    return f"{start}<h1>Village notes</h1>{PARAGRAPHS}{inside}{PARAGRAPHS}{foot}".encode()


@pytest.mark.parametrize("head", [OWN, GRAPH])
@pytest.mark.parametrize("inside", [HIDDEN, FOLDED, NAMELESS])
@pytest.mark.parametrize("address", ["https://www.library.example.org/x", "//shop.library.example.org/x", "/x"])
def test_a_hidden_link_to_the_own_site_is_no_reason_to_look(
    head: str, inside: str, address: str, looks: list[bool]
) -> None:
    assert GUARD.scan(_page(head, inside.format(address)), path="page.html").verdict == "clean"
    assert not looks


@pytest.mark.parametrize("inside", [HIDDEN, FOLDED, NAMELESS])
@pytest.mark.parametrize(
    ("head", "address"),
    [
        (OWN, "https://a.example.net/x"),
        (OWN, "https://www.library.example.org.a.example.net/x"),
        (OWN, "https://notlibrary.example.org/x"),
        ("", "https://www.library.example.org/x"),
        (f"<!-- {OWN} -->", "https://www.library.example.org/x"),
        (f"<script>var own='{OWN}'</script>", "https://www.library.example.org/x"),
    ],
)
def test_one_to_another_site_is(inside: str, head: str, address: str, looks: list[bool]) -> None:
    GUARD.scan(_page(head, inside.format(address)), path="page.html")
    assert looks


def test_the_height_of_a_line_hides_nothing() -> None:
    link = '<p>See <a style="{}line-height:0;width:100%" href="https://photos.example.net/p/1">our photos</a></p>'
    seen, unseen = (read(_page("", link.format(style)), path="page.html") for style in ("", "font-size:0;"))
    assert seen.signs
    assert not at_home(seen).signs
    assert at_home(unseen).signs


def test_what_is_hidden_is_looked_at_wherever_it_leads(looks: list[bool]) -> None:
    link = '<div hidden><a href="https://www.library.example.org/slot">agen parlay malam ini slot gacor</a></div>'
    GUARD.scan(_page(OWN, link), path="page.html")
    assert looks


@pytest.mark.parametrize(
    ("address", "outlined"),
    [
        ("https://www.library.example.org/back.txt", False),
        ("//shop.library.example.org/back.txt", False),
        ("https://a.example.net/back.txt", True),
        ("https://www.library.example.org.a.example.net/back.txt", True),
    ],
)
def test_a_script_that_fetches_from_the_own_site_is_read_and_no_more(
    address: str, outlined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []

    def noted(view: str) -> Node:
        made.append(True)
        return outline_of(view)

    monkeypatch.setattr(spamguard.closer, "outline_of", noted)
    script = f"<script>fetch('{address}').then(r=>r.text()).then(t=>box.innerHTML=t)</script>"
    GUARD.scan(_page(OWN, script), path="page.html")
    assert bool(made) is outlined
