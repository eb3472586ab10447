"""What only opened a block goes with it, though it is in the letters of the page; the page's own headings stay."""

from __future__ import annotations

import dataclasses

import pytest

from spamguard.examine.closely import join_in_a_list
from spamguard.examine.kin import Kin
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in
from tests.removal.test_boxed import ENGLISH
from tests.signs.cases import BODY, HEAD, TAIL, judged

END = "</body>\n</html>\n"
LIST = (
    "<ul><li><a href='https://a.example.com/'>казино онлайн</a></li><li><a href='https://b.example.com/'>ставки</a>"
    "</li><li><a href='https://c.example.com/'>бонус казино</a></li></ul>"
)
TITLED = ENGLISH.replace("<body>\n", "<body>\n<h1>Village library</h1>\n")
LINKS = "".join(f"<a href='https://{name}.example.com/'>казино {name}</a>" for name in "abcd")
NEWS = '<h3 class="t">News</h3>\n<p>Looms.</p>\n<h3 class="t">Visit</h3>\n<p>Daily.</p>\n<h4 id="m">Map</h4>\n'


def _cut(page: str, spam: str) -> str:
    """The page without some spam and what opens it."""
    raw = page.encode()
    start = raw.index(spam.encode())
    parsed, root, scene = scene_of(raw)
    stretch = stretches_in(scene, [(start, start + len(spam.encode()))])[0]
    plans = plans_of(parsed, root, scene, [block(Kin(scene).with_openers(stretch))])
    return splice(parsed.raw, sorted({edit for plan in plans for edit in plan.edits}), parsed.codec).decode()


def _squeezed(page: str) -> str:
    return "".join(page.split())


def _goes(before: str, opener: str, spam: str, behind: str, head: str = ENGLISH) -> None:
    left = _cut(head + before + opener + spam + behind + END, spam)
    assert _squeezed(left) == _squeezed(head + before + behind + END)


def _stays(before: str, own: str, spam: str, behind: str, head: str = ENGLISH) -> None:
    left = _cut(head + before + own + spam + behind + END, spam)
    assert _squeezed(left) == _squeezed(head + before + own + behind + END)


@pytest.mark.parametrize("opener", ["<h3>Partners</h3>", "<h3>Featured Sites</h3>", "<h4>Blogroll:</h4>"])
@pytest.mark.parametrize("behind", ["<div>The mill is open.</div>\n", "\n<p>The mill is open.</p>\n"])
def test_a_bare_heading_goes_where_the_pages_have_names(opener: str, behind: str) -> None:
    _goes(NEWS, opener, LIST, behind)


@pytest.mark.parametrize("behind", ["</div>\n", "\n<h3>Opening hours</h3>\n<p>Nine to five.</p>\n</div>\n"])
def test_a_heading_over_nothing_goes(behind: str) -> None:
    _goes("<div><h2>Looms</h2>\n<p>Seven.</p>\n", "<h3>Links</h3>", LIST, behind)


def test_a_heading_in_another_language_than_the_page_goes() -> None:
    head = "<!DOCTYPE html>\n<html lang='pt-BR'><head><title>Teares</title></head><body>\n<h3>Teares do vale</h3>\n"
    _goes("<p>Os teares foram consertados.</p>\n", "<h3>Resources</h3>", LIST, "<p>Visitas diárias.</p>\n", head)
    _stays("<p>Os teares foram consertados.</p>\n", "<h3>Links</h3>", LIST, "<p>Visitas diárias.</p>\n", head)


@pytest.mark.parametrize(
    "own",
    ["<h3>Partners</h3>\n", '<h3 class="t">Partners</h3>', "<h3>Looms of the valley</h3>", "<h3>Links to weavers</h3>"],
    ids=["apart", "named", "words", "more"],
)
def test_a_heading_of_the_pages_own_stays(own: str) -> None:
    _stays(NEWS, own, LIST, "<div>The mill is open.</div>\n")


def test_a_heading_stays_where_something_else_may_be_under_it() -> None:
    _stays("<h3>News</h3>\n<p>Looms.</p>\n", "<h3>Partners</h3>", LIST, "<div>The mill is open.</div>\n")
    _stays(NEWS, "<h3>Partners</h3>", LIST, "<ul><li>The mill</li></ul>\n")
    _stays("<h3>News</h3><p>Looms.</p>\n", "<h3>Partners</h3>", LIST, "")


@pytest.mark.parametrize("name", ["<b>Tolmi</b>: ", "<strong>Tolmi</strong> - ", "<cite>Tolmi</cite>："])
def test_the_name_of_who_says_it_goes(name: str) -> None:
    said = "лучшее казино онлайн без депозита <a href='https://a.example.com/'>казино</a></p>\n"
    page = ENGLISH + f"<p>{name}{said}" + END
    assert _squeezed(_cut(page, said.removesuffix("</p>\n"))) == _squeezed(ENGLISH + END)


def test_a_name_stays_with_what_else_it_says() -> None:
    said = "лучшее казино онлайн без депозита"
    own = "<p><b>Tolmi</b>: {} <i>The looms are lovely.</i></p>\n"
    assert "<b>Tolmi</b>" in _cut(ENGLISH + own.format(said) + END, said)


def test_the_cells_before_go_with_their_row() -> None:
    row = "<tr><td>Tolmi</td><td>NY</td><td>{}</td></tr>"
    said = "<a href='https://a.example.com/'>казино онлайн</a> бонус"
    page = ENGLISH + f"<table>{row.format(said)}</table>\n" + END
    assert _squeezed(_cut(page, said)) == _squeezed(ENGLISH + END)


def test_the_name_of_a_value_stays() -> None:
    said = "<a href='https://a.example.com/'>казино онлайн</a> бонус"
    assert "<td>Website</td>" in _cut(
        ENGLISH + f"<table><tr><td>Website</td><td>{said}</td></tr></table>\n" + END, said
    )


@pytest.mark.parametrize("box", ["div", "article"])
def test_a_second_title_goes_with_its_box(box: str) -> None:
    page = f"<{box} class='post'><h1>Mirvane</h1>{LINKS}</{box}>\n"
    assert _squeezed(_cut(TITLED + page + END, LINKS)) == _squeezed(TITLED + END)
    assert "Mirvane" in _cut(ENGLISH + page + END, LINKS)


@pytest.mark.parametrize("title", ["<h1>Mirvane</h1>\n", "<h2>Mirvane</h2>", "<h1 class='t'>Mirvane</h1>"])
def test_the_title_of_a_box_of_the_page_stays(title: str) -> None:
    assert title.strip() in _cut(TITLED + f"<div class='post'>{title}{LINKS}</div>\n" + END, LINKS)


@pytest.mark.parametrize(("least", "left"), [(0.96, 1), (0.9, 2)])
def test_blocks_that_are_all_of_a_table_are_one(least: float, left: int) -> None:
    rows = ["<tr><td>Rob</td><td>NY</td><td>казино</td></tr>", "<tr><td>Ann</td><td>LA</td><td>ставки</td></tr>"]
    raw = (ENGLISH + f"<table>{rows[0]}{rows[1]}</table>\n" + END).encode()
    scene = scene_of(raw)[2]
    places = [(raw.index(row.encode()), raw.index(row.encode()) + len(row.encode())) for row in rows]
    first, second = (block(stretch) for stretch in stretches_in(scene, places))
    blocks = [dataclasses.replace(first, probability=0.99), dataclasses.replace(second, probability=least)]
    join_in_a_list(blocks, Kin(scene))
    assert len(blocks) == left
    assert blocks[-1].probability == least


def test_a_line_leads_to_nothing_in_a_value() -> None:
    words = "cheap replica watches, rolex replica, free shipping, replica handbags, wholesale jerseys, cheap jerseys"
    spam = f'<a href="https://a.example.com/" title="{words}"></a>\n'
    own = "<p><strong>For:</strong></p>\n{}<ul><li>The looms are quick.</li></ul>\n"
    assert judged(HEAD + BODY + own.format(spam) + TAIL)[2] == HEAD + BODY + own.format("") + TAIL


SAID = "<dl><dd><a href='https://%s.example.net'>https://%s.example.net</a></dd><dd>казино онлайн</dd></dl>"


@pytest.mark.parametrize(("name", "host"), [("sunnybetvip", "sunnybet"), ("sunnybet", "sunnybet88")])
@pytest.mark.parametrize("box", ["user-bio", "profile"])
def test_the_name_over_a_profile_goes_where_its_site_is_called_so(name: str, host: str, box: str) -> None:
    said = SAID % (host, host)
    page = ENGLISH + f'<div class="{box}"><h3>{name}</h3>{said}</div>\n' + END
    assert _squeezed(_cut(page, said)) == _squeezed(ENGLISH + END)


@pytest.mark.parametrize(
    ("name", "box"), [("Mary", "user-bio"), ("Mary of the sunnybet", "user-bio"), ("sunnybet", "column")]
)
def test_another_name_stays(name: str, box: str) -> None:
    said = SAID % ("sunnybet", "sunnybet")
    page = ENGLISH + f'<div class="{box}"><h3>{name}</h3>{said}</div>\n' + END
    assert name in _cut(page, said)
