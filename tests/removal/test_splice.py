from __future__ import annotations

import random

import pytest

from spamguard.errors import PlanRefused
from spamguard.findings import Edit, Span
from spamguard.page.outline import outline_of
from spamguard.page.tokens import view_of
from spamguard.removal.gaps import whole_lines
from spamguard.removal.splice import checked, splice
from spamguard.removal.verify import keeps_structure


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 4), Edit(3, 5)],
        [Edit(2, 4), Edit(2, 4, "x")],
        [Edit(5, 4)],
        [Edit(-1, 2)],
        [Edit(3, 99)],
    ],
    ids=["overlap", "twice", "backwards", "before", "behind"],
)
def test_edits_that_overlap_or_leave_the_file_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(PlanRefused):
        splice(b"0123456789", edits, "utf-8")
    with pytest.raises(PlanRefused):
        checked(edits, 10)


def test_neighbouring_edits_are_fine_in_any_order() -> None:
    assert splice(b"0123456789", [Edit(4, 6), Edit(2, 4, "ab"), Edit(10, 10, "!")], "utf-8") == b"01ab6789!"


@pytest.mark.parametrize(("codec", "written"), [("gb18030", "档".encode("gb18030")), ("cp1251", b"&#26723;")])
def test_replacements_are_written_in_the_charset_of_the_file(codec: str, written: bytes) -> None:
    assert splice(b"<>", [Edit(1, 1, "档")], codec) == b"<" + written + b">"


def test_random_cuts_leave_exactly_the_rest() -> None:
    rng = random.Random(3)  # noqa: S311
    for _ in range(200):
        data = rng.randbytes(rng.randint(0, 60))
        bounds = sorted(rng.randint(0, len(data)) for _ in range(6))
        edits = [Edit(bounds[0], bounds[1]), Edit(bounds[2], bounds[3]), Edit(bounds[4], bounds[5])]
        rest = data[: bounds[0]] + data[bounds[1] : bounds[2]] + data[bounds[3] : bounds[4]] + data[bounds[5] :]
        assert splice(data, edits, "latin-1") == rest


def _keeps(raw: bytes, *cuts: bytes) -> bool:
    edits = sorted(Edit(raw.index(cut), raw.index(cut) + len(cut)) for cut in cuts)
    return keeps_structure(outline_of(view_of(raw)), raw, edits, splice(raw, edits, "utf-8"), "utf-8")


@pytest.mark.parametrize(
    "cut",
    [
        b"<div hidden><a>spam</a></div>",
        b"<div hidden><a>spam</a></div>\n",
        b" casino slots",
        b"<!-- spam -->",
        b"<a>spam</a>",
    ],
)
def test_honest_cuts_are_accepted(cut: bytes) -> None:
    raw = (
        b"<div><p>one casino slots</p><div hidden><a>spam</a></div>\n<!-- spam --><p>two</p></div><table><td>x</table>"
    )
    assert _keeps(raw, cut)


@pytest.mark.parametrize(
    "cut",
    [b"<div class=a>", b"</div>", b"<table>", b"<p>one</p><div class=a>", b"</td></tr></table>", b"<!--", b"</script>"],
)
def test_cuts_that_nest_the_rest_differently_are_refused(cut: bytes) -> None:
    raw = (
        b"<section><p>one</p><div class=a><p>two</p></div><p>three</p></section>"
        b"<table><tr><td>x</td></tr><tr><td>y</td></tr></table><!-- note --><script>a()</script><p>four</p>"
    )
    assert not _keeps(raw, cut)


def test_a_title_put_back_in_the_charset_of_the_page_is_an_honest_cut() -> None:
    raw = "<title>赌场</title><p>图书馆</p>".encode("gbk")
    edit = Edit(7, 11, "图书馆")
    assert keeps_structure(outline_of(view_of(raw)), raw, [edit], splice(raw, [edit], "gb18030"), "gb18030")


@pytest.mark.parametrize(
    ("raw", "run", "rest"),
    [
        (b"one\ncasino| slots| \ntwo\n", b"casino| slots|", b"one\ntwo\n"),
        (b"one\r\n  casino\r\ntwo", b"casino", b"one\r\ntwo"),
        (b"one\ncasino slots", b"casino slots", b"one"),
        (b"casino slots\n", b"casino slots", b""),
        (b"one casino two\n", b"casino", b"one  two\n"),
    ],
    ids=["blank behind", "indented", "last line", "only line", "inside a line"],
)
def test_a_line_of_a_plain_text_goes_whole(raw: bytes, run: bytes, rest: bytes) -> None:
    span = whole_lines(raw, Span(raw.index(run), raw.index(run) + len(run)))
    assert raw[: span.start] + raw[span.end :] == rest
