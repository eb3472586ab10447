"""Pages to learn from: honest ones, and the same with spam put in, in two folds that share no site and no keyword.

What is learned late (items, blocks) must meet word weights that have not seen its words: otherwise it would learn to
trust them too much. So the words of fold 0 are scored by weights from fold 1, and the other way round.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable
from spamguard.page.charset import sniff
from spamguard.training import honest
from spamguard.training.inject import inject, replacing_families
from spamguard.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.findings import Span as _Span
    from spamguard.training.corpus import Document
    from spamguard.training.inject import Label

FOLDS: Final = 2
_LARGEST_HOST: Final = 250_000
_PARAGRAPH: Final = 700


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to learn from; ``labels`` is empty for an honest one. ``weight`` counts in the item and gate models."""

    name: str
    fold: int
    data: bytes
    labels: tuple[Label, ...]
    family: str
    language: str
    hard: bool = False


def fold_of(key: str) -> int:
    """The fold of a site, source or keyword: stable across runs and machines."""
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def site_of(document: Document) -> str:
    """What a document shares its menus with: its site where the path tells, else its source."""
    name = document.name.rsplit("/", 1)[-1]
    return f"{document.source}/{name}" if document.kind == "html" else document.source


def host_pages(documents: Iterable[Document], rng: random.Random) -> list[tuple[str, int, str, bytes]]:
    """Honest HTML pages ``(name, fold, language, bytes)``; texts are put in page shells of their language."""
    hosts = []
    for document in documents:
        fold = fold_of(site_of(document))
        if document.kind == "html":
            hosts.append((document.name, fold, document.language, document.data))
        elif len(document.data) < 60_000:
            try:
                charset = sniff(document.data)
                text = document.data.decode(charset.codec, "replace")
            except Unjudgeable:
                continue
            hosts.append((document.name, fold, document.language, _in_shell(text, document.language, rng)))
    return hosts


_SHELLS: Final = {"zh-hans": "zh", "zh-hant": "zh-Hant", "uk": "ru", "ms": "id", "no": "de", "bn": "hi"}


def _in_shell(text: str, language: str, rng: random.Random) -> bytes:
    """A text as the article of an honest page of its language."""
    shell = _SHELLS.get(language, language)
    try:
        page = honest.page(rng, language=shell).data.decode("utf-8")
    except ValueError:
        page = honest.page(rng, language="en").data.decode("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()][:60]
    article = "\n".join(f"<p>{_escaped(line[:_PARAGRAPH])}</p>" for line in lines)
    at = page.find("<p")
    return (page[:at] + article + "\n" + page[at:] if at >= 0 else article).encode("utf-8")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def samples_of(
    hosts: Sequence[tuple[str, int, str, bytes]], *, injected: int, honest_pages: int, seed: int
) -> list[Sample]:
    """Honest hosts, generated honest look-alikes, and ``injected`` infected pages."""
    rng = random.Random(seed)
    parts = Vocabulary.load().split(0.5, seed)
    samples = [Sample(name, fold, data, (), "", language) for name, fold, language, data in hosts]
    look_alikes = []
    for number in range(honest_pages):
        page = honest.page(rng)
        if page.native and rng.random() < 0.5:
            continue
        fold = number % FOLDS
        look_alikes.append(Sample(f"honest/{page.kind}/{number}", fold, page.data, (), page.kind, page.language, True))
    samples += look_alikes
    grounds = [(h[0], h[1], h[2], h[3]) for h in hosts if len(h[3]) <= _LARGEST_HOST]
    grounds += [(s.name, s.fold, s.language, s.data) for s in look_alikes if "native" not in s.family]
    skipped = replacing_families()
    while injected > 0:
        name, fold, language, data = rng.choice(grounds)
        try:
            charset = sniff(data)
        except Unjudgeable:
            continue
        if not charset.ascii_bytes:
            continue
        wanted = language if language and rng.random() < 0.3 else None
        try:
            result = inject(data, charset.codec, rng, language=wanted, vocabulary=parts[fold])
        except ValueError:
            continue
        if (result.labels and result.family not in skipped) or rng.random() < 0.5:
            samples.append(
                Sample(
                    f"{result.family}/{injected}/{name}",
                    fold,
                    result.data,
                    result.labels,
                    result.family,
                    result.language,
                )
            )
            injected -= 1
    return samples


def overlap(span: _Span, labels: Sequence[Label]) -> int:
    """Bytes of a span that are labelled."""
    return sum(max(0, min(span.end, label.end) - max(span.start, label.start)) for label in labels)
