from __future__ import annotations

import base64

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

LINKS = (
    '<a href="https://a.example.net/">online casino bonus</a> <a href="https://b.example.net/">best slots online</a> '
    '<a href="https://c.example.net/">no deposit casino</a>'
)
BARE = '<a href="https://a.example.net/">see here</a>'
LOADER = '<script src="https://a.example.net/x.js"></script>'


def percent(text: str) -> str:
    return "".join(letter if letter.isalnum() else f"%{ord(letter):02X}" for letter in text)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def codes(text: str) -> str:
    return ",".join(str(ord(letter)) for letter in text)


def spelled(text: str) -> str:
    return "".join(f"\\x{ord(letter):02x}" for letter in text)


def reversed_(text: str) -> str:
    return text[::-1].replace('"', "'").replace("</", "<\\/")


def escaped(text: str) -> str:
    return text.replace("</", "<\\/")


@pytest.mark.parametrize(
    "script",
    [
        f"document.write('{escaped(LINKS)}');",
        f"document.write('<div style=\"display:none\">{escaped(LINKS)}<\\/div>');",
        f"document.body.insertAdjacentHTML('beforeend','{escaped(LINKS)}');",
        f"var k='{escaped(LINKS)}';document.write(k);",
        f"var k='{escaped(LINKS)}';show(k);function show(t){{document.write(t)}}",
        f'document.write(unescape("{percent(LINKS)}"))',
        f'eval(atob("{encoded(f"document.write({LINKS!r})")}"))',
        f"document.write(String.fromCharCode({codes(LINKS)}))",
        f'window["document"]["write"]("{spelled(LINKS)}")',
        f'document.write("{reversed_(LINKS)}".split("").reverse().join(""))',
        f"var _0x2a=['\\x77\\x72\\x69\\x74\\x65','{escaped(LINKS)}'];document[_0x2a[0]](_0x2a[1]);",
        f"$('body').append('{escaped(LINKS)}');",
        f"var f=document.createElement('iframe');f.srcdoc='{escaped(LINKS)}';document.body.appendChild(f);",
        'document.write(\'<a href="/?q=1">online casino bonus<\\/a> <a href="/?q=2">best slots online<\\/a>\');',
    ],
)
def test_a_script_that_writes_spam_goes(script: str) -> None:
    restores(body=f"<script>{script}</script>", rule="written-links")
    restores(head=f"<script>{script}</script>\n", rule="written-links")


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        (f'eval(atob("{encoded(f"document.write({LOADER!r})")}"))', "disguised-loader"),
        (f"document.write(String.fromCharCode({codes(LOADER)}))", "disguised-loader"),
        (f'window["document"]["write"]("{spelled(LOADER)}")', "disguised-loader"),
        (f'document.write("{reversed_(LOADER)}".split("").reverse().join(""))', "disguised-loader"),
        (f"document.write(String.fromCharCode({codes(BARE)}))", "disguised-links"),
        (
            (
                f"var s=document.createElement('script');s.src=String.fromCharCode({codes('https://a.example.net/x.js')});"
                "document.head.appendChild(s);"
            ),
            "disguised-loader",
        ),
        (
            f'document.write(unescape("{percent(LOADER.replace("a.example", "casino-slots.example"))}"))',
            "disguised-loader",
        ),
    ],
)
def test_a_script_that_takes_pains_to_hide_where_it_leads_goes(script: str, rule: str) -> None:
    restores(body=f"<script>{script}</script>", rule=rule)


@pytest.mark.parametrize(
    "script",
    [
        f'document.write(unescape("{percent(LOADER)}"))',
        "document.write('<script src=\"https://ads.example.net/show.js\"><\\/script>');",
        'document.write(\'<a href="https://stat.example.net/"><img src="https://stat.example.net/hit"><\\/a>\');',
        "document.write('<a href=\"https://partner.example.net/\">Our partner library<\\/a>');",
        "document.write(unescape('%3Ca%20href%3D%22mailto%3Alibrary%40example.org%22%3Ewrite%20to%20us%3C%2Fa%3E'));",
        "var t=document.createElement('textarea');t.style.cssText='left:-9999px';document.body.append(t);",
        "document.write('<p>'+new Date().getFullYear()+' <a href=\"/imprint\">imprint<\\/a><\\/p>');",
        "eval(function(p,a,c,k,e,d){return p}('0.1=2',3,3,'gallery|speed|slow'.split('|'),0,{}))",
        "var table=String.fromCharCode(97,98,99,100,101,102,103,104,105,106);document.write(table.length)",
        f"var logo=atob('{encoded('<svg xmlns=http://www.w3.org/2000/svg></svg>')}');document.write(logo)",
    ],
)
def test_what_honest_scripts_write_stays(script: str) -> None:
    silent(head=f"<script>{script}</script>\n")
    silent(body=f"<script>{script}</script>\n")


def test_a_page_about_such_things_writes_its_own_menu() -> None:
    text = (
        "<p>" + "Our casino has slots, a poker room and roulette; the casino bonus is shared at the bar. " * 8 + "</p>"
    )
    script = (
        '<script>document.write(\'<a href="/slots">casino slots<\\/a> <a href="/poker">poker room<\\/a>\')</script>'
    )
    verdict, findings, _ = judged(f"<!doctype html><title>Casino resort</title><h1>Casino resort</h1>{text}{script}")
    assert "written-links" not in {finding.rule for finding in findings}
    assert verdict in {"clean", "native"}


def test_links_added_to_the_sites_own_script_are_for_review() -> None:
    own = "".join(f"function step{n}(a){{return a+{n}}};menu.add(step{n}({n}));" for n in range(120))
    page = f"{HEAD}{BODY}<script>{own}document.write('{escaped(LINKS)}');</script>{TAIL}"
    verdict, (finding,), cleaned = judged(page)
    assert (verdict, finding.rule, finding.disposition, cleaned) == ("infected", "written-links", "review", page)
    assert "most of the script does something else" in finding.evidence[-1].text


def test_a_finding_says_what_was_hidden_and_how() -> None:
    script = f"document.write(String.fromCharCode({codes(LINKS)}))"
    _, (finding,), _ = judged(f"{HEAD}{BODY}<script>{script}</script>{TAIL}")
    assert finding.excerpt == "online casino bonus | best slots online | no deposit casino"
    assert finding.evidence[0].text == "a script writes 3 links into the page, hidden in character codes"
    assert (finding.category, finding.hidden_by, finding.disposition) == ("gambling", "script", "safe")


@pytest.mark.parametrize("codec", ["windows-1251", "gb18030", "shift_jis", "utf-16"])
def test_pages_in_other_charsets_are_restored_too(codec: str) -> None:
    script = f"document.write(String.fromCharCode({codes(LINKS)}))"
    honest = f"{HEAD}{BODY}{TAIL}"
    page = f"{HEAD}{BODY}<script>{script}</script>{TAIL}"
    assert judged(page, codec=codec)[2] == honest


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
