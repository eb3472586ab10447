"""Infected pages to ask a model about, made from pages that it never learned from."""

from __future__ import annotations

import csv
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spamguard.errors import Unjudgeable
from spamguard.page.charset import sniff
from spamguard.training.dataset import WITHOUT_TEXT, host_pages
from spamguard.training.evaluate import evaluate
from spamguard.training.figures import Figure, ratio, share
from spamguard.training.inject import families, inject
from spamguard.training.labels import COLUMNS
from spamguard.training.pagefacts import OVERALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from spamguard.guard import Guard
    from spamguard.training.corpus import Document
    from spamguard.training.dataset import Host
    from spamguard.training.inject import Injected
    from spamguard.training.scene import Rewrite

LARGEST: Final = 250_000
PROSE: Final = frozenset(
    {
        "ai-doorway-appended",
        "en-blog-comment-spam",
        "en-essay-crypto-cbd-intext",
        "en-form-spam-in-tables",
        "en-forum-profile-spam",
        "en-nearwhite-class-prose",
        "en-pharma-hiddendiv-js",
        "guestbook-list",
        "hidden-prose",
        "id-comment-styled-unicode",
        "news-quote-promo",
        "offscreen-prose-random-px",
        "paragraph-between",
        "pasted-page-in-ugc",
        "prompt-injection-hidden",
        "prompt-injection-visible",
        "prose-blend-sentence",
        "ru-diploma-escort-posts",
        "ru-link-broker-block",
        "synonym-spun-casino-post",
        "zh-illicit-service-post",
        "zh-tail-resource-phrase",
    }
)
CARRIERS: Final = frozenset(
    {
        "attribute-stuffing",
        "id-amp-canonical-head",
        "ja-keyword-hack-head",
        "meta-keywords-stuffing",
        "vi-concat-title",
        "zh-gambling-tdk-swap",
        "zh-porn-title-prefix",
    }
)
SINGLE: Final = frozenset(
    {
        "blog-farm-numbered-crosslinks",
        "en-inline-u-strong-hidden",
        "eu-unlicensed-casino-links",
        "footer-credit-swap",
        "id-anchor-level-hide",
        "nulled-theme-vendor-links",
        "reflected-search-url-links",
        "widget-counter-embedded-links",
    }
)
KINDS: Final = ("runs and link blocks", "prose", "titles and meta", "single links")


def kind_of(family: str) -> str:
    """Which of :data:`KINDS` a family belongs to."""
    return KINDS[1 if family in PROSE else 2 if family in CARRIERS else 3 if family in SINGLE else 0]


def text_families() -> tuple[str, ...]:
    """The families whose spam is text."""
    return tuple(name for name in families() if name not in WITHOUT_TEXT)


@dataclass(frozen=True, slots=True)
class Case:
    """What became of one infected page: was a label found, how many of the labelled text bytes."""

    language: str
    family: str
    category: str
    found: bool
    covered: int
    labelled: int


def grounds_of(documents: Iterable[Document], seed: int) -> list[Host]:
    """Honest HTML pages to put spam in; a text becomes the article of a generated page."""
    hosts = host_pages(documents, random.Random(f"{seed}/grounds"))  # noqa: S311 - repeatable, not secret
    return [host for host in hosts if not host.name.endswith(".txt") and len(host.data) <= LARGEST]


def made(
    grounds: Sequence[Host],
    rng: random.Random,
    count: int,
    *,
    names: Sequence[str],
    languages: Sequence[str] = (),
    category: str | None = None,
    rewrite: Rewrite | None = None,
) -> list[Injected]:
    """``count`` infected pages. Given languages are taken in turn, half of the time on a page of the language."""
    at_home = {language: [host for host in grounds if host.language == language] for language in languages}
    pages: list[Injected] = []
    misses = 0
    while len(pages) < count and misses < 200 * count:
        language = languages[len(pages) % len(languages)] if languages else None
        own = at_home.get(language or "", [])
        host = rng.choice(own if own and rng.random() < 0.5 else grounds)
        page = _one(host, rng, rng.choice(names), language, category, rewrite)
        misses += page is None
        if page is not None:
            pages.append(page)
    return pages


def _one(
    host: Host, rng: random.Random, family: str, language: str | None, category: str | None, rewrite: Rewrite | None
) -> Injected | None:
    try:
        charset = sniff(host.data)
        if not charset.ascii_bytes:
            return None
        page = inject(
            host.data, charset.codec, rng, family=family, language=language, category=category, rewrite=rewrite
        )
    except (Unjudgeable, ValueError):
        return None
    return page if page.labels else None


def asked(pages: Sequence[Injected], guard: Guard, jobs: int) -> list[Case]:
    """What a guard makes of infected pages, in their order."""
    with tempfile.TemporaryDirectory(prefix="spamguard-study-") as name:
        folder = Path(name)
        rows = []
        for number, page in enumerate(pages):
            (folder / f"{number:05d}.html").write_bytes(page.data)
            for label in page.labels:
                span = (str(label.start), str(label.end), label.category, label.language, label.family)
                rows.append((f"{number:05d}.html", *span, ""))
        result = evaluate(write_labels(folder, rows), folder, guard, jobs=jobs)
    facts = {page.file: page for page in result.pages}
    cases = []
    for number, page in enumerate(pages):
        told = facts[f"{number:05d}.html"]
        part = told.parts[OVERALL]
        kinds = (page.language, page.family, page.category)
        cases.append(Case(*kinds, part.found, part.covered, part.labelled))
    return cases


def flagged(documents: Sequence[Document], guard: Guard, jobs: int) -> tuple[list[str], list[str], int]:
    """Names of the honest documents with a finding and of those with a ``safe`` one, and how many could be judged."""
    with tempfile.TemporaryDirectory(prefix="spamguard-study-") as name:
        folder = Path(name)
        files = {}
        for number, document in enumerate(documents):
            file = f"{number:05d}.{'html' if document.kind == 'html' else 'txt'}"
            (folder / file).write_bytes(document.data)
            files[file] = document.name
        result = evaluate(write_labels(folder, [(file, *[""] * 6) for file in files]), folder, guard, jobs=jobs)
    wrong = [files[page.file] for page in result.pages if page.flagged]
    safe = [files[page.file] for page in result.pages if page.flagged_safe]
    return wrong, safe, len(result.pages)


def write_labels(folder: Path, rows: Iterable[Collection[str]]) -> Path:
    """Write ``labels.tsv`` of a folder."""
    path = folder / "labels.tsv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return path


def recall(cases: Sequence[Case]) -> Figure:
    """Share of pages found."""
    return share(sum(case.found for case in cases), len(cases))


def bytes_found(cases: Sequence[Case]) -> Figure:
    """Share of labelled text bytes found."""
    return ratio([(case.covered, case.labelled) for case in cases])
