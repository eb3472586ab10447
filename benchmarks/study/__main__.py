"""``python -m benchmarks.study PART``: one table in Markdown and one JSON file a part, in ``--out``."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.study import floors

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.study.setting import Study

SIZES = ("tiny", "small", "medium", "full")
PARTS = ("languages", "families", "topics", "classifiers", "baselines", "adversarial", "honest", "floors")


def main(arguments: list[str] | None = None) -> int:
    """Run one part."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"), help="as for spamguard train")
    parser.add_argument("--no-corpus", action="store_true", help="learn from generated pages, and measure on others")
    parser.add_argument("--size", choices=SIZES, default="small", help="how much models are trained on")
    parser.add_argument("--pages", type=int, help="infected pages a fold, a family or an attack")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("study"), help="tables, and the folds that are not run again")
    parser.add_argument("--only", nargs="+", default=(), metavar="FOLD", help="run only these folds, to try")
    parser.add_argument("--write", action="store_true", help="floors: renew data/floors.json")
    chosen = parser.parse_args(arguments)
    if chosen.part == "floors":
        return floors.floors(write=chosen.write)
    corpus = None if chosen.no_corpus else chosen.corpus
    if corpus is not None and not corpus.is_dir():
        print(f"no corpus in {corpus}: name one with --corpus, or go without by --no-corpus", file=sys.stderr)
        return 3
    command = "python -m benchmarks.study " + shlex.join(sys.argv[1:] if arguments is None else arguments)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    from benchmarks.study.setting import Study

    # Left alone, scikit-learn takes every core whatever --jobs says, and stalls where another program is busy.
    with threadpool_limits(limits=chosen.jobs):
        sizes = (chosen.size, chosen.seed, chosen.jobs, chosen.out, chosen.pages)
        _part(chosen.part)(Study(corpus, *sizes, command, tuple(chosen.only)))
    return 0


def _part(name: str) -> Callable[[Study], None]:
    """The function of a part: scikit-learn is loaded only for those that need it."""
    if name in {"languages", "families", "topics"}:
        from benchmarks.study import leftout

        return {"languages": leftout.languages, "families": leftout.families, "topics": leftout.topics}[name]
    if name == "classifiers":
        from benchmarks.study.classifiers import classifiers

        return classifiers
    if name == "baselines":
        from benchmarks.study.baselines import baselines

        return baselines
    if name == "adversarial":
        from benchmarks.study.adversarial import adversarial

        return adversarial
    from benchmarks.study.honest import honest

    return honest


if __name__ == "__main__":
    sys.exit(main())
