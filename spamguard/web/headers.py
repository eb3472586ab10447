"""What the head of a response says about its body, and what it must say when the body was changed.

Headers are pairs of strings; an ASGI application's bytes are read as Latin-1, which loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    Headers = Sequence[tuple[str, str]]

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
# No body, part of one, or the difference to another. Error pages are judged: they are made of the same templates.
_NO_WHOLE_BODY: Final = frozenset({204, 205, 206, 226, 304})
_CODINGS: Final = {"": None, "identity": None, "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
# A validator names the bytes of one body: a cache that knows another by the same name would answer with that, and a
# client would put ranges of the two together.
_OF_THE_OLD_BODY: Final = frozenset(
    {"accept-ranges", "content-digest", "content-md5", "digest", "etag", "last-modified", "repr-digest"}
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """A response that may be judged: its charset as the header calls it, and its content coding."""

    charset: str | None
    coding: str | None


def page_head(method: str, status: int, headers: Headers, max_bytes: int) -> PageHead | str:
    """The head of a whole HTML page of at most ``max_bytes``, or the reason why a response passes unjudged."""
    if method == "HEAD":
        return "head"
    if status < 200 or status in _NO_WHOLE_BODY:
        return "status"
    content_type = _only(headers, "content-type")
    if content_type.partition(";")[0].strip().lower() not in _PAGES:
        return "type"
    coding = _only(headers, "content-encoding").strip().lower()
    if coding not in _CODINGS:
        return "encoded"
    length = _only(headers, "content-length").strip()
    if length.isdecimal() and int(length) > max_bytes:
        return "too-large"
    charset = _CHARSET.search(content_type)
    return PageHead(charset[1] if charset is not None else None, _CODINGS[coding])


def of_changed_body(headers: Headers, length: int) -> list[tuple[str, str]]:
    """The headers of a body that was changed and is now ``length`` bytes long."""
    return [
        (name, str(length) if name.lower() == "content-length" else value)
        for name, value in without_validators(headers)
    ]


def without_validators(headers: Headers) -> list[tuple[str, str]]:
    """The headers, or trailers, that do not name the body they came with."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_THE_OLD_BODY]


def _only(headers: Headers, wanted: str) -> str:
    """The value of a header; those of one that is there several times are joined and so mean nothing known."""
    return ", ".join(value for name, value in headers if name.lower() == wanted)
