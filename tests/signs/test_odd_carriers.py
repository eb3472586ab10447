"""What intruders' scripts and frames do in one more way, and the honest scripts and frames that are made like them."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

WRITES = "document.write(\"<div style='position:absolute;left:-9999px'><a href='https://a.example.net/'>lanterns</a></div>\")"


def _moved(key: str, made: str) -> str:
    """A script that makes letters of numbers, each moved by a key, and runs what they say."""
    numbers = [ord(letter) + int(key) if key[0] in "+-" else ord(letter) ^ int(key[1:]) for letter in WRITES]
    back = {"+": "-", "-": "+", "^": "^"}[key[0]] + key[1:]
    return (
        f"<script>var q={numbers},w='';for(var i=0;i<q.length;i++)w+=String.fromCharCode(q[i]{back});{made}</script>\n"
    )


@pytest.mark.parametrize("key", ["+3", "-1", "^7"])
@pytest.mark.parametrize("made", ["eval(w);", "window.eval(w)", "(new Function(w))();"])
def test_what_a_loop_makes_and_runs_is_read(key: str, made: str) -> None:
    restores(body=_moved(key, made), rule="disguised-links")


def test_a_loop_that_makes_a_mail_address_stays() -> None:
    numbers = [ord(letter) + 1 for letter in '<a href="mailto:desk@example.org">desk</a>']
    made = "for(var i=0;i<q.length;i++)w+=String.fromCharCode(q[i]-1);eval('w')"
    silent(body=f"<script>var q={numbers},w='';{made}</script>\n")


def _filled(holder: str, called: str, source: str = "https://lists.example.net/a.php?n=") -> str:
    return (
        f'<{holder} id="slot1" hidden></{holder}><{holder} id="slot2" hidden></{holder}>'
        f'<script>for(var i=1;i<3;i++)(function(n){{var x=new XMLHttpRequest();x.open("GET","{source}"+n);'
        f"x.onload=function(){{document.getElementById({called}).innerHTML=x.responseText}};x.send()}})(i);</script>"
    )


@pytest.mark.parametrize("holder", ["span", "div", "p"])
def test_holders_that_are_counted_go_with_the_script_that_fills_them(holder: str) -> None:
    restores(body=_filled(holder, '"slot"+n'), rule="fetched-block")


def test_counted_holders_that_the_own_site_fills_stay() -> None:
    silent(body=_filled("div", '"slot"+n', "/parts/list.php?n="))


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe name=qq frameborder=0 style="position:absolute;left:-1500px" height=0 width=0 '
            'src="//f.example.net/in.cgi?7&amp;x"></iframe>\n'
        ),
        (
            '<iframe id="kx" name="ky" width="1" height="1" style="position:fixed;top:-900px" '
            'src="https://f.example.net/go?12"></iframe>\n'
        ),
    ],
)
def test_a_frame_that_is_hidden_twice_goes_by_whatever_name(frame: str) -> None:
    restores(body=frame, rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe name="post" width="0" height="0" style="position:absolute;left:-999px" '
            'src="https://f.example.net/form"></iframe><a target="post" href="https://f.example.net/like">Like</a>\n'
        ),
        (
            '<iframe name="visits" width="1" height="1" style="position:absolute;top:-999px" '
            'src="https://f.example.net/v?id=81723&amp;page=opening-hours"></iframe>\n'
        ),
        '<iframe name="player" width="0" height="0" src="https://f.example.net/play"></iframe>\n',
    ],
)
def test_frames_that_a_page_calls_by_name_or_that_measure_stay(frame: str) -> None:
    silent(body=frame)


def _layer(*names: str) -> str:
    links = "".join(f"h+='<a href=\"https://v{n}.example.com/?c={n}\">{name}</a>';" for n, name in enumerate(names))
    return f"<script>\n$(function(){{var h='<div class=\"kx\">';{links}h+='</div>';$('body').append(h)}});\n</script>\n"


@pytest.mark.parametrize(
    "names",
    [
        ("注册送58彩金", "捕鱼爆奖500倍", "真人视讯荷官"),
        ("สล็อตแตกง่าย", "ฝากถอนไม่มีขั้นต่ำ", "รับเครดิตทันที"),
        ("온카 첫충 보너스", "슬롯 잭팟 즉시출금", "가입머니 지급"),
    ],
)
def test_a_layer_in_letters_of_which_the_page_has_none_goes(names: tuple[str, ...]) -> None:
    restores(body=_layer(*names), rule="written-links")


@pytest.mark.parametrize(
    "names",
    [("关于我们", "下载应用", "读者活动"), ("日本語", "中文", "한국어"), ("تواصل معنا", "المكتبة", "الدورات")],
)
def test_a_layer_for_guests_from_abroad_stays(names: tuple[str, ...]) -> None:
    silent(body=_layer(*names))


@pytest.mark.parametrize(
    "piece",
    [
        (
            '<div class="lnkbox" style="display:none"></div><script>$.get("https://lists.example.net/l.html",function(d)'
            '{$(".lnkbox").html(d)})</script>'
        ),
        (
            '<p class="kq" hidden></p><script>fetch("https://lists.example.net/l").then(r=>r.text()).then(t=>'
            '{document.getElementsByClassName("kq")[0].innerHTML=t})</script>'
        ),
        (
            '<script>async function z(){const r=await fetch("https://li.example.net/?d="+location.hostname);'
            'const h=await r.text();const e=document.createElement("div");e.style.cssText="position:fixed;top:-9999px";'
            "e.innerHTML=h;document.body.appendChild(e)}z()</script>"
        ),
    ],
)
def test_what_is_fetched_into_hidden_boxes_of_a_class_or_of_its_own_making(piece: str) -> None:
    restores(body=piece, rule="fetched-block")


@pytest.mark.parametrize(
    "piece",
    [
        '<div class="weather"></div><script>$.get("//sky.example.net/",function(d){$(".weather").html(d)})</script>\n',
        (
            '<script>fetch("//sky.example.net/now").then(r=>r.text()).then(t=>{const e=document.createElement("div");'
            'e.style.cssText="padding:4px";e.innerHTML=t;document.body.appendChild(e)})</script>\n'
        ),
    ],
)
def test_what_is_fetched_for_people_stays(piece: str) -> None:
    silent(body=piece)


def test_a_page_of_few_words_that_leads_to_what_is_sold() -> None:
    restores(head='<meta http-equiv="refresh" content="0;url=https://a.example.net/casino">\n', rule="foreign-refresh")


def test_a_page_of_few_words_may_lead_to_where_its_owner_went() -> None:
    silent(head='<meta http-equiv="refresh" content="0;url=https://library.example.net/">\n')


@pytest.mark.parametrize("tag", ["u", "strong", "em", "font"])
def test_a_hidden_link_in_a_mark_is_shown_whatever_it_is_called(tag: str) -> None:
    _, findings, _ = judged(
        f'{HEAD}{BODY}<{tag} style="display: none;"><a href="https://a.example.net/">lantern movie</a></{tag}>\n{TAIL}'
    )
    assert [finding.disposition for finding in findings] == ["review"]


@pytest.mark.parametrize(
    "link",
    [
        '<strong style="display:none"><a href="/news">all news</a></strong>\n',
        '<em class="more" style="display:none"><a href="https://a.example.net/">more of it</a></em>\n',
        '<span style="display:none"><a href="https://a.example.net/">permanent address</a></span>\n',
    ],
)
def test_hidden_marks_that_lead_home_or_have_a_name_stay(link: str) -> None:
    silent(body=link)


def test_data_without_a_context_is_read() -> None:
    data = (
        '{"@type":"Product","name":"Situs Slot Gacor Hari Ini","brand":"x","alternateName":"Bandar Togel Terpercaya"}'
    )
    restores(body=f'<script type="application/ld+json">{data}</script>', rule="spam-data")
