"""Let a piece of work die at any of its durable steps: by a kill, or by a power cut that loses what was not flushed."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

WAYS = ("before", "after", "torn", "power cut")
_CALLS = ("open", "write", "fsync", "replace", "truncate", "unlink", "mkdir")
_DIED = 9


def dies(work: Callable[[], object], at: int, way: str) -> bool:
    """Do the work in a child process that ends at its step number ``at``; False if the work has fewer steps."""
    child = os.fork()
    if child == 0:
        try:
            _Doomed(at, way).install()
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, _DIED}
    return code == _DIED


@dataclass
class _Doomed:
    """Counts the calls that reach the disk. What is not flushed yet is remembered, so that a power cut can lose it."""

    at: int
    way: str
    count: int = 0
    paths: dict[int, str] = field(default_factory=dict)
    """Open descriptors."""
    flushed: dict[str, bytes] = field(default_factory=dict)
    """What would be in a file that was written."""
    entries: list[tuple[str, bytes | None]] = field(default_factory=list)
    """Names that changed in folders that were not flushed since, with what was there before."""
    real: dict[str, Any] = field(default_factory=lambda: {name: getattr(os, name) for name in _CALLS})

    def install(self) -> None:
        for name in _CALLS:
            setattr(os, name, self._wrapped(name))

    def _wrapped(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                result = self.real["open"](*arguments, **options)
                self.paths[result] = str(arguments[0])
                return result
            self.count += 1
            if self.count - 1 == self.at:
                self._die(name, arguments, options)
            self._note(name, arguments)
            result = self.real[name](*arguments, **options)
            if name == "open":
                self.paths[result] = str(arguments[0])
            return result

        return call

    def _die(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        if self.way == "after":
            with suppress(OSError):
                self.real[name](*arguments, **options)
        if self.way == "torn" and name == "write":
            self.real["write"](arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        if self.way == "power cut":
            self._cut()
        os._exit(_DIED)

    def _note(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name in {"open", "unlink"} and (name == "unlink" or not Path(arguments[0]).exists()):
            self.entries.append((str(arguments[0]), _content(str(arguments[0]))))
        elif name == "write":
            path = self.paths[arguments[0]]
            self.flushed.setdefault(path, _content(path) or b"")
        elif name == "fsync":
            path = self.paths[arguments[0]]
            self.flushed.pop(path, None)
            self.entries = [one for one in self.entries if os.path.dirname(one[0]) != path]  # noqa: PTH120
        elif name == "replace":
            source, target = map(str, arguments)
            self.entries.append((target, _content(target)))
            assert source not in self.flushed, "renamed before it was flushed"

    def _cut(self) -> None:
        for path, content in self.flushed.items():
            if Path(path).exists():
                Path(path).write_bytes(content)
        for path, was in reversed(self.entries):
            Path(path).unlink(missing_ok=True)
            if was is not None:
                Path(path).write_bytes(was)


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
