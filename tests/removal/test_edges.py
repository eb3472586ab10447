"""What white space stays at the edges of head and body: what pages have there that are written like this one."""

from __future__ import annotations

import pytest

from tests.examine.scenes import cleaned

LINKS = b'<a href="http://a.example.com/">casino slots</a> <a href="http://b.example.net/">poker bonus</a>'
BLOCK = b"<div hidden>" + LINKS + b"</div>"
PARTS = [b"<h1>Village library</h1>", *(b"<p>Shelf %d holds maps and old letters.</p>" % n for n in range(14))]
HEAD = [b"<head>", b"<title>Village library</title>", b"</head>", b"<body>"]


def _page(joiner: bytes) -> bytes:
    return joiner.join([b"<html>", *HEAD, *PARTS])


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_page_of_lines_keeps_the_line_end_before_an_end_that_is_one_word(newline: bytes) -> None:
    before, after = _page(newline) + newline, b"</body></html>"
    assert cleaned(before, BLOCK, after)[0] == before + after


def test_a_page_of_one_line_gets_no_line_end_before_its_end() -> None:
    before, after = _page(b""), b"</body></html>"
    assert cleaned(before, b"\n" + BLOCK, after)[0] == before + after


def test_a_page_with_empty_lines_keeps_the_one_before_its_end() -> None:
    before, after = _page(b"\n\n") + b"\n\n", b"</body>\n</html>\n"
    assert cleaned(before, BLOCK, after)[0] == before + after


def test_a_page_of_one_line_keeps_none_behind_the_opening_of_its_body() -> None:
    before, after = b"<html>" + b"".join(HEAD), b"".join(PARTS) + b"</body></html>"
    assert cleaned(before, BLOCK + b"\n", after)[0] == before + after


def test_a_line_that_a_block_indented_goes_with_its_indentation() -> None:
    before = b"<html>\n<head>\n<title>Village library</title>\n<link rel=icon href=/i.png>"
    after = b"</head>\n<body>\n" + b"\n".join(PARTS) + b"\n</body>\n</html>\n"
    block = b'  <meta name="keywords" content="casino slots, poker bonus, online roulette">\n'
    assert cleaned(before, block, after)[0] == before + after


@pytest.mark.parametrize("after", [b" Bring your card with you.</p>", b"</p>"], ids=["between", "behind"])
def test_a_sentence_goes_with_the_space_on_either_side(after: bytes) -> None:
    """Who puts one in between brings its own: what stays is parted as the page parts its sentences."""
    before, after = b"<body><p>Books are lent for four weeks.", after + b"\n<p>Maps stay here.</p></body>"
    assert cleaned(before, b" Casino slots with a poker bonus, play now. ", after)[0] == before + after


def test_a_page_that_parts_its_sentences_by_two_spaces_keeps_them() -> None:
    before, after = b"<body><p>Books are lent.  For four weeks.", b"  Bring your card.</p></body>"
    assert cleaned(before, b" Casino slots with a poker bonus, play now.", after)[0] == before + after


@pytest.mark.parametrize("stray", [b"", b"</div></td>\n", b"</center>"])
def test_a_second_body_takes_the_end_tags_before_it_and_leaves_the_end_of_the_page(stray: bytes) -> None:
    before = b"<html>\n" + b"\n".join(HEAD) + b"\n" + b"\n".join(PARTS) + b"\n"
    after = b"</body>\n</html>\n"
    block = stray + b"<body><div hidden>" + LINKS + b"\n"
    assert cleaned(before, block, after)[0] == before + after
