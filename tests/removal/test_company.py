"""What goes along with a block, and what stands beside it and stays: pages of our own, and the bytes that remain."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from spamguard.examine.grow import grown
from spamguard.examine.kin import Kin
from spamguard.removal.splice import splice
from tests.examine.scenes import block, cleaned, plans_of, scene_of, stretches_in

HEAD = b"<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
TEXT = b"<p>The library opens at nine in the morning.</p>\n<p>Bring your card with you.</p>\n"
END = b"</body>\n</html>\n"
LINK = b'<a href="http://a.example.com/">casino slots</a>'
LIST = b'<ul class="qwt"><li>' + LINK + b'</li><li><a href="http://b.example.net/">poker bonus</a></li></ul>'


def _cut(data: bytes, *known: bytes) -> tuple[bytes, str | None]:
    """The page without what is known to be spam and what belongs to it, and the doubt about it."""
    page, root, scene = scene_of(data)
    start, end = data.index(known[0]), data.index(known[-1]) + len(known[-1])
    kin = Kin(scene)
    blocks = [block(kin.with_kin(stretch)) for stretch in stretches_in(scene, [(start, end)])]
    plans = plans_of(page, root, scene, blocks)
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec), next((plan.doubt for plan in plans if plan.doubt), None)


@pytest.mark.parametrize(
    ("block", "known"),
    [
        (b"<h3>Partners</h3>" + LIST + b"\n", LIST),
        (b"<h3>Featured Sites</h3>" + LIST + b"\n", LIST),
        (
            b'<div class="comment" id="comment-12"><cite>'
            + LINK
            + b"</cite><p>What a fine page, thank you.</p></div>\n",
            LINK,
        ),
        (b"<table><tr><td>Korvale</td><td>XB</td><td>" + LINK + b"</td></tr></table>\n", LINK),
        (b"<p><b>Korvale</b>: Play now at " + LINK + b"</p>\n", b": Play now at " + LINK),
        (b"<br>Play now at " + LINK + b"<br>\n", b"Play now at " + LINK),
        (b"<div>partner: " + LINK + b"</div>\n", LINK),
        (b"<p>Powered by " + LINK + b"</p>\n", LINK),
        ("热门资源推荐：\n<p>在线赌场</p><p>百家乐平台</p>\n".encode(), "<p>在线赌场</p><p>百家乐平台</p>".encode()),
    ],
    ids=["partners", "featured", "comment", "row", "speaker", "breaks", "lead-in", "credit", "loose lead-in"],
)
def test_what_leads_to_a_block_goes_with_it(block: bytes, known: bytes) -> None:
    assert _cut(HEAD + TEXT + block + END, known) == (HEAD + TEXT + END, None)


def test_a_place_of_the_site_that_stood_empty_stays_and_an_entry_among_others_goes() -> None:
    spam = b"<p>" + LINK + b"</p>"
    place = b'<div class="menu-overlay">%s</div>\n'
    entries = b'<div class="entry"><p>We liked it.</p></div>\n'
    assert _cut(HEAD + place % spam + TEXT + END, LINK) == (HEAD + place % b"" + TEXT + END, None)
    entry = b'<div class="entry">' + spam + b"</div>\n"
    assert _cut(HEAD + TEXT + entries + entry + END, LINK) == (HEAD + TEXT + entries + END, None)


def test_the_rows_that_machines_have_filled_go_together() -> None:
    ours = b"<tr><td>Ida Sample</td><td>Millbrook</td><td>black hollyhock</td></tr>\n"
    raw = b"<tr><td>Korvale</td><td>XB</td><td>&lt;a href=%s&gt;casino slots&lt;/a&gt; &lt;a hr</td></tr>\n"
    code = b"<tr><td>Zelmore</td><td>QX</td><td>[url=//b.example.net]poker bonus[/url]</td></tr>\n"
    link = b"<tr><td>Vanilde</td><td>PT</td><td>" + LINK + b"</td></tr>\n"
    before, after = HEAD + b"<table>\n" + ours, ours + b"</table>\n" + END
    assert _cut(before + raw % b"//a.example.com" + link + code + after, LINK) == (before + after, None)


def test_an_entry_of_a_guest_book_goes_whatever_it_is_called() -> None:
    entry = b'<li class="entry"><b>%s</b> %s</li>\n'
    before = HEAD + b'<ol class="guestbook">\n' + entry % (b"Ida", b"The roses were fine.")
    after = entry % (b"Tom", b"See you in May.") + b"</ol>\n" + END
    spam = entry % (b"Korvale", b"What a fine page. " + LINK)
    assert _cut(before + spam + after, LINK) == (before + after, None)


@pytest.mark.parametrize("cut", [b"<b></b>", b"<!--7-->", b"<wbr>", b'<span class="x"></span>'])
def test_the_rest_of_a_word_that_was_cut_in_two_goes_with_it(cut: bytes) -> None:
    words = b"<p>ca" + cut + b"sino slots, poker bo" + cut + b"nus</p>\n"
    known = b"sino slots, poker bo"
    assert _cut(HEAD + TEXT + words + END, known) == (HEAD + TEXT + END, None)


def test_what_leads_to_the_next_paragraph_stays() -> None:
    before = HEAD + b"<p>Write <code>utf-8</code>. For example:</p>\n"
    assert _cut(before + LIST + b"\n" + END, LIST)[0] == before + END


def test_a_chinese_grid_of_places_goes_with_the_keyword_in_it() -> None:
    places = [f"{name}县" for name in "凤桦西安河清平瑞浦长德东石大海永"]
    cells = "".join(f"<li>{place}</li>" for place in [*places[:7], "在线赌场", *places[7:]])
    grid = f"<ul>{cells}</ul>\n".encode()
    assert _cut(HEAD + TEXT + grid + END, "在线赌场".encode()) == (HEAD + TEXT + END, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<h3>Partners</h3>", b"<ul><li>Village school</li></ul>\n"),
        (b"<h3>Opening hours</h3>\n", b"<p>Nine to five.</p>\n"),
    ],
    ids=["a list of its own", "another heading"],
)
def test_a_heading_of_the_page_stays(before: bytes, after: bytes) -> None:
    result, _ = _cut(HEAD + before + LIST + after + END, LIST)
    assert result == HEAD + before + after + END


def test_a_comment_that_others_answer_loses_only_the_link() -> None:
    answer = b'<div class="comment">See you at nine.</div>'
    data = HEAD + b'<div class="comment"><cite>' + LINK + b"</cite><p>Thank you.</p>" + answer + b"</div>\n" + END
    result, _ = _cut(data, LINK)
    assert answer in result
    assert b"<p>Thank you.</p>" in result


def test_of_a_comment_into_which_a_hidden_box_was_put_only_the_box_goes() -> None:
    comment = HEAD + b'<div class="comment"><cite>Ida Sample</cite><p>See you at nine.</p>%s</div>\n' + END
    for box in (b'<div style="display:none">%s</div>', b'<span style="position:absolute;left:-9999px">%s</span>'):
        assert _cut(comment % (box % LINK), LINK) == (comment % b"", None)
    seen = b'<div style="margin:0">%s</div>' % LINK
    assert _cut(comment % seen, LINK)[0] == HEAD + END


def test_a_row_with_more_than_names_keeps_them() -> None:
    entry = b"<tr><td>The library opens at nine in the morning on Mondays.</td><td>%s</td></tr>"
    result, _ = _cut(HEAD + b"<table>" + entry % LINK + b"</table>\n" + END, LINK)
    assert result == HEAD + b"<table>" + entry % b"" + b"</table>\n" + END


@pytest.mark.parametrize("title", [False, True], ids=["meta alone", "with proof"])
def test_foreign_head_tags_go_with_the_spam_among_them(title: bool) -> None:
    own = b'<meta charset="utf-8">\n<link rel="canonical" href="https://library.example.org/">\n'
    meta = b'<meta property="og:title" content="casino slots poker bonus">'
    proof = b'\n<meta name="google-site-verification" content="Qx3fT8">' if title else b""
    spam = b'<link rel="amphtml" href="https://a.example.com/amp/">' + proof + b"\n" + meta
    spam += b'\n<link rel="canonical" href="https://a.example.com/">\n'
    page = b"<html>\n<head>\n%s<title>Village library</title>\n%s</head>\n<body>\n" + TEXT + END
    assert _cut(page % (own, spam), b"casino slots poker bonus") == (page % (own, b""), None)


def test_the_sites_own_head_tags_beside_spam_stay() -> None:
    own = b'<link rel="amphtml" href="https://library.example.org/amp/">\n'
    own += b'<meta name="google-site-verification" content="Qx3fT8">\n'
    spam = b'<meta name="description" content="casino slots poker bonus">\n'
    page = b'<html>\n<head>\n%s%s</head>\n<body>\n<p><a href="https://library.example.org/">Read here.</a></p>\n' + END
    assert _cut(page % (own, spam), b"casino slots poker bonus")[0] == page % (own, b"")


def test_a_mark_behind_the_end_of_the_page_goes_with_its_pair() -> None:
    page = HEAD + TEXT + b"%s</body>\n</html>%s\n"
    data = page % (b"<nqzv7><div hidden>" + LINK + b"</div>", b"<nqzv3>")
    assert _cut(data, LINK) == (page % (b"", b""), None)


def test_the_end_of_the_page_stays_before_what_stands_behind_it() -> None:
    early = b"<!-- </body></html> -->\n"
    data = HEAD + early + TEXT + END + b"<div hidden>" + LINK + b"</div>\n"
    assert _cut(data, LINK)[0] == HEAD + early + TEXT + END


def test_a_style_beside_a_block_goes_though_its_class_is_in_use() -> None:
    before = HEAD + b"<div class=box>Read here.</div>\n" + TEXT
    spam = b"<style>.box{display:table-column}</style><div class=box>" + LINK + b"</div>\n"
    assert _cut(before + spam + END, LINK)[0] == before + END


def test_a_comment_goes_whole() -> None:
    spam = b'<!-- tags: <a href="http://a.example.com/x" target="_blank">casino slots</a> poker bonus -->\n'
    assert _cut(HEAD + TEXT + spam + END, b"casino slots</a> poker bonus")[0] == HEAD + TEXT + END


def test_a_comma_parts_a_title() -> None:
    page = b'<html>\n<head>\n<title>%s</title>\n</head>\n<body><img alt="Reading room of the library%s">\n</body>\n'
    spam = b", casino slots, poker bonus, online roulette"
    assert _cut(page % (b"Village library", spam), spam) == (page % (b"Village library", b""), None)


def test_a_title_loses_all_that_is_written_in_the_blocks_script() -> None:
    page = "<html>\n<head>\n<title>%s</title>\n</head>\n<body><p>Read here.</p></body>\n"
    data = (page % "財布 激安|時計コピー|家電|Village library").encode()
    assert _cut(data, "財布 激安|時計コピー".encode()) == ((page % "Village library").encode(), None)


def test_a_page_on_one_line_ends_without_a_line_end_again() -> None:
    page = b"<html><body><p>Read here.</p></body></html>"
    assert cleaned(page, b"\n<div hidden>" + LINK + b"</div>\n", b"") == (page, None)


def test_empty_lines_of_the_page_stay() -> None:
    assert (
        cleaned(HEAD + TEXT + b"\n\n\n", b"<div hidden>" + LINK + b"</div>\n", END)[0] == HEAD + TEXT + b"\n\n\n" + END
    )


def test_an_icon_in_the_same_entry_stays() -> None:
    page = b'<body>\n<ul>\n<li class=share>%s<a href="/share"><i class="icon-mail"></i></a></li>\n</ul>\n</body>\n'
    spam = b'<span style="position:absolute;left:-9999px">' + LINK + b"</span>"
    assert _cut(page % spam, LINK)[0] == page % b""


def test_a_block_does_not_grow_over_what_looks_honest() -> None:
    data = HEAD + b"<div><p>Ad hidden.</p><p>casino slots, poker bonus, online roulette</p></div>\n" + END
    _, _, scene = scene_of(data)
    spam = stretches_in(scene, [(data.index(b"casino"), data.index(b"roulette") + 8)])
    honest = dataclasses.replace(scene, scores=np.asarray([-2.0 if "Ad" in i.text else 5.0 for i in scene.items]))
    assert grown(honest, spam, to_cut=True) == spam
    assert grown(scene, spam, to_cut=True) != spam
