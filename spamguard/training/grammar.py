"""Sentence and item patterns: read from ``data/grammars``, filled with words.

A pattern holds slots in braces. ``{kw}`` is a word of the vocabulary, ``{brand}`` an operator-like name,
``{n}`` and ``{year}`` numbers; any other slot names a list of the same file or of ``common.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from spamguard.training.vocabulary import data_folder

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language."""

    language: str
    prose: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, tuple[str, ...]]
    glue: str


def _texts(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}


@cache
def load_grammar(language: str) -> Grammar:
    """Read the grammar of a language; a language without a file has only the common lists."""
    folder = data_folder("grammars")
    common = tomllib.loads((folder / "common.toml").read_text(encoding="utf-8"))
    path = folder / f"{language}.toml"
    own: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return Grammar(
        language=language,
        prose=_texts(own.get("prose", {})),
        items=_texts(own.get("items", {})),
        slots=_texts(common["slots"]) | _texts(own.get("slots", {})),
        glue=own.get("glue", " "),
    )


@cache
def grammar_languages() -> tuple[str, ...]:
    """Every language that has a grammar of its own."""
    return tuple(sorted(p.stem for p in data_folder("grammars").glob("*.toml") if p.stem != "common"))


def brand(rng: random.Random, slots: Mapping[str, Sequence[str]]) -> str:
    """Invent an operator-like name: one or two word parts and a lucky number or a trade word."""
    stem = rng.choice(slots["brand_head"])
    if rng.random() < 0.45:
        stem += rng.choice(slots["brand_middle"])
    return stem + rng.choice(slots["brand_tail"])


def fill(pattern: str, rng: random.Random, words: Sequence[str], slots: Mapping[str, Sequence[str]]) -> str:
    """Fill every slot of a pattern on its own."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "kw":
            return rng.choice(words)
        if name == "brand":
            return brand(rng, slots)
        if name == "year":
            return str(rng.randint(2016, 2026))
        if name == "n":
            return str(rng.choice((3, 5, 7, 10, 15, 20, 24, 30, 50, 60, 77, 88, 90, 95, 98, 99, 100, 200, 500, 1000)))
        return rng.choice(slots[name])

    return _SLOT.sub(value, pattern)
