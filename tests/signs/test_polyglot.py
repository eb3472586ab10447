"""A list of links that sells one thing in several languages goes; honest lists of several languages stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent

POSTS = (
    ("/kasyno-opinie/", "Najlepsze kasyna online opinie"),
    ("/bahis/", "Güvenilir bahis siteleri 2025"),
    ("/kz-1/", "Скачать казино на андроид"),
    ("/live/", "Best live blackjack for real cash"),
    ("/bonus-ro/", "Rotiri gratuite fără depunere"),
)
PILLS = (
    ("https://a.example.net/1", "Cialis rezeptfrei kaufen"),
    ("https://b.example.org/2", "Comprar viagra sin receta"),
    ("https://c.example.com/3", "купить виагру без рецепта"),
    ("https://d.example.net/4", "generic levitra online"),
)


def _entries(posts: tuple[tuple[str, str], ...], behind: str = "") -> str:
    return "".join(f'<li><a href="{address}">{name}</a>{behind}</li>' for address, name in posts)


@pytest.mark.parametrize(
    "box",
    [
        f'<aside id="posts"><h3>Latest</h3><ul>{_entries(POSTS, "<span>Uncategorized</span>")}</ul></aside>\n',
        f'<aside id="posts"><h2>Latest</h2><ul>{_entries(POSTS, "<span>Uncategorized</span>")}</ul></aside>\n',
        f"<ul>{_entries(POSTS)}</ul>\n",
        f"<ol>{_entries(PILLS)}</ol>\n",
    ],
)
def test_a_list_that_sells_one_thing_in_several_languages_goes(box: str) -> None:
    _, findings, cleaned = judged(HEAD + BODY + box + TAIL)
    assert findings
    assert cleaned == HEAD + BODY + TAIL


def test_the_site_keeps_its_own_posts() -> None:
    own = '<li><a href="/opening">When the library is open</a></li>'
    page = HEAD + BODY + "<h3>Latest</h3><ul>{}" + own + "</ul>\n" + TAIL
    _, findings, cleaned = judged(page.replace("{}", _entries(POSTS)))
    assert {finding.disposition for finding in findings} == {"safe"}
    assert cleaned == page.replace("{}", "")


@pytest.mark.parametrize(
    "entries",
    [
        (
            ("/de/", "Kasino der Offiziere"),
            ("/pl/", "Kasyno oficerskie"),
            ("/ru/", "Казино офицеров"),
            ("/en/", "Mess"),
        ),
        (
            ("/en/", "Casino Royale, film"),
            ("/fr/", "Le joueur, roman"),
            ("/ru/", "Игрок, роман"),
            ("/de/", "Der Spieler"),
        ),
    ],
)
def test_editions_and_titles_in_several_languages_stay(entries: tuple[tuple[str, str], ...]) -> None:
    silent(body=f"<ul>{_entries(entries)}</ul>\n")


def test_links_that_say_their_language_stay() -> None:
    tongues = ("pl", "tr", "ru", "en", "ro")
    names = zip(tongues, POSTS, strict=True)
    entries = "".join(f'<li><a hreflang="{tongue}" href="/{tongue}">{name}</a></li>' for tongue, (_, name) in names)
    _, findings, _ = judged(f"{HEAD}{BODY}<ul>{entries}</ul>\n{TAIL}")
    assert all(finding.rule != "polyglot-links" for finding in findings)


def test_one_word_is_enough_among_names_that_say_it_all() -> None:
    names = ("casino online ar", "Kasyno Online PL", "казино", "mostbet az 90", "Pin UP Brazil")
    entries = "".join(f'<li><a href="/c/{number}">{name}</a></li>' for number, name in enumerate(names))
    restores(body=f'<ul class="cat">{entries}</ul>\n', rule="polyglot-links")


def test_a_post_of_the_same_kind_does_not_make_it_the_subject_of_the_page() -> None:
    names = ("casino online ar", "Kasyno Online PL", "казино", "bahis siteleri bonus")
    entries = "".join(f'<li><a href="/c/{number}">{name}</a></li>\n' for number, name in enumerate(names))
    own = "".join(f'<li><a href="/c/{name.lower()}">{name}</a></li>\n' for name in ("Children", "Maps", "Prints"))
    post = (
        "<article><p>The casino welcome offer accepts bitcoin and the live dealer blackjack is online free, with free "
        "spins for the newest players of the gambling enterprise.</p></article>\n"
    )
    more = "<p>The reading room is on the first floor, and it has a window to the river. Bring your own tea.</p>\n"
    page = f'{HEAD}{BODY}{more}{{}}<ul class="cat">\n{own}{{}}</ul>\n{TAIL}'
    _, findings, cleaned = judged(page.format(post, entries))
    assert {finding.rule for finding in findings} >= {"polyglot-links"}
    assert entries not in cleaned
    assert own in cleaned


@pytest.mark.parametrize("own", ["News", "Jobs", "Termine", "Recettes", "Seals and bearings", "Duyurular"])
def test_one_entry_of_the_site_s_own_keeps_its_list(own: str) -> None:
    page = HEAD + BODY + f'<ul class="cat"><li><a href="/c/own">{own}</a></li>{{}}</ul>\n' + TAIL
    assert judged(page.format(_entries(POSTS)))[2] == page.format("")


def test_what_the_software_calls_the_rest_goes_with_the_list() -> None:
    entries = '<li><a href="/c/uncategorized">Uncategorized</a></li>' + _entries(POSTS)
    restores(body=f'<ul class="cat">{entries}</ul>\n', rule="polyglot-links")
