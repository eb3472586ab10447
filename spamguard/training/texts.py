"""Short texts for the word weights: honest segments, and spam made from keywords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.errors import Unjudgeable
from spamguard.findings import ORDERS
from spamguard.page.segments import read
from spamguard.page.tokens import FOREIGN, LINK, UNLINK
from spamguard.training import spamtext
from spamguard.training.everyday import SOURCE
from spamguard.training.without import language_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from spamguard.training.dataset import Host, Sample
    from spamguard.training.vocabulary import Vocabulary

_MARKS: Final = {ord(mark): None for mark in (LINK, FOREIGN, UNLINK)}
_SEPARATORS: Final = ("| ", "|", " | ", ",", "，", "、", "-", "_", " - ", " ", " ", "\n", " I ", " , ", "/", "·")
_SIZES: Final = (1, 1, 1, 1, 2, 2, 3, 4, 6, 9, 14)
_LONGEST: Final = 300
_SHARE_OF_ORDERS: Final = 0.025
"""Share of sentences that give orders to a reading machine."""
_SHARE_OF_PROSE: Final = 0.25
# Topics that the lists of the corpus folder belong to.
_LISTS: Final = (
    ("spam/zh-adult-keywords.txt", "zh", "adult"),
    ("spam/zh-adult-lexicon.txt", "zh", "adult"),
    ("spam/id-gambling-phrases.txt", "id", "gambling"),
)
# Never learned, never generated: a list of a real corpus may hold what our own lexicon leaves out on purpose.
_LEFT_OUT: Final = ("幼", "萝莉", "少女", "学生", "童", "未成年", "乱伦", "强奸", "兽", "anak", "bocil", "loli")


@dataclass(frozen=True, slots=True)
class HonestText:
    """A segment of an honest page: the page's fold and language (empty when unknown), and whether it is everyday."""

    text: str
    fold: int
    language: str
    everyday: bool = False


def honest_texts(pages: Iterable[Host | Sample], rng: random.Random) -> list[HonestText]:
    """The distinct segments of each honest page, long ones cut to a random stretch."""
    texts = []
    for host in pages:
        try:
            page = read(host.data, path=host.name)
        except Unjudgeable:
            continue
        language = language_of(host)
        seen = set()
        for segment in page.text.split("\0"):
            text = " ".join(segment.translate(_MARKS).split())
            if len(text) > 1 and text not in seen:
                seen.add(text)
                texts.append(HonestText(_cut(text, rng), host.fold, language, host.name.startswith(SOURCE)))
    return texts


def _cut(text: str, rng: random.Random) -> str:
    if len(text) <= _LONGEST:
        return text
    start = rng.randrange(len(text) - _LONGEST // 2)
    return text[start : start + rng.randint(40, _LONGEST)]


def spam_texts(
    count: int, rng: random.Random, vocabulary: Vocabulary, lists: Sequence[tuple[str, str, list[str]]]
) -> list[tuple[str, str]]:
    """``count`` texts of one to many items or sentences, each with its category."""
    pairs = spamtext.pairs(vocabulary)
    sizes = [len(vocabulary.get(*pair)) ** 0.5 for pair in pairs]
    prose = set(spamtext.prose_languages())
    orders = [language for language, category in vocabulary.pairs() if category == ORDERS]
    texts: list[tuple[str, str]] = []
    while len(texts) < count:
        if lists and rng.random() < 0.18:
            _, category, words = rng.choice(lists)
            items = rng.choices(words, k=rng.choice(_SIZES))
        elif orders and rng.random() < _SHARE_OF_ORDERS:
            category = ORDERS
            items = spamtext.prose(rng, rng.choice(orders), category, rng.choice((1, 1, 2)), words=vocabulary)
        else:
            language, category = rng.choices(pairs, sizes)[0]
            if language in prose and rng.random() < _SHARE_OF_PROSE:
                items = spamtext.prose(rng, language, category, rng.choice((1, 1, 2, 3)), words=vocabulary)
            else:
                items = spamtext.items(rng, language, category, rng.choice(_SIZES), words=vocabulary)
        texts.append((rng.choice(_SEPARATORS).join(items), category))
    return texts


def word_lists(folder: Path | None, fold: int | None, folds: int) -> list[tuple[str, str, list[str]]]:
    """Keyword lists of a corpus folder: ``(language, category, words)``, only those of one fold if given."""
    from spamguard.training.dataset import fold_of

    found = []
    for name, language, category in _LISTS:
        path = folder / name if folder is not None else None
        if path is None or not path.is_file():
            continue
        words = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        words = [w for w in words if len(w) > 1 and not any(part in w.lower() for part in _LEFT_OUT)]
        if fold is not None:
            words = [word for word in words if fold_of(word) % folds == fold]
        found.append((language, category, words))
    return found


def balanced(spam: int, honest: int) -> NDArray[np.float32]:
    """Weights for ``spam`` texts followed by ``honest`` ones: together the spam counts a third."""
    return np.concatenate((np.full(spam, 0.5 * honest / max(spam, 1)), np.ones(honest))).astype(np.float32)
