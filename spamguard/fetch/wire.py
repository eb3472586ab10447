"""The connection: made to the address that was checked, and over when its time is up.

Looking a name up twice, once to check and once to connect, would let it point somewhere else the second time. So names
are looked up here, where the connection is made, and it is made to what the check has seen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from spamguard.errors import Unjudgeable

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator

    from spamguard.fetch.addresses import Address

    Resolve = Callable[[str, int], list[Address]]
    Permits = Callable[[Address], bool]

_TRIED = 3


class Wire(httpcore.NetworkBackend):
    """Opens connections until ``seconds`` after it was made, to addresses that ``permits`` says yes to."""

    def __init__(self, resolve: Resolve, permits: Permits, seconds: float) -> None:
        self._resolve = resolve
        self._permits = permits
        self._deadline = time.monotonic() + seconds
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host. Raises :class:`Unjudgeable` (``private-address``) if none of its addresses is allowed."""
        permitted = [address for address in self._resolve(host, port) if self._permits(address)]
        if not permitted:
            raise Unjudgeable("private-address", f"{host} is not on the open internet")
        failure = httpcore.ConnectError(f"{host} does not answer")
        for address in permitted[:_TRIED]:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, left(self._deadline, timeout), local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - the interface has it
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refuse: no page lies behind a socket of this machine."""
        raise Unjudgeable("private-address", f"{path} is a socket of this machine")


class _Timed(httpcore.NetworkStream):
    """A connection on which no wait goes beyond the deadline: a server that drips bytes cannot hold it open."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, left(self._deadline, timeout))
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def left(deadline: float, timeout: float | None) -> float:
    """Seconds that one step may take. Raises httpcore's ``ReadTimeout`` when the time is up."""
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise httpcore.ReadTimeout("the time for this page is up")
    return rest if timeout is None else min(rest, timeout)


class Transport(httpx.BaseTransport):
    """Lets httpx speak over a :class:`Wire`; its own transport takes no network of ours."""

    def __init__(self, wire: Wire, trust: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=wire, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
