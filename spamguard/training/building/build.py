"""Writes a corpus folder: documents of all sources without repeats, their tables, and a manifest.

The folder is laid out as :func:`spamguard.training.corpus.load` reads it. Its hash depends on the documents alone: the
same commits give the same hash on every machine.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spamguard import __version__
from spamguard.errors import UsageError
from spamguard.report.text import counted
from spamguard.training.building import gitread
from spamguard.training.building.records import Refused, documents_in
from spamguard.training.building.selection import in_clone, in_folder, select
from spamguard.training.building.sourcelist import UNDETERMINED
from spamguard.training.corpus import hash_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spamguard.training.building.selection import Selection
    from spamguard.training.building.sourcelist import Source

SCHEMA: Final = "spamguard-corpus/1"
LARGEST_DOCUMENT: Final = 8 << 20
MOST_DOCUMENTS: Final = 50_000
MOST_BYTES: Final = 2 << 30
COLUMNS: Final = ("file", "language", "kind", "use", "repository", "path", "licence", "hard")
_STEMS: Final = {"html": "clean-html", "text": "clean-lang", "wordlist": "spam"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where documents come from: ``folders`` by the name of a source, else a clone in ``cache``."""

    folders: Mapping[str, Path]
    cache: Path
    offline: bool = False
    strict: bool = False


@dataclass(slots=True)
class _Corpus:
    """What has been written so far. ``kept`` tells for the hash of a document which source has it, and where."""

    folder: Path
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    hashes: list[tuple[str, bytes]] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    duplicates: list[dict[str, str]] = field(default_factory=list)


def build(sources: Sequence[Source], place: Place, out: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Build the corpus in ``out``, which must be new or empty, and return its manifest.

    ``out`` appears when everything is there. A document that stands in several sources goes to a held-out one if there
    is such, or what is measured on would be learned from; else to the first. Raises :class:`UsageError`.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is not an empty folder")
    if place.strict and (loose := [source.name for source in sources if _loose(source, place)]):
        raise UsageError(f"--strict: not taken at a pinned commit: {', '.join(loose)}")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        corpus = _Corpus(Path(beside, "corpus"))
        corpus.folder.mkdir()
        told = {}
        for source in sorted(sources, key=lambda source: source.split != "held-out"):
            if source.name not in place.folders and not source.url:
                say(f"{source.name}: left out: it has no known repository, give --from {source.name}=FOLDER")
                continue
            told[source.name] = _add(source, place, corpus)
            say(_summary(source, told[source.name]))
        manifest = _manifest(sources, told, corpus)
        _write_tables(corpus, manifest)
        if out.exists():
            out.rmdir()
        corpus.folder.rename(out)
    return manifest


def _loose(source: Source, place: Place) -> bool:
    return not source.commit or source.name in place.folders


def _add(source: Source, place: Place, corpus: _Corpus) -> dict[str, Any]:
    """Write the documents of one source, and say what the manifest tells of it."""
    folder = place.folders.get(source.name)
    if folder is not None:
        commit = None
        selection = select(source, in_folder(folder))
        contents: Iterator[bytes] = (Path(one.candidate.key).read_bytes() for one in selection.taken)
    else:
        clone = gitread.clone(source, place.cache, offline=place.offline)
        commit = clone.commit
        selection = select(source, in_clone(clone))
        contents = clone.read([one.candidate.key for one in selection.taken])
    count, size, refused = 0, 0, dict(selection.refused)
    for path, language, data in _documents(source, selection, contents, refused):
        digest = hashlib.sha256(data)
        if digest.hexdigest() in source.leave_out:
            refused[path] = "known to be no good: the list of sources leaves it out"
        elif digest.hexdigest() in corpus.kept:
            _note_duplicate(source, path, corpus, digest.hexdigest())
        else:
            name = _name(source, path, count)
            corpus.kept[digest.hexdigest()] = (source.name, path)
            corpus.hashes.append((name, digest.digest()))
            _write(source, path, language, name, data, corpus)
            count, size = count + 1, size + len(data)
        if count > MOST_DOCUMENTS or size > MOST_BYTES:
            raise UsageError(f"{source.name}: more than {MOST_DOCUMENTS:,} documents or {MOST_BYTES:,} bytes")
    repeated = Counter(one["kept_in"] for one in corpus.duplicates if one["source"] == source.name)
    if not count and not repeated:
        raise UsageError(f"{source.name}: all that its globs name was refused, as {_first(refused)}")
    return {
        "repository": source.repository or None,
        "commit": commit,
        "pinned": bool(source.commit) and folder is None,
        "from": "git" if folder is None else "folder",
        "licence": source.licence,
        "use": source.use,
        "split": source.split,
        "kind": source.kind,
        "documents": count,
        "bytes": size,
        "duplicates": dict(sorted(repeated.items())),
        "refused": [{"path": _printable(path), "reason": reason} for path, reason in sorted(refused.items())],
    }


def _documents(
    source: Source, selection: Selection, contents: Iterator[bytes], refused: dict[str, str]
) -> Iterator[tuple[str, str, bytes]]:
    """``(path, language, data)`` of every document; what cannot be read goes to ``refused``."""
    for one, content in zip(selection.taken, contents, strict=True):
        path = one.candidate.path
        language = "" if one.language == UNDETERMINED else one.language
        try:
            for inner, data in documents_in(source, path, content):
                if not data.strip():
                    refused[inner] = "empty"
                elif len(data) > LARGEST_DOCUMENT:
                    refused[inner] = "too large"
                else:
                    yield inner, language, data
        except Refused as reason:
            refused[path] = str(reason)


def _note_duplicate(source: Source, path: str, corpus: _Corpus, digest: str) -> None:
    kept_in, kept_path = corpus.kept[digest]
    corpus.duplicates.append({"source": source.name, "path": path, "kept_in": kept_in, "kept_path": kept_path})


def _name(source: Source, path: str, number: int) -> str:
    """Where a document lies in the corpus: a number of ours, never a stranger's name."""
    if source.kind == "wordlist":
        if number:
            raise UsageError(f"{source.name}: a word list is one file, and {path} is a second one")
        return f"spam/{source.name}{'.tsv' if path.endswith('.tsv') else '.txt'}"
    return f"{_STEMS[source.kind]}/{source.name}/{number:05d}.{_kind(source, path)}"


def _kind(source: Source, path: str) -> str:
    if source.kind == "html":
        return "html"
    return "md" if path.endswith(".md") else "txt"


def _write(source: Source, path: str, language: str, name: str, data: bytes, corpus: _Corpus) -> None:
    file = corpus.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if source.kind != "wordlist":
        cells = (name, language, _kind(source, path), source.use, source.origin, path, source.licence, "")
        corpus.rows.setdefault(_STEMS[source.kind], []).append("\t".join(cells))


def _manifest(sources: Sequence[Source], told: Mapping[str, Any], corpus: _Corpus) -> dict[str, Any]:
    ordered = {source.name: told[source.name] for source in sources if source.name in told}
    split: dict[str, list[str]] = {"train": [], "held-out": []}
    for source in sources:
        if source.name in ordered:
            split[source.split].append(source.name)
    return {
        "schema": SCHEMA,
        "spamguard_version": __version__,
        "corpus_sha256": hash_of(corpus.hashes),
        "documents": sum(one["documents"] for one in ordered.values()),
        "bytes": sum(one["bytes"] for one in ordered.values()),
        "split": split,
        "left_out": [source.name for source in sources if source.name not in ordered],
        "sources": ordered,
        "duplicates": corpus.duplicates,
    }


def _write_tables(corpus: _Corpus, manifest: Mapping[str, Any]) -> None:
    for stem in ("clean-html", "clean-lang"):
        if rows := corpus.rows.get(stem):
            text = "".join(f"{line}\n" for line in ("\t".join(COLUMNS), *sorted(rows)))
            (corpus.folder / f"{stem}.tsv").write_text(text, encoding="utf-8", newline="\n")
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (corpus.folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def _summary(source: Source, facts: Mapping[str, Any]) -> str:
    commit = facts["commit"]
    where = "a folder" if commit is None else f"commit {commit[:12]}" + ("" if facts["pinned"] else " (not pinned)")
    parts = [f"{source.name}: {counted(facts['documents'], 'document')} ({facts['split']}) from {where}"]
    parts += [f"{count:,} left out that are in {name} already" for name, count in facts["duplicates"].items()]
    if facts["refused"]:
        first = facts["refused"][0]
        parts.append(f"{len(facts['refused']):,} refused, as {first['path']}: {first['reason']}")
    return "; ".join(parts)


def _first(refused: Mapping[str, str]) -> str:
    path, reason = min(refused.items())
    return f"{_printable(path)}: {reason}"


def _printable(path: str) -> str:
    """A name that a JSON file can hold: what is not UTF-8 becomes an escape."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
