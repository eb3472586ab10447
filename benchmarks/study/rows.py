"""The full model of a study, and the rows that its judges learned from, dumped once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.study.models import FULL, trained
from benchmarks.study.setting import everything

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.study.setting import Study
    from spamguard.training.dataset import Sample
    from spamguard.training.gather import BlockRows, Rows


@dataclass(frozen=True, slots=True)
class Dump:
    """Feature rows and the pages they come from.

    ``blocks`` and ``items`` have one row each, ``*_page`` is its page; the rest has one entry a page. ``honest`` tells
    of a page from the wild (not of a generated look-alike) that nothing was put into.
    """

    blocks: NDArray[np.float32]
    block_spam: NDArray[np.bool_]
    block_page: NDArray[np.int64]
    items: NDArray[np.float32]
    item_spam: NDArray[np.bool_]
    item_page: NDArray[np.int64]
    fold: NDArray[np.int64]
    infected: NDArray[np.bool_]
    honest: NDArray[np.bool_]
    source: NDArray[np.str_]


def full_model(study: Study) -> Path:
    """The folder of the model from which nothing was left out; its rows are written beside it."""

    def keep(samples: Sequence[Sample], rows: Sequence[Rows | None], blocks: Sequence[BlockRows | None]) -> None:
        path = _path(study)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, allow_pickle=False, **_arrays(study, samples, rows, blocks))

    return trained(study, FULL, keep=keep)


def dumped(study: Study) -> Dump:
    """The rows of the full model, which is trained first if it is not there."""
    full_model(study)
    with np.load(_path(study), allow_pickle=False) as archive:
        return Dump(**{name: archive[name] for name in archive.files})


def _path(study: Study) -> Path:
    return study.out / "models" / f"{study.size}-{study.seed}-{FULL}" / "rows.npz"


def _arrays(
    study: Study, samples: Sequence[Sample], rows: Sequence[Rows | None], blocks: Sequence[BlockRows | None]
) -> dict[str, NDArray[Any]]:
    known = {document.name: document.source for document in everything(study.corpus)} if study.corpus else {}
    judged = [(page, block) for page, block in enumerate(blocks) if block is not None and len(block.table)]
    described = [(page, row) for page, row in enumerate(rows) if row is not None and len(row.items)]
    return {
        "blocks": np.concatenate([block.table for _, block in judged]),
        "block_spam": np.concatenate([block.spam for _, block in judged]),
        "block_page": np.concatenate([np.full(len(block.table), page) for page, block in judged]),
        "items": np.concatenate([row.items for _, row in described]),
        "item_spam": np.concatenate([row.item_spam for _, row in described]),
        "item_page": np.concatenate([np.full(len(row.items), page) for page, row in described]),
        "fold": np.asarray([sample.fold for sample in samples]),
        "infected": np.asarray([bool(sample.labels) for sample in samples]),
        "honest": np.asarray([not sample.labels and not sample.hard for sample in samples]),
        "source": np.asarray([_source(sample, known) for sample in samples]),
    }


def _source(sample: Sample, known: Mapping[str, str]) -> str:
    """Where the host of a sample came from: its repository, or the kind of generated page."""
    name = sample.name.split("/", 2)[2] if sample.labels else sample.name
    # A text that became an article has a suffix behind its own.
    return known.get(name) or known.get(name.rpartition(".")[0]) or "/".join(name.split("/")[:2])
