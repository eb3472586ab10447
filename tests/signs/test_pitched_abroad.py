"""An advertisement in a language that the page is not in is told by one strong keyword; warnings of them stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

ENGLISH = HEAD.replace("<html>", '<html lang="en">')


@pytest.mark.parametrize(
    "pitch",
    [
        "Jisajili leo kwenye kasino bora mtandaoni upate bonasi ya ukaribisho na ushinde pesa halisi.",
        "Pelaa heti: nettikasino ilman rekisteröitymistä odottaa sinua.",
        "Köp viagra receptfritt hos oss redan i dag.",
        "Hrajte ještě dnes, casino bez registrace je tu pro každého.",
    ],
)
def test_a_sentence_of_another_language_that_sells_is_shown(pitch: str) -> None:
    page = ENGLISH + BODY + f"<p>The choir sang twice. {pitch} Tickets are at the door.</p>" + TAIL
    verdict, findings, _ = judged(page)
    assert verdict == "infected"
    assert any(word in findings[0].excerpt for word in pitch.split())


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("sv", "Spela aldrig på ett casino utan svensk licens, varnar Konsumentverket, hur lockande det än är."),
        ("da", "Politiet advarer: køb ikke viagra uden recept."),
        ("el", "Ο ΕΟΦ προειδοποιεί: μην αγοράζετε viagra χωρίς συνταγή."),
        ("zh", "警方提醒，所谓跑分平台、网投平台都是骗局，切勿注册。"),
        ("sw", "Polisi wamewakamata watu waliojisajili kwenye kasino bora mtandaoni bila leseni."),
        ("pl", "Policja ostrzega: kasyno online bez depozytu to pułapka, nie graj tam."),
        ("cs", "Policie zadržela muže, který na internetu prodával viagru bez receptu."),
    ],
)
@pytest.mark.parametrize("abroad", [False, True])
def test_whoever_warns_of_such_things_sells_nothing(language: str, warning: str, abroad: bool) -> None:
    head = ENGLISH if abroad else HEAD.replace("<html>", f'<html lang="{language}">')
    page = head + BODY + f"<p>{warning} Desk hours are on the door.</p>" + TAIL
    assert judged(page) == ("clean", (), page)


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("hi", "पुस्तकालय नौ बजे खुलता है।"),
        ("ur", "کتب خانہ نو بجے کھلتا ہے۔"),
        ("ar", "متى تفتح المكتبة؟"),
    ],
)
def test_a_sentence_begins_behind_the_full_stop_of_the_page_whatever_its_letters(language: str, before: str) -> None:
    page = HEAD.replace("<html>", f'<html lang="{language}">') + f"</head>\n<body>\n<p>{before}{{}}</p>\n" + TAIL
    pitch = " Juega en el mejor casino online y gana dinero real con un bono de depósito."
    _, findings, _ = judged(page.replace("{}", pitch))
    assert [page.replace("{}", pitch).encode()[f.edits[0].start : f.edits[0].end].decode() for f in findings] == [pitch]
