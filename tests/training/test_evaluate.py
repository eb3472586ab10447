"""Every figure is computed by hand here: four pages, and a guard that finds what the test tells it to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from spamguard.errors import LabelError, PlanRefused
from spamguard.findings import Disposition, Edit, Finding, Span
from spamguard.training.evaluate import Evaluation, evaluate
from spamguard.training.figures import ratio, share
from spamguard.training.labels import read_labels
from spamguard.training.tables import render_json, render_text
from spamguard.training.textbytes import text_bytes
from spamguard.verdicts import Cleaned, FileReport, Verdict

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "file\tstart_byte\tend_byte\tcategory\tlanguage\tfamily\toriginal"
ORIGINAL = b"<p>good words</p>\n"
SPAM = b'<div style="display:none"><a href="//example.org">slot</a> <b>bonus</b></div>\n'


@dataclass
class FakeGuard:
    """Finds ``(start, end, disposition, replacement)`` by page; ``verdicts`` overrides what follows from that."""

    found: dict[str, list[tuple[int, int, Disposition, str]]]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        name = path or ""
        findings = tuple(_finding(*what) for what in self.found.get(name, ()))
        verdict: Verdict = self.verdicts.get(name, "infected" if findings else "clean")
        reason = "too-large" if verdict == "skipped" else None
        return FileReport(name, hashlib.sha256(data).hexdigest(), len(data), "utf-8", verdict, reason, findings)

    def clean(self, data: bytes, *, path: str | None = None) -> Cleaned:
        if path in self.refuses:
            raise PlanRefused("a table would lose a row")
        report = self.scan(data, path=path)
        cleaned = data
        for edit in reversed(report.safe_edits()):
            cleaned = cleaned[: edit.start] + edit.replacement.encode() + cleaned[edit.end :]
        return Cleaned(cleaned, report)


def _finding(start: int, end: int, disposition: Disposition, replacement: str) -> Finding:
    edits = (Edit(start, end, replacement),)
    return Finding("f", "r", "gambling", 0.9, disposition, Span(start, end), 1, 1, edits, None, (), "")


def _measure(folder: Path, rows: list[str], guard: FakeGuard) -> Evaluation:
    labels = folder / "labels.tsv"
    labels.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return evaluate(labels, folder, guard)  # type: ignore[arg-type]


@pytest.fixture
def four_pages(tmp_path: Path) -> Evaluation:
    """Two infected pages, one of them found in part, and two clean ones, one of them accused."""
    (tmp_path / "original.html").write_bytes(ORIGINAL)
    (tmp_path / "whole.html").write_bytes(ORIGINAL + SPAM)
    (tmp_path / "part.html").write_bytes(ORIGINAL + SPAM)
    (tmp_path / "accused.html").write_bytes(b"<p>casino ban</p>")
    (tmp_path / "fine.html").write_bytes(b"<p>opening hours</p>")
    start, end = len(ORIGINAL), len(ORIGINAL + SPAM)
    bonus = (ORIGINAL + SPAM).index(b"<b>")
    guard = FakeGuard(
        {
            "whole.html": [(start, end, "safe", "")],
            # From "words" in the honest paragraph to before "bonus": 5 bytes too many, and 4 of 9 spam bytes.
            "part.html": [(8, bonus, "safe", ""), (0, 3, "review", "")],
            "accused.html": [(3, 9, "review", "")],
        }
    )
    rows = [
        f"whole.html\t{start}\t{end}\tgambling\tth\thidden\toriginal.html",
        f"part.html\t{start}\t{end}\tadult\tth\thidden\toriginal.html",
        "accused.html\t\t\t\ten\tC01\t",
        "fine.html\t\t\t\tth\tC02\t",
    ]
    return _measure(tmp_path, rows, guard)


def test_overall_figures(four_pages: Evaluation) -> None:
    overall = four_pages.overall
    assert (overall.false_positive_rate.count, overall.false_positive_rate.of) == (1, 2)
    assert (overall.safe_false_positive_rate.count, overall.safe_false_positive_rate.of) == (0, 2)
    assert (overall.page_recall.count, overall.page_recall.of) == (2, 2)
    # "slot" and "bonus" are 9 bytes of text a page: 9 and 4 of them lie in findings.
    assert (overall.byte_recall.count, overall.byte_recall.of) == (13, 18)
    # Honest text: "good words" twice (9 bytes without the space), "casino ban" (9), "opening hours" (12).
    assert (overall.collateral.count, overall.collateral.of) == (5, 39)
    assert overall.collateral.value == pytest.approx(5 / 39 * 1e6)
    assert (overall.collateral_pages.count, overall.collateral_pages.of) == (1, 4)
    assert (overall.exact_restore.count, overall.exact_restore.of) == (1, 2)
    # Four findings; the paragraph's opening tag and the one on the clean page touch no label.
    assert (overall.false_discovery_rate.count, overall.false_discovery_rate.of) == (2, 4)


def test_figures_of_groups(four_pages: Evaluation) -> None:
    assert {name: list(groups) for name, groups in four_pages.groups.items()} == {
        "language": ["en", "th"],
        "category": ["adult", "gambling"],
        "family": ["C01", "C02", "hidden"],
    }
    thai = four_pages.groups["language"]["th"]
    assert (thai.false_positive_rate.count, thai.false_positive_rate.of) == (0, 1)
    assert (thai.page_recall.count, thai.page_recall.of) == (2, 2)
    assert (thai.collateral.count, thai.collateral.of) == (5, 30)
    adult = four_pages.groups["category"]["adult"]
    assert (adult.byte_recall.count, adult.byte_recall.of) == (4, 9)
    assert (adult.byte_recall.low, adult.byte_recall.high) == (None, None)
    assert adult.false_positive_rate.value is None
    assert four_pages.groups["family"]["C01"].false_positive_rate.value == 1
    assert four_pages.groups["family"]["C02"].false_positive_rate.value == 0


def test_pages_that_went_wrong_are_named(four_pages: Evaluation) -> None:
    assert four_pages.judged == 4
    assert four_pages.verdicts_clean == {"clean": 1, "infected": 1}
    assert four_pages.verdicts_infected == {"infected": 2}
    assert four_pages.accused == ("accused.html",)
    assert four_pages.missed == ()
    assert four_pages.damaged == ("part.html",)
    assert four_pages.not_restored == ("part.html",)


def test_labels_of_several_groups_on_one_page_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>slot</p><p>honest</p><p>viagra</p>")
    rows = ["a.html\t0\t11\tgambling\ten\tF1\t", "a.html\t24\t37\tpharmacy\ten\tF2\t"]
    evaluation = _measure(tmp_path, rows, FakeGuard({"a.html": [(0, 11, "safe", "")]}))
    assert evaluation.overall.page_recall.count == 1
    assert (evaluation.overall.byte_recall.count, evaluation.overall.byte_recall.of) == (4, 10)
    assert evaluation.groups["category"]["gambling"].page_recall.value == 1
    assert evaluation.groups["category"]["pharmacy"].page_recall.value == 0
    assert (evaluation.overall.collateral.count, evaluation.overall.collateral.of) == (0, 6)


def test_a_label_without_text_counts_by_page_only(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b'<p>honest</p><script src="//example.org/x.js"></script>')
    guard = FakeGuard({"a.html": [(13, 50, "safe", "")]})
    overall = _measure(tmp_path, ["a.html\t13\t55\tlinks\ten\tF1\t"], guard).overall
    assert overall.page_recall.value == 1
    assert (overall.byte_recall.of, overall.byte_recall.value) == (0, None)


def test_what_a_replacement_writes_again_is_no_collateral(tmp_path: Path) -> None:
    page = b"<title>Slot gacor - City library</title>"
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "b.html").write_bytes(page.replace(b"Slot gacor - ", b""))
    guard = FakeGuard({"a.html": [(7, 32, "safe", "City library")]})
    overall = _measure(tmp_path, ["a.html\t7\t20\tgambling\tid\tF1\tb.html"], guard).overall
    assert (overall.collateral.count, overall.collateral.of) == (0, 11)
    assert overall.exact_restore.value == 1


def test_a_doorway_verdict_without_findings_accuses_a_clean_page(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(b"<p>text</p>")
    guard = FakeGuard({}, {"a.html": "spam", "b.html": "native"})
    evaluation = _measure(tmp_path, ["a.html\t\t\t\t\t\t", "b.html\t\t\t\t\t\t"], guard)
    assert evaluation.accused == ("a.html",)


def test_pages_that_cannot_be_judged_are_listed_and_not_counted(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "large.html").write_bytes(b"<p>text</p>")
    (tmp_path / "fine.html").write_bytes(b"<p>text</p>")
    rows = ["empty.html", "large.html\t0\t5\tadult\ten\tF1\t", "fine.html"]
    evaluation = _measure(tmp_path, rows, FakeGuard({}, {"large.html": "skipped"}))
    assert [(page.file, page.infected, page.skipped) for page in evaluation.skipped] == [
        ("empty.html", False, "empty"),
        ("large.html", True, "too-large"),
    ]
    assert evaluation.judged == 1
    assert evaluation.overall.page_recall.of == 0


def test_a_refused_plan_is_a_page_not_restored(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(SPAM + ORIGINAL)
    (tmp_path / "b.html").write_bytes(ORIGINAL)
    guard = FakeGuard({"a.html": [(0, len(SPAM), "review", "")]}, refuses=frozenset({"a.html"}))
    evaluation = _measure(tmp_path, [f"a.html\t0\t{len(SPAM)}\tadult\ten\tF1\tb.html"], guard)
    assert evaluation.not_restored == ("a.html",)
    assert evaluation.overall.page_recall.value == 1


def test_text_is_counted_without_markup_in_every_charset() -> None:
    page = (
        '<title>ab</title><meta name="keywords" content="cd ef"><p class="zz">gh |<!-- <a href="//x">ijklmnop</a> -->'
        "</p><script>var q</script>"
    )
    for codec, width in (("ascii", 1), ("utf-16", 2)):
        data = page.encode(codec)
        mask = text_bytes(data, "a.html")
        kept = bytes(byte for byte, text in zip(data, mask, strict=True) if text)
        assert kept.replace(b"\0", b"").decode("ascii") == "abcdefgh|ijklmnop"
        assert mask.sum() == 17 * width
    plain = "one two\n\nслово\n".encode()
    assert text_bytes(plain, "a.txt").sum() == len(plain.replace(b" ", b"").replace(b"\n", b""))


def test_wilson_intervals() -> None:
    # Reference values: Newcombe (1998), table I.
    one = share(81, 263)
    assert (round(one.low or 0, 4), round(one.high or 0, 4)) == (0.2553, 0.3662)
    none = share(0, 20)
    assert none.low == 0
    assert round(none.high or 0, 4) == 0.1611
    assert share(0, 0).value is None


def test_bootstrap_is_over_pages_and_repeatable() -> None:
    pages = [(10, 10)] * 5 + [(0, 10)] * 5
    first = ratio(pages)
    assert first == ratio(pages)
    assert first.value == 0.5
    assert first.low is not None
    assert first.high is not None
    # Counted by bytes the interval would be 0.40 to 0.60; the ten pages tell much less.
    assert first.low < 0.35
    assert first.high > 0.65


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file\tstart_byte\tend_byte\tcategory\tlanguage\tfamily\na.html\n", r"labels\.tsv:1: missing column original"),
        (f"{HEADER}\n\nnowhere.html\n", r"labels\.tsv:3: no such file in .*: nowhere\.html"),
        (f"{HEADER}\n../outside.html\n", r"labels\.tsv:2: \.\./outside\.html lies outside"),
        (f"{HEADER}\n/etc/passwd\n", r"labels\.tsv:2: /etc/passwd lies outside"),
        (f"{HEADER}\na.html\t0\t12\tadult\n", r"labels\.tsv:2: bytes 0 to 12 are no stretch of a file of 11 bytes"),
        (f"{HEADER}\na.html\t5\t5\tadult\n", r"labels\.tsv:2: bytes 5 to 5 are no stretch"),
        (f"{HEADER}\na.html\t5\t\tadult\n", r"labels\.tsv:2: start_byte and end_byte must be two whole numbers"),
        (f"{HEADER}\na.html\t-1\t5\tadult\n", r"labels\.tsv:2: start_byte and end_byte must be two whole numbers"),
        (f"{HEADER}\na.html\na.html\t0\t5\tadult\n", r"labels\.tsv:3: a\.html is called clean in one row"),
        (f"{HEADER}\na.html\t\t\t\t\t\tgone.html\n", r"labels\.tsv:2: no such original: gone\.html"),
        (f"{HEADER}\n" + "\t" * 7 + "\n" + "a.html" + "\t" * 7 + "\n", r"labels\.tsv:3: 8 cells"),
    ],
)
def test_what_breaks_the_contract_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.html").write_bytes(b"<p>text</p>")
    (tmp_path / "outside.html").write_bytes(b"<p>text</p>")
    (folder / "labels.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(LabelError, match=message):
        read_labels(folder / "labels.tsv", folder)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "outside.html").write_bytes(b"<p>text</p>")
    (folder / "a.html").symlink_to(tmp_path / "outside.html")
    (folder / "labels.tsv").write_text(f"{HEADER}\na.html\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"labels\.tsv:2: a\.html lies outside"):
        read_labels(folder / "labels.tsv", folder)


def test_labels_may_lie_elsewhere_with_the_originals(tmp_path: Path) -> None:
    site, told = tmp_path / "site", tmp_path / "told"
    (told / "before").mkdir(parents=True)
    site.mkdir()
    (site / "a.html").write_bytes(SPAM)
    (told / "before" / "a.html").write_bytes(b"")
    text = f"\ufeff{HEADER}\r\na.html\t0\t9\todd\ten\tF1\tbefore/a.html\r\n"
    (told / "labels.tsv").write_bytes(text.encode())
    labels = read_labels(told / "labels.tsv", site)
    assert labels.pages[0].original == told / "before" / "a.html"
    assert labels.warnings == (f"{told / 'labels.tsv'}:2: unknown category 'odd'",)


def test_text_fits_a_hundred_columns_and_json_has_the_same_figures(four_pages: Evaluation) -> None:
    text = render_text(four_pages)
    assert max(map(len, text.splitlines())) <= 100
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "infected pages found (page recall) 100.00 % [34.24-100.00] 2 of 2" in lines
    assert "hidden 2 100 [34-100] 72 [44-100] 278k [0-556k] 50 [9.5-91]" in lines
    assert "C01 1 100 [21-100] 0.0 [0.0-79] 0" in lines
    data = json.loads(render_json(four_pages))
    assert list(data) == [
        "schema", "version", "judged", "overall", "language", "category", "family", "verdicts", "skipped", "mistakes",
        "warnings",
    ]  # fmt: skip
    assert data["overall"]["byte_recall"] == {
        "count": 13,
        "of": 18,
        "value": pytest.approx(13 / 18),
        "low": pytest.approx(4 / 9),
        "high": 1.0,
    }
    assert data["mistakes"]["accused"] == ["accused.html"]
    assert data["verdicts"] == {"clean": {"clean": 1, "infected": 1}, "infected": {"infected": 2}}


def test_names_from_the_labels_cannot_drive_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(SPAM)
    rows = [f"a.html\t0\t9\tadult\ten\t{'very-long-family-name-' * 9}\x1b[31m\t"]
    text = render_text(_measure(tmp_path, rows, FakeGuard({})))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from spamguard import guard
    from spamguard.cli import cli

    monkeypatch.setattr(guard, "Guard", lambda _settings: FakeGuard({}, {"skipped.html": "skipped"}))
    for name in ("fine.html", "skipped.html"):
        (tmp_path / name).write_bytes(b"<p>text</p>")
    labels = tmp_path / "labels.tsv"

    def run(file: str, *more: str) -> tuple[int, str]:
        labels.write_text(f"{HEADER}\n{file}\n", encoding="utf-8")
        result = CliRunner().invoke(cli, ["evaluate", "--labels", str(labels), str(tmp_path), *more])
        return result.exit_code, result.output

    assert run("fine.html")[0] == 0
    assert json.loads(run("fine.html", "--format", "json")[1])["judged"] == 1
    assert run("skipped.html")[0] == 3
    code, output = run("gone.html")
    assert code == 2
    assert "labels.tsv:2: no such file" in output
