"""What is left of an entry, a list or a widget goes with what it was there for, and what stands beside it."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

SOLD = "Best online casino with no deposit bonus, live roulette and free slots for everybody who signs up today"
FIRST, SECOND = "https://golden-spins77.example.net/play", "https://slots-palace.example.org/bonus"
LINKS = f'<a href="{FIRST}">online casino no deposit bonus</a> <a href="{SECOND}">free slots real money</a>'
HONEST = HEAD + BODY + TAIL


def _cleaned(piece: str, body: str = BODY) -> str:
    return judged(HEAD + body + piece + TAIL)[2]


@pytest.mark.parametrize(
    "piece",
    [
        f'<div class="entry"><p>{SOLD}. {LINKS}</p><p>Website: <a href="{FIRST}">{FIRST}</a></p></div>\n',
        f'<table><tr><td>{SOLD}. {LINKS}</td></tr><tr><td>Web <a href="{FIRST}">{FIRST}</a></td></tr></table>\n',
        f"<aside><p><b>Sponsors:</b></p><p>{LINKS}</p></aside>\n",
        f"<div><b>Partnerlinks</b><br>{LINKS}</div>\n",
        f"<table><tr><th>Sponsorerede links</th></tr><tr><td>{LINKS}</td></tr></table>\n",
        f'<div class="sponsors"><p>{LINKS}</p></div>\n',
        f"<p>{SOLD} {LINKS}<br>WhatsApp: +1 555 010 4712</p>\n",
        f'<script src="https://cnt.golden-spins77.example.net/c.js"></script><p>{LINKS}</p>\n',
        f'<p>{LINKS}</p><a href="{FIRST}"><img src="https://golden-spins77.example.net/i.gif" alt=""></a>\n',
    ],
    ids=["website", "row", "sponsors", "compound", "head of a table", "shell", "contact", "script", "picture"],
)
def test_what_is_left_goes_with_it(piece: str) -> None:
    assert _cleaned(piece) == HONEST


@pytest.mark.parametrize(
    "own",
    [
        '<aside><b>Sponsors:</b> <a href="https://bakery.example.com/">Mill Lane Bakery</a></aside>\n',
        '<script src="https://stats.example.com/c.js"></script>\n',
        '<div id="app"></div>\n',
        "<h2>Friends</h2>\n<ul><li>The choir</li></ul>\n",
    ],
)
def test_what_the_page_has_beside_it_stays(own: str) -> None:
    assert _cleaned(f"{own}<p>{LINKS}</p>\n{own}") == HEAD + BODY + own + own + TAIL


def test_sentences_of_the_page_stay_before_what_was_added_to_their_paragraph() -> None:
    body = BODY + "<p>The old mill is closed on Mondays, and the boats lie at the quay until spring.{}</p>\n"
    spam = f" {SOLD} {LINKS}"
    assert judged(HEAD + body.replace("{}", spam) + TAIL)[2] == HEAD + body.replace("{}", "") + TAIL


@pytest.mark.parametrize("line", ["<br>--<br>", "<br />__________________<br />", " <br>==<br>"])
def test_a_signature_goes_with_the_line_above_it(line: str) -> None:
    body = BODY + "<p>Books may be returned at the mill.{}</p>\n"
    spam = f"{line}{LINKS}"
    assert judged(HEAD + body.replace("{}", spam) + TAIL)[2] == HEAD + body.replace("{}", "") + TAIL


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!--links-start-->", "<!--links-end-->"),
        ("<!-- Begin free-hit-counter code -->\n", "\n<!-- End free-hit-counter code -->"),
        ("<!--area s-->", "<!--area e-->"),
        ("<!-- do not remove this link, or the theme will stop working -->", ""),
        ("", '<legend id="wB6hK"></legend><ins dir="q9m"></ins>'),
        ("", '<hqp id="trmvxa"><wl class="ouzke"></wl></hqp>'),
        ("", "\n<!--eof-0b7-->"),
        ("<!-- wp:paragraph -->", "<!-- /wp:paragraph -->"),
    ],
)
def test_marks_of_tools_go(before: str, behind: str) -> None:
    assert _cleaned(f"{before}<p>{LINKS}</p>{behind}\n") == HONEST


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!-- sidebar s-->", "<!-- sidebar e-->"),
        ("", '<div id="slider"></div>'),
        ("<!-- col-12 -->", ""),
    ],
)
def test_what_is_no_mark_stays(before: str, behind: str) -> None:
    left = _cleaned(f"{before}<p>{LINKS}</p>{behind}\n")
    assert before in left
    assert behind in left
    assert "casino" not in left


def test_the_declaration_of_a_pasted_feed_goes() -> None:
    url = "<url><loc>https://hostel.example.org/?casino=online-casino-no-deposit-bonus</loc></url>"
    feed = f'<?xml version="1.0" encoding="UTF-8"?><urlset>{url}{url}</urlset>'
    page = HEAD + BODY + "</body></html>"
    assert judged(page + feed)[2] == page


def test_links_to_a_site_that_a_title_was_given_go() -> None:
    page = HEAD.replace("<title>", "<title>{}") + BODY.replace("nine to five.", "nine to five.{}") + TAIL
    title = "Online casino bonus: 150 free spins on your first deposit \u25b7 spinzorro.bet \u2013 "
    link = ' <a href="https://spinzorro.bet/?k=7">spinzorro entrance</a>'
    assert judged(page.replace("{}", title, 1).replace("{}", link, 1))[2] == page.replace("{}", "")


def test_a_paragraph_that_names_the_site_goes_and_one_that_does_not_stays() -> None:
    more = "<h2>Is Goldenspins77 safe?</h2>\n<p>Goldenspins77 is licensed, and pays at once.</p>\n"
    link = f'<p>{LINKS} <a href="https://goldenspins77.example/">online casino bonus</a></p>\n'
    assert _cleaned(link + more) == HONEST
    other = "<p>The mill is open on Sundays.</p>\n"
    assert _cleaned(link + other) == HEAD + BODY + other + TAIL


def test_what_stands_beside_a_block_goes_from_a_large_page_as_well() -> None:
    """The body of most pages is larger than any entry: what is beside a block is asked for all the same."""
    paragraphs = "".join(
        f"<p>On day {n} the river stood at {n} centimetres and the ferry left the quay on time.</p>\n"
        for n in range(400)
    )
    page = HEAD + BODY + paragraphs + "%s" + TAIL
    block = (
        "<h3>Partners</h3>\n"
        '<ul><li><a href="https://a.luckyspin.example.net/">online casino</a></li>'
        '<li><a href="https://b.luckyspin.example.net/">slot gacor</a></li>'
        '<li><a href="https://c.luckyspin.example.net/">viagra online</a></li></ul>\n'
    )
    assert judged(page % block)[2] == page % ""
