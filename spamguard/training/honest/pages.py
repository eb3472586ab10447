"""Puts honest pages together: a shell, ordinary filler and one or several look-alike blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.errors import SpamguardError
from spamguard.training.honest.grammar import Grammar
from spamguard.training.honest.parts import Kind, catalogue, common, words

if TYPE_CHECKING:
    import random

_PLACES = ("head", "top", "main", "foot", "after")
_NO_GAP = frozenset({"zh", "zh-Hant", "ja"})
_SECOND_KIND = 0.3
_DENSE_LIST = 0.45
_DEALS = 60


@dataclass(frozen=True, slots=True)
class HonestPage:
    """A page without any injected spam.

    ``native`` pages are about a spam-like topic themselves: ``native`` is a fair verdict on them, too.
    """

    data: bytes
    kind: str
    language: str
    native: bool


def page(rng: random.Random, *, kind: str | None = None, language: str | None = None) -> HonestPage:
    """Compose one UTF-8 page. What is not asked for is drawn.

    Raises ``ValueError`` when no kind is made in ``language``, or ``kind`` is not.
    """
    chosen = _choose(rng, kind, language)
    tongue = language or rng.choice(chosen.languages)
    filler = (words(tongue), common())
    gap = "" if tongue in _NO_GAP else " "
    grammar = Grammar(rng, filler, gap)
    grammar.fix("lang", tongue)
    grammar.fix("gap", gap)
    blocks: dict[str, list[str]] = {place: [] for place in _PLACES}
    _add(rng, grammar, chosen, tongue, blocks)
    if rng.random() < _SECOND_KIND:
        _add(rng, grammar, _second(rng, chosen, tongue), tongue, blocks)
    for _ in range(rng.randint(1, 3)):
        blocks["main"].insert(rng.randint(0, len(blocks["main"])), grammar.expand("[paragraphs]"))
    if rng.random() < _DENSE_LIST:
        place = rng.choice(("top", "main", "foot"))
        blocks[place].append(grammar.expand("[dense]"))
    grammar.fix("heading", _heading(rng, grammar, chosen, tongue))
    for place, texts in blocks.items():
        grammar.fix(f"at_{place}", "\n".join(texts))
    return HonestPage(grammar.expand("[shell]").encode(), chosen.id, tongue, chosen.native)


def _choose(rng: random.Random, kind: str | None, language: str | None) -> Kind:
    fitting = [
        each
        for each in catalogue().values()
        if kind in (None, each.id) and (language is None or language in each.languages)
    ]
    if not fitting:
        raise ValueError(f"no honest page of kind {kind!r} in language {language!r}")
    return rng.choice(fitting)


def _second(rng: random.Random, first: Kind, language: str) -> Kind:
    """Draw another kind that says nothing of its own topic, so that it fits any page."""
    plain = [k for k in catalogue().values() if k is not first and language in k.languages and not k.own]
    return rng.choice(plain)


def _layers(kind: Kind, language: str) -> tuple[dict[str, tuple[str, ...]], ...]:
    return (kind.own.get(language, {}), kind.parts, words(language), common())


def _add(rng: random.Random, grammar: Grammar, kind: Kind, language: str, blocks: dict[str, list[str]]) -> None:
    speaker = grammar.under(_layers(kind, language))
    # Not every sentence of a topic has the word that makes it a look-alike: deal again until one does.
    for _ in range(_DEALS):
        text = speaker.expand("[block]")
        if re.search(kind.promise, text, re.IGNORECASE | re.DOTALL):
            blocks[rng.choice(kind.at)].append(text)
            return
    raise SpamguardError(f"the parts of {kind.id} in {language} never match {kind.promise!r}")


def _heading(rng: random.Random, grammar: Grammar, kind: Kind, language: str) -> str:
    own = kind.own.get(language, {}).get("h")
    return grammar.under(_layers(kind, language)).expand("[h]" if own and rng.random() < 0.7 else "[title]")
