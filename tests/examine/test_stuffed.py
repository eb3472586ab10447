"""Where a block ends in a title or another value that it shares with the site's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from spamguard.examine.blocks import Stretch
from spamguard.examine.describe import ITEM_NAMES, Scene
from spamguard.examine.sharing import Values
from spamguard.examine.stuffed import within
from spamguard.page.tokens import Kind
from spamguard.removal.plan import plans_of
from spamguard.removal.splice import splice
from tests.examine.scenes import block, scene_of

if TYPE_CHECKING:
    from spamguard.examine.closely import Block

_WORD_MEAN = ITEM_NAMES.index("word_mean")
PAGE = (
    "<html>\n<head>\n%s</head>\n<body>\n<h1>Reading room</h1>\n"
    "<p>The library opens at nine in the morning.</p>\n%s</body>\n</html>\n"
)


def _scored(scene: Scene, sure: set[str], mild: set[str]) -> Scene:
    """The scene as a model may see it: some phrases are known, some only look bad beside them."""
    table = np.zeros((len(scene.items), len(ITEM_NAMES)), dtype=np.float32)
    scores = np.zeros(len(scene.items))
    for index, item in enumerate(scene.items):
        text = item.text.strip()
        told = scene.leaves[item.leaf].kind is Kind.TEXT
        table[index, _WORD_MEAN] = 9.0 if text in sure and text != "Reading room" else -6.0
        scores[index] = 5.0 if text in sure and not told else 3.0 if text in mild else -4.0 if told else 0.5
    return replace(scene, table=table, scores=scores)


def _cleaned(head: str, body: str, *, sure: str, mild: str = "") -> str:
    """The page without the blocks that the known phrases make, parted by ``/`` here."""
    data = (PAGE % (head, body)).encode()
    page, root, scene = scene_of(data)
    scene = _scored(scene, set(sure.split("/")), set(mild.split("/")))
    runs: list[Stretch] = []
    for index, score in enumerate(scene.scores):
        if score == 5.0:
            joins = runs and runs[-1].last == index and scene.items[index].leaf == scene.items[index - 1].leaf
            runs[-1:] = [Stretch(runs[-1].first, index + 1)] if joins else [*runs[-1:], Stretch(index, index + 1)]
    values = Values(scene, runs)
    blocks: list[Block] = []
    for run in runs:
        wider = within(values, scene, run)
        if not blocks or wider.first >= blocks[-1].stretch.last:
            blocks.append(block(wider))
    edits = sorted({edit for plan in plans_of(page, root, scene, blocks) for edit in plan.edits})
    return splice(page.raw, edits, page.codec).decode()


@pytest.mark.parametrize(
    ("spam", "sure", "mild"),
    [
        (", gratis hellsehen, billig kaufen, gratis hellsehen, liebeszauber, gratis hellsehen", "billig kaufen", ""),
        (
            ", akasino,slot raya,poker uang,slot raya,bandar bola,akasino",
            "slot raya/poker uang",
            "akasino/bandar bola",
        ),
        (", hora viva - sexo vivo - sexo caro - putas caras", "sexo vivo/sexo caro", "hora viva/putas caras"),
        (
            ", casino en ligne, poker gratuit, roulette, jeux rapides",
            "casino en ligne/poker gratuit/roulette",
            "jeux rapides",
        ),
    ],
    ids=["written again", "another mark than before", "the mark of its own", "to the end of the value"],
)
def test_all_that_was_put_behind_a_text_goes(spam: str, sure: str, mild: str) -> None:
    image = '<img src="/a.png" width="300" height="200" alt="Chairs and a lamp%s">\n'
    assert _cleaned("", image % spam, sure=sure, mild=mild) == PAGE % ("", image % "")


@pytest.mark.parametrize("own", ["Reading room", "top"])
def test_the_text_that_spam_was_put_behind_stays(own: str) -> None:
    image = '<img src="/a.png" width="300" height="200" alt="%s%s">\n'
    spam = ", casino slots,poker bonus,online roulette,free spins,baccarat tables,bingo rooms"
    sure = "casino slots/poker bonus/online roulette/free spins/baccarat tables/bingo rooms/" + own
    assert _cleaned("", image % (own, spam), sure=sure.removesuffix("/" + own)) == PAGE % ("", image % (own, ""))


def test_an_arrow_before_spam_stays() -> None:
    image = '<a href="/"><img src="/a.png" alt="&lt;-%s"></a>\n'
    spam = ", casino slots, poker bonus, online roulette"
    sure = "casino slots/poker bonus/online roulette"
    assert _cleaned("", image % spam, sure=sure) == PAGE % ("", image % "")


@pytest.mark.parametrize(
    ("before", "behind", "sure", "mild"),
    [
        ("szex video,alkalmi kapcsolat,szex chat-", "", "alkalmi kapcsolat/szex chat", "szex video"),
        ("", "-kasino raya-slot uang-bola gratis", "kasino raya/slot uang", "bola gratis"),
        ("【精力剤 通販】★勃起薬★【媚薬 最安値】 ", "", "通販】/勃起薬/【媚薬", ""),
    ],
    ids=["put before", "put behind", "brackets"],
)
def test_a_title_is_cut_where_the_true_one_begins(before: str, behind: str, sure: str, mild: str) -> None:
    title = "<title>%sOpening hours | Town library%s</title>\n"
    assert _cleaned(title % (before, behind), "", sure=sure, mild=mild) == PAGE % (title % ("", ""), "")


def test_what_the_page_says_elsewhere_stays_in_the_title() -> None:
    title = "<title>%sReading room - Town library</title>\n"
    data = title % "casino slots - poker bonus - bingo rooms - "
    assert _cleaned(data, "", sure="casino slots/poker bonus/bingo rooms/Reading room") == PAGE % (title % "", "")


def test_a_title_is_cut_as_far_as_a_tag_repeats_it() -> None:
    meta = '<meta name="keywords" content="kjop raskt|norsk porno|gode priser">\n'
    title = "<title>kjop raskt|norsk porno|gode priser Town library</title>\n"
    assert _cleaned(meta + title, "", sure="norsk porno") == PAGE % ("<title>Town library</title>\n", "")


def test_honest_words_with_the_same_mark_are_left_alone() -> None:
    title = "<title>Lamps, chairs, tables%s</title>\n"
    assert _cleaned(title % ", casino slots", "", sure="casino slots") == PAGE % (title % "", "")


@pytest.mark.parametrize(
    "element",
    [
        '<input type="hidden" name="tags" value="%s">\n',
        '<img src="/a.png" width="1" height="1" alt="%s">\n',
        '<span data-tags="%s"></span>\n',
    ],
    ids=["hidden field", "dot", "empty element"],
)
def test_an_element_that_is_there_for_its_value_goes_whole(element: str) -> None:
    spam = "backlinks kopen, gastblog plaatsen, reviews kopen, goedkope volgers"
    assert _cleaned(
        "", element % spam, sure="backlinks kopen/gastblog plaatsen", mild="reviews kopen/goedkope volgers"
    ) == PAGE % ("", "")
