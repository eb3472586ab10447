"""The folder that keeps the originals of what ``clean --write`` replaced, and a log a run.

``objects/`` holds originals, compressed, under the SHA-256 of their bytes; ``runs/`` the logs (see runlog.py). An
object lasts through a power cut before the log speaks of it, and the log before the file is replaced.
"""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH101, PTH102, PTH103, PTH105, PTH111, PTH112, PTH116, PTH117, PTH118, PTH120, PTH208
from __future__ import annotations

import hashlib
import os
import secrets
import stat
import sys
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.errors import JournalError, Unjudgeable, UsageError
from spamguard.run.files import NEW_FILE, read_file, sync_folder, write_all
from spamguard.run.locks import lock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LOCK, _OBJECTS, _RUNS = "lock", "objects", "runs"
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal whose folder is there; ``folder`` is a real path."""

    folder: str

    @property
    def objects(self) -> str:
        """The folder of the originals."""
        return os.path.join(self.folder, _OBJECTS)

    @property
    def runs(self) -> str:
        """The folder of the logs."""
        return os.path.join(self.folder, _RUNS)

    @contextmanager
    def in_use(self, *, alone: bool = False) -> Iterator[None]:
        """Keep everybody from pruning meanwhile; ``alone`` keeps everybody from doing anything but looking."""
        with told(self.folder), locked(os.path.join(self.folder, _LOCK), shared=not alone):
            yield


def default_folder(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> str:
    """Where programs keep the state of a user. Raises :class:`UsageError` where nobody can tell."""
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    elif platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = environment.get("XDG_STATE_HOME", "")
        if not os.path.isabs(base):  # the specification wants relative paths ignored
            base = os.path.expanduser("~/.local/state")
    if not os.path.isabs(base):
        raise UsageError("this user has no home folder: say with --journal DIR where originals are kept")
    return os.path.join(base, "spamguard")


def refuse_scanned(folder: str, scanned: Sequence[str]) -> None:
    """Raise :class:`UsageError` if the journal lies inside a scanned folder, or something scanned inside the journal.

    Whoever broke into a site writes its folders: nothing that is put back may come from there. Compared are the
    folders themselves, not their names, which links, mounts and letter case can change.
    """
    above = _above(os.path.realpath(folder))
    own = _identity(folder)
    for path in scanned:
        if os.path.isdir(path) and _identity(path) in above:
            raise UsageError(f"the journal {folder} lies inside {path}, which is scanned: choose --journal DIR outside")
        if own is not None and own in _above(os.path.realpath(path)):
            raise UsageError(f"{path} lies inside the journal {folder}")


def prepare(folder: str) -> Journal:
    """Make the folder if it is not there; raises as :func:`existing`."""
    with told(folder):
        _make(os.path.realpath(folder))
        journal = existing(folder)
        for inner in (journal.objects, journal.runs):
            _make(inner)
    return journal


def existing(folder: str) -> Journal:
    """Take a folder that is there, and close it to others.

    Raises :class:`UsageError` if there is none or it is no journal, :class:`JournalError` if it is somebody else's.
    """
    real = os.path.realpath(folder)
    if not os.path.isdir(real):
        raise UsageError(f"there is no journal in {folder}")
    with told(folder):
        status = os.stat(real)
        if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
            raise JournalError(f"the journal {folder} belongs to another user: choose another with --journal DIR")
        names = set(os.listdir(real))
        if _RUNS not in names and not names <= {_LOCK, _OBJECTS}:
            raise UsageError(f"{folder} holds something else than a journal")
        if stat.S_IMODE(status.st_mode) & _OTHERS:
            os.chmod(real, 0o700)
    return Journal(real)


def store(journal: Journal, data: bytes) -> str:
    """Keep bytes for good; returns their digest."""
    digest = hashlib.sha256(data).hexdigest()
    with told(journal.folder):
        if not _intact(journal, digest, len(data)):
            temporary = os.path.join(journal.objects, f".{secrets.token_hex(8)}.tmp")
            descriptor = os.open(temporary, NEW_FILE, 0o600)
            try:
                write_all(descriptor, zlib.compress(data))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            os.replace(temporary, os.path.join(journal.objects, digest))
        # Also for an object that was there: whoever made it may have died before this.
        sync_folder(journal.objects)
    return digest


def load(journal: Journal, digest: str, size: int) -> bytes:
    """The bytes of a digest. Raises :class:`JournalError` unless they are exactly those that were stored."""
    try:
        # What does not compress grows by some bytes a block.
        packed = read_file(os.path.join(journal.objects, digest), size + size // 100 + 1000, follow=False)
        data = zlib.decompressobj().decompress(packed, size + 1)
    except Unjudgeable as error:
        raise JournalError(f"the original {digest[:16]} is missing from the journal: {error}") from error
    except zlib.error as error:
        raise JournalError(f"the original {digest[:16]} in the journal is damaged: {error}") from error
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        raise JournalError(f"the original {digest[:16]} in the journal is damaged: its bytes are not those stored")
    return data


@contextmanager
def told(folder: str) -> Iterator[None]:
    """Turn what the system says against the journal into a :class:`JournalError`."""
    try:
        yield
    except OSError as error:
        raise JournalError(f"the journal {folder} cannot be used: {error.strerror or error}") from error


@contextmanager
def locked(path: str, *, shared: bool = False) -> Iterator[int]:
    """An open descriptor of a locked file, which is made if need be. The lock ends with the process, however it ends.

    Raises :class:`JournalError` if somebody else holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if not lock(descriptor, shared=shared):
            raise JournalError("another spamguard is using this journal: try again when it is done")
        yield descriptor
    finally:
        os.close(descriptor)


def _intact(journal: Journal, digest: str, size: int) -> bool:
    with suppress(JournalError):
        load(journal, digest, size)
        return True
    return False


def _make(folder: str) -> None:
    if os.path.isdir(folder):
        return
    above = os.path.dirname(folder)
    os.makedirs(above, exist_ok=True)
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    sync_folder(above)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _above(real: str) -> set[tuple[int, int]]:
    """The identities of a path and of all folders around it, as far as they exist."""
    found = set()
    while True:
        found.add(_identity(real))
        parent = os.path.dirname(real)
        if parent == real:
            return {one for one in found if one is not None}
        real = parent
