"""What a model was made from, for its manifest: figures mean little when nobody knows what they rest on."""

from __future__ import annotations

import hashlib
import platform
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from spamguard import __version__
from spamguard.training.corpus import corpus_hash
from spamguard.training.vocabulary import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spamguard.training.corpus import Document
    from spamguard.training.fit import Plan

_DATA: Final = ("lexicon", "grammars", "honest")
_LIBRARIES: Final = ("numpy", "scikit-learn", "scipy", "turbohtml", "wordfreq", "zhconv")


def provenance(documents: Sequence[Document], plan: Plan, held_out: Sequence[str], *, scale: float) -> dict[str, Any]:
    """The part of a manifest that tells where a model came from.

    ``held_out`` are sources (``owner/name``) that must not have been learned from; the manifest names them by the
    folder that a corpus keeps them in, which is how the benchmarks look for them.
    """
    return {
        "spamguard_version": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "seed": plan.seed,
        "scale": scale,
        "counts": {
            "documents": len(documents),
            "injected_pages": plan.injected,
            "look_alike_pages": plan.honest_pages,
            "spam_texts": plan.spam_texts,
            "honest_texts_at_most": plan.honest_texts,
        },
        "corpus_sha256": corpus_hash(list(documents)),
        **{f"{name}_sha256": folder_hash(data_folder(name)) for name in _DATA},
        "held_out_sources": sorted({source.rpartition("/")[2] for source in held_out}),
        "libraries": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in _LIBRARIES},
        },
    }


def folder_hash(folder: Path) -> str:
    """One hash over the names and contents of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
