"""What a kit leaves right beside a block goes with it; what the page has there stays."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

RUN = (
    '<div style="display:none"><a href="https://a.example.net/">online casino bonus</a> '
    '<a href="https://b.example.org/">best slots online</a> <a href="https://c.example.com/">free casino</a></div>'
)


OFFERS = (
    '<a href="https://bw.example.net/1">online casino bonus</a> <a href="https://bw.example.net/2">slots online</a> '
    '<a href="https://bw.example.net/3">casino no deposit</a>'
)


def _restores(piece: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + piece + TAIL)
    assert {finding.disposition for finding in findings} == {"safe"}
    assert cleaned == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "�"),
        ("�", ""),
        ("", '<i style="display:none"></i>'),
        ('<span style="display: none;"></span>', ""),
        ("<!--check code-->", "<!--/check code-->"),
        ("<!-- sape begin -->", "<!-- sape end -->"),
        ("<!--блок-->", "<!--/блок-->"),
        ("<!-- start of xlinks -->", "<!-- end of xlinks -->"),
    ],
)
def test_leavings_go(before: str, behind: str) -> None:
    _restores(f"{before}{RUN}{behind}\n")


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!-- sidebar -->", "<!-- /sidebar -->"),
        ("<!-- main content begin -->", "<!-- main content end -->"),
        ("<!--links-->", "<!--news-->"),
        ('<i class="fa"></i>', '<span id="x" style="display:none"></span>'),
    ],
)
def test_what_pages_have_there_stays(before: str, behind: str) -> None:
    honest = f"{HEAD}{BODY}{before}{{}}{behind}\n{TAIL}"
    assert judged(honest.replace("{}", RUN))[2] == honest.replace("{}", "")


@pytest.mark.parametrize("end", ["</html>\n", "</body></html>\n", "</body>\n</html>"])
def test_a_tag_that_never_ends_does_not_take_the_end_of_the_page(end: str) -> None:
    page = HEAD + BODY + ("" if end.startswith("</body") else "</body>\n")
    block = RUN.replace("</div>", "").replace('"https://c.example.com/"', '"https://c.example.com/" title="free')
    assert judged(page + block + "\n" + end)[2] == page + end


@pytest.mark.parametrize(
    "strays",
    [
        '<tfoot id="m2ypc"></tfoot><rt id="m2ypc"><dfn id="m2ypc"></dfn></rt><strike id="m2ypc"></strike>',
        '<samp id="q81xx"><listing id="q81xx"></listing></samp><acronym id="q81xx"></acronym><menu id="q81xx"></menu>',
    ],
)
def test_misplaced_empty_elements_of_one_id_go(strays: str) -> None:
    run = "<div>国产精品久久在线观看| 亚洲一区二区三区免费视频| 欧美日韩精品高清不卡| 日韩中文字幕无码专区|</div>\n"
    assert judged(HEAD + BODY + run + strays + "\n" + TAIL)[2] == HEAD + BODY + TAIL


def test_a_hidden_box_goes_with_its_quiet_sentences() -> None:
    box = (
        '<div id="hk"><p>The tenant noted that ordering generic tadalafil <a href="https://a.example.org/t">'
        "tadalafil 20mg</a> shall not change the lease. Where the court buys kamagra "
        '<a href="https://b.example.net/k">kamagra jelly</a> '
        'a minute was kept, and payday loans <a href="https://b.example.net/p">payday loans online</a> came.</div>'
        '<script>document.getElementById("hk").style.display="none";</script>\n'
    )
    _restores(box)


@pytest.mark.parametrize("write", ['document["wri"+"te"]', "document.write", "document['writeln']"])
def test_a_box_that_scripts_write_in_pieces_goes_with_its_lead(write: str) -> None:
    _restores(
        f'<script>{write}("<s"+"pan sty"+"le=\'posi"+"tion:fix"+"ed;to"+"p:-20"+"00px\'>")</script>\n'
        '<p>Partners: <a href="https://a.example.net/">lantern oil</a> '
        '<a href="https://b.example.org/">fake watches</a> '
        f'<a href="https://c.example.com/">wool</a></p>\n<script>{write}("</s"+"pan>")</script>\n'
    )


@pytest.mark.parametrize(
    "layer",
    [
        (
            '<div style="position:fixed;bottom:0;width:100%"><b>本站推荐</b><a href="https://bw.example.net/1">首充返利</a>'
            '<a href="https://bw.example.net/2">百倍赔率</a><a href="https://bw.example.net/3"><img src="https://i.example.org/'
            'b.gif"></a></div>\n'
        ),
        (f'<p>{OFFERS} <a href="https://bw.example.net/4"><img src="/b.gif" alt=""></a></p>\n'),
    ],
)
def test_a_picture_that_leads_where_the_block_leads_goes_with_it(layer: str) -> None:
    _restores(layer)


def test_a_picture_that_leads_elsewhere_stays() -> None:
    picture = '<a href="https://shop.example.org/"><img src="/cover.png" alt="Cover"></a>'
    cleaned = judged(f"{HEAD}{BODY}<p>{OFFERS} {picture}</p>\n{TAIL}")[2]
    assert picture in cleaned
    assert "casino" not in cleaned


def test_what_one_rule_hides_goes_together() -> None:
    style = '<style type="text/css">.bq7{color:#FFFFFE !important;}</style>'
    _restores(
        f'{style}<span class="bq7">Congrats <a class="bq7" href="https://a.example.net/">handbags outlet</a></span>'
        "&nbsp;"
        '<h5 class="bq7">I use it as a beach bag.</h5>&nbsp;<strong class="bq7"><a href="https://b.example.org/" '
        'class="bq7">replica sunglasses sale</a></strong>\n'
    )


def test_a_kit_that_scatters_known_elements_only_is_noticed() -> None:
    _restores(
        '<div class="pl_x" style="display: none;"><source id="k2m9x"><dfn id="k2m9x"></dfn><menu id="k2m9x"></menu>'
        '<fieldset id="k2m9x"></fieldset><rt id="k2m9x"></rt></div>\n'
    )


def test_a_field_goes_with_the_value_beside_which_a_picture_is_stuffed() -> None:
    picture = '<img src="/school.jpg" alt="{}">'
    field = '<input type="hidden" name="tags" value="escort ankara,deneme bonusu,casino siteleri">\n'
    stuffed = "School gate, slot gacor, togel online, judi bola, situs toto"
    page = HEAD + BODY + picture + "{field}" + TAIL
    cleaned = judged(page.replace("{field}", field).replace("{}", stuffed))[2]
    assert cleaned in {page.replace("{field}", end).replace("{}", "School gate") for end in ("", "\n")}


def test_a_line_of_several_things_sold_in_the_colour_of_the_page_goes() -> None:
    _restores(
        '<p style="color:#fffffe;font-size:1px">cheap flights, online casino, payday loans, replica watches</p>\n'
    )


def test_a_label_that_is_all_spam_goes_with_its_name() -> None:
    figure = '<figure data-kind="x"{}><img src="/a.jpg" alt="Town hall in winter"></figure>\n'
    page = HEAD + BODY + figure + TAIL
    said = ' data-tags="online casino bonus|best slots online|casino no deposit|free spins casino"'
    assert judged(page.replace("{}", said))[2] == page.replace("{}", "")


@pytest.mark.parametrize("between", [" ", ", "])
def test_a_hidden_list_of_names_as_operators_have_them_goes(between: str) -> None:
    names = ("lentera88", "rajalampu77", "lampudewa4d", "cuanlampu138", "hokilentera", "minyaktoto", "sultanlampu303")
    _restores(f"<div hidden>{between.join(names)}</div>\n")


def test_a_hidden_list_of_codes_stays() -> None:
    page = f"{HEAD}{BODY}<div hidden>lamp12 lamp14 wick88 wick90 oil7 oil9 stand21 glass77</div>\n{TAIL}"
    assert judged(page)[2] == page


@pytest.mark.parametrize("end", ["</body>\n<zxlop4>\n</html>\n", "</body></html>\n<zxlop4>\n"])
def test_the_second_tag_of_a_pair_goes_wherever_the_page_ends(end: str) -> None:
    links = (
        '<wqmtv3><font style="height:0;width:0;overflow:hidden;position:absolute">'
        '<a href="https://a.example.net/">casino bonus</a> <a href="https://b.example.net/">slot gacor</a></font>'
    )
    _, _, cleaned = judged(HEAD + BODY + links + end)
    assert cleaned.rstrip() == HEAD + BODY + end.replace("<zxlop4>\n", "").rstrip()


def test_a_wrapper_that_tells_its_direction_goes_with_what_it_held() -> None:
    box = (
        '<div class="post-body" dir="auto"><div style="margin:0"><h3>Bandar slot gacor, welcome bonus 150%</h3>'
        '<a href="https://kw.example.net/?r=1">DAFTAR</a> <a href="https://kw.example.net/?r=2">LOGIN</a></div></div>\n'
    )
    assert judged(HEAD + BODY + box + TAIL)[2] == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (
            "var a='<di',b='v style=\"pos',c='ition:abs',d='olute;top:-8';document.write(a+b+c+d+'888px\">');",
            "'</d'+'iv>'",
        ),
        ("var q=['<div style=\"left:-7','777px;position:absolute\">'];document.write(q.join(''));", "'</div>'"),
    ],
)
def test_a_box_that_is_put_together_of_names_goes_with_its_links(opens: str, closes: str) -> None:
    links = '<p>友情链接: <a href="https://d1.example.net/">欢乐斗牛提现</a> <a href="https://d2.example.net/">幸运28预测</a></p>'
    box = f"<script>{opens}</script>\n{links}\n<script>document.write({closes});</script>\n"
    assert judged(HEAD + BODY + box + TAIL)[2] == HEAD + BODY + TAIL


def test_a_hidden_box_in_a_layout_table_is_no_data_table() -> None:
    data = "<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>9 to 5</td></tr></table>\n"
    before = f"{HEAD}<body><table><tr><td>\n<h1>Town library</h1>\n{data}<p>The library is open on weekdays.</p>\n"
    box = (
        '<div style="position:absolute;left:-8347px">Przed pierwszą wpłatą sprawdź regulamin. W rankingu opisano '
        '<a href="https://g.example.net/r">kasyna internetowe z darmowymi spinami</a>, i automaty.</div>\n'
    )
    after = f"</td></tr></table>\n{TAIL}"
    assert judged(before + box + after)[2] == before + after
