"""Feeds and sitemaps: the entries that intruders add go, to the byte, and honest ones stay."""

from __future__ import annotations

import pytest

import spamguard
from spamguard.run.walk import SUFFIXES

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n<title>Example Lab blog</title>\n'
OWN = (
    (
        "<item><title>Field trip in May</title><link>https://www.example.org/a</link>"
        "<description>We went to the river and took samples of water and of plants.</description></item>\n"
    ),
    (
        "<item><title>New microscope</title><link>https://www.example.org/c</link>"
        "<description>The microscope was delivered and everybody may use it.</description></item>\n"
    ),
    "<item><title>Summer school</title><link>https://www.example.org/d</link></item>\n",
)
TAIL = "</channel></rss>\n"
SPAM = (
    "<item><title>No Deposit Casino Bonus Guide</title><link>https://www.example.org/b</link><description>"
    '<![CDATA[Best online casino slots with free spins <a href="https://a.example.net/">casino online</a>]]>'
    "</description></item>\n"
)


def cleaned(page: str, *, codec: str = "utf-8") -> tuple[str, str, set[str]]:
    result = spamguard.clean(page.encode(codec), path="feed.xml")
    return result.data.decode(codec), result.report.verdict, {finding.rule for finding in result.report.findings}


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_an_entry_that_was_put_into_a_feed_goes_wherever_it_stands(place: int) -> None:
    rows = [*OWN[:place], SPAM, *OWN[place:]]
    assert cleaned(HEAD + "".join(rows) + TAIL) == (HEAD + "".join(OWN) + TAIL, "infected", {"feed-entry"})


def test_a_feed_in_another_charset_is_cut_to_the_byte() -> None:
    head = HEAD.replace("UTF-8", "GBK").replace("Example Lab blog", "示例实验室")
    own = OWN[0].replace("Field trip in May", "五月的野外考察")
    spam = (
        "<item><title>国产精品久久在线观看</title><link>https://www.example.org/b</link>"
        "<description>亚洲一区二区三区免费视频 欧美日韩精品高清不卡</description></item>\n"
    )
    assert cleaned(head + own + spam + OWN[1] + TAIL, codec="gbk")[0] == head + own + OWN[1] + TAIL


def test_addresses_that_were_put_into_a_sitemap_go() -> None:
    head = '<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    own = [f"<url><loc>https://www.example.org/{name}</loc></url>\n" for name in ("news", "opening-hours", "contact")]
    spam = "<url><loc>https://www.example.org/online-casino-no-deposit-bonus</loc></url>\n"
    result, verdict, _ = cleaned(head + own[0] + spam + "".join(own[1:]) + "</urlset>\n")
    assert (result, verdict) == (head + "".join(own) + "</urlset>\n", "infected")


@pytest.mark.parametrize(
    "entry",
    [
        (
            "<item><title>Police close an illegal casino in the harbour</title><description>Officers searched three "
            "houses on Tuesday; the operators face charges, a spokesman said.</description></item>\n"
        ),
        "<item><title>Time slots for visitors</title><description>Book a slot at the desk.</description></item>\n",
    ],
)
def test_news_about_such_things_stays(entry: str) -> None:
    page = HEAD + OWN[0] + entry + OWN[1] + TAIL
    assert cleaned(page) == (page, "clean", set())


def test_the_feed_of_a_site_about_such_things_is_left_alone() -> None:
    page = HEAD + SPAM * 6 + OWN[0] + TAIL
    assert cleaned(page)[0] == page


def test_a_feed_that_declares_entities_is_not_unfolded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "casino casino">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
    )
    page = bomb + "]><rss><channel><item><title>&j;</title></item></channel></rss>"
    assert cleaned(page)[0] == page


def test_feeds_are_judged_when_a_folder_is_walked() -> None:
    assert {".xml", ".rss", ".atom"} <= set(SUFFIXES)
