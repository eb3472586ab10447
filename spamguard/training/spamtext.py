"""Spam text by language and category: keyword items and sentences."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spamguard.findings import ORDERS
from spamguard.training.grammar import fill, grammar_languages, load_grammar
from spamguard.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

__all__ = ["Vocabulary", "default_vocabulary", "items", "languages", "pairs", "prose"]

_UNSPACED = frozenset({"zh", "zh-Hant", "ja", "th"})
# Kept out of keyword runs: whole sentences, not words.
_SENTENCES = frozenset({ORDERS})


@cache
def default_vocabulary() -> Vocabulary:
    """Give the shipped lexicon, read once."""
    return Vocabulary.load()


def languages() -> tuple[str, ...]:
    """Every language that has words."""
    return tuple(sorted({language for language, _ in default_vocabulary().pairs()}))


def pairs(vocabulary: Vocabulary | None = None) -> tuple[tuple[str, str], ...]:
    """Every (language, category) that keyword items can be made for."""
    known = vocabulary or default_vocabulary()
    return tuple(pair for pair in known.pairs() if pair[1] not in _SENTENCES)


def prose_languages() -> tuple[str, ...]:
    """Every language that has sentence patterns."""
    return grammar_languages()


def items(rng: random.Random, language: str, category: str, count: int, words: Vocabulary | None = None) -> list[str]:
    """Make ``count`` keyword items.

    All items of one call lean on a few words and one or two patterns, the way a real run does.

    Raises:
        ValueError: there is no word for this language and category.

    """
    known = _words(language, category, words)
    focus = known
    if len(known) > 8 and rng.random() < 0.6:
        focus = tuple(rng.sample(known, rng.randint(4, max(5, min(len(known), 12 + count // 3)))))
    grammar = load_grammar(language)
    patterns = grammar.items.get(category, ())
    plain = rng.choice((0.25, 0.5, 0.75, 1.0)) if patterns else 1.0
    chosen = rng.sample(patterns, min(len(patterns), rng.randint(1, 6))) if patterns else []
    made: list[str] = []
    recombine = language in _UNSPACED and category == "adult" and language != "th" and rng.random() < 0.6
    for _ in range(count):
        if recombine and rng.random() < 0.8:
            made.append(_recombined(rng, focus, grammar.slots))
        elif chosen and rng.random() > plain:
            made.append(fill(rng.choice(chosen), rng, focus, grammar.slots))
        else:
            made.append(rng.choice(focus))
    return _cased(rng, made)


def prose(
    rng: random.Random, language: str, category: str, sentences: int, words: Vocabulary | None = None
) -> list[str]:
    """Make sentences; a language without patterns gives keyword phrases that end like sentences.

    Raises:
        ValueError: there is no word for this language and category.

    """
    grammar = load_grammar(language)
    patterns = grammar.prose.get(category, ())
    if not patterns:
        known = _words(language, category, words)
        stop = "。" if language in {"zh", "zh-Hant", "ja"} else " " if language == "th" else "."
        return [_phrase(rng, known, grammar.glue) + stop for _ in range(sentences)]
    known = _words(language, category, words) if any("{kw}" in p for p in patterns) else ()
    picked: list[str] = []
    while len(picked) < sentences:
        picked += rng.sample(patterns, min(len(patterns), sentences - len(picked)))
    filled = (fill(pattern, rng, known, grammar.slots) for pattern in picked)
    return [text[:1].upper() + text[1:] for text in filled]


def flattery(rng: random.Random, language: str = "en") -> str:
    """Make the praise of a spam comment."""
    grammar = load_grammar(language)
    patterns = grammar.slots.get("flattery") or load_grammar("en").slots["flattery"]
    return fill(rng.choice(patterns), rng, (), grammar.slots)


def _words(language: str, category: str, words: Vocabulary | None) -> tuple[str, ...]:
    known = (words or default_vocabulary()).get(language, category)
    if not known:
        raise ValueError(f"no words for {language}/{category}")
    return known


def _phrase(rng: random.Random, known: Sequence[str], glue: str) -> str:
    count = rng.randint(2, 4)
    joiner = rng.choice((", ", " - ", glue))
    return joiner.join(rng.choice(known) for _ in range(count)).capitalize()


def _recombined(rng: random.Random, focus: Sequence[str], slots: Mapping[str, Sequence[str]]) -> str:
    """Glue two to four words without a grammar, with a stray sign now and then."""
    parts = [rng.choice(focus) for _ in range(rng.choice((2, 2, 2, 3, 3, 4)))]
    if rng.random() < 0.4:
        parts.append(rng.choice(slots["run_tail"]))
    if rng.random() < 0.12:
        parts.insert(rng.randint(0, len(parts)), rng.choice(slots["run_sign"]))
    if rng.random() < 0.12:
        parts.insert(0, rng.choice(slots["run_head"]))
    glued = "".join(parts)
    return glued[: rng.randint(8, 22)] if len(glued) > 22 else glued


def _cased(rng: random.Random, made: list[str]) -> list[str]:
    style = rng.random()
    if style < 0.7:
        return made
    if style < 0.9:
        return [" ".join(word[:1].upper() + word[1:] for word in item.split(" ")) for item in made]
    if style < 0.95:
        return [item.upper() for item in made]
    return [item[:1].upper() + item[1:] for item in made]
