"""A block in letters that the page has not leaves the page's sentences beside it, though they stand there only once."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.kin import Kin
from spamguard.examine.lines import Lines
from spamguard.examine.tongue import Tongue
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in
from tests.removal.test_boxed import CHINESE, ENGLISH
from tests.removal.test_boxed import _cut as cut_boxed

END = "</body>\n</html>\n"
OWN = "Nobody sells backlinks or casino banners to weavers here, they never asked."
STRANGE = [
    "먹튀없는 <a href='https://a.example.com/x'>메이저사이트 순위</a> 에서 확인하세요.",
    "Читайте также <a href='https://a.example.com/x'>казино онлайн</a> с быстрым выводом.",
    "กดรับเครดิตฟรี <a href='https://a.example.com/x'>สล็อตเว็บตรง</a> ได้ทุกวัน.",
    "点击进入<a href='https://a.example.com/x'>线上赌场</a>，新会员送彩金。",
]


def _cut(data: str, known: str) -> str:
    """The page without a block to which its own sentence was counted too."""
    raw = data.encode()
    page, root, scene = scene_of(raw)
    start = raw.index(known.encode())
    stretch = stretches_in(scene, [(start, start + len(known.encode()))])[0]
    table = np.zeros((len(scene.items), len(ITEM_NAMES)), dtype=np.float32)
    scene = dataclasses.replace(scene, scores=np.full(len(scene.items), 4.0), table=table)
    lines = Lines(scene, Tongue(scene))
    plans = plans_of(page, root, scene, [block(lines.with_line(lines.without_own(stretch)))])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec).decode()


@pytest.mark.parametrize("spam", STRANGE, ids=["ko", "ru", "th", "zh"])
@pytest.mark.parametrize("turned", [False, True], ids=["behind", "before"])
def test_a_sentence_of_the_page_is_left_by_the_block_it_was_counted_to(spam: str, turned: bool) -> None:
    line = f"{spam} {OWN}" if turned else f"{OWN} {spam}"
    left = _cut(ENGLISH + f"<p>{line}</p>\n" + END, line)
    assert " ".join(left.split()) == " ".join((ENGLISH + f"<p>{OWN}</p>\n" + END).split())


@pytest.mark.parametrize("spam", STRANGE[:3], ids=["ko", "ru", "th"])
def test_a_chinese_page_keeps_its_sentence(spam: str) -> None:
    own = "织布机是去年冬天修好的。"
    left = _cut(CHINESE + f"<p>{own}{spam}</p>\n" + END, own + spam)
    assert own in left
    assert "example.com" not in left


@pytest.mark.parametrize("spam", STRANGE, ids=["ko", "ru", "th", "zh"])
def test_the_rest_of_a_box_in_the_pages_letters_stays(spam: str) -> None:
    page = ENGLISH + f"<div><p>{OWN}</p><p>{spam}</p></div>\n" + END
    assert OWN in cut_boxed(page, spam)


@pytest.mark.parametrize("brand", ["KORVALE88", "Big Win", "Korvale"])
def test_a_name_in_the_pages_letters_goes_with_its_sentence(brand: str) -> None:
    line = f"Читайте отзывы про {brand} и забирайте бонус без депозита, {brand}"
    assert _cut(ENGLISH + f"<p>{line}</p>\n" + END, line) == ENGLISH + END


@pytest.mark.parametrize(
    "block_",
    [
        "<p>온라인 카지노</p>\n<p>Q. 안전한 바카라</p>\n<p>A. 가입하세요</p>\n",
        "<p>купить дипл oм</p>\n<p>дипл oм техникума</p>\n",
    ],
)
def test_a_letter_of_the_pages_does_not_end_a_block_in_others(block_: str) -> None:
    raw = (ENGLISH + f"<div>{block_}</div>\n" + END).encode()
    page, root, scene = scene_of(raw)
    known = block_.split("</p>")[0].encode()
    start = raw.index(known)
    stretch = stretches_in(scene, [(start, start + len(known))])[0]
    plans = plans_of(page, root, scene, [block(Kin(scene).with_kin(stretch))])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    assert splice(page.raw, edits, page.codec).decode() == ENGLISH + END
