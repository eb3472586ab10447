"""Reads the parts that honest pages are made of.

A part is a list of alternatives. In the TOML files a one-line string holds words parted by ``|``, a
multi-line string holds one alternative a line, and an array holds alternatives that need several lines.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spamguard.errors import SpamguardError

Parts = dict[str, tuple[str, ...]]

_DATA = Path(__file__).resolve().parents[3] / "data" / "honest"
_SETTINGS = frozenset({"name", "promise", "at", "languages", "native"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One look-alike.

    ``at`` says where its blocks may stand (``head``, ``top``, ``main``, ``foot``, ``after``), ``promise``
    is the regular expression that every one of its pages matches.
    """

    id: str
    name: str
    promise: str
    at: tuple[str, ...]
    native: bool
    languages: tuple[str, ...]
    parts: Parts = field(repr=False)
    own: dict[str, Parts] = field(repr=False)


def kinds() -> tuple[str, ...]:
    """Name all look-alikes, in order."""
    return tuple(catalogue())


def languages(kind: str) -> tuple[str, ...]:
    """Name the languages in which pages of ``kind`` can be made, in order."""
    return catalogue()[kind].languages


def promise(kind: str) -> str:
    """Give the regular expression that every page of ``kind`` matches."""
    return catalogue()[kind].promise


@functools.cache
def common() -> Parts:
    """Read what is the same in every language: markup, shells, host names."""
    found: Parts = {}
    for name in ("common.toml", "shells.toml"):
        found |= _parts(_read(_DATA / name))
    return found


@functools.cache
def words(language: str) -> Parts:
    """Read the ordinary words and sentences of one language."""
    return _parts(_read(_DATA / "words" / f"{language}.toml"))


@functools.cache
def catalogue() -> dict[str, Kind]:
    """Read all kinds, keyed and ordered by their id."""
    every_language = tuple(sorted(path.stem for path in (_DATA / "words").glob("*.toml")))
    found: dict[str, Kind] = {}
    for path in sorted((_DATA / "kinds").glob("*.toml")):
        for name, table in _read(path).items():
            if name in found:
                raise SpamguardError(f"{path}: {name} is described twice")
            found[name] = _kind(name, table, every_language)
    return dict(sorted(found.items()))


def _kind(name: str, table: dict[str, Any], every_language: tuple[str, ...]) -> Kind:
    own = {key: _parts(value) for key, value in table.items() if isinstance(value, dict)}
    spoken = every_language if table.get("languages") == "all" else tuple(sorted(own))
    return Kind(
        id=name,
        name=table["name"],
        promise=table["promise"],
        at=tuple(table.get("at", "main").split()),
        native=table.get("native", False),
        languages=spoken,
        parts=_parts({key: value for key, value in table.items() if key not in _SETTINGS}),
        own=own,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SpamguardError(f"{path}: honest pages can only be made in a checkout of the repository") from error


def _parts(table: dict[str, Any]) -> Parts:
    return {key: _alternatives(value) for key, value in table.items() if not isinstance(value, dict)}


def _alternatives(value: str | list[str]) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text.strip("\n") for text in value)
    pieces = value.split("\n") if "\n" in value else value.split("|")
    return tuple(piece.strip() for piece in pieces if piece.strip())
