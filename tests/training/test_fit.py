"""A training run small enough for a test; what it exports must score as scikit-learn does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from spamguard.errors import UsageError
from spamguard.guard import Guard, Settings
from spamguard.model.network import Network
from spamguard.model.trees import Trees
from spamguard.training.sources import from_corpus, generated

neural_network = pytest.importorskip("sklearn.neural_network")
pytest.importorskip("zhconv")

from spamguard.training import fit, learners  # noqa: E402 - needs what was just asked for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

PLAN = fit.Plan(spam_texts=300, honest_texts=600, injected=60, honest_pages=16, seed=3, jobs=1)
pytestmark = [
    # The gate is stopped after a fixed number of rounds on purpose.
    pytest.mark.filterwarnings("ignore:Stochastic Optimizer"),
    # zhconv 1.4.3 leaves its dictionary's file to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*zhcdict.json:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Keep scikit-learn from spinning on every core: ten times slower where another program is busy."""
    threadpoolctl = pytest.importorskip("threadpoolctl")
    with threadpoolctl.threadpool_limits(limits=1):
        yield


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two models from the same seed, and from documents that were made twice."""
    folders = []
    for name in ("one", "other"):
        folder = tmp_path_factory.mktemp(name) / "model"
        arrays, manifest = fit.fit(generated(40, seed=3), None, PLAN, lambda _text: None)
        fit.save(arrays, manifest, folder)
        folders.append(folder)
    return folders[0], folders[1]


def _manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def test_the_same_seed_gives_the_same_weights(models: tuple[Path, Path]) -> None:
    one, other = models
    assert _manifest(one)["weights_sha256"] == _manifest(other)["weights_sha256"]
    assert (one / "weights.npz").read_bytes() == (other / "weights.npz").read_bytes()


def test_a_trained_model_loads_and_judges(models: tuple[Path, Path]) -> None:
    guard = Guard(Settings(model=models[0]))
    page = b"<!doctype html><title>Opening hours</title><p>The library is open on weekdays from nine to five.</p>"
    report = guard.scan(page)
    assert (report.verdict, report.findings) == ("clean", ())
    limits = _manifest(models[0])["thresholds"]
    assert 0 < limits["review"] <= limits["safe"] < 1


@pytest.fixture(scope="module")
def cases() -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Rows that no single feature decides, with constant and with huge columns."""
    rng = np.random.default_rng(5)
    table = rng.normal(size=(800, 7)).astype(np.float32)
    table[:, 5] = 1
    table[:, 6] *= 1e4
    spam = table[:, 0] * table[:, 1] + 0.3 * table[:, 2] + rng.normal(scale=0.3, size=800) > 0.2
    return table, spam


def _trees(cases: tuple[NDArray[np.float32], NDArray[np.bool_]]) -> tuple[Any, Trees]:
    table, spam = cases
    weights = np.where(spam, 2, 1).astype(np.float32)
    model = learners.boosted(table, spam, weights, trees=25, leaves=9, rate=0.2, seed=1)
    return model, learners.export_trees(model)


def test_exported_trees_score_as_scikit_learn(cases: tuple[NDArray[np.float32], NDArray[np.bool_]]) -> None:
    model, trees = _trees(cases)
    np.testing.assert_allclose(trees.score(cases[0]), model.decision_function(cases[0]), atol=1e-5)
    stored = Trees.from_arrays(trees.arrays("t_"), "t_")
    assert np.array_equal(stored.score(cases[0]), trees.score(cases[0]))


def test_reasons_of_a_score_add_up_to_it(cases: tuple[NDArray[np.float32], NDArray[np.bool_]]) -> None:
    _, trees = _trees(cases)
    start = trees.base + float(trees.value[:, 0].sum())
    for row, score in zip(cases[0][:20], trees.score(cases[0][:20]), strict=True):
        added = trees.contributions(row)
        assert start + added.sum() == pytest.approx(score, abs=1e-4)
        assert added[5] == 0  # a constant explains nothing


def test_exported_network_scores_as_scikit_learn(
    cases: tuple[NDArray[np.float32], NDArray[np.bool_]], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, spam = cases
    made: list[Any] = []
    original = neural_network.MLPClassifier

    def recording(*arguments: Any, **options: Any) -> Any:
        made.append(original(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(learners, "MLPClassifier", recording)
    network = learners.network(table, spam, width=6, seed=1)
    standard = (table - network.mean) / network.scale
    chances = 1 / (1 + np.exp(-network.score(table).astype(np.float64)))
    np.testing.assert_allclose(chances, made[0].predict_proba(standard)[:, 1], atol=1e-5)
    stored = Network.from_arrays(network.arrays("g_"), "g_")
    assert np.array_equal(stored.score(table), network.score(table))


def test_generated_documents_depend_on_the_seed_alone() -> None:
    documents = generated(30, seed=1)
    assert documents == generated(30, seed=1)
    assert documents[:10] == generated(10, seed=1)
    assert documents != generated(30, seed=2)
    assert len({document.name for document in documents}) == 30


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two sources of HTML, and texts of which one may only be measured on."""
    html = [("clean-html/parser/0.html", "postlight/parser"), ("clean-html/other/0.html", "someone/other")]
    texts = [("clean-lang/de/0.txt", "de", "text", "train"), ("clean-lang/de/1.txt", "de", "text", "measure")]
    for name in (*(row[0] for row in html), *(row[0] for row in texts)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    head = "file\trepository\n"
    (tmp_path / "clean-html.tsv").write_text(head + "".join("\t".join(row) + "\n" for row in html), encoding="utf-8")
    lines = ["file\tlanguage\tkind\tuse\trepository", *("\t".join((*row, "someone/texts")) for row in texts)]
    (tmp_path / "clean-lang.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_held_out_sources_and_documents_to_measure_on_are_never_learned_from(corpus: Path) -> None:
    def names(*held_out: str) -> list[str]:
        return [document.name for document in from_corpus(corpus, held_out, share=1, seed=0)]

    assert names("postlight/parser") == ["clean-html/other/0.html", "clean-lang/de/0.txt"]
    assert names("someone/other", "someone/texts") == ["clean-html/parser/0.html"]
    assert len(from_corpus(corpus, (), share=0.67, seed=0)) == 2


def test_a_misspelt_held_out_source_is_no_silence(corpus: Path) -> None:
    with pytest.raises(UsageError, match="no source someone/othr"):
        from_corpus(corpus, ("someone/othr",), share=1, seed=0)
