"""The pages that the benchmarks read: one's own folder, a corpus beside the checkout, or the sample pages."""

from __future__ import annotations

import json
import random
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "clean-html.tar.xz"
MANIFEST = ROOT / "models" / "default" / "manifest.json"
SAMPLES = (ROOT / "data" / "sample-site" / "site", ROOT / "data" / "hard-clean")
SUFFIXES = (".html", ".htm", ".xhtml")
SAMPLE_BYTES = 5_000_000
"""The sample pages are few and small: they are repeated up to this size, so that a round is long enough to time."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``name`` is where it came from, to be printed."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages in a seeded order, and a sentence on their origin."""

    origin: str
    pages: tuple[Page, ...]

    def size(self) -> int:
        """All pages together, in bytes."""
        return sum(len(page.data) for page in self.pages)


def load(folder: Path | None, *, seed: int, limit: int | None) -> PageSet:
    """Read the pages to measure on, shuffled by ``seed`` and cut to ``limit``.

    :raises SystemExit: when there is no page at all.
    """
    if folder is not None:
        origin, pages = f"folder {folder.name}", _from_folder(folder)
    elif CORPUS.is_file():
        origin, pages = _from_corpus(CORPUS, held_out_sources(MANIFEST))
    else:
        origin, pages = _from_samples()
    if not pages:
        raise SystemExit(f"no page to measure on in {origin}")
    random.Random(seed).shuffle(pages)  # noqa: S311 - an order that can be repeated, not a secret
    return PageSet(origin, tuple(pages[:limit]))


def sample_pages() -> list[Page]:
    """Return the pages that come with the repository, each once."""
    return [page for folder in SAMPLES if folder.is_dir() for page in _from_folder(folder)]


def held_out_sources(manifest: Path) -> frozenset[str]:
    """Name the sources the model was not trained on; empty when the manifest does not say."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    sources = content.get("held_out_sources") if isinstance(content, dict) else None
    if not isinstance(sources, list):
        return frozenset()
    # A source may be named by its folder or as "owner/folder".
    return frozenset(str(source).rpartition("/")[2] for source in sources)


def _from_folder(folder: Path) -> list[Page]:
    return [
        Page(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.is_file()
    ]


def _from_corpus(archive: Path, sources: frozenset[str]) -> tuple[str, list[Page]]:
    pages = []
    # Read straight into memory: nothing is unpacked, so nothing can be left behind.
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member)
            if stream is not None and member.name.lower().endswith(SUFFIXES):
                pages.append(Page(member.name, stream.read()))
    pages.sort(key=lambda page: page.name)
    held_out = [page for page in pages if sources.intersection(page.name.split("/")[:-1])]
    if held_out:
        return f"{archive.name}, sources not trained on: {', '.join(sorted(sources))}", held_out
    return f"{archive.name}, all sources (the model's manifest names none as held out)", pages


def _from_samples() -> tuple[str, list[Page]]:
    once = sample_pages()
    size = sum(len(page.data) for page in once)
    times = max(1, SAMPLE_BYTES // size) if size else 1
    return f"the repository's {len(once)} sample pages, each {times} times", once * times
