"""Links that a script beside them takes away: found however the script says so, and cut with it."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

NAME = "mVx3PqLr08TnYbEs5WcKdA"
TEXT = (
    'Many readers also ask where to get <a href="https://ph.example.net/">sleep well next day</a> and '
    '<a href="https://ph.example.net/x">slim injections without a doctor</a>.'
)
BOX = f'<div id="{NAME}"><p>{TEXT}</p></div>'
BUILD = (
    "uPz=document.createElement('s'+'ty'+'le');uPz.type='text/'+'css';"
    "if(uPz.styleSheet){uPz.styleSheet.cssText=rWqk}else{uPz.appendChild(document.createTextNode(rWqk))}"
    "document.getElementsByTagName('h'+'ead')[0].appendChild(uPz);"
)


@pytest.mark.parametrize(
    "script",
    [
        rf'(function(){{var rWqk="\x23{NAME}{{overflow:hidden;position:fixed;left:-207733915px;}}",{BUILD}}})();',
        f'var rWqk="#{NAME}"+"{{position:fixed;t"+"op:-99412303px}}";{BUILD}',
        f'var i="{NAME}",rWqk="#"+i+"{{position:absolute;left:-8000px}}";{BUILD}',
        f'var rWqk=["#","{NAME}","{{display:none}}"].join("");{BUILD}',
        f'document.getElementById("{NAME}").style.cssText="position:fixed;top:-152413851px;overflow:hidden";',
        f'var e=document.getElementById("{NAME}");e.style.position="fixed";e.style.left="-31152413851px";',
        f'document.querySelector("#{NAME}").setAttribute("style","position:fixed;left:-152413851px");',
    ],
)
def test_a_box_that_a_script_beside_it_takes_away_goes_with_the_script(script: str) -> None:
    restores(body=f"{BOX}<script>{script}</script>", rule="faraway-links")
    restores(body=f'{BOX}\n<script type="text/javascript">\n{script}\n</script>\n', rule="faraway-links")


@pytest.mark.parametrize("tag", ["span", "p", "section", "ul"])
def test_the_box_may_be_any_element(tag: str) -> None:
    script = f'var rWqk="#k7Qz2LmW0xR{{position:absolute;top:-91523px}}";{BUILD}'
    restores(body=f'<{tag} id="k7Qz2LmW0xR">{TEXT}</{tag}><script>{script}</script>\n', rule="faraway-links")


@pytest.mark.parametrize(
    "body",
    [
        (
            '<div id="menu"><a href="https://shop.example.com/">Shop</a> <a href="/news">News</a></div>'
            "<script>var s=document.createElement('style');s.textContent='#menu{display:none}';"
            "document.head.appendChild(s);</script>\n"
        ),
        (
            '<div id="slides"><a href="https://partner.example.com/">Partner</a></div>'
            "<script>var s=document.createElement('style');s.textContent='#slides{position:absolute;left:-9999px}';"
            "document.head.appendChild(s);</script>\n"
        ),
        (
            '<div id="CookieDialog9aB"><a href="/privacy">Privacy</a> <a href="https://c.example.com/">By</a></div>'
            "<script>document.write('<style>#CookieDialog9aB{display:none}</style>');</script>\n"
        ),
        (
            '<div id="ad-1"></div><script>var s=document.createElement("scr"+"ipt");s.src="https://ads.example.com/a.js";'
            "document.body.appendChild(s);</script>\n"
        ),
        '<div id="box">Text</div><script>document.getElementById("box").style.left="-10000000px";</script>\n',
    ],
)
def test_what_sliders_consent_tools_and_advertisements_build_stays(body: str) -> None:
    silent(body=body)


def test_a_rule_in_pieces_is_one_rule() -> None:
    script = (
        'var d=document,s=d.createElement("s"+"tyl"+"e");d["he"+"ad"].appendChild(s);'
        f's.sheet.insertRule("#{NAME}{{overflow:hidden;posi"+"tion:fixed;left:-66120417px}}",0)'
    )
    restores(body=f"{BOX}<script>{script}</script>", rule="faraway-links")
