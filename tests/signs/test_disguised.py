"""Words of spam in several disguises at once are cut with their sentence; one way of writing oddly is no reason."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

BEFORE = "The choir sang twice in May."
PITCHES = [
    "Ch\u0435\u0430p t\u200br\u200ba\u200bm\u200badol and ci<i></i>alis, see \uff4c\uff55\uff43\u3002c\u043em",
    "Order V\u00ad1\u200bagra, ta<i></i>dala<!-- x -->fil, \u0441\u0456\u0430l\u0456s, c\u2060a\u2060s\u2060ino.",
    'On\u200bline ca<b></b>sino b\u043enus: <a href="https://p.example.net/">s l o t s online</a>',
    "b&#8203;e&#8203;st ca&shy;si&shy;no \U0001d4ef\U0001d4fb\U0001d4ee\U0001d4ee sp<wbr>ins, no d\u0435p\u043esit",
]


@pytest.mark.parametrize("pitch", PITCHES)
@pytest.mark.parametrize(
    ("put", "honest"),
    [("<p>{pitch}</p>\n", ""), ("<p>{before} {pitch}</p>\n", "<p>{before}</p>\n"), ("<div><p>{pitch}</p></div>\n", "")],
)
def test_they_go_with_their_sentence(pitch: str, put: str, honest: str) -> None:
    page = HEAD + BODY + put.format(before=BEFORE, pitch=pitch) + TAIL
    _, findings, cleaned = judged(page)
    assert [finding.disposition for finding in findings] == ["safe"]
    assert cleaned == HEAD + BODY + honest.format(before=BEFORE) + TAIL


@pytest.mark.parametrize(
    "said",
    [
        "Do\u00adnau\u00addampf\u00adschiff\u00adfahrt und Ka\u00adsi\u00adno des Or\u00adtes.",
        "\u0915\u094d\u200d\u0937 \u0914\u0930 \u0631\u200c\u0647 in two writings.",
        "Our name in circles: \u24c1\u24d8\u24d1\u24e1\u24d0\u24e1\u24e8, and A B C D E for the little ones.",
        "How l\u043e\u043ek-alikes fool filters: c\u0430t, d\u043eg and b\u200bi\u200br\u200bd.",
    ],
)
def test_other_odd_writing_stays(said: str) -> None:
    silent(body=f"<p>{said}</p>\n")
