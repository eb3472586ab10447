"""Compressed, long and slow bodies, served by real servers (wsgiref, uvicorn) behind the middleware."""

from __future__ import annotations

import gzip
import threading
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.web.site import INFECTED, KINDS, ORIGINAL, Reply, serving

if TYPE_CHECKING:
    from spamguard import Guard

pytestmark = pytest.mark.parametrize("kind", KINDS)


def _lines(pieces: int) -> tuple[bytes, ...]:
    return (b"<!doctype html><title>Minutes</title>\n", *(b"<p>Line %d of the minutes.\n" % n for n in range(pieces)))


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate"])
def test_a_compressed_page_is_cleaned_and_compressed_again(kind: str, guard: Guard, coding: str) -> None:
    pack, unpack = (zlib.compress, zlib.decompress) if coding == "deflate" else (gzip.compress, gzip.decompress)
    packed = pack(INFECTED)
    headers = (("Content-Encoding", coding), ("Content-Length", str(len(packed))), ("Vary", "Accept-Encoding"))
    with serving(kind, {"/": Reply((packed,), headers=headers)}, guard=guard) as served:
        answer = served.get("/")
    assert unpack(answer.body) == ORIGINAL
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_compressed_honest_page_keeps_its_bytes(kind: str, guard: Guard) -> None:
    packed = gzip.compress(ORIGINAL, 1)
    with serving(kind, {"/": Reply((packed,), headers=(("Content-Encoding", "gzip"),))}, guard=guard) as served:
        assert served.get("/").body == packed
    assert served.middleware.counts.judged == 1


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("br", b"\x0b\x02\x80<p>\x03"),
        ("zstd", INFECTED),
        ("gzip, br", INFECTED),
        ("gzip", gzip.compress(INFECTED)[:-9]),
        ("gzip", gzip.compress(INFECTED) + gzip.compress(INFECTED)),
        ("gzip", b"not compressed at all"),
        ("gzip", gzip.compress(bytes(10_000_000))),
    ],
    ids=["br", "zstd", "two", "cut off", "two parts", "a lie", "a bomb"],
)
def test_what_cannot_be_unpacked_passes(kind: str, guard: Guard, coding: str, body: bytes) -> None:
    with serving(kind, {"/": Reply((body,), headers=(("Content-Encoding", coding),))}, guard=guard) as served:
        assert served.get("/").body == body
    assert (served.middleware.counts.passed["encoded"], served.middleware.counts.failed) == (1, 0)


def test_a_long_page_streams_from_the_bound_on(kind: str, guard: Guard) -> None:
    gate = threading.Event()
    pieces = _lines(500)
    with serving(kind, {"/": Reply(pieces, gate=gate)}, guard=guard, max_bytes=1000) as served:
        connection = served.connect()
        connection.request("GET", "/")
        response = connection.getresponse()
        first = response.read(5000)  # the application has not said its last word yet: it waits for the gate
        gate.set()
        assert first + response.read() == b"".join(pieces)
        connection.close()
    assert served.middleware.counts.passed["too-large"] == 1


def test_a_page_that_says_it_is_long_is_not_held_back(kind: str, guard: Guard) -> None:
    gate = threading.Event()
    pieces = (b"<p>first</p>", b"<p>" + b"a" * 2000)
    length = ("Content-Length", str(sum(map(len, pieces))))
    with serving(kind, {"/": Reply(pieces, headers=(length,), gate=gate)}, guard=guard, max_bytes=1000) as served:
        connection = served.connect()
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.read(12) == pieces[0]
        gate.set()
        assert response.read() == pieces[1]
        connection.close()
    assert served.middleware.counts.passed["too-large"] == 1


def test_events_are_sent_when_they_happen(kind: str, guard: Guard) -> None:
    gate = threading.Event()
    reply = Reply((b"data: one\n\n", b"data: two\n\n"), "text/event-stream", gate=gate)
    with serving(kind, {"/": reply}, guard=guard) as served:
        connection = served.connect()
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.read(11) == b"data: one\n\n"
        gate.set()
        assert response.read() == b"data: two\n\n"
        connection.close()
