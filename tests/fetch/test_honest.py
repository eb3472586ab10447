"""Sites that are honest, down, in the way or in our way: no false alarm, and never clean by accident."""

from __future__ import annotations

import gzip
import secrets
import zlib
from typing import TYPE_CHECKING

import pytest

from spamguard.fetch import walk
from spamguard.fetch.verdict import page_report

from .site import HONEST, HTML, INFECTED, OTHER_SPAM, Asked, Reply, closed_port, redirect, serve

if TYPE_CHECKING:
    from spamguard.fetch.look import Look
    from spamguard.fetch.verdict import PageReport

    from .conftest import Fetch, FetchData
    from .site import App

ADVERTS = (b"Fresh bread every morning", b"Two for one at the cinema", b"Learn to play the piano", b"Boats for hire")


def with_text(text: bytes) -> bytes:
    assert b"</body>" in HONEST
    return HONEST.replace(b"</body>", b"<p>" + text + b"</p></body>")


def changing(asked: Asked) -> Reply:
    """A session token, a clock, a counter and an advertisement: another one at every visit."""
    token = secrets.token_hex(16).encode()
    words = b"Visitor %d at 10:%02d; " % (asked.number, asked.number) + ADVERTS[asked.number % len(ADVERTS)]
    form = b'<form><input type=hidden name=csrf value="%s"><button>Send</button></form>' % token
    return Reply(with_text(words + b"</p>" + form + b"<p>" + token))


def a_and_b(asked: Asked) -> Reply:
    return Reply(
        (HONEST, with_text(b"We are trying a new design of this page. Tell us what you think."))[asked.number % 2]
    )


def for_people(asked: Asked) -> Reply:
    """People are asked about cookies, crawlers are not."""
    return Reply(HONEST if asked.is_crawler else with_text(b"We use cookies. Do you agree?"))


def packed(asked: Asked) -> Reply:
    assert "gzip" in asked.headers["accept-encoding"]
    return Reply(gzip.compress(HONEST), headers=(HTML, ("Content-Encoding", "gzip")))


def deflated(asked: Asked) -> Reply:
    data = zlib.compress(HONEST)
    return Reply(data[2:-4] if asked.is_crawler else data, headers=(HTML, ("Content-Encoding", "deflate")))


def moved_within_the_site(asked: Asked) -> Reply:
    return Reply() if asked.path == "/new" else redirect("/new", 301)


@pytest.mark.parametrize(
    "app", [lambda _: Reply(), changing, a_and_b, for_people, packed, deflated, moved_within_the_site]
)
def test_honest_pages_are_clean(fetch_data: FetchData, app: App) -> None:
    with serve(app) as site:
        [page], code = fetch_data(f"{site.url}/page")
    assert (code, page["verdict"], page["reason"], page["findings"]) == (0, "clean", None, [])
    assert page["differences"] == []


def test_an_honest_page_is_asked_for_once_by_every_visitor_and_twice_by_browsers(fetch_data: FetchData) -> None:
    with serve(for_people) as site:
        fetch_data("--crawler", "googlebot", "--crawler", "bingbot", site.url)
    whole = [("Chrome" in asked.headers["user-agent"], asked.is_crawler, asked.from_search) for asked in site.asked]
    assert whole == [
        (True, False, False),
        (True, True, False),
        (True, True, False),
        (True, False, True),
        (True, False, True),
        (True, False, False),
    ]


def test_other_text_for_crawlers_is_told_and_is_no_spam(fetch_data: FetchData, fetch: Fetch) -> None:
    def app(asked: Asked) -> Reply:
        return Reply(
            with_text(b"Dear robot, this summary of our term dates is for you.") if asked.is_crawler else HONEST
        )

    with serve(app) as site:
        [page], code = fetch_data(site.url)
        shown = fetch(site.url).stdout
    assert (code, page["verdict"], page["findings"]) == (0, "clean", [])
    assert next((one["view"], one["kind"], one["blocks"]) for one in page["differences"]) == ("googlebot", "text", 1)
    assert "Dear robot" in page["differences"][0]["excerpt"]
    assert "difference for googlebot: 1 block of text that browsers are not sent: Dear robot" in shown


def unknown_agents_refused(asked: Asked) -> Reply:
    return Reply(b"Forbidden", 403) if asked.is_crawler else Reply()


def challenge_for_crawlers(asked: Asked) -> Reply:
    page = b"<title>Just a moment...</title><p>Checking your browser before you go on."
    return Reply(page) if asked.is_crawler else Reply()


def challenge_by_header(asked: Asked) -> Reply:
    return Reply(HONEST, headers=(HTML, ("cf-mitigated", "challenge"))) if asked.from_search else Reply()


def crawlers_sent_away(asked: Asked) -> Reply:
    return redirect("https://tests.example.net/are-you-a-robot") if asked.is_crawler else Reply()


def spam_once(asked: Asked) -> Reply:
    return Reply(INFECTED if asked.number == 1 else HONEST)


def redirect_once() -> App:
    served: list[Asked] = []

    def app(asked: Asked) -> Reply:
        if asked.from_search and not served:
            served.append(asked)
            return redirect("https://pills.example.net/")
        return Reply()

    return app


def another_topic_for_crawlers(asked: Asked) -> Reply:
    return Reply(b"Gone", 410) if asked.is_crawler else Reply()


@pytest.mark.parametrize(
    ("app", "reason"),
    [
        (lambda _: Reply(b"oops", 500), "server-error"),
        (lambda _: Reply(b"Forbidden", 403), "refused"),
        (lambda _: Reply(b"slower", 429), "refused"),
        (lambda _: Reply(b"<p>nothing here</p>", 404), "missing"),
        (lambda _: Reply(b""), "empty"),
        (lambda _: Reply(b"%PDF", headers=(("Content-Type", "application/pdf"),)), "no-page"),
        (lambda _: Reply(HONEST, length=len(HONEST) + 10), "bad-response"),
        (lambda _: redirect("/again"), "redirects"),
        (lambda asked: redirect(f"/{asked.number}"), "redirects"),
        (lambda _: redirect("https://elsewhere.example.net/"), "elsewhere"),
        (lambda _: redirect("javascript:alert(1)"), "bad-response"),
        (lambda _: redirect("file:///etc/passwd"), "bad-response"),
        (lambda _: Reply(b"x" * 60_000), "too-large"),
        (lambda _: Reply(gzip.compress(b"x" * 1_000_000), headers=(HTML, ("Content-Encoding", "gzip"))), "too-large"),
        (lambda _: Reply(b"\x1f\x8bnonsense", headers=(HTML, ("Content-Encoding", "gzip"))), "bad-encoding"),
        (
            lambda _: Reply(gzip.compress(HONEST)[:-9], headers=(HTML, ("Content-Encoding", "gzip"))),
            "bad-encoding",
        ),
        (
            lambda _: Reply(
                gzip.compress(HONEST) + gzip.compress(INFECTED), headers=(HTML, ("Content-Encoding", "gzip"))
            ),
            "bad-encoding",
        ),
        (lambda _: Reply(HONEST, headers=(HTML, ("Content-Encoding", "br"))), "bad-encoding"),
        (lambda _: Reply(b"\x89PNG\r\n\x1a\n" + bytes(99)), "binary"),
        (unknown_agents_refused, "refused"),
        (challenge_for_crawlers, "challenge"),
        (challenge_by_header, "challenge"),
        (crawlers_sent_away, "elsewhere"),
        (another_topic_for_crawlers, "missing"),
        (spam_once, "unstable"),
        (redirect_once(), "unstable"),
    ],
)
def test_what_cannot_be_judged_is_neither_clean_nor_spam(fetch_data: FetchData, app: App, reason: str) -> None:
    with serve(app) as site:
        [page], code = fetch_data("--max-bytes", "50000", f"{site.url}/page")
    assert (code, page["verdict"], page["reason"], page["findings"]) == (3, "skipped", reason, [])


@pytest.mark.parametrize("reply", [Reply(hangs=True), Reply(drips=True, length=1_000_000)])
def test_a_server_that_takes_too_long(fetch_data: FetchData, reply: Reply) -> None:
    with serve(lambda _: reply) as site:
        [page], code = fetch_data("--timeout", "1", f"{site.url}/page")
    assert (code, page["verdict"], page["reason"]) == (3, "skipped", "timeout")


def test_nobody_there(fetch_data: FetchData) -> None:
    [page], code = fetch_data(f"http://127.0.0.1:{closed_port()}/")
    assert (code, page["verdict"], page["reason"]) == (3, "skipped", "unreachable")


def test_an_answer_that_is_no_http(fetch_data: FetchData) -> None:
    with serve(lambda _: Reply(headers=(("X", "a" * 200_000),))) as site:
        [page], code = fetch_data(site.url)
    assert (code, page["verdict"], page["reason"]) == (3, "skipped", "bad-response")


def test_a_redirect_to_another_site_is_never_followed(fetch_data: FetchData) -> None:
    with serve(lambda _: Reply()) as other:
        target = other.url.replace("127.0.0.1", "localhost")
        with serve(lambda _: redirect(target)) as site:
            [page], code = fetch_data(site.url)
    assert (code, page["reason"], other.asked) == (3, "elsewhere", [])
    assert page["views"][0]["leads_to"] == target


def test_what_robots_txt_forbids_is_not_asked_for(fetch_data: FetchData) -> None:
    with serve(lambda _: Reply(INFECTED)) as site:
        site.robots = Reply(b"User-agent: Googlebot\nAllow: /\n\nUser-agent: *\nDisallow: /private\n")
        pages, code = fetch_data(f"{site.url}/private/a", f"{site.url}/public")
    assert [(page["verdict"], page["reason"]) for page in pages] == [("skipped", "robots"), ("infected", None)]
    assert code == 1
    assert {asked.path for asked in site.asked} == {"/public"}


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(fetch_data: FetchData) -> None:
    with serve(lambda asked: redirect("/private") if asked.path == "/page" else Reply()) as site:
        site.robots = Reply(b"User-agent: *\nDisallow: /private\n")
        [page], code = fetch_data(f"{site.url}/page")
    assert (code, page["reason"]) == (3, "robots")
    assert {asked.path for asked in site.asked} == {"/page"}


def test_a_server_that_cannot_say_whether_it_has_a_robots_txt_is_left_alone(fetch_data: FetchData) -> None:
    with serve(lambda _: Reply()) as site:
        site.robots = Reply(b"oops", 503)
        [page], code = fetch_data(site.url)
    assert (code, page["reason"], site.asked) == (3, "robots-unreachable", [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.1.1"])
def test_hosts_that_are_not_on_the_open_internet_are_not_asked(fetch_data: FetchData, host: str) -> None:
    with serve(lambda _: Reply()) as site:
        [page], code = fetch_data(f"http://{host}:{site.url.rpartition(':')[2]}/", private=False)
    assert (code, page["verdict"]) == (3, "skipped")
    assert page["reason"] in {"private-address", "unreachable"}  # a machine may have no IPv6
    assert site.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ftp://example.org/",),
        ("example.org",),
        ("https://user:secret@example.org/",),
        ("https://example.org/", "--sitemap", "https://example.org/sitemap.xml"),
        ("https://example.org/", "--state", "state.jsonl"),
        ("https://example.org/", "--crawler", "nobody"),
    ],
)
def test_calls_that_make_no_sense(fetch: Fetch, arguments: tuple[str, ...]) -> None:
    assert fetch(*arguments).exit_code == 2


def test_without_httpx_it_says_what_to_install(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spamguard.cli.fetch.find_spec", lambda _: None)
    result = fetch("https://example.org/")
    assert result.exit_code == 2
    assert "pip install 'spamguard[fetch]'" in result.stderr


def test_an_error_of_ours_costs_one_page_and_the_exit_code(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    def report(look: Look) -> PageReport:
        if look.url.endswith("/bad"):
            raise ValueError("a mistake")
        return page_report(look)

    monkeypatch.setattr(walk, "page_report", report)
    with serve(lambda _: Reply(OTHER_SPAM)) as site:
        result = fetch(f"{site.url}/bad", f"{site.url}/good")
    assert result.exit_code == 2
    assert "internal error" in result.stderr
    assert f"{site.url}/good:" in result.stdout
