"""Whose a domain is."""

from __future__ import annotations

import pytest

from spamguard.examine.hosts import domain_of, own_domains, slug_of
from spamguard.page.outline import outline_of
from spamguard.page.tokens import view_of

SHOP = "".join(f'<a href="https://shop.example.net/{n}">casino {n}</a> ' for n in range(40))


def _own(html: str) -> frozenset[str]:
    return own_domains(outline_of(view_of(html.encode())))


def test_a_block_of_links_to_one_shop_does_not_make_the_shop_the_owner() -> None:
    assert _own(f'<p>We row.</p><a href="/news">News</a> <a href="/boats">Boats</a><div>{SHOP}</div>') == frozenset()
    assert _own(f"<p>We row.</p><div>{SHOP}</div>") == frozenset()


def test_a_site_that_names_its_own_files_in_full_is_the_owner() -> None:
    menu = "".join(f'<a href="https://club.example.org/{n}">page {n}</a> ' for n in range(9))
    assert _own(f'<link rel="stylesheet" href="https://club.example.org/a.css"><nav>{menu}</nav>') == {"example.org"}


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.example.org/">',
        '<base href="https://example.org/">',
        '<meta property="og:url" content="https://example.org/a">',
    ],
)
def test_what_the_page_says_of_itself_counts_before_all_links(head: str) -> None:
    assert _own(f'{head}<img src="https://cdn.example.com/a.png">{SHOP}') == {"example.org"}


def test_an_address_is_read_as_browsers_read_it() -> None:
    written = "".join(f"&#{ord(letter):07};" for letter in "https://bet.example.net/slots")
    assert domain_of(written) == "example.net"
    assert "slots" in slug_of(written)
    assert domain_of("/a?b&#38;c") is None


def test_codes_in_an_address_are_no_words() -> None:
    assert slug_of("https://ads.example.net/c?s=Kg0duQzAOiIGCMcBEL0TKg0duQzAOiIGCKsB") == "ads example net c s"
    assert slug_of("https://a.example.net/best-online-casino-2024") == "a example net best online casino 2024"
