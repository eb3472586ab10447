"""Frames out of sight: found however they are put there, and cut to the byte; those of measuring and players stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores, silent


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe src="https://fr.example.net/betting/?a=19" height=0 width=0 frameborder=no '
            'style="left:-3000px;position:absolute"></iframe>\n'
        ),
        '<iframe src="//t.example.net/in.php?s=5" width=1 height=1 style="position:absolute;top:-800px"></iframe>\n',
        '<iframe width="0" src="https://t.example.net/in.php" height="0"></iframe>\n',
        '<IFRAME SRC="https://t.example.net/go/" WIDTH="0%" HEIGHT="0%" FRAMEBORDER="0"></IFRAME>\n',
        '<iframe src="https://t.example.net/go/" width="2" height="2" style="opacity:0"></iframe>\n',
        '<iframe src="https://t.example.net/" style="width:0;height:0;border:0"></iframe>\n',
        '<iframe src="https://t.example.net/" style="border:0; max-width: 1px; height: 1px"></iframe>\n',
        '<iframe src="https://t.example.net/" style="transform:translateX(-9999px);position:fixed"></iframe>\n',
        '<iframe src="https://t.example.net/poker-room/?aff=17&u=2" style="display:none"></iframe>\n',
        '<iframe src="https://t.example.net/apotek/levitra" style="visibility: hidden" title="x"></iframe>\n',
        '<div style="position:absolute;left:-5000px"><iframe src="https://t.example.net/go"></iframe></div>\n',
        '<span style="width:1px;height:1px;overflow:hidden"><iframe src="//t.example.net/go"></iframe></span>\n',
        '<iframe src="https://t.example.net/" style="position:absolute;inset:0;z-index:2147483647"></iframe>\n',
        '<iframe src="https://semaglutideshop.example.net/?aff=48" width="0" height="0" style="opacity:0"></iframe>\n',
        '<iframe src="https://t.example.net/?aff=4863" title="kreditas be pajamų" width="1" height="1"></iframe>\n',
        '<iframe src="https://t.example.net/a/?a=31" title="人妻動画 無修正" width="0" height="0"></iframe>\n',
    ],
)
def test_a_frame_of_another_site_that_nobody_sees_is_cut(frame: str) -> None:
    restores(body=frame, rule="foreign-frame")


def test_a_frame_of_another_make_whose_address_only_sounds_so_is_reported_and_stays() -> None:
    """Programs that measure visitors name and mark their frames, and some have names that sound like spam."""
    bare = '<iframe src="https://t.example.net/poker-room/" width="0" height="0"></iframe>\n'
    marked = '<iframe id="cm" src="https://a.example.com/sexy-girls/" width="0" height="0" title="match"></iframe>\n'
    _, findings, cleaned = judged(HEAD + BODY + bare + marked + TAIL)
    assert [finding.disposition for finding in findings] == ["safe", "review"]
    assert cleaned == HEAD + BODY + marked + TAIL


@pytest.mark.parametrize(
    "frame",
    [
        (
            "<iframe srcdoc=\"<a href='https://a.example.net/'>online casino</a> <a href='https://b.example.net/'>"
            'slot gacor</a>" width="0" height="0"></iframe>\n'
        ),
        (
            '<iframe style="display:none" srcdoc="&lt;script src=&quot;https://t.example.net/a.js&quot;&gt;'
            '&lt;/script&gt;"></iframe>\n'
        ),
    ],
)
def test_a_frame_that_holds_its_page_itself_is_read(frame: str) -> None:
    restores(body=frame, rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe src="https://1234.fls.example.net/activityi;src=1234;type=count;ord=5?" width="1" height="1" '
            'frameborder="0" style="display:none"></iframe>\n'
        ),
        ('<iframe src="https://ad.example.net/t/?z=[zona]&g=5092837&b=50928&p=2" width="0" height="0"></iframe>\n'),
        (
            '<iframe src="https://consent.example.net/bc.min.html" tabindex="-1" role="presentation" title="blank" '
            'style="position: absolute; width: 1px; height: 1px; top: -9999px;"></iframe>\n'
        ),
        '<iframe src="https://sync.example.net/w/1.0/pd?plm=5" width="0" height="0" style="display:none"></iframe>\n',
        '<iframe width="560" height="315" src="https://video.example.net/embed/abc?start=10"></iframe>\n',
        '<div style="display:none"><iframe src="https://video.example.net/embed/abc"></iframe></div>\n',
        (
            '<div style="height:0;padding-bottom:56%"><iframe src="https://video.example.net/embed/abc" '
            'style="position:absolute;top:0;left:0;width:100%;height:100%"></iframe></div>\n'
        ),
        '<iframe src="https://b.example.net/5/c=508/rand=1486718795361/rt=ifr" style="width:0;height:0"></iframe>\n',
        '<iframe srcdoc="<p>A map of the reading room</p>" width="0" height="0"></iframe>\n',
        '<iframe name="post-target" src="https://forms.example.net/sent" style="display:none"></iframe>\n',
        '<iframe src="https://maps.example.net/embed?pb=12" style="border:0;margin:-10px" width="300"></iframe>\n',
        '<iframe src="//chat.example.net/start" style="position:fixed;right:0;bottom:0;z-index:99999"></iframe>\n',
    ],
)
def test_frames_of_measuring_consent_players_maps_and_chats_stay(frame: str) -> None:
    silent(body=frame)


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe allowfullscreen src="//lobby.example.net/go?s=1" style="position:fixed;width:100vw;height:100vh">',
        '<iframe allow="autoplay" title="" src="https://t.example.net/" style="position:fixed;width:100%;height:100%">',
        '<iframe loading=eager src="https://t.example.net/in/" style="position:absolute;inset:0;z-index:2147483646">',
    ],
)
def test_a_frame_laid_over_the_page_goes_however_it_may_be_played(frame: str) -> None:
    restores(body=frame + "</iframe>\n", rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe allowfullscreen src="https://video.example.net/v/1" width="560" height="315"></iframe>',
        '<iframe id="chat" src="https://t.example.net/go" style="position:fixed;width:100%;height:100%"></iframe>',
    ],
)
def test_players_and_what_scripts_know_by_name_stay(frame: str) -> None:
    silent(body=frame + "\n")


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe name=qq frameborder=0 style="position:absolute;left:-1500px" height=0 width=0 '
            'src="//f.example.net/in.cgi?7&amp;x"></iframe>\n'
        ),
        (
            '<iframe id="kx" name="ky" width="1" height="1" style="position:fixed;top:-900px" '
            'src="https://f.example.net/go?12"></iframe>\n'
        ),
    ],
)
def test_a_frame_that_is_hidden_twice_goes_by_whatever_name(frame: str) -> None:
    restores(body=frame, rule="foreign-frame")


@pytest.mark.parametrize(
    "frame",
    [
        (
            '<iframe name="post" width="0" height="0" style="position:absolute;left:-999px" '
            'src="https://f.example.net/form"></iframe><a target="post" href="https://f.example.net/like">Like</a>\n'
        ),
        (
            '<iframe name="visits" width="1" height="1" style="position:absolute;top:-999px" '
            'src="https://f.example.net/v?id=81723&amp;page=opening-hours"></iframe>\n'
        ),
        '<iframe name="player" width="0" height="0" src="https://f.example.net/play"></iframe>\n',
    ],
)
def test_frames_that_a_page_calls_by_name_or_that_measure_stay(frame: str) -> None:
    silent(body=frame)


def test_a_page_of_few_words_that_leads_to_what_is_sold() -> None:
    restores(head='<meta http-equiv="refresh" content="0;url=https://a.example.net/casino">\n', rule="foreign-refresh")


def test_a_page_of_few_words_may_lead_to_where_its_owner_went() -> None:
    silent(head='<meta http-equiv="refresh" content="0;url=https://library.example.net/">\n')


_OVER = '<iframe src="https://t.example.net/m" style="position:fixed;top:0;left:0;width:100vw;height:100vh"></iframe>'


@pytest.mark.parametrize(
    "beside",
    [
        "<style>html,body{overflow:hidden;margin:0}</style>",
        "<style>\nbody > *:not(iframe) { display: none !important }\n</style>",
        "<style>html{height:100%}*{visibility:hidden}iframe{visibility:visible}</style>",
        "<script>document.body.style.overflow='hidden';</script>",
        '<script>window.document.documentElement.style.overflow = "hidden"</script>',
    ],
)
def test_what_hides_the_page_below_a_frame_goes_with_it(beside: str) -> None:
    restores(body=f"{_OVER}{beside}", rule="foreign-frame")
    restores(body=f"{beside}\n{_OVER}\n", rule="foreign-frame")


@pytest.mark.parametrize(
    "beside",
    [
        "<style>body{overflow:hidden}.menu{display:none}</style>\n",
        "<style>#lead{display:none}</style>\n",
        "<style>body{margin:0}</style>\n",
        "<script>document.body.style.overflow='hidden';openMenu('display')</script>\n",
    ],
)
def test_a_sheet_of_the_page_beside_a_frame_stays(beside: str) -> None:
    restores(body=f"{_OVER}\n{beside}", kept_body=beside, rule="foreign-frame")


def test_a_refresh_for_those_without_scripts_goes_with_the_one_for_all() -> None:
    one = '<noscript><meta http-equiv="refresh" content="0; url=https://t.example.net/?b=4"></noscript>\n'
    other = '<meta http-equiv="Refresh" content="1;URL=\'https://t.example.net/in?b=4\'">\n'
    restores(head=one + other, rule="foreign-refresh")
    restores(head=one.replace("t.example.net/", "t.example.net/casino/"), rule="foreign-refresh")


def test_a_refresh_for_those_without_scripts_to_another_make_of_the_page_stays() -> None:
    silent(head='<noscript><meta http-equiv="refresh" content="0;url=https://plain.example.net/"></noscript>\n')
