from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from spamguard.web.coding import packed, unpacked

PAGE = b"<p>The library is open on weekdays.</p>" * 20


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_is_packed_is_unpacked(coding: str) -> None:
    assert unpacked(packed(PAGE, coding), coding, len(PAGE)) == PAGE
    assert packed(PAGE, coding) == packed(PAGE, coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_page_beyond_the_bound_is_refused(coding: str) -> None:
    assert unpacked(packed(PAGE, coding), coding, len(PAGE) - 1) is None


def test_a_bomb_takes_no_more_room_than_the_bound() -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    try:
        assert unpacked(bomb, "deflate", 100_000) is None
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("body", [b"", PAGE, gzip.compress(PAGE)[:-1], gzip.compress(PAGE) + b"\0"])
def test_what_is_no_single_whole_archive_is_refused(body: bytes) -> None:
    assert unpacked(body, "gzip", 10**6) is None
