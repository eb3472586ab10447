"""The rest of the line that a block stands in: sentences in a language that the page has not, and the page's own."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from spamguard.examine.lines import Lines
from spamguard.examine.tongue import Tongue
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in

HEAD = "<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
TEXT = (
    "<p>The library opens at nine in the morning and closes at five. Bring your card with you when you come for the "
    "first time, and ask at the desk for the list of books that we have bought in the spring.</p>\n<p>The reading "
    "room on the first floor is warm and bright. Who likes to sew or to sing is welcome there on Mondays.</p>\n"
)
END = "</body>\n</html>\n"
LINK = '<a href="https://a.example.com/x">%s</a>'
SPAM, DOUBTFUL, HONEST = 5.0, -0.5, -4.0


def _cut(data: str, known: str, others: float) -> str:
    """The page without what is known to be spam and the rest of its line; ``others`` is how all the rest looks."""
    raw = data.encode()
    page, root, scene = scene_of(raw)
    start = raw.index(known.encode())
    stretch = stretches_in(scene, [(start, start + len(known.encode()))])[0]
    scores = np.full(len(scene.items), others)
    scores[stretch.first : stretch.last] = SPAM
    scene = dataclasses.replace(scene, scores=scores)
    plans = plans_of(page, root, scene, [block(Lines(scene, Tongue(scene)).with_line(stretch))])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec).decode()


STRANGE = [
    ("Wenn das Geld bis zum Monatsende nicht reicht, hilft unser Freund sofort weiter.", "Sofortkredit ohne Schufa"),
    ("Сертифікат будь-якого року, готовність двадцять днів, оплата після отримання.", "Купити диплом"),
    ("W dzisiejszych czasach pracodawcy wymagają papierka, dlatego warto zamówić.", "kupić dyplom"),
    ("Sabah erken kalkan herkes kazanıyor, hemen üye olun ve deneyin.", "kaçak bahis"),
    ("點數卡儲值即可開局，隱私絕對保密，大額出金無上限。", "線上賭場"),
]


@pytest.mark.parametrize(("sentence", "link"), STRANGE, ids=["de", "uk", "pl", "tr", "zh"])
@pytest.mark.parametrize("wrapper", ["<p>%s %s</p>\n", "<div class='x'>%s %s</div>\n", "<ul><li>%s %s</li></ul>\n"])
@pytest.mark.parametrize("turned", [False, True], ids=["before", "behind"])
def test_a_sentence_of_another_language_goes_with_the_link_beside_it(
    sentence: str, link: str, wrapper: str, turned: bool
) -> None:
    parts = (LINK % link + ".", sentence) if turned else (sentence, LINK % link)
    assert _cut(HEAD + TEXT + wrapper % parts + END, LINK % link, DOUBTFUL) == HEAD + TEXT + END


@pytest.mark.parametrize(
    "sentence",
    [
        "The roses are in bloom, come and see them when you have the time.",
        "Ask for the list of books.",
        "Books for the spring.",
    ],
)
@pytest.mark.parametrize("others", [1.0, DOUBTFUL, HONEST])
def test_a_sentence_in_the_language_of_the_page_stays(sentence: str, others: float) -> None:
    left = _cut(HEAD + TEXT + f"<p>{sentence} {LINK % 'casino slots'}</p>\n" + END, LINK % "casino slots", others)
    assert sentence in left
    assert "casino" not in left


def test_a_quotation_that_looks_honest_stays() -> None:
    quoted = "Ein gutes Buch ist der beste Freund, heute und immer."
    left = _cut(HEAD + TEXT + f"<p>{quoted} {LINK % 'casino slots'}</p>\n" + END, LINK % "casino slots", HONEST)
    assert quoted in left


@pytest.mark.parametrize(("sentence", "link"), STRANGE[1:2], ids=["uk"])
def test_of_a_paragraph_of_the_page_only_the_strange_sentence_goes(sentence: str, link: str) -> None:
    own = "Bring your card with you. "
    data = HEAD + TEXT + f"<p>{own}{sentence} {LINK % link}</p>\n" + END
    assert _cut(data, LINK % link, 0.6) == HEAD + TEXT + f"<p>{own.strip()}</p>\n" + END


@pytest.mark.parametrize(("sentence", "link"), STRANGE[:4], ids=["de", "uk", "pl", "tr"])
def test_a_sentence_of_the_page_before_the_strange_one_stays(sentence: str, link: str) -> None:
    for own in ("Mrs. Hughes also served as a guest of the library.", "Call the library: 047 2106 8000."):
        left = _cut(HEAD + TEXT + f"<p>{own} {sentence} {LINK % link}</p>\n" + END, LINK % link, DOUBTFUL)
        assert own in left


def test_a_line_that_the_page_has_words_of_its_own_in_is_shared() -> None:
    spam = f"Jaya é confiável e oferece apostas estrangeiras. {LINK % 'apostas ao vivo'}"
    own = "Karen Hughes served twice."
    data = HEAD + TEXT + f"<p>{own} {spam} Ask at the desk when you come for the books.</p>\n" + END
    left = _cut(data, LINK % "apostas ao vivo", 0.6)
    assert own in left
    assert "Ask at the desk" in left


def test_a_short_page_and_a_link_home_tell_nothing() -> None:
    sentence, link = STRANGE[0]
    short = HEAD + f"<p>Read here.</p>\n<p>{sentence} {LINK % link}</p>\n" + END
    assert sentence in _cut(short, LINK % link, DOUBTFUL)
    home = HEAD + TEXT + f'<p><a href="/de/">{sentence}</a> {LINK % link}</p>\n' + END
    assert sentence in _cut(home, LINK % link, DOUBTFUL)


def test_the_link_that_a_text_leads_to_goes_with_it() -> None:
    text = "casino slots for all, poker bonus today"
    spam = f"<div>{text} {LINK % 'Click'}</div>\n"
    assert _cut(HEAD + TEXT + spam + END, text, DOUBTFUL) == HEAD + TEXT + END
    twice = HEAD + TEXT + f"<p>{LINK % 'A friend of ours'}</p>\n" + spam + END
    assert "Click" in _cut(twice, text, DOUBTFUL)


VILLAGE = (
    "<p>Eski değirmenin yanındaki salonda her cumartesi akşamı köyün çocukları için masal okunur. Kapılar yedide "
    "açılır, çaylar muhtarlıktan, minderler evlerden gelir.</p>\n<p>Kayıp eşyalar için kahvehaneye, kayıp keçiler için "
    "çobanın evine uğrayınız. Değirmenci un çuvallarını geri ister, çocukların okuduğu kitapları da bekler. Yağmurda "
    "masallar kahvehanede okunur; çocukların çorapları kuru kalsın, kapıların önü çamur olmasın. Bisikletler "
    "değirmenin duvarına dayanmasın, bahçedeki fidanlar koparılmasın; bekçi akşamları elinde fenerle dolaşır.</p>\n"
)
CHANGED = ["Kayıp keçinin çanları çobana verildi.", "Salonun minderlerini evlerinizden getiriniz."]


@pytest.mark.parametrize("sentence", CHANGED)
@pytest.mark.parametrize("others", [1.0, DOUBTFUL])
def test_words_that_only_change_their_endings_are_of_the_page_s_language(sentence: str, others: float) -> None:
    left = _cut(HEAD + VILLAGE + f"<p>{sentence} {LINK % 'casino slots'}</p>\n" + END, LINK % "casino slots", others)
    assert sentence in left
