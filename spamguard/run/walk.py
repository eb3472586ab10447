"""Which files are judged, in which order.

Paths are plain strings with surrogate escapes, as ``os.fsdecode`` makes them. The order is that of the paths' bytes,
over all arguments together, and nothing but the open folders is held in memory.
"""

# Paths are strings here, because a Path would lose the "./" that keeps "-x.html" from being taken as an option.
# ruff: noqa: PTH100, PTH110, PTH112, PTH116, PTH118, PTH119, PTH120
from __future__ import annotations

import os
import stat
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from spamguard.errors import UsageError
from spamguard.run.files import special_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STDIN = "-"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".xml", ".rss", ".atom", ".txt", ".md")
# Hidden folders are not served, but for this one: a favourite place to put doorway pages.
_SERVED_HIDDEN = ".well-known"


class Entry(NamedTuple):
    """Something to judge. ``skipped`` says why it is not; ``data`` is what standard input held."""

    path: str
    data: bytes | None = None
    skipped: str | None = None
    follow: bool = True
    """Whether the file may be a symbolic link: only if the operator named it."""


class Selection(NamedTuple):
    """Which files of a folder are taken; files named as arguments always are.

    A pattern matches the file's name, its path below the walked folder, or that path with the folder in front.
    """

    include: tuple[str, ...] = ()
    """Instead of the usual suffixes."""
    exclude: tuple[str, ...] = ()
    """Files and whole folders."""
    leave_out: frozenset[str] = frozenset()
    """Real paths of files that this run writes itself."""

    def takes_file(self, root: str, path: str) -> bool:
        """Tell whether the file at ``path`` below ``root`` is judged."""
        if _matches(self.exclude, root, path) or (self.leave_out and os.path.realpath(path) in self.leave_out):
            return False
        if self.include:
            return _matches(self.include, root, path)
        return path.lower().endswith(SUFFIXES)

    def takes_folder(self, root: str, path: str) -> bool:
        """Tell whether the folder at ``path`` below ``root`` is walked."""
        name = os.path.basename(path)
        return (not name.startswith(".") or name == _SERVED_HIDDEN) and not _matches(self.exclude, root, path)


def walk(arguments: Sequence[str], selection: Selection, read_stdin: Callable[[], Entry]) -> Iterator[Entry]:
    """All entries in path order, each file once.

    Raises :class:`UsageError` before the first entry if an argument does not exist.
    """
    for argument in arguments:
        if argument != STDIN and not os.path.lexists(argument):
            raise UsageError(f"no such file or folder: {argument}")
    streams = [_argument(argument, selection, read_stdin) for argument in sorted(set(arguments), key=os.fsencode)]
    return streams[0] if len(streams) == 1 else _once(streams)


def _once(streams: Iterable[Iterator[Entry]]) -> Iterator[Entry]:
    from heapq import merge

    seen: set[str] = set()
    for entry in merge(*streams, key=lambda entry: os.fsencode(entry.path)):
        key = os.path.abspath(entry.path) if entry.path != STDIN else STDIN
        if key not in seen:
            seen.add(key)
            yield entry


def _argument(argument: str, selection: Selection, read_stdin: Callable[[], Entry]) -> Iterator[Entry]:
    if argument == STDIN:
        yield read_stdin()
        return
    try:
        mode = os.stat(argument).st_mode
    except OSError:
        yield Entry(argument)  # reading it will say what is wrong
        return
    if stat.S_ISDIR(mode):
        yield from _folder(argument, os.path.realpath(argument), selection)
    else:
        yield Entry(argument, skipped=special_kind(mode))


def _folder(root: str, real_root: str, selection: Selection) -> Iterator[Entry]:
    # A stack of our own: whoever makes the folders can make them deeper than Python recurses.
    stack = [_listing(root)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, Entry):
            yield entry
        elif entry.is_symlink():
            yield from _link(root, entry.path, real_root, selection)
        elif entry.is_dir(follow_symlinks=False):
            if selection.takes_folder(root, entry.path):
                stack.append(_listing(entry.path))
        elif selection.takes_file(root, entry.path):
            yield Entry(entry.path, skipped=_kind(entry), follow=False)


def _listing(folder: str) -> Iterator[os.DirEntry[str] | Entry]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=_order)
    except OSError:
        yield Entry(folder, skipped="unreadable")
        return
    yield from entries


def _order(entry: os.DirEntry[str]) -> bytes:
    # With the slash that will follow a folder's name: this makes the order that of whole paths ("a-b" before "a/").
    folder = not entry.is_symlink() and entry.is_dir(follow_symlinks=False)
    return os.fsencode(entry.name) + (b"/" if folder else b"")


def _kind(entry: os.DirEntry[str]) -> str | None:
    try:
        return special_kind(entry.stat(follow_symlinks=False).st_mode)
    except OSError:
        return None  # reading it will say what is wrong


def _link(root: str, path: str, real_root: str, selection: Selection) -> Iterator[Entry]:
    """Links are not followed. One is reported if what it shows is judged under no other name."""
    target = os.path.realpath(path)
    folder = os.path.isdir(target)
    wanted = selection.takes_folder(root, path) if folder else selection.takes_file(root, path)
    if not wanted:
        return
    if not _inside(target, real_root):
        yield Entry(path, skipped="symlink-outside")
    elif not os.path.exists(target):
        yield Entry(path, skipped="broken-symlink")
    elif not _walked(target, real_root, selection, folder=folder):
        yield Entry(path, skipped="symlink")


def _inside(target: str, real_root: str) -> bool:
    return target == real_root or target.startswith(os.path.join(real_root, ""))


def _walked(target: str, real_root: str, selection: Selection, *, folder: bool) -> bool:
    """Tell whether a walk from ``real_root`` comes by the real path ``target``."""
    parents = target
    while (parents := os.path.dirname(parents)) != real_root and len(parents) > len(real_root):
        if not selection.takes_folder(real_root, parents):
            return False
    if folder:
        return target == real_root or selection.takes_folder(real_root, target)
    return selection.takes_file(real_root, target)


def _matches(patterns: tuple[str, ...], root: str, path: str) -> bool:
    if not patterns:
        return False
    names = (os.path.basename(path), os.path.relpath(path, root), path)
    return any(fnmatchcase(name, pattern.rstrip("/")) for pattern in patterns for name in names)
