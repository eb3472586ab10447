"""Every honest document of the corpus, judged by a model that never saw its source: how many are accused?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks.study.models import WithoutGuard, trained
from benchmarks.study.pages import flagged
from benchmarks.study.setting import everything
from benchmarks.study.written import kept, percent, report, say
from spamguard.training.figures import share
from spamguard.training.without import Without, language_of

if TYPE_CHECKING:
    from benchmarks.study.setting import Study
    from spamguard.training.corpus import Document

_FOLDS: Final = 3


def honest(study: Study) -> None:
    """Three models, each trained without a third of the sources, judge the pages of that third."""
    if study.corpus is None:
        raise SystemExit("this part needs a corpus: generated pages have no sources")
    folds = {str(number): sources for number, sources in enumerate(_folds(everything(study.corpus)))}
    folds = {name: sources for name, sources in folds.items() if study.wants(name)}
    results = {name: _fold(study, name, sources) for name, sources in folds.items()}
    documents = [d for d in everything(study.corpus) if any(d.source in sources for sources in folds.values())]
    head = ("", "documents", "flagged %", "flagged", "safe %", "safe")
    fold_of = {source: name for name, sources in folds.items() for source in sources}
    wrong = {name for result in results.values() for name in result["flagged"]}
    safe = {name for result in results.values() for name in result["safe"]}
    size = sum(len(document.data) for document in documents) / 1e6
    skipped = len(documents) - sum(result["judged"] for result in results.values())

    def rows(groups: dict[str, list[Document]]) -> list[list[str]]:
        return [_row(name, chosen, wrong, safe) for name, chosen in groups.items()]

    html = [d for d in documents if d.kind == "html"]
    whole = {"**all**": documents, "HTML pages": html, "texts": [d for d in documents if d.kind != "html"]}
    by_fold = {
        f"{name}: {', '.join(sorted(sources))}": [d for d in documents if fold_of[d.source] == name]
        for name, sources in folds.items()
    }
    by_language: dict[str, list[Document]] = {}
    for document in sorted(documents, key=language_of):
        by_language.setdefault(language_of(document) or "not stated", []).append(document)
    told = (
        f"{len(documents)} documents ({size:.0f} MB) of {len(fold_of)} sources, {skipped} of them not judged. "
        "The whole pipeline (candidate, then closer look) with the thresholds of training; no document was judged by a "
        f"model that learned from its source. Flagged: {', '.join(sorted(wrong)) or 'none'}. "
        f"Safe: {', '.join(sorted(safe)) or 'none'}."
    )
    tables = [("All", head, rows(whole)), ("By fold", head, rows(by_fold)), ("By language", head, rows(by_language))]
    report(study, "honest", told, tables, results)


def _row(name: str, documents: list[Document], wrong: set[str], safe: set[str]) -> list[str]:
    cells = []
    for names in (wrong, safe):
        count = sum(document.name in names for document in documents)
        cells += [percent(share(count, len(documents)), 2), str(count)]
    return [name, str(len(documents)), *cells]


def _folds(documents: tuple[Document, ...]) -> list[frozenset[str]]:
    """Sources in folds of about as many documents each."""
    folds: list[set[str]] = [set() for _ in range(_FOLDS)]
    sizes = [0] * _FOLDS
    for source, count in sorted(Counter(d.source for d in documents).items(), key=lambda pair: (-pair[1], pair[0])):
        smallest = sizes.index(min(sizes))
        folds[smallest].add(source)
        sizes[smallest] += count
    return [frozenset(fold) for fold in folds]


def _fold(study: Study, number: str, sources: frozenset[str]) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        without = Without(sources=sources)
        folder = trained(study, f"honest-{number}", without)
        documents = [d for d in everything(study.corpus) if d.source in sources] if study.corpus else []
        say(f"honest/{number}: {len(documents)} documents")
        wrong, safe, judged = flagged(documents, WithoutGuard(folder, without), study.jobs)
        return {"sources": sorted(sources), "flagged": wrong, "safe": safe, "judged": judged}

    path = study.folder("honest") / f"{number}.json"
    result: dict[str, Any] = kept(path, study.result_key("honest", sorted(sources)), run)
    return result
