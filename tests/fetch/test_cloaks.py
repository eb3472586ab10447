"""Sites that show spam to some visitors only, each in its way; and what the report says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .site import HONEST, HTML, INFECTED, NOT_SWAPPED, OTHER_SPAM, SWAPPED, Asked, Reply, redirect, serve

if TYPE_CHECKING:
    from .conftest import Fetch, FetchData
    from .site import App

CRAWLERS = ["googlebot", "bingbot", "baiduspider", "yandexbot"]


def by_user_agent(asked: Asked) -> Reply:
    return Reply(INFECTED if asked.is_crawler else HONEST)


def by_one_user_agent(asked: Asked) -> Reply:
    return Reply(INFECTED if "baiduspider" in asked.agent else HONEST)


def by_referrer(asked: Asked) -> Reply:
    return Reply(INFECTED if asked.from_search else HONEST)


def by_one_referrer(asked: Asked) -> Reply:
    return Reply(INFECTED if "baidu." in asked.headers.get("referer", "") else HONEST)


def by_first_visit_cookie(asked: Asked) -> Reply:
    """The second request with the cookie, which a crawler that follows the redirect sends, gets the honest page."""
    if asked.is_crawler and "been=1" not in asked.headers.get("cookie", ""):
        return Reply(INFECTED, headers=(HTML, ("Set-Cookie", "been=1; Path=/")))
    return Reply(HONEST)


def by_cookie_set_on_the_way(asked: Asked) -> Reply:
    if "been=1" not in asked.headers.get("cookie", ""):
        return Reply(b"", 302, (("Location", asked.path), ("Set-Cookie", "been=1; Path=/")))
    return Reply(INFECTED if asked.is_crawler else HONEST)


def title_swapped(asked: Asked) -> Reply:
    return Reply(SWAPPED if asked.is_crawler else NOT_SWAPPED)


def missing_for_browsers(asked: Asked) -> Reply:
    return Reply(INFECTED) if asked.is_crawler else Reply(b"<title>Not found</title><p>There is no such page.", 404)


def empty_for_browsers(asked: Asked) -> Reply:
    return Reply(INFECTED if asked.is_crawler else b"")


def away_for_browsers(asked: Asked) -> Reply:
    return Reply(INFECTED) if asked.is_crawler else redirect("https://shop.example.net/")


def by_language(asked: Asked) -> Reply:
    return Reply(HONEST if "accept-language" in asked.headers else INFECTED)


def another_spam_every_time(asked: Asked) -> Reply:
    return Reply((INFECTED, OTHER_SPAM)[asked.number % 2] if asked.is_crawler else HONEST)


@pytest.mark.parametrize(
    ("app", "visitors"),
    [
        (by_user_agent, CRAWLERS),
        (by_one_user_agent, ["baiduspider"]),
        (by_referrer, ["from-google", "from-baidu"]),
        (by_one_referrer, ["from-baidu"]),
        (by_first_visit_cookie, CRAWLERS),
        (by_cookie_set_on_the_way, CRAWLERS),
        (title_swapped, CRAWLERS),
        (missing_for_browsers, CRAWLERS),
        (empty_for_browsers, CRAWLERS),
        (away_for_browsers, CRAWLERS),
        (by_language, CRAWLERS),
        (another_spam_every_time, CRAWLERS),
    ],
)
def test_spam_that_only_some_are_sent_is_cloaked(fetch_data: FetchData, app: App, visitors: list[str]) -> None:
    with serve(app) as site:
        [page], code = fetch_data(f"{site.url}/term-dates")
    assert (code, page["verdict"], page["path"]) == (1, "infected", f"{site.url}/term-dates")
    assert page["findings"]
    assert {finding["rule"] for finding in page["findings"]} == {"cloaked"}
    assert sorted({name for finding in page["findings"] for name in finding["seen_by"]}) == sorted(visitors)
    # Nothing of it is in a file that could be cut.
    assert all(finding["disposition"] == "review" and not finding["edits"] for finding in page["findings"])


def test_the_offsets_of_a_cloaked_finding_are_those_of_the_body_that_was_sent(fetch_data: FetchData) -> None:
    with serve(by_user_agent) as site:
        [page], _ = fetch_data(site.url)
    views = {view["view"]: view for view in reversed(page["views"])}
    [finding] = page["findings"]
    assert views["browser"]["sha256"] == page["sha256"] != views["googlebot"]["sha256"]
    assert (views["browser"]["bytes"], views["googlebot"]["bytes"]) == (len(HONEST), len(INFECTED))
    assert (views["browser"]["verdict"], views["googlebot"]["verdict"]) == ("clean", "infected")
    assert INFECTED[finding["start"] : finding["end"]] not in HONEST
    assert finding["category"] == "pharmacy"
    assert finding["evidence"][0]["name"] == "seen-by"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_visitors_from_a_search_who_are_sent_to_another_site(fetch_data: FetchData, status: int) -> None:
    def app(asked: Asked) -> Reply:
        return redirect("https://pills.example.net/buy?x=1", status) if asked.from_search else Reply(HONEST)

    with serve(app) as site:
        [page], code = fetch_data(site.url)
    assert (code, page["verdict"]) == (1, "infected")
    [finding] = page["findings"]
    assert (finding["rule"], finding["seen_by"]) == ("cloaked-redirect", ["from-google", "from-baidu"])
    assert finding["excerpt"] == "https://pills.example.net/buy?x=1"


def test_a_page_that_forwards_only_visitors_from_a_search(fetch_data: FetchData) -> None:
    forward = b'<meta content="0; URL=https://pills.example.net/" http-equiv=refresh>'

    def app(asked: Asked) -> Reply:
        return Reply(HONEST.replace(b"<title>", forward + b"<title>") if asked.from_search else HONEST)

    with serve(app) as site:
        [page], code = fetch_data(site.url)
    assert (code, [finding["rule"] for finding in page["findings"]]) == (1, ["cloaked-redirect"])


def test_spam_that_everybody_is_sent_is_reported_as_a_scan_reports_it(fetch_data: FetchData) -> None:
    with serve(lambda _: Reply(INFECTED)) as site:
        [page], code = fetch_data(site.url)
    [finding] = page["findings"]
    assert (code, page["verdict"], finding["rule"]) == (1, "infected", "hidden-block")
    assert finding["seen_by"] == ["browser"]
    assert (finding["disposition"], len(finding["edits"])) == ("safe", 1)
    assert page["differences"] == []


def test_spam_that_everybody_is_sent_in_turns_is_not_called_cloaked(fetch_data: FetchData) -> None:
    with serve(lambda asked: Reply((INFECTED, HONEST, HONEST)[asked.number % 3])) as site:
        [page], code = fetch_data(site.url)
    assert (code, page["verdict"]) == (1, "infected")
    assert [finding["rule"] for finding in page["findings"]] == ["hidden-block"]


def test_spam_for_crawlers_where_browsers_are_refused_is_spam_but_not_called_cloaked(fetch_data: FetchData) -> None:
    with serve(lambda asked: Reply(INFECTED) if asked.is_crawler else Reply(b"Forbidden", 403)) as site:
        [page], code = fetch_data(site.url)
    assert (code, page["verdict"]) == (1, "infected")
    assert [finding["rule"] for finding in page["findings"]] == ["hidden-block"]
    assert page["findings"][0]["seen_by"] == CRAWLERS


def test_text_says_who_is_sent_it(fetch: Fetch) -> None:
    with serve(by_user_agent) as site:
        result = fetch(f"{site.url}/")
    assert result.exit_code == 1
    assert f"{site.url}/:" in result.stdout
    assert "[cloaked]" in result.stdout
    assert "sent to googlebot, bingbot, baiduspider, yandexbot, and to a browser in none of" in result.stdout
    assert fetch("--exit-zero", f"{site.url}/").exit_code == 3  # it is gone now
