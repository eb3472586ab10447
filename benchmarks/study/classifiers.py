"""Five classifiers for the blocks' judge and the items' judge, on the same rows, with and without each feature family.

A row is judged by a classifier that saw neither its fold (site, keywords) nor its source: the pages of one source share
their menus.
"""

from __future__ import annotations

import hashlib
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.naive_bayes import ComplementNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, StandardScaler
from sklearn.svm import LinearSVC

from benchmarks.study.rows import Dump, dumped
from benchmarks.study.written import kept, percent, report
from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.describe import NAMES as BLOCK_NAMES
from spamguard.training.figures import Figure, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from benchmarks.study.setting import Study

    Table = NDArray[np.float32]
    Truth = NDArray[np.bool_]
    Scores = NDArray[np.float64]

_GROUPS: Final = 3
_FALSE_ALARMS: Final = 0.002
_DRAWS: Final = 200
_MOST_ITEMS: Final = 60_000
_FAMILIES: Final = {
    "keywords": ("word_", "known_", "leaf_mean", "box_mean"),
    "items' judge": ("item_", "hot_items", "neighbour_mean"),
    "repetition": ("distinct_words", "compressed"),
    "separators and lengths": (
        "items",
        "characters",
        "length",
        "digit_share",
        "separator_share",
        "space_share",
        "box_length",
        "leaf_length",
        "at_separator",
    ),
    "links": (
        "in_anchor",
        "foreign_",
        "anchor_words",
        "dofollow",
        "domains",
        "linked_share",
        "links",
        "box_links",
        "box_foreign",
        "box_domains",
    ),
    "sentences": ("sentence_share", "box_sentences"),
    "script": ("script_apart",),
    "page context": ("near_", "page_", "elsewhere", "rest_", "share_of_page", "segments"),
    "hiding": ("hidden", "hides_", "away_before"),
}
"""Names, or their beginnings, of the features of each family; all others tell the place."""
PLACE: Final = "place"


def family_of(feature: str) -> str:
    """The family of a feature of blocks or items."""
    whole = [name for name, parts in _FAMILIES.items() if feature in parts]
    begun = [name for name, parts in _FAMILIES.items() for part in parts if feature.startswith(part)]
    return (whole or begun or [PLACE])[0]


def _boosting(table: Table, spam: Truth, weights: Scores) -> Callable[[Table], Scores]:
    """As shipped: the same settings as ``training/fit.py``."""
    model = HistGradientBoostingClassifier(
        max_iter=160,
        max_leaf_nodes=12,
        learning_rate=0.07,
        l2_regularization=1.0,
        min_samples_leaf=10,
        early_stopping=False,
        random_state=0,
    )
    model.fit(table, spam, sample_weight=weights)
    return _decides(model)


def _logistic(table: Table, spam: Truth, weights: Scores) -> Callable[[Table], Scores]:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))
    model.fit(table, spam, logisticregression__sample_weight=weights)
    return _decides(model)


def _svm(table: Table, spam: Truth, weights: Scores) -> Callable[[Table], Scores]:
    model = make_pipeline(StandardScaler(), LinearSVC(C=0.1, dual=False, max_iter=5000))
    model.fit(table, spam, linearsvc__sample_weight=weights)
    return _decides(model)


def _bayes(table: Table, spam: Truth, weights: Scores) -> Callable[[Table], Scores]:
    """On eight quantile bins a feature: counts are what it is made for."""
    bins = KBinsDiscretizer(8, encode="onehot", quantile_method="averaged_inverted_cdf")
    model = make_pipeline(bins, ComplementNB())
    model.fit(table, spam, complementnb__sample_weight=weights)

    def scores(rows: Table) -> Scores:
        both = model[-1].predict_joint_log_proba(model[:-1].transform(rows))
        return np.asarray(both[:, 1] - both[:, 0], dtype=np.float64)

    return scores


def _network(table: Table, spam: Truth, weights: Scores) -> Callable[[Table], Scores]:
    """One hidden layer of 32; weights become repeated rows, in the proportion of 2 to 1."""
    again = np.repeat(np.arange(len(table)), np.where(weights > weights.min(), 2, 1))
    batch = min(256, len(again))
    network = MLPClassifier((32,), alpha=1e-3, batch_size=batch, max_iter=60, random_state=0)
    model = make_pipeline(StandardScaler(), network)
    model.fit(table[again], spam[again])

    def scores(rows: Table) -> Scores:
        chance = np.clip(np.asarray(model.predict_proba(rows)[:, 1], dtype=np.float64), 1e-15, 1 - 1e-15)
        return np.log(chance / (1 - chance))

    return scores


def _decides(model: Any) -> Callable[[Table], Scores]:
    return lambda rows: np.asarray(model.decision_function(rows), dtype=np.float64)


CLASSIFIERS: Final = {
    "gradient boosting (shipped)": _boosting,
    "logistic regression": _logistic,
    "linear SVM": _svm,
    "complement naive Bayes": _bayes,
    "small network": _network,
}


def classifiers(study: Study) -> None:
    """The whole comparison."""
    dump = dumped(study)
    blocks = [family_of(name) for name in BLOCK_NAMES]
    items = [family_of(name) for name in ITEM_NAMES]
    variants: list[tuple[str, str, str]] = [("blocks", "all features", name) for name in CLASSIFIERS]
    for family in sorted(set(blocks)):
        variants += [("blocks", f"without {family}", name) for name in CLASSIFIERS]
        variants += [("blocks", f"only {family}", next(iter(CLASSIFIERS)))]
    variants += [("items", "all features", name) for name in CLASSIFIERS]
    variants += [("items", f"without {family}", next(iter(CLASSIFIERS))) for family in sorted(set(items))]
    results: dict[tuple[str, str, str], dict[str, Any]] = {}
    for variant in variants:
        path = study.folder("classifiers") / f"{'-'.join(variant)}.json".replace(" ", "-").replace("'", "")
        families = blocks if variant[0] == "blocks" else items
        with warnings.catch_warnings():
            # A feature that is mostly nought has fewer than eight quantiles; the network is stopped early on purpose.
            warnings.filterwarnings("ignore", message="Bins whose width are too small|Feature .* is constant")
            warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
            made = partial(_compared, dump, *variant, families)
            results[variant] = kept(path, study.result_key("classifiers", variant), made)
    _report(study, dump, results)


def _compared(dump: Dump, what: str, features: str, name: str, families: Sequence[str]) -> dict[str, Any]:
    kind, _, family = features.partition(" ")
    columns = [number for number, own in enumerate(families) if kind == "all" or (kind == "only") == (own == family)]
    table, spam, page = (
        (dump.blocks, dump.block_spam, dump.block_page)
        if what == "blocks"
        else _thinned(dump.items, dump.item_spam, dump.item_page)
    )
    scores = _held_out(table[:, columns], spam, page, dump, CLASSIFIERS[name])
    area, low, high = _area(scores, spam, page)
    recall = _recall(scores, spam, page, dump) if what == "blocks" else _item_recall(scores, spam)
    return {"area": [area, low, high], "recall": [recall.count, recall.of]}


def _thinned(table: Table, spam: Truth, page: NDArray[np.int64]) -> tuple[Table, Truth, NDArray[np.int64]]:
    if len(table) <= _MOST_ITEMS:
        return table, spam, page
    chosen = np.sort(np.random.default_rng(0).choice(len(table), _MOST_ITEMS, replace=False))
    return table[chosen], spam[chosen], page[chosen]


def _held_out(
    table: Table,
    spam: Truth,
    page: NDArray[np.int64],
    dump: Dump,
    fitted: Callable[[Table, Truth, Scores], Callable[[Table], Scores]],
) -> Scores:
    """Scores of every row by a classifier that saw neither its fold nor its group of sources."""
    scores = np.zeros(len(table))
    weights = np.where(spam, 1.0, 2.0)
    for asked, learned in _splits(dump):
        there, here = learned[page], asked[page]
        if here.any():
            scores[here] = fitted(table[there], spam[there], weights[there])(table[here])
    return scores


def _splits(dump: Dump) -> Iterator[tuple[Truth, Truth]]:
    """Pages to ask about and pages to learn from."""
    group = np.asarray([hashlib.sha256(str(source).encode()).digest()[0] % _GROUPS for source in dump.source])
    for fold in sorted(set(dump.fold.tolist())):
        for number in range(_GROUPS):
            yield (dump.fold == fold) & (group == number), (dump.fold != fold) & (group != number)


def _area(scores: Scores, spam: Truth, page: NDArray[np.int64]) -> tuple[float, float, float]:
    """Area under the precision-recall curve, with a bootstrap over pages."""
    area = float(average_precision_score(spam, scores))
    rng = np.random.default_rng(0)
    pages, owner = np.unique(page, return_inverse=True)
    draws = []
    for _ in range(_DRAWS if len(spam) < _MOST_ITEMS // 2 else _DRAWS // 4):
        drawn = np.bincount(rng.integers(len(pages), size=len(pages)), minlength=len(pages))[owner]
        draws.append(average_precision_score(spam, scores, sample_weight=drawn))
    low, high = np.quantile(draws, (0.025, 0.975))
    return area, float(low), float(high)


def _recall(scores: Scores, spam: Truth, page: NDArray[np.int64], dump: Dump) -> Figure:
    """Infected pages with a spam block over the score that 0.2 % of honest pages have a block over."""
    honest = np.full(len(dump.fold), -np.inf)
    np.maximum.at(honest, page[~spam], scores[~spam])
    allowed = int(_FALSE_ALARMS * dump.honest.sum())
    cut = np.sort(honest[dump.honest])[::-1][allowed]
    best = np.full(len(dump.fold), -np.inf)
    np.maximum.at(best, page[spam], scores[spam])
    return share(int((best[dump.infected] > cut).sum()), int(dump.infected.sum()))


def _item_recall(scores: Scores, spam: Truth) -> Figure:
    """Spam items over the score of the worst 0.2 % of honest items."""
    cut = np.sort(scores[~spam])[::-1][int(_FALSE_ALARMS * (~spam).sum())]
    return share(int((scores[spam] > cut).sum()), int(spam.sum()))


def _report(study: Study, dump: Dump, results: dict[tuple[str, str, str], dict[str, Any]]) -> None:
    told = (
        f"{len(dump.blocks)} blocks ({int(dump.block_spam.sum())} spam) of {len(dump.fold)} pages, of which "
        f"{int(dump.infected.sum())} infected and {int(dump.honest.sum())} honest ones from the wild; "
        f"{len(dump.items)} items (the {_MOST_ITEMS:,} drawn at most are judged). Every row is scored by a "
        "classifier that saw neither its fold nor its group of sources. Recall of blocks: infected pages with a "
        "spam block above what 0.2 % of honest pages reach; of items: spam items above what 0.2 % of the honest "
        "items in the sample (the worst of their pages) reach."
    )
    head = ("features", *CLASSIFIERS)
    tables = []
    for what in ("blocks", "items"):
        for title, cell in (("precision-recall area", _area_cell), ("recall % at 0.2 % false alarms", _recall_cell)):
            features = dict.fromkeys(f for w, f, _ in results if w == what)
            rows = [
                [f, *(cell(results[what, f, name]) if (what, f, name) in results else "-" for name in CLASSIFIERS)]
                for f in features
            ]
            tables.append((f"{what}: {title}", head, rows))
    grouped: dict[str, list[str]] = {}
    for name in BLOCK_NAMES:
        grouped.setdefault(family_of(name), []).append(name)
    rows = [[family, str(len(names)), ", ".join(names)] for family, names in sorted(grouped.items())]
    tables.append(("Families of block features", ("family", "features", "names"), rows))
    report(study, "classifiers", told, tables, {" / ".join(key): value for key, value in results.items()})


def _area_cell(result: dict[str, Any]) -> str:
    area, low, high = result["area"]
    return f"{area:.4f} [{low:.4f}-{high:.4f}]"


def _recall_cell(result: dict[str, Any]) -> str:
    return percent(share(*result["recall"]))
