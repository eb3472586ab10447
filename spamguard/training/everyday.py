"""Honest text of everyday words, each drawn as often as people use it.

Without it a model that knows spam in Greek and no other Greek takes every Greek page for spam; and as an advertisement
says what everybody says, too, even a language of which there is much profits. Word lists with their frequencies come
from the package ``wordfreq``, needed only here. The order of the words is nobody's: what is learned from such text is
which letters are ordinary in a language, and no more.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Final

from spamguard.training.corpus import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

SELDOM: Final = (
    "bg", "bn", "cs", "da", "el", "fa", "fi", "he", "hu", "ms", "nl", "no", "ro", "sk", "sv", "tl", "uk",
)  # fmt: skip
"""Languages that no corpus of ours holds, or hardly any page of."""
OTHERS: Final = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "pl", "pt", "ru", "tr", "vi")
LANGUAGES: Final = SELDOM + OTHERS
_LISTED_AS: Final = {"no": "nb", "tl": "fil"}
SOURCE: Final = "everyday-words"
_DOCUMENTS: Final = dict.fromkeys(SELDOM, 50) | dict.fromkeys(OTHERS, 30)
"""Of each language."""
_LINES: Final = 60
_KNOWN_TO_ALL: Final = 300
"""Words that every text of a language is made of; of the others each document has a share of its own."""
_WORDS: Final = 20_000
_SHARE: Final = 0.5
_FLATTER: Final = 0.6
"""Headings and menus leave little words out: there a word is drawn by this power of how common it is."""
_STOPS: Final = ".....?!"
_TITLED: Final = 0.15


def documents(seed: int, share: float = 1.0) -> list[Document]:
    """Texts of every language of :data:`LANGUAGES`; the same seed gives the same texts."""
    made = []
    for language in LANGUAGES:
        rng = random.Random(f"{seed}/everyday/{language}")
        words, weights = _vocabulary(language)
        for number in range(max(1, round(_DOCUMENTS[language] * share))):
            name = f"{SOURCE}/{language}/{number:03d}.txt"
            data = _text(rng, words, weights).encode()
            made.append(Document(name, SOURCE, language, "txt", "train", hard=False, data=data))
    return made


def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    """The commonest words of a language, commonest first, and how common each is."""
    from wordfreq import get_frequency_dict

    frequencies = get_frequency_dict(_LISTED_AS.get(language, language))
    spelled = ((word, weight) for word, weight in frequencies.items() if not any(map(str.isdigit, word)))
    common = itertools.islice(spelled, _WORDS)
    # The list writes every Greek sigma as one that more letters follow.
    pairs = [(word[:-1] + "ς" if word.endswith("σ") else word, weight) for word, weight in common]
    return [word for word, _ in pairs], [weight for _, weight in pairs]


def _text(rng: random.Random, words: Sequence[str], weights: Sequence[float]) -> str:
    """Lines of all kinds: sentences, headings, entries of menus."""
    own = [rank for rank in range(len(words)) if rank < _KNOWN_TO_ALL or rng.random() < _SHARE]
    known = [words[rank] for rank in own]
    spoken = list(itertools.accumulate(weights[rank] for rank in own))
    titled = list(itertools.accumulate(weights[rank] ** _FLATTER for rank in own))

    def some(running: list[float], fewest: int, most: int) -> list[str]:
        return rng.choices(known, cum_weights=running, k=rng.randint(fewest, most))

    lines = []
    for _ in range(_LINES):
        kind = rng.random()
        if kind < 0.45:
            lines.append(" ".join(_sentence(rng, some(spoken, 4, 18)) for _ in range(rng.randint(1, 4))))
        elif kind < 0.8:
            lines.append(" ".join(_begun(some(titled, 1, 6), everywhere=rng.random() < _TITLED)))
        else:
            entries = (" ".join(_begun(some(titled, 1, 3), everywhere=False)) for _ in range(rng.randint(2, 9)))
            lines.append(rng.choice((", ", " | ", " · ", " - ", " / ")).join(entries))
    return "\n".join(lines) + "\n"


def _sentence(rng: random.Random, words: Sequence[str]) -> str:
    text = words[0][:1].upper() + words[0][1:]
    for word in words[1:]:
        text += rng.choice((" ", " ", " ", " ", " ", " ", " ", ", ")) + word
    return text + rng.choice(_STOPS)


def _begun(words: list[str], *, everywhere: bool) -> list[str]:
    """The words of a heading, the first or all of them with a capital."""
    return [word[:1].upper() + word[1:] if everywhere or not place else word for place, word in enumerate(words)]
