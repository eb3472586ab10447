"""The hand-written honest pages that measure false alarms must stay complete, and apart from the training parts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from spamguard.training.honest import parts

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "data" / "hard-clean"
HEADER = ["file", "start_byte", "end_byte", "category", "language", "family", "original"]


def _rows() -> list[dict[str, str]]:
    with (SUITE / "labels.tsv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        assert reader.fieldnames == HEADER
        return list(reader)


def test_every_file_is_labelled_clean_once() -> None:
    rows = _rows()
    files = [row["file"] for row in rows]
    assert sorted(files) == sorted(path.name for path in SUITE.glob("*.html"))
    assert len(set(files)) == len(files) >= 160
    assert all(row[column] == "" for row in rows for column in ("start_byte", "end_byte", "category", "original"))


def test_names_say_kind_and_language() -> None:
    for row in _rows():
        assert re.fullmatch(rf"{row['family']}-{row['language']}-\d+\.html", row["file"])


def test_all_look_alikes_and_many_languages_are_covered() -> None:
    rows = _rows()
    assert {row["family"] for row in rows} == {f"C{number:02d}" for number in range(1, 78)}
    assert len({row["language"] for row in rows}) >= 14


def test_pages_are_small_whole_and_distinct() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SUITE.glob("*.html")]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert 900 <= len(text.encode("utf-8")) <= 4096
        assert text.lower().count("<title>") == 1
        assert text.count("</html>") == 1


def test_hosts_are_reserved() -> None:
    for path in SUITE.glob("*.html"):
        for host in re.findall(r"https?://([^/\"'<\s?&%]+)", path.read_text(encoding="utf-8")):
            assert re.search(r"(^|\.)example\.(org|com|net)$", host), (path.name, host)


def test_the_suite_repeats_no_training_sentence() -> None:
    suite = "\n".join(path.read_text(encoding="utf-8") for path in SUITE.glob("*.html"))
    for kind in parts.catalogue().values():
        for language, own in kind.own.items():
            for sentence in own.get("s", ()):
                pieces = [piece for piece in re.split(r"\[[^\]]*\]", sentence) if len(piece) >= 20]
                assert not any(piece in suite for piece in pieces), (kind.id, language, sentence)
    trained = {path.stem for path in (ROOT / "data" / "honest" / "words").glob("*.toml")}
    assert trained
    for language in trained & {row["language"] for row in _rows()}:
        assert not any(sentence in suite for sentence in parts.words(language)["sent"])
