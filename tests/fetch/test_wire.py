"""Where connections go: to the address that was checked, at every step, and no longer than allowed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from spamguard.errors import Unjudgeable
from spamguard.fetch.addresses import is_public, is_web, same_site
from spamguard.fetch.client import Client, Limits
from spamguard.fetch.pace import Pace
from spamguard.fetch.visitors import BROWSER

from .site import Asked, Reply, redirect, serve

if TYPE_CHECKING:
    from spamguard.fetch.addresses import Address

LOCAL = ip_address("127.0.0.1")
INSIDE = ip_address("10.0.0.7")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1",
        "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1", "3fff::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/a", "http://www.example.org:8080/b", True),
        ("https://www.example.org", "https://shop.example.org", True),
        ("https://shop.example.org", "https://example.org", True),
        ("https://EXAMPLE.org", "https://example.org.", True),
        ("https://example.org", "https://example.net", False),
        ("https://example.org", "https://notexample.org", False),
        ("https://one.example.org", "https://two.example.org", False),
        ("https://example.org", "https://example.org@example.net", False),
        ("https://example.org", "nonsense", False),
    ],
)
def test_what_one_site_is(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:1",
        "//example.org",
        "http://",
        "http://a@example.org",
        "http://[",
        "http://a:x/",
    ],
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    assert not is_web(url)


def _client(answers: list[list[Address]], seconds: float = 20, permitted: Address = LOCAL) -> tuple[Client, list[str]]:
    """A client whose resolver gives these answers one after the other, and the names that it was asked for."""
    names: list[str] = []

    def resolve(host: str, _port: int) -> list[Address]:
        names.append(host)
        return answers[min(len(names), len(answers)) - 1]

    limits = Limits(100_000, seconds)
    return Client(limits, Pace(0), permits=lambda address: address == permitted, resolve=resolve), names


def _visit(client: Client, url: str) -> str:
    try:
        answer = client.visit(url, BROWSER, lambda _: None)
    except Unjudgeable as error:
        return error.reason
    return answer.body.decode()


def test_the_connection_goes_to_the_address_that_was_checked(  # a second look-up would lead elsewhere
) -> None:
    with serve(lambda _: Reply(b"the page")) as site:
        client, names = _client([[LOCAL], [INSIDE]])
        port = site.url.rpartition(":")[2]
        assert _visit(client, f"http://site.example.org:{port}/") == "the page"
        assert names == ["site.example.org"]
        assert site.asked[0].headers["host"] == f"site.example.org:{port}"


def test_addresses_that_are_not_allowed_are_passed_over() -> None:
    with serve(lambda _: Reply(b"the page")) as site:
        client, _ = _client([[INSIDE, LOCAL]])
        assert _visit(client, f"http://site.example.org:{site.url.rpartition(':')[2]}/") == "the page"


def test_a_name_that_turns_to_a_private_address_between_two_steps_is_refused_at_the_second() -> None:
    def app(asked: Asked) -> Reply:
        return redirect("/second") if asked.path == "/first" else Reply(b"inside")

    with serve(app) as site:
        client, names = _client([[LOCAL], [INSIDE]])
        assert _visit(client, f"http://site.example.org:{site.url.rpartition(':')[2]}/first") == "private-address"
        assert names == ["site.example.org"] * 2
        assert [asked.path for asked in site.asked] == ["/first"]


def test_a_redirect_to_a_host_below_that_is_private_is_refused() -> None:
    with serve(lambda _: redirect("http://intranet.example.org/")) as site:
        client, names = _client([[LOCAL], [INSIDE]])
        assert _visit(client, f"http://example.org:{site.url.rpartition(':')[2]}/") == "private-address"
        assert names == ["example.org", "intranet.example.org"]


def test_settings_of_a_proxy_do_not_lead_around_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(lambda _: Reply(b"the page")) as site, serve(lambda _: Reply(b"the proxy")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        client, _ = _client([[LOCAL]])
        assert _visit(client, f"http://site.example.org:{site.url.rpartition(':')[2]}/") == "the page"
        assert proxy.asked == []


def test_cookies_are_kept_within_a_visit_and_not_between_visits() -> None:
    def app(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(b"", 302, (("Location", "/page"), ("Set-Cookie", "a=1; Path=/")))
        return Reply(asked.headers.get("cookie", "none").encode())

    with serve(app) as site:
        client, _ = _client([[LOCAL]])
        assert _visit(client, f"{site.url}/") == "a=1"
        assert _visit(client, f"{site.url}/page") == "none"


def test_visits_to_a_host_keep_their_distance() -> None:
    slept: list[float] = []
    pace = Pace(2.0, sleep=slept.append, clock=lambda: 100.0)
    for host in ("example.org", "example.org", "example.net", "example.org"):
        pace.wait(host)
    assert slept == [2.0, 4.0]
    pace.slow_down("example.net", 9.0)
    pace.wait("example.net")
    pace.wait("example.net")
    pace.slow_down("example.com", 1e9)
    pace.wait("example.com")
    pace.wait("example.com")
    assert slept[2:] == [2.0, 11.0, 30.0]
