"""What the shipped model promises: the sample site cut to the byte, look-alikes left alone, bad input named."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import spamguard
from spamguard import Guard, ModelError, Settings
from spamguard.model.weights import NOTES, load, shipped
from spamguard.training.notes import notes_file

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample-site"
HARD = ROOT / "data" / "hard-clean"
SHARED = ROOT.parent / "shared" / "corpus" / "infected"


def _labels(folder: Path) -> dict[str, list[dict[str, str]]]:
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as lines:
        rows: dict[str, list[dict[str, str]]] = {}
        for row in csv.DictReader(lines, delimiter="\t"):
            rows.setdefault(row["file"], []).append(row)
    return rows


LABELS = _labels(SAMPLE)
INFECTED = sorted(name for name, rows in LABELS.items() if rows[0]["start_byte"])
LOOK_ALIKES = sorted(name for name, rows in LABELS.items() if not rows[0]["start_byte"])


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.mark.parametrize("name", INFECTED)
def test_an_infected_sample_page_is_the_page_before_again(guard: Guard, name: str) -> None:
    cleaned = guard.clean((SAMPLE / name).read_bytes(), path=name)
    assert cleaned.report.verdict == "infected"
    assert cleaned.data == (SAMPLE / LABELS[name][0]["original"]).read_bytes()


@pytest.mark.parametrize("name", INFECTED)
def test_every_labelled_block_is_found_and_named(guard: Guard, name: str) -> None:
    report = guard.scan((SAMPLE / name).read_bytes(), path=name)
    for row in LABELS[name]:
        start, end = int(row["start_byte"]), int(row["end_byte"])
        found = [f for f in report.findings if any(e.start < end and start < e.end for e in f.edits)]
        assert found, row
        assert row["category"] in {f.category for f in found}
        assert all(finding.evidence and finding.excerpt for finding in found)


@pytest.mark.parametrize("name", INFECTED)
def test_a_cleaned_page_is_clean(guard: Guard, name: str) -> None:
    once = guard.clean((SAMPLE / name).read_bytes(), path=name)
    again = guard.clean(once.data, path=name)
    assert again.data == once.data
    assert again.report.findings == ()


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_look_alike_on_the_sample_site_is_left_alone(guard: Guard, name: str) -> None:
    report = guard.scan((SAMPLE / name).read_bytes(), path=name)
    assert (report.verdict, report.findings) == ("clean", ())


def test_honest_pages_that_look_like_spam_are_never_cut(guard: Guard) -> None:
    flagged = []
    for name in _labels(HARD):
        data = (HARD / name).read_bytes()
        cleaned = guard.clean(data, path=name)
        assert cleaned.data == data, name
        if cleaned.report.findings:
            flagged.append(name)
    assert len(flagged) <= 4, flagged


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-be", "iso2022_jp", "gb18030", "utf-8-sig", "shift_jis", "euc_jp"]
)
def test_the_cut_is_exact_in_every_sort_of_charset(guard: Guard, encoding: str) -> None:
    prefix = "\ufeff" if encoding == "utf-16-be" else ""
    charset = {"utf-8-sig": "utf-8", "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp"}.get(encoding, encoding)
    before = (
        f'{prefix}<html><head><meta charset="{charset}"><title>町の図書館のお知らせ</title></head>\n<body>\n'
        "<p>図書館は午前九時に開きます。カードをお持ちください。来週の火曜日は館内整理のため休館します。</p>\n"
        "<p>郷土史の講座は二階の会議室で行います。申し込みは受付でどうぞ。参加は無料です。</p>\n"
    )
    block = '<div style="display:none">' + " ".join(
        f'<a href="http://shop{number}.example.net/">{text}</a>'
        for number, text in enumerate(
            (
                "スーパーコピー時計 激安通販",
                "ブランドコピー専門店",
                "財布コピー 代引き",
                "オンラインカジノ",
                "n級品 激安",
            )
        )
    )
    after = "<p>お問い合わせは受付まで。</p>\n</body></html>\n"
    cleaned = guard.clean((before + block + "</div>\n" + after).encode(encoding))
    assert cleaned.report.verdict == "infected"
    assert cleaned.data == (before + after).encode(encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b'<meta charset="x-nobody">' + "Приве́т мир".encode("cp1251", "ignore"), "unknown-charset"),
    ],
    ids=["empty", "blank", "image", "noise", "unknown charset"],
)
def test_what_cannot_be_judged_is_skipped_for_a_named_reason(guard: Guard, data: bytes, reason: str) -> None:
    cleaned = guard.clean(data)
    assert (cleaned.report.verdict, cleaned.report.reason) == ("skipped", reason)
    assert cleaned.data == data


def test_a_page_over_the_limit_is_skipped() -> None:
    report = Guard(Settings(max_bytes=1000)).scan(b"<p>" + b"a" * 1000)
    assert (report.verdict, report.reason) == ("skipped", "too-large")


def test_the_module_functions_judge_with_the_shipped_model() -> None:
    name = "site/id-desa.html"
    data = (SAMPLE / name).read_bytes()
    assert spamguard.scan(data, path=name).sha256 == hashlib.sha256(data).hexdigest()
    assert spamguard.clean(data, path=name).data == (SAMPLE / "before" / "id-desa.html").read_bytes()


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("weights.npz", "manifest.json"):
        (tmp_path / name).write_bytes((shipped() / name).read_bytes())
    weights = bytearray((tmp_path / "weights.npz").read_bytes())
    weights[len(weights) // 2] ^= 1
    (tmp_path / "weights.npz").write_bytes(bytes(weights))
    with pytest.raises(ModelError, match="damaged"):
        Guard(Settings(model=tmp_path))


def test_a_model_for_other_features_is_refused(tmp_path: Path) -> None:
    manifest = json.loads((shipped() / "manifest.json").read_text(encoding="utf-8"))
    manifest["item_features"] = manifest["item_features"][:-1]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "weights.npz").write_bytes((shipped() / "weights.npz").read_bytes())
    with pytest.raises(ModelError, match="other features"):
        Guard(Settings(model=tmp_path))


def test_the_stored_notes_of_keywords_are_those_of_the_list() -> None:
    """If this fails, the list or the model has changed: run ``python -m spamguard.training.notes``."""
    model = load()
    assert (shipped() / NOTES).read_bytes() == notes_file(model.lexicon, model.words)


def test_a_list_without_stored_notes_is_read_instead(tmp_path: Path) -> None:
    for name in ("weights.npz", "manifest.json"):
        (tmp_path / name).write_bytes((shipped() / name).read_bytes())
    page = (SAMPLE / "site" / "id-desa.html").read_bytes()
    wanted = Guard().scan(page).findings
    assert wanted
    assert Guard(Settings(model=tmp_path)).scan(page).findings == wanted
    (tmp_path / NOTES).write_bytes(b"no archive")
    assert Guard(Settings(model=tmp_path)).scan(page).findings == wanted


def test_the_weights_are_plain_arrays_of_modest_size() -> None:
    file = shipped() / "weights.npz"
    assert file.stat().st_size <= 5 * 1024 * 1024
    with np.load(file, allow_pickle=False) as archive:
        assert all(archive[name].dtype != object for name in archive.files)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real infected pages of ../shared are not here")
def test_real_infected_pages_are_found(guard: Guard) -> None:
    with (SHARED / "labels.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            report = guard.scan((SHARED / row["file"]).read_bytes(), path=row["file"])
            start, end = int(row["start_byte"]), int(row["end_byte"])
            found = sum(max(0, min(e.end, end) - max(e.start, start)) for f in report.findings for e in f.edits)
            assert found >= 0.95 * (end - start), row["file"]


def test_a_title_is_the_pages_own_when_the_page_is_about_it(guard: Guard) -> None:
    page = (SAMPLE / "site/clean-id-antigambling.html").read_bytes()
    before, _, rest = page.partition(b"<title>")
    _, _, after = rest.partition(b"</title>")
    swapped = (
        before + b"<title>Slot Gacor Maxwin | Bonus Deposit | RTP Live | Scatter Hitam | Agen Togel</title>" + after
    )
    assert guard.scan(page).verdict == "clean"
    assert [finding.rule for finding in guard.scan(swapped).findings] == ["spam-title"]


def test_a_run_far_longer_than_the_page_is_cut_all_the_same(guard: Guard) -> None:
    words = ("slot gacor", "situs judi bola", "rtp live hari ini", "agen togel", "casino online", "bonus new member")
    paragraph = (
        "<p>The village school opens its doors on Monday, and parents are welcome to see the new classrooms.</p>\n"
    )
    before, after = "<!doctype html><html><body><h1>Village school</h1>\n" + paragraph * 12, "</body></html>\n"
    run = "<div>" + " | ".join(f"{words[i % 6]} {words[i * 5 % 6]}" for i in range(1_200)) + "</div>\n"
    cleaned = guard.clean((before + run + after).encode())
    assert cleaned.report.verdict == "infected"
    assert cleaned.data == (before + after).encode()
