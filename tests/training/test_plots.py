"""The pictures of an evaluation: what they say is right, and nothing in a labels file can break them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from spamguard.findings import Finding, Span
from spamguard.training.curves import precision_recall, reliability
from spamguard.training.evaluate import Evaluation, evaluate
from spamguard.training.plots import write_plots
from spamguard.verdicts import Cleaned, Explanation, FileReport, Near, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADER = "file\tstart_byte\tend_byte\tcategory\tlanguage\tfamily\toriginal"
PAGE = b"<p>slot</p><p>honest</p><p>viagra</p>"
SLOT, HONEST, VIAGRA = Span(0, 11), Span(11, 24), Span(24, 37)
SVG = "{http://www.w3.org/2000/svg}"
FILES = ("precision-recall.svg", "reliability.svg", "false-positives.svg")


@dataclass
class SureGuard:
    """Sees blocks of some confidence on each page; from 0.75 on they are findings, unless the page is native."""

    blocks: Mapping[str, list[tuple[Span, float]]]
    native: frozenset[str] = frozenset()

    def explain(self, data: bytes, *, path: str | None = None) -> Explanation:
        name = path or ""
        blocks = self.blocks.get(name, [])
        sure = [] if name in self.native else [block for block in blocks if block[1] >= 0.75]
        verdict: Verdict = "native" if name in self.native else "infected" if sure else "clean"
        findings = tuple(
            Finding("f", "r", "gambling", confidence, "review", span, 1, 1, (), None, (), "")
            for span, confidence in sure
        )
        report = FileReport(name, hashlib.sha256(data).hexdigest(), len(data), "utf-8", verdict, findings=findings)
        return Explanation(
            report, tuple(Near(span, 1, score, "") for span, score in blocks if (span, score) not in sure)
        )

    def clean(self, data: bytes, *, path: str | None = None) -> Cleaned:
        return Cleaned(data, self.explain(data, path=path).report)


def _measure(folder: Path, rows: list[str], guard: SureGuard) -> Evaluation:
    for row in rows:
        (folder / row.split("\t")[0]).write_bytes(PAGE)
    labels = folder / "labels.tsv"
    labels.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return evaluate(labels, folder, guard, guesses=True)  # type: ignore[arg-type]


def _drawn(evaluation: Evaluation, folder: Path) -> dict[str, ET.Element]:
    assert [path.name for path in write_plots(evaluation, folder)] == list(FILES)
    return {name: ET.fromstring((folder / name).read_bytes()) for name in FILES}  # noqa: S314 - our own file


def _described(picture: ET.Element) -> str:
    return picture.findtext(f"{SVG}desc") or ""


def _texts(picture: ET.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


@pytest.fixture
def perfect(tmp_path: Path) -> Evaluation:
    rows = [
        *(f"bad{n}.html\t0\t11\tgambling\tid\tF1\t" for n in range(4)),
        *(f"good{n}.html\t\t\t\ten\tC1\t" for n in range(4)),
    ]
    return _measure(tmp_path, rows, SureGuard({f"bad{n}.html": [(SLOT, 0.8 + n / 20)] for n in range(4)}))


def test_a_perfect_model_draws_a_line_along_precision_one(perfect: Evaluation, tmp_path: Path) -> None:
    overall, gambling = precision_recall(perfect)
    assert (overall.name, gambling.name) == ("all categories", "gambling")
    assert {precision for _, precision in gambling.points} == {1}
    assert gambling.points[-1] == gambling.shipped == (1, 1)
    assert gambling.average_precision == 1
    picture = _drawn(perfect, tmp_path / "plots")["precision-recall.svg"]
    lines = [element.attrib["points"].split() for element in picture.iter(f"{SVG}polyline")]
    assert len(lines) == 2
    for line in lines:
        assert len({place.split(",")[1] for place in line}) == 1
    assert "gambling: 4 pages, average precision 1.00, as shipped recall 100.0 % at precision 100.0 %" in _described(
        picture
    )
    assert "AP 1.00, 4 pages" in _texts(picture)


def test_what_came_close_extends_the_curve_beyond_the_models_thresholds(tmp_path: Path) -> None:
    rows = [
        "sure.html\t0\t11\tgambling\ten\tF1\t",
        "close.html\t0\t11\tgambling\ten\tF1\t",
        "missed.html\t0\t11\tgambling\ten\tF1\t",
        "beside.html\t24\t37\tpharmacy\ten\tF1\t",
        "honest.html\t\t\t\ten\tC1\t",
        "casino.html\t\t\t\ten\tC1\t",
    ]
    blocks = {
        "sure.html": [(SLOT, 0.9), (HONEST, 0.95)],
        "close.html": [(SLOT, 0.4)],
        "beside.html": [(SLOT, 0.99)],
        "honest.html": [(HONEST, 0.5)],
        "casino.html": [(HONEST, 0.97)],
    }
    evaluation = _measure(tmp_path, rows, SureGuard(blocks, frozenset({"casino.html"})))
    overall, gambling, pharmacy = precision_recall(evaluation)
    # The honest page comes between the two: 1 of 1, 1 of 2, 2 of 3. The casino's own page is flagged at no threshold.
    assert gambling.points == ((1 / 3, 1), (1 / 3, 1 / 2), (2 / 3, 2 / 3))
    assert gambling.average_precision == pytest.approx(1 / 3 + 2 / 9)
    assert gambling.shipped == (1 / 3, 1)
    assert overall.points[-1] == (2 / 4, 2 / 3)
    # A block beside the label is no hit for its category.
    assert pharmacy.points == ((0, 0),)
    assert pharmacy.shipped is None


def test_reliability_counts_the_blocks_that_touch_a_label(tmp_path: Path) -> None:
    rows = ["a.html\t0\t11\tgambling\ten\tF1\t", "b.html\t24\t37\t\ten\tF1\t", "c.html\t\t\t\ten\tC1\t"]
    blocks = {"a.html": [(SLOT, 0.92), (HONEST, 0.98)], "b.html": [(VIAGRA, 1.0)], "c.html": [(HONEST, 0.05)]}
    evaluation = _measure(tmp_path, rows, SureGuard(blocks))
    low, high = reliability(evaluation)
    assert (low.confidence, low.true.count, low.true.of) == (0.05, 0, 1)
    assert high.confidence == pytest.approx(2.9 / 3)
    assert (high.true.count, high.true.of) == (2, 3)
    picture = _drawn(evaluation, tmp_path / "plots")["reliability.svg"]
    assert "0.97: 2 of 3 [20.8 % to 93.9 %]" in _described(picture)
    assert len(list(picture.iter(f"{SVG}circle"))) == 2


def test_false_positives_have_a_bar_a_language_as_long_as_their_share(tmp_path: Path) -> None:
    rows = [f"{language}{n}.html\t\t\t\t{language}\tC1\t" for language in ("en", "th") for n in range(4)]
    evaluation = _measure(tmp_path, rows, SureGuard({"th0.html": [(HONEST, 0.9)], "th1.html": [(HONEST, 0.9)]}))
    picture = _drawn(evaluation, tmp_path / "plots")["false-positives.svg"]
    assert "th: 2 of 4 [15.0 % to 85.0 %]" in _described(picture)
    texts = _texts(picture)
    assert [text for text in texts if text in {"all languages", "en", "th"}] == ["all languages", "en", "th"]
    assert [text for text in texts if " of " in text and text[0].isdigit()] == ["2 of 8", "0 of 4", "2 of 4"]
    _, overall, none, half = (float(element.attrib["width"]) for element in picture.iter(f"{SVG}rect"))
    assert none == 0
    assert half == pytest.approx(2 * overall, abs=0.2)


def test_names_from_a_labels_file_are_text_and_nothing_else(tmp_path: Path) -> None:
    nasty = '<script>alert("1")</script>&amp;\x1b\u202e\ufffe'
    rows = [f"a.html\t0\t11\t{nasty}\ten\tF1\t", f"b.html\t\t\t\t{nasty}\tC1\t", f"c.html\t\t\t\t{'x' * 900}\tC1\t"]
    evaluation = _measure(tmp_path, rows, SureGuard({"a.html": [(SLOT, 0.9)]}))
    pictures = _drawn(evaluation, tmp_path / "plots")
    for name in FILES:
        raw = (tmp_path / "plots" / name).read_text(encoding="utf-8")
        assert "<script" not in raw
        assert not {"\x1b", "\u202e", "\ufffe"} & set(raw)
    for name in ("precision-recall.svg", "false-positives.svg"):
        assert '<script>alert("1")</script>&amp;\\x1b\\u202e\\ufffe' in _described(pictures[name])
        assert any(text.startswith("<script>") for text in _texts(pictures[name]))
        assert max(map(len, _texts(pictures[name]))) < 120


def test_pictures_are_told_to_those_who_do_not_see_them_and_readable_to_those_who_do(
    perfect: Evaluation, tmp_path: Path
) -> None:
    for name, picture in _drawn(perfect, tmp_path / "plots").items():
        told = {element.attrib["id"] for element in (picture[0], picture[1])}
        assert picture.attrib["role"] == "img"
        assert set(picture.attrib["aria-labelledby"].split()) == told
        assert all(part.startswith(name.removesuffix(".svg")) for part in told)
        assert picture.findtext(f"{SVG}title")
        # A card of its own: a transparent one would have dark letters on a dark page.
        assert (picture[2].tag, picture[2].attrib["width"]) == (f"{SVG}rect", picture.attrib["width"])
        assert min(int(text.attrib["font-size"]) for text in picture.iter(f"{SVG}text")) >= 12
        raw = (tmp_path / "plots" / name).read_text(encoding="utf-8")
        assert raw.count("http") == raw.count("http://www.w3.org/2000/svg") == 1


def test_the_same_figures_give_the_same_bytes(perfect: Evaluation, tmp_path: Path) -> None:
    _drawn(perfect, tmp_path / "one")
    _drawn(replace(perfect, pages=perfect.pages[::-1]), tmp_path / "two")
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_nothing_to_draw_is_drawn_as_nothing(tmp_path: Path) -> None:
    pictures = _drawn(_measure(tmp_path, ["a.html\t0\t11\t\t\t\t"], SureGuard({})), tmp_path / "plots")
    assert "no block was found" in _described(pictures["reliability.svg"])
    assert "no clean page was judged" in _described(pictures["false-positives.svg"])
    assert "AP 0.00, 1 page" in _texts(pictures["precision-recall.svg"])


def test_many_languages_are_cut_to_those_with_most_pages(tmp_path: Path) -> None:
    rows = [f"{n}.html\t\t\t\tl{n}\tC1\t" for n in range(80)] + ["more.html\t\t\t\tl79\tC1\t"]
    picture = _drawn(_measure(tmp_path, rows, SureGuard({})), tmp_path / "plots")["false-positives.svg"]
    texts = _texts(picture)
    assert "l79" in texts
    assert "and 21 more languages with fewer pages" in texts


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from spamguard import guard
    from spamguard.cli import cli

    monkeypatch.setattr(guard, "Guard", lambda _settings: SureGuard({}))
    (tmp_path / "a.html").write_bytes(PAGE)
    labels = tmp_path / "labels.tsv"
    labels.write_text(f"{HEADER}\na.html\n", encoding="utf-8")
    plots = tmp_path / "new" / "plots"
    result = CliRunner().invoke(cli, ["evaluate", "--labels", str(labels), str(tmp_path), "--plots", str(plots)])
    assert result.exit_code == 0
    assert sorted(path.name for path in plots.iterdir()) == sorted(FILES)
    assert [line.rpartition("/")[2] for line in result.stderr.splitlines()] == list(FILES)
    assert "clean pages flagged" in result.stdout
