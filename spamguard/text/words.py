"""Words of a text: letters between other characters, and Chinese cut by jieba.

jieba takes most of a second to load its dictionary, so it is imported only for Chinese text of a finding.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_UNSPACED: Final = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_WRITTEN: Final = re.compile(rf"({_UNSPACED})|[^\W\d_]+")
_SIGNS: Final = re.compile(rf"{_UNSPACED}|[^\W\d_]+")
"""Letters that are written without spaces one by one, others in words; which of the two is told, or not."""


def words_of(text: str) -> list[str]:
    """The words of a folded text, in order; single letters and single Chinese characters left out."""
    words: list[str] = []
    for word in _WORD.findall(text):
        if _HAN.search(word):
            words += (cut for cut in _chinese().lcut(word) if len(cut) > 1)
        else:
            words.append(word)
    return words


def repeated(texts: Iterable[str], most: int = 5) -> list[tuple[str, int]]:
    """The words that stand in several of the texts, with the number of texts, most first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(dict.fromkeys(words_of(text), 1))  # a set would tell ties in another order in every process
    return [(word, count) for word, count in counts.most_common(most) if count > 1]


@lru_cache(maxsize=1)
def _chinese() -> Any:
    """Jieba's tokeniser with its own dictionary.

    Built in memory: jieba would otherwise load a cache from the common temporary folder, where anybody may have put it.
    """
    jieba = _jieba()
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


def _jieba() -> Any:
    """Import jieba without ``pkg_resources``, which it asks for a file that lies beside it and can open as well.

    That takes a quarter of a second and ten megabytes. Beside other threads it is left as it is: one of them might want
    the same module.
    """
    hidden = "pkg_resources" not in sys.modules and len(sys._current_frames()) == 1
    if hidden:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # so that it is taken for missing
    try:
        import jieba
    finally:
        if hidden:
            del sys.modules["pkg_resources"]
    return jieba


def words_as_written(text: str) -> Iterator[str]:
    """The words of a text in small letters; of a writing without spaces every two letters in a row."""
    before = ""
    for match in _WRITTEN.finditer(text.lower()):
        word = match[0]
        if match[1] is None:
            yield word
            before = ""
        else:
            if before:
                yield before + word
            before = word


def signs_as_written(text: str) -> list[str]:
    """The words of a text in small letters; of a writing without spaces every letter.

    Two texts of one language share these, however short they are: of two letters in a row hardly any stands in both.
    """
    return _SIGNS.findall(text.lower())
