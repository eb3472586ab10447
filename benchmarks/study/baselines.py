"""What simple means reach on the very pages that the shipped model is measured on.

Two of them: the share of an item's characters that known keywords cover, and logistic regression on the TF-IDF of
character n-grams of segments, trained on the same made spam and honest segments as our word weights.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import quality
from benchmarks.study.setting import shipped_weights
from benchmarks.study.units import Units, pooled, told_of, units_of
from benchmarks.study.written import kept, percent, report, say
from spamguard.guard import Guard
from spamguard.model.weights import load
from spamguard.training.dataset import host_pages
from spamguard.training.evaluate import evaluate
from spamguard.training.figures import Figure, ratio, share
from spamguard.training.texts import honest_texts, spam_texts, word_lists
from spamguard.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.study.setting import Study
    from benchmarks.study.units import Score
    from spamguard.text.lexicon import Lexicon

_INJECTED: Final = 1_000
_ONE_PERCENT: Final = 0.01
_COVERED: Final = 0.4
_ITEM_RUNS: Final = (1, 2, 3, 5, 8, 13, 21)
_SEGMENT_RUNS: Final = (1, 2, 3, 5)
_PARTS: Final = ("spam_texts", "honest_texts")


def baselines(study: Study) -> None:
    """Both baselines beside the shipped model, at its false alarms and at 1 %."""
    path = study.folder("baselines") / "result.json"
    result: dict[str, Any] = kept(
        path, study.result_key("baselines", study.pages, shipped_weights()), lambda: _measured(study)
    )
    head = ("judge", "honest pages flagged %", "infected pages found %", "labelled bytes found %")
    rows = [
        [
            name,
            *(
                percent(Figure(*row[figure]), 2 if figure == "flagged" else 1)
                for figure in ("flagged", "found", "bytes")
            ),
        ]
        for name, row in result["rows"].items()
    ]
    categories = sorted({category for row in result["rows"].values() for category in row["categories"]})
    head_2 = ("category", "pages", *result["rows"])
    by_category = [
        [
            category,
            str(next(iter(result["rows"].values()))["categories"][category]["found"][1]),
            *(
                f"{percent(Figure(*row['categories'][category]['found']))}"
                f" / {percent(Figure(*row['categories'][category]['bytes']))}"
                for row in result["rows"].values()
            ),
        ]
        for category in categories
    ]
    told = (
        f"{result['honest']} honest documents of sources and sets that no training read, and {result['infected']} of "
        "their pages with spam put in (families whose spam is text). Thresholds and lengths of runs of the "
        "baselines were chosen on these very pages, at the most pages found: they could do no better. A page counts "
        "as found when a unit that reaches the threshold holds labelled text. The n-gram model learned from "
        f"{result['texts']} texts at size {study.size}; the shipped model is the shipped one. The injector takes its "
        "keywords from the lexicon that coverage is counted with: here coverage meets no word that it does not "
        "know. What an attacker does who has read the lexicon is told by the part `adversarial`."
    )
    tables = [
        ("All families whose spam is text", head, rows),
        ("By category: pages found % / labelled bytes found %", head_2, by_category),
    ]
    report(study, "baselines", told, tables, result)


def _measured(study: Study) -> dict[str, Any]:
    documents = study.measured()
    model = load()
    scores, texts = _tfidf(study)
    with tempfile.TemporaryDirectory(prefix="spamguard-study-") as name:
        folder = Path(name)
        labels = quality.build(documents, folder, study.pages or _INJECTED, study.seed, quality.of_text())
        say("the shipped model judges")
        ours = evaluate(labels, folder, Guard(), jobs=study.jobs)
        say("the baselines judge")
        told = told_of(labels)
        covers = _coverage(model.lexicon)
        both = [units_of(folder, page, model, covers, scores) for page in told]
    items, segments = [one for one, _ in both], [other for _, other in both]
    flagged = ours.overall.false_positive_rate
    rows = {
        "spamguard": {
            "flagged": _plain(flagged),
            "found": _plain(ours.overall.page_recall),
            "bytes": _plain(ours.overall.byte_recall),
            "categories": {
                name: {"found": _plain(own.page_recall), "bytes": _plain(own.byte_recall)}
                for name, own in ours.groups["category"].items()
            },
        },
        f"coverage, one item over {_COVERED}": _row(items, 1, _COVERED),
    }
    for share_of, told_share in ((flagged.value or 0.0, "our false alarms"), (_ONE_PERCENT, "1 % false alarms")):
        rows[f"coverage, {told_share}"] = _best(items, _ITEM_RUNS, share_of)
        rows[f"TF-IDF n-grams, {told_share}"] = _best(segments, _SEGMENT_RUNS, share_of)
    honest = sum(not page.spans for page in told)
    return {"rows": rows, "honest": honest, "infected": len(told) - honest, "texts": texts}


def _coverage(lexicon: Lexicon) -> Score:
    """The share of an item's letters that known keywords cover."""

    def scores(texts: Sequence[str]) -> list[float]:
        found = []
        for text in texts:
            folded = lexicon.folded(text)
            letters = sum(not character.isspace() for character in folded)
            hits = "".join(folded[hit.start : hit.end] for hit in lexicon.hits(folded))
            found.append(sum(not character.isspace() for character in hits) / max(letters, 1))
        return found

    return scores


def _tfidf(study: Study) -> tuple[Score, int]:
    """A scikit-learn pipeline, and from how many texts it learned."""
    plan = study.plan()
    rng = random.Random(f"{study.seed}/baseline")  # noqa: S311 - repeatable, not secret
    made = [text for text, _ in spam_texts(plan.spam_texts, rng, Vocabulary.load(), word_lists(study.corpus, None, 1))]
    honest = [honest.text for honest in honest_texts(host_pages(study.learned(), rng), rng)]
    rng.shuffle(honest)
    honest = honest[: plan.honest_texts]
    say(f"fitting n-grams on {len(made)} spam and {len(honest)} honest texts")
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), min_df=4, max_features=200_000, sublinear_tf=True)
    table = vectors.fit_transform([*made, *honest])
    model = LogisticRegression(C=10.0, max_iter=200, class_weight="balanced")
    model.fit(table, np.arange(len(made) + len(honest)) < len(made))
    return lambda texts: model.decision_function(vectors.transform(texts)), len(made) + len(honest)


def _best(pages: Sequence[Units], runs: Sequence[int], share_of: float) -> dict[str, Any]:
    """The run length that finds most pages when at most this share of the honest pages is flagged."""
    honest = [page for page in pages if not page.infected]
    allowed = int(share_of * len(honest) + 1e-9)
    rows = []
    for run in runs:
        worst = np.sort([max(pooled(page, run), default=-np.inf) for page in honest])[::-1]
        rows.append(_row(pages, run, float(np.nextafter(worst[allowed], np.inf))))
    return max(rows, key=lambda row: float(row["found"][0]))


def _row(pages: Sequence[Units], run: int, threshold: float) -> dict[str, Any]:
    """What is flagged when a run of so many units reaches a threshold."""
    flagged: list[bool] = []
    found: dict[str, list[tuple[bool, int, int]]] = {}
    for page in pages:
        hot = pooled(page, run) >= threshold
        if not page.infected:
            flagged.append(bool(hot.any()))
            continue
        inside = page.inside[hot]
        found.setdefault(page.category, []).append((bool(inside.any()), int(inside.sum()), page.labelled))
    everything = [entry for entries in found.values() for entry in entries]
    return {
        "flagged": _plain(share(sum(flagged), len(flagged))),
        **_figures(everything),
        "run": run,
        "threshold": threshold,
        "categories": {category: _figures(entries) for category, entries in found.items()},
    }


def _figures(entries: Sequence[tuple[bool, int, int]]) -> Mapping[str, Any]:
    return {
        "found": _plain(share(sum(entry[0] for entry in entries), len(entries))),
        "bytes": _plain(ratio([(entry[1], entry[2]) for entry in entries])),
    }


def _plain(figure: Figure) -> list[float | int | None]:
    return [figure.count, figure.of, figure.value, figure.low, figure.high]
