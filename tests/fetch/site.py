"""A small site behind a real server on this machine; each test says how it answers, and to whom."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    App = Callable[["Asked"], "Reply"]

_SAMPLE: Final = Path(__file__).resolve().parents[2] / "data" / "sample-site"
HONEST: Final = (_SAMPLE / "before/en-school.html").read_bytes()
INFECTED: Final = (_SAMPLE / "site/en-school.html").read_bytes()
SWAPPED: Final = (_SAMPLE / "site/zh-hospital-swap.html").read_bytes()
NOT_SWAPPED: Final = (_SAMPLE / "before/zh-hospital-swap.html").read_bytes()
OTHER_SPAM: Final = (_SAMPLE / "site/id-desa.html").read_bytes()
HTML: Final = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; ``number`` counts those for pages from 0."""

    path: str
    headers: dict[str, str]
    number: int

    @property
    def agent(self) -> str:
        return self.headers.get("user-agent", "").lower()

    @property
    def is_crawler(self) -> bool:
        return any(name in self.agent for name in ("googlebot", "bingbot", "baiduspider", "yandex"))

    @property
    def from_search(self) -> bool:
        return any(name in self.headers.get("referer", "") for name in ("google.", "baidu."))


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; ``hangs`` sends nothing until the server ends, ``drips`` a byte now and then."""

    body: bytes = HONEST
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (HTML,)
    hangs: bool = False
    drips: bool = False
    length: int | None = None


def redirect(target: str, status: int = 302) -> Reply:
    return Reply(b"", status, (("Location", target),))


@dataclass(slots=True)
class Site:
    """A running site: its address, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    robots: Reply = field(default_factory=lambda: Reply(b"", 404))
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve(app: App) -> Iterator[Site]:
    """Run a site until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.path, headers, len(site.asked))
            if self.path == "/robots.txt":
                reply = site.robots
            else:
                site.asked.append(asked)
                reply = app(asked)
            if reply.hangs:
                site.closing.wait(30)
                return
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            # Whoever asked may have seen enough.
            with suppress(ConnectionError):
                while reply.drips and not site.closing.wait(0.05):
                    self.wfile.write(b"x")
                self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
