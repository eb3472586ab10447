"""The command around a training run; the run itself is replaced, ``tests/training/test_fit.py`` makes a real one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from spamguard import __version__
from spamguard.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from spamguard.training.corpus import Document


def _train(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["train", *map(str, arguments)])


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Sequence[Document], Path | None, Any]]:
    """Every call of the learner: its documents, the folder of keyword lists, and the plan."""
    pytest.importorskip("sklearn")
    pytest.importorskip("zhconv")
    pytest.importorskip("wordfreq")
    from spamguard.training import fit

    calls: list[tuple[Sequence[Document], Path | None, Any]] = []

    def fake(
        documents: Sequence[Document], lists: Path | None, plan: Any, say: Callable[[str], None]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        calls.append((documents, lists, plan))
        say("[     0 s] word weights fitted")
        nothing = np.zeros(0, dtype=np.uint32)
        words = np.zeros(3, dtype=np.int8)
        return {"words": words, "fold_source": nothing, "fold_target": nothing}, {"format": "test"}

    monkeypatch.setattr(fit, "fit", fake)
    return calls


def test_the_manifest_says_what_the_model_was_made_from(runs: list[Any], tmp_path: Path) -> None:
    out = tmp_path / "new" / "model"
    result = _train("--out", out, "--scale", "0.01", "--seed", 7)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "spamguard: [     0 s] word weights fitted\n" in result.stderr
    assert f"wrote {out}" in result.stderr
    documents, lists, plan = runs[0]
    assert (lists, plan.seed, plan.injected, plan.jobs) == (None, 7, 90, 1)
    assert sum(document.source == "generated" for document in documents) == 40
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == "test"
    assert manifest["spamguard_version"] == __version__
    assert manifest["seed"] == 7
    assert manifest["counts"]["documents"] == len(documents)
    assert manifest["held_out_sources"] == ["article-extraction-benchmark", "parser"]
    assert {"scikit-learn", "numpy", "zhconv"} <= manifest["libraries"].keys()
    hashes = ("corpus_sha256", "lexicon_sha256", "grammars_sha256", "honest_sha256", "weights_sha256")
    assert all(len(manifest[name]) == 64 for name in hashes)


def test_a_corpus_gives_documents_and_lists(runs: list[Any], tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    rows = [(f"clean-html/{n % 2}/{n}.html", f"someone/{n % 2}") for n in range(100)]
    for name, _ in rows:
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(name, encoding="utf-8")
    table = "file\trepository\n" + "".join(f"{name}\t{source}\n" for name, source in rows)
    (corpus / "clean-html.tsv").write_text(table, encoding="utf-8")
    result = _train("--out", tmp_path / "model", "--corpus", corpus, "--hold-out", "someone/1")
    assert result.exit_code == 0
    documents, lists, _ = runs[0]
    assert {document.source for document in documents} == {"someone/0", "everyday-words"}
    assert lists == corpus
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["held_out_sources"] == ["1"]
    result = _train("--out", tmp_path / "model", "--corpus", corpus, "--scale", "0.1")
    assert result.exit_code == 2
    assert "10 documents are too few" in result.stderr


def test_a_model_may_be_replaced_but_nothing_else(runs: list[Any], tmp_path: Path) -> None:
    for name in ("weights.npz", "manifest.json", "notes.npz", "CARD.md"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    assert _train("--out", tmp_path, "--scale", "0.01").exit_code == 0
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["format"] == "test"
    (tmp_path / "index.html").write_text("a page", encoding="utf-8")
    result = _train("--out", tmp_path, "--scale", "0.01")
    assert result.exit_code == 2
    assert "holds something that is not a model: index.html" in result.stderr
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("module", "package"), [("sklearn", "scikit-learn"), ("wordfreq", "wordfreq"), ("zhconv", "zhconv")]
)
def test_a_missing_library_is_named_in_one_line(
    module: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = _train("--out", tmp_path / "model")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert package in line
    assert "pip install 'spamguard[train]'" in line
    assert not (tmp_path / "model").exists()


def test_help_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    result = _train("--help")
    assert result.exit_code == 0
    assert "--hold-out" in result.stdout
