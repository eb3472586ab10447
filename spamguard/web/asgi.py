"""An ASGI 3 middleware that cleans the HTML pages of an application."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from spamguard.web.counts import Outcome
from spamguard.web.headers import PageHead, of_changed_body, without_validators
from spamguard.web.judge import Judge, Middleware, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable


Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger("spamguard.web")
# Messages that may come before the head of the response, and so do not wait behind it.
_AHEAD: Final = frozenset({"http.response.push", "http.response.early_hint", "http.response.debug"})


class CleanASGI(Middleware[App]):
    """Cleans the HTML pages of an ASGI application; :class:`Middleware` tells what it takes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only ``http`` is looked at."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = Visit(self._judge, str(scope.get("method", "")), str(scope.get("path", "")))
        exchange = _Exchange(self._judge, visit, send)
        try:
            await self._app(scope, receive, exchange.send)
            await exchange.let_go("broken-off")
        finally:
            # Counts only what did not end before: the application raised, was cancelled, or never began a response.
            visit.end(Outcome(passed="broken-off"))


class _Exchange:
    """One response between the application and the server. ``_head`` is set while a page is held back."""

    def __init__(self, judge: Judge, visit: Visit, server: Send) -> None:
        self._judge = judge
        self._visit = visit
        self._server = server
        self._head: PageHead | None = None
        self._start: Message = {}
        self._held: list[bytes] = []
        self._size = 0
        self._changed = False

    async def send(self, message: Message) -> None:
        """What the application calls."""
        kind = message.get("type")
        if self._head is not None and kind not in _AHEAD:
            if kind == "http.response.body":
                await self._hold(message, self._head)
                return
            # A file that the server is to send (pathsend, zerocopysend), or what nobody knows yet.
            await self.let_go("file")
        elif kind == "http.response.start":
            # The headers may be an iterator, good for one reading.
            start = message = {**message, "headers": list(message.get("headers", ()))}
            self._head = self._visit.page_head(lambda: (int(start["status"]), _text(start["headers"])))
            if self._head is not None:
                self._start = start
                return
        elif kind == "http.response.trailers" and self._changed:
            message = {**message, "headers": _raw(without_validators(_text(message.get("headers", ()))))}
        await self._server(message)

    async def let_go(self, reason: str) -> None:
        """Send what is held back as it is, with more to come."""
        if self._head is None:
            return
        self._head = None
        self._visit.end(Outcome(passed=reason))
        await self._server(self._start)
        if self._held:
            await self._server({"type": "http.response.body", "body": b"".join(self._held), "more_body": True})
            self._held.clear()

    async def _hold(self, message: Message, head: PageHead) -> None:
        piece = bytes(message.get("body", b""))
        self._size += len(piece)
        if self._size > self._judge.max_bytes:
            await self.let_go("too-large")
            await self._server(message)
            return
        self._held.append(piece)
        if message.get("more_body", False):
            return
        whole = b"".join(self._held)
        outcome = await self._outcome(whole, head)
        self._visit.end(outcome)
        self._head = None
        if outcome.cleaned is not None:
            self._changed = True
            headers = of_changed_body(_text(self._start["headers"]), len(outcome.cleaned))
            self._start = {**self._start, "headers": _raw(headers)}
            whole = outcome.cleaned
        await self._server(self._start)
        await self._server({**message, "body": whole})

    async def _outcome(self, whole: bytes, head: PageHead) -> Outcome:
        """Judge in a thread, so that the loop goes on with other requests."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:  # another library's loop, which has no such threads for us
            return self._judge.outcome(self._visit.path, whole, head)
        try:
            return await asyncio.to_thread(self._judge.outcome, self._visit.path, whole, head)
        except Exception:
            _log.exception("no thread to judge %r: it goes out as it is", self._visit.path)
            return Outcome(failed=True)


def _text(headers: Iterable[Iterable[bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _raw(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
