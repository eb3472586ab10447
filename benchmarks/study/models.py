"""Models of a study: trained without something, kept on disk, and asked with a keyword list that lacks the same."""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.study.setting import SIZES
from benchmarks.study.written import kept, say
from spamguard.guard import Guard, Settings
from spamguard.model.weights import shipped_atoms
from spamguard.text.keynotes import Keynotes
from spamguard.text.lexicon import Atom, Lexicon
from spamguard.training import fit
from spamguard.training.provenance import provenance
from spamguard.training.sources import HELD_OUT
from spamguard.training.without import NOTHING, Without

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.study.setting import Study
    from spamguard.training.fit import Keep

FULL = "nothing-left-out"
_WORST = "worst honest page"


class WithoutGuard(Guard):
    """Judges with a model that was trained without something, and does not know the keywords of it either."""

    def __init__(self, folder: Path, without: Without) -> None:
        super().__init__(Settings(model=folder))
        if without.languages or without.categories:
            lexicon = Lexicon(partial(_atoms, without), self._model.folds)
            self._model = self._model._replace(lexicon=lexicon, keynotes=Keynotes(lexicon, self._model.words))


def _atoms(without: Without) -> list[Atom]:
    return [
        atom
        for atom in shipped_atoms()
        if atom.language not in without.languages and atom.category not in without.categories
    ]


def trained(study: Study, name: str, without: Without = NOTHING, keep: Keep | None = None) -> Path:
    """The folder of a model of this study's size; trained unless it is there already."""
    folder = study.out / "models" / f"{study.size}-{study.seed}-{name}"
    folder.mkdir(parents=True, exist_ok=True)

    told: list[str] = []

    def heard(text: str) -> None:
        told.append(text)
        if _WORST not in text:
            say(f"{name}: {text}")

    def train() -> list[str]:
        with warnings.catch_warnings():
            # The gate is stopped after a fixed number of rounds on purpose.
            warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
            say(f"training {name} at size {study.size}")
            documents, plan = study.learned(), study.plan(without)
            arrays, manifest = fit.fit(documents, study.corpus, plan, heard, keep)
        held_out = (*HELD_OUT, *without.sources)
        made_from = provenance(without.documents(documents), plan, held_out, scale=SIZES[study.size])
        fit.save(arrays, manifest | made_from, folder)
        return told

    wanted = [sorted(group) for group in (without.languages, without.families, without.categories, without.sources)]
    kept(folder / "trained.json", study.key("model", wanted, keep is not None), train)
    return folder
