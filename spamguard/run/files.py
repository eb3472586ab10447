"""Reading files that may be anything, and replacing them so that nothing can be lost."""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH105, PTH108, PTH116, PTH118, PTH120
from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from spamguard.errors import SpamguardError, Unjudgeable

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1 << 20
# Not on every system; where a flag is missing, the checks on the open file still hold.
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | _NO_FOLLOW
"""Flags that open a file which must not be there yet, not even as a link."""
_GONE = {errno.ENOENT, errno.ENOTDIR}


class WriteRefused(SpamguardError):  # noqa: N818 - it is an outcome, named as such
    """A file was left as it is. ``reason`` is a stable word, the message explains it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def special_kind(mode: int) -> str | None:
    """Name what a file that must not be opened is; ``None`` for regular files, folders and links."""
    if stat.S_ISFIFO(mode):
        return "fifo"
    if stat.S_ISSOCK(mode):
        return "socket"
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return "device"
    return None


def read_file(path: str, max_bytes: int, *, follow: bool = True) -> bytes:
    """All bytes of a regular file.

    Raises :class:`Unjudgeable` with the reason ``vanished``, ``unreadable``, ``too-large``, ``fifo``, ``socket``,
    ``device``, ``folder`` or, without ``follow``, ``symlink``; a larger file is not read.
    """
    try:
        _refuse_special(os.stat(path, follow_symlinks=follow))
        # Between the two calls the file may have been swapped for a pipe: never block, and look again.
        descriptor = os.open(path, _READ_FLAGS | (0 if follow else _NO_FOLLOW))
        try:
            status = os.fstat(descriptor)
            _refuse_special(status)
            _refuse_large(status.st_size, max_bytes)
            data = _read_all(descriptor, max_bytes)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unjudgeable(error) from error
    _refuse_large(len(data), max_bytes)
    return data


def file_size(path: str) -> int:
    """Size in bytes, or 0 where it cannot be told."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def replace_file(path: str, before: bytes, after: bytes, announce: Callable[[str], None] | None = None) -> None:
    """Put ``after`` in the place of ``before`` in one step, keeping mode, owner and extended attributes.

    ``announce`` is called once nothing speaks against it and nothing has been touched yet, with the path of the
    temporary file that is about to be made: whoever is told can remove it should this process die half way.

    Raises :class:`WriteRefused` (``symlink``, ``special``, ``hard-links``, ``read-only``, ``vanished``, ``changed`` or
    ``unwritable``); the file is untouched then, and no temporary file is left.
    """
    try:
        status = _replaceable(path)
        if read_file(path, len(before), follow=False) != before:
            raise WriteRefused("changed", "the file has changed since it was judged")
        # In the same folder, because only a rename within one file system is atomic. Nobody can guess the name.
        temporary = os.path.join(os.path.dirname(path), f".spamguard-{os.urandom(8).hex()}.tmp")
        if announce is not None:
            announce(temporary)
        _swap(path, temporary, status, after)
    except Unjudgeable as error:
        reason = "changed" if error.reason == "too-large" else error.reason
        raise WriteRefused(reason, str(error)) from error
    except OSError as error:
        if error.errno in _GONE:
            raise WriteRefused("vanished", "the file is no longer there") from error
        raise WriteRefused("unwritable", error.strerror or type(error).__name__) from error


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls that takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: str) -> None:
    """Make the names in a folder last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder or os.curdir, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _replaceable(path: str) -> os.stat_result:
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise WriteRefused("symlink", "symbolic links are not replaced; name the file itself")
    if not stat.S_ISREG(status.st_mode):
        raise WriteRefused("special", "only regular files are replaced")
    if status.st_nlink > 1:
        raise WriteRefused("hard-links", f"the file has {status.st_nlink} names, which would come apart")
    # The mode is asked too, because access(2) lets the superuser write everything.
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise WriteRefused("read-only", "the file may not be written")
    return status


def _swap(path: str, temporary: str, status: os.stat_result, after: bytes) -> None:
    descriptor = os.open(temporary, NEW_FILE, 0o600)
    try:
        try:
            write_all(descriptor, after)
            _copy_status(path, descriptor, status)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if _identity(os.lstat(path)) != _identity(status):
            raise WriteRefused("changed", "the file has changed while it was being replaced")
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(os.path.dirname(path))


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _copy_status(source: str, target: int, status: os.stat_result) -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.fchown(target, status.st_uid, status.st_gid)
    # Labels and access lists: a web server under SELinux cannot read a page without its label.
    with contextlib.suppress(OSError, AttributeError):
        for attribute in os.listxattr(source):
            with contextlib.suppress(OSError):
                os.setxattr(target, attribute, os.getxattr(source, attribute))
    os.fchmod(target, stat.S_IMODE(status.st_mode))


def _read_all(descriptor: int, max_bytes: int) -> bytes:
    parts = []
    left = max_bytes + 1  # one more than allowed, so that a growing file is noticed
    while left > 0 and (part := os.read(descriptor, min(_CHUNK, left))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _refuse_special(status: os.stat_result) -> None:
    kind = special_kind(status.st_mode)
    if kind is None and stat.S_ISDIR(status.st_mode):
        kind = "folder"
    if kind is None and stat.S_ISLNK(status.st_mode):
        kind = "symlink"
    if kind is not None:
        raise Unjudgeable(kind, f"not a regular file but a {kind}")


def _refuse_large(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise Unjudgeable("too-large", f"{size} bytes are more than the limit of {max_bytes}")


def _unjudgeable(error: OSError) -> Unjudgeable:
    if error.errno in _GONE:
        return Unjudgeable("vanished", "the file is no longer there")
    if error.errno == errno.ELOOP:
        return Unjudgeable("symlink", "the file has become a symbolic link")
    return Unjudgeable("unreadable", error.strerror or type(error).__name__)
