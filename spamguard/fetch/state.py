"""How far a walk through a sitemap has come: a file of JSON lines, one a judged page, added to as the walk goes on."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from spamguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCHEMA: Final = "spamguard-walk/1"
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(slots=True)
class State:
    """Verdicts by address; without a file nothing is kept. A page that could not be judged is asked for again."""

    done: dict[str, str] = field(default_factory=dict)
    _stream: IO[bytes] | None = None

    def add(self, url: str, verdict: str) -> None:
        """Note a judged page; a process that dies after this goes on behind it."""
        if verdict != "skipped":
            self.done[url] = verdict
            self._write({"url": url, "verdict": verdict})

    def finish(self) -> None:
        """Note that every page of the sitemap was judged: the next walk begins anew."""
        self._write({"complete": True})

    def _write(self, data: dict[str, Any]) -> None:
        if self._stream is not None:
            self._stream.write(json.dumps(data).encode("ascii") + b"\n")
            self._stream.flush()


@contextmanager
def open_state(path: Path | None, sitemap: str) -> Iterator[State]:
    """Read the state of a walk and keep it open. Raises :class:`UsageError` if the file is about something else."""
    if path is None:
        yield State()
        return
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError as error:
        raise UsageError(f"cannot use {path}: {error.strerror}") from error
    with os.fdopen(descriptor, "r+b") as stream:
        done = _read(stream.read(), path, sitemap)
        state = State(done or {}, stream)
        if stream.tell() and done is not None:
            stream.write(b"\n")  # a line that a crash cut off ends here
        if done is None:
            stream.seek(0)
            stream.truncate()
            state._write({"schema": _SCHEMA, "sitemap": sitemap})
        yield state


def _read(data: bytes, path: Path, sitemap: str) -> dict[str, str] | None:
    """The pages that were judged; None where a new walk begins. A line that was cut off by a crash is left out."""
    if not data.strip():
        return None
    head, *lines = [_line(line) for line in data.splitlines()]
    if head.get("schema") != _SCHEMA:
        raise UsageError(f"{path} does not hold the state of a walk")
    if head.get("sitemap") != sitemap:
        raise UsageError(f"{path} holds the state of another walk: {head.get('sitemap')}")
    if any(line.get("complete") for line in lines):
        return None
    return {line["url"]: line["verdict"] for line in lines if "url" in line and "verdict" in line}


def _line(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
