"""How well the shipped model judges pages it never saw: honest ones as they are, and the same with spam put in.

Needs a corpus folder as ``spamguard train --corpus`` reads it. The pages come from sources that the model's manifest
names as held out, and from documents that may only be measured on; nothing of them is kept.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.study.pages import write_labels
from benchmarks.study.written import percent
from spamguard.errors import Unjudgeable
from spamguard.guard import Guard, Settings
from spamguard.model.weights import shipped
from spamguard.page.charset import sniff
from spamguard.training.corpus import Document, load
from spamguard.training.dataset import WITHOUT_TEXT
from spamguard.training.evaluate import evaluate
from spamguard.training.figures import Figure, share
from spamguard.training.inject import families, inject
from spamguard.training.labels import read_labels
from spamguard.training.tables import render_json, render_text

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 400_000
_TITLE: Final = re.compile(rb"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)


def main(arguments: list[str] | None = None) -> int:
    """Build the labelled folder, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--model", type=Path, help="a model folder instead of the shipped one")
    parser.add_argument("--injected", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--text-only", action="store_true", help="leave out families whose spam is not text")
    parser.add_argument("--families", help="only these families of spam, with commas between")
    parser.add_argument("--few", action="store_true", help="blocks of one to three items only")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args(arguments)
    if not chosen.corpus.is_dir():
        print(f"no corpus in {chosen.corpus}: nothing to measure on", file=sys.stderr)
        return 3
    manifest: dict[str, Any] = json.loads(((chosen.model or shipped()) / "manifest.json").read_text(encoding="utf-8"))
    held_out = set(manifest.get("held_out_sources", ()))
    documents = [d for d in load(chosen.corpus) if d.use == "measure" or d.name.split("/")[1] in held_out]
    kinds = of_text() if chosen.text_only else list(families())
    if chosen.families is not None:
        kinds = chosen.families.split(",")
        if unknown := sorted(set(kinds) - set(families())):
            print(f"no such family: {', '.join(unknown)}; there are {', '.join(sorted(families()))}", file=sys.stderr)
            return 2
    with tempfile.TemporaryDirectory(prefix="spamguard-quality-") as name:
        folder = Path(name)
        labels = build(documents, folder, chosen.injected, chosen.seed, kinds, few=chosen.few)
        guard = Guard(Settings(model=chosen.model))
        result = evaluate(labels, folder, guard, jobs=chosen.jobs)
        titles = true_titles(labels, folder, guard) if chosen.format == "text" else None
    today = dt.datetime.now(tz=dt.UTC).date()
    print(
        f"{today}, seed {chosen.seed}, {len(documents)} honest documents of {chosen.corpus}, "
        f"{chosen.injected} injected pages, weights {manifest['weights_sha256'][:16]}"
    )
    print(render_text(result) if chosen.format == "text" else render_json(result))
    if titles is not None and titles.of:
        print(f"changed titles put back to the byte: {percent(titles)} % of {titles.of}")
    return 0


def true_titles(labels: Path, folder: Path, guard: Guard) -> Figure:
    """Of the pages whose title is another than before, those on which a clean puts back the one before."""
    changed = back = 0
    for page in read_labels(labels, folder).pages:
        data = page.path.read_bytes()
        before = title_of(page.original.read_bytes()) if page.original is not None else None
        if before is None or before == title_of(data):
            continue
        changed += 1
        back += title_of(guard.clean(data, path=page.file).data) == before
    return share(back, changed)


def title_of(page: bytes) -> bytes | None:
    """What stands in the first title of a page in a charset that writes tags as ASCII does."""
    match = _TITLE.search(page)
    return match[1] if match is not None else None


def of_text() -> list[str]:
    """The families whose spam is text."""
    return [family for family in families() if family not in WITHOUT_TEXT]


def build(
    documents: list[Document], folder: Path, injected: int, seed: int, kinds: Sequence[str], *, few: bool = False
) -> Path:
    """Write the pages and their labels; returns the labels file."""
    rows: list[tuple[str, str, str, str, str, str, str]] = []
    for number, document in enumerate(documents):
        suffix = "html" if document.kind == "html" else "txt"
        name = f"honest-{number:05d}.{suffix}"
        (folder / name).write_bytes(document.data)
        rows.append((name, "", "", "", document.language or "und", document.source.replace("/", "-"), ""))
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    grounds = [(n, d) for n, d in enumerate(documents) if d.kind == "html" and len(d.data) < LARGEST]
    made = 0
    while made < injected:
        number, document = rng.choice(grounds)
        family = rng.choice(kinds)
        try:
            charset = sniff(document.data)
            if not charset.ascii_bytes:
                continue
            result = inject(document.data, charset.codec, rng, family=family, few=few)
        except (ValueError, Unjudgeable):
            continue
        if not result.labels:
            continue
        name = f"injected-{made:05d}.html"
        (folder / name).write_bytes(result.data)
        for label in result.labels:
            span = (str(label.start), str(label.end))
            rows.append((name, *span, label.category, label.language, label.family, f"honest-{number:05d}.html"))
        made += 1
    return write_labels(folder, rows)


if __name__ == "__main__":
    sys.exit(main())
