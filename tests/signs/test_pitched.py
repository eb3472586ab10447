"""One sentence that sells is shown and its cut is exact; offers of one's own, news and partners stay."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.page.outline import outline_of
from spamguard.page.segments import read
from spamguard.page.tokens import view_of
from spamguard.signs.find import WORDED, signs_of
from tests.signs.cases import BODY, HEAD, TAIL, silent

_MODEL = Guard()._model
LINK = '<a href="https://a.example.net/">{}</a>'
BEFORE = "The choir sang twice, before and after the thunderstorm."
AFTER = "Tickets for the Advent concert are at the door."


def _found(body: str) -> list[tuple[str, str, str]]:
    """The category, what goes, and what stays of the paragraph."""
    page = read((HEAD + BODY + body + TAIL).encode(), path="page.html")
    found = [s for s in signs_of(page, outline_of(view_of(page.raw)), _MODEL, WORDED) if s.rule == "pitch"]
    assert all(sign.doubt is not None for sign in found)
    spans = [(sign.category, sign.hull.start, sign.hull.end) for sign in found]
    raw = page.raw.decode("latin-1")
    return [
        (what, raw[start:end], (raw[:start] + raw[end:])[len(HEAD + BODY) : -len(TAIL)]) for what, start, end in spans
    ]


@pytest.mark.parametrize(
    ("category", "pitch"),
    [
        ("gambling", "Play at the best online casino and win real money with a deposit bonus."),
        ("essays", f"If you lack time, try this {LINK.format('essay writing service')}."),
        ("loans", f"Need cash? More on {LINK.format('payday loans online')}."),
    ],
)
def test_the_sentence_goes_with_the_space_before_it(category: str, pitch: str) -> None:
    found = _found(f"<p>{BEFORE} {pitch} {AFTER}</p>\n")
    last = pitch.split("? ")[-1]
    kept = f"{BEFORE} {pitch.removesuffix(last)}".strip()
    assert found == [(category, f" {last}", f"<p>{kept} {AFTER}</p>\n")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Our link building service and seo packages start at 300 per month.",
        "Police arrested two men who ran an online casino and promised a deposit bonus to whoever would play.",
        "The resort has a casino with 240 tables, slot machines, a theatre and rooms to book.",
        "Erectile dysfunction may be treated with sildenafil; see your doctor first and order nothing abroad.",
        'Read the <a href="https://news.example.com/">report on payday loan laws</a> in the newspaper.',
        '<a href="/online-casino">Online casino</a> is what the second chapter of the novel is called.',
        'Supported by <a href="https://a.example.net/" rel="sponsored">Online Casino</a>, printed by the parish.',
    ],
)
def test_offers_news_and_sponsors_stay(sentence: str) -> None:
    body = f"<p>{BEFORE} {sentence} {AFTER}</p>\n"
    assert _found(body) == []
    silent(body=body)


def test_a_link_in_a_list_of_partners_stays() -> None:
    body = f"<ul><li>{LINK.format('Online Casino')} sponsors our youth team</li><li>City bank</li></ul>\n"
    assert _found(body) == []


@pytest.mark.parametrize("credit", ["Design &copy; 2014 {} and {}", "Website by {} | {}", "Дизайн: {}, {}"])
@pytest.mark.parametrize("name", ["Judi Bola", "Bandar Bola"])
def test_a_credit_line_that_stands_in_the_body_itself(credit: str, name: str) -> None:
    bare = '<a href="https://b.example.net/in-the-news">https://b.example.net/in-the-news</a>'
    line = credit.format(LINK.format(name), bare)
    page = HEAD + BODY + line + TAIL
    cleaned = Guard().clean(page.encode(), path="page.html", unsafe=True).data.decode()
    assert cleaned == HEAD + BODY + TAIL


@pytest.mark.parametrize("name", ["Example Studio", "Bola Design", "Judith Bohl"])
def test_the_makers_of_a_page_stay(name: str) -> None:
    silent(body=f"Design &copy; 2014 {LINK.format(name)}\n")
