"""The quality that the shipped model must keep, measured on what the repository ships; ``data/floors.json`` holds it.

Cheap enough for the tests: the sample site, the honest look-alikes, and pages made on the spot with a fixed seed.
"""

from __future__ import annotations

import json
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks._pages import ROOT
from benchmarks.study.pages import text_families, write_labels
from spamguard.guard import Guard
from spamguard.model.weights import shipped, shipped_lexicon
from spamguard.training import honest
from spamguard.training.corpus import hash_of
from spamguard.training.evaluate import Figures, evaluate
from spamguard.training.figures import Figure, share
from spamguard.training.inject import inject

FILE: Final = ROOT / "data" / "floors.json"
SCHEMA: Final = "spamguard-floors/1"
COMMAND: Final = "python -m benchmarks.study floors --write"
_SAMPLE: Final = ROOT / "data" / "sample-site"
_HARD: Final = ROOT / "data" / "hard-clean"
_MADE: Final = 150
_SEED: Final = 20_261_124
_LEAST: Final = {"found": "page_recall", "bytes": "byte_recall", "restored": "exact_restore"}


def measure() -> tuple[dict[str, dict[str, Figure]], str]:
    """The figures of each set, named ``set`` and ``figure``, and a hash over the pages that were made."""
    guard = Guard()
    sample = evaluate(_SAMPLE / "labels.tsv", _SAMPLE, guard).overall
    hard = evaluate(_HARD / "labels.tsv", _HARD, guard).overall
    with tempfile.TemporaryDirectory(prefix="spamguard-floors-") as name:
        folder = Path(name)
        made = evaluate(_build(folder), folder, guard).overall
        pages = hash_of((path.name, path.read_bytes()) for path in folder.iterdir())
    return {"sample-site": _of(sample), "hard-clean": _of(hard), "injected": _of(made)}, pages


def broken(measured: dict[str, dict[str, Figure]], stored: dict[str, Any]) -> list[str]:
    """What fell under its floor or rose over its ceiling, in words."""
    wrong = []
    for which, bounds in (("floors", stored["floors"]), ("ceilings", stored["ceilings"])):
        for name, figures in bounds.items():
            for figure, bound in figures.items():
                value = measured[name][figure].value
                if value is None or (value < bound if which == "floors" else value > bound):
                    wrong.append(f"{name}: {figure} is {value}, {which[:-1]} {bound}")
    return wrong


def floors(*, write: bool) -> int:
    """Print the figures beside the floors; with ``write`` renew the file. Returns 1 when one does not hold."""
    measured, pages = measure()
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"floors": {}, "ceilings": {}}
    renewed = _renewed(measured, pages)
    for name, figures in measured.items():
        for figure, value in figures.items():
            bound = stored["floors"].get(name, {}).get(figure, stored["ceilings"].get(name, {}).get(figure))
            print(f"{name:12} {figure:10} {value.count} of {value.of}: {value.value}, bound {bound}")
    for name, bounds in renewed["floors"].items():
        for figure, bound in bounds.items():
            before = stored["floors"].get(name, {}).get(figure, 0.0)
            if write and bound < before:
                print(f"LOWERED: {name} {figure} from {before} to {bound}: say why in the commit message")
    wrong = broken(measured, stored)
    if write:
        FILE.write_text(json.dumps(renewed, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {FILE.relative_to(ROOT)}")
        return 0
    print("\n".join(wrong) or "all floors hold")
    return int(bool(wrong))


def _of(figures: Figures) -> dict[str, Figure]:
    """The figures of a set that there is anything to tell from."""
    found = {name: getattr(figures, own) for name, own in _LEAST.items()}
    found |= {"flagged": figures.false_positive_rate, "safe": figures.safe_false_positive_rate}
    return {name: figure for name, figure in found.items() if figure.value is not None}


def _renewed(measured: dict[str, dict[str, Figure]], pages: str) -> dict[str, Any]:
    """Floors at the lower end of each figure's 95 % interval, ceilings at the upper end."""
    manifest = json.loads((shipped() / "manifest.json").read_text(encoding="utf-8"))
    return {
        "schema": SCHEMA,
        "command": COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
        "weights_sha256": manifest["weights_sha256"],
        "corpus_sha256": manifest["corpus_sha256"],
        "lexicon_sha256": hash_of([("atoms.tsv", shipped_lexicon().read_bytes())]),
        "made_pages_sha256": pages,
        "measured": {
            name: {figure: [value.count, value.of] for figure, value in figures.items()}
            for name, figures in measured.items()
        },
        "floors": {
            name: {figure: _down(value) for figure, value in figures.items() if figure in _LEAST}
            for name, figures in measured.items()
            if any(figure in _LEAST for figure in figures)
        },
        "ceilings": {
            name: {figure: _up(figure, value) for figure, value in figures.items() if figure not in _LEAST}
            for name, figures in measured.items()
        },
    }


def _down(figure: Figure) -> float:
    bounds = (figure.low, share(figure.count, figure.of).low) if figure.low == figure.value else (figure.low,)
    return round(min(bound for bound in bounds if bound is not None) - 5e-5, 4)


def _up(name: str, figure: Figure) -> float:
    """What is cut without asking and never hit an honest page must not begin to, whatever the interval allows."""
    return 0.0 if name == "safe" and not figure.count else round((figure.high or 0.0) + 5e-5, 4)


def _build(folder: Path) -> Path:
    """Infected pages of every family whose spam is text, in turn, and the honest pages that they were."""
    rng = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    names = text_families()
    rows: list[tuple[str, ...]] = []
    number = 0
    while number < _MADE:
        page = honest.page(rng)
        if page.native:
            continue
        try:
            made = inject(page.data, "utf-8", rng, family=names[number % len(names)])
        except ValueError:
            continue
        if not made.labels:
            continue
        before, after = f"{number:03d}-before.html", f"{number:03d}.html"
        (folder / before).write_bytes(page.data)
        (folder / after).write_bytes(made.data)
        rows.append((before, "", "", "", page.language, page.kind, ""))
        for label in made.labels:
            span = (str(label.start), str(label.end))
            rows.append((after, *span, label.category, label.language, label.family, before))
        number += 1
    return write_labels(folder, rows)
