"""Walks through a sitemap: what they take, where they stop, how they go on."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from spamguard.fetch.robots import rules_in

from .site import HONEST, INFECTED, Asked, Reply, redirect, serve

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Fetch, FetchData
    from .site import App

XML = (("Content-Type", "application/xml"),)
ONE = ("--crawler", "googlebot")


def urlset(*urls: str) -> bytes:
    return b'<?xml version="1.0"?><urlset>%s</urlset>' % "".join(f"<url><loc>{u}</loc></url>" for u in urls).encode()


def index(*urls: str) -> bytes:
    return b"<sitemapindex>%s</sitemapindex>" % "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in urls).encode()


def site_of(files: dict[str, bytes | Reply], infected: str = "none") -> App:
    """A site with these files; ``HOST`` in a sitemap is its own address. All other pages are honest, but one."""

    def app(asked: Asked) -> Reply:
        found = files.get(asked.path)
        if found is None:
            return Reply(INFECTED if asked.path == infected and asked.is_crawler else HONEST)
        if isinstance(found, Reply):
            return found
        return Reply(found.replace(b"HOST", f"http://{asked.headers['host']}".encode()), headers=XML)

    return app


def paths(pages: list[dict[str, object]], url: str) -> list[str]:
    return [str(page["path"]).removeprefix(url) for page in pages]


def test_a_sitemap_is_walked_in_its_order_and_every_page_once(fetch_data: FetchData) -> None:
    listed = urlset(
        "HOST/b", "HOST/a?x=1&amp;y=2", "HOST/b", "https://example.net/foreign", "javascript:1", "<![CDATA[HOST/c]]>"
    )
    with serve(site_of({"/sitemap.xml": listed}, "/c")) as site:
        pages, code = fetch_data(*ONE, "--sitemap", f"{site.url}/sitemap.xml")
        assert paths(pages, site.url) == ["/b", "/a?x=1&y=2", "/c"]
    assert [page["verdict"] for page in pages] == ["clean", "clean", "infected"]
    assert code == 1
    assert site.asked[0].agent.startswith("spamguard/")


def test_an_index_leads_to_sitemaps_packed_ones_too(fetch_data: FetchData) -> None:
    with serve(lambda asked: app(asked)) as site:
        packed = gzip.compress(urlset(f"{site.url}/packed"))
        app = site_of(
            {
                "/index.xml": index("HOST/one.xml", "HOST/two.xml.gz", "HOST/gone.xml", "HOST/index.xml"),
                "/one.xml": urlset("HOST/plain"),
                "/two.xml.gz": Reply(packed, headers=(("Content-Type", "application/gzip"),)),
                "/gone.xml": Reply(b"", 404),
            }
        )
        pages, code = fetch_data(*ONE, "--sitemap", f"{site.url}/index.xml")
        assert paths(pages, site.url) == ["/plain", "/packed", "/gone.xml"]
    assert [(page["verdict"], page["reason"]) for page in pages[1:]] == [("clean", None), ("skipped", "missing")]
    assert code == 3


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(gzip.compress(b"<loc>" + b"x" * 1_000_000), headers=XML), "too-large"),
        (Reply(b"<urlset></urlset>", headers=XML), "no-sitemap"),
        (Reply(HONEST), "no-sitemap"),
        (Reply(b"", 500), "refused"),
        (redirect("https://elsewhere.example.net/sitemap.xml"), "refused"),
    ],
)
def test_a_sitemap_that_cannot_be_read_is_no_clean_site(fetch_data: FetchData, reply: Reply, reason: str) -> None:
    with serve(site_of({"/sitemap.xml": reply})) as site:
        [page], code = fetch_data(*ONE, "--max-bytes", "100000", "--sitemap", f"{site.url}/sitemap.xml")
    assert (code, page["verdict"], page["reason"]) == (3, "skipped", reason)


def test_sitemaps_nested_without_end(fetch_data: FetchData) -> None:
    def app(asked: Asked) -> Reply:
        return Reply(index(f"http://{asked.headers['host']}{asked.path}x"), headers=XML)

    with serve(app) as site:
        [page], code = fetch_data(*ONE, "--sitemap", f"{site.url}/x")
    assert (code, page["reason"]) == (3, "too-large")


def test_a_plain_list_of_addresses_is_a_sitemap_too(fetch_data: FetchData) -> None:
    with serve(site_of({"/sitemap.txt": b"HOST/a\r\nHOST/b\r\n\r\n"})) as site:
        pages, code = fetch_data(*ONE, "--sitemap", f"{site.url}/sitemap.txt")
        assert (paths(pages, site.url), code) == (["/a", "/b"], 0)


def test_a_walk_takes_no_more_pages_than_it_may(fetch: Fetch) -> None:
    with serve(site_of({"/s.xml": urlset(*(f"HOST/{n}" for n in range(9)))})) as site:
        result = fetch(*ONE, "--max-pages", "2", "--sitemap", f"{site.url}/s.xml")
        assert {asked.path for asked in site.asked} == {"/s.xml", "/0", "/1"}
    assert "2 pages judged" in result.stdout
    assert "--max-pages" in result.stderr


def test_a_site_that_refuses_is_left_alone(fetch_data: FetchData) -> None:
    files: dict[str, bytes | Reply] = {f"/{n}": Reply(b"slower", 429) for n in range(9)}
    with serve(site_of({**files, "/s.xml": urlset(*(f"HOST/{n}" for n in range(9)))})) as site:
        pages, code = fetch_data(*ONE, "--sitemap", f"{site.url}/s.xml")
        assert paths(pages, site.url) == [f"/{n}" for n in range(5)]
    assert code == 3


def test_a_walk_goes_on_where_it_stopped_and_its_exit_code_is_that_of_the_whole(
    fetch_data: FetchData, tmp_path: Path
) -> None:
    state = tmp_path / "state.jsonl"
    with serve(site_of({"/s.xml": urlset("HOST/a", "HOST/b", "HOST/c", "HOST/d")}, "/a")) as site:
        walk = (*ONE, "--max-pages", "2", "--state", str(state), "--sitemap", f"{site.url}/s.xml")
        first, code = fetch_data(*walk)
        assert (paths(first, site.url), code) == (["/a", "/b"], 1)
        with state.open("ab") as stream:
            stream.write(b'{"url": "half a li')  # the process died here
        second, code = fetch_data(*walk)
        assert (paths(second, site.url), code) == (["/c", "/d"], 1)
        # All four are judged: the next walk begins anew.
        third, code = fetch_data(*walk)
        assert (paths(third, site.url), code) == (["/a", "/b"], 1)
    assert state.stat().st_mode & 0o077 == 0


def test_what_could_not_be_judged_is_asked_for_again(fetch_data: FetchData, tmp_path: Path) -> None:
    files: dict[str, bytes | Reply] = {"/s.xml": urlset("HOST/a", "HOST/b"), "/a": Reply(b"oops", 500)}
    with serve(site_of(files)) as site:
        walk = (*ONE, "--state", str(tmp_path / "state"), "--sitemap", f"{site.url}/s.xml")
        first, code = fetch_data(*walk)
        assert (paths(first, site.url), code) == (["/a", "/b"], 3)
        del files["/a"]
        second, code = fetch_data(*walk)
        assert (paths(second, site.url), code) == (["/a"], 0)


@pytest.mark.parametrize(
    "text", ["my diary\n", json.dumps({"schema": "spamguard-walk/1", "sitemap": "https://example.org/"})]
)
def test_a_file_that_holds_something_else_is_not_touched(fetch: Fetch, tmp_path: Path, text: str) -> None:
    state = tmp_path / "notes.txt"
    state.write_text(text)
    with serve(site_of({"/s.xml": urlset("HOST/a")})) as site:
        assert fetch("--state", str(state), "--sitemap", f"{site.url}/s.xml").exit_code == 2
    assert site.asked == []
    assert state.read_text() == text


ROBOTS = """
User-agent: googlebot
Disallow: /

User-agent: other
User-agent: SpamGuard/1.0
Disallow: /private
Allow: /private/open   # but this
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow: /%7Ejo
Crawl-delay: 7
Disallow:

User-agent: *
Disallow: /everything
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("", True),
        ("/everything", True),
        ("/private", False),
        ("/privateer", False),
        ("/private/open/x", True),
        ("/x.pdf", False),
        ("/x.pdf?y", True),
        ("/a1b2c3", False),
        ("/acb", True),
        ("/~jo/x", False),
        ("/%7ejo", False),
    ],
)
def test_robots_txt_is_read_for_our_name(path: str, allowed: bool) -> None:
    assert rules_in(ROBOTS).allow(f"https://example.org{path}") is allowed


def test_robots_txt_for_everybody() -> None:
    assert rules_in(ROBOTS).delay == 7
    rules = rules_in("\ufeffUSER-AGENT: *\r\nDisallow: /x\nDisallow /y\ncrawl-delay: nan\nCrawl-delay: soon")
    assert (rules.allow("https://example.org/x"), rules.allow("https://example.org/y"), rules.delay) == (
        False,
        True,
        None,
    )
    assert rules_in("User-agent: *\nDisallow: /x\nAllow: /x").allow("https://example.org/x")
    assert rules_in("Disallow: /").allow("https://example.org/")
    assert rules_in("").allow("https://example.org/")
