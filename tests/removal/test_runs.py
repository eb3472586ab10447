"""The rest of a run of entries: a first or last one whose words are harmless, and lists that the site shares."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard.examine.kin import Kin
from spamguard.examine.runs import Runs
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in
from tests.work import grows_evenly

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = b"<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
TEXT = b"<p>The library opens at nine in the morning.</p>\n<p>Bring your card with you.</p>\n"
OWN = (
    b'<ul>\n<li class="item"><a href="/hours">Hours</a></li>\n<li class="item"><a href="/fees">Fees</a></li>\n%s</ul>\n'
)
END = b"</body>\n</html>\n"
DOUBTFUL, HONEST = -0.6, -4.0


def _cut(data: bytes, known: list[bytes], others: float = DOUBTFUL) -> bytes:
    """The page without the run of links whose texts are known to be spam; ``others`` is how the rest looks."""
    page, root, scene = scene_of(data)
    stretch = stretches_in(scene, [(data.index(known[0]), data.index(known[-1]) + len(known[-1]))])[0]
    scores = np.full(len(scene.items), others)
    scores[stretch.first : stretch.last] = 5.0
    scene = dataclasses.replace(scene, scores=scores)
    plans = plans_of(page, root, scene, [block(Kin(scene).with_kin(stretch))])
    return splice(page.raw, sorted({edit for plan in plans for edit in plan.edits}), page.codec)


def _links(entry: bytes, between: bytes, texts: list[str]) -> bytes:
    return between.join(entry % (number, text.encode()) for number, text in enumerate(texts))


TEXTS = [
    ["garden tools", "casino slots", "poker bonus", "roulette online", "cheap watches"],
    ["Sommerreise", "Wettbüro ohne Konto", "Sportwetten Bonus", "Spielautomaten", "Herbst"],
    ["茶莊", "外約", "線上賭場", "百家樂", "新聞"],
    ["прогноз", "казино онлайн", "вулкан бонус", "рулетка", "отзывы"],
]
ENTRIES = [
    (b'<a target="_blank" href="/?p=%d" class="db">%s</a>', b", "),
    (b'<a rel="nofollow" href="http://a.example.com/%d">%s</a>', b" | "),
    (b'<li class="cat-item cat-item-%d"><a href="/x">%s</a></li>', b"\n"),
    (b'<p class="zq"><a href="https://b.example.net/%d">%s</a></p>', b"&nbsp;"),
    (b'<a style="text-decoration:none" href="https://b.example.net/%d">%s</a>', b"<br>\n"),
]


@pytest.mark.parametrize("texts", TEXTS, ids=["en", "de", "zh", "ru"])
@pytest.mark.parametrize(("entry", "between"), ENTRIES, ids=["class", "rel", "entries", "paragraphs", "style"])
@pytest.mark.parametrize("wrapper", [b"<div>%s</div>\n", b'<div style="display:none">\n%s\n</div>\n'])
def test_the_first_and_the_last_of_a_run_go_with_it(
    texts: list[str], entry: bytes, between: bytes, wrapper: bytes
) -> None:
    spam = wrapper % _links(entry, between, texts)
    known = [text.encode() for text in texts[1:4]]
    assert _cut(HEAD + TEXT + spam + END, known) == HEAD + TEXT + END


def test_entries_put_into_a_list_of_the_site_are_told_by_how_they_are_written() -> None:
    entry = b"<li><a href='https://c%d.example.com/'>%s</a></li>"
    spam = _links(entry, b"\n", ["casino slots", "poker bonus", "roulette online", "garden tools"]) + b"\n"
    plain = b'<ul>\n<li><a href="/news">News</a></li>\n</ul>\n'
    known = [b"casino slots", b"poker bonus", b"roulette online"]
    assert _cut(HEAD + plain + OWN % spam + END, known) == HEAD + plain + OWN % b"" + END


def test_one_entry_takes_along_another_that_leads_to_the_same_site() -> None:
    entry = b'<li><a href="https://www.shop.example.com/%d">%s</a></li>'
    spam = _links(entry, b"\n", ["casino slots", "garden tools"]) + b"\n"
    assert _cut(HEAD + OWN % spam + END, [b"casino slots"]) == HEAD + OWN % b"" + END
    other = spam.replace(b"www.shop.example.com/1", b"garden.example.net/")
    assert b"garden tools" in _cut(HEAD + OWN % other + END, [b"casino slots"])


@pytest.mark.parametrize(("entry", "between"), ENTRIES[:3] + ENTRIES[4:], ids=["class", "rel", "entries", "style"])
def test_links_of_the_site_that_are_written_alike_stay(entry: bytes, between: bytes) -> None:
    texts = ["Hours", "casino slots", "poker bonus", "roulette online", "baccarat", "Fees"]
    known = [text.encode() for text in texts[1:5]]
    left = _cut(HEAD + b"<div>" + _links(entry, between, texts) + b"</div>\n" + END, known, HONEST)
    assert b">Hours</a>" in left
    assert b">Fees</a>" in left
    assert b"poker" not in left


def test_a_run_that_goes_on_with_the_sites_own_links_is_the_sites() -> None:
    friend = b'<li><a href="http://f%d.example.org/">%s</a></li>'
    texts = ["Choir", "Museum", "casino slots", "poker bonus", "roulette online", "baccarat"]
    data = HEAD + b"<ul>\n" + _links(friend, b"\n", texts) + b"\n</ul>\n" + TEXT
    data += b"<ul>" + _links(friend, b"", ["School", "Fire brigade"]) + b"</ul>\n" + END
    left = _cut(data, [b"casino slots", b"baccarat"])
    assert b">Choir</a>" in left
    assert b">Museum</a>" in left


def test_a_long_list_is_not_gone_through_for_each_block_in_it() -> None:
    entry = b'<li><a class="k" href="/%d">%s</a></li>'

    def work(size: int) -> Callable[[], object]:
        texts = ["casino slots" if number % 3 == 0 else "garden tools" for number in range(size)]
        data = HEAD + b"<ul>" + _links(entry, b"<br>", texts) + b"</ul>" + END
        scene = scene_of(data)[2]
        runs = Runs(scene)
        found = stretches_in(scene, [(at, at + 60) for at in range(data.index(b"<ul>"), len(data) - 400, 150)])
        return lambda: [runs.with_run(stretch) for stretch in found]

    grows_evenly(work, 150)


@pytest.mark.parametrize("row", [b"<tr>%s</tr>\n", b"<ul>%s</ul>\n"])
@pytest.mark.parametrize("texts", TEXTS)
def test_a_run_goes_to_the_end_of_the_last_row(row: bytes, texts: list[str]) -> None:
    entry = b'<td><a href="/area/%d.html">%s</a></td>' if b"<tr>" in row else b'<li><a href="/area/%d.html">%s</a></li>'
    rows = [[f"{text} {town}" for text in texts] for town in ("Korvale", "Milford", "Ashton")]
    inside = b"".join(row % _links(entry, b"", texts) for texts in rows)
    block = b'<table class="t1">%s</table>\n' % inside if b"<tr>" in row else b"<div>%s</div>\n" % inside
    known = [rows[0][0].encode(), rows[2][3].encode()]
    assert _cut(HEAD + TEXT + block + END, known) == HEAD + TEXT + END


def test_a_row_that_goes_on_with_honest_cells_keeps_them() -> None:
    cells = b"".join(b'<td><a href="/a/%d">%s</a></td>' % (n, t) for n, t in enumerate([b"casino", b"poker", b"Fees"]))
    page = HEAD + TEXT + b"<table><tr>%s</tr>\n<tr>%s</tr></table>\n" % (cells[:70], cells) + END
    assert b"Fees" in _cut(page, [b"casino", b"poker</a></td><td><a"][:1], HONEST)


def test_links_that_lead_away_are_not_written_as_those_of_a_menu() -> None:
    texts = TEXTS[0]
    ours = b'<ul class="roll">%s</ul>\n' % _links(b'<li><a href="https://a%d.example.com/">%s</a></li>', b"", texts)
    menu = b'<ul><li><a href="/hours">Hours</a></li><li><a href="/fees">Fees</a></li></ul>\n'
    assert _cut(HEAD + menu + TEXT + ours + END, [b"casino slots", b"cheap watches"]) == HEAD + menu + TEXT + END


@pytest.mark.parametrize("parted", [b" - ", b" | ", b""])
def test_the_first_link_of_a_row_goes_with_it_though_the_page_has_links_alike(parted: bytes) -> None:
    texts = ["harmless", "casino slots", "poker bonus", "roulette online", "cheap watches"]
    own = b'<p>See <a href="https://www.example.org/">the town archive</a>.</p>\n'
    row = parted.join(b'<a href="https://%s.example.net/">%s</a>' % (t[:4].encode(), t.encode()) for t in texts) + b"\n"
    known = [text.encode() for text in texts[1:]]
    assert _cut(HEAD + TEXT + own + row + END, known, others=1.0) == HEAD + TEXT + own + END
    assert _cut(HEAD + TEXT + own + row + END, known, others=HONEST).count(b"harmless") == 1


def test_a_link_beside_a_row_that_is_parted_otherwise_stays() -> None:
    own = b'<p><a href="https://www.example.org/">the town archive</a>: '
    texts = [b"casino", b"poker bonus", b"roulette", b"slots"]
    row = b" - ".join(b'<a href="https://%s.example.net/">%s</a>' % (text[:4], text) for text in texts)
    assert b"the town archive</a>" in _cut(HEAD + TEXT + own + row + b"</p>\n" + own + b"open.</p>\n" + END, texts, 1.0)
