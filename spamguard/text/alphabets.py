"""Which letters are of which script, for what has to know where the script of a text changes.

``writing.py`` names the script of any letter there is, one by one; these are patterns of those that many people read.
"""

from __future__ import annotations

import re
from string import ascii_letters
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPTS: Final = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f",
    "Armenian": "\u0530-\u058f",
    "Hebrew": "\u05d0-\u05ea",
    "Arabic": "\u0620-\u06ff",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Tamil": "\u0b80-\u0bff",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Georgian": "\u10a0-\u10ff",
    "Khmer": "\u1780-\u17ff",
    "Chinese or Japanese": "\u3040-\u30ff\u3400-\u9fff",
    "Korean": "\u1100-\u11ff\uac00-\ud7af",
}
LATIN: Final = "Latin"
WIDE: Final = frozenset({"Chinese or Japanese", "Korean"})
"""Scripts whose letters are syllables or words."""
UNSPACED: Final = frozenset({"Chinese or Japanese"})


class _Letters(dict[str, re.Pattern[str]]):
    """Patterns of letters by the names of scripts, compiled when asked for: that takes long, and a page is in few."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = re.compile(f"[{self._letters[name]}]")
        return self[name]


LETTERS: Final = _Letters(_SCRIPTS)
OTHER_LETTERS: Final = _Letters(
    {name: "".join(letters for other, letters in _SCRIPTS.items() if other != name) for name in _SCRIPTS}
)
_RUNS: Final = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
_PLAIN: Final = re.compile("[\x00-\x7f]+")
_PLAIN_LETTERS: Final = ascii_letters.encode()
_SYLLABLE: Final = 3
"""Letters of a word, for each of a script in which one is a syllable."""


def letters_in(text: str) -> dict[str, int]:
    """How many letters of each script stand in a text; scripts that it has none of are left out."""
    # Most of what most pages say is in plain letters: each script is looked for in the rest.
    rest, plain = _PLAIN.sub("", text), text.encode("ascii", "ignore")
    counts = {name: sum(map(len, runs.findall(rest))) for name, runs in _RUNS.items()}
    counts[LATIN] += len(plain) - len(plain.translate(None, _PLAIN_LETTERS))
    return {name: count for name, count in counts.items() if count}


def script_of_most(counts: dict[str, int]) -> str:
    """The script that most words are in, by how many letters of each script there are."""
    weights = {name: count * (_SYLLABLE if name in WIDE else 1) for name, count in counts.items()}
    return max(weights, key=weights.__getitem__, default=LATIN)
