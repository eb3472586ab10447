"""Frames that come together, pages of links in frames, numbers in a row, silent links, vandals of many languages."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent


@pytest.mark.parametrize(
    "frames",
    [
        (
            '<iframe src="https://m.example.net/in.htm" width=0 height=0></iframe>'
            '<iframe src="https://m.example.net/go.htm" width="1" height="1" frameborder="0"></iframe>'
        ),
        (
            '<iframe src="//t.example.com/" style="position:fixed;top:0;left:0;width:100%;height:100vh"></iframe>'
            '<iframe src="//u.example.com/a" width="0" height="0"></iframe>'
        ),
        (
            '<iframe src="https://m.example.net/a" style="position:absolute;left:-4000px"></iframe>'
            '<iframe src="https://m.example.net/b" style="position:absolute;left:-4000px"></iframe>'
            '<iframe src="https://m.example.net/c" style="position:absolute;left:-4000px"></iframe>'
        ),
    ],
)
def test_frames_of_one_site_do_not_speak_for_each_other(frames: str) -> None:
    restores(body=frames + "\n", rule="foreign-frame")


def test_a_frame_of_a_site_that_the_page_links_stays() -> None:
    silent(
        body='<p>Served by <a href="https://m.example.net/">a friend</a>.</p>\n'
        '<iframe src="https://m.example.net/in.htm" width="0" height="0"></iframe>\n'
    )


@pytest.mark.parametrize(
    ("inside", "look"),
    [
        ("<a href='https://a.example.net/'>ຫວຍ ອອນລາຍ</a>", 'style="position:absolute;left:-3000px" height=1 width=1'),
        (
            "<p><a href='https://a.example.net/'>x</a> <a href='https://b.example.net/'>kasiino</a></p>",
            'width="0" height="0"',
        ),
        ("<a href='//c.example.com/'>ohne Limit</a>", 'style="opacity:0;position:absolute"'),
        (
            "<ul><li><a href='https://d.example.net/1'>eins</a><li><a href='https://d.example.net/2'>zwei</a></ul>",
            "width=1 height=1",
        ),
        (
            "<a href='https://e.example.com/'>kazino</a>|<a href='https://e.example.com/2'>kazino</a>",
            'style="visibility:hidden"',
        ),
    ],
)
def test_a_page_of_links_that_nobody_can_see_goes(inside: str, look: str) -> None:
    restores(body=f'<iframe srcdoc="{inside}" {look}></iframe>\n', rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe srcdoc="<p>Loading the map</p>" width="0" height="0"></iframe>',
        '<iframe srcdoc="<a href=\'/help\'>help</a>" width="0" height="0"></iframe>',
        '<iframe srcdoc="<a href=\'https://a.example.net/\'>the paper in full</a>" width="600" height="400"></iframe>',
        (
            '<iframe srcdoc="<p>This form is handled by another house, which keeps what you write for a month; read '
            '<a href=\'https://a.example.net/\'>how</a></p>" style="visibility:hidden"></iframe>'
        ),
    ],
)
def test_a_small_page_of_the_site_itself_stays(frame: str) -> None:
    silent(body=frame + "\n")


@pytest.mark.parametrize("between", ["\n", " \n\t", "\n\n", ", ", "\r\n  "])
def test_numbered_links_are_one_box_whatever_stands_between(between: str) -> None:
    links = between.join(f'<a href="https://u{at}.example.net/{at}/a-trick">{at}</a>' for at in range(1, 8))
    restores(body=f'<div style="display:none">\n{links}\n</div>\n', rule="numbered-links")


def test_numbers_of_pages_in_a_closed_menu_stay() -> None:
    links = "\n".join(f'<a href="/archive/{at}">{at}</a>' for at in range(1, 8))
    silent(body=f'<div style="display:none">\n{links}\n</div>\n')


def test_a_silent_link_is_unwrapped_whatever_else_the_page_links_there() -> None:
    friend = '<p>With thanks to <a href="https://www.example.net/">the printers</a>.</p>\n'
    link = (
        '<a href="https://a.example.net/x" style="color:inherit;cursor:text;text-decoration:none" '
        "onmouseover=\"window.status=' ';return true\">reading room</a>"
    )
    line = "<p>Ask in the {} for a card.</p>\n"
    _, findings, cleaned = judged(HEAD + BODY + friend + line.format(link) + TAIL)
    assert {finding.rule for finding in findings} == {"camouflaged-link"}
    assert cleaned == HEAD + BODY + friend + line.format("reading room") + TAIL


@pytest.mark.parametrize(
    "banner",
    [
        "<center><font color=red>INVADIDO POR Time_Ex3mplo</font><marquee>admin, cuide do servidor</marquee></center>",
        '<h1 style="color:lime;background:#000">Site piraté par Ex3mpleTeam</h1>',
        "<center><b>Gehackt von Muster_Crew</b></center>",
        "<marquee><b>Взломано Primer_Team</b></marquee>",
        '<div style="background:#000;color:red"><h1>Diretas oleh Contoh404</h1></div>',
        "<center><pre>\n[ t0uched by ~ S4mpleKid ~ ]\n gr33tz : all sl33pless\n</pre></center>",
        '<pre style="color:#0f0;background:#000">\n  0wned by Ex4mple\n  index changed, greetz to nobody\n</pre>',
    ],
)
def test_vandals_sign_in_many_languages(banner: str) -> None:
    verdict, findings, cleaned = judged(HEAD + BODY + banner + "\n" + TAIL)
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["defacement"])
    assert findings[0].disposition == "review"
    assert cleaned == HEAD + BODY + banner + "\n" + TAIL


@pytest.mark.parametrize(
    "line",
    [
        "<h2>El puerto, invadido por turistas ingleses</h2>",
        "<center><font size=5>Le phare piraté par les mouettes!</font></center>",
        "<h1>Der Verein wurde gehackt von Unbekannten, die Polizei ermittelt</h1>",
        "<center><b>Situs kelurahan diretas oleh kelompok tak dikenal, kata lurah</b></center>",
        "<p>Le site a été piraté par Ex3mpleTeam, dit le maire.</p>",
        "<pre>$ ssh root@host\nowned by root, 4 files changed</pre>",
    ],
)
def test_news_of_break_ins_and_of_gulls_stay(line: str) -> None:
    silent(body=line + "\n")
