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
_AMONG_OTHERS: Final = 0.3
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


def end_of_letters(text: str, start: int, place: int, end: int) -> int:
    """Where the letters end that a text begins with at ``start``, if it goes on in others before ``place``.

    ``start`` where it does not, or where many of the first sort are among the others. Marks right behind letters are
    theirs.
    """
    first = next((_script(letter) for letter in text[start:place] if letter.isalpha()), None)
    at = next(
        (at for at in range(start, place + 1) if text[at : at + 1].isalpha() and _script(text[at]) != first), None
    )
    if first is None or at is None:
        return start
    behind = [_script(letter) for letter in text[at:end] if letter.isalpha()]
    if behind.count(first) > _AMONG_OTHERS * len(behind):
        return start
    last = len(text[start:at].rstrip()) + start
    while last > start and not text[last - 1].isalnum() and not ends_sentence(text[last - 1]):
        last -= 1
    return last
