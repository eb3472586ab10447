"""What a torn tag swallows is the page's own: it stays to the byte, and the spam before the tag goes all the same."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

NAMES = ("buy viagra online", "cialis generic", "cheap tramadol", "levitra online", "kamagra without prescription")
LINKS = [f'<a href="http://r{number}.example.net/">{name}</a>' for number, name in enumerate(NAMES)]
ROWS = "".join(f"<tr><td>bob</td><td>{link}</td></tr>\n" for link in LINKS)
GUEST = "<tr><td>Anna</td><td>Lovely library, my children drew the fish.</td></tr>\n"
REST = (
    "\n<p>The reading room has a window to the river.</p>\n<h2>Rules</h2>\n"
    '<p{}>Dry boots only. Bring <a href="/tea">tea</a>.</p>\n<p>Closed on Mondays.</p>\n'
)
TORN = (
    '<a href="http://rx.exa',
    "<a href='http://rx.exa",
    '<img alt="x" src="http://rx.exa',
    '<b title="',
    '<a rel=nofollow href="http://rx.exa>buy cialis</a>',
)


@pytest.mark.parametrize("named", [' class="rules"', ""], ids=["near", "far"])
@pytest.mark.parametrize("torn", TORN)
@pytest.mark.parametrize(
    "place",
    [
        "<table>" + GUEST + ROWS + "<tr><td>bob</td><td>{}</td></tr></table>",
        "<table>" + ROWS + "<tr><td>bob</td><td>[url=http://q.example.net]buy viagra online[/url] {}</td></tr></table>",
        "<ul>" + "".join(f"<li>{link}</li>" for link in LINKS) + "<li>{}</li></ul>",
        '<div style="display:none">' + " ".join(LINKS) + " {}</div>",
    ],
    ids=["rows", "form", "list", "hidden"],
)
def test_what_a_torn_tag_swallows_stays(place: str, torn: str, named: str) -> None:
    rest = REST.format(named)
    _, findings, cleaned = judged(HEAD + BODY + place.format(torn) + rest + TAIL)
    assert findings
    assert cleaned.startswith(HEAD + BODY)
    assert cleaned.endswith(rest + TAIL)


def test_the_spam_before_it_goes() -> None:
    place = "<table>" + GUEST + ROWS + '<tr><td>bob</td><td><a href="http://rx.exa</td></tr></table>'
    cleaned = judged(HEAD + BODY + place + REST.format("") + TAIL)[2]
    assert "tramadol" not in cleaned
    assert GUEST.strip() in cleaned


def test_values_that_hold_markup_are_not_torn() -> None:
    block = "".join(f'<li title="<b>more</b> of <i>it</i>">{link}</li>' for link in LINKS)
    page = HEAD + BODY.rstrip() + "{}" + REST.format("") + TAIL
    assert judged(page.format(f"\n<ul>{block}</ul>"))[2] == page.format("")


def test_a_list_of_one_hand_goes_with_the_links_that_swallow_each_other() -> None:
    names = ("Slot Gampang Maxwin", "Toto Online Resmi", "Daftar Akun Gacor", "Agen Parlay", "Slot Deposit 5rb")
    links = "".join(f'<li><a href="https://k.example.org/{at}">{name}</a>\n' for at, name in enumerate(names))
    torn = "<a herf='https://k.example.org/{}>Bonus New Member</a></br>\n"
    block = f'<div style="display:none"><ul>\n{links}{torn.format(7)}{links}{torn.format(8)}</ul></div>\n'
    page = HEAD + BODY + "<p>The weir is mended.</p>\n{}" + TAIL
    assert judged(page.format(block))[2] == page.format("")
