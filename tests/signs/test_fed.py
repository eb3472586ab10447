"""Feeds and site maps in a page: those of a site that sells go, the page's own and what is shown as code stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

_FEEDS = (
    '<link rel="alternate" type="application/rss+xml" title="Online Casino Bonus &raquo; Free Spins" '
    'href="https://slots.example.net/feed.xml">\n'
    '<link rel="sitemap" type="application/xml" title="Site map" href="https://slots.example.net/casino-map.xml">\n'
)
_ITEMS = (
    "<item><title>Cheap essay writing service</title><link>https://essays.example.net/cheap-essay</link></item>\n"
    "<item><title>Plans</title><link>https://essays.example.net/plans</link><pubDate>Fri, 2 Feb 2024</pubDate></item>\n"
)
_MAP = (
    '<urlset style="display:none">\n<url><loc>https://slots.example.net/?q=slot+gacor+maxwin</loc></url>\n'
    "<url><loc>https://slots.example.net/?q=situs+togel+resmi</loc><priority>1.0</priority></url>\n</urlset>\n"
    "<!-- Sitemap: https://slots.example.net/map.xml -->\n"
)


def test_a_head_names_no_feed_of_a_site_that_sells() -> None:
    restores(head=_FEEDS, rule="foreign-feed")


_HIDDEN = '<div style="display:none">\n' + _ITEMS + "</div>\n"


@pytest.mark.parametrize("body", [_ITEMS, _MAP, _HIDDEN])
def test_entries_of_a_feed_that_sell_go(body: str) -> None:
    restores(body=body, rule="foreign-feed")


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="alternate" type="application/rss+xml" title="News" href="https://feeds.example.net/library">\n',
        '<link rel="alternate" type="application/rss+xml" title="Casino evening: photos" href="/casino-evening.xml">\n',
        '<link rel="alternate" hreflang="de" href="https://casino.example.net/">\n',
    ],
)
def test_feeds_of_the_page_stay(head: str) -> None:
    silent(head=head)


@pytest.mark.parametrize(
    "body",
    [
        "<item><title>New books in May</title><link>https://books.example.net/may</link></item>\n",
        "<pre>&lt;item&gt;&lt;title&gt;Cheap essay writing service&lt;/title&gt;&lt;/item&gt;</pre>\n",
        "<item>Shelf 4: novels</item>\n<item>Shelf 5: travel</item>\n",
        "<urlset><url><loc>https://www.example.org/opening-hours</loc></url></urlset>\n",
    ],
)
def test_other_entries_and_code_stay(body: str) -> None:
    silent(body=body)
