"""One small site, as a WSGI and as an ASGI application, each behind a real server with our middleware between."""

from __future__ import annotations

import csv
import http.client
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import uvicorn

from spamguard.web import CleanASGI, CleanWSGI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from spamguard.web.asgi import Receive, Scope, Send

SAMPLE: Final = Path(__file__).resolve().parents[2] / "data" / "sample-site"
HTML: Final = "text/html; charset=utf-8"
KINDS: Final = ("wsgi", "asgi")


def _originals() -> dict[str, str]:
    with (SAMPLE / "labels.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["file"]: row["original"] for row in rows if row["original"] and row["file"].endswith(".html")}


ORIGINALS: Final = _originals()
INFECTED: Final = (SAMPLE / "site/en-school.html").read_bytes()
ORIGINAL: Final = (SAMPLE / "before/en-school.html").read_bytes()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers. ``raises`` after its pieces; ``gate`` is waited for before the last piece."""

    pieces: tuple[bytes, ...] = (INFECTED,)
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raises: bool = False
    gate: threading.Event | None = None

    def head(self, asked: dict[str, str]) -> tuple[int, list[tuple[str, str]]]:
        etag = dict(self.headers).get("ETag")
        status = 304 if etag is not None and etag in asked.get("if-none-match", "") else self.status
        return status, [("Content-Type", self.content_type), *self.headers]

    def body(self, method: str, status: int) -> Iterator[bytes]:
        if method == "HEAD" or status == 304:
            return
        for index, piece in enumerate(self.pieces):
            if self.gate is not None and index == len(self.pieces) - 1:
                assert self.gate.wait(timeout=30)
            yield piece
        if self.raises:
            raise RuntimeError("the application broke off")


Site = dict[str, Reply]


def wsgi_site(site: Site) -> Any:
    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = site[environ["PATH_INFO"]]
        status, headers = reply.head({"if-none-match": environ.get("HTTP_IF_NONE_MATCH", "")})
        if status == 304:
            headers = [(name, value) for name, value in headers if name != "Content-Type"]
        start_response(f"{status} {http.client.responses[status]}", headers)
        return reply.body(environ["REQUEST_METHOD"], status)

    return app


def asgi_site(site: Site) -> Any:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        reply = site[scope["path"]]
        status, headers = reply.head({name.decode(): value.decode() for name, value in scope["headers"]})
        raw = [(name.lower().encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        for piece in reply.body(scope["method"], status):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})

    return app


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Served:
    """A running server and what a client needs to ask it."""

    port: int
    middleware: CleanWSGI | CleanASGI
    reports: list[tuple[str, Any]] = field(default_factory=list)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = self.connect()
        try:
            return ask(connection, path, method, **headers)
        finally:
            connection.close()


def ask(connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str) -> Answer:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def serving(kind: str, site: Site, **options: Any) -> Iterator[Served]:
    reports: list[tuple[str, Any]] = []
    options.setdefault("report", lambda path, report: reports.append((path, report)))
    server = _wsgi(site, options) if kind == "wsgi" else _asgi(site, options)
    with server as served:
        served.reports = reports
        yield served


@contextmanager
def _wsgi(site: Site, options: dict[str, Any]) -> Iterator[Served]:
    # The standard library's judge of WSGI manners stands on both sides of the middleware.
    middleware = CleanWSGI(validator(wsgi_site(site)), **options)
    with make_server("127.0.0.1", 0, validator(middleware), handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Served(server.server_port, middleware)
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _asgi(site: Site, options: dict[str, Any]) -> Iterator[Served]:
    middleware = CleanASGI(asgi_site(site), **options)
    config = uvicorn.Config(middleware, http="h11", ws="none", loop="asyncio", lifespan="on", log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.005)
            yield Served(listening.getsockname()[1], middleware)
        finally:
            server.should_exit = True
            thread.join()
