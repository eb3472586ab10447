"""A page without what only seems to lead to another site, or to be hidden, to the fast path.

To that a link is foreign when its address is absolute. A page whose menus name its own host in full seems to hide
links to another site: where that is a reason to look closely, it is read again as if it named its own site by relative
addresses, as many pages do. Nor does it tell a line's height, which hides nothing, from an element's, for so the model
was trained.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import home_named, site_of
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
    """The page with relative links to the sites that its head says are its own; the same page if nothing changes."""
    if page.plain:
        return page
    raw = page.raw.replace(b"line-height:", b"line-space:")
    if sites := _own_sites(page):
        host = _host(sites).encode()
        raw = re.sub(rb"(href\s{0,3}=\s{0,3}[\"']?)" + host, rb"\1.", raw)
        raw = re.sub(rb"(<iframe\s[^<>]{0,500}?\bsrc\s{0,3}=\s{0,3}[\"']?)" + host, rb"\1.", raw)
    return read_as(page, raw) if raw != page.raw else page


def scripts_at_home(page: Page) -> tuple[str, ...]:
    """The scripts of a page that are worth reading, with relative addresses on its own sites: nothing leads away."""
    sites = _own_sites(page)
    if not sites:
        return page.scripts
    quoted = re.compile("([\"'`])" + _host(sites))
    return tuple(quoted.sub(r"\1.", script) for script in page.scripts)


def _host(sites: list[str]) -> str:
    """A pattern of the beginning of an absolute address on one of some sites."""
    return rf"(?:https?:)?//(?:[\w-]{{1,63}}\.){{0,5}}(?:{'|'.join(map(re.escape, sites))})(?=[/\"'`?#\s>:])"


def _own_sites(page: Page) -> list[str]:
    return list(islice(dict.fromkeys(_sites_of(page.raw[:_HEAD])), _MOST_SITES))


def _sites_of(raw: bytes) -> Iterator[str]:
    """The sites that the head of a page names as its own."""
    for token in tokens_of(view_of(raw)):
        if token.tag == "body":
            return
        address = home_named(token.tag, token.attr)
        if address and (site := site_of(address)) and _PLAIN.fullmatch(site):
            yield site
