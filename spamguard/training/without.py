"""What a model must not learn from, so that it can be asked afterwards about what it never saw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from spamguard.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.training.corpus import Document

_DECLARED: Final = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)", re.IGNORECASE)
_CHINESE: Final = {"zh-hans": "zh", "zh-hant": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant"}


class Spoken(Protocol):
    """A page or text, with the language that somebody says it is in; empty when nobody does."""

    @property
    def language(self) -> str:
        """As the corpus calls it."""

    @property
    def data(self) -> bytes:
        """The bytes of it."""


@dataclass(frozen=True, slots=True)
class Without:
    """Languages (as the lexicon calls them), families of injections, categories and sources to leave out."""

    languages: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def words(self, vocabulary: Vocabulary) -> Vocabulary:
        """The vocabulary without the words of these languages and categories."""
        return Vocabulary(
            {
                (language, category): atoms
                for (language, category), atoms in vocabulary.atoms.items()
                if language not in self.languages and category not in self.categories
            }
        )

    def lists(self, lists: Sequence[tuple[str, str, list[str]]]) -> list[tuple[str, str, list[str]]]:
        """The keyword lists, each ``(language, category, words)``, of other languages and categories."""
        return [entry for entry in lists if entry[0] not in self.languages and entry[1] not in self.categories]

    def documents(self, documents: Sequence[Document]) -> Sequence[Document]:
        """The documents of other languages and sources, as far as it is known what language a document is in."""
        if not self.languages and not self.sources:
            return documents
        return [
            document
            for document in documents
            if document.source not in self.sources and language_of(document) not in self.languages
        ]


NOTHING: Final = Without()


def language_of(page: Spoken) -> str:
    """The language that the corpus names, or else the page declares, as the lexicon calls it; empty when unknown."""
    name = page.language.lower()
    if not name:
        declared = _DECLARED.search(page.data[:4096])
        name = declared[1].decode("ascii").lower() if declared is not None else ""
    return _CHINESE.get(name) or name.partition("-")[0]
