"""An attribute alone excuses nothing that people see; with words that tell readers of it, it does."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

LINK = '<li><a rel="{}" href="https://{}.example.net/{}">{}</a></li>\n'
CASINO = ("online casino real money", "slot gacor", "no deposit bonus codes", "best betting sites", "casino bonus")
PILLS = ("buy viagra online", "cheap tramadol", "generic cialis", "levitra online", "kamagra without prescription")
KASYNO = ("kasyno online bonus", "zakłady bukmacherskie", "automaty do gier online", "darmowe spiny bez depozytu")


def _list(names: tuple[str, ...], rel: str = "sponsored", address: str = "") -> str:
    links = "".join(LINK.format(rel, f"s{number}", address, name) for number, name in enumerate(names))
    return f"<ul>\n{links}</ul>\n"


@pytest.mark.parametrize("rel", ["sponsored", "nofollow sponsored", "ugc", "nofollow"])
@pytest.mark.parametrize("names", [CASINO, PILLS, KASYNO], ids=["casino", "pills", "kasyno"])
def test_what_machines_are_told_does_not_silence_a_block(names: tuple[str, ...], rel: str) -> None:
    verdict, findings, _ = judged(HEAD + BODY + _list(names, rel) + TAIL)
    assert verdict == "infected"
    assert findings


def test_what_an_owner_may_have_sold_is_not_cut_unasked() -> None:
    page = HEAD + BODY + _list(PILLS, address="?aff=17") + TAIL
    _, findings, cleaned = judged(page)
    assert ({finding.disposition for finding in findings}, cleaned) == ({"review"}, page)


@pytest.mark.parametrize(
    ("before", "names", "behind"),
    [
        ("<h3>Our sponsors</h3>\n", CASINO[:3], ""),
        ("<p>Anzeige</p>\n", ("Sportwetten Bonus für Neukunden", "Online Casino: 20 Freispiele"), ""),
        ("", ("Apuestas deportivas: bono de bienvenida", "Tragaperras online"), "<small>Publicidad</small>\n"),
        (
            "<h4>Odds</h4>\n",
            ("Bet 10, get 20 in free bets", "Casino welcome bonus"),
            "<small>18+, T&amp;Cs apply</small>\n",
        ),
        ("<p>Реклама</p>\n", ("Ставки на спорт: фрибет", "Онлайн казино: бонус"), ""),
    ],
)
def test_an_advertisement_that_says_so_stays(before: str, names: tuple[str, ...], behind: str) -> None:
    silent(body=before + _list(names) + behind)


def test_a_farm_of_links_does_not_become_one_by_saying_so() -> None:
    names = tuple(f"{name} {number}" for number in range(4) for name in CASINO)
    assert judged(HEAD + BODY + "<p>Ads</p>\n" + _list(names) + TAIL)[0] == "infected"
