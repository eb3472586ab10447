"""robots.txt (RFC 9309), read for our own name: the longest rule that fits decides, and a tie allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from spamguard.errors import Unjudgeable
from spamguard.fetch.addresses import host_of, origin_of
from spamguard.fetch.visitors import OURSELVES, PRODUCT

if TYPE_CHECKING:
    from spamguard.fetch.client import Client

_MOST_BYTES: Final = 512_000
_MOST_RULES: Final = 2_000
_LONGEST_RULE: Final = 2_000
_SAFE: Final = "/*$?&=:;,+@!~'()%-._"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to us: rules as (allows, pattern), and the seconds it wants between requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allow(self, url: str) -> bool:
        """Tell whether an address may be asked for."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        fitting = [(len(pattern), allows) for allows, pattern in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def rules_in(text: str) -> Rules:
    """Read a robots.txt: the groups that name us, or else those for everybody."""
    groups: dict[str, tuple[list[tuple[bool, str]], list[float]]] = {}
    agents: list[str] = []
    naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not naming:
                agents = []
            naming = True
            agents.append(value.lower().partition("/")[0].strip())
            groups.setdefault(agents[-1], ([], []))
            continue
        if name in {"allow", "disallow"}:
            naming = False
            for agent in agents:
                if value and len(groups[agent][0]) < _MOST_RULES:
                    groups[agent][0].append((name == "allow", _normal(value[:_LONGEST_RULE])))
        elif name == "crawl-delay":
            naming = False
            for agent in agents:
                groups[agent][1].extend(_seconds(value))
    rules, delays = groups.get(PRODUCT) or groups.get("*") or ([], [])
    return Rules(tuple(rules), max(delays, default=None))


class Robots:
    """The rules of every site that is asked, each fetched once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, Rules | Unjudgeable] = {}

    def check(self, url: str) -> None:
        """Raise :class:`Unjudgeable`: ``robots`` where the site forbids the address, ``robots-unreachable``."""
        origin = origin_of(url)
        if origin not in self._known:
            self._known[origin] = self._read(origin)
        rules = self._known[origin]
        if isinstance(rules, Unjudgeable):
            raise Unjudgeable(rules.reason, str(rules))
        if not rules.allow(url):
            raise Unjudgeable("robots", f"robots.txt forbids it to {PRODUCT}")

    def _read(self, origin: str) -> Rules | Unjudgeable:
        """Without a robots.txt all is allowed; while a server cannot say whether it has one, nothing is."""
        try:
            answer = self._client.visit(f"{origin}/robots.txt", OURSELVES, _no_check)
        except Unjudgeable as error:
            if error.reason in {"private-address", "unreachable", "timeout", "tls"}:
                return error
            return Unjudgeable("robots-unreachable", f"robots.txt cannot be read: {error}")
        if answer.status >= 500 or answer.status == 429:
            return Unjudgeable("robots-unreachable", f"robots.txt cannot be read: HTTP {answer.status}")
        if answer.status != 200:
            return Rules()
        rules = rules_in(answer.body[:_MOST_BYTES].decode("utf-8", "replace"))
        if rules.delay is not None:
            self._client.pace.slow_down(host_of(origin), rules.delay)
        return rules


def _no_check(_url: str) -> None:
    """robots.txt itself is always allowed."""


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if 0 <= seconds < float("inf") else []


def _normal(path: str) -> str:
    """A path in one spelling, whatever of it is written as ``%xx``."""
    return quote(unquote_to_bytes(path), safe=_SAFE)


def _fits(pattern: str, path: str) -> bool:
    """Match from the beginning; ``*`` is anything, ``$`` the end. Leftmost pieces first: linear, whoever wrote it."""
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not pieces:
        return not ends or at == len(path)
    last = pieces.pop() if ends else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or (len(path) - len(last) >= at and path.endswith(last))
