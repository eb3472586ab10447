"""The compiled kernels answer as their twins in Python and NumPy do: on pages that we ship, and on broken ones."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest

from spamguard import kernels
from spamguard.errors import Unjudgeable
from spamguard.features.characters import folded, marks_of
from spamguard.features.strangeness import unlike_the_page
from spamguard.guard import Guard
from spamguard.model import candidate
from spamguard.model.score import words_in
from spamguard.model.weights import Model, load
from spamguard.page.segments import read
from spamguard.page.tokens import Flow, flow_of
from spamguard.page.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = Path(__file__).resolve().parent.parent.parent / "data"
PAGES = sorted(path for path in DATA.rglob("*.htm*") if path.is_file())
Answer = TypeVar("Answer")
BROKEN = 400
PARTS = (
    "<", "</", "</>", "<!--", "-->", "--!>", "<!", "<?php x ?>", "<![CDATA[", "]]>", ">", "/>", "=", '"', "'", " ",
    "\n", "\r", "\r\n", "\t", "\x0c", "\x00", "\xa0", "é", "中文", "😀", "&", "&amp;", "&copy", "&#x41;", "&#0;",
    "&#12290;", "1", "a4", "аbс", "w0rd5", "a-b-c-d-e", "行(hang)", "\u200b", "\u202eabc", "XXXXXXXXXX", "𝓼𝓵𝓸𝓽",
    "<script>", "</script>", "<script>document.write('<a href=http://x.example>y</a>')</script>", "<!--<script>",
    "<style>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>", "<noscript>", "</noscript>",
    "<plaintext>", "<xmp>", "<rss>", "<a href=http://x.example>",
    "<a href='//x.example' title='a title of many words, so long that it is read as words, too'>", "</a>",
    "<a href=h&#116;tp://x.example>", '<a style="left:-999px" href="https://x.example/?q=slot%E3%80%82com">', "<br/>",
    "<body>", "<div style='display:none'>", '<DIV STYLE="text-indent:-9999px">', "<div hidden>", "<p id=x class=y>",
    "</body>", "</html>", "<zorp>", "<samp id=q>", "<iframe src=http://x.example width=0 height=0>",
    "<meta name=description content='a few words'>", "<meta http-equiv=refresh content='0;url=http://x.example'>",
    "<img alt='many words that are told, more than enough'>", "<details>", "<dialog open>",
    "<p aria-label='words for those who hear a page, which have to be long enough to be read here'>", "</div>",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    kernels.letters is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the shipped model."""
    return load()


def test_there_are_pages_to_compare() -> None:
    assert len(PAGES) > 200


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_page_is_read_and_judged_alike(path: Path, model: Model) -> None:
    data = path.read_bytes()
    _is_read_alike(data.decode("utf-8", "replace"))
    _is_judged_alike(data, model)


@pytest.mark.parametrize("seed", range(8))
def test_a_broken_page_is_read_and_judged_alike(seed: int, model: Model) -> None:
    for text in _broken(seed):
        _is_read_alike(text)
        _is_judged_alike(text.encode("utf-8", "replace"), model)


@pytest.mark.parametrize(
    "text",
    [
        "<p ARIA-LABEL='words for those who hear a page, which have to be long enough to be read here'>words</p>",
        "<noscript data-note='first words, long enough to be read'><p data-note='other words, as long as the first'>",
        "<p data-\u212aeywords='words, more words, many more words, and then some'>words</p>",
        "<bloc\u212aquote>one</bloc\u212aquote>two<lin\u212a>",
        "<p style=a'b\"c&#58;display:none>words</p>",
        "<a href='https://x.example/?q=slot&percnt;E3&percnt;80&percnt;82com'>words</a>",
        "<a href='https://x.example/?a=b&AMP;c&lang=d&copy;&ecir'>words</a>",
        "words<p>\x04<zorp>words</p>",
        "words \x06<iframe src=http://x.example></iframe><zorp>",
        "<?php echo 'words that are \x00 seen' ?>",
        "c&1l1к",
        "x=a'b\"c&1l1к",
        "行(1a1) 行(1a1к)",
        "字" * 20 + "行(1a1)",
    ],
)
def test_a_page_that_was_once_read_otherwise_is_read_and_judged_alike(text: str, model: Model) -> None:
    _is_read_alike(text)
    _is_judged_alike(text.encode(), model)


def _broken(seed: int) -> Iterator[str]:
    """Pages with parts put in and taken out anywhere, and heaps of parts."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(BROKEN // 8):
        text = chance.choice(PAGES).read_text("utf-8", "replace") if number % 2 else ""
        for _ in range(chance.randrange(1, 40)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PARTS) + text[at + chance.choice((0, 0, 0, 3)) :]
        yield text


def _is_read_alike(text: str) -> None:
    compiled, plain = _both(lambda: flow_of(text))
    assert _told(compiled) == _told(plain)


def _told(flow: Flow) -> tuple[object, ...]:
    return "".join(flow.pieces), *(getattr(flow, name) for name in Flow.__slots__ if name != "pieces")


def _is_judged_alike(data: bytes, model: Model) -> None:
    try:
        page = read(data, path="page.html")
    except Unjudgeable:
        return
    if not len(page):
        return
    for compiled, plain in zip(*_both(lambda: _described(page.text, model)), strict=True):
        assert compiled.shape == plain.shape
        assert np.allclose(compiled, plain, atol=1e-5)
    codes = folded(page.text, model.folds).codes
    named, named_plainly = _both(lambda: model.keynotes.hits(codes))
    assert named == named_plainly
    looked_at, looked_at_plainly = _both(lambda: candidate.is_candidate(page, model))
    assert looked_at is looked_at_plainly


def _described(text: str, model: Model) -> list[np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    characters = folded(text, model.folds)
    marks = marks_of(characters)
    words = words_in(characters, model)
    kinds = np.zeros(len(characters.ends), dtype=np.int8)
    suspects = candidate.suspects_of(characters, marks, kinds, model)
    scores = model.sieve.score(np.zeros((3, 39), dtype=np.float32))
    return [*characters, *marks, *words, unlike_the_page(characters), suspects.rows, suspects.table, scores]


def _both(ask: Callable[[], Answer]) -> tuple[Answer, Answer]:
    """What is answered with kernels, and what without."""
    compiled = ask()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("letters", "phrases", "tables", "look", "markup", "judge", "utf8"):
            patch.setattr(kernels, name, None)
        return compiled, ask()


@pytest.mark.parametrize("text", ["", "wor", "a word", "two words, a word", "слово", "a\U0001f600word", "word" * 500])
def test_the_same_words_of_a_list_are_found(text: str) -> None:
    watch = Watch(("word", "two", "слов", "\U0001f600w", "longer words", "wo"))
    compiled, plain = _both(lambda: (watch.found_in(text), watch.finds_any(text)))
    assert compiled == plain


def test_the_report_of_a_site_does_not_depend_on_a_compiler() -> None:
    command = (sys.executable, "-m", "spamguard", "scan", "--format", "jsonl", str(DATA / "sample-site" / "site"))
    reports = [
        subprocess.run(command, env=os.environ | {"SPAMGUARD_PURE": pure}, capture_output=True, check=False)
        for pure in ("", "1")
    ]
    assert reports[0].returncode == reports[1].returncode == 1
    assert reports[0].stdout == reports[1].stdout


@pytest.mark.parametrize(
    "text",
    [
        "<a " + "x=1 " * 200_000 + ">words</a>",
        "<" + "b" * 1_000_000,
        "<p>" + "<!--" * 200_000,
        "<script>" + "<!--<script>" * 100_000,
        "<script><!--</script>" * 100_000,
        "<p>" + "ab" * 200_000,
        "</>" * 300_000 + "words",
        "<p>" + "&" * 300_000,
        "<p>" + "<" * 300_000,
        "<title>" + "</titl" * 200_000,
        "<div style='" + ":" * 1_000_000 + "'>words",
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_page_is_read_to_its_end(text: str) -> None:
    Guard().scan(text.encode(), path="page.html")
    _is_read_alike(text)
