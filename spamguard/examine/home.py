"""A page as it would be if it named its own site by relative addresses, as many pages do.

To the fast path a link is foreign when its address is absolute. A page whose menus name its own host in full seems to
hide links to another site: where that is a reason to look closely, it is read again without them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import site_of
from spamguard.page.segments import read_as
from spamguard.page.tokens import tokens_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.segments import Page

_MOST_SITES: Final = 3
_HEAD: Final = 200_000
"""Bytes of a page in which its head ends; what comes later is the page's, or whoever's who put it there."""
_PLAIN: Final = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+")


def at_home(page: Page) -> Page:
    """The page with relative links to the sites that its head says are its own; the same page where it has none."""
    sites = [] if page.plain else list(islice(dict.fromkeys(_sites_of(page.raw[:_HEAD])), _MOST_SITES))
    if not sites:
        return page
    host = rb"(?:https?:)?//(?:[\w-]{1,63}\.){0,5}(?:%s)(?=[/\"'?#\s>:])" % "|".join(map(re.escape, sites)).encode()
    raw, links = re.subn(rb"(href\s{0,3}=\s{0,3}[\"']?)" + host, rb"\1.", page.raw)
    raw, frames = re.subn(rb"(<iframe\s[^<>]{0,500}?\bsrc\s{0,3}=\s{0,3}[\"']?)" + host, rb"\1.", raw)
    return read_as(page, raw) if links or frames else page


def _sites_of(raw: bytes) -> Iterator[str]:
    """The sites that the head of a page names as its own, as ``hosts.own_domains`` reads it."""
    for token in tokens_of(view_of(raw)):
        if token.tag == "body":
            return
        address = None
        if (token.tag == "link" and (token.attr("rel") or "").lower() == "canonical") or token.tag == "base":
            address = token.attr("href")
        elif token.tag == "meta" and (token.attr("property") or "").lower() == "og:url":
            address = token.attr("content")
        if address and (site := site_of(address)) and _PLAIN.fullmatch(site):
            yield site
