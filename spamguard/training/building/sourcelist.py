"""Reads ``data/sources.toml``: which repositories a corpus is built from, at which commit, and for what use."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from spamguard.errors import UsageError
from spamguard.training.vocabulary import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

KINDS: Final = ("html", "text", "wordlist")
USES: Final = ("train", "measure")
FORMATS: Final = ("file", "json", "jsonl", "csv", "lines")
UNDETERMINED: Final = "und"
"""The language of a source that mixes languages without saying which page has which (BCP 47)."""

_ADDRESS: Final = "https://github.com/{repository}"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_TEXTS: Final = (
    "name",
    "repository",
    "url",
    "commit",
    "licence",
    "use",
    "kind",
    "language",
    "format",
    "field",
    "records",
)
_KNOWN: Final = frozenset({*_TEXTS, "paths", "join", "at_most", "leave_out"})


@dataclass(frozen=True, slots=True)
class Source:
    """One source. ``paths`` holds globs by language; the first language with a glob that matches a path has it.

    Without a ``url`` it can only be taken from a local folder; without a ``commit`` it is unpinned. ``field``,
    ``records`` and ``join`` say how documents lie in a file of a ``format`` other than ``file``; ``at_most`` bounds the
    files of a language; ``leave_out`` are SHA-256 of documents known to be no good.
    """

    name: str
    licence: str
    use: str
    kind: str
    paths: tuple[tuple[str, tuple[str, ...]], ...]
    repository: str = ""
    url: str = ""
    commit: str = ""
    format: str = "file"
    field: str = ""
    records: str = ""
    join: int = 1
    at_most: int = 0
    leave_out: frozenset[str] = frozenset()

    @property
    def split(self) -> str:
        """``train`` or ``held-out``: always the same for all documents of a source."""
        return "train" if self.use == "train" else "held-out"

    @property
    def origin(self) -> str:
        """What the tables of a corpus call the source: its repository, if it has one."""
        return self.repository or self.name


def read_sources(path: Path | None = None) -> tuple[Source, ...]:
    """All sources of a list, of the project's own without one, in its order.

    Raises :class:`UsageError` that names what is wrong with which source.
    """
    path = path or _default_file()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    entries = table.get("source")
    if set(table) != {"source"} or not isinstance(entries, list):
        raise UsageError(f"{path}: it takes a list of [[source]] tables and nothing else")
    sources: dict[str, Source] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            source = _source(entry)
        except UsageError as error:
            raise UsageError(f"{path}: source {number}: {error}") from None
        if source.name.lower() in sources:
            raise UsageError(f"{path}: source {number}: the name {source.name} is taken")
        if any(other.origin == source.origin and other.use != source.use for other in sources.values()):
            raise UsageError(f"{path}: source {number}: {source.origin} has another use already: splits are by source")
        sources[source.name.lower()] = source
    return tuple(sources.values())


def named(sources: Sequence[Source], names: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these names. Raises :class:`UsageError` for a name that no source has."""
    wanted = frozenset(names)
    if unknown := sorted(wanted - {source.name for source in sources}):
        raise UsageError(f"no source is called {unknown[0]}: see spamguard corpus list")
    return tuple(source for source in sources if source.name in wanted)


def _default_file() -> Path:
    return data_folder("lexicon").parent / "sources.toml"


def _source(entry: Mapping[str, Any]) -> Source:
    if unknown := sorted(set(entry) - _KNOWN):
        raise UsageError(f"unknown key {unknown[0]}")
    text = {key: _text(entry, key) for key in _TEXTS}
    repository = text["repository"]
    name = text["name"] or repository.rpartition("/")[2]
    _require(_NAME.fullmatch(name), "name", name)
    _require(not repository or _REPOSITORY.fullmatch(repository), "repository", repository)
    url = text["url"] or (_ADDRESS.format(repository=repository) if repository else "")
    # Other transports may run a program of the address's choosing, or send passwords and pages in the clear.
    _require(not url or re.fullmatch(r"(https|file)://[!-~]+", url), "url", url)
    _require(not text["commit"] or _COMMIT.fullmatch(text["commit"]), "commit", text["commit"])
    _require(text["licence"], "licence", "")
    _require(text["use"] in USES, "use", text["use"])
    _require(text["kind"] in KINDS, "kind", text["kind"])
    form = text["format"] or "file"
    _require(form in FORMATS, "format", form)
    _require(text["field"] or form in {"file", "lines"}, "field", "")
    leave_out = entry.get("leave_out", [])
    _require(_all_texts(leave_out) and all(map(_SHA256.fullmatch, leave_out)), "leave_out", leave_out)
    return Source(
        name=name,
        licence=text["licence"],
        use=text["use"],
        kind=text["kind"],
        paths=_paths(entry, text["language"]),
        repository=repository,
        url=url,
        commit=text["commit"],
        format=form,
        field=text["field"],
        records=text["records"],
        join=_count(entry, "join", 1),
        at_most=_count(entry, "at_most", 0),
        leave_out=frozenset(leave_out),
    )


def _paths(entry: Mapping[str, Any], language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Either a list of globs, all in ``language``, or a table of such lists by language."""
    told: Any = entry.get("paths")
    if isinstance(told, list):
        told = {language or UNDETERMINED: told}
    elif language:
        raise UsageError("language and a table of paths by language exclude each other")
    _require(isinstance(told, dict) and told, "paths", told)
    for globs in told.values():
        _require(globs and _all_texts(globs), "paths", globs)
    return tuple((language, tuple(globs)) for language, globs in told.items())


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    # What stands in a table of tab-separated values must not hold a tab or a line's end.
    _require(isinstance(value, str) and value.isprintable(), key, value)
    return str(value)


def _count(entry: Mapping[str, Any], key: str, default: int) -> int:
    value = entry.get(key, default)
    _require(isinstance(value, int) and not isinstance(value, bool) and value >= default, key, value)
    return int(value)


def _all_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and value for value in values)


def _require(held: object, key: str, value: object) -> None:
    if not held:
        raise UsageError(f"{key} is missing" if value in ("", None) else f"{key} cannot be {value!r}")
