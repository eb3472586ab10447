"""A page of many short matches takes as much more work as it is longer: nothing asks all of it for each match."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spamguard.examine.hosts import own_domains
from spamguard.model.weights import load
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.commented import commented
from spamguard.signs.defaced import defaced
from spamguard.signs.embedded import embedded
from spamguard.signs.entered import entered
from spamguard.signs.faraway import faraway
from spamguard.signs.fetched import fetched
from spamguard.signs.find import FAMILIES
from spamguard.signs.framed import framed
from spamguard.signs.noise import loose_noise, noise
from spamguard.signs.ordered import ordered
from spamguard.signs.parted import parted
from spamguard.signs.pitched import pitched
from spamguard.signs.posted import posted
from spamguard.signs.scattered import scattered
from spamguard.signs.sight import Sight, sight_of
from spamguard.signs.stuffed import stuffed
from spamguard.signs.whispered import whispered
from spamguard.signs.written import written
from tests.work import calls_of, grows_evenly

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.signs.sign import Sign

PROSE = "<p>The reading room opens at nine and closes when the last reader leaves it, number {n}.</p>\n"
MATCHES: list[tuple[Callable[[Sight], list[Sign]], str]] = [
    (posted, "<p>Word {n} of the day: s.l.o.t.8.8</p>\n"),
    (posted, "<p>\U0001d41b\U0001d41e\U0001d42d\U0001d42d\U0001d422\U0001d427\U0001d420 room {n}</p>\n"),
    (pitched, "<p>Play online casino with a no deposit bonus today, number {n}!</p>\n"),
    (pitched, '<p>Room {n}: see <a href="https://a{n}.example.net/">online casino</a> here.</p>\n'),
    (entered, "<ul><li>Kim {n}: [url=https://a.example.net/]online casino slots[/url]</li></ul>\n"),
    (whispered, '<p><a style="display:none" href="https://a.example.net/{n}">online casino</a></p>\n'),
    (whispered, '<a style="display:none" href="https://a.example.net/{n}">tomato seeds</a>\n'),
    (
        commented,
        (
            '<li class="comment" id="c{n}"><a href="https://a{n}.example.net/">online casino bonus</a> '
            "https://a{n}.example.net/ is nice</li>\n"
        ),
    ),
    (parted, "<p>{n} via<!--1-->gra, ci<!-- -->alis on<!--x-->line, tra<!--y-->madol</p>\n"),
    (
        embedded,
        '<object data="//w.example.org/"><a href="https://a{n}.example.net/">online casino</a></object>\n',
    ),
    (stuffed, '<img alt="Gate {n}, slot gacor, togel online, judi bola, situs slot88, casino online">\n'),
    (
        scattered,
        "<p>甲寨县|乙河市|丙山区|科技|丁林旗|戊水县|己安市|娱乐|辛浦区|壬城县|子洲区|时尚|卯岭县|午林旗|{n}</p>\n",
    ),
    (defaced, "<p>Hacked By Example_Team {n}</p>\n"),
    (framed, '<iframe src="https://a{n}.example.net/" width="0" height="0"></iframe>\n'),
    (faraway, '<div id="d{n}"><a href="https://a.example.net/">x</a></div><style>#d{n}{{left:-9999999px}}</style>\n'),
    (fetched, '<i id="d{n}" hidden></i><script>$("#d{n}").load("https://a.example.net/{n}")</script>\n'),
    (written, '<script>document.write(\'<iframe src="https://a.example.net/{n}" width="0" height="0">\')</script>\n'),
]


def _sight(body: str) -> Sight:
    page = read(f"<html><body>{body}</body></html>".encode(), path="page.html")
    root = outline_of(view_of(page.raw))
    return sight_of(page, root, load(None), own_domains(root))


@pytest.mark.parametrize(("family", "match"), MATCHES)
def test_many_matches(family: Callable[[Sight], list[Sign]], match: str) -> None:
    def work(size: int) -> Callable[[], object]:
        sight = _sight("".join(PROSE.format(n=n) + match.format(n=n) for n in range(size)))
        return lambda: family(sight)

    family(_sight(match.format(n=1)))
    grows_evenly(work, 40)


def test_all_families_on_many_matches_of_all_kinds() -> None:
    def work(size: int) -> Callable[[], object]:
        matches = "".join(match.format(n=n) for n in range(size) for _, match in MATCHES)
        sight = _sight(PROSE.format(n=0) * size + matches)
        return lambda: [family(sight) for family in FAMILIES]

    assert calls_of(work(1)) > 0
    grows_evenly(work, 10)


@pytest.mark.parametrize(
    "row",
    [
        '<xq id="a{n}"></xq><acronym id="a{n}"></acronym><xq id="a{n}"></xq>\n',
        '<xq id="one"></xq><i style="display:none"></i>\n',
        '<i style="display:none"></i><div><tr id="s{n}"></tr></div>\n',
    ],
)
def test_many_empty_elements_with_names(row: str) -> None:
    def work(size: int) -> Callable[[], object]:
        sight = _sight("".join(row.format(n=n) for n in range(size)))
        return lambda: (noise(sight), loose_noise(sight))

    grows_evenly(work, 60)


def test_many_scripts_and_many_elements_that_they_may_fill() -> None:
    """Ids that are counted up, and classes."""

    def work(size: int) -> Callable[[], object]:
        body = "".join(
            f'<i id="slot{n}" class="c{n} x" hidden></i>'
            f'<script>fetch("https://a.example.net/{n}").then(r=>r.text()).then(t=>{{for(const e of '
            f'document.getElementsByClassName("q{n}"))e.innerHTML=t;document.getElementById("row"+n).innerHTML=t}})'
            "</script>\n"
            for n in range(size)
        )
        sight = _sight(body)
        return lambda: fetched(sight)

    grows_evenly(work, 40)


def test_one_word_of_many_that_begin_an_order() -> None:
    """A word without an end is not read to its end from each of its letters."""
    for word in ("utasítás", "निर्देश", "دستور", "забудь", "αγνόησ", "zapomnij", "talimat"):
        assert ordered(_sight(f"<p>AI assistant, {word * 20_000}</p>")) == []
