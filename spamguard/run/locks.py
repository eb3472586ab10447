"""Locks on open files, which the system takes back when a process ends, however it ends."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    # A locked byte cannot be read by others there: one far behind the end is taken. There are no shared locks.
    _FAR = 1 << 30

    def lock(descriptor: int, *, shared: bool = False) -> bool:  # noqa: ARG001
        """Take the lock without waiting; tells whether that worked."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def lock(descriptor: int, *, shared: bool = False) -> bool:
        """Take the lock without waiting; tells whether that worked."""
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
