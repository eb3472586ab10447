from __future__ import annotations

import pytest

from spamguard.page.triggers import DOUBTFUL, EDGE, script_tells, what_tells

FILLER = "menu.add(function(){return 1});"


@pytest.mark.parametrize(
    "script",
    [
        "document.write('<a href=\"https://a.example.net/\">see here</a>');",
        "document.write(unescape('%3Ca%20href%3D%22https%3A//a.example.net/%22%3Ex%3C/a%3E'));",
        "eval(atob('ZG9jdW1lbnQud3JpdGUoJzxiPicpOwo='));",
        "document.write(String.fromCharCode(60,97,32,104,114,101,102,61,34));",
        "window['\\x64\\x6f\\x63\\x75\\x6d\\x65\\x6e\\x74']['\\x77\\x72\\x69\\x74\\x65'](x);",
        "eval(function(p,a,c,k,e,d){return p}('0',1,1,'a'.split('|'),0,{}));",
        "document.write('>a/<x>ferh a<'.split('').reverse().join(''));",
        "if(/google/.test(document.referrer)){location.replace('https://a.example.net/')}",
        "fetch('https://a.example.net/back.js').then(r=>r.text()).then(t=>box.innerHTML=t)",
    ],
)
def test_a_script_of_an_intruder_is_worth_reading_wherever_it_was_added(script: str) -> None:
    own = FILLER * (2 * EDGE // len(FILLER))
    assert script_tells(script)
    assert script_tells(script + own)
    assert script_tells(own + script)


@pytest.mark.parametrize(
    "script",
    [
        "",
        FILLER,
        "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());",
        "document.write(unescape(\"%3Cscript src='https://stat.example.com/h.js'%3E%3C/script%3E\"));",
        "if(/iphone/.test(navigator.userAgent)){document.body.className+=' phone'}",
        "fetch('/parts/news.html').then(r=>r.text()).then(t=>box.innerHTML=t)",
        '{"user":{"name":"\\u003cb\\u003e\\u003ci\\u003e\\u003cu\\u003e\\u003cs\\u003e\\u003cp\\u003e"}}',
    ],
)
def test_an_everyday_script_is_not_worth_reading(script: str) -> None:
    assert not script_tells(script)


FRAME = "var f=document.createElement('iframe');f.width=0;f.height=0;%sf.src='https://x.example.net/i';document.body.appendChild(f)"


@pytest.mark.parametrize(
    "own", ["f.name='__locator';", "f.id='counter';", "f.contentWindow.postMessage(1);", "f.setAttribute('id','c');"]
)
def test_a_frame_that_its_script_speaks_with_is_its_own(own: str) -> None:
    assert script_tells(FRAME % "")
    assert not script_tells(FRAME % own)


def test_a_frame_that_is_not_shown_at_all_tells_by_its_address() -> None:
    assert what_tells(FRAME % "f.style.display='none';") == DOUBTFUL
