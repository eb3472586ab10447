"""What scripts put into a page is judged as if it stood there; what a site's own scripts put there stays."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

LAYER = (
    "<script>!function(){let k='seen';if(localStorage[k])return;document.body.insertAdjacentHTML('beforeend',"
    '`<dialog id="pp" style="border:0;background:#106"><button onclick="pp.close()">x</button>'
    "<h2>Free slots, paid today!</h2><p>Sign up, make a deposit and take <b>80 free spins</b>.</p>"
    '<a href="https://play.luckyspin9.bet/?a=1">Join here</a> '
    '<a href="https://vip.luckyspin9.bet/tg">More</a></dialog>`);pp.showModal()}();</script>\n'
)
BUILT = (
    "<script>var w=['online casino bonus','slot gacor','poker online','live baccarat'],b=document.createElement('p');"
    "for(var i=0;i<w.length;i++){var a=document.createElement('a');a.href='https://x.luckyspin.example.net/?k='+w[i];"
    "a.appendChild(document.createTextNode(w[i]));b.appendChild(a)}document.body.appendChild(b);"
    "document.write('<br>')</script>\n"
)
STYLED = (
    "<script>jQuery(function($){$('body').append($('<div/>').css({position:'absolute',left:'-9000px'}).html("
    '\'<a href="https://a.luckyspin.example.net/">online casino</a> <a href="https://b.luckyspin.example.net/">'
    'viagra without prescription</a> <a href="https://c.luckyspin.example.net/">payday loans</a>\'))});</script>\n'
)


@pytest.mark.parametrize("script", [LAYER, STYLED])
def test_what_a_script_puts_into_the_page_is_cut_with_it(script: str) -> None:
    verdict, findings, cleaned = judged(HEAD + BODY + script + TAIL)
    assert (verdict, cleaned) == ("infected", HEAD + BODY + TAIL)
    assert len(findings) == 1


def test_a_layer_that_a_script_opens_says_what_it_would_be_in_the_page() -> None:
    _, findings, _ = judged(HEAD + BODY + LAYER + TAIL)
    assert findings[0].rule == "written-block"
    assert findings[0].category == "gambling"
    assert any("puts it into the page" in told.text for told in findings[0].evidence)
    assert findings[0].hidden_by == "script"


@pytest.mark.parametrize("codec", ["utf-16", "gb18030"])
def test_charsets_do_not_matter(codec: str) -> None:
    restores(body=LAYER, rule="written-block", codec=codec)


def test_links_that_a_loop_builds_are_all_read() -> None:
    verdict, findings, cleaned = judged(HEAD + BODY + BUILT + TAIL)
    assert (verdict, cleaned) == ("infected", HEAD + BODY + TAIL)
    assert "poker online" in findings[0].excerpt or any("poker" in told.text for told in findings[0].evidence)


def test_a_layer_at_the_end_of_a_long_script_is_for_review() -> None:
    own = "<script>" + "".join(f"function f{n}(a){{return a.value+{n};}}\n" for n in range(300))
    page = HEAD + BODY + own + LAYER.removeprefix("<script>") + TAIL
    _, findings, cleaned = judged(page)
    assert [finding.disposition for finding in findings] == ["review"]
    assert cleaned == page


@pytest.mark.parametrize(
    "script",
    [
        (
            "document.body.insertAdjacentHTML('beforeend','<div style=\"position:fixed;bottom:0\">We use cookies. "
            '<a href="https://www.example.org/privacy">Privacy policy</a></div>\');'
        ),
        (
            "document.getElementById('follow').innerHTML='<a href=\"https://social.example.org/library\">Follow us</a> "
            '<a href="https://video.example.org/library">Watch our readings</a>\';'
        ),
        (
            '$(\'body\').append(\'<div style="position:fixed;right:0"><a href="https://tickets.example.org/">'
            '<img src="/a.png" alt="Tickets for the summer concert"></a></div>\');'
        ),
        "var e='org.example@library'.split('').reverse().join('');document.write('<a href=\"mailto:'+e+'\">Mail</a>');",
    ],
)
def test_what_the_site_puts_there_itself_stays(script: str) -> None:
    silent(body=f'<p id="follow"></p>\n<script>{script}</script>\n')


def test_what_is_said_of_the_page_that_a_script_makes_ends_there() -> None:
    """A script that writes itself is read once, however often it would."""
    script = "<script>var s='" + '<a href="https://a.example.bet/">slots</a>' * 50 + "';" + "s+=s;" * 30 + "</script>\n"
    page = HEAD + BODY + script + TAIL
    verdict, findings, _ = judged(page)
    assert (verdict, findings) == ("clean", ())
