"""What shares a name, a phrase or its letters with a block, as nothing else on the page does, goes with it."""

from __future__ import annotations

import pytest

from tests.removal.test_company import END, HEAD, TEXT, _cut

_SOLD = "best online slots, casino bonus"


def _goes(block: str, known: str) -> None:
    assert _cut(HEAD + TEXT + block.encode() + END, known.encode()) == (HEAD + TEXT + END, None)


def _stays(page: str, known: str) -> str:
    return _cut(HEAD + page.encode() + END, known.encode())[0].removeprefix(HEAD).removesuffix(END).decode()


@pytest.mark.parametrize(
    ("block", "known"),
    [
        (
            (
                f'<div class="user-card"><h3 class="name">Our KORVALE88</h3>\n<p class="a">KORVALE88 - {_SOLD}<br>\n'
                "Address: 1 Example Road<br>Hotline: 0900 000 000<br>Email: help@korvale88.example.com<br>\n"
                'Website: <a href="https://korvale88.example.com/">korvale88.example.com</a><br>#korvale88 #win</p>'
                "</div>\n"
            ),
            f"KORVALE88 - {_SOLD}",
        ),
        (
            (
                f'<li class="member"><b>vanilde777</b><br>{_SOLD} at VANILDE777<br>Phone: 0123 456<br>vanilde777.com'
                "</li>\n"
            ),
            f"{_SOLD} at VANILDE777",
        ),
        (
            (
                f"<h2>What is Zelmore99?</h2>\n<p>Zelmore99 has the {_SOLD}.</p>\n<h2>Is Zelmore99 safe?</h2>\n"
                "<p>Yes, it is.</p>\n<p>Write to Zelmore99 at any time.</p>\n"
            ),
            f"Zelmore99 has the {_SOLD}.",
        ),
        (f"<section><p>Ласкаво просимо!</p><p>BELDORA {_SOLD}</p><p>Beldora</p></section>\n", f"BELDORA {_SOLD}"),
    ],
    ids=["card", "member", "questions", "capitals"],
)
def test_a_profile_goes_with_the_line_that_sells(block: str, known: str) -> None:
    _goes(block, known)


@pytest.mark.parametrize(
    ("block", "known"),
    [
        ("<div><p>在线赌场</p><p>感谢您访问我们的网站</p></div>\n", "在线赌场"),
        ("<div><p>Добро пожаловать</p><p>казино онлайн</p><p>Все новости сайта</p></div>\n", "казино онлайн"),
        ("<p>สวัสดีครับ<br>คาสิโนออนไลน์<br>ขอบคุณครับ</p>\n", "คาสิโนออนไลน์"),
        ("<ul><li>ようこそ</li><li>オンラインカジノ</li></ul>\n", "オンラインカジノ"),
    ],
)
def test_what_is_written_in_the_blocks_letters_goes_with_it(block: str, known: str) -> None:
    _goes(block, known)


@pytest.mark.parametrize(
    ("block", "known"),
    [
        ("<h2>Hurtige Lån</h2>\n<p>Få lån nu. Hurtige Lån.</p>\n", "<p>Få lån nu. Hurtige Lån.</p>"),
        ("<p>sexchat</p><p>neukdate</p><p>sexchat</p>\n", "<p>neukdate</p><p>sexchat</p>"),
        ("<h1>在线赌场|百家乐平台|\ufffd</h1>\n", "在线赌场|百家乐平台"),
    ],
    ids=["heading", "first of a list", "a broken letter"],
)
def test_what_a_block_says_again_and_its_crumbs_go_with_it(block: str, known: str) -> None:
    _goes(block, known)


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Our Hall42</h2>\n<p>Hall42 is open.</p>\n{}<footer><p>Hall42, Example Road 1</p></footer>\n",
        '<p>Read about <a href="/hall42">Hall42</a>.</p>\n{}<p>The library opens at nine in the morning.</p>\n',
        "<p>© 2019 Hall42</p>\n{}<p>The library opens at nine in the morning, on Sundays at ten.</p>\n",
    ],
    ids=["elsewhere too", "a link that stays", "an imprint"],
)
def test_a_name_that_is_the_pages_own_stays(page: str) -> None:
    spam = f"<p>Hall42 {_SOLD}</p>\n"
    assert _stays(page.format(spam), f"Hall42 {_SOLD}") == page.format("")


@pytest.mark.parametrize(
    "page",
    [
        '<p>{}</p>\n<p><a href="/zh">中文</a></p>\n<p>The library opens at nine in the morning on Mondays.</p>\n',
        "<p>{}</p>\n<p>图书馆九点开门。</p>\n<p>The library opens at nine.</p>\n<p>请带好您的借书证。</p>\n",
        "<p>{}</p>\n<p>The library opens at nine in the morning on Mondays, and on Sundays at ten.</p>\n",
    ],
    ids=["a language", "a page in two", "other letters"],
)
def test_the_pages_own_lines_in_such_letters_stay(page: str) -> None:
    spam = "在线赌场"
    assert _stays(page.format(spam), spam) == page.replace("<p>{}</p>\n", "")
