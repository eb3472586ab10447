"""Lines of another hand leave a block to which they were counted; what has no such reason to leave stays in it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.hands import Hands
from spamguard.examine.tongue import Tongue
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in
from tests.removal.test_boxed import CHINESE, ENGLISH

END = "</body>\n</html>\n"
RUSSIAN = "казино онлайн бонус"
SPAM = "cheap replica watches"
HOME = '<a href="/looms">looms of the valley</a>'


def _cut(page: str, whole: str, known: list[str]) -> str:
    """The page without a block from which others' lines have gone; ``known`` are its keywords, ``whole`` all of it."""
    raw = page.encode()
    parsed, root, scene = scene_of(raw)
    start = raw.index(whole.encode())
    stretch = stretches_in(scene, [(start, start + len(whole.encode()))])[0]
    table = np.zeros((len(scene.items), len(ITEM_NAMES)), dtype=np.float32)
    named = np.asarray([any(word in item.text for word in known) for item in scene.items])
    table[:, ITEM_NAMES.index("word_mean")] = np.where(named, 12.0, -7.0)
    table[:, ITEM_NAMES.index("named")] = named
    inside = np.arange(len(scene.items))
    scores = np.where((inside >= stretch.first) & (inside < stretch.last), np.where(named, 5.0, -1.0), -6.0)
    scene = dataclasses.replace(scene, scores=scores, table=table)
    parts = Hands(scene, Tongue(scene)).parts_of(stretch)
    plans = plans_of(parsed, root, scene, [block(part) for part in parts])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(parsed.raw, edits, parsed.codec).decode()


def _squeezed(page: str) -> str:
    return "".join(page.split())


def _keeps(before: str, own: str, behind: str, known: list[str], head: str = ENGLISH) -> None:
    left = _cut(head + before + own + behind + END, before + own + behind, known)
    assert _squeezed(left) == _squeezed(head + own + END)


def _goes(spam: str, known: list[str], head: str = ENGLISH) -> None:
    assert _squeezed(_cut(head + spam + END, spam, known)) == _squeezed(head + END)


OWN = [
    "<noscript><p>Without scripts write to the <a href='https://looms.example.org/'>loom keepers</a>.</p></noscript>\n",
    '<div style="display:none" id="later"><p>The weavers meet again when the snow is gone.</p></div>\n',
]
HIDDEN = f'<div style="position:absolute;left:-999px"><a href="https://a.example.com/x">{SPAM}</a></div>\n'


@pytest.mark.parametrize("own", OWN, ids=["noscript", "display"])
def test_what_another_element_hides_stays(own: str) -> None:
    _keeps(HIDDEN, own, "", [SPAM])
    _keeps("", own, HIDDEN, [SPAM])


@pytest.mark.parametrize(
    "name", ["class='rv' style='display:none'", "style='position:absolute; left:-999px'"], ids=["class", "style"]
)
def test_reviews_that_are_hidden_alike_go_together(name: str) -> None:
    _goes(f"<div {name}>So glad that I came here.</div>\n<p {name}>{SPAM}</p>\n", [SPAM])


@pytest.mark.parametrize(
    "own",
    ["<p>Nobody sells anything to weavers here.</p>\n", "<h3>Looms of the lower valley</h3>\n", f"<p>{HOME}</p>\n"],
)
def test_lines_in_the_letters_of_the_page_stay(own: str) -> None:
    spam = f"<p><a href='https://a.example.com/x'>{RUSSIAN}</a></p>\n"
    _keeps(spam, own, "", [RUSSIAN])
    _keeps("", own, spam, [RUSSIAN])
    _keeps(spam, own, f"<p>{RUSSIAN}</p>\n", [RUSSIAN])


def test_a_short_heading_that_the_menu_has_too_stays() -> None:
    spam, own = f"<p>{RUSSIAN}</p>\n", "<h3>Looms</h3>\n"
    _keeps(spam, own, spam, [RUSSIAN], ENGLISH + "<p><a href='/looms'>Looms</a></p>\n")


def test_a_title_keeps_what_is_in_the_letters_of_the_page() -> None:
    own = "織布機の修理と展示の記録"
    page = CHINESE.replace("<title>", f"<title>{RUSSIAN} - {own}｜", 1)
    assert own in _cut(page + END, page[page.index("<title>") + 7 : page.index(own)] + own, [RUSSIAN])


def test_words_of_a_language_of_their_own_stay_with_the_block() -> None:
    spam = f"<p>{RUSSIAN}</p>\n<p>Читайте также новости сайта каждый день</p>\n"
    _goes(spam, [RUSSIAN])


@pytest.mark.parametrize("side", ["before", "behind"])
def test_links_that_say_they_are_paid_for_stay(side: str) -> None:
    paid = '<ul><li><a href="https://turf.example.net/" rel="sponsored">Turf House</a></li></ul>\n'
    spam = f'<p><a href="https://a.example.com/x">{SPAM}</a></p>\n<p>{SPAM}</p>\n'
    _keeps("" if side == "before" else spam, paid, spam if side == "before" else "", [SPAM])


def test_links_that_all_say_so_are_not_told_apart() -> None:
    spam = f'<p><a href="https://a.example.com/x" rel="sponsored">{SPAM}</a></p>\n'
    spam += '<p><a href="https://b.example.com/y" rel="sponsored">watches</a></p>\n'
    _goes(spam, [SPAM])


ROW = '<p class="menu-title">Follow the weavers</p>\n'


def test_a_heading_called_as_others_on_the_page_stays() -> None:
    head = ENGLISH + '<p class="menu-title">Read the weavers</p>\n'
    spam = f"<div><p>{SPAM}</p></div>\n"
    _keeps("", ROW, spam, [SPAM], head)
    _keeps(spam, ROW, "", [SPAM], head)
    _keeps(spam, ROW, spam, [SPAM], head)


def test_a_heading_that_is_called_as_nothing_else_goes_with_the_block() -> None:
    _goes(f"<div>{ROW}<p>{SPAM}</p></div>\n", [SPAM])


def test_a_link_where_the_page_leads_anyway_stays() -> None:
    head = ENGLISH + '<p><a href="https://www.looms.example.org/old">old looms</a></p>\n'
    own = '<p><a href="https://list.looms.example.org/">loom list</a></p>\n'
    _keeps(f"<p>{SPAM}</p>\n", own, "", [SPAM], head)


def test_links_of_the_site_behind_links_to_others_stay() -> None:
    own = '<li><a href="/write">Write for us</a></li><li><a href="/full">Full site</a></li>'
    spam = f'<li><a href="https://a.example.com/x">{SPAM}</a></li>'
    _keeps(spam, own, "", [SPAM], ENGLISH + "<ul>" + f"<li>{HOME}</li>")


def test_a_sentence_behind_a_bare_list_stays() -> None:
    words = ["成人影院", "熟女自拍", "日本三级片", "黄色网站", "夜夜撸影院", "毛片基地"]
    own = "镇卫生院周五讲解哪些止痛药需要凭处方购买。"
    left = _cut(CHINESE + "｜".join(words) + "｜\n" + own + END, "｜".join(words) + "｜\n" + own, words)
    assert own in left
    assert not any(word in left for word in words)


def test_a_sentence_between_two_parts_in_other_letters_stays() -> None:
    own = "<h2>Wool of the valley</h2>\n"
    spam = f"<p>{RUSSIAN}</p>\n"
    _keeps(spam * 2, own, spam, [RUSSIAN])


def test_part_of_a_page_with_honest_lines_keeps_its_own() -> None:
    head = ENGLISH + "<header><p>Weavers of the valley</p>\n"
    spam = f"<p>{SPAM}</p>\n"
    own = "<section><h2>Later</h2>\n"
    rest = "<p>Looms are mended on Mondays.</p></section>\n"
    left = _cut(head + spam + "</header>\n" + own + rest + END, spam + "</header>\n" + own, [SPAM])
    assert _squeezed(left) == _squeezed(head + "</header>\n" + own + rest + END)


def test_a_heading_that_leads_where_the_block_leads_goes_with_it() -> None:
    head = ENGLISH + '<p class="menu-title">Read the weavers</p>\n'
    link = '<p class="menu-title"><a href="https://a.example.com/y">Follow the weavers</a></p>\n'
    spam = f'<div><p><a href="https://a.example.com/x">{SPAM}</a></p></div>\n'
    _goes(link + spam, [SPAM], head)
    _goes(spam + link, [SPAM], head)


def test_what_a_box_holds_only_because_it_was_never_closed_stays() -> None:
    box = f'<div style="position:absolute;left:-999px"><p><a href="https://a.example.com/x">{SPAM}</a></p>\n'
    own = "<p>The weavers meet again when the snow is gone.</p>\n"
    left = _cut(ENGLISH + box + own + END, box + own, [SPAM])
    assert own in left
    assert SPAM not in left
