"""What the training room promises: exact labels, honest bytes untouched, the same bytes for the same seed."""

# ruff: noqa: S311 - the seeds are the point here.

import random
import re
from pathlib import Path

import pytest

from spamguard.findings import CATEGORIES
from spamguard.model.weights import known_lexicon, read_lexicon, shipped_atoms
from spamguard.training.doorway import doorway
from spamguard.training.grammar import load_grammar
from spamguard.training.hosts import example_host
from spamguard.training.inject import Injected, encoded, families, inject, replacing_families
from spamguard.training.spamtext import default_vocabulary, flattery, items, languages, pairs, prose
from spamguard.training.vocabulary import Vocabulary

ENGLISH = b"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Village library</title>
</head>
<body>
<ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul>
<p>The library opens at nine in the morning. Bring your card with you. Readers sit upstairs in the small room.</p>
<table><tr><td>Monday</td><td>9-17</td></tr></table>
<img src="door.jpg" alt="The front door">
<div class="foot">Copyright 2024 Village library</div>
</body>
</html>
"""
CHINESE = (
    '<html><head><meta charset="gbk"><title>示例县档案馆</title></head><body>'
    "<div><p>本馆每天上午九点开放，请携带有效证件。读者可以在二楼阅览室查阅资料。周一闭馆。</p></div>"
    '<div class="foot">版权所有 示例县档案馆</div></body></html>'
).encode("gbk")
BARE = b"<p>Just a note about the garden, nothing else. It rained all day.</p>\n<p>Second note.</p>\n"
JAPANESE = "<html><body>\r\n<p>図書館は午前九時に開館します。能力表と予定をご覧ください。</p>\r\n</body></html>".encode(
    "shift_jis"
)
RUSSIAN = "<p>Библиотека открыта с девяти утра. Возьмите с собой билет.</p></body></html>".encode("windows-1251")

PAGES = (
    pytest.param(ENGLISH, "utf-8", id="english-utf8"),
    pytest.param(CHINESE, "gbk", id="chinese-gbk"),
    pytest.param(BARE, "utf-8", id="no-html-or-body"),
    pytest.param(JAPANESE, "shift_jis", id="japanese-crlf"),
    pytest.param(RUSSIAN, "windows-1251", id="russian"),
    pytest.param(b"", "utf-8", id="empty"),
)


def without_labels(injected: Injected) -> bytes:
    data = injected.data
    for label in reversed(injected.labels):
        data = data[: label.start] + data[label.end :]
    return data


@pytest.mark.parametrize(("page", "encoding"), PAGES)
@pytest.mark.parametrize("family", families())
def test_the_labels_are_the_injection_and_nothing_else(family: str, page: bytes, encoding: str) -> None:
    for seed in range(4):
        injected = inject(page, encoding, random.Random(f"{family} {seed}"), family=family)
        assert injected.original == page
        assert injected.family == family
        edges = [edge for label in injected.labels for edge in (label.start, label.end)]
        assert edges
        assert edges == sorted(set(edges))
        assert edges[-1] <= len(injected.data)
        assert {label.category for label in injected.labels} <= set(CATEGORIES)
        if family not in replacing_families():
            assert without_labels(injected) == page
        injected.data.decode(encoding)


@pytest.mark.parametrize("family", families())
def test_the_same_seed_gives_the_same_bytes(family: str) -> None:
    first = inject(ENGLISH, "utf-8", random.Random(7), family=family)
    assert inject(ENGLISH, "utf-8", random.Random(7), family=family) == first
    others = {inject(ENGLISH, "utf-8", random.Random(seed), family=family).data for seed in range(8, 16)}
    assert len(others) > 1


def test_a_replaced_title_is_labelled_and_the_page_before_is_kept() -> None:
    for seed in range(10):
        injected = inject(ENGLISH, "utf-8", random.Random(seed), family="zh-gambling-tdk-swap", language="zh")
        title = re.search(rb"<title>(.*?)</title>", injected.data)
        assert title
        assert title[1] != b"Village library"
        assert any(label.start <= title.start(1) and title.end(1) <= label.end for label in injected.labels)
        assert b'document.title="Village library"' in injected.data


def test_what_is_asked_for_is_what_is_injected() -> None:
    for seed in range(20):
        injected = inject(ENGLISH, "utf-8", random.Random(seed), language="tr", category="escorts")
        assert (injected.language, injected.category) == ("tr", "escorts")
        assert {(label.language, label.category) for label in injected.labels} == {("tr", "escorts")}


def test_there_are_sixty_families_and_free_choice_reaches_most_of_them() -> None:
    assert len(families()) >= 60
    drawn = {inject(ENGLISH, "utf-8", random.Random(seed)).family for seed in range(800)}
    assert len(drawn) > 0.9 * len(families())


def test_letters_the_charset_lacks_become_references() -> None:
    assert encoded("слот老虎机", "windows-1251") == "слот".encode("windows-1251") + b"&#32769;&#34382;&#26426;"
    assert encoded("é", "no-such-charset") == b"&#233;"


def test_charsets_that_are_not_ascii_compatible_are_refused() -> None:
    with pytest.raises(ValueError, match="utf-16"):
        inject("<p>x</p>".encode("utf-16"), "utf-16", random.Random(1))


def test_words_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        inject(ENGLISH, "utf-8", random.Random(1), language="tlh")
    with pytest.raises(ValueError, match="no words"):
        items(random.Random(1), "tlh", "gambling", 3)


def test_a_split_shares_no_word_and_loses_none() -> None:
    whole = default_vocabulary()
    first, second = whole.split(0.8, seed=3)
    assert first.words().isdisjoint(second.words())
    assert first.words() | second.words() == whole.words()
    assert 0.78 < len(first.words()) / len(whole.words()) < 0.82
    assert whole.split(0.8, seed=3) == (first, second)


def test_only_the_given_words_are_used() -> None:
    made_up = Vocabulary.of({("en", "gambling"): ["quuxplay"], ("id", "gambling"): ["quuxplay"]})
    for language in ("en", "id"):
        patterns = [p for p in load_grammar(language).items["gambling"] if "{kw}" not in p]
        wordless = [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(p)), re.IGNORECASE) for p in patterns]
        made = items(random.Random(5), language, "gambling", 200, made_up)
        assert any("quuxplay" in item.lower() for item in made)
        for item in made:
            assert "quuxplay" in item.lower() or any(pattern.fullmatch(item) for pattern in wordless)
        assert any("quuxplay" in s.lower() for s in prose(random.Random(5), language, "gambling", 30, made_up))
    injected = inject(ENGLISH, "utf-8", random.Random(2), family="generic-visible-block", vocabulary=made_up)
    assert injected.language in {"en", "id"}
    with pytest.raises(ValueError, match="no words"):
        inject(ENGLISH, "utf-8", random.Random(2), language="tr", vocabulary=made_up)


def test_hosts_can_be_chosen() -> None:
    injected = inject(
        ENGLISH, "utf-8", random.Random(4), family="en-replica-marquee-1px", language="en", make_host=example_host
    )
    hosts = re.findall(rb"href=[\"']https?://([^/\"'?]+)", injected.data)
    assert hosts
    assert all(re.fullmatch(rb"[a-z]\d+\.example\.(com|net|org)", host) for host in hosts)


def test_every_pair_gives_items_and_sentences() -> None:
    rng = random.Random(9)
    assert len(languages()) >= 30
    for language, category in pairs():
        assert len(items(rng, language, category, 30)) == 30
        sentences = prose(rng, language, category, 12)
        assert len(sentences) == 12
        assert not re.search(r"[{}]", "".join(sentences))
    assert flattery(rng, "tlh")


def test_a_doorway_is_spam_from_the_first_byte_to_the_last() -> None:
    for seed in range(40):
        page = doorway(random.Random(seed))
        assert page.original == b""
        assert [(label.start, label.end) for label in page.labels] == [(0, len(page.data))]
        assert page == doorway(random.Random(seed))
        assert b"<title>" in page.data
    assert doorway(random.Random(1), language="ko", encoding="euc_kr").data.decode("euc_kr")
    with pytest.raises(ValueError, match="no words"):
        doorway(random.Random(1), language="tlh")


@pytest.mark.parametrize("name", ["atoms.tsv", "known.tsv"])
def test_the_shipped_lists_are_sorted_and_well_formed(name: str) -> None:
    path = Path(__file__).parents[2] / "data" / "lexicon" / name
    comment, header, *lines = path.read_text(encoding="utf-8").splitlines()
    assert comment.startswith("#")
    assert header == "atom\tlanguage\ttopic\tstrength\tcategory"
    rows = [line.split("\t") for line in lines]
    assert rows == sorted(rows, key=lambda row: (row[1], row[4], row[0]))
    assert {row[4] for row in rows} <= set(CATEGORIES)
    assert {row[3] for row in rows} <= {"1", "2", "3"}
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


def test_no_spam_is_made_of_keywords_that_are_only_known() -> None:
    """A figure of pages that are made of the words that the program looks for would be one of the list."""
    made = Vocabulary.load().words()
    every = {atom.text for atom in shipped_atoms()}
    known = {atom.text for atom in read_lexicon(known_lexicon())}
    assert known
    assert known <= every
    assert not known & made
