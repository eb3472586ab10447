"""Languages, families and topics that a model never saw: how much of their spam does it find all the same?

For every fold a model is trained without the fold, and without the fold's keywords in its lexicon; it is asked about
infected pages of the fold beside a model of the same size that was trained with everything.
"""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.study.models import WithoutGuard, trained
from benchmarks.study.pages import (
    KINDS,
    Case,
    asked,
    bytes_found,
    flagged,
    grounds_of,
    kind_of,
    made,
    recall,
    text_families,
)
from benchmarks.study.rows import full_model
from benchmarks.study.written import kept, percent, report, say
from spamguard.training.inject import replacing_families
from spamguard.training.registry import REGISTRY
from spamguard.training.vocabulary import Vocabulary
from spamguard.training.without import NOTHING, Without, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.study.setting import Study
    from spamguard.training.inject import Injected

LANGUAGES: Final = {
    "chinese": ("zh", "zh-Hant"),
    "japanese-korean": ("ja", "ko"),
    "thai-vietnamese": ("th", "vi"),
    "indonesian-malay": ("id", "ms"),
    "turkic": ("tr", "az", "uz"),
    "slavic": ("ru", "uk", "pl", "cs"),
    "middle-east-india": ("ar", "fa", "he", "hi", "bn"),
    "europe": ("es", "pt", "fr", "it", "ro", "de", "nl", "sv", "da", "no", "fi", "el", "hu"),
    "english": ("en",),
}
_FOLD_PAGES: Final = 240
_FAMILY_PAGES: Final = 40
_MOST_HONEST: Final = 400


@dataclass(frozen=True, slots=True)
class Fold:
    """What is left out together, the groups that are told apart within it, and how their pages are made."""

    name: str
    without: Without
    infected: Callable[[random.Random], list[Injected]]


def languages(study: Study) -> None:
    """Every group of languages once."""
    grounds = grounds_of(study.measured(), study.seed)
    count = study.pages or _FOLD_PAGES
    folds = [
        Fold(
            name,
            Without(languages=frozenset(group)),
            lambda rng, group=group: made(grounds, rng, count, names=text_families(), languages=group),  # type: ignore[misc]
        )
        for name, group in LANGUAGES.items()
    ]
    told = (
        "Left out together: the language's keywords and lists, its sentence patterns, its documents (as far as the "
        "corpus or the page says what language it is in), its generated pages, its keywords in the lexicon that the "
        "scanner reads. Tested on families whose spam is text, put into held-out pages, half of them in the "
        "language where there are any."
    )
    _run(study, "languages", folds, told, lambda case: case.language)


def families(study: Study) -> None:
    """Every family once, with those of its own chapter of the injector: the ones most like it."""
    grounds = grounds_of(study.measured(), study.seed)
    count = study.pages or _FAMILY_PAGES
    chapters: dict[str, list[str]] = {}
    for name in text_families():
        chapters.setdefault(REGISTRY[name].build.__module__.rsplit(".", 1)[-1], []).append(name)
    folds = [
        Fold(
            chapter,
            Without(families=frozenset(names)),
            lambda rng, names=names: [p for name in names for p in made(grounds, rng, count, names=(name,))],  # type: ignore[misc]
        )
        for chapter, names in chapters.items()
    ]
    never = ", ".join(sorted(replacing_families()))
    told = (
        "Left out together: all families of one chapter of the injector, which are those most like one another. "
        f"Never trained on, in no model: {never}."
    )
    _run(study, "families", folds, told, lambda case: case.family)


def topics(study: Study) -> None:
    """Every category once."""
    grounds = grounds_of(study.measured(), study.seed)
    count = study.pages or _FOLD_PAGES
    folds = [
        Fold(
            topic,
            Without(categories=frozenset({topic})),
            lambda rng, topic=topic: made(grounds, rng, count, names=_of_topic(topic), category=topic),  # type: ignore[misc]
        )
        for topic in sorted({category for _, category in Vocabulary.load().pairs()})
    ]
    told = (
        "Left out: the topic's keywords, lists, sentence patterns, and its keywords in the lexicon that the scanner "
        "reads. A word that stands under another topic too stays there."
    )
    _run(study, "topics", folds, told, lambda case: case.category)


def _of_topic(topic: str) -> tuple[str, ...]:
    return tuple(name for name in text_families() if topic in REGISTRY[name].categories)


def _run(study: Study, part: str, folds: Sequence[Fold], told: str, group_of: Callable[[Case], str]) -> None:
    results = {fold.name: _fold(study, part, fold) for fold in folds if study.wants(fold.name)}
    rows: list[list[str]] = []
    for name, result in results.items():
        rows += _rows(f"**{name}**", *_both(result))
        groups = sorted({group_of(case) for case in _both(result)[0]})
        if len(groups) > 1:
            for group in groups:
                chosen = [[case for case in cases if group_of(case) == group] for cases in _both(result)]
                rows += _rows(group, *chosen)
    left = [case for result in results.values() for case in _both(result)[0]]
    full = [case for result in results.values() for case in _both(result)[1]]
    kinds = [
        row
        for kind in KINDS
        for row in _rows(kind, *([c for c in cases if kind_of(c.family) == kind] for cases in (left, full)))
    ]
    head = ("left out", "pages", "found % never seen", "found % seen", "bytes % never seen", "bytes % seen")
    tables: list[tuple[str, Sequence[str], list[list[str]]]] = [
        ("By fold", head, rows),
        ("By kind of spam", head, [*kinds, *_rows("**all**", left, full)]),
    ]
    if part == "languages":
        tables.append(("Honest documents of languages that were left out", _HONEST, list(_honest(results))))
    report(study, part, told, tables, results)


_HONEST: Final = ("left out", "documents", "flagged", "safe")


def _honest(results: dict[str, dict[str, Any]]) -> Iterator[list[str]]:
    for name, result in results.items():
        honest = result["honest"]
        yield [name, str(honest["judged"]), str(len(honest["flagged"])), str(len(honest["safe"]))]


def _both(result: dict[str, Any]) -> tuple[list[Case], list[Case]]:
    return [Case(*case) for case in result["left"]], [Case(*case) for case in result["full"]]


def _rows(name: str, left: Sequence[Case], full: Sequence[Case]) -> list[list[str]]:
    if not left:
        return []
    figures = (recall(left), recall(full), bytes_found(left), bytes_found(full))
    return [[name, str(len(left)), *map(percent, figures)]]


def _fold(study: Study, part: str, fold: Fold) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        whole = full_model(study)
        folder = trained(study, f"{part}-{fold.name}", fold.without)
        pages = fold.infected(random.Random(f"{study.seed}/{part}/{fold.name}"))  # noqa: S311 - repeatable, not secret
        say(f"{part}/{fold.name}: {len(pages)} pages")
        guard = WithoutGuard(folder, fold.without)
        result: dict[str, Any] = {
            "left": [dataclasses.astuple(case) for case in asked(pages, guard, study.jobs)],
            "full": [dataclasses.astuple(case) for case in asked(pages, WithoutGuard(whole, NOTHING), study.jobs)],
        }
        if fold.without.languages:
            documents = [d for d in (*study.measured(), *study.learned()) if language_of(d) in fold.without.languages]
            random.Random(study.seed).shuffle(documents)  # noqa: S311 - repeatable, not secret
            wrong, safe, judged = flagged(documents[:_MOST_HONEST], guard, study.jobs)
            result["honest"] = {"flagged": wrong, "safe": safe, "judged": judged}
        return result

    path = study.folder(part) / f"{fold.name}.json"
    result: dict[str, Any] = kept(path, study.result_key(part, fold.name, study.pages), run)
    return result
