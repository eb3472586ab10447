"""Who asks for a page: what each sort of visitor says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from spamguard import __version__

PRODUCT: Final = "spamguard"
"""Our name in robots.txt."""

_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_LANGUAGE: Final = "en-US,en;q=0.9"
_BROWSER: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
# The desktop forms: the mobile ones would be sent a site's mobile pages, and every honest difference between the two.
_CRAWLERS: Final = {
    "googlebot": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/131.0.0.0 Safari/537.36",  # noqa: E501
    "bingbot": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/131.0.0.0 Safari/537.36",  # noqa: E501
    "baiduspider": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "yandexbot": "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A name for reports, and the headers that this sort of visitor sends."""

    name: str
    headers: tuple[tuple[str, str], ...]
    reader: bool = False
    """Whether it is a person with a browser, who differs from the next one by where they come from."""


def _visitor(name: str, agent: str, *more: tuple[str, str]) -> Visitor:
    plain = (("User-Agent", agent), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip, deflate"))
    return Visitor(name, (*plain, *more))


OURSELVES: Final = _visitor(PRODUCT, f"{PRODUCT}/{__version__}")
"""Under our own name: for robots.txt and sitemaps."""
BROWSER: Final = _visitor("browser", _BROWSER, ("Accept-Language", _LANGUAGE))
SEARCHES: Final = tuple(
    replace(_visitor(name, _BROWSER, ("Accept-Language", _LANGUAGE), ("Referer", referrer)), reader=True)
    for name, referrer in (("from-google", "https://www.google.com/"), ("from-baidu", "https://www.baidu.com/"))
)
"""The same browser, following a search result."""
CRAWLERS: Final = {name: _visitor(name, agent) for name, agent in _CRAWLERS.items()}
"""Crawlers send no ``Accept-Language``."""
