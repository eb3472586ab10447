"""What is cut without asking: sentences beside the page's own, links and titles in letters that it has no use for."""

from __future__ import annotations

import pytest

from spamguard import Guard

PAGE = """<!DOCTYPE html>
<html lang="pt">
<head>
<meta charset="utf-8">
<title>%(title)sBoletim da aldeia</title>
</head>
<body>
<h1>Boletim da aldeia</h1>
<p>A padaria abre agora às sete. Quem quiser broa encomenda na véspera.%(put)s Aos domingos a loja está fechada e não se
aceitam encomendas.</p>
<p>A biblioteca fecha na semana da festa; os livros devolvem-se na junta.</p>
<p>O rancho ensaia às sextas no salão, com as saias das avós e um acordeão que perdeu duas teclas na última romaria.
Quem tiver teclas de sobra fale com o sacristão, que guarda a chave do armário. A polícia prendeu o ladrão das galinhas,
e o autocarro da manhã já não para na ponte; espera-se por ele junto à fonte, onde há sombra e um banco novo.</p>
</body>
</html>
"""


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


def _page(put: str = "", title: str = "") -> bytes:
    return (PAGE % {"put": put, "title": title}).encode()


@pytest.mark.parametrize(
    "sentence",
    [
        '<a href="https://a.example.com/x">Pay someone to do my coursework</a> and sleep well tonight.',
        '<a href="https://pill.example.net/">Buy viagra online</a> without leaving your home.',
        '<a href="https://pill.example.net/" rel="nofollow">Payday loans online</a> are paid out within the hour.',
        '<a href="https://pill.example.net/">Write my essay for me</a> is all you have to say.',
        '<a href="https://k.example.net/">Игровые автоматы на деньги</a> ждут вас каждый вечер.',
    ],
)
def test_a_sentence_that_begins_with_a_link_goes_from_between_two_of_the_page(guard: Guard, sentence: str) -> None:
    assert guard.clean(_page(f" {sentence}"), path="p.html").data == _page()


@pytest.mark.parametrize(
    "sentence",
    [
        '<a href="https://www.example.org/">Buy an essay for a pound</a> é o nome da peça.',
        '<a href="https://ru.example.org/">Русская версия</a> выходит раз в месяц.',
        '<a href="https://el.example.org/">Το τυχερό φρουτάκι</a> é o filme grego desta semana.',
    ],
)
def test_a_sentence_of_the_page_that_begins_with_a_link_stays(guard: Guard, sentence: str) -> None:
    assert guard.clean(_page(f" {sentence}"), path="p.html").data == _page(f" {sentence}")


def test_the_middle_of_a_sentence_is_left_for_people(guard: Guard) -> None:
    put = ' Na feira ouvia-se <a href="https://a.example.com/x">pay someone to do my coursework</a> por todo o lado.'
    assert guard.clean(_page(put), path="p.html").data == _page(put)


@pytest.mark.parametrize(
    "title",
    [
        "онлайн казино слоты рулетка - ",
        "казино онлайн на деньги игровые автоматы бесплатно - ",
    ],
)
def test_what_sells_in_other_letters_goes_from_a_title(guard: Guard, title: str) -> None:
    assert guard.clean(_page(title=title), path="p.html").data == _page()


@pytest.mark.parametrize("title", ["Ελληνική γιορτή στο χωριό - ", "Деревенский вестник - "])
def test_a_title_in_two_kinds_of_letters_stays(guard: Guard, title: str) -> None:
    assert guard.clean(_page(title=title), path="p.html").data == _page(title=title)


@pytest.mark.parametrize("name", ["Ελληνική γιορτή στο χωριό", "Деревенский праздник", "마을 잔치 소식", "ข่าวงานวัด"])
def test_a_link_in_letters_of_its_own_stays(guard: Guard, name: str) -> None:
    put = f' <a href="https://vizinhos.example.org/">{name}</a> é o jornal dos vizinhos.'
    assert guard.clean(_page(put), path="p.html").data == _page(put)


def test_what_the_page_reports_does_not_speak_for_links_in_other_letters(guard: Guard) -> None:
    links = [("토토사이트", "a"), ("바카라사이트", "b"), ("슬롯 꽁머니 즉시지급", "c"), ("메이저놀이터 순위", "d")]
    row = ", ".join(f'<a href="https://{host}.example.net/">{name}</a>' for name, host in links)
    before = _page().replace(b"junta.</p>", "junta. A polícia prendeu dois homens e o tribunal multou um.</p>".encode())
    put = before.replace(b"multou um.", f"multou um. 요즘은 {row} 를 확인하세요.".encode())
    assert put != before
    assert guard.clean(put, path="p.html").data == before


SOLD = (
    '<div style="display:none"><a href="https://s.example.net/">casino bonus</a> '
    '<a href="https://t.example.com/">slots</a></div>'
)


@pytest.mark.parametrize("sown", ['<i style="display:none"></i>', '<bdo></bdo><kbd id="uumv1"></kbd>', "<i></i>"])
def test_empty_elements_that_a_machine_sowed_behind_a_block_go_with_it(guard: Guard, sown: str) -> None:
    put = _page().replace(b"</body>", f"{SOLD}\n{sown}\n</body>".encode())
    assert guard.clean(put, path="p.html").data == _page()


@pytest.mark.parametrize("own", ['<div class="clear"></div>', '<i class="icon"></i>', '<span id="top"></span>'])
def test_empty_elements_that_serve_the_page_stay(guard: Guard, own: str) -> None:
    before = _page().replace(b"</body>", f"{own}\n</body>".encode())
    assert guard.clean(before.replace(own.encode(), f"{SOLD}\n{own}".encode()), path="p.html").data == before


ABROAD = "Casino za registráciu, casino bez licencie, kasíno bez overenia. "


def test_a_sentence_of_another_language_goes_from_among_the_links_of_the_page(guard: Guard) -> None:
    says = (
        'O rancho vai às festas de Viana, onde toca <a href="https://banda.example.org/">a banda dos bombeiros</a> e se'
        ' vende pão de milho. {}Quem quiser ir no autocarro inscreve-se <a href="https://junta.example.net/">na página'
        " da junta</a> até sexta, e leva farnel, chapéu e a cadeira de casa."
    )
    sold = f'{ABROAD}<a href="https://k.example.com/">Online kasíno</a>. '
    page, infected = (_page().decode().replace("O rancho", says.format(put) + " O rancho", 1) for put in ("", sold))
    assert guard.clean(infected.encode(), path="p.html").data == page.encode()


@pytest.mark.parametrize(
    "block",
    [
        # A hidden menu that says what the page never says, in another language, is not the site's own.
        (
            '<footer style="display:none"><a href="/l/a/">shop người lớn</a> <a href="/l/b/">thuốc ngủ cực mạnh</a> '
            '<a href="/l/c/">dương vật giả</a></footer>\n'
        ),
        # So are hidden sentences in letters that the page has no use for, without a known word.
        '<div style="display:none">最新无码片源免费在线播放，国产自拍高清视频大全，每日更新激情大片免费观看</div>\n',
    ],
)
def test_what_is_hidden_and_says_what_the_page_never_says_goes(guard: Guard, block: str) -> None:
    page = _page().decode()
    assert guard.clean(page.replace("</body>", block + "</body>").encode(), path="p.html").data == page.encode()


@pytest.mark.parametrize(
    "block",
    [
        '<nav style="display:none"><a href="/padaria">A padaria</a> <a href="/biblioteca">A biblioteca</a></nav>\n',
        '<p style="display:none">ページを読み込んでいます。しばらくお待ちください。</p>\n',
        '<ul hidden><li><a href="/ru/">Русская версия</a></li><li><a href="/ru/kontakty">Контакты</a></li></ul>\n',
    ],
)
def test_hidden_menus_and_notices_of_the_page_stay(guard: Guard, block: str) -> None:
    page = _page().decode().replace("</body>", block + "</body>").encode()
    assert guard.clean(page, path="p.html").data == page


FAR = (
    '<div style="position:absolute;left:-%spx;width:700px">Mulți jucători se întreabă cum aleg un operator serios. La '
    '<a href="https://joc.example.net/">aparate cu septari pe bani reali</a> contează viteza retragerilor, iar '
    "rotirile fără depunere sunt un câștig bun pentru începători. Citiți regulamentul înainte de a paria.</div>"
)
PALE = (
    "<style>.zf3 {color:#fdfdfd !important;background:#fff}</style>&nbsp;<h6 class=zf3>Got it for my sister, stitching "
    'is neat and the strap is long enough.</h6>&nbsp;<kbd class=zf3><a class=zf3 href="http://purse.example.net/mk2.html">'
    'designer purse clearance</a></kbd>&nbsp;<b class=zf3>Two thumbs up! <a class=zf3 href="http://purse.example.net/w">'
    "wallets wholesale replica</a></b>"
)
CLUB = '<a href="https://club.example.net/">chess club of the next valley</a>'


@pytest.mark.parametrize("put", [FAR % "11873", f"<!--7be02-->{FAR % '9999'}<!--7be02-->", PALE])
def test_what_hides_a_block_and_came_with_it_speaks_against_it(guard: Guard, put: str) -> None:
    page = _page().decode()
    assert guard.clean(page.replace("</body>", f"{put}</body>").encode(), path="p.html").data.decode() == page


@pytest.mark.parametrize(
    "own",
    [
        f'<div style="position:absolute;left:-11873px">The {CLUB} meets on Fridays. Bring a board. Tea is free.</div>',
        f"<!--club--><div style='display:none'>The {CLUB} meets on Fridays. Bring a board.</div><!--club-->",
        f"<style>.z {{color:#fdfdfd;background:#fff}}</style><p class=z>The {CLUB} meets. Bring a board. Tea.</p>",
    ],
)
def test_what_sells_nothing_stays_however_it_is_hidden(guard: Guard, own: str) -> None:
    page = _page().replace(b"</body>", f"{own}</body>".encode())
    assert guard.clean(page, path="p.html").data == page


ROW = " - ".join(
    f'<a href="https://k{number}.example.net/">{said}</a>'
    for number, said in enumerate(
        ("bornova escort bayan", "yatırımsız deneme bonusu", "illegal bahis", "casino bonusları", "kadıköy eskort")
    )
)


def test_a_keyword_that_has_illegal_in_it_reports_on_nothing(guard: Guard) -> None:
    page = _page().replace(b"</body>", f"<p>{ROW}</p>\n</body>".encode())
    assert guard.clean(page, path="p.html").data == _page()


def test_links_of_a_report_stay(guard: Guard) -> None:
    told = f"<p>Polis dün beş kişiyi gözaltına aldı; adresleri yasa dışı: {ROW}. Emniyet uyardı.</p>\n"
    page = _page().replace(b"</body>", f"{told}</body>".encode())
    assert guard.clean(page, path="p.html").data == page


def test_an_attribute_without_its_tag_is_no_word_of_the_page(guard: Guard) -> None:
    put = (
        '<div hidden style="display:none!important">\n<a href="https://a.example.org/">situs gacor resmi</a>\n'
        '<b><a href="https://b.example.net/">bandar togel hadiah terbesar</a></b> rel="noopener noreferrer"\n'
        '<p><a href="https://c.example.org/">pola slot malam ini</a></p>\n'
    )
    page = _page().decode()
    assert guard.clean(page.replace("</body>", f"{put}</body>").encode(), path="p.html").data.decode() == page
