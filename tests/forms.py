"""A page as it may lie on disk: as it is, with other line ends, and without the last one."""

from __future__ import annotations


def as_is(page: bytes) -> bytes:
    """The page itself."""
    return page


def with_crlf(page: bytes) -> bytes:
    """The page with the line ends of another system."""
    return page.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def open_ended(page: bytes) -> bytes:
    """The page without a line end behind its last line."""
    return page.rstrip(b"\r\n")


FORMS = (as_is, with_crlf, open_ended)
