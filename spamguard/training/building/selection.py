"""Which files of a source are taken: those that a glob names, that are plain files, and that are not too large."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spamguard.errors import UsageError
from spamguard.training.building.records import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.training.building.gitread import Clone
    from spamguard.training.building.sourcelist import Source

_PLAIN: Final = frozenset({"100644", "100664", "100755"})
_MODES: Final = {"120000": "a symbolic link", "160000": "a submodule"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of a source before it is read. ``key`` finds its content: a blob of git, or a path on this machine."""

    path: str
    size: int
    key: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to read, and the language that its glob stands for."""

    candidate: Candidate
    language: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is read of a source, in the order of its paths, and what is not, with the reasons by path."""

    taken: tuple[Taken, ...]
    refused: tuple[tuple[str, str], ...]


def in_clone(clone: Clone) -> Iterator[Candidate]:
    """The files of a commit."""
    for entry in clone.entries():
        odd = "" if entry.mode in _PLAIN else _MODES.get(entry.mode, f"not a plain file (mode {entry.mode})")
        yield Candidate(entry.path, entry.size, entry.blob, odd)


def in_folder(folder: Path) -> Iterator[Candidate]:
    """The files of a folder, without those of its git; links are named and never followed."""
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in (*links, *files):
            place = Path(root, name)
            facts = place.lstat()
            odd = "" if stat.S_ISREG(facts.st_mode) else "not a plain file"
            odd = "a symbolic link" if stat.S_ISLNK(facts.st_mode) else odd
            yield Candidate(place.relative_to(folder).as_posix(), facts.st_size, os.fspath(place), odd)


def select(source: Source, candidates: Iterable[Candidate]) -> Selection:
    """Match the files against the globs. Raises :class:`UsageError` for a glob that names no file at all."""
    globs = [(language, glob, _pattern(glob)) for language, told in source.paths for glob in told]
    unused = {glob for _, glob, _ in globs}
    by_language: defaultdict[str, list[Candidate]] = defaultdict(list)
    refused = []
    for candidate in candidates:
        matching = [(language, glob) for language, glob, pattern in globs if pattern.fullmatch(candidate.path)]
        if not matching:
            continue
        unused.difference_update(glob for _, glob in matching)
        if reason := candidate.refused or _objection(candidate):
            refused.append((candidate.path, reason))
        else:
            by_language[matching[0][0]].append(candidate)
    if unused:
        raise UsageError(f"{source.name}: no file matches {min(unused)}")
    taken = [
        Taken(candidate, language)
        for language, found in by_language.items()
        for candidate in (sorted(found, key=_spread)[: source.at_most] if source.at_most else found)
    ]
    return Selection(tuple(sorted(taken, key=lambda one: one.candidate.path)), tuple(sorted(refused)))


def _objection(candidate: Candidate) -> str:
    """What is wrong with a name or size. A tree may hold any name: git's own checkout is what would refuse it."""
    if not candidate.path.isprintable():
        return "its name holds control characters or is not UTF-8"
    if candidate.path.startswith("/") or "\\" in candidate.path or {"", ".", ".."} & set(candidate.path.split("/")):
        return "its path leaves the tree"
    return "too large" if candidate.size > LARGEST_FILE else ""


def _spread(candidate: Candidate) -> bytes:
    """A place in an order that has nothing to do with the names, and is the same on every machine."""
    return hashlib.sha256(candidate.path.encode("utf-8")).digest()


def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` and ``?`` stay within a folder, ``**`` goes through any number of them."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    wild = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(wild.get(part) or re.escape(part) for part in parts), re.DOTALL)
