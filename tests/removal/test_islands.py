"""Of a block between whose parts the page keeps something of its own only what was put in is cut."""

from __future__ import annotations

import numpy as np
import pytest

from spamguard.examine.describe import ITEM_NAMES
from spamguard.removal.plan import plans_of
from spamguard.removal.splice import splice
from tests.examine.scenes import block, scene_of, stretches_in

HEAD = b"<html><body><h1>Village library</h1>\n"
END = b"\n<p>Open at nine.</p></body></html>\n"
SPAM = b'<p><a href="https://a.example.net/">casino slots</a> <a href="https://b.example.org/">poker bonus</a></p>'


def _cut(data: bytes, first: bytes, last: bytes) -> bytes:
    """The page without a block that reaches from one text to another; what sells is named, and nothing else is."""
    page, root, scene = scene_of(data)
    for index, item in enumerate(scene.items):
        scene.table[index, ITEM_NAMES.index("named")] = np.float32("casino" in item.text or "poker" in item.text)
    span = data.index(first), data.index(last) + len(last)
    plans = plans_of(page, root, scene, [block(stretch) for stretch in stretches_in(scene, [span])])
    return splice(page.raw, sorted({edit for plan in plans for edit in plan.edits}), page.codec)


@pytest.mark.parametrize(
    "own",
    [
        b'<a href="/c"><img src="/c.png" alt=""><div class="name">Autumn code</div></a>\n',
        b'<div class="dialog"><span>click to copy</span><input id="share"></div>\n',
        b'<ul><li><a href="/l">Loans of books</a></li><li><img src="/b.png" alt=""></li></ul>\n',
    ],
)
def test_the_pages_own_beside_it_stays(own: bytes) -> None:
    name = own.split(b"</")[0].rsplit(b">", 1)[-1]
    left = _cut(HEAD + own + SPAM + END, name, b"poker bonus")
    assert own.strip() in left
    assert b"poker" not in left


def test_two_parts_that_both_lead_away_go() -> None:
    data = HEAD + SPAM + b'<img src="/own.png" alt="">' + SPAM + END
    left = _cut(data, b"casino slots", b"poker bonus</a></p>\n<p>Open".split(b"</a>")[0])
    assert b"own.png" in left
