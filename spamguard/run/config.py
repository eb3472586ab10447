"""Options from ``spamguard.toml`` or ``[tool.spamguard]`` in ``pyproject.toml``.

Only the working directory is looked at, never the scanned tree: its files are written by the attacker.
"""

# Paths are strings here, as in walk.py.
# ruff: noqa: PTH113, PTH118, PTH119, PTH120, PTH123
from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from spamguard.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_FILE = "spamguard.toml"
PROJECT_FILE = "pyproject.toml"

KEYS: Mapping[str, str] = {
    "color": "text",
    "exclude": "list of texts",
    "exit-zero": "true or false",
    "format": "text",
    "include": "list of texts",
    "jobs": "whole number",
    "max-bytes": "whole number",
    "model": "text",
    "quiet": "true or false",
}
"""Every key and what it holds. Whatever changes files (``write``, ``unsafe``) has to be said on the command line."""


class Config(NamedTuple):
    """Checked options by key; ``source`` is the file they came from."""

    source: str | None = None
    values: Mapping[str, Any] = MappingProxyType({})


def load(folder: str, explicit: str | os.PathLike[str] | None = None) -> Config:
    """Read the options of ``explicit``, or else of the first file in ``folder`` that has any.

    Raises :class:`ConfigError`: a file cannot be read, is no TOML, or has an unknown key or a value of the wrong kind.
    """
    if explicit is not None:
        path = os.fspath(explicit)
        table = _table(path)
        return Config(path, _checked(path, {} if table is None else table))
    for name in (OWN_FILE, PROJECT_FILE):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (table := _table(path)) is not None:
            return Config(path, _checked(path, table))
    return Config()


def _table(path: str) -> dict[str, Any] | None:
    import tomllib

    try:
        with open(path, encoding="utf-8") as file:
            data = tomllib.loads(file.read())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except ValueError as error:  # no UTF-8, or no TOML
        raise ConfigError(f"{path}: {error}") from error
    if os.path.basename(path) != PROJECT_FILE:
        return data
    tools = data.get("tool", {})
    table = tools.get("spamguard") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: 'tool.spamguard' has to be a table")
    return table


def _checked(path: str, table: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in table.items():
        if key not in KEYS:
            from difflib import get_close_matches

            near = get_close_matches(key.replace("_", "-").lower(), KEYS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(KEYS)}"
            raise ConfigError(f"{path}: unknown key '{key}'{hint}")
        if not _is(KEYS[key], value):
            raise ConfigError(f"{path}: '{key}' has to be: {KEYS[key]}")
    checked = dict(table)
    if "model" in checked:
        # As everything in a file: relative to where the file stands.
        checked["model"] = os.path.join(os.path.dirname(path), checked["model"])
    return checked


def _is(kind: str, value: object) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "whole number":
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
