"""The study leaves out what it says it leaves out, and its attackers change what they say they change."""

from __future__ import annotations

import html
import random
from dataclasses import replace
from itertools import cycle, islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.study import adversarial, pages
from benchmarks.study.attacks import Attack, attacks, synonyms
from benchmarks.study.units import Told, Units, pooled, units_of
from benchmarks.study.written import kept
from spamguard.findings import Span
from spamguard.model.weights import load
from spamguard.training import disguise
from spamguard.training.dataset import host_pages, samples_of
from spamguard.training.inject import families, inject
from spamguard.training.sources import generated
from spamguard.training.vocabulary import Vocabulary
from spamguard.training.without import Without, language_of

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    b"<!doctype html><html><body><h1>Town library</h1><p>The library opens at nine and closes at six every day.</p>"
    b"<ul><li>Readers</li><li>Opening hours</li></ul><footer>Market street 1</footer></body></html>"
)
VOCABULARY = Vocabulary.load()
LATIN, CHINESE = "Best Casino 88", "免费赌场电话"


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable, not secret


def test_nothing_left_out_is_in_the_pages_that_are_learned_from() -> None:
    without = Without(languages=frozenset({"en", "zh"}), families=frozenset({"generic-hidden-block"}))
    documents = without.documents(generated(60, seed=1))
    assert documents
    assert not {language_of(document) for document in documents} & without.languages
    hosts = host_pages(documents, _dice(0))
    samples = samples_of(hosts, injected=60, honest_pages=30, seed=1, without=without)
    assert sum(bool(sample.labels) for sample in samples) == 60
    assert not {sample.language for sample in samples} & without.languages
    assert not {sample.family for sample in samples} & without.families


def test_words_of_a_topic_or_language_go_and_the_others_stay() -> None:
    everything = VOCABULARY
    left = Without(languages=frozenset({"ja"}), categories=frozenset({"gambling"})).words(everything)
    assert set(left.pairs()) == {pair for pair in everything.pairs() if pair[0] != "ja" and pair[1] != "gambling"}
    assert Without().words(everything) == everything


def test_documents_go_by_source_and_by_the_language_they_declare() -> None:
    (document,) = generated(1, seed=0)
    german = replace(document, language="", data=b'<!doctype html><html class="x" lang="de-AT"><body>Hallo')
    assert language_of(german) == "de"
    assert list(Without(languages=frozenset({"de"})).documents([german])) == []
    assert list(Without(sources=frozenset({german.source})).documents([german])) == []
    assert list(Without(languages=frozenset({"fr"})).documents([german])) == [german]


def test_the_kinds_of_families_name_families_that_there_are() -> None:
    assert families()
    for group in (pages.PROSE, pages.CARRIERS, pages.SINGLE, frozenset(adversarial.ATTACKED)):
        assert group <= set(families())
    assert {pages.kind_of(family) for family in adversarial.ATTACKED} == {pages.KINDS[0]}


@pytest.mark.parametrize("kind", disguise.KINDS)
def test_a_disguise_changes_what_it_is_made_for(kind: str) -> None:
    rng = _dice(3)
    written = {text: disguise.disguise(rng, text, kind) for text in (LATIN, CHINESE)}
    assert any(html.escape(text) != disguised for text, disguised in written.items())
    if kind in {"decimal", "hex", "mixed"}:
        assert all(html.unescape(disguised) == text for text, disguised in written.items())
    if kind == "doubled":
        assert all(html.unescape(html.unescape(disguised)) == text for text, disguised in written.items())


@pytest.mark.parametrize(
    ("kind", "wanted"), [("other-script", "免費賭場電話"), ("reversed", "\u202e话电场赌费免\u202c")]
)
def test_chinese_is_written_in_the_other_script_or_backwards(kind: str, wanted: str) -> None:
    assert disguise.disguise(_dice(0), CHINESE, kind) == wanted


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_an_attack_rewrites_items_of_every_language_it_is_meant_for(attack: Attack) -> None:
    rng = _dice(5)
    for language, topic in attack.targets:
        rewrite = attack.rewrite(language, topic)
        if attack.how == "none":
            assert rewrite is None
            continue
        assert rewrite is not None
        pairs = [pair for pair in VOCABULARY.pairs() if pair[0] == language and topic in (None, pair[1])]
        items = list(islice(cycle(word for pair in pairs for word in VOCABULARY.get(*pair)), 80))
        written = rewrite(rng, items)
        assert len(written) == len(items)
        assert written != items


def test_the_words_of_the_swap_are_not_in_the_lexicon() -> None:
    lexicon = load().lexicon
    assert len(synonyms()) >= 15
    for words in synonyms().values():
        assert not any(lexicon.hits(lexicon.folded(word)) for word in words)


def test_what_an_attacker_writes_stands_inside_the_label() -> None:
    page = inject(PAGE, "utf-8", _dice(1), family="vi-hidden-links", rewrite=lambda _rng, items: ["zqxj"] * len(items))
    assert b"zqxj" in page.data
    inside = b"".join(page.data[label.start : label.end] for label in page.labels)
    assert inside.count(b"zqxj") == page.data.count(b"zqxj")


def test_a_run_scores_as_its_items_weighted_by_length() -> None:
    units = Units(
        np.asarray([0.0, 1.0, 1.0, 0.0]), np.asarray([1.0, 1.0, 3.0, 4.0]), np.zeros(4, dtype=int), 0, False, ""
    )
    assert pooled(units, 1).tolist() == [0, 1, 1, 0]
    assert pooled(units, 2).tolist() == [0.5, 1, 1, 3 / 7]
    assert pooled(units, 99).tolist() == [4 / 9] * 4


def test_labelled_bytes_are_counted_in_the_unit_they_stand_in(tmp_path: Path) -> None:
    data = b"<body><p>good words</p><p>bad <a href=x>spam</a></p></body>"
    (tmp_path / "page.html").write_bytes(data)
    start = data.index(b"bad")
    told = Told("page.html", (Span(start, data.index(b"</p></body>")),), "gambling")
    items, segments = units_of(
        tmp_path, told, load(), lambda texts: [0.0] * len(texts), lambda texts: list(map(len, texts))
    )
    assert segments.inside.tolist() == [0, 7]
    assert segments.score.tolist() == [len("good words"), len("bad spam")]
    assert (segments.labelled, items.labelled, items.inside.sum()) == (7, 7, 7)


def test_a_fold_is_run_again_only_under_another_key(tmp_path: Path) -> None:
    runs: list[int] = []

    def made() -> int:
        runs.append(1)
        return len(runs)

    path = tmp_path / "fold.json"
    assert [kept(path, key, made) for key in ("a", "a", "b", "b")] == [1, 1, 2, 2]
