"""How much is asked for what lies behind a ground. What is said of it is compared with a browser in tests/hiding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from turbohtml import cssom

from spamguard.examine import depth
from spamguard.examine.tree import Visibility
from spamguard.page.outline import NodeKind, outline_of
from spamguard.page.tokens import view_of
from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

if TYPE_CHECKING:
    from turbohtml import Element
    from turbohtml.cssom import ComputedStyle

DEEP = 60
LOW = '<i style="position:relative;z-index:-1">wicks</i>'
LAID = '<p style="position:absolute;top:3px;z-index:-1">wicks</p>'


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("<body>" + "<div>" * DEEP + LOW * 500 + "</div>" * DEEP, DEEP + 10),
        ("<body>" + LAID * 3_000, 5_000),
        ("<body>" + '<p style="position:absolute;z-index:-1">wicks</p>' * 3_000, 5_000),
    ],
    ids=["deep", "beside", "in place"],
)
def test_boxes_around_and_beside_are_asked_a_bounded_number_of_times(
    page: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Element] = []

    def computed(element: Element) -> ComputedStyle:
        asked.append(element)
        return style_of(element)

    style_of = cssom.computed_style
    monkeypatch.setattr(depth, "computed_style", computed)
    view = view_of(page.encode())
    visibility = Visibility(view, "")
    texts = [node for node in outline_of(view).walk() if node.kind is NodeKind.TEXT]
    assert all(visibility.hidden(text) is None for text in texts)
    assert 0 < len(asked) <= most


RUSSIAN = ("казино онлайн", "игровые автоматы на деньги", "ставки на спорт бонус")
VIETNAMESE = ("nhà cái uy tín", "casino trực tuyến", "nổ hũ đổi thưởng")
OWN = ("Archive", "Maps", "Letters to the editor")
TABLE = "<table bgcolor=white><tr><td><p>Boats</p>{}<p>Two are wet.</p></td></tr></table>\n"
NEXT = '{}<section style="background:#eee"><h2>Boats</h2><p>Two are wet, one is dry, one is lent out.</p></section>\n'
LAST = '<div style="background:#fff"><p>Two of the boats are wet, and the third one leaks.</p>{}\n</div>\n'


def _laid(names: tuple[str, ...]) -> str:
    links = " ".join(f'<a href="https://s{at}.example.net/">{name}</a>' for at, name in enumerate(names))
    return f'\n<div style="position:absolute;z-index:-5">{links}</div>'


@pytest.mark.parametrize("names", [RUSSIAN, VIETNAMESE], ids=["ru", "vi"])
@pytest.mark.parametrize(("around", "how"), [(TABLE, "behind"), (NEXT, "behind"), (LAST, None)])
def test_a_block_behind_a_ground_is_called_so_and_goes(around: str, how: str | None, names: tuple[str, ...]) -> None:
    page = HEAD + BODY + around + TAIL
    _, findings, cleaned = judged(page.format(_laid(names)))
    assert ({finding.hidden_by for finding in findings}, cleaned) == ({how}, page.format(""))


@pytest.mark.parametrize("around", [TABLE, NEXT, LAST])
def test_honest_links_behind_a_ground_stay(around: str) -> None:
    silent(body=around.format(_laid(OWN)))
