from __future__ import annotations

import pytest

from tests.signs.cases import HEAD, judged, silent

TRUE = "Opening hours"
SPAM = "best online casino, slot bonus, roulette for money"


def _page(title: str, head: str = "") -> str:
    return (
        f"<!doctype html>\n<html><head><title>{title}</title>\n{head}</head>\n<body>\n<h1>Town library</h1>\n"
        "<p>Our opening hours: on weekdays from nine to five. Books are lent for four weeks.</p>\n</body></html>\n"
    )


def _swap(title: str, asked: str = "/baiduspider|googlebot/i.test(navigator.userAgent)") -> str:
    return f'<script>if(!{asked}){{document.title="{title}"}}</script>\n'


@pytest.mark.parametrize("spam", [SPAM, "&#20122;&#27954;&#26080;&#30721;"])
@pytest.mark.parametrize(
    "script",
    [
        _swap(TRUE),
        _swap("Opening\\u0020hours"),
        _swap(TRUE, "/google|baidu/.test(document.referrer)"),
        '<script>var b=/spider/i;if(b.test(navigator.userAgent)===false)document.title="Opening "+"hours"</script>\n',
    ],
)
def test_the_true_title_comes_back_and_the_script_goes(spam: str, script: str) -> None:
    verdict, findings, cleaned = judged(_page(spam, script))
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["title-swap"])
    assert cleaned == _page(TRUE)


def test_a_title_that_a_careless_kit_broke_into_lines_comes_back_whole() -> None:
    true = f"{TRUE}\n  of the town library"
    assert judged(_page(SPAM, _swap(true)))[2] == _page(true)


def test_lines_that_are_not_of_the_title_stay_out_of_it() -> None:
    script = f'<script>if(/spider/i.test(navigator.userAgent)===false)document.title="{TRUE}";\nvar own="x";</script>\n'
    assert f"<title>{TRUE}</title>" in judged(_page(SPAM, script))[2]


def test_a_title_in_words_that_nobody_knows_is_shown_and_not_cut() -> None:
    page = _page("zorbim vektu ploran, dask mirenta", _swap(TRUE))
    verdict, findings, cleaned = judged(page)
    assert (verdict, [(finding.rule, finding.disposition) for finding in findings]) == (
        "infected",
        [("title-swap", "review")],
    )
    assert cleaned == page


def test_a_title_in_words_that_nobody_knows_is_cut_when_it_hides_from_searches_or_its_meta_tags_came_with_it() -> None:
    unknown = "zorbim vektu ploran, dask mirenta"
    references = "".join(f"&#{ord(letter)};" for letter in unknown)
    assert judged(_page(references, _swap(TRUE)))[2] == _page(TRUE)
    put_in = f'<meta name="keywords" content="{unknown}"/>\n'
    assert judged(_page(unknown, put_in + _swap(TRUE)))[2] == _page(TRUE)


def test_a_title_of_the_pages_own_subject_stays_however_it_is_written() -> None:
    references = "".join(f"&#{ord(letter)};" for letter in "Town library opening hours")
    silent(_page(references, _swap("Opening hours of the town library")))


def test_meta_tags_that_say_the_same_go_with_it_and_the_sites_own_stays() -> None:
    own = '<meta name="description" content="When the town library is open">\n'
    put_in = f'<meta name="keywords" content="{SPAM}"/>\n<meta name="description" content="{SPAM}"/>\n{_swap(TRUE)}'
    verdict, findings, cleaned = judged(_page(SPAM, put_in + own))
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["title-swap"])
    assert cleaned == _page(TRUE, own)


def test_a_title_that_is_written_in_references_comes_back_as_the_page_writes_it() -> None:
    title = "&#22270;&#20070;&#39302;&#24320;&#25918;&#26102;&#38388;"
    written = _page(title).replace("Town library", title)
    _, _, cleaned = judged(_page(SPAM, _swap(title)).replace("Town library", title))
    assert cleaned == written
    _, _, cleaned = judged(_page(SPAM, _swap(title)).replace("Town library", "图书馆开放时间"))
    assert "<title>图书馆开放时间</title>" in cleaned


@pytest.mark.parametrize(
    "script",
    [
        '<script>if(/bot|crawl|spider/i.test(navigator.userAgent)){document.title="Town library"}</script>\n',
        '<script>if(/iphone/i.test(navigator.userAgent)){document.title="Opening hours"}</script>\n',
        '<script>if(document.hidden){document.title="(1) New message"}</script>\n',
    ],
)
def test_honest_scripts_that_set_the_title_stay(script: str) -> None:
    silent(head=script)
    page = _page("Hours of the library", script)
    assert judged(page) == ("clean", (), page)
    assert "Opening hours" in HEAD
