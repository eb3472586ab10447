"""One visit: a page asked for with one visitor's headers, redirects within the site followed, all of it bounded."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import httpcore
import httpx

from spamguard.errors import Unjudgeable
from spamguard.fetch.addresses import host_of, is_public, is_web, resolve, same_site
from spamguard.fetch.body import read_body
from spamguard.fetch.wire import Transport, Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from spamguard.fetch.pace import Pace
    from spamguard.fetch.visitors import Visitor
    from spamguard.fetch.wire import Permits, Resolve

_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_CHALLENGES: Final = ("cf-mitigated", "x-amzn-waf-action")
"""Headers of the large protection services that say: this is a test for robots, not the page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one visit, all its redirects together. ``max_bytes`` holds for packed and unpacked bytes."""

    max_bytes: int
    seconds: float = 20.0
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent in the end.

    ``leads_to`` is where it redirects to if that is another site: nobody follows there, and the body is not read.
    """

    url: str
    status: int
    content_type: str = ""
    charset: str | None = None
    body: bytes = b""
    leads_to: str | None = None
    challenge: bool = False


class Client:
    """Makes visits. Every one begins without cookies and on a new connection."""

    def __init__(
        self,
        limits: Limits,
        pace: Pace,
        *,
        permits: Permits = is_public,
        resolve: Resolve = resolve,
    ) -> None:
        self.limits = limits
        self.pace = pace
        self._permits = permits
        self._resolve = resolve

    def visit(self, url: str, visitor: Visitor, check: Callable[[str], None]) -> Answer:
        """Ask for a page; ``check`` is called with every address before it is asked for.

        Raises :class:`Unjudgeable`: what ``check`` raises, and ``unreachable``, ``tls``, ``timeout``, ``bad-response``,
        ``private-address``, ``redirects``, ``too-large``, ``bad-encoding``, ``bad-address``.
        """
        try:
            httpx.URL(url)
        except httpx.InvalidURL as error:
            raise Unjudgeable("bad-address", f"not an address: {error}") from error
        # A wait for the site's sake does not count as its slowness: the clock starts with the first request.
        check(url)
        self.pace.wait(host_of(url))
        wire = Wire(self._resolve, self._permits, self.limits.seconds)
        try:
            with httpx.Client(
                transport=Transport(wire, _trust()),
                headers=list(visitor.headers),
                timeout=self.limits.seconds,
                follow_redirects=False,
                trust_env=False,
            ) as client:
                return self._followed(client, url, check)
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise Unjudgeable("timeout", f"no whole answer in {self.limits.seconds:g} seconds") from error
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise Unjudgeable("tls", f"no secure connection: {error}") from error
            raise Unjudgeable("unreachable", f"{host_of(url)} does not answer") from error
        except httpcore.NetworkError as error:
            raise Unjudgeable("unreachable", "the connection broke off") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, UnicodeError) as error:
            raise Unjudgeable("bad-response", f"the answer makes no sense: {type(error).__name__}") from error

    def _followed(self, client: httpx.Client, url: str, check: Callable[[str], None]) -> Answer:
        first = url
        for hop in range(self.limits.redirects + 1):
            if hop:
                check(url)
            with client.stream("GET", url) as response:
                target = _target(url, response)
                if target is None:
                    return self._whole(url, response)
                if not same_site(first, target):
                    return Answer(url, response.status_code, leads_to=target)
            url = target
        raise Unjudgeable("redirects", f"more than {self.limits.redirects} redirects")

    def _whole(self, url: str, response: httpx.Response) -> Answer:
        said = response.headers.get("content-type", "")
        charset = _CHARSET.search(said)
        coding = response.headers.get("content-encoding", "")
        return Answer(
            url,
            response.status_code,
            said.partition(";")[0].strip().lower(),
            charset[1] if charset else None,
            read_body(response.iter_raw(), coding, self.limits.max_bytes),
            challenge=any(name in response.headers for name in _CHALLENGES),
        )


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Who is trusted to vouch for a site; reading the list costs as much as judging some pages."""
    return httpx.create_ssl_context()


def _target(url: str, response: httpx.Response) -> str | None:
    """Where a redirect leads, None if it is no redirect. Raises :class:`Unjudgeable` (``bad-response``)."""
    location = str(response.headers.get("location", "")).strip()
    if response.status_code not in _MOVED or not location:
        return None
    try:
        target = urljoin(url, location).partition("#")[0]
    except ValueError:
        target = ""
    if not is_web(target):
        raise Unjudgeable("bad-response", "it redirects to something that is no address of the web")
    return target
