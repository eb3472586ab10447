"""A vandal's line is told, in whatever letters it is written, and never cut unasked; words about vandals are not."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

LINES = [
    (
        '<center style="background:black;color:lime"><h1>S1te s3cur1ty = 0</h1><marquee>N0rthw1nd Crew was here ~ '
        "greetz to all silent brothers ~ admin patch your box</marquee></center>"
    ),
    "<h1>[+] Pwn3d by N0rthw1nd Crew [+]</h1>",
    '<div style="text-align:center"><h2>H4ck3d by Gh0st_Sh4d0w</h2><p>your security is low</p></div>',
    "<h1>0wn3d By B1ackR0se</h1>",
    "<marquee>D3f4c3d by SilentWolf | Greetz: all members</marquee>",
    "<center><h1>r00t3d by xNightFall</h1><br>No System Is Safe</center>",
    "<p>Touched by Mr.Z3r0 - Cyber Army</p>",
    "<h1>ExampleTeam was here!</h1>",
    '<div><center><font color="red" size="7">HACKED</font><br><font color="white">by Wolf_X</font></center></div>',
]


@pytest.mark.parametrize("line", LINES)
def test_a_vandals_line_is_only_told(line: str) -> None:
    more = "<p>Greetz to: n1ght, sh4d0w, z3ro</p>" if "here!" in line else ""
    page = HEAD + BODY + line + more + "\n" + TAIL
    verdict, findings, cleaned = judged(page)
    assert (verdict, {(f.rule, f.disposition) for f in findings}) == ("infected", {("defacement", "review")})
    assert cleaned == page


def test_the_place_of_the_line_is_told_whole() -> None:
    page = HEAD + BODY + LINES[0] + "\n" + TAIL
    _, (finding,), _ = judged(page)
    assert page[finding.span.start : finding.span.end].strip() == LINES[0]


def test_a_vandals_title_is_told() -> None:
    page = HEAD.replace("Opening hours", "[+] Pwn3d by N0rthw1nd Crew [+]") + BODY + TAIL
    _, findings, cleaned = judged(page)
    assert [(finding.rule, finding.disposition) for finding in findings] == [("defacement", "review")]
    assert cleaned == page


@pytest.mark.parametrize(
    "line",
    [
        "<h1>Kilroy was here</h1>",
        "<p>The site was hacked by a group of students in May, and the library lost its catalogue.</p>",
        "<h2>Hacked by a heat wave: how our servers fared in July</h2>",
        "<p>Owned by the town since 1911.</p>",
        "<h3>Mary was here: a guest book of 1890</h3>",
        "<p>Team Blue was here last summer and left the tent clean.</p>",
        "<p>Pwned by pawns: chess evening on Friday</p>",
        "<p>Greetz is what some wrote on walls in the nineties.</p>",
        "<p>HACKED: a film about a bicycle thief, Friday at eight</p>",
        "<p>The lecture explains what pwn3d and 1337 meant to those who wrote them.</p>",
        "<blockquote>H4ck3d by Gh0st, said the screen on Monday.</blockquote>",
        '<p>Room 4CK, see <a href="/plan">the plan</a>.</p>',
    ],
)
def test_words_about_vandals_stay(line: str) -> None:
    silent(body=line + "\n")


@pytest.mark.parametrize(
    "line",
    [
        "<center><font color=red>!! Invadido por Corja Exemplo Crew !!</font><br><marquee>z3ro</marquee></center>",
        "<h1>Gehackt door Grijze_Wolf</h1>",
        "<h1>Зламано Ghost Team</h1>",
        "<center><b>تم اختراق الموقع بواسطة Sh4dow_X</b></center>",
    ],
)
def test_vandals_of_more_languages_are_told(line: str) -> None:
    page = HEAD + BODY + line + "\n" + TAIL
    _, findings, cleaned = judged(page)
    assert [(finding.rule, finding.disposition) for finding in findings] == [("defacement", "review")]
    assert cleaned == page


@pytest.mark.parametrize("line", ["<h1>Invadido por turistas</h1>", "<h2>Зламано замок на воротах</h2>"])
def test_other_invasions_stay(line: str) -> None:
    silent(body=line + "\n")
