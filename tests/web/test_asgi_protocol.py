"""What only an application server or an unusual application sees of the ASGI middleware."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from spamguard import Cleaned, Guard
from spamguard.web import CleanASGI
from tests.web.site import HTML, INFECTED, ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.web.asgi import App, Message, Receive, Scope, Send

HTTP: dict[str, Any] = {"type": "http", "method": "GET", "path": "/"}
START: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", HTML.encode())]}


def _body(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}


def _saying(*messages: Message, then: BaseException | None = None) -> App:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if then is not None:
            raise then

    return app


class Server:
    """Collects what a server would be told."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    async def receive(self) -> Message:
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.told.append(message)

    def ask(self, app: CleanASGI, scope: dict[str, Any] = HTTP) -> list[Message]:
        async def serve() -> None:
            await app(dict(scope), self.receive, self.send)

        asyncio.run(serve())
        return self.told

    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.told)


def _kinds(messages: Sequence[Message]) -> list[str]:
    return [message["type"].removeprefix("http.response.") for message in messages]


@pytest.mark.parametrize("kind", ["websocket", "lifespan", "something.new"])
def test_other_connections_get_the_servers_own_channels(guard: Guard, kind: str) -> None:
    got: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        got.extend((scope, receive, send))

    middleware = CleanASGI(app, guard)
    scope, server = {"type": kind}, Server()
    channels = server.receive, server.send
    asyncio.run(middleware(scope, *channels))
    assert got == [scope, *channels]
    assert middleware.counts.seen == 0


def test_requests_are_received_from_the_server_itself(guard: Guard) -> None:
    got: list[object] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        got.append(await receive())

    Server().ask(CleanASGI(app, guard))
    assert got == [{"type": "http.disconnect"}]


def test_the_head_waits_for_the_body_and_the_body_is_one(guard: Guard) -> None:
    server = Server()
    server.ask(CleanASGI(_saying(START, _body(INFECTED[:700], more=True), _body(INFECTED[700:])), guard))
    assert _kinds(server.told) == ["start", "body"]
    assert server.body() == ORIGINAL
    assert not server.told[-1]["more_body"]


def test_beyond_the_bound_all_is_sent_in_order(guard: Guard) -> None:
    app = _saying(START, *(_body(piece, more=True) for piece in (b"one ", b"two ", b"three ")), _body(b"four"))
    server = Server()
    server.ask(CleanASGI(app, guard, max_bytes=9))
    assert server.body() == b"one two three four"
    assert [message.get("more_body") for message in server.told] == [None, True, True, False]


def test_headers_may_be_good_for_one_reading(guard: Guard) -> None:
    for content_type in (HTML, "text/plain"):
        server = Server()
        start = {**START, "headers": iter([(b"content-type", content_type.encode())])}
        server.ask(CleanASGI(_saying(start, _body(ORIGINAL)), guard))
        assert list(server.told[0]["headers"]) == [(b"content-type", content_type.encode())]


def test_hints_and_pushes_do_not_wait(guard: Guard) -> None:
    hint = {"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]}
    push = {"type": "http.response.push", "path": "/a.css", "headers": []}
    server = Server()
    server.ask(CleanASGI(_saying(hint, START, push, _body(INFECTED)), guard))
    assert _kinds(server.told) == ["early_hint", "push", "start", "body"]
    assert server.body() == ORIGINAL


@pytest.mark.parametrize("kind", ["http.response.pathsend", "http.response.zerocopysend", "http.response.new"])
def test_a_file_that_the_server_sends_passes(guard: Guard, kind: str) -> None:
    file = {"type": kind, "path": "/srv/page.html"}
    server = Server()
    middleware = CleanASGI(_saying(START, _body(b"before", more=True), file), guard)
    server.ask(middleware)
    assert server.told == [START, _body(b"before", more=True), file]
    assert middleware.counts.passed["file"] == 1


@pytest.mark.parametrize(
    ("page", "kept"), [(ORIGINAL, [b"server-timing", b"repr-digest"]), (INFECTED, [b"server-timing"])]
)
def test_trailers_follow_without_the_digest_of_another_body(guard: Guard, page: bytes, kept: list[bytes]) -> None:
    trailers = {
        "type": "http.response.trailers",
        "headers": [(b"server-timing", b"db;dur=5"), (b"repr-digest", b"sha-256=:AA==:")],
    }
    server = Server()
    server.ask(CleanASGI(_saying({**START, "trailers": True}, _body(page), trailers), guard))
    assert _kinds(server.told) == ["start", "body", "trailers"]
    assert server.told[0]["trailers"] is True
    assert [name for name, _ in server.told[-1]["headers"]] == kept


def test_an_exception_reaches_the_server_before_any_head(guard: Guard) -> None:
    server = Server()
    middleware = CleanASGI(_saying(START, _body(INFECTED, more=True), then=RuntimeError("broke off")), guard)
    with pytest.raises(RuntimeError, match="broke off"):
        server.ask(middleware)
    assert server.told == []
    assert middleware.counts.passed["broken-off"] == 1


def test_an_application_that_ends_too_early_looks_as_it_would_without_us(guard: Guard) -> None:
    server = Server()
    middleware = CleanASGI(_saying(START, _body(INFECTED, more=True)), guard)
    server.ask(middleware)
    assert server.told == [START, _body(INFECTED, more=True)]
    assert middleware.counts.passed["broken-off"] == 1


def test_a_visitor_who_went_away_is_the_applications_to_handle(guard: Guard) -> None:
    class Gone(Server):
        async def send(self, message: Message) -> None:
            raise OSError(f"the visitor went away before {message['type']}")

    middleware = CleanASGI(_saying(START, _body(INFECTED)), guard)
    with pytest.raises(OSError, match="went away"):
        Gone().ask(middleware)
    assert (middleware.counts.seen, middleware.counts.judged) == (1, 1)


class SlowGuard(Guard):
    """Judges only when told to, and remembers in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.go = threading.Event()
        self.thread: threading.Thread | None = None

    def clean(
        self, data: bytes, *, path: str | None = None, charset: str | None = None, unsafe: bool = False
    ) -> Cleaned:
        self.thread = threading.current_thread()
        self.asked.set()
        assert self.go.wait(timeout=30)
        return super().clean(data, path=path, charset=charset, unsafe=unsafe)


def test_the_loop_goes_on_while_a_page_is_judged() -> None:
    guard, server = SlowGuard(), Server()

    async def serve() -> None:
        task = asyncio.create_task(CleanASGI(_saying(START, _body(INFECTED)), guard)(HTTP, server.receive, server.send))
        while not guard.asked.is_set():
            await asyncio.sleep(0)
        assert not task.done()
        guard.go.set()
        await task

    asyncio.run(serve())
    assert server.body() == ORIGINAL
    assert guard.thread is not threading.main_thread()


def test_a_cancelled_request_is_counted_once() -> None:
    guard, server = SlowGuard(), Server()
    middleware = CleanASGI(_saying(START, _body(INFECTED)), guard)

    async def serve() -> None:
        task = asyncio.create_task(middleware(HTTP, server.receive, server.send))
        while not guard.asked.is_set():
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        guard.go.set()

    asyncio.run(serve())
    assert server.told == []
    counts = middleware.counts
    assert (counts.seen, counts.judged, counts.passed["broken-off"]) == (1, 0, 1)


def test_another_librarys_loop_is_served_too(guard: Guard) -> None:
    server = Server()
    serving = CleanASGI(_saying(START, _body(INFECTED)), guard)(HTTP, server.receive, server.send)
    with pytest.raises(StopIteration):
        serving.send(None)  # driven by hand, as trio would: no asyncio loop is running
    assert server.body() == ORIGINAL


def test_no_thread_to_be_had_lets_the_page_out_as_it_is(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none_left(*_arguments: object) -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")

    monkeypatch.setattr(asyncio, "to_thread", none_left)
    server = Server()
    middleware = CleanASGI(_saying(START, _body(INFECTED)), guard)
    server.ask(middleware)
    assert server.told == [START, _body(INFECTED)]
    assert middleware.counts.failed == 1


def test_a_head_that_makes_no_sense_is_the_servers_to_refuse(guard: Guard) -> None:
    start = {"type": "http.response.start", "status": None, "headers": [("content-type", HTML)]}
    server = Server()
    middleware = CleanASGI(_saying(start, _body(INFECTED)), guard)
    assert server.ask(middleware) == [start, _body(INFECTED)]
    assert middleware.counts.failed == 1
