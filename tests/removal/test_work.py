"""A hostile page may cost time in proportion to its size, not to the square of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spamguard.examine.blocks import Stretch
from spamguard.findings import Span
from spamguard.page.outline import outline_of
from spamguard.page.tokens import view_of
from spamguard.removal.helpers import Helpers
from spamguard.removal.marks import with_marks
from tests.examine import scenes
from tests.work import grows_evenly

if TYPE_CHECKING:
    from collections.abc import Callable

LINK = '<a href="http://x{n}.example.com/">casino slots {n}</a>'
PAGES = {
    "links": LINK,
    "list": f"<li>{LINK}</li>",
    "boxes": LINK + "<div id=a{n}></div>",
    "breaks": LINK + "<br>",
    "hidden": '<div style="display:none" class=c{n}>' + LINK + "</div>",
    "bodies": "</body></html><body><p hidden>casino slots {n}</p>",
    "holders": "<object>casino slots {n}</object>",
    "marks": "<!--{n:05x}--><p>casino slots {n}</p><!--{n:05x}-->",
    "metas": '<meta name=keywords content="casino slots online {n}">',
    "unclosed": "<p><b><i>casino slots {n}",
    "tables": "<table><tr><td>casino slots {n}",
}


def _page(piece: str, size: int) -> bytes:
    return b"<body>\n" + "".join(piece.format(n=n) for n in range(size)).encode()


@pytest.mark.parametrize("kind", PAGES)
def test_one_block_of_everything(kind: str) -> None:
    def work(size: int) -> Callable[[], object]:
        data = _page(PAGES[kind], size)
        return lambda: scenes.plans_for(data, [(0, len(data))])

    grows_evenly(
        work, 150 if kind in {"unclosed", "tables"} else 300, most=12.0 if kind in {"unclosed", "tables"} else 6.0
    )


@pytest.mark.parametrize("kind", ["list", "boxes", "hidden", "marks"])
def test_many_blocks(kind: str) -> None:
    def work(size: int) -> Callable[[], object]:
        pieces = [PAGES[kind].format(n=n) + f"<p>The library opens at {n}.</p>\n" for n in range(size)]
        data = "".join(pieces).encode()
        places, at = [], 0
        for piece in pieces:
            places.append((at, at + piece.index("<p>The")))
            at += len(piece)
        page, root, scene = scenes.scene_of(data)
        starts = {
            int(scene.leaves[item.leaf].readable.offsets[item.start]): index for index, item in enumerate(scene.items)
        }
        found = []
        for start, end in places:
            inside = [index for place, index in starts.items() if start <= place < end]
            found.append(Stretch(min(inside), max(inside) + 1))
        blocks = [scenes.block(stretch) for stretch in found]
        return lambda: scenes.plans_of(page, root, scene, blocks)

    grows_evenly(work, 60)


@pytest.mark.parametrize(
    "css", ["a" * 40, ".c{n}{{color:red}}", ".a,.b,.c{n} ", "@media x{{.c{n}{{left:0}}}}", "{{", "}}", "/*"]
)
def test_styles(css: str) -> None:
    def work(size: int) -> Callable[[], object]:
        style = "".join(css.format(n=n) for n in range(size))
        raw = f"<style>{style}</style><p class=c1 id=q>casino slots</p>".encode()
        root = outline_of(view_of(raw))
        cut = [node for node in root.walk() if node.tag == "p"]
        return lambda: Helpers(root, view_of(raw)).spans(cut)

    grows_evenly(work, 2000)


def test_comments_beside_comments() -> None:
    def work(size: int) -> Callable[[], object]:
        raw = b"<!--abcd1--><p>casino</p>" * size
        cuts = [Span(at + 12, at + 25) for at in range(0, len(raw), 25)]
        return lambda: with_marks(raw, cuts)

    grows_evenly(work, 300)
