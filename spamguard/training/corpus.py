"""Clean documents to learn from: real ones from a local folder, described by its tables.

A folder is read as ``spamguard corpus build`` writes it: ``clean-html.tsv`` and ``clean-lang.tsv`` beside folders (or
archives) of the same stem. A *source* is the repository that a document came from: splits are made by source,
never by page, because the pages of one site share their menus.
"""

from __future__ import annotations

import csv
import hashlib
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# "Clean" documents that turned out to hold a real injected block when a model flagged them and a person looked.
KNOWN_INFECTED: frozenset[str] = frozenset({"clean-html/article-extraction-benchmark/00190.html"})


@dataclass(frozen=True, slots=True)
class Document:
    """A clean document. ``use`` is ``train`` or ``measure``; ``hard`` speaks of spam topics for honest reasons.

    ``path`` is where the source keeps it.
    """

    name: str
    source: str
    language: str
    kind: str
    use: str
    hard: bool
    data: bytes
    path: str = ""


def load(folder: Path) -> Iterator[Document]:
    """All clean documents of a corpus folder in the order of its tables, known infected ones left out."""
    found = False
    for stem in ("clean-html", "clean-lang"):
        table = folder / f"{stem}.tsv"
        if not table.is_file():
            continue
        found = True
        files = _contents(folder, stem)
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                name = row["file"]
                if name in KNOWN_INFECTED or name not in files:
                    continue
                yield Document(
                    name=name,
                    source=row["repository"],
                    language=row.get("language") or "",
                    kind=row.get("kind") or "html",
                    use=row.get("use") or "train",
                    hard=(row.get("hard") or "") not in {"", "0"},
                    data=files[name],
                    path=row.get("path") or "",
                )
    if not found:
        raise UsageError(f"no clean-html.tsv or clean-lang.tsv in {folder}")


def _contents(folder: Path, stem: str) -> dict[str, bytes]:
    archive = folder / f"{stem}.tar.xz"
    if archive.is_file():
        with tarfile.open(archive) as members:
            return {m.name: f.read() for m in members if m.isfile() and (f := members.extractfile(m)) is not None}
    root = folder / stem
    return {str(path.relative_to(folder)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def corpus_hash(documents: list[Document]) -> str:
    """One hash over names and contents, so that a figure can say on what it was measured."""
    return hash_of((document.name, hashlib.sha256(document.data).digest()) for document in documents)


def hash_of(files: Iterable[tuple[str, bytes]]) -> str:
    """One hash over ``(name, SHA-256 of the content)``, whatever their order."""
    digest = hashlib.sha256()
    for name, content in sorted(files):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
