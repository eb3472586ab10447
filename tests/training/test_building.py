"""A corpus is built from real local repositories, fetched through git as any other."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from spamguard.errors import UsageError
from spamguard.training.building import build as building
from spamguard.training.building.build import Place, build
from spamguard.training.building.sourcelist import read_sources
from spamguard.training.corpus import corpus_hash, load
from spamguard.training.sources import HELD_OUT, from_corpus

from .repositories import entry, git, needs_git, repository, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGE = "<!doctype html><title>Library</title><p>The library is open from nine to five."


def _build(tmp_path: Path, entries: Sequence[str], out: str = "out", **place: Any) -> tuple[dict[str, Any], list[str]]:
    """Build into a folder of ``tmp_path``; returns the manifest and the lines that were said."""
    listed = tmp_path / "sources.toml"
    listed.write_text("\n".join(entries), encoding="utf-8")
    said: list[str] = []
    where = {"folders": {}, "cache": tmp_path / "cache", **place}
    manifest = build(read_sources(listed), Place(**where), tmp_path / out, said.append)
    assert json.loads((tmp_path / out / "manifest.json").read_text(encoding="utf-8")) == manifest
    return manifest, said


def _folder(tmp_path: Path, name: str, files: dict[str, str | bytes]) -> Path:
    write(tmp_path / name, files)
    return tmp_path / name


@needs_git
def test_a_pinned_commit_is_read_as_training_reads_a_corpus(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    commit = repository(theirs, {"docs/a.html": PAGE, "docs/deep/b.de.html": PAGE + "b", "readme.md": "no page"})
    paths = {"de": ["**/*.de.html"], "und": ["docs/*.html"]}
    manifest, said = _build(
        tmp_path, [entry("site", repository="some/site", url=theirs.as_uri(), commit=commit, paths=paths)]
    )
    documents = list(load(tmp_path / "out"))
    assert [(d.name, d.source, d.language, d.kind, d.use, d.path, d.data.decode()) for d in documents] == [
        ("clean-html/site/00000.html", "some/site", "", "html", "train", "docs/a.html", PAGE),
        ("clean-html/site/00001.html", "some/site", "de", "html", "train", "docs/deep/b.de.html", PAGE + "b"),
    ]
    assert manifest["corpus_sha256"] == corpus_hash(documents)
    assert manifest["sources"]["site"]["commit"] == commit
    assert manifest["sources"]["site"]["pinned"]
    assert said == [f"site: 2 documents (train) from commit {commit[:12]}"]


@needs_git
def test_a_pin_holds_when_the_branch_moves_and_the_hash_with_it(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    commit = repository(theirs, {"a.html": PAGE})
    entries = [entry("site", url=theirs.as_uri(), commit=commit)]
    before, _ = _build(tmp_path, entries, "one")
    newest = repository(theirs, {"a.html": PAGE + " Closed on Sundays.", "b.html": PAGE + "b"})
    again, _ = _build(tmp_path, entries, "two", cache=tmp_path / "another")
    assert again["corpus_sha256"] == before["corpus_sha256"]
    moved, said = _build(tmp_path, [entry("site", url=theirs.as_uri())], "three")
    assert moved["corpus_sha256"] != before["corpus_sha256"]
    assert moved["sources"]["site"]["commit"] == newest
    assert not moved["sources"]["site"]["pinned"]
    assert said == [f"site: 2 documents (train) from commit {newest[:12]} (not pinned)"]


@needs_git
def test_a_commit_that_is_not_there_is_named(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    repository(theirs, {"a.html": PAGE})
    wrong = "0123456789abcdef0123456789abcdef01234567"
    with pytest.raises(UsageError, match=f"site: .*commit {wrong} .*{theirs.name}"):
        _build(tmp_path, [entry("site", url=theirs.as_uri(), commit=wrong)])
    tree = git(theirs, "rev-parse", "HEAD^{tree}")
    with pytest.raises(UsageError, match=f"site: .*commit {tree}"):
        _build(tmp_path, [entry("site", url=theirs.as_uri(), commit=tree)])
    assert not (tmp_path / "out").exists()


@needs_git
def test_what_was_fetched_once_is_read_without_the_network(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    commit = repository(theirs, {"a.html": PAGE})
    pinned, loose = ([entry("site", url=theirs.as_uri(), **more)] for more in ({"commit": commit}, {}))
    with pytest.raises(UsageError, match=f"commit {commit} is not in .*--offline"):
        _build(tmp_path, pinned, offline=True)
    first, _ = _build(tmp_path, pinned, "first")
    theirs.rename(tmp_path / "gone")
    second, _ = _build(tmp_path, pinned, "second", offline=True)
    third, _ = _build(tmp_path, loose, "third", offline=True)
    assert first["corpus_sha256"] == second["corpus_sha256"] == third["corpus_sha256"]
    with pytest.raises(UsageError, match="site: cannot fetch the newest commit from file://"):
        _build(tmp_path, loose, "fourth")


@needs_git
def test_a_strangers_repository_runs_nothing_and_leaves_no_file_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, trap = tmp_path / "theirs", tmp_path / "trap"
    hook = f"#!/bin/sh\ntouch {trap}\n"
    repository(theirs, {"a.html": PAGE, ".gitattributes": "*.html filter=evil\n", "post-checkout": hook})
    (theirs / "link.html").symlink_to("/etc/hostname")
    repository(theirs, {"big.html": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"})
    git(theirs, "update-index", "--add", "--cacheinfo", f"160000,{git(theirs, 'rev-parse', 'HEAD')},sub.html")
    blob = git(theirs, "rev-parse", "HEAD:a.html")
    git(theirs, "update-index", "--add", "--cacheinfo", f"100644,{blob},a\tb.html")
    git(theirs, "commit", "--quiet", "--message", "traps")
    # The caller's own git is left out of it: these would fetch into another place, and run a program.
    home = _folder(
        tmp_path, "home", {".gitconfig": f"[core]\nfsmonitor = touch {trap}\n[init]\ntemplateDir = {tmp_path}/t\n"}
    )
    write(tmp_path / "t" / "hooks", {"reference-transaction": hook})
    (tmp_path / "t" / "hooks" / "reference-transaction").chmod(0o755)
    monkeypatch.setenv("HOME", os.fspath(home))
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TEMPLATE_DIR", os.fspath(tmp_path / "t"))
    manifest, said = _build(tmp_path, [entry("site", url=theirs.as_uri())])
    assert [document.data.decode() for document in load(tmp_path / "out")] == [PAGE]
    assert [(one["path"], one["reason"]) for one in manifest["sources"]["site"]["refused"]] == [
        ("a\tb.html", "its name holds control characters or is not UTF-8"),
        ("big.html", "its content is kept elsewhere (a pointer of git-lfs)"),
        ("link.html", "a symbolic link"),
        ("sub.html", "a submodule"),
    ]
    assert "4 refused, as a\tb.html: its name holds control characters" in said[0]
    assert not trap.exists()
    assert not (tmp_path / "elsewhere").exists()


@needs_git
@pytest.mark.parametrize("path", ["../up.html", "/etc/up.html", ".."])
def test_a_path_that_leaves_the_tree_is_refused(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's own commands write no such tree; a hostile server may send one."""
    from spamguard.training.building import gitread

    theirs = tmp_path / "theirs"
    repository(theirs, {"a.html": PAGE})
    real = gitread.Clone.entries
    hostile = lambda self: [*real(self), gitread.Entry(path, "100644", 5, "0" * 40)]  # noqa: E731
    monkeypatch.setattr(gitread.Clone, "entries", hostile)
    manifest, _ = _build(tmp_path, [entry("site", url=theirs.as_uri(), paths=["**"])])
    assert manifest["sources"]["site"]["refused"] == [{"path": path, "reason": "its path leaves the tree"}]


def test_a_folder_is_taken_as_it_lies_and_its_links_are_not_followed(tmp_path: Path) -> None:
    site = _folder(tmp_path, "site", {"a.html": PAGE, "deep/b.html": PAGE + "b", ".git/c.html": PAGE + "c"})
    outside = _folder(tmp_path, "outside", {"d.html": PAGE + "d"})
    (site / "file.html").symlink_to(outside / "d.html")
    (site / "folder.html").symlink_to(outside)
    entries = [entry("site", repository="some/site", commit="0" * 40)]
    manifest, said = _build(tmp_path, entries, folders={"site": site})
    assert [document.path for document in load(tmp_path / "out")] == ["a.html", "deep/b.html"]
    assert said == ["site: 2 documents (train) from a folder; 2 refused, as file.html: a symbolic link"]
    facts = manifest["sources"]["site"]
    assert (facts["commit"], facts["pinned"], facts["from"]) == (None, False, "folder")


def test_a_glob_without_a_file_is_an_error(tmp_path: Path) -> None:
    site = _folder(tmp_path, "site", {"a.html": PAGE})
    with pytest.raises(UsageError, match=r"site: no file matches docs/\*\.html"):
        _build(tmp_path, [entry("site", paths=["*.html", "docs/*.html"])], folders={"site": site})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "sources.toml"]


def test_stars_stay_in_their_folder_and_double_stars_do_not(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name: PAGE + name for name in ("a.html", "x/a.html", "x/y/a.html", "axhtml")}
    site = _folder(tmp_path, "site", files)

    def taken(*globs: str) -> list[str]:
        out = f"out{globs}".replace("/", "|")
        _build(tmp_path, [entry("site", paths=list(globs))], out, folders={"site": site})
        return [document.path for document in load(tmp_path / out)]

    assert taken("*.html") == ["a.html"]
    assert taken("*/*.html") == ["x/a.html"]
    assert taken("**/?.html") == ["a.html", "x/a.html", "x/y/a.html"]
    assert taken("x/**") == ["x/a.html", "x/y/a.html"]


def test_a_document_in_two_sources_goes_to_the_held_out_one(tmp_path: Path) -> None:
    """Else what is measured on would be learned from."""
    learned = _folder(tmp_path, "learned", {"a.html": PAGE, "b.html": PAGE + "b", "c.html": PAGE + "b"})
    measured = _folder(tmp_path, "measured", {"z.html": PAGE})
    entries = [entry("learned"), entry("measured", use="measure")]
    manifest, said = _build(tmp_path, entries, folders={"learned": learned, "measured": measured})
    assert [(d.source, d.path, d.use) for d in load(tmp_path / "out")] == [
        ("learned", "b.html", "train"),
        ("measured", "z.html", "measure"),
    ]
    assert manifest["duplicates"] == [
        {"source": "learned", "path": "a.html", "kept_in": "measured", "kept_path": "z.html"},
        {"source": "learned", "path": "c.html", "kept_in": "learned", "kept_path": "b.html"},
    ]
    assert "1 left out that are in measured already" in said[1]


def test_held_out_sources_stay_held_out_in_training(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{number}.html": f"{PAGE} {number}" for number in range(3)}
    places = {name: _folder(tmp_path, name, {k: f"{v!s}{name}" for k, v in files.items()}) for name in ("one", "two")}
    manifest, _ = _build(tmp_path, [entry("one"), entry("two", use="measure")], folders=places)
    assert manifest["split"] == {"train": ["one"], "held-out": ["two"]}
    assert {d.source for d in from_corpus(tmp_path / "out", (), share=1, seed=0)} == {"one"}
    told = [entry("one", repository="a/b"), entry("two", repository="a/b", use="measure")]
    with pytest.raises(UsageError, match="source 2: a/b has another use already"):
        _build(tmp_path, told, "out2")


def test_the_hash_is_of_the_documents_alone(tmp_path: Path) -> None:
    one = _folder(tmp_path, "one", {"a.html": PAGE})
    two = _folder(tmp_path, "two", {"b.html": PAGE + "b"})
    entries = [entry("one"), entry("two")]
    first, _ = _build(tmp_path, entries, "first", folders={"one": one, "two": two})
    second, _ = _build(tmp_path, entries[::-1], "second", folders={"two": two, "one": one})
    assert first["corpus_sha256"] == second["corpus_sha256"]
    write(two, {"b.html": PAGE + "c"})
    third, _ = _build(tmp_path, entries, "third", folders={"one": one, "two": two})
    assert third["corpus_sha256"] != first["corpus_sha256"]


def test_word_lists_lie_where_training_looks_for_them(tmp_path: Path) -> None:
    from spamguard.training.texts import word_lists

    lists = _folder(tmp_path, "lists", {"theirs.txt": "slot gacor\nbonus\n"})
    told = entry("id-gambling-phrases", kind="wordlist", language="id", paths=["*.txt"])
    _build(tmp_path, [told], folders={"id-gambling-phrases": lists})
    assert word_lists(tmp_path / "out", None, 2) == [("id", "gambling", ["slot gacor", "bonus"])]
    write(lists, {"more.txt": "another"})
    with pytest.raises(UsageError, match=r"a word list is one file, and theirs\.txt is a second one"):
        _build(tmp_path, [told], "two", folders={"id-gambling-phrases": lists})


def test_documents_are_taken_out_of_tables_and_archives(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("../inner.json", json.dumps([{"content": "three"}, {"content": ""}, {"content": "four"}]))
    files: dict[str, str | bytes] = {
        "a.html.gz": gzip.compress(PAGE.encode()),
        "b.json": json.dumps({"data": [{"paragraphs": [{"text": "one"}, {"text": "two"}, {"text": "one"}]}]}),
        "c.zip": archive.getvalue(),
        "d.jsonl": '{"text": "five"}\n{"text": "six"}\n{"text": "seven"}\n',
        "e.csv": 'kind,body\nnews,"eight, and\nnine"\n',
        "f.txt": "ten\t3\neleven\t1\n",
    }
    site = _folder(tmp_path, "site", files)
    entries = [
        entry("a", paths=["*.html.gz"]),
        entry("b", kind="text", paths=["*.json"], format="json", records="data", field="text"),
        entry("c", kind="text", paths=["*.zip"], format="json", field="content"),
        entry("d", kind="text", paths=["*.jsonl"], format="jsonl", field="text", join=2),
        entry("e", kind="text", paths=["*.csv"], format="csv", field="body"),
        entry("f", kind="text", paths=["*.txt"], format="lines", join=10),
    ]
    _build(tmp_path, entries, folders=dict.fromkeys("abcdef", site))
    assert [(d.path, d.data.decode()) for d in load(tmp_path / "out")] == [
        ("a.html.gz", PAGE),
        ("b.json#0", "one\n\ntwo\n"),
        ("c.zip#0", "three\n"),
        ("c.zip#1", "four\n"),
        ("d.jsonl#0", "five\nsix\n"),
        ("d.jsonl#1", "seven\n"),
        ("e.csv#0", "eight, and\nnine\n"),
        ("f.txt#0", "ten\neleven\n"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "settings", "reason"),
    [
        ("b.gz", b"\x1f\x8bno", {}, "cannot be unpacked"),
        ("b.gz", gzip.compress(bytes(3000)), {}, "too large when unpacked"),
        ("b.zip", b"PK", {}, "cannot be unpacked"),
        ("b.html", "x" * 3000, {}, "too large"),
        ("b.html", " \n", {}, "empty"),
        ("b.html", b"\xff\xfe", {"format": "json", "field": "a"}, "not read as json"),
        ("b.html", "[" * 999, {"format": "json", "field": "a"}, "not read as json|too deeply nested"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_out_and_told(
    tmp_path: Path, name: str, content: bytes, settings: dict[str, Any], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spamguard.training.building import records, selection

    monkeypatch.setattr(records, "LARGEST_FILE", 2000)
    monkeypatch.setattr(selection, "LARGEST_FILE", 2000)
    good = '{"a": "fine"}' if settings else PAGE
    site = _folder(tmp_path, "site", {"a.html": good, name: content})
    manifest, _ = _build(tmp_path, [entry("site", paths=["*"], **settings)], folders={"site": site})
    ((path, why),) = [(one["path"], one["reason"]) for one in manifest["sources"]["site"]["refused"]]
    assert path == name
    assert any(part in why for part in reason.split("|"))
    (site / "a.html").unlink()
    with pytest.raises(UsageError, match=f"site: all that its globs name was refused, as {name}"):
        _build(tmp_path, [entry("site", paths=["*"], **settings)], "none", folders={"site": site})


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = _folder(tmp_path, "site", {f"{n}.html": f"{PAGE} {n}" for n in range(9)})
    manifest, _ = _build(tmp_path, [entry("site", at_most=4)], "four", folders={"site": site})
    assert manifest["documents"] == 4
    monkeypatch.setattr(building, "MOST_DOCUMENTS", 5)
    with pytest.raises(UsageError, match="site: more than 5 documents"):
        _build(tmp_path, [entry("site")], folders={"site": site})


def test_a_document_known_to_be_infected_is_left_out(tmp_path: Path) -> None:
    import hashlib

    site = _folder(tmp_path, "site", {"a.html": PAGE, "b.html": "<p>broken into"})
    bad = hashlib.sha256(b"<p>broken into").hexdigest()
    _build(tmp_path, [entry("site", leave_out=[bad])], folders={"site": site})
    assert [document.path for document in load(tmp_path / "out")] == ["a.html"]


def test_a_source_without_a_repository_needs_a_folder(tmp_path: Path) -> None:
    site = _folder(tmp_path, "site", {"a.html": PAGE})
    manifest, said = _build(tmp_path, [entry("site"), entry("lost")], folders={"site": site})
    assert manifest["left_out"] == ["lost"]
    assert said[1] == "lost: left out: it has no known repository, give --from lost=FOLDER"


def test_only_an_empty_folder_is_written_to(tmp_path: Path) -> None:
    site = _folder(tmp_path, "site", {"a.html": PAGE})
    out = _folder(tmp_path, "out", {"mine.txt": "keep"})
    with pytest.raises(UsageError, match="is not an empty folder"):
        _build(tmp_path, [entry("site")], folders={"site": site})
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"url": "ext::sh -c touch% x"}, "url cannot be"),
        ({"url": "http://example.org/a"}, "url cannot be"),
        ({"url": "--upload-pack=x"}, "url cannot be"),
        ({"commit": "main"}, "commit cannot be 'main'"),
        ({"name": "../up"}, "name cannot be"),
        ({"name": ""}, "name is missing"),
        ({"licence": ""}, "licence is missing"),
        ({"licence": "MIT\tand more"}, "licence cannot be"),
        ({"use": "learn"}, "use cannot be 'learn'"),
        ({"kind": "pdf"}, "kind cannot be 'pdf'"),
        ({"paths": []}, "paths cannot be"),
        ({"format": "json"}, "field is missing"),
        ({"join": 0}, "join cannot be 0"),
        ({"branch": "main"}, "unknown key branch"),
        ({"language": "de", "paths": {"de": ["*"]}}, "exclude each other"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(tmp_path: Path, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=f"sources.toml: source 1: .*{message}"):
        _build(tmp_path, [entry(**{"name": "site", **settings})])


def test_the_projects_own_list_names_every_source_once_and_holds_out_what_the_benchmarks_read() -> None:
    sources = read_sources()
    by_origin = {source.origin: source for source in sources}
    assert len(by_origin) == len(sources)
    assert {by_origin[name].split for name in HELD_OUT} == {"held-out"}
    assert all(source.url.startswith("https://") for source in sources if source.kind != "wordlist")
    for source in sources:
        unclear = not source.licence or source.licence.startswith(("no licence", "CC BY-NC"))
        assert source.use == "measure" or not unclear, source.name
