from __future__ import annotations

import random

import pytest

from spamguard.examine.items import items_of, leaves_of
from spamguard.page.outline import outline_of
from spamguard.page.segments import Page, read
from spamguard.page.tokens import Kind, view_of
from tests.page.charsets import ASCII_COMPATIBLE, WIDE, page_in

ALL = {label: (codec, b"", words) for label, (codec, words) in ASCII_COMPATIBLE.items()} | WIDE


def _leaves(raw: bytes) -> tuple[Page, list[tuple[Kind, str, bytes]]]:
    page = read(raw, path="page.html")
    found = []
    for leaf in leaves_of(page, outline_of(view_of(page.raw))):
        offsets = leaf.readable.offsets
        found.append((leaf.kind, leaf.readable.text, page.raw[int(offsets[0]) : int(offsets[-1])]))
    return page, found


@pytest.mark.parametrize("label", ALL)
def test_every_place_is_read_with_its_own_bytes(label: str) -> None:
    codec, mark, words = ALL[label]
    page, leaves = _leaves(page_in(label.split(" ")[0], codec, words, mark))
    assert {kind for kind, _, _ in leaves} == {Kind.TITLE, Kind.META, Kind.COMMENT, Kind.TEXT}
    for kind, text, raw in leaves:
        assert words in text
        assert raw.decode(page.codec) == text.replace("&", "&amp;") or kind is Kind.COMMENT


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("casino| poker| slots|", ["casino", "poker", "slots"]),
        ("国产精品| 亚洲无码 一区二区|", ["国产精品", "亚洲无码", "一区二区"]),
        ("Join our $1,000,000 challenge, 300,slots", ["Join our $1,000,000 challenge", "300", "slots"]),
        ("One sentence. Another one! Third", ["One sentence.", "Another one!", "Third"]),
        ("casino\npoker\r\n slots", ["casino", "poker", "slots"]),
        ("casino 丨 poker丨slots、bets", ["casino", "poker", "slots", "bets"]),
        ("Poker I Slots I am a bet", ["Poker", "Slots", "am a bet"]),
        ("See: this. v1.2 has one... end", ["See:", "this.", "v1.2 has one...", "end"]),
        ("ab.文字 甲-乙", ["ab.", "文字", "甲", "乙"]),
        ("well-known - snake_case", ["well-known", "snake", "case"]),
        ("see C_U_A_N_1 today", ["see C_U_A_N_1 today"]),
        ("P·E·R·M·A, other", ["P·E·R·M·A", "other"]),
    ],
)
def test_items_are_what_stands_between_separators(text: str, items: list[str]) -> None:
    page = read(f"<p>{text}</p>".encode(), path="page.html")
    leaves = leaves_of(page, outline_of(view_of(page.raw)))
    assert [item.text for item in items_of(page, leaves)] == items


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("ca<b></b>si<wbr>no, slots", ["casino", "casino", "casino", "slots"]),
        ("poker<!-- x --> bonus", ["poker", "bonus"]),
        ("<b>O</b>nce upon a time", ["O", "nce upon a time"]),
        ("3<!-- -->items", ["3", "items"]),
    ],
)
def test_pieces_of_a_word_that_was_cut_have_the_whole_word(html: str, items: list[str]) -> None:
    page = read(f"<p>{html}</p>".encode(), path="page.html")
    leaves = leaves_of(page, outline_of(view_of(page.raw)))
    assert [item.text for item in items_of(page, leaves)] == items


def test_links_that_were_commented_out_are_read_without_their_tags() -> None:
    page = read(
        b'<p>x</p><!-- <a href="//a.example.com/x">casino slots</a><br><a href="/">poker</a> -->', path="p.html"
    )
    leaves = leaves_of(page, outline_of(view_of(page.raw)))
    assert [item.text for item in items_of(page, leaves)][1:] == ["casino slots", "poker"]


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<td>&lt;a href=//a.example.com&gt;casino slots&lt;/a&gt; &lt;a hr</td>", ["casino slots"]),
        ("<p>[url=//a.example.com]poker[/url], slots</p>", ["poker", "slots"]),
        ("<pre>[url=x]</pre>", ["[url=x]"]),
        ("<code>&lt;a id=b&gt;</code>", ["<a id=b>"]),
    ],
)
def test_links_that_a_form_has_escaped_are_read_without_their_tags_but_not_in_code(html: str, items: list[str]) -> None:
    page = read(html.encode(), path="page.html")
    leaves = leaves_of(page, outline_of(view_of(page.raw)))
    assert [item.text for item in items_of(page, leaves)] == items


def test_items_of_random_text_lie_in_order_inside_their_leaf() -> None:
    rng = random.Random(5)  # noqa: S311
    for _ in range(200):
        text = "".join(rng.choices("ab |,.;-_ 精品、。!?\n\t&I/~", k=rng.randint(1, 60)))
        page = read(f"<p>{text}</p>".encode(), path="page.html")
        leaves = leaves_of(page, outline_of(view_of(page.raw)))
        place = 0
        for item in items_of(page, leaves):
            assert item.text == leaves[item.leaf].readable.text[item.start : item.end]
            assert item.text == item.text.strip()
            assert place <= item.start < item.end
            place = item.end


@pytest.mark.parametrize(
    "piece", [" ", "| ", "\t\n", "a ", "精 ", "I ", "-", " - ", "!", ". ", "。", ",", "_", "\u3000", "a" * 50]
)
def test_no_text_takes_the_splitter_long(piece: str) -> None:
    page = read(b"<p>casino" + (piece * (400_000 // len(piece))).encode() + b"slots</p>", path="page.html")
    items = items_of(page, leaves_of(page, outline_of(view_of(page.raw))))
    assert items[0].text.startswith("casino")


def test_a_long_text_of_cut_words_is_no_longer_than_it_is() -> None:
    """Each piece of a cut word has the text around it, not all that was put together before."""

    def longest(words: int) -> int:
        body = "<p>" + "read<i></i>ing rooms and gar<b></b>dens " * words + "</p>"
        page = read(f"<html><body>{body}</body></html>".encode(), path="page.html")
        return max(len(item.text) for item in items_of(page, leaves_of(page, outline_of(view_of(page.raw)))))

    assert longest(400) == longest(40)
