"""The scripts that a text is written in, where its sentences end, and the line of a page that tells whose it is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_JAPANESE: Final = frozenset({"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH"})
_MIXED: Final = {"FULLWIDTH": "LATIN", "MATHEMATICAL": "LATIN", "MODIFIER": "LATIN"}
_IMPRINT: Final = re.compile(
    r"\s*(?:©|\(c\)|copyright\b|all rights reserved|no (?:part|reproduction|republication)\b)", re.IGNORECASE
)
_STOPS: Final = (".", "!", "?", "。", "！", "？", "।", "۔", "؟")
_ONLY_LATIN: Final = frozenset({"LATIN"})
_NONE: Final = frozenset[str]()


def is_imprint(text: str) -> bool:
    """Whether a text begins as the line does that tells whose a page is."""
    return _IMPRINT.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends with the end of a sentence."""
    return text.rstrip().endswith(_STOPS)


def scripts_of(text: str) -> frozenset[str]:
    """The scripts of a text's letters; those that Japanese mixes are one."""
    if text.isascii():
        return _ONLY_LATIN if text.lower() != text.upper() else _NONE
    return frozenset(_script(character) for character in set(text) if character.isalpha())


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    name = unicodedata.name(character, "?").split(" ")[0]
    return "CJK" if name in _JAPANESE else _MIXED.get(name, name)
