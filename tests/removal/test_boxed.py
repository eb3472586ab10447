"""What shares a box with a block: text of another language than the page goes with it, the page's own stays."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from spamguard.examine.boxed import boxed
from spamguard.removal.splice import splice
from tests.examine.scenes import block, plans_of, scene_of, stretches_in

ENGLISH = (
    "<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
    "<p>The library opens at nine in the morning and closes at five. Bring your card with you when you come for the "
    "first time, and ask at the desk for the list of books that we have bought in the spring.</p>\n<p>The reading "
    "room on the first floor is warm and bright. Who likes to sew or to sing is welcome there on Mondays.</p>\n"
)
CHINESE = (
    "<html>\n<head>\n<title>村图书馆</title>\n</head>\n<body>\n"
    "<p>图书馆早上九点开门，下午五点关门。第一次来请带好借书证，到服务台索取今年春天新买图书的目录。</p>\n"
    "<p>二楼的阅览室温暖明亮，喜欢唱歌或者做手工的人，星期一都可以来。孩子们可以在这里写作业，家长请在楼下等候，不要大声说话。</p>\n"
    "<p>馆里的老照片是村民捐的，照片里的人多半已经不在了。想看的人可以向管理员说明，戴上手套翻看。雨天请把伞放在门口的架子上。</p>\n"
    "<p>每年秋天我们和学校一起办读书会，去年来了四十个人，今年希望更多。想来的人先报名，名单贴在门口，也可以打电话。</p>\n"
    "<p>借书三十天，过期要交一点罚款，钱用来买新书。丢了书的人照价赔，或者买一本一样的还给我们。</p>\n"
)
END = "</body>\n</html>\n"
SPAM, DOUBTFUL, HONEST = 5.0, -2.5, -6.5


def _cut(data: str, known: str, others: float = DOUBTFUL) -> str:
    """The page without what is known to be spam and what shares its box; ``others`` is how all the rest looks."""
    raw = data.encode()
    page, root, scene = scene_of(raw)
    start = raw.index(known.encode())
    stretch = stretches_in(scene, [(start, start + len(known.encode()))])[0]
    scores = np.full(len(scene.items), others)
    scores[stretch.first : stretch.last] = SPAM
    scene = dataclasses.replace(scene, scores=scores)
    plans = plans_of(page, root, scene, boxed(scene, [block(stretch)], [None])[0])
    edits = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec).decode()


LINK = '<a href="https://a.example.com/x">%s</a>'
STRANGE = {
    "de": ("Liebe Freunde, hier noch ein kleiner Hinweis von uns allen", "Sofortkredit ohne Schufa"),
    "ru": ("Здравствуйте, друзья, мы давно читаем вашу страницу", "купить диплом"),
    "vi": ("Xin chào các bạn, hôm nay chúng tôi giới thiệu", "nhà cái uy tín"),
    "tr": ("Merhaba arkadaşlar, uzun zamandır sizi takip ediyoruz", "kaçak bahis"),
    "th": ("สวัสดีเพื่อนๆ วันนี้เรามีเรื่องดีๆ มาบอก", "บาคาร่าออนไลน์"),
}
BOXES = [
    '<div class="card"><h4>%s</h4><p>%s</p></div>\n',
    "<div>\n  <p>%s</p>\n  <p>%s</p>\n</div>\n",
    "<blockquote><span>%s</span><br>%s</blockquote>\n",
    '<ul class="u"><li>%s</li><li>%s</li></ul>\n',
]


@pytest.mark.parametrize("language", STRANGE)
@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_text_of_another_language_goes_with_the_block_in_its_box(language: str, box: str, page: str) -> None:
    greeting, link = STRANGE[language]
    assert _cut(page + box % (greeting, LINK % link) + END, LINK % link) == page + END


@pytest.mark.parametrize("box", BOXES)
def test_text_in_the_page_s_language_stays(box: str) -> None:
    own = "The list of the books that we have bought is at the desk"
    cleaned = _cut(ENGLISH + box % (own, LINK % "kaçak bahis") + END, LINK % "kaçak bahis")
    assert own in cleaned
    assert "bahis" not in cleaned


def test_a_chinese_sentence_of_a_chinese_page_stays() -> None:
    own = "赌场搭在江心的船上，灯笼红得像熟透的柿子。他听见了母亲纺车的声音。"
    link = LINK % "먹튀없는 보증업체"
    assert own in _cut(f"{CHINESE}<div><p>{own}</p><p>{link}</p></div>\n{END}", link)


@pytest.mark.parametrize(
    "beside",
    [
        '<a href="/archiv/liste.html">Alte Bilder aus unserem Dorf und seiner Umgebung</a>',
        "© 2021 Heimatverein Musterdorf, alle Rechte bei den Verfassern",
        "<article><h3>Gäste aus dem Nachbarland erzählen, was sie gesehen haben</h3></article>",
    ],
    ids=["a link home", "whose page it is", "an article"],
)
def test_what_is_surely_the_page_s_own_stays_whatever_its_language(beside: str) -> None:
    link = LINK % "Sofortkredit ohne Schufa"
    cleaned = _cut(f'{ENGLISH}<div class="card"><p>{beside}</p><p>{link}</p></div>\n{END}', link)
    assert beside in cleaned
    assert "Schufa" not in cleaned


def test_sponsors_of_other_sites_stay() -> None:
    sponsors = (
        '<li><a href="https://b.example.org/">garden office</a></li><li><a href="https://c.example.org/">sheds</a></li>'
    )
    link = LINK % "kaçak bahis"
    cleaned = _cut(f'{ENGLISH}<div class="bar"><ul>{sponsors}<li>{link}</li></ul></div>\n{END}', link)
    assert sponsors in cleaned
    assert "bahis" not in cleaned


def test_what_looks_honest_through_and_through_stays() -> None:
    greeting, link = STRANGE["de"][0], LINK % "Sofortkredit ohne Schufa"
    assert greeting in _cut(f"{ENGLISH}<div><p>{greeting}</p><p>{link}</p></div>\n{END}", link, HONEST)


def test_a_long_text_stays_beside_a_short_block() -> None:
    text = " ".join(f"Wort{number} und noch eines" for number in range(60))
    link = LINK % "Sofortkredit ohne Schufa"
    assert text in _cut(f"{ENGLISH}<div><p>{text}</p><p>{link}</p></div>\n{END}", link)


def test_a_page_of_few_words_tells_no_language() -> None:
    page = "<html>\n<body>\n<p>Welcome to the library of our village.</p>\n"
    greeting, link = STRANGE["de"][0], LINK % "Sofortkredit ohne Schufa"
    assert greeting in _cut(f"{page}<div><p>{greeting}</p><p>{link}</p></div>\n{END}", link)


def test_what_a_page_hides_itself_stays_when_a_block_is_put_into_it() -> None:
    own = (
        '<ol class="popular" style="display:none"><li>老照片展览在二楼的阅览室</li><li>读书会的名单贴在门口</li>{}'
        "<li>今年秋天和学校一起办读书会</li></ol>\n"
    )
    spam = "<li>在线赌场注册送彩金，百家乐投注平台</li>"
    assert _cut(CHINESE + own.format(spam) + END, "在线赌场注册送彩金，百家乐投注平台", 0.5) == (
        CHINESE + own.format("") + END
    )


@pytest.mark.parametrize("cells", [("Minimal", "50"), ("Mindest", "10 Euro"), ("Depo", "Rp 5.000")])
def test_what_is_promised_in_a_table_between_two_blocks_goes_with_them(cells: tuple[str, str]) -> None:
    table = "<table><tr><td>{}</td><td>{}</td></tr></table>\n".format(*cells)
    ours = f'<div class="post-content"><h1>situs slot gacor</h1>\n{table}<p>daftar judi online</p></div>\n'
    assert _of_two(ENGLISH + ours + END, "situs slot gacor", "daftar judi online") == ENGLISH + END


@pytest.mark.parametrize(
    "own",
    [
        "<p>The reading room is open on Mondays, and the mill on Sundays.</p>\n",
        '<p><a href="/looms">Looms</a></p>\n',
    ],
)
def test_the_pages_own_between_two_blocks_stays(own: str) -> None:
    ours = f'<div class="post-content"><h1>situs slot gacor</h1>\n{own}<p>daftar judi online</p></div>\n'
    assert own.strip() in _of_two(ENGLISH + ours + END, "situs slot gacor", "daftar judi online")


def _of_two(data: str, *known: str) -> str:
    """The page without two blocks, the first of which is cut only if the second takes it along."""
    raw = data.encode()
    page, root, scene = scene_of(raw)
    spans = [(raw.index(text.encode()), raw.index(text.encode()) + len(text.encode())) for text in known]
    stretches = stretches_in(scene, spans)
    scores = np.full(len(scene.items), DOUBTFUL)
    for stretch in stretches:
        scores[stretch.first : stretch.last] = SPAM
    scene = dataclasses.replace(scene, scores=scores)
    doubts = ["one or two sentences may be the page's own", None]
    blocks, left = boxed(scene, [block(stretch) for stretch in stretches], doubts)
    sure = [one for one, doubt in zip(blocks, left, strict=True) if doubt is None]
    edits = sorted({edit for plan in plans_of(page, root, scene, sure) for edit in plan.edits})
    return splice(page.raw, edits, page.codec).decode()
