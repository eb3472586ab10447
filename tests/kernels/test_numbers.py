"""Numbers that stand in the kernels once more are those of their twins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spamguard.features import characters, keywords
from spamguard.features.table import NAMES
from spamguard.model import candidate
from spamguard.page import tokens
from spamguard.text import classes, fold, ngrams, undone

KERNELS = sorted((Path(__file__).resolve().parent.parent.parent / "spamguard" / "kernels").glob("*.pyx"))
NUMBER = re.compile(r"^ {4}([A-Z_]+) = (0x[0-9A-F]+|\d+)$", re.MULTILINE)
MARKS = ("BREAK", "LINK", "UNLINK", "HIDDEN", "FOREIGN", "AWAY", "END", "VEILED")
ACTS = ("BLOCK", "INLINE", "ANCHOR", "META", "TOLD", "RAW", "WHOLE", "SHUT")
TOLD = {
    **{name: ord(getattr(tokens, name)) for name in MARKS},
    **{f"MARK_{name}": ord(getattr(tokens, name)) for name in MARKS},
    **{name: getattr(tokens, f"_{name}") for name in ACTS},
    **{name: getattr(classes, name) for name in ("OTHER", "DIGIT", "SEPARATOR", "SENTENCE", "LATIN", "CYRILLIC")},
    **{name: getattr(classes, name) for name in ("GREEK", "KANA", "HAN")},
    **{name.upper(): number for number, name in enumerate(NAMES)},
    "WHITE": classes.SPACE,
    "CLASSES": classes.COUNT,
    "COLUMNS": len(NAMES),
    "MARKS": characters.MARKS,
    "OF_PAGE": candidate._OF_PAGE,
    "LOUDEST": candidate._TOP[-1] + 1,
    "WINDOW": keywords.WINDOW,
    "LONG_COMMENT": tokens.LONG_COMMENT,
    "LONG_TITLE": tokens._LONG_TITLE,
    "LENGTH_OF_PLACEHOLDER": len("placeholder"),
    "SHORTEST_TOLD": min(least for wanted in (*tokens.TOLD_ATTRIBUTES.values(), tokens.LABELS) for _, least in wanted),
    "DROP": fold.DROP,
    "SPACE": fold.SPACE,
    "SHORTEST_RULE": undone._SHORTEST_RULE,
    "LONGEST_WORD": undone._LONGEST_WORD,
    "FIRST_LETTER": undone._FIRST_LETTER,
    "OPENS": undone._OPENS,
    "CLOSES": undone._CLOSES,
    "LONGEST_ASIDE": undone._LONGEST_ASIDE,
    "FIRST_COSTUME": min(first for first, _ in characters._STYLED),
    "LAST_COSTUME": max(last for _, last in characters._STYLED),
}
OWN = {
    *("KNOWN", "SELDOM", "UNKNOWN", "PLACES", "PACKED", "FOLDS_TO", "CLASS_AT", "MOST_UNITS"),
    *("AT_ONCE", "GROUPS", "MOST_LABELS", "LONGEST_LABEL", "ENDS_NAME", "IS_ODD", "IS_EQUALS", "NARROW"),
}
"""Numbers that have no twin."""


@pytest.mark.parametrize("path", [path for path in KERNELS if path.stem != "_utf8"], ids=lambda path: path.stem)
def test_a_number_is_that_of_its_twin(path: Path) -> None:
    numbers = {name: int(value, 0) for name, value in NUMBER.findall(path.read_text("utf-8")) if name not in OWN}
    assert numbers
    assert numbers == {name: TOLD[name] for name in numbers}


def test_the_parts_of_the_tables_are_as_large() -> None:
    texts = {path.stem: path.read_text("utf-8") for path in KERNELS}
    assert "SIZE = (1 << 15) + (1 << 17) + 2 * (1 << 18)" in texts["_phrases"]
    assert "SIZE = (1 << 15) + (1 << 17) + 2 * (1 << 18)" in texts["_look"]
    assert ngrams.BITS == (15, 17, 18, 18)
    assert f"TRIPLES = 1 << {ngrams.TRIPLE_BITS}\n" in texts["_tables"]
