"""Attackers who want a keyword filter to miss what people still read: every one rewrites the items of a run."""

from __future__ import annotations

import html
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spamguard.model.weights import load
from spamguard.training.disguise import KINDS, disguise
from spamguard.training.honest import parts
from spamguard.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from spamguard.text.lexicon import Lexicon
    from spamguard.training.scene import Rewrite

_LATIN: Final = ("en", "id", "es", "pt", "tr", "de", "fr", "it")
_CHINESE: Final = ("zh", "zh-Hant")
_ONLY: Final = {
    "full-width": _LATIN,
    "homoglyph": _LATIN,
    "leet": _LATIN,
    "bold": _LATIN,
    "small-capitals": _LATIN,
    "circled": _LATIN,
    "other-script": _CHINESE,
    "pinyin": _CHINESE,
}
_ANY: Final = ("zh", "en", "id", "ja", "ko", "ru", "th", "tr", "vi", "es", "ar")
_GROUPS: Final = ("nav", "place", "dept", "goods", "job", "food", "tag", "vehicle")
BUDGETS: Final = (0.25, 0.5, 1.0)
DILUTIONS: Final = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker; ``rewrite`` works in one language and, where there is one, one topic."""

    name: str
    targets: tuple[tuple[str, str | None], ...]
    how: str
    amount: float = 0.0

    def rewrite(self, language: str, topic: str | None) -> Rewrite | None:
        """How this attacker writes items of that language and topic; None to leave them alone."""
        if self.how == "none":
            return None
        if self.how == "swap":
            return _swap(self.amount, synonyms()[language, topic or ""])
        if self.how == "dilute":
            return _dilute(self.amount, _honest_words(language))
        return lambda rng, items: [disguise(rng, item, self.how) for item in items]


def attacks() -> list[Attack]:
    """Every attack, the plain text first."""
    plain = tuple((language, None) for language in _ANY)
    known = tuple((language, None) for language in ("en", "zh", "id", "es", "ru", "tr", "vi", "ja", "ko", "th"))
    swapped = tuple(sorted(synonyms()))
    return [
        Attack("nothing (for comparison)", plain, "none"),
        *(Attack(f"disguise: {kind}", tuple((own, None) for own in _ONLY.get(kind, _ANY)), kind) for kind in KINDS),
        *(Attack(f"honest words between: {amount:g} a spam item", known, "dilute", amount) for amount in DILUTIONS),
        *(Attack(f"word swap: {amount:.0%} of the listed words", swapped, "swap", amount) for amount in BUDGETS),
    ]


@cache
def _lexicon() -> Lexicon:
    return load().lexicon


@cache
def synonyms() -> dict[tuple[str, str], tuple[str, ...]]:
    """Words that the lexicon does not know, by language and topic."""
    known, vocabulary = _lexicon(), Vocabulary.load()
    table = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))
    found = {}
    for language, topics in table.items():
        for topic, words in topics.items():
            unknown = tuple(word for word in words if not known.hits(known.folded(word)))
            if len(unknown) > 2 and vocabulary.get(language, topic):
                found[language, topic] = unknown
    return found


def _swap(share: float, words: Sequence[str]) -> Rewrite:
    lexicon = _lexicon()

    def rewrite(rng: random.Random, items: list[str]) -> list[str]:
        return [html.escape(_swapped(rng, item, share, words, lexicon), quote=False) for item in items]

    return rewrite


def _swapped(rng: random.Random, item: str, share: float, words: Sequence[str], lexicon: Lexicon) -> str:
    """An item with a share of the keywords in it replaced."""
    folded = lexicon.folded(item)
    pieces, last = [], 0
    for hit in lexicon.hits(folded):
        if rng.random() < share:
            pieces += [folded[last : hit.start], rng.choice(words)]
            last = hit.end
    return "".join((*pieces, folded[last:])) if pieces else item


def _dilute(amount: float, words: Sequence[str]) -> Rewrite:
    def rewrite(rng: random.Random, items: list[str]) -> list[str]:
        written = []
        for item in items:
            count = int(amount) + (rng.random() < amount % 1)
            honest = [rng.choice(words) for _ in range(count)]
            written.append(html.escape(" ".join((item, *honest)), quote=False))
        return written

    return rewrite


@cache
def _honest_words(language: str) -> tuple[str, ...]:
    """Short honest phrases of a language: what generated honest pages name in their menus and lists."""
    known = parts.words(language)
    return tuple(sorted({text for group in _GROUPS for text in known.get(group, ()) if "[" not in text}))
