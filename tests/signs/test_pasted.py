"""Whole pages that somebody pasted into a post: they go when they sell, and with them what holds nothing else."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

_DOCUMENT = (
    '<!DOCTYPE html><html lang="en"><head><title>Online casino bonus: free spins no deposit</title>'
    '<link rel="canonical" href="https://spins.example.net/"><style>.go{color:#fff}</style></head><body>'
    "<h1>Best online casino bonus</h1><p>Claim free spins without deposit and play blackjack online.</p>"
    '<a class="go" href="https://spins.example.net/join">Join</a></body></html>'
)
_MARKDOWN = (
    "<p># Payday loans online, bad credit OK<br>\n**APPLY NOW** [https://cash.example.net/](https://cash.example.net/)"
    "<br>\n## No credit check loans<br>\n![button](https://cash.example.net/b.png)<br>\nMoney in minutes!</p>"
)

_ESCAPED = (
    "&lt;h1&gt;Online casino bonus&lt;/h1&gt;<br>\n&lt;p&gt;Free spins no deposit, live blackjack&lt;/p&gt;<br>\n"
    '&lt;a href="https://spins.example.net/join"&gt;Online casino bonus&lt;/a&gt;'
)


@pytest.mark.parametrize("box", ['<div class="reply-content">{}</div>\n', "<article><div>{}</div></article>\n"])
@pytest.mark.parametrize("piece", [_DOCUMENT, _MARKDOWN, _ESCAPED])
def test_a_pasted_page_goes_with_what_holds_nothing_else(box: str, piece: str) -> None:
    restores(body=box.format(piece), rule="pasted-page")


def test_what_stands_beside_it_stays() -> None:
    box = '<div class="reply-content"><p>Ida wrote on Monday that the fair is in May.</p>{}</div>\n'
    restores(body=box.format(_DOCUMENT), kept_body=box.format(""), rule="pasted-page")


@pytest.mark.parametrize(
    "body",
    [
        "<div><!DOCTYPE html><html><head><title>Fair</title></head><body><p>It is in May.</p></body></html></div>\n",
        "<div><p># Spring fair<br>\n**In May** see [plan](https://f.example.net/) ![x](https://f.example.net/)</p></div>\n",
        "<p>&lt;h1&gt;A&lt;/h1&gt; &lt;a href=https://f.example.net/&gt;our page&lt;/a&gt; &lt;b&gt;B&lt;/b&gt;</p>\n",
        "<pre># Payday loans online\n[apply](https://cash.example.net/) **now** ![b](https://cash.example.net/b)</pre>\n",
    ],
)
def test_pages_that_sell_nothing_and_code_stay(body: str) -> None:
    silent(body=body)


def test_a_picture_from_where_the_links_of_a_post_lead_goes_with_it() -> None:
    links = "".join(
        f'<li><a href="https://spins.example.net/{at}">{text}</a></li>'
        for at, text in enumerate(("Online casino bonus", "Free spins no deposit", "Live blackjack online"))
    )
    picture = '<figure><img src="data:," data-src="https://{}/banner.jpg" alt="banner"></figure>'
    post = '<article class="message"><div class="post-body">{}<ul>' + links + "</ul></div></article>\n"
    restores(body=post.format(picture.format("spins.example.net")), rule="link-block")
    kept = post.replace("<ul>" + links + "</ul>", "").format(picture.format("photos.example.org"))
    restores(body=post.format(picture.format("photos.example.org")), kept_body=kept, rule="link-block")
