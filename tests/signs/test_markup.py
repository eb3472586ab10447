"""Frames, refreshes, dressed-up links and noise: each is cut to the byte, and its honest counterpart is left alone."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

AWAY = '<div id="k_482913" style="position:fixed;left:-9000px;top:-9000px;">'
INVENTED = '<qtb id="hsmzka"><wn class="plorv"></wn></qtb><dax id="uubelq"><mro class="tyeha"></mro></dax>'


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://a.example.net/x" width="1" height="1" style="visibility:hidden"></iframe>\n',
        '<iframe src="//b.example.net/" style="position:absolute;left:-5000px"></iframe>\n',
        '<iframe src="https://c.example.net" style="position:fixed;top:0;left:0;width:100%;height:100vh"></iframe>\n',
        '<iframe src="https://d.example.net/f?a=1" title="online casino slots" width="0" height="0"></iframe>\n',
        '<iframe src="https://online-casino-bonus.example.net/" style="display:none"></iframe>\n',
    ],
)
def test_a_frame_of_another_site_that_is_out_of_sight_or_over_the_page_is_cut(frame: str) -> None:
    restores(body=frame, rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        '<noscript><iframe src="https://tags.example.net/ns.html" style="display:none"></iframe></noscript>\n',
        '<iframe src="https://video.example.net/embed/1" width="640" height="360"></iframe>\n',
        '<iframe id="ad-1" src="https://ads.example.net/f" width="1" height="1" style="visibility:hidden"></iframe>\n',
        '<iframe src="/login/silent.html" width="0" height="0" style="visibility:hidden"></iframe>\n',
        '<iframe src="https://challenge.example.net/frame" width="0" height="0" style="display: none"></iframe>\n',
    ],
)
def test_frames_of_tag_managers_players_advertisements_and_logins_stay(frame: str) -> None:
    silent(body=frame)


WORDS = "<p>" + "The reading room has twelve tables and a view of the river. " * 8 + "</p>\n"


def test_a_refresh_to_another_site_is_cut() -> None:
    restores(
        head='<meta http-equiv="refresh" content="0;url=https://a.example.net/online-casino">\n',
        body=WORDS,
        kept_body=WORDS,
        rule="foreign-refresh",
    )


@pytest.mark.parametrize("target", ["0;url=/new/", "600", "300;url=https://a.example.net/", "1; URL='index.html'"])
def test_a_refresh_to_the_site_itself_or_a_slow_one_stays(target: str) -> None:
    silent(head=f'<meta http-equiv="refresh" content="{target}">\n', body=WORDS)


def test_a_page_that_only_says_where_it_went_stays() -> None:
    silent(head='<meta http-equiv="refresh" content="0;url=https://a.example.net/">\n')


def test_a_word_that_was_made_a_link_is_given_back() -> None:
    before, after = "<p>See the ", " section of the manual first.</p>\n"
    link = (
        '<a href="https://a.example.net/" style="color:#000;text-decoration:none;cursor:text" '
        "onmousemove=\"window.status=' '\">"
    )
    restores(
        body=f"{before}{link}troubleshooting</a>{after}",
        kept_body=f"{before}troubleshooting{after}",
        rule="camouflaged-link",
    )


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://a.example.net/" style="text-decoration:none;color:#0645ad">manual</a>',
        '<a class="plain" href="/manual" style="text-decoration:none;cursor:text;color:#000">manual</a>',
        '<a href="https://a.example.net/" style="color:inherit;text-decoration:none;position:absolute">manual</a>',
    ],
)
def test_links_that_only_look_plain_stay(link: str) -> None:
    silent(body=f"<p>See the {link} section first.</p>\n")


def test_a_box_of_invented_tags_goes_with_its_strays() -> None:
    strays = '<samp id="zq3k8"><listing id="zq3k8"></listing></samp>\n'
    restores(body=f"{AWAY}{INVENTED}</div>\n{strays}", rule="noise-tags")


@pytest.mark.parametrize("tag", ["section", "aside", "center", "ul"])
def test_the_box_may_be_any_and_its_twin_goes_too(tag: str) -> None:
    box = f"{AWAY}{INVENTED}</div>\n".replace("div", tag)
    restores(body=f"{box}{box.replace('k_482913', 'k_482914')}", rule="noise-tags")


@pytest.mark.parametrize(
    "box",
    [
        f"{AWAY}<my-card></my-card><my-icon></my-icon><x-tip></x-tip></div>\n",
        f'{AWAY}<i class="fa"></i><svg><path d="M0 0"></path></svg><span></span></div>\n',
        f"<div>{INVENTED}</div>\n",
        f"{AWAY}<fb:like></fb:like><g:plusone></g:plusone><o:p></o:p></div>\n",
    ],
)
def test_custom_elements_icons_and_visible_oddities_stay(box: str) -> None:
    silent(body=box)


FAR = "#k7Qz0aW{position:fixed;top:-99412303px;overflow:hidden;}"
LINKS = '<div id="k7Qz0aW"><p><a href="https://a.example.net/">see here</a></p></div>'


@pytest.mark.parametrize(
    "block",
    [
        (
            f"{LINKS}<script>(function(){{var c='{FAR}',s=document.createElement('st'+'yle');"
            "s.appendChild(document.createTextNode(c));document.getElementsByTagName('hea'+'d')[0].appendChild(s)})()"
            "</script>\n"
        ),
        f"<style>{FAR}</style>{LINKS}\n",
        '<div style="position:absolute;left:-152413851px"><a href="https://a.example.net/">see here</a></div>\n',
    ],
)
def test_links_a_million_pixels_away_go_with_the_rule_that_moves_them(block: str) -> None:
    restores(body=block, rule="faraway-links")


@pytest.mark.parametrize(
    "block",
    [
        '<a href="#main" style="position:absolute;left:-9999px">Skip to the text</a>\n',
        '<h2 style="text-indent:-9999999px"><a href="/">Town library</a></h2>\n',
        '<div id="template" style="position:absolute;left:-10000000px"><b>Certificate</b></div>\n',
    ],
)
def test_skip_links_logos_and_templates_stay_where_they_are(block: str) -> None:
    silent(body=block)


def test_links_that_carry_an_advertisement_to_a_search_page_go_with_their_box() -> None:
    query = "https://search.example.net/find?q=%EC%98%A4%ED%94%BC%E3%80%90ab12%E3%80%82com%E3%80%91"
    anchors = f'<a href="{query}" target="_blank">early river</a> <a target="_blank">green answer</a>'
    restores(body=f'<div style="visibility:hidden">{anchors}</div>\n', rule="reflected-links")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('<div style="height:2px; overflow:hidden; width:6px">', "</div>"), ('<ul class="k">', "</ul>"), ("<p>", "</p>")],
)
def test_whatever_box_holds_nothing_but_such_links_goes_with_them(opening: str, closing: str) -> None:
    link = '<a href="https://search.example.net/find?q=%E3%80%90ab{0}%E3%80%82com%E3%80%91">early river {0}</a>'
    links = " ".join(link.format(number) for number in range(3)) + ' <a target="_blank">green answer</a>'
    restores(body=f"{opening}{links}{closing}\n", rule="reflected-links")


def test_a_box_with_words_of_its_own_only_loses_the_link() -> None:
    link = '<a href="https://search.example.net/find?q=%E3%80%90ab12%E3%80%82com%E3%80%91">early river</a>'
    restores(body=f"<p>Come in.{link}</p>\n", kept_body="<p>Come in.</p>\n", rule="reflected-links")


def test_ordinary_searches_in_other_scripts_stay() -> None:
    silent(
        body='<p><a href="https://search.example.net/find?q=%E5%9B%BE%E4%B9%A6%E9%A6%86">search</a> '
        '<a href="https://search.example.net/?q=%E3%80%90news%E3%80%91">news</a></p>\n'
    )
