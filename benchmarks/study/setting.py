"""What one study is about: corpus, size, seed, where results go, and under which key they may be used again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import spamguard
from spamguard.model.weights import shipped, shipped_lexicon
from spamguard.training.corpus import Document, corpus_hash, load
from spamguard.training.fit import Plan
from spamguard.training.provenance import folder_hash
from spamguard.training.sources import HELD_OUT, from_corpus, generated
from spamguard.training.vocabulary import data_folder
from spamguard.training.without import NOTHING, Without

SIZES: Final = {"tiny": 0.02, "small": 0.12, "medium": 0.35, "full": 1.0}
_COUNTS: Final = ("spam_texts", "honest_texts", "injected", "honest_pages")
_GENERATED: Final = 4_000


@dataclass(frozen=True, slots=True)
class Study:
    """One run of the command.

    ``pages`` are the injected pages of a fold, a family or an attack, None for what the part finds fit. ``only`` names
    the folds to run, none for all.
    """

    corpus: Path | None
    size: str
    seed: int
    jobs: int
    out: Path
    pages: int | None
    command: str
    only: tuple[str, ...] = ()

    def plan(self, without: Without = NOTHING) -> Plan:
        """How much a model of this study learns from."""
        plan = Plan(seed=self.seed, jobs=self.jobs, without=without)
        return replace(plan, **{name: round(getattr(plan, name) * SIZES[self.size]) for name in _COUNTS})

    def learned(self) -> list[Document]:
        """The documents that may be learned from: of the corpus, or made on the spot."""
        share = SIZES[self.size]
        if self.corpus is None:
            return generated(round(_GENERATED * share), self.seed)
        return from_corpus(self.corpus, HELD_OUT, share=share, seed=self.seed)

    def measured(self) -> list[Document]:
        """The documents that no training reads."""
        if self.corpus is None:
            return generated(400, self.seed + 1)
        return [d for d in everything(self.corpus) if d.use == "measure" or d.source in HELD_OUT]

    def key(self, *parts: object) -> str:
        """A name for a model that changes whenever anything does that it rests on: corpus, words, code, size, seed."""
        basis = (self.size, self.seed, _data_hash(self.corpus), code_hash(), *parts)
        return hashlib.sha256(repr(basis).encode()).hexdigest()[:16]

    def result_key(self, *parts: object) -> str:
        """The same for a result, which rests on the code of the study too."""
        return self.key(study_hash(), *parts)

    def wants(self, fold: str) -> bool:
        """Whether a fold is to be run."""
        return not self.only or fold in self.only

    def folder(self, part: str) -> Path:
        """Where the folds of a part are kept."""
        folder = self.out / "folds" / f"{part}-{self.size}-{self.seed}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def stated(self) -> dict[str, Any]:
        """What a reader of the figures must know."""
        return {
            "date": datetime.now(UTC).date().isoformat(),
            "command": self.command,
            "seed": self.seed,
            "size": f"{self.size} ({SIZES[self.size]:g} of the plan that made the shipped model)",
            "corpus_sha256": _data_hash(self.corpus)[:16],
            "code_sha256": code_hash()[:16],
            "shipped_weights_sha256": shipped_weights()[:16],
        }


@cache
def everything(corpus: Path) -> tuple[Document, ...]:
    """All documents of a corpus folder, read once."""
    return tuple(load(corpus))


@cache
def _data_hash(corpus: Path | None) -> str:
    own = [folder_hash(data_folder(name)) for name in ("grammars", "honest")]
    own.append(hashlib.sha256(shipped_lexicon().read_bytes()).hexdigest())
    documents = corpus_hash(list(everything(corpus))) if corpus is not None else "generated"
    return hashlib.sha256(repr((documents, own)).encode()).hexdigest()


@cache
def shipped_weights() -> str:
    """The hash of the shipped weights: for results that are the shipped model's."""
    manifest = json.loads((shipped() / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["weights_sha256"])


@cache
def code_hash() -> str:
    """One hash over the package's source: a figure is of one version of it."""
    return _source_hash(Path(spamguard.__file__).parent)


@cache
def study_hash() -> str:
    """The same over the benchmarks."""
    return _source_hash(Path(__file__).parents[1])


def _source_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
