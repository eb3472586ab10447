"""``spamguard train``."""

from __future__ import annotations

import warnings
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spamguard.cli._console import say
from spamguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODEL_FILES = frozenset({"weights.npz", "manifest.json", "notes.npz", "CARD.md"})
_NEEDED = {"sklearn": "scikit-learn", "wordfreq": "wordfreq", "zhconv": "zhconv"}
_SIZES = ("spam_texts", "honest_texts", "injected", "honest_pages")
_GENERATED = 4000
_FEWEST = 40


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Write the model here.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Learn from the clean documents of this folder; without it, from generated pages.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed and data give the same weights.")
@click.option(
    "--scale",
    type=click.FloatRange(min=0.01, max=10),
    default=1.0,
    show_default=True,
    help="Learn from more or less of everything.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=1, show_default=True, help="Cores to use; 0 for all.")
@click.option(
    "--hold-out",
    multiple=True,
    metavar="SOURCE",
    help="Leave out a source of the corpus (owner/name), in place of those that the benchmarks read. Repeatable.",
)
def train(out: Path, corpus: Path | None, seed: int, scale: float, jobs: int, hold_out: Sequence[str]) -> None:
    """Fit a model and write it to a folder; needs the extra spamguard[train].

    The folder must be new, empty, or hold a model, which is replaced. Reads no configuration file.
    """
    _require_libraries()
    _require_place(out)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    from spamguard.training import everyday, fit, provenance, sources

    held_out = hold_out or sources.HELD_OUT
    plan = fit.Plan(seed=seed, jobs=jobs or -1)
    plan = replace(plan, **{name: round(getattr(plan, name) * scale) for name in _SIZES})
    if corpus is None:
        say("no --corpus: learning from generated pages alone")
        documents = sources.generated(round(_GENERATED * scale), seed)
    else:
        documents = sources.from_corpus(corpus, held_out, share=scale, seed=seed)
    if len(documents) < _FEWEST:
        raise UsageError(f"{len(documents)} documents are too few to learn from: it takes {_FEWEST}")
    documents += everyday.documents(seed, min(scale, 1.0))
    # Left alone, scikit-learn takes every core whatever --jobs says, and stalls where another program is busy.
    with threadpool_limits(limits=jobs or None), warnings.catch_warnings():
        # The gate is stopped after a fixed number of rounds on purpose.
        warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
        arrays, manifest = fit.fit(documents, corpus, plan, say)
    fit.save(arrays, manifest | provenance.provenance(documents, plan, held_out, scale=scale), out)
    say(f"wrote {out}")


def _require_libraries() -> None:
    missing = [name for module, name in _NEEDED.items() if find_spec(module) is None]
    if missing:
        raise UsageError(f"training needs {' and '.join(missing)}: pip install 'spamguard[train]'")


def _require_place(out: Path) -> None:
    """Refuse a folder that is not a model's, and find out now, not after an hour, whether it can be written."""
    out.mkdir(parents=True, exist_ok=True)
    others = sorted(path.name for path in out.iterdir() if path.name not in _MODEL_FILES)
    if others:
        raise UsageError(f"{out} holds something that is not a model: {others[0]}")
