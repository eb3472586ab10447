"""Whose is a link: the page's own site, or foreign."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.page.outline import Node

_LONG: Final = re.compile(r"[^\W_]{20,}")
_CHANGE: Final = re.compile(r"\d(?=[^\W\d_])|[^\W\d_](?=\d)")
_CHANGES_OF_A_CODE: Final = 4
_HOST: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,10}:)?//(?:[^/?#@\s]*@)?([^/?#:\s]{3,253})", re.IGNORECASE)
_PLAIN_HOST: Final = re.compile(r"\s*(?:https?:)?//([\w.-]+)", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"\s*(?:https?:)?//([^/?#\s]+)", re.IGNORECASE)
_LONG_LABEL: Final = 8
_SECOND_LEVEL: Final = frozenset(
    ["com", "co", "net", "org", "gov", "edu", "ac", "go", "or", "ne", "gob", "gouv", "mil", "sch", "web", "desa", "in"]
)
_SHARED: Final = frozenset(
    # Reserved for documentation: each name below one of them stands for a site of its own.
    "example.com example.net example.org "  # noqa: SIM905
    # Hosters that give everybody a name below their own.
    "000webhostapp.com altervista.org amazonaws.com azurewebsites.net b-cdn.net blogspot.com "
    "cloudfront.net duckdns.org edublogs.org fc2.com firebaseapp.com fly.dev github.io gitlab.io "
    "glitch.me hatenablog.com herokuapp.com infinityfreeapp.com jimdosite.com livejournal.com my.id "
    "myshopify.com mystrikingly.com neocities.org netlify.app ngrok.io onrender.com over-blog.com "
    "pages.dev r2.dev repl.co rf.gd seesaa.net surge.sh tumblr.com typepad.com vercel.app web.app "
    "webnode.page weebly.com wixsite.com wordpress.com workers.dev".split()
)
"""Domains below which every name may be somebody else's."""
_PLACES: Final = frozenset({"div", "article", "section", "li", "td", "dd", "p", "blockquote"})
_LEADING: Final = frozenset({"a", "img", "script", "link", "form"})
_SHORT_ADDRESS: Final = 200
_SLUG: Final = re.compile(r"[-_/+.?=&,%\s]+")


def host_of(address: str) -> str | None:
    """The host of an absolute address in small letters; None for a relative one."""
    match = _PLAIN_HOST.match(address)
    return match[1].lower() if match is not None else None


def authority_of(address: str) -> str | None:
    """What stands between the strokes of an absolute address and its path, in small letters; None for others."""
    match = _AUTHORITY.match(address)
    return match[1].lower() if match is not None else None


def domain_of(address: str) -> str | None:
    """The registrable domain of an absolute address, by a rule of thumb; None for a relative one."""
    # A page names the same places over and over; what is long is not worth keeping.
    return _known_domain(address) if len(address) <= _SHORT_ADDRESS else _domain_of(address)


def site_of(address: str) -> str | None:
    """The domain of an absolute address, with the name below it where every name may be another site."""
    domain = domain_of(address)
    return domain if domain not in _SHARED else ".".join(_labels_of(address)[-3:])


def _labels_of(address: str) -> list[str]:
    """The names of which the host of an absolute address is made; none for a relative one."""
    match = _HOST.match(_read(address).strip())
    return match[1].lower().strip(".").split(".") if match is not None else []


def _domain_of(address: str) -> str | None:
    labels = _labels_of(address)
    if not labels:
        return None
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def _read(address: str) -> str:
    """An address as browsers read it: who writes each letter of it as a reference means to hide where it leads."""
    return unescape(address) if "&#" in address else address


_known_domain: Final = lru_cache(maxsize=2048)(_domain_of)


def slug_of(address: str) -> str:
    """The words in an address after its scheme, percent-encoding undone; long codes are no words."""
    path = unquote(_read(address).split("://", 1)[-1][:400], errors="replace")
    return _SLUG.sub(" ", _LONG.sub(_unless_code, path)).strip()


def _unless_code(word: re.Match[str]) -> str:
    """A long word, or nothing when letters and digits take turns in it."""
    return " " if len(_CHANGE.findall(word[0])) >= _CHANGES_OF_A_CODE else word[0]


def readings_of(address: str) -> tuple[str, ...]:
    """The words in an address: all of them, those of its path, of its host but the last, and of long parts of the host.

    A short host is any letters, which sound like anything: what reads it asks for more than the sound.
    """
    match = _HOST.match(address.strip())
    labels = match[1].lower().removeprefix("www.").split(".")[:-1] if match is not None else []
    path = address.strip()[match.end() :] if match is not None else address
    parts = [label for label in labels if len(label) >= _LONG_LABEL] if len(labels) > 1 else []
    return (slug_of(address), slug_of(path), *(part.replace("-", " ") for part in (" ".join(labels), *parts)))


def home_named(tag: str | None, attribute: Callable[[str], str | None]) -> str | None:
    """The address that an element says is the page's own, ``None`` if it is no element that says so."""
    if (tag == "link" and (attribute("rel") or "").lower() == "canonical") or tag == "base":
        return attribute("href") or ""
    if tag == "meta" and (attribute("property") or "").lower() == "og:url":
        return attribute("content") or ""
    return None


def _is_of_another_page(node: Node) -> bool:
    """Whether an element is of a document that stands in an element of the page: somebody pasted it."""
    parents = (around.parent for around in node.ancestors() if around.tag == "html")
    return any(parent is not None and parent.tag in _PLACES for parent in parents)


def own_domains(root: Node) -> frozenset[str]:
    """Domains that the page says are its own: canonical, base, Open Graph; else the one most of it links to.

    A page that leads to itself by relative addresses does not link to its own domain: what it links to often is not it.
    Nor is what it only links to: a block of forty links to one shop must not make the shop the owner.
    """
    own: set[str] = set()
    at_home = 0
    counts: Counter[str] = Counter()
    named: set[str] = set()
    for node in root.walk():
        given = node.attributes
        if not given:
            continue
        tag = node.tag
        if (address := home_named(tag, given.get)) is not None and not _is_of_another_page(node):
            own.add(domain_of(address) or "")
        elif tag in _LEADING:
            domain = domain_of(given.get("href") or given.get("src") or given.get("action") or "")
            if domain:
                counts[domain] += 1
                if tag != "a":
                    named.add(domain)
            elif tag == "a" and (given.get("href") or "#")[0] not in "#?":
                at_home += 1
    own.discard("")
    if not own and counts:
        domain, count = counts.most_common(1)[0]
        if domain in named and count >= max(5, sum(counts.values()) // 3, at_home):
            own.add(domain)
    return frozenset(own)
