"""What scripts of the site bring into sight, what icons and menus hide, and who everybody is linked with."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

LEDS = (
    '<a href="https://lender.example.org/">loan comparison</a><a href="https://meet.example.net/">readers meet</a>'
    '<a href="https://horses.example.com/">horses and bets</a>'
)


@pytest.mark.parametrize(
    "piece",
    [
        (
            '<div id="age" style="visibility:hidden;opacity:0"><p>Adults only: we show wine and brandy.</p>'
            '<a href="/leave">Leave</a></div><script>var d=document.getElementById("age");'
            'd.style.visibility="visible";d.style.opacity=1;</script>'
        ),
        (
            "<style>#net a{display:inline-block;width:32px;height:32px;text-indent:-9999px;background:url(/i.png)}"
            '</style><div id="net"><a href="https://facebook.com/mill">Facebook</a>'
            '<a href="https://instagram.com/mill">Instagram</a><a href="https://strava.com/mill">Strava</a></div>'
        ),
        (
            '<nav class="menu"><ul><li><a href="/loans/">Loans</a><ul style="display:none">'
            '<li><a href="/loans/payday/">Payday loans</a></li>'
            '<li><a href="/loans/fast/">Instant loans, no credit check</a></li></ul></li></ul></nav>'
        ),
    ],
    ids=["gate", "icons", "dropdown"],
)
def test_is_left_alone(piece: str) -> None:
    page = HEAD + BODY + piece + "\n" + TAIL
    assert judged(page) == ("clean", (), page)


def test_a_component_that_waits_for_its_script_is_not_cut() -> None:
    page = HEAD + BODY + f'<div class="bar" hidden data-component="network-bar">{LEDS}</div>\n' + TAIL
    assert judged(page)[2] == page


def test_to_show_links_away_again_excuses_nothing() -> None:
    links = '<a href="https://a.example.net/">online casino bonus</a> <a href="https://b.example.org/">free slots</a>'
    page = HEAD + BODY + f'<div id="x7" style="display:none">{links}</div>'
    shown = "<script>if(0){document.getElementById('x7').style.display='block'}</script>\n"
    _, findings, cleaned = judged(page + shown + TAIL)
    assert {finding.hidden_by for finding in findings} == {"display"}
    assert "casino" not in cleaned


def test_what_a_script_hides_is_still_hidden() -> None:
    box = (
        '<div id="x7">' + '<a href="https://a.example.net/">online casino bonus</a> '
        '<a href="https://b.example.org/">best slots online</a></div>'
        "<script>document.getElementById('x7').style.display='none'</script>\n"
    )
    assert judged(HEAD + BODY + box + TAIL)[2] == HEAD + BODY + TAIL
