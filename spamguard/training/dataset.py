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
from spamguard.training import honest, spamtext
from spamguard.training.inject import Label, families, inject, replacing_families
from spamguard.training.vocabulary import Vocabulary
from spamguard.training.without import NOTHING, Without

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spamguard.findings import Span as _Span
    from spamguard.training.corpus import Document

FOLDS: Final = 2
_LARGEST_HOST: Final = 250_000
_PARAGRAPH: Final = 700
_AS_TEXT: Final = 0.35
_FEW: Final = 0.3
"""Share of the infected pages with one to three items: the least that an attacker leaves is the hardest to see."""
WITHOUT_TEXT: Final = frozenset(
    {
        "camouflaged-inline-link",
        "hidden-iframe-meta-refresh",
        "id-jsonld-spam",
        "packed-loader-scripts",
        "referrer-or-agent-switch",
        "remote-fetch-backlink-loader",
        "script-written-links",
    }
)
"""Families whose spam stands in scripts, frames and addresses: no item of text is spam there."""
# What words do not give away, or little text does, is met more often than its turn.
_MORE_OFTEN: Final = {
    "attribute-stuffing": 1.5,
    "blog-farm-numbered-crosslinks": 2.0,
    "en-essay-crypto-cbd-intext": 1.5,
    "eu-unlicensed-casino-links": 1.5,
    "footer-credit-swap": 1.5,
    "en-inline-u-strong-hidden": 1.5,
    "id-comment-styled-unicode": 2.5,
    "ja-keyword-hack-head": 1.5,
    "nulled-theme-vendor-links": 3.0,
    "prose-blend-sentence": 2.0,
    "reflected-search-url-links": 1.5,
    "vi-concat-title": 1.5,
    "zh-piracy-trending-run": 3.0,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to learn from; ``labels`` is empty for an honest one.

    ``stranger_to`` names a group of languages (``strangers.py``) whose words are not known when it is described.
    """

    name: str
    fold: int
    data: bytes
    labels: tuple[Label, ...]
    family: str
    language: str
    hard: bool = False
    stranger_to: str = ""

    def before(self) -> bytes:
        """The page without its labelled bytes."""
        kept, last = [], 0
        for label in self.labels:
            kept.append(self.data[last : label.start])
            last = label.end
        return b"".join((*kept, self.data[last:]))


def fold_of(key: str) -> int:
    """The fold of a site, source or keyword: stable across runs and machines."""
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def site_of(document: Document) -> str:
    """What a document shares its menus or its text with: the site, or the text, that its path names in its source.

    Not the source alone: a language has few sources, and a fold must not lack the honest words of a language.
    """
    name = (document.path or document.name).rsplit("/", 1)[-1]
    return f"{document.source}/{'.'.join(name.split('.')[:2])}"


@dataclass(frozen=True, slots=True)
class Host:
    """An honest page to learn from and to put spam in. A name that ends in ``.txt`` is read as plain text."""

    name: str
    fold: int
    language: str
    data: bytes


def host_pages(documents: Iterable[Document], rng: random.Random) -> list[Host]:
    """Honest pages: HTML as it is; a text as it is, and again as the article of a page in its language."""
    hosts = []
    for document in documents:
        fold = fold_of(site_of(document))
        if document.kind == "html":
            hosts.append(Host(document.name, fold, document.language, document.data))
        elif len(document.data) < 60_000:
            try:
                charset = sniff(document.data)
                text = document.data.decode(charset.codec, "replace")
            except Unjudgeable:
                continue
            page = _in_shell(text, document.language, rng)
            hosts.append(Host(f"{document.name}.html", fold, document.language, page))
            if rng.random() < _AS_TEXT:
                hosts.append(Host(f"{document.name}.txt", fold, document.language, document.data))
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
    hosts: Sequence[Host], *, injected: int, honest_pages: int, seed: int, without: Without = NOTHING
) -> list[Sample]:
    """Honest hosts, generated honest look-alikes, and ``injected`` infected pages."""
    rng = random.Random(seed)
    parts = without.words(Vocabulary.load()).split(0.5, seed)
    samples = [Sample(host.name, host.fold, host.data, (), "", host.language) for host in hosts]
    grounds = [host for host in hosts if len(host.data) <= _LARGEST_HOST]
    for number in range(honest_pages):
        page = honest.page(rng)
        if page.native and rng.random() < 0.5:
            continue
        if page.language in without.languages:
            continue
        name = f"honest/{page.kind}/{number}.html"
        samples.append(Sample(name, number % FOLDS, page.data, (), page.kind, page.language, True))
        if not page.native:
            grounds.append(Host(name, number % FOLDS, page.language, page.data))
    barred = WITHOUT_TEXT | replacing_families() | without.families
    chosen = [name for name in families() if name not in barred]
    weights = [_MORE_OFTEN.get(name, 1.0) for name in chosen]
    while injected > 0:
        host = rng.choice(grounds)
        family = rng.choices(chosen, weights)[0]
        sample = _infected(host, family, rng, parts[host.fold], injected)
        if sample is not None:
            samples.append(sample)
            injected -= 1
    return samples


def _infected(host: Host, family: str, rng: random.Random, words: Vocabulary, number: int) -> Sample | None:
    """A host with spam of a family in it; None when the two do not fit."""
    try:
        charset = sniff(host.data)
    except Unjudgeable:
        return None
    if not charset.ascii_bytes:
        return None
    if host.name.endswith(".txt"):
        return _infected_text(host, charset.codec, rng, words, number)
    wanted = host.language if host.language and rng.random() < 0.3 else None
    try:
        result = inject(
            host.data, charset.codec, rng, family=family, language=wanted, vocabulary=words, few=rng.random() < _FEW
        )
    except ValueError:
        return None
    if not result.labels:
        return None
    name = f"{family}/{number}/{host.name}"
    return Sample(name, host.fold, result.data, result.labels, family, result.language)


def _infected_text(host: Host, codec: str, rng: random.Random, words: Vocabulary, number: int) -> Sample:
    """A plain text with a run of items, or some sentences, on a line of their own."""
    language, category = rng.choice(spamtext.pairs(words))
    if rng.random() < 0.3 and language in spamtext.prose_languages():
        spam = " ".join(spamtext.prose(rng, language, category, rng.randint(1, 4), words=words))
    else:
        separator = rng.choice(("| ", "|", ", ", "、", "-", " ", " - ", "_", "，"))
        spam = separator.join(spamtext.items(rng, language, category, rng.randint(4, 60), words=words))
        spam += rng.choice(("", separator))
    lines = host.data.split(b"\n")
    at = len(lines) if rng.random() < 0.6 else rng.randrange(len(lines) + 1)
    before = b"\n".join(lines[:at])
    before += b"\n" if before and not before.endswith(b"\n") else b""
    block = spam.encode(codec, "replace") + b"\n"
    data = before + block + b"\n".join(lines[at:])
    label = Label(len(before), len(before) + len(block), category, language, "plain-text-line")
    return Sample(f"plain-text-line/{number}/{host.name}", host.fold, data, (label,), label.family, language)


def overlap(span: _Span, labels: Sequence[Label]) -> int:
    """Bytes of a span that are labelled."""
    return sum(max(0, min(span.end, label.end) - max(span.start, label.start)) for label in labels)
