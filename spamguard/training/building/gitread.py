"""Reads files of a pinned commit straight from git's object store: nothing is ever checked out.

A repository is a stranger's. Without a working tree no hook, filter, submodule or large-file download can run, and no
path of theirs becomes a path of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spamguard.training.building.sourcelist import Source

_SECONDS: Final = 3600
_FETCHED: Final = "refs/spamguard/fetched"
_SETTINGS: Final = (
    "protocol.allow=never",
    "core.hooksPath=" + os.devnull,
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.helper=",
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as git knows it; ``mode`` tells a plain file (``100644``) from a link (``120000``)."""

    path: str
    mode: str
    size: int
    blob: str


@dataclass(frozen=True, slots=True)
class Clone:
    """A bare repository on this machine, with at least the commit that was asked for."""

    folder: Path
    commit: str

    def entries(self) -> list[Entry]:
        """All files of the commit. Names that are not UTF-8 come with surrogate escapes."""
        listed = _git(self.folder, "ls-tree", "-r", "-l", "-z", "--full-tree", self.commit)
        entries = []
        for line in listed.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob, size = facts.decode("ascii").split()
            entries.append(Entry(path.decode("utf-8", "surrogateescape"), mode, int(size) if size != "-" else 0, blob))
        return entries

    def read(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The contents of blobs, one at a time in the order given."""
        command = _command(self.folder, "cat-file", "--batch")
        with subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            asked, answered = process.stdin, process.stdout
            if asked is None or answered is None:
                raise UsageError("git could not be talked to")
            for blob in blobs:
                asked.write(blob.encode("ascii") + b"\n")
                asked.flush()
                header = answered.readline().split()
                if len(header) != 3 or header[1] != b"blob":
                    raise UsageError(f"{self.folder}: object {blob} is missing; remove the folder and fetch it anew")
                yield answered.read(int(header[2]))
                answered.read(1)


def clone(source: Source, cache: Path, *, offline: bool) -> Clone:
    """Fetch the pinned commit of a source, or the newest of an unpinned one; what the cache has is not fetched again.

    Raises :class:`UsageError` when git is missing, the address cannot be read or the commit is not there.
    """
    folder = cache / f"{source.name}.git"
    if not (folder / "HEAD").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        # An empty template: a system's own one may bring hooks along.
        _git(None, "init", "--quiet", "--bare", "--template=", os.fspath(folder))
    have = _commit(folder, source.commit or _FETCHED)
    if have is None or not (source.commit or offline):
        if offline:
            raise UsageError(f"{source.name}: {_wanted(source)} is not in {cache}, and --offline forbids to fetch it")
        _fetch(source, folder)
        have = _commit(folder, source.commit or _FETCHED)
    if have is None or (source.commit and have != source.commit):
        raise UsageError(f"{source.name}: {_wanted(source)} is not in {source.url}")
    return Clone(folder, have)


def _fetch(source: Source, folder: Path) -> None:
    scheme = source.url.partition(":")[0]
    # Git guards local repositories by their owner; a file address is only read when a source names one itself.
    allowed = ("-c", f"protocol.{scheme}.allow=always")
    what = f"+{source.commit or 'HEAD'}:{_FETCHED}"
    options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
    try:
        _git(folder, *allowed, "fetch", *options, "--", source.url, what)
    except _GitError as error:
        raise UsageError(f"{source.name}: cannot fetch {_wanted(source)} from {source.url}: {error}") from error


def _wanted(source: Source) -> str:
    return f"commit {source.commit}" if source.commit else "the newest commit"


def _commit(folder: Path, name: str) -> str | None:
    try:
        told = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except _GitError:
        return None
    return told.decode("ascii").strip()


class _GitError(UsageError):
    """Git said no."""


def _git(folder: Path | None, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            _command(folder, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _GitError(f"git gave no answer within {_SECONDS // 60} minutes") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _GitError(lines[-1] if lines else f"git ended with {done.returncode}")
    return done.stdout


def _command(folder: Path | None, *arguments: str) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise UsageError("git is needed to fetch a source: install it, or give --from NAME=FOLDER")
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    place = [f"--git-dir={folder}"] if folder is not None else []
    return [program, *settings, *place, *arguments]


def _environment() -> dict[str, str]:
    """Nothing of the caller's git: variables may redirect any of its files, settings may name programs to run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "SSH_ASKPASS"))}
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
