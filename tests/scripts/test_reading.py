from __future__ import annotations

import base64

import pytest

from spamguard.scripts.read import read_script
from spamguard.scripts.reading import Reading, Use

LINK = '<a href="https://a.example.net/">x</a>'


def reading(script: str, codec: str = "utf-8") -> Reading:
    raw = script.encode(codec)
    return read_script(raw, 0, len(raw), codec)


def used(script: str, use: Use) -> list[str]:
    return [saying.text for saying in reading(script).used(use)]


def backwards(text: str) -> str:
    return text[::-1].replace('"', '\\"')


def codes(text: str) -> str:
    return ",".join(str(ord(letter)) for letter in text)


def spelled(text: str) -> str:
    return "".join(f"\\x{ord(letter):02x}" for letter in text)


def packed(words: list[str], payload: str) -> str:
    listed = "|".join(words)
    return (
        "eval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(new RegExp('\\\\b'+c+'\\\\b','g'),k[c]);return p}"
        f"('{payload}',{len(words)},{len(words)},'{listed}'.split('|'),0,{{}}))"
    )


@pytest.mark.parametrize(
    "script",
    [
        f"document.write('{LINK}')",
        f"document.writeln(`{LINK}`);",
        f"document.body.innerHTML='{LINK}'",
        f"el.insertAdjacentHTML('beforeend', '{LINK}')",
        f"$('#x').html('{LINK}')",
        f"$(document.body).append('{LINK}')",
        f"frame.srcdoc = '{LINK}'",
        f"var a='{LINK}';document.write(a);",
        "document.write('<a hr'+'ef=\"https://a.exa'+'mple.net/\">'+'x<'+'/a>')",
        "var s='<a href=\"https://a.example.net/\">';s+='x</a>';document.write(s)",
        "document.write(['<a href=\"https://a.example', 'net/\">x</a>'].join('.'))",
        f"document.write('{spelled(LINK)}')",
        "document.write('" + "".join(f"\\u{ord(letter):04x}" for letter in LINK) + "')",
        "document.write('" + "".join(f"\\u{{{ord(letter):x}}}" for letter in LINK) + "')",
        "document.write('" + "".join(f"\\{ord(letter):03o}" for letter in LINK) + "')",
        f"document.write(unescape('{''.join(f'%{ord(letter):02x}' for letter in LINK)}'))",
        f"document.write(unescape('{''.join(f'%u{ord(letter):04x}' for letter in LINK)}'))",
        f"document.write(decodeURIComponent('{''.join(f'%{ord(letter):02X}' for letter in LINK)}'))",
        f"document.write(String.fromCharCode({codes(LINK)}))",
        f"document.write(String.fromCharCode.apply(null,[{codes(LINK)}]))",
        f"document.write(atob('{base64.b64encode(LINK.encode()).decode()}'))",
        f"eval(atob('{base64.b64encode(f'document.write({LINK!r})'.encode()).decode()}'))",
        f'document.write("{backwards(LINK)}".split("").reverse().join(""))',
        f"window['document']['write']('{LINK}')",
        f"window['doc'+'ument']['\\x77\\x72\\x69\\x74\\x65']('{LINK}')",
        f"var _0x1f=['write','{LINK}'];document[_0x1f[0]](_0x1f[1])",
        f"var _0x1f=['\\x77\\x72\\x69\\x74\\x65'];document[_0x1f[0x0]]('{LINK}')",
        f"setTimeout(\"document.write('{LINK.replace(chr(34), chr(92) + chr(34))}')\",10)",
        f"new Function('document.write(`{LINK}`)')()",
        f"(function(){{if(true){{$(function(){{document.write('{LINK}')}})}}}})()",
        f"[1].forEach(x => {{ document.write('{LINK}') }})",
        f"/* it's */ document.write('{LINK}') // don't",
        f"x = y / 2; z = /['\"]/.test(x); document.write('{LINK}')",
        "document.write('<aZZhref=\"https://a.example.net/\">x</a>'.replace(/ZZ/g,' '))",
        packed(
            ["document", "write", "a", "href", "https", "example", "net", "x"], "0.1(\\'<2 3=\"4://2.5.6/\">7</2>\\')"
        ),
        "['sojson.v4']['filter']['constructor'](((['sojson.v4']+[])['constructor']['fromCharCode']['apply'](null,'"
        + "q".join(str(ord(letter)) for letter in f"document.write('{LINK}')")
        + "'['split'](/[a-zA-Z]{1,}/))))('sojson.v4');",
    ],
)
def test_what_is_written_is_read_through_its_disguise(script: str) -> None:
    assert used(script, Use.WRITTEN) == [LINK]


@pytest.mark.parametrize(
    "script",
    [
        "location='https://a.example.net/'",
        "window.location.href = 'https://a.example.net/';",
        'top.location = "https://a.example.net/"',
        "location.replace('https://a.example.net/')",
        "window['location']['assign']('https://a.example.net/')",
        "window['loc'+'ation']='https://a.example.net/'",
        "setTimeout(\"location.href='https://a.example.net/'\",500)",
    ],
)
def test_where_the_visitor_is_sent(script: str) -> None:
    assert used(script, Use.LEADS) == ["https://a.example.net/"]


def test_what_is_fetched_and_loaded() -> None:
    script = "fetch('https://a.example.net/1');x.open('GET','https://a.example.net/2');s.src='https://a.example.net/3'"
    assert used(script, Use.FETCHED) == ["https://a.example.net/1", "https://a.example.net/2"]
    assert used(script, Use.SOURCE) == ["https://a.example.net/3"]


def test_a_string_knows_its_bytes() -> None:
    script = "var größe='ä';document.write('öffnen')"
    (saying,) = reading(script).used(Use.WRITTEN)
    assert script.encode()[saying.span.start : saying.span.end].decode() == "document.write('öffnen')"


def test_a_backslash_that_is_half_a_character_escapes_nothing() -> None:
    (saying,) = reading("document.write('ソ')", "shift_jis").used(Use.WRITTEN)
    assert saying.text == "ソ"


def test_names_are_read_through_escapes() -> None:
    assert {"navigator", "userAgent"} <= reading("window['navig'+'ator']['\\x75serAgent']").names


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    found = reading("document.write(compute(1))")
    assert found.used(Use.WRITTEN) == []
    assert found.unknown == {Use.WRITTEN}


@pytest.mark.parametrize(
    "script", ["", "'", '"', "`", "/*", "/", "(", "a[", "a.", "a=", "a+", "new", "\\", "`${", "function"]
)
def test_what_breaks_off_is_read_as_far_as_it_goes(script: str) -> None:
    assert reading(script).stopped is None
