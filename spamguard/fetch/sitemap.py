"""The pages that a sitemap lists, and the sitemaps that it lists, within bounds.

A sitemap is not parsed as XML, which the intruder could have written: the addresses in ``<loc>`` are all that is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable
from spamguard.fetch.addresses import is_web, same_site
from spamguard.fetch.body import GZIP_MAGIC, unpacked
from spamguard.fetch.visitors import OURSELVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.fetch.client import Client
    from spamguard.fetch.robots import Robots

_LOC: Final = re.compile(r"<loc>\s{0,99}(?:<!\[CDATA\[)?([^<>\]]{1,4000})")
_INDEX: Final = re.compile(r"<(?:\w{1,20}:)?sitemapindex\b")
_HEAD: Final = 4_000
_DEEPEST: Final = 3
_MOST_SITEMAPS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a sitemap lists; ``failed`` says why a sitemap itself could not be read."""

    url: str
    failed: str | None = None


def listed(root: str, client: Client, robots: Robots) -> Iterator[Listed]:
    """Every page of a sitemap once, in its order; pages of other sites are left out."""
    waiting = [(root, 1)]
    known = {root}
    read = 0
    while waiting:
        url, depth = waiting.pop()
        try:
            text = _text(url, client, robots)
        except Unjudgeable as error:
            yield Listed(url, error.reason)
            continue
        read += 1
        index = _INDEX.search(text[:_HEAD]) is not None
        if index and (depth == _DEEPEST or read > _MOST_SITEMAPS):
            yield Listed(url, "too-large")
            continue
        found = [one for one in _addresses(text) if is_web(one) and same_site(root, one) and one not in known]
        found = list(dict.fromkeys(found))
        known.update(found)
        if index:
            waiting.extend((one, depth + 1) for one in reversed(found))
        else:
            yield from map(Listed, found)


def _text(url: str, client: Client, robots: Robots) -> str:
    answer = client.visit(url, OURSELVES, robots.check)
    if answer.status != 200 or answer.leads_to is not None:
        missing = answer.status in {404, 410}
        raise Unjudgeable("missing" if missing else "refused", f"HTTP {answer.status}")
    body = answer.body
    if body.startswith(GZIP_MAGIC):
        body = unpacked(body, "gzip", client.limits.max_bytes)
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", "replace")
    text = body.decode("utf-8-sig", "replace")
    if "<loc>" not in text and (text.lstrip()[:1] == "<" or not is_web(text.split("\n", 1)[0].strip())):
        raise Unjudgeable("no-sitemap", "it lists no address")
    return text


def _addresses(text: str) -> Iterator[str]:
    if "<loc>" in text:
        for match in _LOC.finditer(text):
            yield unescape(match[1].strip())
    else:
        for line in text.splitlines():
            yield line.strip()
