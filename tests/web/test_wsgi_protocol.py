"""What only an application server or an unusual application sees of the WSGI middleware."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any
from wsgiref.util import FileWrapper, setup_testing_defaults

import pytest

from spamguard.web import CleanWSGI
from tests.web.site import HTML, INFECTED, ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from spamguard import Guard

PAGE = [("Content-Type", HTML)]
PLAIN = [("Content-Type", "text/plain")]


class Server:
    """Collects what a server would send: heads, and pieces whether written or returned."""

    def __init__(self) -> None:
        self.heads: list[tuple[str, list[tuple[str, str]], object]] = []
        self.sent: list[bytes] = []
        self.body: Iterable[bytes] = ()

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if exc_info is not None and self.sent:
            raise exc_info[1]
        self.heads.append((status, headers, exc_info))
        return self.sent.append

    def ask(self, app: Any, path: str = "/") -> bytes:
        environ: dict[str, Any] = {"PATH_INFO": path}
        setup_testing_defaults(environ)
        self.body = app(environ, self.start_response)
        try:
            self.sent.extend(self.body)
        finally:
            close = getattr(self.body, "close", None)
            if close is not None:
                close()
        return b"".join(self.sent)


class Closing:
    """A body that knows whether it was closed."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        self.closed += 1


def _app(body: Any, headers: list[tuple[str, str]] = PAGE) -> Any:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        start_response("200 OK", headers)
        return body

    return app


def _broken(pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield from pieces
    raise RuntimeError("the application broke off")


def test_a_body_that_passes_is_the_very_object_of_the_application(guard: Guard) -> None:
    body = FileWrapper(io.BytesIO(INFECTED))  # which servers send by themselves when they recognise it
    server = Server()
    assert server.ask(CleanWSGI(_app(body, PLAIN), guard)) == INFECTED
    assert server.body is body


def test_a_page_from_a_file_wrapper_is_cleaned(guard: Guard) -> None:
    file = io.BytesIO(INFECTED)
    assert Server().ask(CleanWSGI(_app(FileWrapper(file, 100)), guard)) == ORIGINAL
    assert file.closed


def test_a_whole_page_is_one_piece_so_that_servers_can_count_it(guard: Guard) -> None:
    server = Server()
    server.ask(CleanWSGI(_app([INFECTED]), guard))
    assert len(server.body) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("headers", [PAGE, PLAIN])
@pytest.mark.parametrize("max_bytes", [100, 1_000_000])
def test_a_body_is_closed_once(guard: Guard, headers: list[tuple[str, str]], max_bytes: int) -> None:
    body = Closing([INFECTED[:500], INFECTED[500:]])
    Server().ask(CleanWSGI(_app(body, headers), guard, max_bytes=max_bytes))
    assert body.closed == 1


def test_an_exception_reaches_the_server_with_the_body_closed_and_nothing_sent(guard: Guard) -> None:
    body = Closing(_broken([INFECTED]))
    server = Server()
    with pytest.raises(RuntimeError, match="broke off"):
        server.ask(CleanWSGI(_app(body), guard))
    assert (server.heads, server.sent, body.closed) == ([], [], 1)


def test_an_exception_after_the_bound_comes_behind_all_that_was_there(guard: Guard) -> None:
    body = Closing(_broken([b"one ", b"two ", b"three "]))
    server = Server()
    with pytest.raises(RuntimeError, match="broke off"):
        server.ask(CleanWSGI(_app(body), guard, max_bytes=6))
    assert (b"".join(server.sent), body.closed) == (b"one two three ", 1)


def test_an_exception_before_the_response_is_counted(guard: Guard) -> None:
    def app(_environ: WSGIEnvironment, _start_response: StartResponse) -> Any:
        raise RuntimeError("no database")

    middleware = CleanWSGI(app, guard)
    with pytest.raises(RuntimeError, match="no database"):
        Server().ask(middleware)
    assert (middleware.counts.seen, middleware.counts.passed["broken-off"]) == (1, 1)


def _writing(*pieces: bytes, then: Iterable[bytes] = (), headers: list[tuple[str, str]] = PAGE) -> Any:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        write = start_response("200 OK", headers)
        for piece in pieces:
            write(piece)
        return then

    return app


def test_what_is_written_comes_before_what_is_returned(guard: Guard) -> None:
    app = _writing(INFECTED[:1000], INFECTED[1000:1500], then=[INFECTED[1500:]])
    assert Server().ask(CleanWSGI(app, guard)) == ORIGINAL


def test_writing_beyond_the_bound_keeps_the_order(guard: Guard) -> None:
    app = _writing(b"one ", b"two ", b"three ", then=[b"four ", b"five"])
    middleware = CleanWSGI(app, guard, max_bytes=6)
    server = Server()
    assert server.ask(middleware) == b"one two three four five"
    assert len(server.heads) == 1
    assert middleware.counts.passed["too-large"] == 1


def test_a_server_without_a_write_is_served(guard: Guard) -> None:
    heads: list[str] = []
    start: Any = lambda status, _headers, _exc_info=None: heads.append(status)  # noqa: E731
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    body = CleanWSGI(_app([b"one ", b"two ", b"three"]), guard, max_bytes=5)(environ, start)
    assert (b"".join(body), heads) == (b"one two three", ["200 OK"])


def test_writing_what_is_no_page_goes_straight_to_the_server(guard: Guard) -> None:
    server = Server()
    assert server.ask(CleanWSGI(_writing(b"a", b"b", headers=PLAIN), guard)) == b"ab"
    assert server.sent == [b"a", b"b"]


@pytest.mark.parametrize(("headers", "body"), [(PAGE, ORIGINAL), (PLAIN, INFECTED)])
def test_a_generator_that_starts_its_response_late_is_served(
    guard: Guard, headers: list[tuple[str, str]], body: bytes
) -> None:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", headers)
        yield INFECTED[:300]
        yield INFECTED[300:]

    assert Server().ask(CleanWSGI(app, guard)) == body


def _turning(before: bytes) -> Any:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", PAGE)
        if before:
            yield before
        try:
            raise LookupError("no such page")
        except LookupError:
            start_response("404 Not Found", [*PAGE, ("X-Sorry", "yes")], sys.exc_info())
        yield INFECTED

    return app


def test_an_application_may_take_its_head_back_for_an_error_page(guard: Guard) -> None:
    server = Server()
    assert server.ask(CleanWSGI(_turning(b""), guard)) == ORIGINAL
    assert [(status, ("X-Sorry", "yes") in headers) for status, headers, _ in server.heads] == [("404 Not Found", True)]


def test_it_may_not_once_there_is_a_part_of_a_body(guard: Guard) -> None:
    with pytest.raises(LookupError, match="no such page"):
        Server().ask(CleanWSGI(_turning(b"<p>half a page"), guard))


def test_it_may_not_once_the_server_sent_something(guard: Guard) -> None:
    server = Server()
    with pytest.raises(LookupError, match="no such page"):
        server.ask(CleanWSGI(_turning(b"<p>half a page"), guard, max_bytes=3))
    assert server.sent == [b"<p>half a page"]


def test_two_heads_without_an_error_are_a_mistake_as_they_are_without_us(guard: Guard) -> None:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        start_response("200 OK", PAGE)
        start_response("200 OK", PAGE)
        return [INFECTED]

    with pytest.raises(AssertionError, match="second time"):
        Server().ask(CleanWSGI(app, guard))


def test_a_head_that_makes_no_sense_is_the_servers_to_refuse(guard: Guard) -> None:
    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        start_response("fine", PAGE)
        return [INFECTED]

    server = Server()
    middleware = CleanWSGI(app, guard)
    assert server.ask(middleware) == INFECTED
    assert (server.heads[0][0], middleware.counts.failed) == ("fine", 1)


def test_an_application_that_never_starts_gets_what_it_returned_sent(guard: Guard) -> None:
    server = Server()
    middleware = CleanWSGI(lambda _environ, _start: iter([b"a", b"b"]), guard)
    assert (server.ask(middleware), server.heads) == (b"ab", [])
    assert middleware.counts.passed["broken-off"] == 1


def test_the_report_names_the_whole_path_in_its_own_letters(guard: Guard) -> None:
    told: list[str] = []
    app = CleanWSGI(_app([INFECTED]), guard, report=lambda path, _report: told.append(path))
    Server().ask(app, "/schüler".encode().decode("latin-1"))
    assert told == ["/schüler"]


def test_counts_are_a_snapshot(guard: Guard) -> None:
    middleware = CleanWSGI(_app([INFECTED]), guard)
    before = middleware.counts
    Server().ask(middleware)
    assert (before.seen, middleware.counts.seen) == (0, 1)
    with pytest.raises(TypeError):
        before.passed["type"] = 5  # type: ignore[index]
