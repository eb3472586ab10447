"""A WSGI middleware (PEP 3333) that cleans the HTML pages of an application."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias
from wsgiref.types import WSGIApplication

from spamguard.web.counts import Outcome
from spamguard.web.headers import PageHead, of_changed_body
from spamguard.web.judge import Judge, Middleware, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIEnvironment

    ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
    Write: TypeAlias = Callable[[bytes], object]
    Headers: TypeAlias = list[tuple[str, str]]


class CleanWSGI(Middleware[WSGIApplication]):
    """Cleans the HTML pages of a WSGI application; :class:`Middleware` tells what it takes."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        visit = Visit(self._judge, str(environ.get("REQUEST_METHOD", "")), _path(environ))
        exchange = _Exchange(self._judge, visit, start_response)
        try:
            return exchange.response(self._app(environ, exchange.start_response))
        finally:
            # Counts only what did not end before: the application raised, or never began a response.
            visit.end(Outcome(passed="broken-off"))


class _Exchange:
    """One response between the application and the server.

    ``_head`` is set when it is a page to be judged; ``_told`` once the server knows the head of the response and
    nothing is held back any more. From then on there is a ``_write``.
    """

    _write: Write

    def __init__(self, judge: Judge, visit: Visit, server: StartResponse) -> None:
        self._judge = judge
        self._visit = visit
        self._server = server
        self._status = ""
        self._headers: Headers = []
        self._head: PageHead | None = None
        self._told = False
        self._held: list[bytes] = []
        self._size = 0

    def start_response(self, status: str, headers: Headers, exc_info: ExcInfo | None = None) -> Write:
        """What the application calls; what is held back it may take back, as long as no part of a body is there."""
        try:
            if self._told:
                self._write = self._server(status, headers, exc_info)
                return self._write
            if self._head is not None:
                if exc_info is None:
                    raise AssertionError("start_response was called a second time without exc_info")
                if self._size and exc_info[1] is not None:
                    raise exc_info[1].with_traceback(exc_info[2])
        finally:
            exc_info = None  # the traceback refers to this frame
        self._status, self._headers = status, headers
        self._head = self._visit.page_head(lambda: (int(status[:3]), headers))
        if self._head is None:
            self._tell()
            return self._write
        return self._app_writes

    def response(self, body: Iterable[bytes]) -> Iterable[bytes]:
        """What the server gets for the body of the application."""
        if self._told:
            return body  # itself, not a wrapper: the server may know what kind of thing it is
        try:
            return self._of(body, iter(body))
        except BaseException:
            _close(body)  # the server gets nothing that it could close
            raise

    def _of(self, body: Iterable[bytes], pieces: Iterator[bytes]) -> _Body:
        for piece in pieces:
            # An application that is a generator calls start_response with its first piece, or may forget to.
            if self._told or self._head is None:
                return _Body(chain((piece,), pieces), body)
            if not self._hold(piece):
                return _Body(chain(self._held, pieces), body)
        if self._told or self._head is None:
            return _Body(pieces, body)
        whole = b"".join(self._held)
        outcome = self._judge.outcome(self._visit.path, whole, self._head)
        self._visit.end(outcome)
        if outcome.cleaned is not None:
            whole = outcome.cleaned
            self._headers = of_changed_body(self._headers, len(whole))
        self._tell()
        return _Whole(iter((whole,)), body)

    def _hold(self, piece: bytes) -> bool:
        """Hold a piece back. When that is too much, the server is told the head, and all may go."""
        self._held.append(piece)
        self._size += len(piece)
        if self._size <= self._judge.max_bytes:
            return True
        self._visit.end(Outcome(passed="too-large"))
        self._tell()
        return False

    def _tell(self) -> None:
        self._write = self._server(self._status, self._headers)
        self._told = True

    def _app_writes(self, piece: bytes) -> None:
        """The ``write`` that the application gets for a page."""
        if self._told:
            self._write(piece)
        elif not self._hold(piece):
            for held in self._held:
                self._write(held)
            self._held.clear()


class _Body:
    """The pieces of a body for the server, which closes the body of the application through it."""

    def __init__(self, pieces: Iterator[bytes], inner: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        _close(self._inner)


class _Whole(_Body):
    """A body in one piece: servers count that themselves where the application gave no length."""

    def __len__(self) -> int:
        return 1


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _path(environ: WSGIEnvironment) -> str:
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
