"""A hidden list of operators' names goes, wherever its links lead; names of people, codes and menus stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

NAMES = "lentera88 rajalampu77 lampudewa4d cuanlampu138 hokilentera minyaktoto sultanlampu303 lampubet".split()  # noqa: SIM905


@pytest.mark.parametrize("box", ["<div hidden>{}</div>\n", '<p style="display:none">{}</p>\n'])
def test_a_list_of_links_that_stay_on_the_site(box: str) -> None:
    links = " ".join(f'<a href="/x/{number}">{name}</a>' for number, name in enumerate(NAMES))
    restores(body=box.format(links), rule="operator-names")


@pytest.mark.parametrize(
    "words",
    [
        "darwin edwin erwin godwin baldwin corwin alphabet",
        "anna ben88 carla dora77 emil fritz99 gerda hans",
        "lamp12 lamp14 wick88 wick90 oil7 oil9 stand21 glass77",
        "model3d viewer3d printer3d",
    ],
)
def test_other_hidden_words_stay(words: str) -> None:
    page = f"{HEAD}{BODY}<div hidden>{words}</div>\n{TAIL}"
    assert judged(page)[2] == page


def test_names_that_people_see_are_not_asked() -> None:
    silent(body="<p>Members of the chess club: anna88, ben77, carla99, dora123, emil69, fritz365.</p>\n")
