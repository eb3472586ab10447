"""The commands around a corpus; ``tests/training/test_building.py`` looks at what is written."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from spamguard.cli import cli
from tests.training.repositories import entry, needs_git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _corpus(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["corpus", *map(str, arguments)])


def _listed(tmp_path: Path, *entries: str) -> Path:
    listed = tmp_path / "sources.toml"
    listed.write_text("\n".join(entries), encoding="utf-8")
    return listed


@needs_git
def test_build_prints_the_hash_and_tells_what_it_took(tmp_path: Path) -> None:
    commit = repository(tmp_path / "theirs", {"a.html": "<p>opening hours"})
    write(tmp_path / "ours", {"b.html": "<p>trains to the lake"})
    listed = _listed(
        tmp_path,
        entry("theirs", url=(tmp_path / "theirs").as_uri(), commit=commit, use="measure"),
        entry("ours"),
    )
    result = _corpus("build", "--out", tmp_path / "out", "--sources", listed, "--from", f"ours={tmp_path / 'ours'}")
    assert result.exit_code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert result.stdout == f"{manifest['corpus_sha256']}\n"
    assert f"theirs: 1 document (held-out) from commit {commit[:12]}\n" in result.stderr
    assert f"wrote {tmp_path / 'out'}: 2 documents, 1 of them held out\n" in result.stderr


def test_strict_refuses_what_is_not_pinned(tmp_path: Path) -> None:
    listed = _listed(tmp_path, entry("loose", repository="a/b"), entry("pinned", repository="a/c", commit="0" * 40))
    result = _corpus("build", "--out", tmp_path / "out", "--sources", listed, "--strict")
    assert result.exit_code == 2
    assert result.stderr == "spamguard: error: --strict: not taken at a pinned commit: loose\n"


def test_names_are_checked_before_anything_is_done(tmp_path: Path) -> None:
    listed = _listed(tmp_path, entry("one"))
    for arguments in (("--only", "two"), ("--from", "two=x")):
        result = _corpus("build", "--out", tmp_path / "out", "--sources", listed, *arguments)
        assert result.exit_code == 2
        assert "no source is called two" in result.stderr
    assert "--from takes NAME=DIR" in _corpus("build", "--out", "x", "--sources", listed, "--from", "one").stderr
    assert not (tmp_path / "out").exists()


def test_only_the_sources_asked_for_are_built(tmp_path: Path) -> None:
    write(tmp_path / "pages", {"b.html": "<p>trains to the lake"})
    listed = _listed(tmp_path, entry("one", repository="a/b"), entry("two"))
    take = ("--only", "two", "--from", f"two={tmp_path / 'pages'}")
    result = _corpus("build", "--out", tmp_path / "out", "--sources", listed, "--offline", *take)
    assert result.exit_code == 0
    assert "two: 1 document" in result.stderr


def test_a_missing_git_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    listed = _listed(tmp_path, entry("one", repository="a/b"))
    result = _corpus("build", "--out", tmp_path / "out", "--sources", listed)
    assert result.exit_code == 2
    assert (
        result.stderr == "spamguard: error: git is needed to fetch a source: install it, or give --from NAME=FOLDER\n"
    )


def test_list_shows_every_source_with_its_licence() -> None:
    result = _corpus("list")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "source use kind commit licence languages"
    assert "article-extraction-benchmark measure html 11b407d43934 MIT und" in lines
