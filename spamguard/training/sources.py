"""The clean documents of a training run: a corpus folder without what is held out, or pages made on the spot."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from spamguard.errors import UsageError
from spamguard.training import honest
from spamguard.training.corpus import Document, load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HELD_OUT: Final = ("scrapinghub/article-extraction-benchmark", "postlight/parser")
"""Measured on and never learned from, unless a caller names others."""


def generated(count: int, seed: int) -> list[Document]:
    """Make ``count`` honest pages; the same seed gives the same pages.

    Pages that are about a spam-like topic themselves are left out: they are no ground to inject spam into.
    """
    rng = random.Random(f"{seed}/generated")
    documents: list[Document] = []
    while len(documents) < count:
        page = honest.page(rng)
        if not page.native:
            name = f"generated/{len(documents):05d}.html"
            documents.append(Document(name, "generated", page.language, "html", "train", hard=False, data=page.data))
    return documents


def from_corpus(folder: Path, held_out: Sequence[str], *, share: float, seed: int) -> list[Document]:
    """The documents of a corpus folder that may be learned from, or a random ``share`` of them.

    Raises :class:`UsageError` when a held-out source is unknown: it may be misspelt.
    """
    everything = list(load(folder))
    unknown = sorted({*held_out} - {*HELD_OUT} - {document.source for document in everything})
    if unknown:
        raise UsageError(f"no source {unknown[0]} in {folder}")
    documents = [d for d in everything if d.use == "train" and d.source not in held_out]
    if share < 1:
        random.Random(f"{seed}/share").shuffle(documents)
        documents = documents[: round(len(documents) * share)]
    return documents
