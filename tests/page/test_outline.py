from __future__ import annotations

import random

import pytest

from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

PIECES = (
    *("<div>", "</div>", "<p>", "</p>", "<a x>", "</a>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<ul>"),
    *("<li>", "</ul>", "<!--", "-->", "<!-", "<script>", "</script>", "<style>", "</style", "</style>", "<title>"),
    *("</title>", "<noscript>", "</noscript>", "<textarea>", "</textarea>", "<xmp>", "</xmp>", "<svg>", "</svg>"),
    *("<![CDATA[", "]]>", "<plaintext>", "<select>", "<option>", "<br/>", "<?xml ", "?>", "<!DOCTYPE html>", "</body>"),
    *("<body>", "</html>", "</>", "</", "<", ">", "&", "&amp;", '"', "='", '<a b="', "text", "档案馆", "\xa0"),
)


def _covers(root: Node) -> None:
    for node in root.walk():
        assert node.start <= node.inner_start <= node.inner_end <= node.end
        place = node.inner_start
        for child in node.children:
            assert child.parent is node
            assert child.start == place
            place = child.end
        assert not node.children or place == node.inner_end


@pytest.mark.parametrize("seed", range(8))
def test_every_byte_is_covered_in_order(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    for _ in range(250):
        pieces = [rng.choice(PIECES) for _ in range(rng.randint(0, 30))]
        pieces += rng.choices("\n\r\t ", k=3)
        rng.shuffle(pieces)
        raw = "".join(pieces).encode()
        root = outline_of(view_of(raw))
        assert (root.start, root.end) == (0, len(raw))
        assert not raw or root.children
        _covers(root)


def _tags(node: Node) -> list[str]:
    return [inner.tag for inner in node.walk() if inner.kind is NodeKind.ELEMENT and inner.tag]


def test_an_injected_wrapper_has_its_own_bytes() -> None:
    raw = b"<div><p>one</p><div hidden><a href=x>spam</a></div>\n<p>two</div>"
    wrapper = next(n for n in outline_of(view_of(raw)).walk() if n.attribute("hidden") is not None)
    assert raw[wrapper.start : wrapper.end] == b"<div hidden><a href=x>spam</a></div>"


def test_content_of_fallback_elements_is_read_in_its_place() -> None:
    raw = b"<noscript><p>hidden <b>words</b></p></noscript>"
    bold = next(n for n in outline_of(view_of(raw)).walk() if n.tag == "b")
    assert raw[bold.start : bold.end] == b"<b>words</b>"


@pytest.mark.parametrize("piece", ["<noscript>", "<textarea><xmp>", "<noembed><noscript><p>"])
def test_fallbacks_in_fallbacks_end(piece: str) -> None:
    raw = (piece * 3000).encode()
    root = outline_of(view_of(raw))
    _covers(root)
    assert sum(1 for _ in root.walk()) < 60


def test_deep_nesting_stays_shallow_enough_to_walk() -> None:
    root = outline_of(view_of(b"<div>" * 50_000 + b"x" + b"</div>" * 50_000))
    depth = {id(root): 0}
    for node in root.walk():
        if node.parent is not None:
            depth[id(node)] = depth[id(node.parent)] + 1
    assert max(depth.values()) < 1000


def test_closing_soup_is_stray() -> None:
    root = outline_of(view_of(b"</b></td></div>text</table>"))
    assert _tags(root) == []
    _covers(root)
