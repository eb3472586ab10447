"""What is hung below a page and told by its build: articles about one name, profiles, guest books, fallbacks, farms."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

NOTICED = '<p>The program answers <samp id="answer">ready</samp>.</p>\n'
"""Nothing wrong, but hardly any page calls such an element by an id: the page is looked at closely."""
"""Not every page is read for what stands on it; one with this is."""

ARTICLE = (
    "<h2>Why do players choose {0}?</h2>\n<p><strong>{0}</strong> is a reliable platform with a large choice.</p>\n"
    '<h3>How do I register at {0}?</h3>\n<p>Open the <a href="https://{1}.example.net/">official {0} page</a>, make a '
    "first deposit and take the welcome bonus.</p>\n<h3>Is a withdrawal at {0} safe?</h3>\n<p>Yes, within a day.</p>\n"
    "<p><b>Does {0} have an app?</b> It does.</p>\n"
)


@pytest.mark.parametrize("name", ["Nordaspin", "HalimbawaBet", "Kwerto24", "Zilvano", "MUSTERLUX"])
@pytest.mark.parametrize("wrapper", ["{}", "<div class=extra>\n{}</div>\n"])
def test_an_article_about_a_name_that_the_page_knows_nothing_of_is_shown(name: str, wrapper: str) -> None:
    article = wrapper.format(ARTICLE.format(name, name.lower()))
    verdict, findings, cleaned = judged(HEAD + BODY + article + TAIL)
    assert verdict == "infected"
    assert {finding.disposition for finding in findings} == {"review"}
    assert cleaned == HEAD + BODY + article + TAIL


RECIPE = (
    "<h2>What is Kombucha?</h2>\n<p><strong>Kombucha</strong> is tea that was left to ferment.</p>\n"
    '<h3>How do I make Kombucha?</h3>\n<p>Take a culture from <a href="https://kombucha.example.net/">a friend</a>'
    ", sugar and tea.</p>\n<h3>How long does Kombucha keep?</h3>\n<p>Long.</p>\n<p><b>Is Kombucha sour?</b> Yes.</p>\n"
)


@pytest.mark.parametrize(
    "body",
    [
        RECIPE,
        "<p>This month the library shows Nordaspin at work.</p>\n" + ARTICLE.format("Nordaspin", "nordaspin"),
        ARTICLE.format("Nordaspin", "nordaspin").replace("https://nordaspin.example.net/", "/nordaspin"),
    ],
)
def test_what_the_page_is_about_and_a_recipe_stay(body: str) -> None:
    assert not [f for f in judged(HEAD + BODY + body + TAIL)[1] if f.rule == "appended-article"]


PROFILE = (
    '<div class="user"><h2>{0}</h2><p>គេហទំព័រផ្លូវការ<br>Website: <a href="https://{1}.example.net/">https://{1}.example.net/</a>'
    "<br>{2}</p></div>\n"
)


@pytest.mark.parametrize(
    ("name", "host", "rest"),
    [
        ("angkorwin168", "angkorwin", "Hotline: 000 000 000"),
        ("vidutai88", "vidutai88", "#vidutai #trangchu"),
        ("contoh777", "www.contoh777", "WhatsApp: 000-000"),
        ("exemplobet99", "exemplobet", "Telegram @exemplobet"),
        ("musterplay365", "musterplay365", "#muster #play #best"),
    ],
)
def test_a_profile_called_like_an_operator_is_shown(name: str, host: str, rest: str) -> None:
    verdict, findings, _ = judged(HEAD + BODY + PROFILE.format(name, host, rest) + NOTICED + TAIL)
    assert (verdict, findings[0].disposition) == ("infected", "review")


@pytest.mark.parametrize(
    ("name", "host", "rest"),
    [
        ("Anna Berg", "annaberg", "Hotline: 000 000 000 #garden #books"),
        ("rosegarden88", "blog", "Phone: 000 000"),
        ("rosegarden88", "rosegarden", "Roses, bees and bread since my first spring here"),
    ],
)
def test_a_gardener_s_profile_stays(name: str, host: str, rest: str) -> None:
    page = HEAD + BODY + PROFILE.format(name, host, rest).replace("គេហទំព័រផ្លូវការ", "I grow roses.") + NOTICED + TAIL
    assert judged(page)[0] == "clean"


@pytest.mark.parametrize("kind", ["row", "entry", "post odd", "gb_row", "msg"])
def test_rows_of_a_guest_book_are_known_by_the_one_beside_them(kind: str) -> None:
    rows = (
        f'<div class="{kind}"><b>Larry</b><br>[url=https://x.example.net/]instant payday cash bad credit[/url]</div>\n'
        f'<div class="{kind}"><b>Harry</b><br>[url=https://y.example.net/]stromectol without prescription[/url]</div>\n'
    )
    restores(body=rows, rule="entered-links")


@pytest.mark.parametrize(
    "called",
    ['class="kommentar"', 'itemprop="comment"', 'class="yorum"', 'class="c" itemtype="https://schema.org/Comment"'],
)
def test_a_visitor_who_links_his_place_in_every_way_is_shown(called: str) -> None:
    comment = (
        f'<div {called}><a href="https://p.example.net/">Iznimka</a><p>Lijepa stranica, hvala. '
        '<a href="https://p.example.net/a">igre na sreću</a> [url=https://p.example.net/b]besplatno[/url]</p></div>\n'
    )
    verdict, findings, _ = judged(HEAD + BODY + comment + TAIL)
    assert (verdict, {finding.disposition for finding in findings}) == ("infected", {"review"})


def test_a_visitor_who_links_his_place_twice_stays() -> None:
    silent(
        body='<div class="kommentar"><a href="https://p.example.net/">Ines</a><p>Schön war es. Mehr davon '
        '<a href="https://p.example.net/fotos">auf meiner Seite</a>.</p></div>\n'
    )


@pytest.mark.parametrize(
    "names",
    [
        ("spletna igralnica", "igralni avtomati", "hitra posojila"),
        ("Töne", "Singles", "Kredit"),
        ("ringtones", "loans", "dating"),
        ("Tarot", "Prêt", "Voyance"),
        ("zdravila", "ure", "igre na srečo", "krediti"),
    ],
)
def test_links_to_many_sites_for_browsers_without_scripts_are_shown(names: tuple[str, ...]) -> None:
    links = " ".join(
        f'<a href="https://{at}.example.{"net" if at % 2 else "com"}/">{name}</a>' for at, name in enumerate(names)
    )
    for box in ("{}", "<div>{}</div>", "<ul><li>{}</ul>"):
        page = HEAD + BODY + NOTICED + f"<noscript>{box.format(links)}</noscript>\n" + TAIL
        assert judged(page)[0] == "infected"


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="https://stats.example.net/"><img src="https://stats.example.net/c.gif" alt="counter"></a>',
        'Please turn on scripts to read the <a href="https://talk.example.net/">comments</a>.',
        '<a href="/a">News</a> <a href="/b">Books</a> <a href="/c">Rooms</a> <a href="/d">Contact</a>',
        '<a href="https://a.example.net/1">English</a> <a href="https://a.example.net/2">Deutsch</a> <a href="https://a.example.net/3">Polski</a>',
    ],
)
def test_counters_sentences_and_menus_without_scripts_stay(inside: str) -> None:
    silent(body=NOTICED + f"<noscript>{inside}</noscript>\n")


@pytest.mark.parametrize(
    "item",
    [
        "<li><a href='http://{}.example.net/'>{}</a></li>",
        "<a href='//{}.example.net/{}'>town</a> ",
        "<p><a href='http://{}.example.net'>{}</a></p>",
    ],
)
def test_links_to_hosts_of_random_letters_go(item: str) -> None:
    hosts = (
        "otlie.fv kqotc.kr wbxmf.wx nffhb.dq scywm.zx jgvhx.zn yigmk.kz gwnbq.mp ahnxd.td ysggk.ac raqcs.pr ncmgv.yc"
    )
    items = "".join(item.format(host, name) for host, name in zip(hosts.split(), "abcdefghijkl", strict=True))
    restores(body=NOTICED + f"<div>{items}</div>\n", kept_body=NOTICED, rule="random-hosts")


def test_the_offices_of_an_authority_stay() -> None:
    hosts = ["bdx", "dxx", "fsx", "hqx", "jlx", "klx", "nwx", "pgx", "szx", "wtx", "xfx", "yps"]
    items = "".join(f"<li><a href='http://{host}.example.net/'>{host} office</a></li>" for host in hosts)
    towns = [
        "aberdeen",
        "bristol",
        "cardiff",
        "derby",
        "exeter",
        "falmouth",
        "glasgow",
        "harwich",
        "ipswich",
        "kendal",
        "leeds",
        "margate",
    ]
    more = "".join(f"<li><a href='http://{town}.example.com/'>{town}</a></li>" for town in towns)
    silent(body=NOTICED + f"<ul>{items}</ul>\n<ul>{more}</ul>\n")


RUSSIAN = (
    "<!doctype html>\n<html><head><title>Библиотека</title></head>\n<body>\n<h1>Библиотека посёлка</h1>\n"
    "<p>Мы открыты с девяти до пяти. Возьмите с собой читательский билет и спросите список новых книг.</p>\n"
)
TRUSTED = (
    "<h2>Is Ravikko a Trusted Site?</h2><p>Ravikko pays every deposit bonus within a day, and each withdrawal in "
    'minutes.</p><h3>How to Join Ravikko</h3><ol><li>Open <a href="https://ravikko.example.net/">Ravikko now</a>.</li>'
    '<li>Take the bonus.</li></ol><h3>Ravikko Support</h3><p>It answers at <a href="https://ravikko.example.net/x">'
    "Ravikko help</a>.</p>\n"
)


def test_an_article_that_the_readers_of_a_page_cannot_read_goes() -> None:
    _, findings, cleaned = judged(RUSSIAN + TRUSTED + TAIL)
    assert [finding.rule for finding in findings] == ["appended-article"]
    assert cleaned == RUSSIAN + TAIL


def test_an_article_in_the_language_of_the_page_is_for_review() -> None:
    _, findings, cleaned = judged(HEAD + BODY + TRUSTED + TAIL)
    assert [(finding.rule, finding.disposition) for finding in findings] == [("appended-article", "review")]
    assert cleaned == HEAD + BODY + TRUSTED + TAIL


def test_the_head_of_an_article_goes_with_a_block_in_it() -> None:
    german = (
        "<!doctype html>\n<html><head><title>Bücherei</title></head>\n<body>\n<h1>Dorfbücherei</h1>\n"
        "<p>Die Bücherei öffnet um neun und schließt um fünf. Fragen Sie am Tresen nach den neuen Büchern.</p>\n"
    )
    article = (
        "<h2>Denizbet Giriş Adresi Nedir?</h2><p>Denizbet, üyelerine güvenli bir bahis deneyimi sunar.</p>"
        '<h2>Denizbet Bonusları</h2><p>Yeni üyeler <a href="https://denizbet.example.com/">Denizbet giriş</a> ile %100 '
        "para yatırma bonusu kazanır.</p><h2>Denizbet Güvenilir mi?</h2><p>Denizbet lisanslı bir canlı bahis sitesidir."
        "</p>\n"
    )
    assert judged(german + article + TAIL)[2] == german + TAIL
