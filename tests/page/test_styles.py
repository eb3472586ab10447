"""Which styles hide what they are given to, as the first look at a page reads them."""

from __future__ import annotations

import pytest

from spamguard.page.styles import EVERYDAY, PERHAPS, SEEN, SELDOM, names_hidden, way_in, way_of
from spamguard.page.tokens import AWAY, FOREIGN, HIDDEN, VEILED, flow_of

AWAY_STYLES = (
    "font-size:0.1px", "font-size:0 !important", "font-size:.5px", "font-size:0em", "font:0/0 a", "color:transparent",
    "color:rgba(0,0,0,0)", "color:rgb(0 0 0 / 0%)", "color:#0000", "-webkit-text-fill-color:transparent",
    "transform:translate(-9999px)", "transform:translate3d(-9999px,0,0)", "translate:-9999px",
    "transform:translateX(-200vw)", "text-indent:-9999px", "text-indent:9999px;overflow:hidden;white-space:nowrap",
    "max-height:0;overflow:hidden", "width:0;overflow:hidden", "height:0!important;overflow:hidden",
    "height:.1px;overflow:hidden", "overflow:hidden;width:2px;height:2px", "position:absolute;left:-100vw",
    "position:absolute;left:-99em", "position:absolute;left:-1e5px", "position:absolute;left:calc(-9999px)",
    "position:absolute;left:calc(0px - 9999px)", "margin:-9999px 0 0 -9999px", "margin-inline-start:-9999px",
    "position:absolute;inset:-9999px auto auto -9999px", "inset-inline-start:-9999px;position:fixed",
    "position:absolute;left:99999px", "position:absolute;right:9999px", "position:fixed;top:9999px",
    "background:#fff;color:#fff", "background-color:#FFFFFF; color: white", "color:#fffffe", "COLOR : #FEFEFE",
    "transform:matrix(1,0,0,1,-9999,0)", "display:table-column", "f\\6fnt-size:0", "left/**/:-9999px;position:absolute",
)  # fmt: skip
MENU_STYLES = (
    "display:none", "DISPLAY:NONE", "display : none", "display:/* */none", "d\\69splay:none", "visibility:hidden",
    "visibility:collapse", "opacity:0", "opacity:0.0", "opacity:.01", "opacity:0 !important", "opacity:0%",
    "filter:opacity(0)", "position:absolute;clip:rect(0,0,0,0)", "clip:rect(1px 1px 1px 1px);position:absolute",
    "clip-path:inset(100%)", "clip-path:circle(0)", "transform:scale(0)", "transform:scaleY(0.001)", "scale:0",
)  # fmt: skip
SEEN_STYLES = (
    "", "color", "font-size:0.9em", "font-size:.8rem", "font-size:10px", "font:12px/1 serif", "opacity:.5",
    "color:rgb(0, 0, 0)", "color:rgba(0,0,0,.6)", "color:#fff;background:#333", "color:#333", "color:#f00",
    "margin:0 auto", "margin:-150px 0 0 -250px", "left:-50%", "transform:translate(-50%,-50%)",
    "transform:translate3d(-1140px,0,0)", "transform:scale(0.5)", "transform:scale(1)", "width:0%;left:100%",
    "max-height:60px;overflow:hidden", "height:100%;overflow:hidden", "backface-visibility:hidden",
    "clip-path:inset(0 0 4px 0)", "inset:0", "text-indent:2em", "left:1200px;position:absolute",
    "background-clip:text;color:transparent", "color:transparent;text-shadow:0 0 2px #000",
    "/* font-size:0 */color:red",
    "left:calc(50% - 480px)", "filter:opacity(.8)", "z-index:10", "rotate:3deg",
)  # fmt: skip


@pytest.mark.parametrize("style", AWAY_STYLES)
def test_ways_that_honest_pages_seldom_use(style: str) -> None:
    assert way_of(style) == way_in(style) == SELDOM


@pytest.mark.parametrize("style", MENU_STYLES)
def test_ways_of_menus_dialogs_and_labels(style: str) -> None:
    assert way_of(style) == EVERYDAY


@pytest.mark.parametrize("style", SEEN_STYLES)
def test_what_people_can_read(style: str) -> None:
    assert way_of(style) == SEEN


@pytest.mark.parametrize("style", ["color:#fff", "color: White", "position:absolute;z-index:-1", "display:var(--d)"])
def test_what_the_page_around_decides(style: str) -> None:
    assert way_of(style) == PERHAPS


def test_a_long_style_is_read_in_a_time_that_follows_its_length() -> None:
    assert way_in("margin:" + "1px -" * 200_000) == SEEN
    assert way_in("/*" * 100_000 + "display:none") == EVERYDAY  # as the first reading always took it
    assert way_in("color:rgb(" * 50_000) == SEEN


def test_names_that_a_small_sheet_hides() -> None:
    assert names_hidden(".a7{color:#FFFFFE !important} #b, p.c a{display:none} .d{color:red}") == {"a7", "#b", "c"}


def _marks(page: str) -> str:
    return "".join(mark for mark in "".join(flow_of(page).pieces) if mark in {HIDDEN, AWAY, VEILED, FOREIGN})


@pytest.mark.parametrize(
    ("page", "marks"),
    [
        ("<div hidden>words</div>", HIDDEN),
        ('<a hidden href="https://a.example.net/">words</a>', HIDDEN + FOREIGN),
        ('<style>.k{color:#fefefe}</style><p class="x k">words</p><p class="kk">words</p>', VEILED),
        ('<style>#k{left:-9999px}</style><a id="k" href="//a.example.net">words</a>', VEILED + FOREIGN),
        ("<details><summary>More</summary>words</details><details open>words</details>", VEILED),
        ("<dialog>words</dialog><template>words</template>", VEILED * 2),
        (
            '<dialog open style="left:-9999px">words</dialog><details style="display:none">words</details>',
            AWAY + HIDDEN,
        ),
        ("<noscript><p>words</p></noscript>", VEILED),
        ('<p style="color:#fff">words</p>', VEILED),
        ("<p>hidden words</p>", ""),
        (f'<style>.k{{color:#fefefe}}{" " * 900}</style><p class="k">words</p>', ""),
    ],
)
def test_what_hides_without_a_style_of_its_own_is_marked(page: str, marks: str) -> None:
    assert _marks(page) == marks
