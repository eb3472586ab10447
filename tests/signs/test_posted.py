"""Posts that give themselves away are found as a whole; fancy letters and honest ways to get in touch stay."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

_MODEL = Guard()._model
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _styled(text: str) -> str:
    """A text in the bold letters and digits that mathematicians use."""
    letters = {ord(letter): 0x1D400 + place for place, letter in enumerate(_PLAIN)}
    return text.translate(letters | {ord("0") + digit: 0x1D7CE + digit for digit in range(10)})


def _found(body: str) -> list[tuple[str, str, str | None]]:
    """The rule, what goes, and the doubt of each sign of a page that is looked at for its words."""
    page = read((HEAD + BODY + body + TAIL).encode(), path="page.html")
    found = signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)
    return [(s.rule, page.raw[s.hull.start : s.hull.end].decode(), s.doubt) for s in found]


@pytest.mark.parametrize(
    "post",
    [
        f"<p>yang lain zonk, {_styled('BINTANG77')} pasti bayar</p>",
        "<li>cuma M\u0415G\u0410\u041cP\u041e5D yang bikin cuan</li>",
        "<div>ga nyesel daftar di P·U·S·A·T·B·E·T·P·R·O, jp terus</div>",
        "<div>buruan gas ke S L O T S L O T sebelum habis</div>",
        "<li>yuk main di SU\u200bR\u200bYAS\u200bLOT, pasti jp</li>",
        "<p>thanks &#8203;K\u2060O\u2060TAWIN sudah cair</p>",
        "<p>daftar di B*I*M*A*4*D sekarang</p>",
    ],
)
def test_an_operator_in_costume_goes_with_its_post(post: str) -> None:
    assert _found(post + "\n") == [("costumed-name", post, None)]


def test_a_name_behind_the_sites_own_sentences_does_not_take_them_along() -> None:
    name = f" {_styled('BINTANG77')} gas"
    assert _found(f"<p>The well is open again. Bring your own bucket.{name}</p>\n") == [
        (
            "costumed-name",
            f"The well is open again. Bring your own bucket.{name}",
            "it stands among other words in one place",
        )
    ]


@pytest.mark.parametrize(
    "post",
    [
        "<p>「高仿手表」「a货包包多少钱」电话同微：4959213 同号</p>",
        '<li class="comment"><p>【代开发票】【办理毕业证】加薇❤ abc１２３（24小时）</p></li>',
        "<p>「高仿手表」「复刻包包」➕V ３５５６３０１３６ 同号</p>",
        "<p>◆高仿手表◆代开发票 薇❤：13912345678！</p>",
    ],
)
def test_a_forbidden_offer_with_a_number_goes_with_its_post(post: str) -> None:
    assert _found(post + "\n") == [("forbidden-offer", post, None)]


@pytest.mark.parametrize(
    "name", ["\u0406ST\u0410N\u0410CLUBPRO", _styled("MAHAKAMVIP"), "JITU\u200c77", "\u041aI\u041dG\u0415SA"]
)
def test_a_name_in_costume_that_others_may_have_is_less_sure(name: str) -> None:
    page = read((HEAD + BODY + f"<p>modal receh di {name} bisa wd gede</p>\n" + TAIL).encode(), path="page.html")
    found = signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED)
    assert [(sign.rule, sign.confidence < _MODEL.thresholds.safe) for sign in found] == [("costumed-name", True)]


@pytest.mark.parametrize("name", ["G\u0410RUD\u0410B\u0415T", "EL\u200bA\u200bN\u200bGWIN"])
def test_a_disguise_is_noticed_whatever_stands_around_the_name(name: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + f"<p>Ask {name} for it.</p>\n" + TAIL)
    assert [(f.rule, f.disposition) for f in findings] == [("costumed-name", "safe")]
    assert cleaned == HEAD + BODY + TAIL


def test_what_shares_its_place_with_other_words_is_for_review() -> None:
    post = "<p>Grüße an alle. <br>daftar di P·U·S·A·T·B·E·T·P·R·O, jp terus<br>Danke für den schönen Abend.</p>\n"
    assert [(rule, doubt is not None) for rule, _, doubt in _found(post)] == [("costumed-name", True)]


@pytest.mark.parametrize(
    "post",
    [
        f"<p>{_styled('Changelog 2024')}</p>\n",
        f"<p>{_styled('Happy')} birthday to the whole choir!</p>\n",
        "<p>A·B·C·D·E·F·G is how the row of keys begins.</p>\n",
        f"<p>{_styled('IMPORTANT')}: the {_styled('Alphabet')} of {_styled('Darwin')} is lent out.</p>\n",
        f"<p><b>{_styled('Kevin88')}</b> Lovely evening, see you next year.</p>\n",
        f"<p>{_styled('Marina')} of the {_styled('Bookclub')} brings the cake, thanks to all!</p>\n",
        "<p>Pok\u200ber\u200babend im Ge\u200bmein\u200bde\u200bhaus, Einsatz sind Erdnüsse.</p>\n",
        "<p>Siehe https://www.example.org/\u200barchiv/\u200bplan\u200b88.html</p>\n",
        "<p>Our Boeing\u2060777 lands at nine.</p>\n",
        "<p>نمی\u200cخواهم کتاب\u200cها را بفروشم. क्\u200dष \U0001f468\u200d\U0001f469\u200d\U0001f467</p>\n",
        "<p>That referee is a b*l*l*s*h*i*t*t*e*r, f*ck!</p>\n",
        "<p>The Ωmega series, ΑΒΓ, 4 μs; Читайте нашу cтатью о фecтивале.</p>\n",
        "<p>报名请加微信：school2024，夏令营名额有限，电话 0512-1234567。</p>\n",
        "<p>The \u0421OVID19 ward and the \u0420\u0421B of the board.</p>\n",
        "<p>【通知】【招聘】有意者请联系人事处，电话：0512-1234567，QQ：1234567。</p>\n",
        "<p>警方提醒：凡是「代开发票」「办理毕业证」并留下QQ：1234567的都是诈骗。</p>\n",
    ],
)
def test_fancy_letters_vacancies_and_warnings_stay(post: str) -> None:
    assert _found(post) == []
    silent(body=post)


@pytest.mark.parametrize(
    "own", ["The almanac promises a late frost.", "観客は東の門から入ってください。", "Ярмарка переносится на май."]
)
def test_the_sentences_of_the_page_before_an_offer_in_other_letters_stay(own: str) -> None:
    offer = "代孕包成功，咨询微信 abc①②③，刻章办证开发票。"
    page = HEAD + BODY + f"<p>{own}{{}}</p>\n" + TAIL
    _, findings, cleaned = judged(page.replace("{}", offer))
    assert {finding.disposition for finding in findings} == {"safe"}
    assert cleaned == page.replace("{}", "")
