"""What was written around a block and goes with it, and what a site had there before and keeps."""

from __future__ import annotations

import pytest

from spamguard.findings import Span
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.removal.emptied import lists_in, with_emptied
from spamguard.removal.splice import splice
from tests.examine.scenes import cleaned, plans_for
from tests.removal.test_company import _cut as cut_with_kin

HEAD = b"<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
TEXT = b"<p>The library opens at nine in the morning.</p>\n<p>Bring your card with you.</p>\n"
END = b"</body>\n</html>\n"
LINKS = b'<a href="http://a.example.com/">casino slots</a> <a href="http://b.example.net/">poker bonus</a>'
OFF = b'<span style="position:absolute;top:-9999px">%s</span>' % LINKS
BOX = b"<p>%s</p>" % LINKS


@pytest.mark.parametrize(
    "block",
    [
        b'<div class="widget widget_text"><div class="textwidget">%s</div></div>\n' % OFF,
        b'<div class="panel bg2"><dl class="left-box"><dt>Name:</dt><dd>%s</dd></dl></div>\n' % LINKS,
        b'<div class="comment-body markdown"><div style="margin:0">%s</div></div>\n' % LINKS,
        b'<div class="kommentar-inhalt">%s</div>\n' % BOX,
        b'<article class="post"><div class="entry-content">%s</div></article>\n' % BOX,
        b'<div class="user_profile">%s</div>\n' % BOX,
        b'<section class="guestbook-entry" id="e41">%s</section>\n' % BOX,
        b'<div class="review-text">%s</div>\n' % BOX,
        b'<div class="comentario">%s</div>\n' % BOX,
        b'<aside class="widget_custom_html">%s</aside>\n' % OFF,
    ],
)
def test_a_wrapper_that_is_called_after_a_text_goes_with_it(block: bytes) -> None:
    assert cleaned(HEAD + TEXT, block, END) == (HEAD + TEXT + END, None)


@pytest.mark.parametrize(
    "place",
    [
        b'<div class="menu-overlay">%s</div>\n',
        b'<div class="ad-slot">%s</div>\n',
        b'<div id="slider">%s</div>\n',
        b'<div class="clearfix">%s</div>\n',
        b'<div class="comments" data-url="/comments/41">%s</div>\n',
        b'<div class="post" data-src="/post/41">%s</div>\n',
        b'<section class="banner">%s</section>\n',
        b'<div class="row">%s</div>\n',
        b'<div class="article-footer">%s</div>\n',
        b'<footer class="entry-meta">%s</footer>\n',
    ],
)
@pytest.mark.parametrize("block", [BOX, b'<div style="display:none">%s</div>' % LINKS], ids=["seen", "hidden"])
def test_a_place_that_scripts_and_styles_fill_stays(place: bytes, block: bytes) -> None:
    before, after = place.split(b"%s")
    assert cleaned(HEAD + TEXT + before, block, after + TEXT + END) == (HEAD + TEXT + place % b"" + TEXT + END, None)


_HIDES = b"<script>var b=document.getElementById('%s');b.style.display='none';</script>"


@pytest.mark.parametrize(
    ("around", "block"),
    [
        # What a script fills with advertisements stands empty without them.
        (b'<div class="wide-ad-wrap" id="mid3" data-options="300x250">%s</div>', b"<span>cheap pills online</span>"),
        (b'<section class="ad ad--hero">%s</section>', b"<p>cheap pills online</p>"),
        # A style sheet draws a picture on a link without words.
        (
            b'<div><div><a class="social s1" href="https://pictures.example.com/us"></a></div>%s</div>',
            b"<span>cheap pills online</span>",
        ),
        # What a page hides may hold what its scripts read.
        (
            b'<div id="root" style="display:none"><div id="cfg" data-site="town"></div>%s</div>',
            b"<p>cheap pills online</p>",
        ),
    ],
)
def test_what_a_page_keeps_for_its_scripts_and_styles_stays(around: bytes, block: bytes) -> None:
    whole, nothing = around % block, around % b""
    at = whole.index(block)
    before, after = (
        b"<body><p>Town news of today.</p>\n" + whole[:at],
        whole[at + len(block) :] + b"\n<p>More news.</p></body>",
    )
    assert cleaned(before, block, after) == (
        b"<body><p>Town news of today.</p>\n" + nothing + b"\n<p>More news.</p></body>",
        None,
    )


@pytest.mark.parametrize(
    "block",
    [
        b"<div id='hdn'><p>%s\n%s</div>\n" % (LINKS, _HIDES % b"hdn"),
        b"<div id=hdn>%s%s</div>\n" % (_HIDES % b"hdn", LINKS),
        b'<div id="hdn"><div>%s</div>%s</div>\n' % (LINKS, _HIDES % b"hdn"),
        b'<ul id="hdn"><li>%s</li><li>%s</li></ul>\n' % (LINKS, _HIDES % b"hdn"),
        b'<div class="hdn"><style>.hdn{display:none}</style>%s</div>\n' % LINKS,
        b'<div id="hdn"><style>#hdn{position:absolute;left:-9999px}#hdn a{color:#fff}</style>%s</div>\n' % BOX,
        b'<section id="hdn">%s<script>document.getElementById("hdn").style.left="-99em"</script></section>\n' % LINKS,
        b"<center id='hdn'>%s%s</center>\n" % (LINKS, _HIDES % b"hdn"),
        b'<p id="a1"><b id="a2">%s</b>%s%s</p>\n' % (LINKS, _HIDES % b"a1", _HIDES % b"a2"),
        b"<div id='hdn'>%s\n%s\n</div>\n" % (BOX, _HIDES % b"hdn"),
    ],
)
def test_what_hides_a_box_from_inside_goes_with_it(block: bytes) -> None:
    assert cleaned(HEAD + TEXT, block, END) == (HEAD + TEXT + END, None)


@pytest.mark.parametrize(
    "own",
    [
        b'<script>document.getElementById("menu").style.display="none"</script>',
        b"<script>var visits = 1;</script>",
        b"<style>#menu{display:none}</style>",
        b"<style>p{margin:0}</style>",
        b'<script src="/menu.js"></script>',
    ],
)
def test_a_script_or_sheet_of_the_pages_own_stays_with_its_box(own: bytes) -> None:
    menu = b'<ul id="menu"><li>Hours</li></ul>\n'
    before, after = HEAD + menu + b'<div id="foot">' + own, b"</div>\n" + END
    assert cleaned(before, b"<p>%s</p>" % LINKS, after) == (before + after, None)


@pytest.mark.parametrize(
    "block",
    [
        b"<i class=zz>%s</i>&nbsp;<b class=zz>%s</b>&nbsp;" % (LINKS, LINKS),
        "<i>{0}</i>\xa0<b>{0}</b>\xa0".format(LINKS.decode()).encode(),
    ],
)
def test_a_hard_space_behind_a_block_that_is_divided_by_such_goes(block: bytes) -> None:
    assert cleaned(HEAD + TEXT, block, END) == (HEAD + TEXT + END, None)


@pytest.mark.parametrize(
    "lead",
    [
        "Powered by",
        "Theme designed by",
        "Website developed by",
        "Proudly hosted by",
        "Theme by",
        "Site created by:",
        "Sponsored by",
        "Gesponsert von",
        "Réalisé par",
        "Diseñado por",
    ],
)
def test_the_words_before_a_credit_go_with_it(lead: str) -> None:
    block = f'<div id="credits">{lead} '.encode() + LINKS + b"</div>\n"
    assert cut_with_kin(HEAD + TEXT + block + END, LINKS) == (HEAD + TEXT + END, None)


def test_a_credit_of_the_pages_own_stays_without_the_second() -> None:
    own = b'<div id="credits">Theme designed by <a href="/ann">Ann</a>'
    page = HEAD + TEXT + own + b" &amp; hosted by " + LINKS + b"</div>\n" + END
    left, doubt = cut_with_kin(page, LINKS)
    assert (left.replace(b" </div>", b"</div>"), doubt) == (HEAD + TEXT + own + b"</div>\n" + END, None)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf"])
def test_the_order_mark_of_a_file_that_was_put_in_goes(mark: bytes) -> None:
    block = mark + b'<font style="position:absolute;left:-999em">' + LINKS + b"</font>\n"
    assert cleaned(HEAD + TEXT, block, END) == (HEAD + TEXT + END, None)
    page, plans = plans_for(mark + LINKS + TEXT, [(3, 3 + len(LINKS))])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    assert splice(page.raw, edits, page.codec) == mark + TEXT


def _left(page: bytes, *cut: bytes) -> bytes:
    """What is left of a page without some parts and the lists that hold nothing else."""
    spans = [Span(page.index(part), page.index(part) + len(part)) for part in cut]
    root = outline_of(view_of(read(page).raw))
    for span in reversed(with_emptied(lists_in(root), page, spans)):
        page = page[: span.start] + page[span.end :]
    return page


@pytest.mark.parametrize(
    ("whole", "cut"),
    [
        (b'<ol class="commentlist">\n<li>%s</li>\n</ol>', [b"<li>%s</li>"]),
        (b"<ul><li>one</li> <li>two</li></ul>", [b"<li>one</li>", b"<li>two</li>"]),
        (b"<table><tr><td>one</td></tr>\n</table>", [b"<tr><td>one</td></tr>"]),
        (b"<table><tbody><tr><td>one</td></tr></tbody></table>", [b"<tr><td>one</td></tr>"]),
        (b"<dl><dt>one</dt><dd>two</dd></dl>", [b"<dt>one</dt><dd>two</dd>"]),
        (b"<ul><!-- list --><li>one</li></ul>", [b"<li>one</li>"]),
    ],
)
def test_a_list_goes_with_its_last_entry(whole: bytes, cut: list[bytes]) -> None:
    assert _left(b"<p>a</p>" + whole + b"<p>b</p>", *cut) == b"<p>a</p><p>b</p>"


@pytest.mark.parametrize(
    ("page", "cut", "left"),
    [
        (b"<ul><li>one</li><li>two</li></ul>", b"<li>one</li>", b"<ul><li>two</li></ul>"),
        (b"<ul>Ours<li>one</li></ul>", b"<li>one</li>", b"<ul>Ours</ul>"),
        (b"<ul><li>one</li><p>Ours</p></ul>", b"<li>one</li>", b"<ul><p>Ours</p></ul>"),
        (b"<ul></ul><p>one</p>", b"<p>one</p>", b"<ul></ul>"),
        (b"<table><caption>Ours</caption><tr></tr></table>", b"<tr></tr>", b"<table><caption>Ours</caption></table>"),
        (b"<div><p>one</p></div>", b"<p>one</p>", b"<div></div>"),
    ],
)
def test_a_list_stays_with_what_is_left_of_it(page: bytes, cut: bytes, left: bytes) -> None:
    assert _left(page, cut) == left
