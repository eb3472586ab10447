"""What came with a block goes with it, to the last of it, and what stands beside it stays."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard

_GUARD = Guard()
HEAD = '<html>\n<head>\n<meta charset="utf-8">\n<title>Village library</title>\n'
TEXT = (
    "<p>The library opens at nine in the morning and closes at five. Bring your card with you when you come for the "
    "first time, and ask at the desk for the list of books that we have bought in the spring.</p>\n<p>The reading "
    "room on the first floor is warm and bright. Who likes to sew or to sing is welcome there on Mondays. The choir "
    "has its own key and puts the chairs back where they were.%s</p>\n<p>On Saturdays the children read to the dog, "
    "who has heard worse.</p>\n"
)
END = "</body>\n</html>\n"


def _page(*, head: str = "", sentence: str = "", box: str = "") -> str:
    return HEAD + head + "</head>\n<body>\n" + TEXT % sentence + box + END


def _cleaned(page: str, *, unsafe: bool = False) -> str:
    return _GUARD.clean(page.encode(), path="page.html", unsafe=unsafe).data.decode()


@pytest.mark.parametrize(
    "sentence",
    [
        ' Wer lieber ohne Limit spielt, findet hier <a href="https://s.example.net/">Casino ohne OASIS</a> und mehr.',
        ' Läs också om <a href="https://s.example.net/">casino utan svensk licens</a> med snabba uttag.',
        ' Kto szuka szybkiej gotówki, wybiera <a href="https://s.example.net/">chwilówki bez BIK</a> od ręki.',
    ],
    ids=["de", "sv", "pl"],
)
def test_a_sentence_around_a_link_goes_whole(sentence: str) -> None:
    assert _cleaned(_page(sentence=sentence), unsafe=True) == _page()


def test_a_sentence_of_the_pages_own_stays_around_a_link() -> None:
    own = " Who comes with the children and the dog on Saturdays is welcome to"
    sentence = f'{own} <a href="https://s.example.net/">casino utan svensk licens</a> in the reading room.'
    assert own in _cleaned(_page(sentence=sentence), unsafe=True)


LINKS = (
    '<li><a href="https://a.example.org/">garden sheds</a></li>\n'
    '<li><a href="https://b.example.net/">cheap viagra no prescription</a></li>\n'
    '<li><a href="https://c.example.com/">same day payday loans</a></li>\n'
    '<li><a href="https://d.example.net/">online casino no deposit bonus</a></li>\n'
)


@pytest.mark.parametrize(
    "box",
    [
        '<aside class="widget"><h3>Places we like</h3>\n<ul>\n%s</ul></aside>\n',
        '<div class="widget widget_text"><h4>Utvalgte steder</h4><ul class="sponsored">\n%s</ul></div>\n',
        "<section class='box'><h3>Tipps der Woche</h3>\n<ul>\n%s</ul>\n</section>\n",
    ],
)
def test_the_heading_over_nothing_but_such_links_goes_with_them(box: str) -> None:
    assert _cleaned(_page(box=box % LINKS)) == _page()


def test_the_heading_over_something_else_stays() -> None:
    box = '<div class="info"><h3>Places we like</h3>\n%s<p>Ask the miller for the key to the mill.</p></div>\n'
    left = _cleaned(_page(box=box % f"<ul>\n{LINKS}</ul>\n"))
    assert left.split() == _page(box=box % "\n").replace("h3>\n\n<p", "h3><p").split()


@pytest.mark.parametrize(
    ("lead", "link", "joint"),
    [
        ("Webdesign © 2016", "gokkasten online", "en"),
        ("© Design &amp; hosting:", "online casino bonus", "and"),
        ("2019 Design", "casino en ligne", "et"),
    ],
)
def test_a_credit_line_goes_whole(lead: str, link: str, joint: str) -> None:
    other = '<a href="https://h.example.com/x">https://h.example.com/x</a>'
    credit = f'<p class="credit">{lead} <a href="https://g.example.net/">{link}</a> {joint} {other}</p>\n'
    assert _cleaned(_page(box=credit), unsafe=True) == _page()


def test_an_honest_credit_line_is_silent() -> None:
    credit = '<p>Design © 2016 <a href="https://g.example.net/">Studio Elm</a> and <a href="/about">us</a></p>\n'
    assert _cleaned(_page(box=credit), unsafe=True) == _page(box=credit)


def test_one_comment_is_not_a_list_of_its_parts() -> None:
    links = " , ".join(
        f'words of all kinds , <a href="https://k.example.net/{n}.html">{name}</a>'
        for n, name in enumerate(["online casino bonus", "casino no deposit", "online casino slots", "casino cash"])
    )
    box = (
        '<li class="comment even" id="comment-12"><div class="comment-author">slots</div>'
        f'<div class="comment-body">{links}</div></li>\n'
    )
    assert _cleaned(_page(box=box)) == _page()


@pytest.mark.parametrize("name", ["cmt-row", "komen-item", "div-comment-7", "wpis"])
def test_a_comment_goes_with_who_wrote_it(name: str) -> None:
    box = f'<div class="{name}"><b>ayu***</b> <span>daftar di 𝐁𝐈𝐍𝐓𝐀𝐍𝐆𝟕𝟕 bosku, depo receh wd cair</span></div>\n'
    assert _cleaned(_page(box=box)) == _page()


@pytest.mark.parametrize(
    "word",
    [
        "v\u200bi\u200ba\u200bg\u200br\u200ba",
        "si<b></b>ldenafil t4dalafil c\u00adi\u00ada\u00adlis",
        "\u0441i\u0430lis on\u200bl\u200bine",
    ],
)
def test_words_in_disguise_do_not_take_the_sentence_behind_them(word: str) -> None:
    sentence = f" Order {word} and сіаlіs here, ca\u00adsi\u00adno bonus, buy cheap via\u200bgra on\u200bline now."
    cleaned = _cleaned(_page(sentence=sentence + " The dog has its own card."), unsafe=True)
    assert "The dog has its own card." in cleaned
    assert "bonus" not in cleaned
    assert "<b></b>" not in cleaned


def test_soft_hyphens_of_a_page_are_no_disguise() -> None:
    page = _page(sentence=" The lib\u00adrary has a vol\u00adun\u00adteer for the cat\u00ada\u00adlogue.")
    assert _cleaned(page, unsafe=True) == page


HIDDEN = '<a href="https://g.example.net/">online casino bonus</a> <a href="https://g.example.net/p">cheap viagra</a>'


def test_a_script_that_names_what_it_hides_in_parts_goes_too() -> None:
    script = (
        "<script>var d=document,s='#mW4'+'tQz{pos'+'ition:fixed;over'+'flow:hidden;top:-2'+'0000px}',"
        "e=d.createElement('st'+'yle');e.innerHTML=s;d.getElementsByTagName('he'+'ad')[0].appendChild(e);</script>\n"
    )
    box = f'<div id="mW4tQz"><p>{HIDDEN} <a href="https://g.example.net/r">payday loans</a></p></div>\n'
    assert _cleaned(_page(box=box + script), unsafe=True) == _page()


def test_the_script_behind_the_body_goes_with_the_one_that_opens_the_hiding_place() -> None:
    opens = "<script>document.write('<d'+'iv st'+'yle=\"hei'+'ght:0'+'px;over'+'flow:hid'+'den\">');</script>\n"
    closes = "<script>document.write('<'+'/d'+'iv>');</script>"
    page = _page(box=f"{opens}<div>{HIDDEN}</div>\n")
    assert _cleaned(page.replace("</body>\n", f"</body>\n{closes}"), unsafe=True) == _page()


def test_tags_of_the_head_in_letters_that_the_page_has_not_go_whole() -> None:
    spam = (
        '<meta name="keywords" content="极速赛车,澳洲幸运5,168飞艇,彩票网址">\n'
        '<meta name="description" content="⚽极速赛车pk10【官网】提供澳洲幸运5、168飞艇开奖，注册即送彩金">\n'
    )
    assert _cleaned(_page(head=spam)) == _page()


def test_a_second_title_goes_with_its_tags() -> None:
    spam = "<title>极速赛车pk10-(中国)官方网站-登录入口</title>\n"
    script = (
        "<script>if(navigator.userAgent.toLowerCase().indexOf('baidu')==-1){var t=document."
        "getElementsByTagName('title');document.title=t[t.length-1].text}</script>\n"
    )
    assert _cleaned(_page(head=spam + script), unsafe=True) == _page()


def test_a_dot_goes_whole_whose_text_is_spam_for_the_most_part() -> None:
    dot = (
        '<img src="/spacer.gif" width="1" height="1" alt="view of the hall, online casino bonus, situs gacor, '
        'bahis sitesi, buy tadalafil online, escort paris, cheap viagra no prescription">\n'
    )
    assert _cleaned(_page(box=dot)) == _page()


def test_a_style_sheet_of_names_that_only_a_script_writes_goes_with_it() -> None:
    box = (
        '<script>\n$("body").append(\'<div class="pf-box"><a href="https://t.example.net/?c=8">online casino bonus</a>'
        '<a href="https://t.example.net/?c=9">casino no deposit</a><a href="https://t.example.net/?c=10">slot gacor'
        "</a></div>');\n</script>\n<style>.pf-box{position:fixed;bottom:0;z-index:2147483647}</style>\n"
    )
    assert _cleaned(_page(box=box)) == _page()
    own = box + '<div class="pf-box">Ring twice.</div>\n'
    assert ".pf-box{" in _cleaned(_page(box=own))
