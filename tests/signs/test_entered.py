"""Form spam whose links were taken for text, and a vandal's line; tutorials and news of a break-in stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

TABLE = (
    "<table>\n<tr><td>Ida</td><td>runner beans</td></tr>\n{}<tr><td>Old Tom</td><td>only advice</td></tr>\n</table>\n"
)


@pytest.mark.parametrize(
    "link",
    [
        '&lt;a href="https://a.example.net/"&gt;no fax payday loans&lt;/a&gt; &lt;a href="https://b.example',
        "[url=https://c.example.net/]payday loans online[/url] [url=https://c.example.net/2]bad credit loans[/url]",
        '&lt;a class="x" rel="dofollow" href="https://a.example.net/"&gt;no fax payday loans&lt;/a&gt;',
        "&#60;a href=https://a.example.net/&#62;online casino bonus&#60;/a&#62;",
    ],
)
def test_the_row_goes_with_the_links_that_it_shows(link: str) -> None:
    row = f"<tr><td>LoanLoan</td><td>{link}</td></tr>\n"
    restores(body=TABLE.format(row), kept_body=TABLE.format(""), rule="entered-links")


@pytest.mark.parametrize(
    "body",
    [
        '<p>Write &lt;a href="https://www.example.org/"&gt;our library&lt;/a&gt; where the link shall stand.</p>\n',
        '<pre>&lt;a href="https://x.example.net/"&gt;online casino&lt;/a&gt;</pre>\n',
        TABLE.format("<tr><td>Kim</td><td>[url=https://seeds.example.net/]tomato seeds[/url]</td></tr>\n"),
    ],
)
def test_tutorials_code_and_honest_entries_stay(body: str) -> None:
    silent(body=body)


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Hacked By ExampleTeam</b> - greetz to all crew, your security is low</p>\n",
        "<h1>HACKED BY 3x4mpl3 CREW</h1>\n",
        "<center>This site has been defaced by ExampleCyberArmy!</center>\n",
    ],
)
def test_a_vandals_line_is_shown_and_never_cut_unasked(line: str) -> None:
    page = HEAD + BODY + line + TAIL
    verdict, findings, cleaned = judged(page)
    assert (verdict, [(f.rule, f.disposition) for f in findings], cleaned) == (
        "infected",
        [("defacement", "review")],
        page,
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p>Our site was hacked by unknown people in March; we restored it from the copy of the week before.</p>\n",
        "<h2>Hacked by hand: how the hedge is cut</h2>\n",
        "<p>Hacked by the police: how officers read the gang's messages.</p>\n",
        "<p><code>Hacked By ExampleTeam</code> is what visitors saw on Monday.</p>\n",
    ],
)
def test_who_tells_of_a_break_in_is_no_vandal(line: str) -> None:
    silent(body=line)


_ROWS = (
    '<tr><td>RobRob</td><td>LA</td><td>&lt;a href="//cash.example.net/"&gt;no fax payday loans&lt;/a&gt;</td></tr>',
    "<tr><td>JimJimov</td><td>TX</td><td>buy viagra online https://pills.example.org/buy-viagra-online</td></tr>",
    '<tr><td>AnnAnnton</td><td>OH</td><td>Order: <a href="//slots.example.com/">online casino bonus</a></td></tr>',
    "<tr><td>TimTimik</td><td>NY</td><td>[url=https://loans.example.net/]bad credit loans[/url]</td></tr>",
)


@pytest.mark.parametrize("joint", ["", "\n", "\n  "])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0), (2, 3, 1, 0), (0,)])
@pytest.mark.parametrize("table", ["<table>{}</table>\n", '<table class="gb"><tbody>\n{}\n</tbody></table>\n'])
def test_a_table_of_nothing_but_such_rows_goes_whole(joint: str, order: tuple[int, ...], table: str) -> None:
    restores(body=table.format(joint.join(_ROWS[index] for index in order)), rule="entered-links")


@pytest.mark.parametrize(
    "own",
    [
        "<tr><td>Ida</td><td>UK</td><td>Lovely reading room, thank you.</td></tr>\n",
        "<tr><td>Tom</td><td>IE</td><td>My own page about bees: https://bees.example.org/hives</td></tr>\n",
        '<tr><td>Eva</td><td>DE</td><td>See <a href="/news">the news</a> for the hours in June.</td></tr>\n',
    ],
)
def test_what_others_wrote_into_the_table_stays(own: str) -> None:
    table = "<table>\n{}</table>\n"
    body = table.format(f"{_ROWS[0]}\n{_ROWS[1]}\n{own}{_ROWS[3]}\n")
    restores(body=body, kept_body=table.format(own), rule="entered-links")


def test_a_comment_goes_with_the_link_that_is_its_author() -> None:
    comment = (
        '<div class="comment" id="comment-7"><span class="author"><a href="https://a.example.net/" '
        'rel="external nofollow ugc">replica watches</a></span><p>Ótimo artigo, obrigado. '
        "[url=https://a.example.net/x]no fax payday loans[/url]</p></div>\n"
    )
    assert judged(HEAD + BODY + comment + TAIL)[2] == HEAD + BODY + TAIL


def test_a_row_between_two_that_a_machine_filled_goes_with_them() -> None:
    shown = "&lt;a href=&quot;http://rx.example.com/&quot;&gt;{} no rx&lt;/a&gt; hello"
    rows = (
        f"<tr><td>DavidP</td><td>2019-03-11</td><td>{shown.format('gabapentin 300')}</td></tr>"
        "<tr><td>AnnaG</td><td>2019-03-11</td><td>Ð·Ð°ÑÐ°Ð±Ð¾Ñ http://x2.example.net double your coins</td></tr>"
        f"<tr><td>JoshH</td><td>2019-03-12</td><td>{shown.format('buy viagra')}</td></tr>"
    )
    assert judged(f'{HEAD}{BODY}<table class="gb">{rows}</table>\n{TAIL}')[2] == HEAD + BODY + TAIL


def test_what_a_torn_link_swallows_stays() -> None:
    rows = (
        "<tr><td>DavidP</td><td>&lt;a href=&quot;http://rx.example.com/&quot;&gt;gabapentin no rx&lt;/a&gt;</td></tr>"
        '<tr><td>JoshH</td><td><a href="http://rx.example.com/">gabapentin no rx</a> <a href="http://rx.exa</td></tr>'
    )
    after = '<p>The weir is mended.</p>\n<p class="note">See you on Friday.</p>\n'
    cleaned = judged(f"{HEAD}{BODY}<table>{rows}</table>\n{after}{TAIL}")[2]
    assert "gabapentin" not in cleaned
    assert after in cleaned


def test_a_row_whose_torn_link_swallows_the_next_is_for_review() -> None:
    torn = '<tr><td>LoanLoan</td><td>[url=https://c.example.net/]payday loans online[/url] <a href="http://rx.exa</td></tr>'
    next_row = '<tr><td>Ida</td><td><a href="https://beans.example.org/">runner beans</a></td></tr>'
    page = HEAD + BODY + TABLE.format(f"{torn}\n{next_row}\n") + TAIL
    _, findings, cleaned = judged(page)
    assert ("entered-links", "review") in {(finding.rule, finding.disposition) for finding in findings}
    assert cleaned == page


def test_rows_of_which_the_block_tells_go_though_they_show_no_tags() -> None:
    plain = (
        "<tr><td>EvaEvason</td><td>KY</td><td>I began with ten and have a house now, thanks to my manager. "
        '<a href="https://mixer.example.com/">online casino no deposit bonus</a></td></tr>'
    )
    table = f"<table>{_ROWS[2]}{_ROWS[0]}{_ROWS[3]}{plain}</table>\n"
    assert judged(HEAD + BODY + table + TAIL)[2] == HEAD + BODY + TAIL


def test_the_form_that_asks_for_comments_stays_when_spam_is_put_into_it() -> None:
    asks = (
        '<div class="comments">\n<div class="c1">Lovely jam, thank you.</div>\n'
        '<div id="respond"><h3>Leave a comment</h3><form action="/say"><p><textarea name="said"></textarea></p>{}'
        '<p><input type="submit" value="Send"></p></form></div>\n</div>\n'
    )
    row = '<tr><td>{}</td><td>&lt;a href="https://a.example.net/"&gt;no fax payday loans&lt;/a&gt;</td></tr>'
    spam = f"<table>{row.format('Zamo')}{row.format('Tarzo')}</table>"
    restores(body=asks.format(spam), kept_body=asks.format(""), rule="entered-links")
